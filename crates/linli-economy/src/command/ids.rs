//! The names of commands and the ids that make them idempotent: an order's, which the commands that open orders
//! share, or one of the command's own kind.

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

    /// The id of what the command is about: its order's, its own, else the member's, the store's or the region.
    #[must_use]
    pub fn subject(&self) -> &str {
        if let Some(order) = self.opened_order() {
            return order;
        }
        match self {
            Self::Settle { order } | Self::SettleMall { order } => order,
            Self::PayoutDone { id } | Self::PayoutFailed { id } => id,
            Self::OpenMember { member, .. }
            | Self::Bind { member, .. }
            | Self::Release { member }
            | Self::Suspend { member }
            | Self::Reinstate { member }
            | Self::SetRank { member, .. } => member,
            Self::OpenStore { store, .. } | Self::UpdateStore { store, .. } | Self::CloseStore { store } => {
                store
            }
            Self::Appoint { region, .. } | Self::Dismiss { region } => region,
            _ => self.own_id().map_or("", |(_, id)| id),
        }
    }

    /// The name of the command in the stream.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::OpenMember { .. } => "open_member",
            Self::Bind { .. } => "bind",
            Self::Release { .. } => "release",
            Self::OpenStore { .. } => "open_store",
            Self::UpdateStore { .. } => "update_store",
            Self::CloseStore { .. } => "close_store",
            Self::Appoint { .. } => "appoint",
            Self::Dismiss { .. } => "dismiss",
            Self::Suspend { .. } => "suspend",
            Self::Reinstate { .. } => "reinstate",
            Self::SetRank { .. } => "set_rank",
            Self::Rebind { .. } => "rebind",
            Self::Pay { .. } => "pay",
            Self::SettleInOne { .. } | Self::Settle { .. } => "settle",
            Self::PayMall { .. } => "pay_mall",
            Self::SettleMallInOne { .. } | Self::SettleMall { .. } => "settle_mall",
            Self::Cancel { .. } => "cancel",
            Self::Refund { .. } => "refund",
            Self::Redeem { .. } => "redeem",
            Self::Inject { .. } => "inject",
            Self::Deposit { .. } => "deposit",
            Self::Distribute { .. } => "distribute",
            Self::Withdraw { .. } => "withdraw",
            Self::PayoutDone { .. } => "payout_done",
            Self::PayoutFailed { .. } => "payout_failed",
            Self::Fee { .. } => "fee",
            Self::WriteOff { .. } => "write_off",
            Self::ChangePlan { .. } => "change_plan",
        }
    }

    /// The order that the command is about, if it is about one.
    #[must_use]
    pub fn order(&self) -> Option<&Id<'a>> {
        match self {
            Self::Settle { order }
            | Self::SettleMall { order }
            | Self::Cancel { order, .. }
            | Self::Refund { order, .. } => Some(order),
            _ => self.opened_order(),
        }
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
