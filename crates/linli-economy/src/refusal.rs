//! Refusals: what the economy answers to a command that its rules do not allow. Expected, part of the
//! contract, with a stable code; a refused command changes nothing. Must not be added here: failures of the
//! world (there is none in here) and bugs (those stop the work).

use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $name:literal),+ $(,)?) => {
        /// The stable code of a refusal.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[$doc])* $code),+
        }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Self] = &[$(Self::$code),+];

            /// The name in results.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$code => $name),+
                }
            }
        }
    };
}

codes! {
    /// Not JSON, or not a command with its fields.
    Malformed = "malformed",
    /// The id belongs to a command of other content.
    IdReused = "id_reused",
    /// Earlier than the last command.
    TimeReversed = "time_reversed",
    /// The member or store exists.
    AlreadyExists = "already_exists",
    /// Nobody invites themselves.
    SelfInvite = "self_invite",
    /// No such member.
    UnknownMember = "unknown_member",
    /// The member has an inviter.
    AlreadyBound = "already_bound",
    /// The binding would close a circle.
    InviteCycle = "invite_cycle",
    /// The member has no inviter.
    NotBound = "not_bound",
    /// Not a region, or nobody holds it.
    UnknownRegion = "unknown_region",
    /// Not a rate.
    BadRate = "bad_rate",
    /// A rate outside what the plan lets a store have.
    RateOutOfRange = "rate_out_of_range",
    /// No such store.
    UnknownStore = "unknown_store",
    /// Somebody holds the region.
    RegionTaken = "region_taken",
    /// The plan in force has no such rank.
    UnknownRank = "unknown_rank",
    /// Not a positive amount with the allowed decimals, or too large.
    BadAmount = "bad_amount",
    /// The store is closed.
    StoreClosed = "store_closed",
    /// The member is suspended.
    AccountSuspended = "account_suspended",
    /// The balance does not cover it.
    InsufficientFunds = "insufficient_funds",
    /// No such order of this kind.
    UnknownOrder = "unknown_order",
    /// The order is settled or given back.
    OrderClosed = "order_closed",
    /// The order is not settled.
    OrderNotSettled = "order_not_settled",
    /// More than is left of the order.
    OverRefund = "over_refund",
    /// The price cannot carry cost and shares at full deduction.
    MarginTooThin = "margin_too_thin",
    /// More points than the member has.
    InsufficientPoints = "insufficient_points",
    /// The payout or the dividend would be nothing.
    NothingToPay = "nothing_to_pay",
    /// No order of such a supplier has been settled.
    UnknownSupplier = "unknown_supplier",
    /// No such withdrawal.
    UnknownPayout = "unknown_payout",
    /// The withdrawal is done or has failed.
    PayoutClosed = "payout_closed",
    /// Not an account that can be written off.
    UnknownAccount = "unknown_account",
    /// The plan is refused, or changes what may not change.
    BadPlan = "bad_plan",
    /// A number that the economy cannot hold.
    Overflow = "overflow",
}

/// A refused command: the code, and a sentence with the rule and the numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The stable code.
    pub code: Code,
    /// For people; not stable.
    pub message: String,
}

impl Refusal {
    /// A refusal with its sentence.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.name(), self.message)
    }
}

impl std::error::Error for Refusal {}
