//! What an accepted command did: its postings, and the figures that its result shows. One buffer is used for
//! command after command, so that an order allocates nothing. Must not be added here: names of accounts.

use crate::account::{Account, Asset, Posting, merged};
use crate::handle::MemberId;
use crate::pool::{Pool, Price};
use crate::units::{Deduction, Fen, Points};
use serde::{Deserialize, Serialize};

/// One capped exit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exit {
    /// Who.
    pub member: MemberId,
    /// The points burned.
    pub points: Points,
    /// What they paid.
    pub payout: Fen,
}

/// What an accepted command did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Signed lines in the order in which they came about; [`Outcome::merged`] is their public form.
    pub postings: Vec<Posting>,
    /// Minted for the member of an order.
    pub minted: Option<Points>,
    /// Paid by a redemption.
    pub payout: Option<Fen>,
    /// The exits that it set off, in their order.
    pub exits: Vec<Exit>,
    /// Whether lots of deduction points expired on the way.
    pub lots_expired: bool,
    /// P afterwards.
    pub pool: Fen,
    /// S afterwards.
    pub supply: Points,
    /// The price afterwards.
    pub price: Price,
}

impl Outcome {
    /// An outcome that did nothing to this pool.
    #[must_use]
    pub fn new(pool: &Pool) -> Self {
        let (postings, exits) = (Vec::new(), Vec::new());
        let (reserve, supply, price) = (pool.reserve(), pool.supply(), pool.price());
        Self {
            postings,
            minted: None,
            payout: None,
            exits,
            lots_expired: false,
            pool: reserve,
            supply,
            price,
        }
    }

    /// Forgets the last command.
    pub fn clear(&mut self) {
        self.postings.clear();
        self.exits.clear();
        self.minted = None;
        self.payout = None;
        self.lots_expired = false;
    }

    /// Notes pool, supply and price of afterwards.
    pub fn close(&mut self, pool: &Pool) {
        self.pool = pool.reserve();
        self.supply = pool.supply();
        self.price = pool.price();
    }

    /// Adds a line of money; nothing is no line.
    pub fn money(&mut self, account: Account, amount: Fen) {
        self.line(account, Asset::Cny, amount.0);
    }

    /// Adds a line of growth points.
    pub fn points(&mut self, account: Account, amount: Points) {
        self.line(account, Asset::Gp, amount.0);
    }

    /// Adds a line of deduction points.
    pub fn deduction(&mut self, account: Account, amount: Deduction) {
        self.line(account, Asset::Dp, amount.0);
    }

    fn line(&mut self, account: Account, asset: Asset, amount: i128) {
        if amount != 0 {
            self.postings.push(Posting { account, asset, amount });
        }
    }

    /// The postings in their public form: sorted, one per account and asset, none zero.
    #[must_use]
    pub fn merged(&self) -> Vec<Posting> {
        merged(&self.postings)
    }
}
