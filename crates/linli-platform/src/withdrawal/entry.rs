//! One withdrawal: where it stands, how it came there, and until when the next step is promised.

use super::owner::Owner;
use crate::act::Actor;
use crate::calendar::{HOUR, later};
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// Where a withdrawal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum State {
    /// 已提交: nobody has looked at it.
    Submitted,
    /// 审核中: somebody reviews it.
    InReview,
    /// 已通过: it waits for the next payout file.
    Approved,
    /// 打款中: the bank has it.
    InPayment,
    /// 已到账: the money has arrived.
    Paid,
    /// 已驳回: the money went back; the reason says why.
    Rejected,
    /// 打款失败: the bank did not pay, the money went back.
    Failed,
    /// 已撤回: the owner took it back.
    TakenBack,
}

/// A state that a withdrawal has entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Which.
    pub state: State,
    /// When.
    pub at: Instant,
    /// Whose act it was.
    pub by: Actor,
    /// Until when the next step is promised, if there is one.
    pub promised: Option<Instant>,
}

/// Somebody's approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who.
    pub by: Actor,
    /// When.
    pub at: Instant,
}

/// A withdrawal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Its id, here and in the economy.
    pub id: String,
    /// Whose money it is.
    pub owner: Owner,
    /// How much.
    pub fen: u64,
    /// The day of Asia/Shanghai on which it was submitted, counted from 1970-01-01.
    pub day: i64,
    /// What may be shown of the account it goes to: that of when it was submitted.
    pub masked: String,
    /// The reference of that account.
    pub reference: [u8; 16],
    /// That account, sealed; empty once the withdrawal has ended.
    pub sealed_account: Vec<u8>,
    /// How many people must approve, by the limit in force when it was submitted.
    pub approvals_needed: usize,
    /// Who has approved, each once.
    pub approvals: Vec<Approval>,
    /// The states that it has entered, the first one first; never empty.
    pub steps: Vec<Step>,
    /// The payout file that it is in.
    pub batch: Option<String>,
    /// Why it was rejected or failed.
    pub reason: Option<String>,
}

impl State {
    /// Every state there is.
    pub const ALL: [Self; 8] = [
        Self::Submitted,
        Self::InReview,
        Self::Approved,
        Self::InPayment,
        Self::Paid,
        Self::Rejected,
        Self::Failed,
        Self::TakenBack,
    ];

    /// The name in messages and interfaces.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::InReview => "in_review",
            Self::Approved => "approved",
            Self::InPayment => "in_payment",
            Self::Paid => "paid",
            Self::Rejected => "rejected",
            Self::Failed => "failed",
            Self::TakenBack => "taken_back",
        }
    }

    /// Whether the money is on its way: neither arrived nor gone back.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.next().is_some()
    }

    /// The state that follows when all goes well, and the hours that are promised for it.
    #[must_use]
    pub fn next(self) -> Option<(Self, i64)> {
        match self {
            Self::Submitted => Some((Self::InReview, 24)),
            Self::InReview => Some((Self::Approved, 24)),
            Self::Approved => Some((Self::InPayment, 24)),
            Self::InPayment => Some((Self::Paid, 48)),
            Self::Paid | Self::Rejected | Self::Failed | Self::TakenBack => None,
        }
    }

    /// Whether a withdrawal in this state may enter that one.
    #[must_use]
    pub fn may_become(self, other: Self) -> bool {
        match other {
            Self::TakenBack => self == Self::Submitted,
            Self::Rejected => matches!(self, Self::InReview | Self::Approved),
            Self::Failed => self == Self::InPayment,
            _ => self.next().is_some_and(|(next, _)| next == other),
        }
    }

    /// The instant until which the next step is promised to one who enters this state now.
    pub(super) fn promised(self, now: Instant) -> Option<Instant> {
        self.next().map(|(_, hours)| later(now, hours * HOUR))
    }
}

impl Withdrawal {
    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> State {
        self.last().state
    }

    /// The step that it is at.
    #[must_use]
    pub fn last(&self) -> &Step {
        self.steps.last().expect("it was submitted")
    }

    /// Who submitted it.
    #[must_use]
    pub fn submitted_by(&self) -> &Actor {
        &self.steps.first().expect("it was submitted").by
    }

    /// The steps to come when all goes well, each with the instant until which it is promised.
    #[must_use]
    pub fn ahead(&self) -> Vec<(State, Instant)> {
        let mut steps = Vec::new();
        let (mut state, mut at) = (self.state(), self.last().at);
        while let Some((next, hours)) = state.next() {
            (state, at) = (next, later(at, hours * HOUR));
            steps.push((state, at));
        }
        steps
    }
}
