//! A small server that answers as badly as others do: it fails, hangs, closes and says too much. It keeps what it was
//! sent.

use std::collections::BTreeMap;
use std::future::pending;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// A request as it came.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// Method and path.
    pub line: String,
    /// By their names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

/// What it does with a request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A status, further lines of the head, and a body.
    Status(u16, &'static str, Vec<u8>),
    /// Nothing comes.
    Hang,
    /// It closes before it has answered.
    Close,
    /// It says 200 and closes in the body.
    CloseMidway,
    /// It says 200 and goes silent in the body.
    HangMidway,
    /// It says what is no HTTP.
    Nonsense,
}

/// An answer without further ado.
pub fn status(status: u16) -> Reply {
    Reply::Status(status, "", b"ok".to_vec())
}

type Answering = Arc<dyn Fn(usize, &Sent) -> Reply + Send + Sync>;

/// A running server. Dropped, it ends.
pub struct TestServer {
    pub address: SocketAddr,
    sent: Arc<Mutex<Vec<Sent>>>,
    running: JoinHandle<()>,
}

impl TestServer {
    /// Answers by the number of the request, from 0 on.
    pub async fn start(answer: impl Fn(usize, &Sent) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_with(answer, None).await
    }

    pub async fn start_with(
        answer: impl Fn(usize, &Sent) -> Reply + Send + Sync + 'static,
        tls: Option<TlsAcceptor>,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let sent = Arc::new(Mutex::new(Vec::new()));
        let (answer, keeping): (Answering, _) = (Arc::new(answer), sent.clone());
        let running = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.expect("accepted");
                let (answer, sent, tls) = (answer.clone(), keeping.clone(), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, &answer, &sent).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                serve(stream, &answer, &sent).await;
                            }
                        }
                    }
                });
            }
        });
        Self { address, sent, running }
    }

    pub fn url(&self) -> String {
        format!("http://{}/hooks?token=t", self.address)
    }

    /// What it was sent so far.
    pub fn sent(&self) -> Vec<Sent> {
        self.sent.lock().expect("no panic").clone()
    }

    /// A header of each request.
    pub fn headers(&self, name: &str) -> Vec<String> {
        self.sent().iter().map(|sent| sent.headers.get(name).cloned().unwrap_or_default()).collect()
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.running.abort();
    }
}

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, answer: &Answering, sent: &Mutex<Vec<Sent>>) {
    let Some(request) = read(&mut stream).await else { return };
    let number = {
        let mut sent = sent.lock().expect("no panic");
        sent.push(request.clone());
        sent.len() - 1
    };
    let written = match answer(number, &request) {
        Reply::Status(status, head, body) => {
            let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n{head}\r\n", body.len());
            let all = [head.into_bytes(), body].concat();
            stream.write_all(&all).await
        }
        Reply::Hang => pending().await,
        Reply::Close => return,
        Reply::CloseMidway => stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhal").await,
        Reply::HangMidway => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhal").await.expect("written");
            pending().await
        }
        Reply::Nonsense => stream.write_all(b"SSH-2.0-OpenSSH_9.9\r\n").await,
    };
    // Whoever has heard enough may be gone.
    let _ = written.and(stream.shutdown().await);
}

async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<Sent> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|part| part == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let text = String::from_utf8(bytes[..head].to_vec()).expect("a head is text");
    let mut lines = text.lines();
    let line = lines.next().expect("a first line").to_owned();
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length: usize = headers.get("content-length").map_or(0, |length| length.parse().expect("a number"));
    let mut body = bytes.split_off(head + 4);
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some(Sent { line, headers, body })
}
