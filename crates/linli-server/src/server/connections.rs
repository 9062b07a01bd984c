//! The connections of one address: so many at a time, each with a limit for its greeting and for the head of each
//! request; at the end they finish what they have begun. HTTP/1.1 only: in the other versions whoever connects and
//! says nothing is not limited in time. Must not be added here: what is answered.

use crate::config::Bounds;
use crate::rates::Peer;
use axum::{Extension, Router};
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{interval, timeout};
use tokio_rustls::TlsAcceptor;

/// After a connection could not be taken, because there are too many files for example.
const PAUSE: Duration = Duration::from_millis(100);

/// Bytes of a request's head.
const HEAD_BYTES: usize = 32 << 10;

/// The connections of one address.
pub struct Connections {
    bounds: Bounds,
    tls: Option<TlsAcceptor>,
    router: Router,
    builder: Builder,
    is_ending: watch::Receiver<bool>,
}

impl Connections {
    pub fn new(
        bounds: Bounds,
        tls: Option<TlsAcceptor>,
        router: Router,
        is_ending: watch::Receiver<bool>,
    ) -> Self {
        let mut builder = Builder::new();
        builder.timer(TokioTimer::new()).header_read_timeout(bounds.head).max_buf_size(HEAD_BYTES);
        Self { bounds, tls, router, builder, is_ending }
    }

    /// Takes connections until the end, then waits for those that work.
    pub async fn take_all(mut self, listener: TcpListener) {
        let graceful = GracefulShutdown::new();
        let room = Arc::new(Semaphore::new(self.bounds.connections));
        let mut is_ending = self.is_ending.clone();
        loop {
            let taken = tokio::select! {
                taken = take(&listener, &room) => taken,
                _ = is_ending.wait_for(|is_ending| *is_ending) => break,
            };
            self.serve(taken, graceful.watcher());
        }
        drop(listener);
        // What does not end in time is cut off; what it wrote is in the journal or not, never in between.
        let _ = timeout(self.bounds.shutdown, graceful.shutdown()).await;
    }

    fn serve(&mut self, (stream, permit): (TcpStream, OwnedSemaphorePermit), watcher: Watcher) {
        // Answers are small and wait for nothing.
        let _ = stream.set_nodelay(true);
        let peer = stream.peer_addr().ok().map(Peer);
        let router = self.router.clone().layer(Extension(peer));
        let (builder, head) = (self.builder.clone(), self.bounds.head);
        match self.tls.clone() {
            None => drop(tokio::spawn(answer(builder, router, stream, watcher, permit))),
            Some(tls) => drop(tokio::spawn(async move {
                // Whoever does not finish the greeting has asked nothing.
                if let Ok(Ok(stream)) = timeout(head, tls.accept(stream)).await {
                    answer(builder, router, stream, watcher, permit).await;
                }
            })),
        }
    }
}

/// The next connection, as soon as there is room for one.
async fn take(listener: &TcpListener, room: &Arc<Semaphore>) -> (TcpStream, OwnedSemaphorePermit) {
    let permit = room.clone().acquire_owned().await.expect("it is never closed");
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return (stream, permit),
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                let mut pause = interval(PAUSE);
                pause.tick().await;
                pause.tick().await;
            }
        }
    }
}

async fn answer(
    builder: Builder,
    router: Router,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    watcher: Watcher,
    permit: OwnedSemaphorePermit,
) {
    let service = TowerToHyperService::new(router);
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    // A connection that breaks has nobody to be told.
    let _ = watcher.watch(connection).await;
    drop(permit);
}
