//! What can go wrong with an outbox, and whether trying again can help. Must not be added here: what goes wrong with
//! a delivery, which is an attempt like others.

/// Why the outbox did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum OutboxFault {
    /// The store cannot be reached, is full, read-only or busy. Whether something was written is not known.
    #[error("the outbox cannot be used now: {what}")]
    Unavailable {
        /// What was tried, with the store's own message.
        what: String,
    },
    /// What is stored is not what was written.
    #[error("the outbox is damaged: {what}")]
    Damaged {
        /// Where, and how it shows.
        what: String,
    },
    /// Written by a release that this one does not know.
    #[error("the outbox has format {found}; this release reads formats up to {known}")]
    Format {
        /// The outbox's.
        found: i64,
        /// The newest that is known here.
        known: i64,
    },
    /// Another follower has added rows since: this one must read the checkpoint again.
    #[error(
        "the outbox has followed the journal to seq {found}; entries after {from} up to {to} do not come next"
    )]
    Fenced {
        /// Where the rows begin.
        from: u64,
        /// Where they end.
        to: u64,
        /// The checkpoint.
        found: u64,
    },
    /// A key names two effects, which is a bug of whoever derives them.
    #[error("the outbox has another row with the key {key}")]
    Differs {
        /// The key.
        key: String,
    },
    /// The store is not fit for an outbox.
    #[error("{what}")]
    Unsafe {
        /// Which setting, and what it must be.
        what: String,
    },
}

impl OutboxFault {
    /// What the fault is known by; it never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unavailable { .. } => "outbox_unavailable",
            Self::Damaged { .. } => "outbox_damaged",
            Self::Format { .. } => "outbox_format_unknown",
            Self::Fenced { .. } => "outbox_fenced",
            Self::Differs { .. } => "outbox_row_differs",
            Self::Unsafe { .. } => "outbox_unsafe",
        }
    }

    /// Whether the same may succeed later without anybody's help.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Unavailable { .. } => true,
            Self::Damaged { .. }
            | Self::Format { .. }
            | Self::Fenced { .. }
            | Self::Differs { .. }
            | Self::Unsafe { .. } => false,
        }
    }
}
