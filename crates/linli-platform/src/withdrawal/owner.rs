//! Whose money goes out, who may ask for it, and where it goes to.

use crate::act::Actor;
use crate::carried;
use crate::desk::desk;
use crate::known;
use crate::part::Scene;
use crate::refusal::{Code, Refusal};
use linli_economy::command::WithdrawFrom;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// Whose balance a withdrawal is taken from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Owner {
    /// A member's wallet.
    Member(String),
    /// A store's receivables.
    Store(String),
    /// A supplier's.
    Supplier(String),
    /// The platform's profit.
    Profit,
    /// What agents paid the platform.
    Fees,
}

/// Where an owner's money is paid out to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayoutAccount {
    /// Bank, number and name, sealed.
    pub sealed: Vec<u8>,
    /// What of it may be shown.
    pub masked: String,
    /// The same for the same account.
    pub reference: [u8; 16],
    /// Who set it.
    pub set_by: Actor,
    /// When.
    pub set_at: Instant,
    /// Nothing can be submitted before: an account that somebody else has put there is noticed until then.
    pub usable_from: Instant,
}

impl Owner {
    /// The kind of owner, as the stream of commands names it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Member(_) => "member",
            Self::Store(_) => "store",
            Self::Supplier(_) => "supplier",
            Self::Profit | Self::Fees => "platform",
        }
    }

    /// The id among its kind.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Member(id) | Self::Store(id) | Self::Supplier(id) => id,
            Self::Profit => "profit",
            Self::Fees => "fees",
        }
    }

    /// Whether it is the platform's own money: no limit holds for it, and two people take it out.
    #[must_use]
    pub fn is_platform(&self) -> bool {
        matches!(self, Self::Profit | Self::Fees)
    }

    /// Whether there is such an owner, and this is who acts for it: members for themselves and for the stores that they
    /// own; a desk for suppliers, who have no account of a member, and for the platform.
    pub(super) fn check(&self, scene: &Scene<'_>, by: &Actor) -> Result<(), Refusal> {
        match self {
            Self::Member(id) => {
                known::member(scene, id)?;
                is_member(by, id, "the wallet is theirs")
            }
            Self::Store(id) => {
                let store = known::store(scene, id)?;
                let owner = scene.economy.state().stores()[store.index()].owner;
                is_member(by, scene.economy.member_name(owner), "the store is theirs")
            }
            Self::Supplier(id) => {
                desk(by)?;
                known::supplier(id)
            }
            Self::Profit | Self::Fees => desk(by),
        }
    }

    /// The balance, as a command names it.
    pub(super) fn source(&self) -> WithdrawFrom<'static> {
        match self {
            Self::Member(id) => WithdrawFrom::Member(carried::id(id)),
            Self::Store(id) => WithdrawFrom::Store(carried::id(id)),
            Self::Supplier(id) => WithdrawFrom::Supplier(carried::id(id)),
            Self::Profit => WithdrawFrom::Profit,
            Self::Fees => WithdrawFrom::Fees,
        }
    }
}

fn is_member(by: &Actor, member: &str, why: &str) -> Result<(), Refusal> {
    match by {
        Actor::Member(id) if id == member => Ok(()),
        _ => Err(Refusal::new(Code::NotYours, format!("only member {member} may do this, for {why}"))),
    }
}
