//! What can be proposed: for each kind, what it must look like and the command that carries it out. Must not be added
//! here: who may propose it.

use crate::carried::{self, amount, check_fen};
use crate::known;
use crate::part::{Carried, Scene};
use crate::refusal::{Code, Refusal};
use crate::text::{Length, plain};
use linli_economy::account::Account;
use linli_economy::command::{Command, DepositTo};
use linli_economy::limits::WEIGHT_LIMIT;
use linli_economy::rate::Rate;
use linli_economy::region::Region;
use serde::{Deserialize, Serialize};

/// Members that one dividend can name.
const WEIGHTS_MOST: usize = 10_000;

/// Characters of an injection's note, such as its round.
const NOTE: Length = Length { what: "a note", least: 1, most: 200 };

/// What is proposed. The order of variants is the journal's and never changes, new ones come last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// Money into the pool, without minting.
    Inject {
        /// How much.
        fen: u64,
        /// Such as the round.
        note: Option<String>,
    },
    /// The accrued dividend is paid out by weight.
    Distribute {
        /// The members, each with a weight; kept only while the proposal is open.
        weights: Vec<(String, u64)>,
    },
    /// The platform's profit makes up what an account owes.
    WriteOff {
        /// Its public name, as in `member:M1:wallet`.
        account: String,
        /// How much of it.
        fen: u64,
    },
    /// Money that came in from outside.
    Deposit {
        /// For whom.
        to: Receiver,
        /// How much.
        fen: u64,
    },
    /// What an agent paid for a region.
    Fee {
        /// The agent.
        member: String,
        /// The region's code or name.
        region: String,
        /// How much.
        fen: u64,
    },
    /// A rate of a store's own.
    StoreRate {
        /// The store.
        store: String,
        /// Its rate.
        rate: Rate,
    },
    /// A member is paid no commission any more, and can neither redeem nor withdraw.
    Suspend {
        /// Who.
        member: String,
    },
    /// The end of that.
    Reinstate {
        /// Who.
        member: String,
    },
    /// One of the plan's ranks for a member, or none.
    SetRank {
        /// Who.
        member: String,
        /// Which.
        rank: Option<String>,
    },
}

/// For whom a deposit is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Receiver {
    /// A store.
    Store(String),
    /// A supplier.
    Supplier(String),
    /// The platform's profit.
    Profit,
    /// A member, as far as they owe.
    Member(String),
}

impl What {
    /// The name of its kind.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Inject { .. } => "inject",
            Self::Distribute { .. } => "distribute",
            Self::WriteOff { .. } => "write_off",
            Self::Deposit { .. } => "deposit",
            Self::Fee { .. } => "fee",
            Self::StoreRate { .. } => "store_rate",
            Self::Suspend { .. } => "suspend",
            Self::Reinstate { .. } => "reinstate",
            Self::SetRank { .. } => "set_rank",
        }
    }

    /// Whether it can be meant: what it names is there and its amounts can be moved. Whether balances allow it, the
    /// economy says when it is approved.
    pub(super) fn check(&self, scene: &Scene<'_>) -> Result<(), Refusal> {
        match self {
            Self::Inject { fen, note } => {
                check_fen(*fen)?;
                note.as_ref().map_or(Ok(()), |note| plain(&NOTE, note))
            }
            Self::Distribute { weights } => check_weights(scene, weights),
            Self::WriteOff { account, fen } => {
                check_account(scene, account)?;
                check_fen(*fen)
            }
            Self::Deposit { to, fen } => {
                to.check(scene)?;
                check_fen(*fen)
            }
            Self::Fee { member, region, fen } => {
                known::member(scene, member)?;
                let unknown = || Refusal::new(Code::UnknownRegion, format!("there is no region {region:?}"));
                Region::parse(region).ok_or_else(unknown)?;
                check_fen(*fen)
            }
            Self::StoreRate { store, rate } => {
                known::store(scene, store)?;
                let allowed = scene.economy.state().own_rate(&rate.to_string());
                allowed.map(|_| ()).map_err(|refusal| Refusal::new(Code::RateOutOfRange, refusal.message))
            }
            Self::Suspend { member } | Self::Reinstate { member } => known::member(scene, member).map(|_| ()),
            Self::SetRank { member, rank } => {
                known::member(scene, member)?;
                check_rank(scene, rank.as_deref())
            }
        }
    }

    /// The command that carries it out; its id is the proposal's.
    pub fn command(&self, id: &str) -> Carried {
        let id = carried::id(id);
        let named = |name: &String| carried::id(name);
        Some(match self {
            Self::Inject { fen, note } => {
                Command::Inject { id, amount: amount(*fen), note: note.clone().map(Into::into) }
            }
            Self::Distribute { weights } => {
                let weights = weights.iter().map(|(member, weight)| (named(member), *weight)).collect();
                Command::Distribute { id, weights }
            }
            Self::WriteOff { account, fen } => {
                Command::WriteOff { id, account: account.clone().into(), amount: amount(*fen) }
            }
            Self::Deposit { to, fen } => Command::Deposit { id, to: to.named(), amount: amount(*fen) },
            Self::Fee { member, region, fen } => Command::Fee {
                id,
                member: named(member),
                region: region.clone().into(),
                amount: amount(*fen),
            },
            Self::StoreRate { store, rate } => Command::UpdateStore {
                store: named(store),
                owner: None,
                recruiter: None,
                district: None,
                take_rate: Some(rate.to_string().into()),
            },
            Self::Suspend { member } => Command::Suspend { member: named(member) },
            Self::Reinstate { member } => Command::Reinstate { member: named(member) },
            Self::SetRank { member, rank } => {
                Command::SetRank { member: named(member), rank: rank.clone().map(Into::into) }
            }
        })
    }

    /// Lets go of what is too much to keep for ever; the journal has it.
    pub(super) fn shorten(&mut self) {
        if let Self::Distribute { weights } = self {
            *weights = Vec::new();
        }
    }
}

impl Receiver {
    fn check(&self, scene: &Scene<'_>) -> Result<(), Refusal> {
        match self {
            Self::Store(id) => known::store(scene, id).map(|_| ()),
            Self::Member(id) => known::member(scene, id).map(|_| ()),
            Self::Supplier(id) => known::supplier(id),
            Self::Profit => Ok(()),
        }
    }

    fn named(&self) -> DepositTo<'static> {
        match self {
            Self::Store(id) => DepositTo::Store(carried::id(id)),
            Self::Supplier(id) => DepositTo::Supplier(carried::id(id)),
            Self::Profit => DepositTo::Profit,
            Self::Member(id) => DepositTo::Member(carried::id(id)),
        }
    }
}

fn check_rank(scene: &Scene<'_>, rank: Option<&str>) -> Result<(), Refusal> {
    match rank {
        Some(name) if scene.economy.state().plan().rank_rate(name).is_none() => {
            Err(Refusal::new(Code::UnknownRank, format!("the plan in force has no rank {name:?}")))
        }
        _ => Ok(()),
    }
}

fn check_account(scene: &Scene<'_>, account: &str) -> Result<(), Refusal> {
    match scene.economy.find_account(account) {
        Some(Account::Wallet(_) | Account::Store(_) | Account::Supplier(_) | Account::DividendAccrued) => {
            Ok(())
        }
        _ => Err(Refusal::new(Code::UnknownAccount, format!("{account:?} is not an account that can owe"))),
    }
}

fn check_weights(scene: &Scene<'_>, weights: &[(String, u64)]) -> Result<(), Refusal> {
    let is_fit = weights.iter().all(|&(_, weight)| weight <= WEIGHT_LIMIT);
    if !is_fit || weights.len() > WEIGHTS_MOST || weights.iter().all(|&(_, weight)| weight == 0) {
        let message = format!(
            "a dividend has up to {WEIGHTS_MOST} members with weights from 0 to {WEIGHT_LIMIT}, not all 0; this has {}",
            weights.len()
        );
        return Err(Refusal::new(Code::BadList, message));
    }
    weights.iter().try_for_each(|(member, _)| known::member(scene, member).map(|_| ()))
}
