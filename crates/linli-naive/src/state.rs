//! What an economy is made of: members, stores, orders, payouts, and the terms an order was frozen
//! with. Plain data with string ids; the rules are elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use num_traits::Zero;

use crate::ledger::{Asset, Ledger};
use crate::number::BigInt;
use crate::plan::Plan;
use crate::time::Instant;

/// The code of a refusal, as economy.md names it.
pub type Refusal = &'static str;

/// A person with an account.
#[derive(Clone, Default)]
pub struct Member {
    /// The place in the order of registration.
    pub registered: usize,
    pub inviter: Option<String>,
    pub rank: Option<String>,
    pub suspended: bool,
    /// T: points earned in this cycle, in micro-points.
    pub earned: BigInt,
    /// C: spending counted in this cycle, in fen.
    pub counted: BigInt,
    /// The cap and the retention of this cycle, in ppm.
    pub cycle: (BigInt, BigInt),
    /// How often the member has exited.
    pub exits: usize,
    /// The highest rate of all redemptions and exits: p fen for n micro-points.
    pub best_sale: Option<(BigInt, BigInt)>,
    /// R: all that was paid by redemptions and exits, less what was charged back.
    pub paid: BigInt,
    /// Deduction points in the order they were awarded.
    pub lots: Vec<Lot>,
    /// Deduction points owed, which later ones pay first.
    pub owed_points: BigInt,
}

/// The deduction points that are left of one store order's award.
#[derive(Clone)]
pub struct Lot {
    pub order: String,
    pub store: String,
    pub amount: BigInt,
    pub expiry: Instant,
}

/// A shop.
#[derive(Clone)]
pub struct Store {
    pub owner: String,
    pub recruiter: Option<String>,
    pub district: String,
    /// Its own take, in ppm, where it has one.
    pub take_rate: Option<BigInt>,
    pub closed: bool,
}

/// What an order will be settled with, as it was when the order was paid.
#[derive(Clone)]
pub struct Terms {
    pub plan: Arc<Plan>,
    /// The store's take in ppm (0 in the mall, where there is none).
    pub rate: BigInt,
    pub direct: Option<String>,
    pub indirect: Option<String>,
    pub recruiter: Option<String>,
    /// The agents there were, from the district (0) up to the macro-region (3).
    pub agents: Vec<(usize, String)>,
    /// The ancestors within `max_depth` and their ranks, nearest first.
    pub ancestors: Vec<(String, Option<String>)>,
}

/// A store order, or one in the mall.
#[derive(Clone)]
pub enum Trade {
    Store { store: String },
    Mall { supplier: String, cost: BigInt, used: Vec<UsedPoints> },
}

/// Deduction points that a mall order took from one lot, and that have not gone back.
#[derive(Clone)]
pub struct UsedPoints {
    pub lot: String,
    pub store: String,
    pub amount: BigInt,
}

/// An order from payment to the last refund. Amounts in fen.
#[derive(Clone)]
pub struct Order {
    pub trade: Trade,
    pub member: Option<String>,
    pub terms: Terms,
    /// What was paid, and the part of it from the spend balance.
    pub amount: BigInt,
    pub from_spend: Share,
    /// Σ of the cancels.
    pub cancelled: BigInt,
    pub settled: Option<Settlement>,
}

impl Order {
    /// What is left of it to be settled.
    pub fn left(&self) -> BigInt {
        &self.amount - &self.cancelled
    }

    /// Settled, or given back whole.
    pub fn is_closed(&self) -> bool {
        self.settled.is_some() || self.left().is_zero()
    }
}

/// A part of an order that goes back pro rata and cumulatively.
#[derive(Clone, Default)]
pub struct Share {
    pub whole: BigInt,
    pub returned: BigInt,
}

/// What one account received from an order.
#[derive(Clone)]
pub struct Leg {
    pub account: String,
    pub share: Share,
}

/// How an order was settled, and what of it has been refunded.
#[derive(Clone)]
pub struct Settlement {
    /// A (X in the mall).
    pub amount: BigInt,
    /// Σr.
    pub refunded: BigInt,
    /// Every leg but the pool's.
    pub legs: Vec<Leg>,
    pub from_spend: Share,
    pub minted: Share,
    pub counted: Share,
    pub award: Share,
    pub used_points: Share,
    /// How often the member had exited before the exits of this very settlement.
    pub exits_before: usize,
}

/// Money on its way out.
pub struct Payout {
    pub from: String,
    pub amount: BigInt,
    pub closed: bool,
}

/// One member's capped exit, as results show it.
pub struct Exit {
    pub member: String,
    pub points: BigInt,
    pub payout: BigInt,
}

/// What an accepted command shows besides its postings and the pool.
#[derive(Default)]
pub struct Outcome {
    pub minted: Option<BigInt>,
    pub payout: Option<BigInt>,
    pub exits: Vec<Exit>,
}

/// The whole economy.
pub struct State {
    pub clock: Instant,
    pub plan: Arc<Plan>,
    pub ledger: Ledger,
    pub members: BTreeMap<String, Member>,
    pub stores: BTreeMap<String, Store>,
    pub suppliers: BTreeSet<String>,
    pub agents: BTreeMap<String, String>,
    pub orders: BTreeMap<String, Order>,
    pub payouts: BTreeMap<String, Payout>,
    /// The price while the supply is 0: that of just before the supply was emptied.
    pub last_price: (BigInt, BigInt),
}

impl State {
    /// P: the pool in fen.
    pub fn pool(&self) -> BigInt {
        self.ledger.balance("pool:reserve", Asset::Cny)
    }

    /// S: the supply in micro-points.
    pub fn supply(&self) -> BigInt {
        -self.ledger.balance("pool:issued", Asset::Gp)
    }

    /// The pair (P, S), or the last one there was while the supply is 0.
    pub fn price(&self) -> (BigInt, BigInt) {
        let supply = self.supply();
        if supply.is_zero() { self.last_price.clone() } else { (self.pool(), supply) }
    }

    /// b: a member's points in micro-points.
    pub fn points_of(&self, member: &str) -> BigInt {
        self.ledger.balance(&points_account(member), Asset::Gp)
    }

    pub fn member(&self, id: &str) -> Result<&Member, Refusal> {
        self.members.get(id).ok_or("unknown_member")
    }

    pub fn store(&self, id: &str) -> Result<&Store, Refusal> {
        self.stores.get(id).ok_or("unknown_store")
    }

    /// A member that is known to exist.
    pub fn member_mut(&mut self, id: &str) -> &mut Member {
        self.members.get_mut(id).expect("members are never removed, and this one was found before")
    }
}

pub fn wallet(member: &str) -> String {
    format!("member:{member}:wallet")
}

pub fn spend_account(member: &str) -> String {
    format!("member:{member}:spend")
}

pub fn points_account(member: &str) -> String {
    format!("member:{member}:points")
}

pub fn deduction_account(member: &str) -> String {
    format!("member:{member}:deduction")
}

pub fn order_account(order: &str) -> String {
    format!("order:{order}")
}

pub fn store_account(store: &str) -> String {
    format!("store:{store}")
}
