//! The kinds of attacks, their sizes, and what an attack comes to.

use linli_economy::units::Fen;

/// What an attacker does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AttackKind {
    /// A store and one member buy from each other.
    WashTrading,
    /// A store and many members of its owner's, who invite each other.
    SockPuppets,
    /// One large buyer who redeems in steps.
    Whale,
    /// Whoever redeems last when all others have.
    LastOneOut,
    /// Tiny orders before anybody else's, in the attacker's own store.
    EarlyTinyOrders,
    /// Buy, redeem when the price has risen, and have the order refunded.
    RefundAbuse,
    /// Orders in the attacker's own store for the deduction points, spent on goods of the attacker's own.
    DeductionFarming,
}

impl AttackKind {
    /// All of them, in the order of tables.
    pub const ALL: [Self; 7] = [
        Self::WashTrading,
        Self::SockPuppets,
        Self::Whale,
        Self::LastOneOut,
        Self::EarlyTinyOrders,
        Self::RefundAbuse,
        Self::DeductionFarming,
    ];
}

/// One attack.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attack {
    /// What is done.
    pub kind: AttackKind,
    /// Of one order, in fen.
    pub amount: u64,
    /// Orders a day.
    pub per_day: u32,
    /// Accounts that order in turns; at least 1.
    pub accounts: u32,
    /// The first day with orders.
    pub from_day: u32,
    /// The days with orders.
    pub days: u32,
    /// Days from the last order to the first redemption.
    pub hold_days: u32,
    /// Redemptions, one a day; at least 1.
    pub steps: u32,
    /// Whether its store has the lowest take that the plan allows.
    pub lowest_take: bool,
}

/// Whether the attack is carried out, or its accounts only exist, so that the honest members are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolve {
    /// It is carried out.
    Carried,
    /// The same accounts buy the same, and redeem like an honest member: all at once, before a run on the pool.
    Plain,
    /// Nothing is bought.
    Idle,
}

/// What an attack came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attacked {
    /// Its orders.
    pub orders: u64,
    /// What it paid in, less what was refunded.
    pub paid: Fen,
    /// What it paid in stores of others, for goods that it keeps.
    pub goods: Fen,
    /// What all its accounts have at the end.
    pub has: Fen,
}

impl Attacked {
    /// What it has, and its goods at the price paid, less what it paid in.
    #[must_use]
    pub fn profit(&self) -> Fen {
        self.has + self.goods - self.paid
    }
}
