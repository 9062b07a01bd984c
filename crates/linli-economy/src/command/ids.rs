//! The ids that make commands idempotent: an order's, which the commands that open orders share, or one of the
//! command's own kind.

use super::{Command, Id};

/// The kinds of command whose id is theirs alone; orders are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the commands")]
pub enum IdKind {
    Rebind,
    Cancel,
    Refund,
    Redeem,
    Inject,
    Deposit,
    Distribute,
    Withdraw,
    Fee,
    WriteOff,
    ChangePlan,
}

impl IdKind {
    /// How many kinds there are.
    pub const COUNT: usize = Self::ChangePlan as usize + 1;
}

impl<'a> Command<'a> {
    /// The id that makes the command idempotent, where it has one of its own.
    #[must_use]
    pub fn own_id(&self) -> Option<(IdKind, &Id<'a>)> {
        Some(match self {
            Self::Rebind { case, .. } => (IdKind::Rebind, case),
            Self::Cancel { cancel, .. } => (IdKind::Cancel, cancel),
            Self::Refund { refund, .. } => (IdKind::Refund, refund),
            Self::Redeem { request, .. } => (IdKind::Redeem, request),
            Self::Inject { id, .. } => (IdKind::Inject, id),
            Self::Deposit { id, .. } => (IdKind::Deposit, id),
            Self::Distribute { id, .. } => (IdKind::Distribute, id),
            Self::Withdraw { id, .. } => (IdKind::Withdraw, id),
            Self::Fee { id, .. } => (IdKind::Fee, id),
            Self::WriteOff { id, .. } => (IdKind::WriteOff, id),
            Self::ChangePlan { id, .. } => (IdKind::ChangePlan, id),
            _ => return None,
        })
    }

    /// The order that the command opens, if it opens one.
    #[must_use]
    pub fn opened_order(&self) -> Option<&Id<'a>> {
        match self {
            Self::Pay { order, .. }
            | Self::SettleInOne { order, .. }
            | Self::PayMall { order, .. }
            | Self::SettleMallInOne { order, .. } => Some(order),
            _ => None,
        }
    }
}
