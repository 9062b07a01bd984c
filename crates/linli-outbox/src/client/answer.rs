//! The answer to a call: its status, and as much of its body as fits. Must not be added here: what an answer means.

use http_body_util::BodyExt;
use hyper::Response;
use hyper::body::Incoming;
use hyper::header::RETRY_AFTER;
use std::fmt;
use tokio::time::{Instant, timeout_at};

/// The longest body that is read.
pub const MOST_BODY_BYTES: usize = 64 * 1024;

/// How the body ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It is all there.
    Whole,
    /// It goes on, and was not read further.
    Cut,
    /// The connection broke in it, or the time was over.
    Broken,
}

/// An answer.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// What `Retry-After` says, if it is text.
    pub retry_after: Option<String>,
    /// The body, at most [`MOST_BODY_BYTES`].
    pub body: Vec<u8>,
    /// Whether that is all of it.
    pub end: End,
}

impl Answer {
    /// Whether the status is one of success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl fmt::Debug for Answer {
    /// Without the body, in which the other side may repeat what it was sent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { status, retry_after, body, end } = self;
        let mut shown = f.debug_struct("Answer");
        shown.field("status", status).field("retry_after", retry_after).field("end", end);
        shown.field("bytes", &body.len()).finish()
    }
}

/// Reads the body. Its head has come, so that the answer counts however the body ends.
pub async fn read(response: Response<Incoming>, deadline: Instant) -> Answer {
    let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
    let (status, retry_after) = (response.status().as_u16(), retry_after.map(str::to_owned));
    let mut bytes = Vec::new();
    let reading = read_body(response.into_body(), &mut bytes);
    let end = timeout_at(deadline, reading).await.unwrap_or(End::Broken);
    Answer { status, retry_after, body: bytes, end }
}

async fn read_body(mut body: Incoming, bytes: &mut Vec<u8>) -> End {
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else { return End::Broken };
        let Ok(data) = frame.into_data() else { continue };
        let room = MOST_BODY_BYTES - bytes.len();
        bytes.extend_from_slice(&data[..data.len().min(room)]);
        if data.len() > room {
            return End::Cut;
        }
    }
    End::Whole
}
