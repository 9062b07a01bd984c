//! Commands as they stand in the stream: typed fields, ids as text. A command exists only if its line was
//! well-formed. Must not be added here: whether the state allows it (see `economy/`).

mod encoding;
mod fields;
mod ids;
mod read;
mod write;

pub use encoding::DecodeError;
pub(crate) use encoding::append;
pub use fields::{AmountText, Id};
pub use ids::IdKind;

use crate::refusal::{Code, Refusal};
use crate::time::Instant;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// One line of the stream.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<'a> {
    /// What is asked.
    pub command: Command<'a>,
    /// When, if the line says so.
    pub at: Option<Instant>,
    /// A digest of the command: two commands with the same id have the same content if theirs agree. Zeros where
    /// nobody asks, because the command has no id of its own.
    content: Digest,
}

/// The first 16 bytes of a BLAKE3 hash.
pub type Digest = [u8; 16];

/// A line as it was read: a command, or why it is none.
pub type Received<'a> = Result<Line<'a>, Refusal>;

impl<'a> Line<'a> {
    /// The command of the line that has this number in its file, blank lines counted.
    ///
    /// # Errors
    /// `malformed`, with the number and what is wrong.
    pub fn read(number: u64, line: &'a [u8]) -> Received<'a> {
        let text =
            std::str::from_utf8(line).map_err(|error| malformed(number, &format!("not UTF-8: {error}")))?;
        let (command, at) = read::read(text).map_err(|refusal| malformed(number, &refusal.message))?;
        Ok(Self::new(command, at))
    }

    pub(crate) fn content(&self) -> Digest {
        self.content
    }
}

/// The refusal of a line that is no command.
#[must_use]
pub fn malformed(number: u64, reason: &str) -> Refusal {
    Refusal::new(Code::Malformed, format!("line {number}: {reason}"))
}

/// Every command of the economy. Field names are those of the stream; the order of variants and fields is the
/// journal's and never changes, new ones come last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
#[expect(missing_docs, reason = "the fields are the stream's, explained in docs/commands.md")]
pub enum Command<'a> {
    OpenMember {
        member: Id<'a>,
        inviter: Option<Id<'a>>,
    },
    Bind {
        member: Id<'a>,
        inviter: Id<'a>,
    },
    Release {
        member: Id<'a>,
    },
    OpenStore {
        store: Id<'a>,
        owner: Id<'a>,
        recruiter: Option<Id<'a>>,
        #[serde(borrow)]
        district: Cow<'a, str>,
        take_rate: Option<Cow<'a, str>>,
    },
    UpdateStore {
        store: Id<'a>,
        owner: Option<Id<'a>>,
        recruiter: Option<Id<'a>>,
        district: Option<Cow<'a, str>>,
        take_rate: Option<Cow<'a, str>>,
    },
    CloseStore {
        store: Id<'a>,
    },
    Appoint {
        #[serde(borrow)]
        region: Cow<'a, str>,
        agent: Id<'a>,
    },
    Dismiss {
        #[serde(borrow)]
        region: Cow<'a, str>,
    },
    Suspend {
        member: Id<'a>,
    },
    Reinstate {
        member: Id<'a>,
    },
    SetRank {
        member: Id<'a>,
        rank: Option<Cow<'a, str>>,
    },
    Rebind {
        case: Id<'a>,
        whom: Rebound<'a>,
        to: Id<'a>,
    },
    Pay {
        order: Id<'a>,
        member: Option<Id<'a>>,
        store: Id<'a>,
        amount: AmountText<'a>,
        from_spend: Option<AmountText<'a>>,
    },
    SettleInOne {
        order: Id<'a>,
        member: Option<Id<'a>>,
        store: Id<'a>,
        amount: AmountText<'a>,
    },
    Settle {
        order: Id<'a>,
    },
    PayMall {
        order: Id<'a>,
        member: Id<'a>,
        supplier: Id<'a>,
        list_total: AmountText<'a>,
        cost: AmountText<'a>,
    },
    SettleMallInOne {
        order: Id<'a>,
        member: Id<'a>,
        supplier: Id<'a>,
        list_total: AmountText<'a>,
        cost: AmountText<'a>,
    },
    SettleMall {
        order: Id<'a>,
    },
    Cancel {
        cancel: Id<'a>,
        order: Id<'a>,
        amount: AmountText<'a>,
    },
    Refund {
        refund: Id<'a>,
        order: Id<'a>,
        amount: AmountText<'a>,
    },
    Redeem {
        request: Id<'a>,
        member: Id<'a>,
        points: AmountText<'a>,
    },
    Inject {
        id: Id<'a>,
        amount: AmountText<'a>,
        note: Option<Cow<'a, str>>,
    },
    Deposit {
        id: Id<'a>,
        to: DepositTo<'a>,
        amount: AmountText<'a>,
    },
    Distribute {
        id: Id<'a>,
        weights: Vec<(Id<'a>, u64)>,
    },
    Withdraw {
        id: Id<'a>,
        from: WithdrawFrom<'a>,
        amount: AmountText<'a>,
    },
    PayoutDone {
        id: Id<'a>,
    },
    PayoutFailed {
        id: Id<'a>,
    },
    Fee {
        id: Id<'a>,
        member: Id<'a>,
        #[serde(borrow)]
        region: Cow<'a, str>,
        amount: AmountText<'a>,
    },
    WriteOff {
        id: Id<'a>,
        #[serde(borrow)]
        account: Cow<'a, str>,
        amount: AmountText<'a>,
    },
    ChangePlan {
        id: Id<'a>,
        #[serde(borrow)]
        plan: Cow<'a, str>,
    },
}

/// Whom a decided case rebinds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub enum Rebound<'a> {
    /// These, in this order.
    Members(Vec<Id<'a>>),
    /// All who are bound to this member.
    AllOf(Id<'a>),
}

/// Where a deposit goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
#[expect(missing_docs, reason = "the variants are the stream's fields")]
pub enum DepositTo<'a> {
    Store(Id<'a>),
    Supplier(Id<'a>),
    Profit,
    Member(Id<'a>),
}

/// What a withdrawal is taken from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
#[expect(missing_docs, reason = "the variants are the stream's fields")]
pub enum WithdrawFrom<'a> {
    Member(Id<'a>),
    Store(Id<'a>),
    Supplier(Id<'a>),
    Profit,
    Fees,
}
