//! The pool: the reserve of money behind the growth points, and the price that follows from it. Each function
//! that changes P or S is one lemma of `docs/proof.md`: none lets the price fall. Must not be added here: who
//! gets what (see the commands), a price that is stored rounded.

use crate::rate::Rate;
use crate::units::{Fen, Points};
use crate::wide::{compare_products, mul_div_floor};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// The exact price of a point: fen per micro-point, as the pair it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// P, in fen.
    pub pool: Fen,
    /// S, in micro-points; above 0.
    pub supply: Points,
}

impl Price {
    /// The price in units of 10^-6 yuan per point, rounded down: what files and interfaces show.
    #[must_use]
    pub fn micro_yuan_floor(self) -> u128 {
        // fen / micro-points · 10^6 micro-points / 10^2 fen · 10^6
        mul_div_floor(self.pool.unsigned(), 10_000_000_000, self.supply.unsigned())
    }

    /// What points are worth at this price, rounded down.
    #[must_use]
    pub fn worth_floor(self, points: Points) -> Fen {
        Fen::from_unsigned(mul_div_floor(points.unsigned(), self.pool.unsigned(), self.supply.unsigned()))
    }

    /// How many points money is worth at this price, rounded down.
    #[must_use]
    pub fn points_floor(self, value_fen: u64) -> Points {
        Points::from_unsigned(mul_div_floor(value_fen.into(), self.supply.unsigned(), self.pool.unsigned()))
    }
}

impl PartialOrd for Price {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let left = [self.pool.unsigned(), other.supply.unsigned(), 1];
        let right = [other.pool.unsigned(), self.supply.unsigned(), 1];
        Some(compare_products(left, right))
    }
}

/// Reserve and supply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pool {
    reserve: Fen,
    supply: Points,
    /// The price while there is no supply: the pair of just before the burn that emptied it, at the very
    /// start the plan's start price.
    last: Price,
}

impl Pool {
    /// A pool that opens with the genesis, which may be nothing, at the start price in fen per point.
    #[must_use]
    pub fn open(genesis_fen: u64, start_price_fen: u64) -> Self {
        let start = Price { pool: Fen::from(start_price_fen), supply: Points(1_000_000) };
        Self { reserve: Fen::from(genesis_fen), supply: start.points_floor(genesis_fen), last: start }
    }

    /// P: the money in the pool.
    #[must_use]
    pub fn reserve(&self) -> Fen {
        self.reserve
    }

    /// S: the points outstanding, the genesis included.
    #[must_use]
    pub fn supply(&self) -> Points {
        self.supply
    }

    /// The price of now.
    #[must_use]
    pub fn price(&self) -> Price {
        if self.supply == Points::ZERO {
            self.last
        } else {
            Price { pool: self.reserve, supply: self.supply }
        }
    }

    /// Takes in an order's inflow i and issues m = ⌊⌊i · mint⌋ · S / P⌋ for it, with P and S of before.
    pub fn mint(&mut self, inflow_fen: u64, mint: Rate) -> Points {
        let minted = self.price().points_floor(mint.share_floor(inflow_fen));
        self.reserve += Fen::from(inflow_fen);
        self.supply += minted;
        minted
    }

    /// Takes in money and issues nothing: an injection, or an order that mints for nobody.
    pub fn inject(&mut self, amount: Fen) {
        self.reserve += amount;
    }

    /// What a redemption of these points pays: ⌊⌊q · P / S⌋ · (1 − retention)⌋.
    #[must_use]
    pub fn redemption(&self, points: Points, retention: Rate) -> Fen {
        retained(self.price().worth_floor(points), retention)
    }

    /// Burns points and pays for them. The payout must be at most what they are worth.
    pub fn burn(&mut self, points: Points, payout: Fen) {
        debug_assert!(payout <= self.price().worth_floor(points), "a burn pays at most the worth");
        self.refund(points, payout);
    }

    /// Burns the points of a refund and gives this much money, or takes it in where it is below zero.
    pub fn refund(&mut self, burned: Points, given: Fen) {
        let before = self.price();
        self.reserve -= given;
        self.supply -= burned;
        if self.supply == Points::ZERO {
            self.last = before;
        }
    }

    /// What the pool gives of the part y that a refund asks of it, when the member's q points are burned:
    /// at most their worth, so that the price does not fall. A y below zero comes in.
    #[must_use]
    pub fn refund_part(&self, asked: Fen, burned: Points) -> Fen {
        if self.supply == Points::ZERO {
            return Fen::ZERO;
        }
        // If they are the last points, they are worth the whole pool.
        asked.min(self.price().worth_floor(burned))
    }
}

/// `⌊gross · (1 − retention)⌋`.
#[must_use]
pub fn retained(gross: Fen, retention: Rate) -> Fen {
    let kept = u128::from(retention.complement().0);
    Fen::from_unsigned(mul_div_floor(gross.unsigned(), kept, Rate::WHOLE.0.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_table_of_the_first_orders() {
        let mut pool = Pool::open(0, 100);
        let mut rows = Vec::new();
        for _ in 0..3 {
            let minted = pool.mint(16_000, Rate(700_000));
            rows.push((pool.reserve(), minted, pool.supply(), pool.price().micro_yuan_floor()));
        }
        assert_eq!(
            rows,
            [
                (Fen(16_000), Points(112_000_000), Points(112_000_000), 1_428_571),
                (Fen(32_000), Points(78_400_000), Points(190_400_000), 1_680_672),
                (Fen(48_000), Points(66_640_000), Points(257_040_000), 1_867_413),
            ]
        );
    }

    #[test]
    fn an_emptied_pool_remembers_its_price() {
        let mut pool = Pool::open(0, 100);
        let minted = pool.mint(16_000, Rate(700_000));
        let payout = pool.redemption(minted, Rate(200_000));
        assert_eq!(payout, Fen(12_800));
        pool.burn(minted, payout);
        assert_eq!((pool.reserve(), pool.supply()), (Fen(3_200), Points::ZERO));
        assert_eq!(pool.price().micro_yuan_floor(), 1_428_571);
        let next = pool.mint(16_000, Rate(700_000));
        assert_eq!(next, Points(78_400_000));
    }

    #[test]
    fn a_genesis_is_supply_at_the_start_price() {
        let pool = Pool::open(100_000, 300);
        assert_eq!((pool.reserve(), pool.supply()), (Fen(100_000), Points(333_333_333)));
    }
}
