//! The rule that each leg of an order comes from: its key in the plan, the rate, and the computation with its rounding.
//! Must not be added here: how it is shown, or a number that the legs do not have.

use linli_economy::legs::{Leg, LegKind, beneficiary_rates};
use linli_economy::order::Order;
use linli_economy::plan::{Plan, Unclaimed};
use linli_economy::rate::Rate;
use linli_economy::units::Fen;
use std::fmt::Write;

/// By what rule a leg is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its key in the plan; empty for what no plan says.
    pub key: &'static str,
    /// The rate, where it is one of the amount.
    pub rate: Option<Rate>,
    /// What else is to be said of it.
    pub note: &'static str,
    /// The computation with its rounding.
    pub how: String,
}

/// The rules that an order is settled by.
pub struct Rules<'s> {
    plan: &'s Plan,
    order: &'s Order,
    claimed: u64,
}

impl<'s> Rules<'s> {
    /// The rules of an order whose legs these are, under the plan that it was paid with.
    #[must_use]
    pub fn new(plan: &'s Plan, order: &'s Order, legs: &[Leg]) -> Self {
        Self { plan, order, claimed: claimed(legs) }
    }

    /// A leg's rule.
    #[must_use]
    pub fn of(&self, leg: &Leg) -> Rule {
        let [direct, indirect, recruit, regions @ ..] = beneficiary_rates(self.plan, &self.order.terms);
        match leg.kind {
            LegKind::Store => {
                let (paid, rate) = (self.amount(), self.order.terms.rate);
                let how = format!("{paid} − ⌈{paid} × {rate}⌉");
                Rule { key: "take.rate", rate: Some(rate), note: "of the store", how }
            }
            LegKind::Direct => self.share("referral.direct", direct),
            LegKind::Indirect => self.share("referral.indirect", indirect),
            LegKind::Recruit => self.share("recruit.store", recruit),
            LegKind::Region(place) => {
                let keys = ["region.district", "region.city", "region.province", "region.macro"];
                self.share(keys[usize::from(place)], regions[usize::from(place)])
            }
            LegKind::Levels => Rule {
                key: "levels.ranks",
                rate: None,
                note: "",
                how: "the rank's rate less those below, each rounded down".into(),
            },
            LegKind::Dividend => self.share("dividend.rate", self.plan.dividend),
            LegKind::Platform => self.platform(leg),
            LegKind::Supplier => {
                Rule { key: "", rate: None, note: "the cost of the goods", how: "as ordered".into() }
            }
            LegKind::Rebate => Rule {
                key: "mall.store_rebate",
                rate: Some(self.plan.mall.store_rebate),
                note: "",
                how: "the part of the points that this store's orders awarded, rounded down".into(),
            },
        }
    }

    fn share(&self, key: &'static str, rate: Rate) -> Rule {
        Rule { key, rate: Some(rate), note: "", how: self.floor(rate) }
    }

    fn platform(&self, leg: &Leg) -> Rule {
        let take = &self.plan.take;
        let mut how = self.floor(take.platform);
        if take.unclaimed == Unclaimed::Platform {
            let budget = self.floor(take.distribution);
            write!(how, " + {budget} − {}", Fen::from(self.claimed)).expect("a text takes what is written");
        }
        let fixed = take.platform.share_floor(self.order.left());
        let unclaimed = take.distribution.share_floor(self.order.left()).saturating_sub(self.claimed);
        if self.order.member.is_none() && leg.fen > fixed + unclaimed {
            how.push_str(" + the pool's part, since no member is known");
        }
        Rule { key: "take.platform", rate: Some(take.platform), note: "and what nobody claims", how }
    }

    fn amount(&self) -> Fen {
        Fen::from(self.order.left())
    }

    fn floor(&self, rate: Rate) -> String {
        format!("⌊{} × {rate}⌋", self.amount())
    }
}

/// What the distribution budget paid.
fn claimed(legs: &[Leg]) -> u64 {
    let outside = [LegKind::Store, LegKind::Platform, LegKind::Supplier, LegKind::Rebate];
    legs.iter().filter(|leg| !outside.contains(&leg.kind)).map(|leg| leg.fen).sum()
}
