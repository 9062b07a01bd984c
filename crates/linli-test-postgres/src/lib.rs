//! A real PostgreSQL server for tests: of its own folder, port and user, gone with the process that started it.
//! What cannot be had (no server installed, no free port) ends the test with the reason.
//!
//! Must not be added: a stand-in for the server, or anything that a program needs outside of tests.

mod programs;
mod server;
mod user;

pub use server::{PASSWORD, Server};
