//! Why a URL is refused. Must not be added here: a part of the URL that may hold a secret.

use super::{FIRST_OPEN_PORT, MOST_BYTES};
use crate::address::NotPublic;

/// Why a URL is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It is too long.
    #[error("the URL has {bytes} bytes; {MOST_BYTES} are the most")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// It is no URL.
    #[error("this is not a URL: {why}")]
    Malformed {
        /// What is wrong with it.
        why: String,
    },
    /// It is not one of HTTPS.
    #[error("the URL begins with {scheme}; it must begin with https://")]
    Scheme {
        /// What it begins with.
        scheme: String,
    },
    /// It has a user or a password.
    #[error("the URL has a user or a password: requests are signed instead")]
    Credentials,
    /// It has a fragment, which is never sent.
    #[error("the URL has a part after #, which is never sent")]
    Fragment,
    /// Its port is of something else.
    #[error("the URL has the port {port}; it must be 80, 443 or from {FIRST_OPEN_PORT} on")]
    Port {
        /// The port.
        port: u16,
    },
    /// Its name is of a private network.
    #[error("{name} is a name of a private network")]
    LocalName {
        /// The name.
        name: String,
    },
    /// Its address is of a private network.
    #[error(transparent)]
    Address(#[from] NotPublic),
}

impl Unfit {
    /// What the refusal is known by; it never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "url_too_long",
            Self::Malformed { .. } => "url_malformed",
            Self::Scheme { .. } => "url_not_https",
            Self::Credentials => "url_has_credentials",
            Self::Fragment => "url_has_fragment",
            Self::Port { .. } => "url_port_refused",
            Self::LocalName { .. } => "url_name_is_local",
            Self::Address(_) => "url_address_is_not_public",
        }
    }
}
