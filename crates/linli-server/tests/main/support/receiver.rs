//! A program that hears webhooks, on this machine, and answers as a test says.

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use linli_outbox::webhook::{Received, Secret};
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// A webhook that has come in.
#[derive(Clone, Debug)]
pub struct Hook {
    pub id: String,
    pub timestamp: String,
    pub signature: String,
    pub body: Bytes,
}

impl Hook {
    /// Whether this secret has signed it at about this time.
    pub fn is_signed(&self, secret: &str, now: i64) -> bool {
        let secret = Secret::parse(secret).expect("a secret");
        let Self { id, timestamp, signature, body } = self;
        Received { id, timestamp, signature, body }.verify(&[secret], now).is_ok()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    pub fn kind(&self) -> String {
        self.json()["type"].as_str().expect("a type").to_string()
    }
}

/// The program.
pub struct Receiver {
    pub url: String,
    hooks: UnboundedReceiver<Hook>,
}

impl Receiver {
    /// Answers with 200.
    pub async fn start() -> Self {
        Self::answering(|_| StatusCode::OK.into_response()).await
    }

    /// Answers the `nth` webhook, from 0 on, with this.
    pub async fn answering(answer: impl Fn(usize) -> Response + Send + Sync + 'static) -> Self {
        let (sender, hooks) = unbounded_channel();
        let (answer, count) = (Arc::new(answer), Arc::new(AtomicUsize::new(0)));
        let take = move |headers: HeaderMap, body: Bytes| {
            let text = |name: &str| headers[name].to_str().expect("ASCII").to_string();
            let (id, timestamp) = (text("webhook-id"), text("webhook-timestamp"));
            let hook = Hook { id, timestamp, signature: text("webhook-signature"), body };
            // The test may have ended.
            let _ = sender.send(hook);
            let answer = answer(count.fetch_add(1, Ordering::SeqCst));
            async move { answer }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("it listens");
        let url = format!("http://{}/hooks?token=geheim", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, Router::new().fallback(take)).await });
        Self { url, hooks }
    }

    /// The next webhook.
    pub async fn next(&mut self) -> Hook {
        let next = tokio::time::timeout(Duration::from_secs(60), self.hooks.recv()).await;
        next.expect("a webhook comes").expect("it listens")
    }

    /// The next of this kind.
    pub async fn next_of(&mut self, kind: &str) -> Hook {
        loop {
            let hook = self.next().await;
            if hook.kind() == kind {
                return hook;
            }
        }
    }

    /// What has come in and nobody has looked at.
    pub fn rest(&mut self) -> Vec<Hook> {
        std::iter::from_fn(|| self.hooks.try_recv().ok()).collect()
    }
}
