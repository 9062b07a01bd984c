//! What a provider says has happened, as its callbacks and its answers have it: JSON of version 1, closed, so that a
//! field nobody knows is refused and not passed over. Must not be added here: what follows from it.

use crate::amount::Amount;
use crate::day::Day;
use crate::error::{Code, Refusal};
use crate::id::Id;
use crate::subject::Subject;
use crate::text::{Account, Line};
use serde::{Deserialize, Serialize};

/// The form that is read and written.
const VERSION: u8 = 1;

/// The longest event, in bytes.
pub const MOST_EVENT_BYTES: usize = 16 * 1_024;

/// Something that has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The provider's id of it, the same each time it is told.
    pub id: Id,
    /// When it happened, in seconds since 1970.
    pub at: i64,
    /// What happened.
    pub happened: Happened,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Happened {
    /// Money was taken for a payment.
    Paid {
        /// The payment.
        payment: Id,
        /// The provider's id of the charge: another one is money taken once more, the same is told again.
        charge: Id,
        /// How much.
        amount: Amount,
        /// The account that it came from, where the provider says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payer: Option<Account>,
    },
    /// None was taken. The payer may try again until the payment is closed.
    Declined {
        /// The payment.
        payment: Id,
        /// Why.
        why: Line,
    },
    /// Nobody can pay it any more.
    Closed {
        /// The payment.
        payment: Id,
    },
    /// Money went back to whom it came from.
    Refunded {
        /// The refund.
        refund: Id,
        /// The payment.
        payment: Id,
        /// The charge.
        charge: Id,
        /// How much.
        amount: Amount,
    },
    /// It could not go back.
    RefundFailed {
        /// The refund.
        refund: Id,
        /// Why.
        why: Line,
    },
    /// Money was paid out.
    PaidOut {
        /// The payout.
        payout: Id,
        /// How much.
        amount: Amount,
    },
    /// It was not, or it came back later.
    PayoutFailed {
        /// The payout.
        payout: Id,
        /// How much.
        amount: Amount,
        /// Why.
        why: Line,
    },
    /// A part of a charge went to others.
    Split {
        /// The split.
        split: Id,
        /// The charge.
        charge: Id,
        /// All shares together.
        amount: Amount,
    },
    /// It did not.
    SplitFailed {
        /// The split.
        split: Id,
        /// Why.
        why: Line,
    },
    /// A charge is held no more.
    Released {
        /// The payment.
        payment: Id,
        /// The charge.
        charge: Id,
    },
}

impl Happened {
    /// What it is about.
    #[must_use]
    pub fn subject(&self) -> Subject {
        match self {
            Self::Paid { payment, .. } | Self::Declined { payment, .. } | Self::Closed { payment } => {
                Subject::Payment(payment.clone())
            }
            Self::Refunded { refund, .. } | Self::RefundFailed { refund, .. } => {
                Subject::Refund(refund.clone())
            }
            Self::PaidOut { payout, .. } | Self::PayoutFailed { payout, .. } => {
                Subject::Payout(payout.clone())
            }
            Self::Split { split, .. } | Self::SplitFailed { split, .. } => Subject::Split(split.clone()),
            Self::Released { charge, .. } => Subject::Hold(charge.clone()),
        }
    }
}

/// An event as it is sent.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    version: u8,
    id: Id,
    at: i64,
    happened: Happened,
}

impl Event {
    /// Reads the JSON.
    ///
    /// # Errors
    /// [`Code::BadEvent`] for what is too long, of another version or form, or has a field that is not known;
    /// [`Code::BadDay`] for a time outside the years 0 to 9999.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.len() > MOST_EVENT_BYTES {
            let message =
                format!("an event has at most {MOST_EVENT_BYTES} bytes, and this has {}", bytes.len());
            return Err(Refusal::new(Code::BadEvent, message));
        }
        let sent: Sent = serde_json::from_slice(bytes).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            let message = format!("not an event of version {VERSION}, at line {line} column {column}");
            Refusal::new(Code::BadEvent, message)
        })?;
        if sent.version != VERSION {
            let message = format!("an event of version {}, and {VERSION} is known here", sent.version);
            return Err(Refusal::new(Code::BadEvent, message));
        }
        Day::of(sent.at)?;
        Ok(Self { id: sent.id, at: sent.at, happened: sent.happened })
    }

    /// The JSON.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let Self { id, at, happened } = self.clone();
        let sent = Sent { version: VERSION, id, at, happened };
        serde_json::to_vec(&sent).expect("an event is made of texts and numbers")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAID: &str = r#"{"version":1,"id":"E1","at":1767225600,"happened":{"kind":"paid","payment":"P1","charge":"C1","amount":1000,"payer":"A"}}"#;

    #[test]
    fn what_is_written_is_read_again() {
        let event = Event::read(PAID.as_bytes()).expect("an event");
        assert_eq!(event.happened.subject(), Subject::Payment(Id::new("P1").expect("an id")));
        assert_eq!(String::from_utf8(event.write()).expect("UTF-8"), PAID);
        let without_payer = PAID.replace(r#","payer":"A""#, "");
        let event = Event::read(without_payer.as_bytes()).expect("an event");
        assert_eq!(String::from_utf8(event.write()).expect("UTF-8"), without_payer);
    }

    #[test]
    fn another_form_is_refused_and_not_repeated() {
        for (from, to) in [
            ("\"version\":1", "\"version\":2"),
            ("\"version\":1,", ""),
            ("\"amount\":1000", "\"amount\":0"),
            ("\"amount\":1000", "\"amount\":10.0"),
            ("\"amount\":1000", "\"amount\":\"1000\""),
            ("\"kind\":\"paid\"", "\"kind\":\"stolen\""),
            ("\"charge\":\"C1\",", ""),
            ("\"charge\":\"C1\"", "\"charge\":\"C 1\""),
            ("\"payer\":\"A\"", "\"payer\":\"A\",\"secret\":1"),
            ("\"at\":1767225600", "\"at\":1767225600,\"secret\":1"),
            ("}}", "}} {}"),
        ] {
            let refusal = Event::read(PAID.replace(from, to).as_bytes()).expect_err(to);
            assert_eq!(refusal.code, Code::BadEvent, "{to}");
            assert!(!refusal.message.contains("secret"), "{refusal}");
        }
        let late = PAID.replace("1767225600", "9000000000000000000");
        assert_eq!(Event::read(late.as_bytes()).expect_err("too late").code, Code::BadDay);
        let long = format!("{PAID}{}", " ".repeat(MOST_EVENT_BYTES));
        assert_eq!(Event::read(long.as_bytes()).expect_err("too long").code, Code::BadEvent);
    }
}
