//! Withdrawals: money on its way out, from the moment it is asked for until it has arrived or has come back. Each is one
//! timeline that says who did what and until when the next step is promised.
//!
//! The economy takes the money off the balance when the withdrawal is submitted, so it cannot be asked for twice, and
//! moves it on or back exactly once, with the act that ends the withdrawal. Must not be added here: an amount that the
//! economy does not hold as `payout:{id}`; a number of an account that is not sealed.

mod book;
mod check;
mod entry;
mod limits;
mod owner;
#[cfg(test)]
mod tests;

pub use book::{Batch, Withdrawals};
pub use entry::{Approval, State, Step, Withdrawal};
pub use limits::{Limits, LimitsChange, Used};
pub use owner::{Owner, PayoutAccount};

use serde::{Deserialize, Serialize};

/// What is done with withdrawals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WithdrawalAct {
    /// Where an owner's money is paid out to from now on. After a change nothing can be submitted for 24 hours.
    SetAccount {
        /// Whose.
        owner: Owner,
        /// Bank, number and name, sealed.
        sealed_account: Vec<u8>,
        /// What of it may be shown, such as 招商银行 尾号 1234.
        masked: String,
        /// The same for the same account, whoever has it; says nothing about it.
        reference: [u8; 16],
    },
    /// The operator sets what may be withdrawn.
    SetLimits {
        /// From now on.
        limits: Limits,
    },
    /// An owner asks for money, which is on its way from here on.
    Submit {
        /// Names the withdrawal, here and in the economy.
        id: String,
        /// From whose balance.
        from: Owner,
        /// How much.
        fen: u64,
    },
    /// The owner thought better of it, before anybody looked at it.
    TakeBack {
        /// The withdrawal.
        id: String,
    },
    /// A colleague begins to review it.
    TakeUp {
        /// The withdrawal.
        id: String,
    },
    /// A colleague approves; a large one needs two of them.
    Approve {
        /// The withdrawal.
        id: String,
    },
    /// A colleague refuses to pay, and the money goes back.
    Reject {
        /// The withdrawal.
        id: String,
        /// Why, as the owner reads it.
        reason: String,
    },
    /// Approved withdrawals go to the bank in one payout file.
    Batch {
        /// Names the file.
        batch: String,
        /// What is in it, in its order.
        withdrawals: Vec<String>,
    },
    /// The money has arrived.
    Paid {
        /// The withdrawal.
        id: String,
    },
    /// The bank did not pay, and the money goes back.
    Failed {
        /// The withdrawal.
        id: String,
        /// What the bank says.
        reason: String,
    },
    /// A colleague looks at the accounts in a payout file; nothing changes but that it is known.
    ReadFile {
        /// The file.
        batch: String,
    },
}

impl WithdrawalAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::SetAccount { .. } => "set_payout_account",
            Self::SetLimits { .. } => "set_withdrawal_limits",
            Self::Submit { .. } => "submit_withdrawal",
            Self::TakeBack { .. } => "take_back_withdrawal",
            Self::TakeUp { .. } => "take_up_withdrawal",
            Self::Approve { .. } => "approve_withdrawal",
            Self::Reject { .. } => "reject_withdrawal",
            Self::Batch { .. } => "batch_withdrawals",
            Self::Paid { .. } => "withdrawal_paid",
            Self::Failed { .. } => "withdrawal_failed",
            Self::ReadFile { .. } => "read_payout_file",
        }
    }

    /// The withdrawals that it is about.
    #[must_use]
    pub fn withdrawals(&self) -> &[String] {
        match self {
            Self::SetAccount { .. } | Self::SetLimits { .. } | Self::ReadFile { .. } => &[],
            Self::Batch { withdrawals, .. } => withdrawals,
            Self::Submit { id, .. }
            | Self::TakeBack { id }
            | Self::TakeUp { id }
            | Self::Approve { id }
            | Self::Reject { id, .. }
            | Self::Paid { id }
            | Self::Failed { id, .. } => std::slice::from_ref(id),
        }
    }

    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::SetAccount { owner, .. } => owner.id(),
            Self::SetLimits { .. } => "",
            Self::Batch { batch, .. } | Self::ReadFile { batch } => batch,
            Self::Submit { id, .. }
            | Self::TakeBack { id }
            | Self::TakeUp { id }
            | Self::Approve { id }
            | Self::Reject { id, .. }
            | Self::Paid { id }
            | Self::Failed { id, .. } => id,
        }
    }
}
