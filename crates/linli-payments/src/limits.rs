//! How much of a charge may be split, into how many parts, how often and for how long: providers limit it, and guard
//! rule PAY-4 refuses plans that need more. Must not be added here: how much is to be split.

use crate::amount::{Amount, yuan};
use crate::ask::{Share, sum_of};
use crate::error::{Code, Refusal};

const SECONDS_A_DAY: i64 = 86_400;

/// The limits of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitLimits {
    /// The largest part of a charge, in percent.
    pub rate_percent: u8,
    /// The most receivers of one split.
    pub receivers: usize,
    /// The most splits of one charge; those that fail count.
    pub requests: u32,
    /// For how many days a charge can be held.
    pub hold_days: u32,
}

impl SplitLimits {
    /// Those that are usual in China.
    pub const USUAL: Self = Self { rate_percent: 30, receivers: 50, requests: 50, hold_days: 180 };

    /// When a hold that begins now ends by itself.
    #[must_use]
    pub fn hold_ends(&self, begun: i64) -> i64 {
        begun.saturating_add(i64::from(self.hold_days) * SECONDS_A_DAY)
    }
}

/// What is known of a charge whose split is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Splittable {
    /// How much was charged.
    pub charged: Amount,
    /// What was given back of it or is being given back, in fen.
    pub refunded_fen: u64,
    /// What was split of it or is being split, in fen.
    pub split_fen: u64,
    /// How many splits were asked for.
    pub requests: u32,
    /// Since when it is held.
    pub held_since: i64,
}

impl Splittable {
    /// Whether these shares may be split off now; gives their sum.
    ///
    /// # Errors
    /// The first that holds: [`Code::BadSplit`], [`Code::SplitTooLate`], [`Code::SplitTooManyReceivers`],
    /// [`Code::SplitTooManyRequests`], [`Code::SplitOverRate`], [`Code::SplitOverCharge`].
    pub fn check(&self, limits: &SplitLimits, shares: &[Share], now: i64) -> Result<Amount, Refusal> {
        let sum = sum_of(shares)?;
        let refused = |code, message| Err(Refusal::new(code, message));
        let ends = limits.hold_ends(self.held_since);
        if now >= ends {
            let message = format!(
                "a charge is held for {} days: this hold ended at {ends}, and now it is {now}",
                limits.hold_days
            );
            return refused(Code::SplitTooLate, message);
        }
        if shares.len() > limits.receivers {
            let message = format!("a split has at most {} receivers, not {}", limits.receivers, shares.len());
            return refused(Code::SplitTooManyReceivers, message);
        }
        if self.requests >= limits.requests {
            let message = format!(
                "a charge is split at most {} times, and this was asked for already",
                limits.requests
            );
            return refused(Code::SplitTooManyRequests, message);
        }
        let charged = u128::from(self.charged.fen());
        let after = u128::from(self.split_fen) + u128::from(sum.fen());
        if after * 100 > charged * u128::from(limits.rate_percent) {
            let message = format!(
                "at most {}% of {} can be split, of which {} was: {sum} is too much",
                limits.rate_percent,
                self.charged,
                yuan(self.split_fen)
            );
            return refused(Code::SplitOverRate, message);
        }
        if after + u128::from(self.refunded_fen) > charged {
            let message = format!(
                "of {} {} was given back and {} split: {sum} is too much",
                self.charged,
                yuan(self.refunded_fen),
                yuan(self.split_fen)
            );
            return refused(Code::SplitOverCharge, message);
        }
        Ok(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Account;
    use crate::ask::Receiver;

    fn shares(each: &[u64]) -> Vec<Share> {
        let share = |(number, fen): (usize, &u64)| Share {
            to: Receiver::Person(Account::new(&format!("person {number}")).expect("an account")),
            amount: Amount::of_fen(*fen).expect("an amount"),
        };
        each.iter().enumerate().map(share).collect()
    }

    fn charge(fen: u64) -> Splittable {
        let charged = Amount::of_fen(fen).expect("an amount");
        Splittable { charged, refunded_fen: 0, split_fen: 0, requests: 0, held_since: 1_000 }
    }

    fn code(of: Splittable, each: &[u64], now: i64) -> Result<u64, Code> {
        let checked = of.check(&SplitLimits::USUAL, &shares(each), now);
        checked.map(Amount::fen).map_err(|refusal| refusal.code)
    }

    #[test]
    fn each_limit_holds_to_the_last_unit() {
        let whole = charge(1_000);
        let ends = 1_000 + 180 * 86_400;
        for (of, each, now, result) in [
            (whole, &[300][..], 1_000, Ok(300)),
            (whole, &[301], 1_000, Err(Code::SplitOverRate)),
            (charge(999), &[299], 1_000, Ok(299)),
            (charge(999), &[300], 1_000, Err(Code::SplitOverRate)),
            (Splittable { split_fen: 200, ..whole }, &[60, 40], 1_000, Ok(100)),
            (Splittable { split_fen: 200, ..whole }, &[60, 41], 1_000, Err(Code::SplitOverRate)),
            (Splittable { refunded_fen: 700, ..whole }, &[300], 1_000, Ok(300)),
            (Splittable { refunded_fen: 701, ..whole }, &[300], 1_000, Err(Code::SplitOverCharge)),
            (Splittable { requests: 49, ..whole }, &[1], 1_000, Ok(1)),
            (Splittable { requests: 50, ..whole }, &[1], 1_000, Err(Code::SplitTooManyRequests)),
            (whole, &[1], ends - 1, Ok(1)),
            (whole, &[1], ends, Err(Code::SplitTooLate)),
            (whole, &[1; 50], 1_000, Ok(50)),
            (whole, &[1; 51], 1_000, Err(Code::SplitTooManyReceivers)),
            (whole, &[], 1_000, Err(Code::BadSplit)),
            (charge(10_000_000_000_000), &[3_000_000_000_000], 1_000, Ok(3_000_000_000_000)),
        ] {
            assert_eq!(code(of, each, now), result, "{of:?} {each:?} {now}");
        }
    }

    #[test]
    fn a_refusal_names_the_limit_and_the_numbers() {
        let refusal = Splittable { split_fen: 200, ..charge(1_000) }
            .check(&SplitLimits::USUAL, &shares(&[150]), 1_000)
            .expect_err("too much");
        assert_eq!(refusal.message, "at most 30% of 10.00 can be split, of which 2.00 was: 1.50 is too much");
    }

    #[test]
    fn nobody_is_among_the_receivers_twice() {
        let mut twice = shares(&[1, 2]);
        twice[1].to = twice[0].to.clone();
        assert_eq!(sum_of(&twice).expect_err("twice").code, Code::BadSplit);
    }
}
