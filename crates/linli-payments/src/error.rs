//! What is said when something is not done: a refusal, which is part of the contract and has a stable code, or a fault,
//! in which the world failed. Must not be added here: a status of HTTP.

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The rules say no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The records could not be used.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The rules say no. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// Which rule.
    pub code: Code,
    /// The rule with the numbers.
    pub message: String,
}

/// The records could not be used. Whether something was changed is not known; asking the same again is safe.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// They cannot be reached, are full, read-only or busy.
    #[error("the provider's records cannot be used now: {what}")]
    Unavailable {
        /// What was tried, with the store's own message.
        what: String,
    },
    /// What is stored is not what was written.
    #[error("the provider's records are damaged: {what}")]
    Damaged {
        /// Where, and how it shows.
        what: String,
    },
    /// Written by a release that this one does not know.
    #[error("the provider's records have format {found}; this release reads formats up to {known}")]
    Format {
        /// The records'.
        found: i64,
        /// The newest that is known here.
        known: i64,
    },
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// Which rule refused. A code never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// As it is written.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

codes! {
    /// Not an amount.
    BadAmount = "bad_amount",
    /// Not an id.
    BadId = "bad_id",
    /// Not a line of text.
    BadText = "bad_text",
    /// Not a day.
    BadDay = "bad_day",
    /// Not an event.
    BadEvent = "bad_event",
    /// Not a bill.
    BadBill = "bad_bill",
    /// A split without receivers, or with one twice.
    BadSplit = "bad_split",
    /// A secret that is too short or too long.
    BadSecret = "bad_secret",
    /// A call without one of its headers, or with another form of one.
    SignatureMalformed = "signature_malformed",
    /// A call whose time is too far from now.
    SignatureExpired = "signature_expired",
    /// A call that was not signed so.
    SignatureWrong = "signature_wrong",
    /// The id was used for something else.
    IdReused = "id_reused",
    /// The time until which a payment waits has passed.
    AlreadyExpired = "already_expired",
    /// There is no such payment.
    UnknownPayment = "unknown_payment",
    /// The payment has no such charge.
    UnknownCharge = "unknown_charge",
    /// There is no such refund.
    UnknownRefund = "unknown_refund",
    /// There is no such payout.
    UnknownPayout = "unknown_payout",
    /// There is no such split.
    UnknownSplit = "unknown_split",
    /// The payment is paid, or waits for nobody.
    PaymentEnded = "payment_ended",
    /// More would be given back than was charged.
    OverRefund = "over_refund",
    /// The charge is not held for splits, or no more.
    NotHeld = "not_held",
    /// The splits would exceed the part of the charge that the provider lets be split.
    SplitOverRate = "split_over_rate",
    /// The splits would exceed what is left of the charge.
    SplitOverCharge = "split_over_charge",
    /// Too many receivers in one split.
    SplitTooManyReceivers = "split_too_many_receivers",
    /// Too many splits of one charge.
    SplitTooManyRequests = "split_too_many_requests",
    /// The hold on the charge has ended by itself.
    SplitTooLate = "split_too_late",
    /// An event from later than now.
    EventFromFuture = "event_from_future",
    /// An event before the one that it builds on.
    EventTooEarly = "event_too_early",
    /// An event that contradicts what is known.
    EventContradicts = "event_contradicts",
    /// An event that this provider never told.
    UnknownEvent = "unknown_event",
    /// The day is not over.
    BillNotReady = "bill_not_ready",
    /// Nobody has handed in the bill of the day.
    BillMissing = "bill_missing",
    /// The day has another bill.
    BillDiffers = "bill_differs",
    /// The payout is not done, so that it cannot come back.
    PayoutNotDone = "payout_not_done",
    /// There is no such callback.
    UnknownCallback = "unknown_callback",
}

impl Code {
    /// Whether the same may succeed later without anybody's help.
    #[must_use]
    pub fn is_retryable(self) -> bool {
        matches!(self, Self::EventTooEarly | Self::EventFromFuture | Self::BillNotReady | Self::BillMissing)
    }
}

impl Refusal {
    /// A refusal by this rule, with the rule and the numbers in words.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl Error {
    /// What it is known by.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code.as_str(),
            Self::Fault(Fault::Unavailable { .. }) => "records_unavailable",
            Self::Fault(Fault::Damaged { .. }) => "records_damaged",
            Self::Fault(Fault::Format { .. }) => "records_format_unknown",
        }
    }

    /// Whether the same may succeed later without anybody's help.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Refused(refusal) => refusal.code.is_retryable(),
            Self::Fault(Fault::Unavailable { .. }) => true,
            Self::Fault(Fault::Damaged { .. } | Fault::Format { .. }) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_codes_are_written_the_same() {
        let mut texts: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), Code::ALL.len());
    }

    #[test]
    fn what_may_succeed_later_says_so() {
        let early = Error::from(Refusal::new(Code::EventTooEarly, "later"));
        assert!(early.is_retryable());
        assert_eq!((early.code(), early.to_string()), ("event_too_early", "later".to_owned()));
        assert!(!Error::from(Refusal::new(Code::IdReused, "never")).is_retryable());
        assert!(Error::from(Fault::Unavailable { what: "down".into() }).is_retryable());
        assert!(!Error::from(Fault::Damaged { what: "gone".into() }).is_retryable());
    }
}
