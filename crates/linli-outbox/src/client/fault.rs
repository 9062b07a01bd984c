//! Why a call has no answer. Must not be added here: a part of the URL beyond its host, a header or a body: they may
//! hold secrets.

use crate::address::NotPublic;
use std::io;

/// Why a call has no answer.
#[derive(Debug, thiserror::Error)]
pub enum CallFault {
    /// The name has no address.
    #[error("{name} has no address: {why}")]
    Name {
        /// The name.
        name: String,
        /// The resolver's word.
        why: String,
    },
    /// The name stands for an address that may not be connected to. Nothing was sent.
    #[error("{name} may not be called: {why}")]
    Address {
        /// The name.
        name: String,
        /// The address and what it is.
        why: NotPublic,
    },
    /// Without TLS only named networks are called. Nothing was sent.
    #[error("{name} would be called without TLS, and is not in a network that was named for it")]
    Plain {
        /// The name.
        name: String,
    },
    /// Nothing listens there. Nothing was sent.
    #[error("cannot connect to {name}: {why}")]
    Connect {
        /// The name.
        name: String,
        /// The system's word.
        why: io::Error,
    },
    /// The other side is not whom it should be. Nothing was sent.
    #[error("cannot speak TLS with {name}: {why}")]
    Tls {
        /// The name.
        name: String,
        /// What is wrong.
        why: io::Error,
    },
    /// It took too long.
    #[error("the time was over while {what}")]
    Timeout {
        /// What was being done.
        what: &'static str,
    },
    /// The connection broke before the answer, or what came is no answer.
    #[error("the connection broke before the answer: {why}")]
    Broken {
        /// What is known of it.
        why: String,
    },
}

impl CallFault {
    /// What the fault is known by; it never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Name { .. } => "name_unknown",
            Self::Address { .. } => "address_is_not_public",
            Self::Plain { .. } => "tls_required",
            Self::Connect { .. } => "connect_failed",
            Self::Tls { .. } => "tls_failed",
            Self::Timeout { .. } => "timeout",
            Self::Broken { .. } => "connection_broken",
        }
    }

    pub(super) fn broken(error: &hyper::Error) -> Self {
        Self::Broken { why: error.to_string() }
    }
}
