//! Callers that cost little: bytes that were made before go out on a kept connection, and of an answer the status and the
//! length are read.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A whole request.
pub type Request = Arc<[u8]>;

/// What a measurement found; times in milliseconds.
pub struct Figures {
    pub rate: f64,
    pub p50: f64,
    pub p99: f64,
}

/// Each caller sends its next request when the one before it is answered.
pub async fn as_fast_as_answered(address: SocketAddr, requests: Vec<Request>, callers: usize) -> Figures {
    run(address, requests, callers, None).await
}

/// Requests are due at this rate together, and their times are counted from then.
pub async fn at_rate(address: SocketAddr, requests: Vec<Request>, callers: usize, rate: f64) -> Figures {
    run(address, requests, callers, Some(Duration::from_secs_f64(1.0 / rate))).await
}

async fn run(
    address: SocketAddr,
    requests: Vec<Request>,
    callers: usize,
    between: Option<Duration>,
) -> Figures {
    let count = requests.len();
    let mut shares = vec![Vec::new(); callers];
    for (place, request) in requests.into_iter().enumerate() {
        shares[place % callers].push((place, request));
    }
    let mut streams = Vec::new();
    for _ in 0..callers {
        let stream = TcpStream::connect(address).await.expect("it listens");
        stream.set_nodelay(true).expect("a socket");
        streams.push(stream);
    }
    let start = Instant::now();
    let due = move |place: usize| {
        between.map(|between| start + between * u32::try_from(place).expect("a small number"))
    };
    let tasks: Vec<_> = streams
        .into_iter()
        .zip(shares)
        .map(|(stream, share)| tokio::spawn(call(stream, share, due)))
        .collect();
    let mut times = Vec::with_capacity(count);
    for task in tasks {
        times.extend(task.await.expect("no panic"));
    }
    let rate = count as f64 / start.elapsed().as_secs_f64();
    times.sort_unstable();
    let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)].as_secs_f64() * 1_000.0;
    Figures { rate, p50: at(50), p99: at(99) }
}

async fn call(
    mut stream: TcpStream,
    share: Vec<(usize, Request)>,
    due: impl Fn(usize) -> Option<Instant>,
) -> Vec<Duration> {
    let (mut times, mut buffer) = (Vec::with_capacity(share.len()), Vec::with_capacity(16_384));
    for (place, request) in share {
        let since = due(place);
        if let Some(due) = since {
            tokio::time::sleep_until(due.into()).await;
        }
        let since = since.unwrap_or_else(Instant::now);
        stream.write_all(&request).await.expect("sent");
        answered(&mut stream, &mut buffer).await;
        times.push(since.elapsed());
    }
    times
}

/// Reads one answer, which must be a good one.
async fn answered(stream: &mut TcpStream, buffer: &mut Vec<u8>) {
    buffer.clear();
    let (mut head, mut length) = (None, 0);
    while head.is_none_or(|head| buffer.len() < head + length) {
        assert_ne!(stream.read_buf(buffer).await.expect("read"), 0, "it closed the connection");
        if head.is_none()
            && let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n")
        {
            let text = String::from_utf8_lossy(&buffer[..end]).to_lowercase();
            assert!(text.starts_with("http/1.1 200"), "{}", String::from_utf8_lossy(buffer));
            let given = text.lines().find_map(|line| line.strip_prefix("content-length: "));
            length = given.expect("an answer of a known length").trim().parse().expect("a number");
            head = Some(end + 4);
        }
    }
}
