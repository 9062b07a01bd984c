//! The peer: a route that answers with what it was sent, as axum serves it.

use axum::Router;
use axum::body::Bytes;
use axum::routing::post;
use std::net::SocketAddr;

pub async fn serve() -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let router = Router::new().route("/v1/orders", post(|body: Bytes| async move { body }));
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}
