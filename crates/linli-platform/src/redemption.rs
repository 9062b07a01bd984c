//! Redeeming: a member gives growth points back to the pool for money, at the price of the moment. Must not be added
//! here: what they pay; the economy says that.

use crate::act::Actor;
use crate::carried;
use crate::known;
use crate::part::{Carried, Moment, Part, Scene, mixed};
use crate::refusal::{Code, Refusal};
use crate::text;
use linli_economy::command::{AmountText, Command};
use linli_economy::limits::AMOUNT_LIMIT_POINTS;
use linli_economy::units::Points;
use serde::{Deserialize, Serialize};

/// What is done about redemptions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RedemptionAct {
    /// A member redeems points of theirs.
    Redeem {
        /// Names the redemption.
        id: String,
        /// Whose points.
        member: String,
        /// How many, in micro-points.
        micro_points: u64,
    },
}

/// What was redeemed; whose and for how much stands in the statements.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redemptions {
    count: u64,
    micro_points: u128,
}

impl Redemptions {
    /// How many there were, and how many micro-points they took.
    #[must_use]
    pub fn total(&self) -> (u64, u128) {
        (self.count, self.micro_points)
    }
}

impl RedemptionAct {
    pub(crate) fn name(&self) -> &'static str {
        "redeem"
    }

    pub(crate) fn subject(&self) -> &str {
        let Self::Redeem { id, .. } = self;
        id
    }
}

impl Part for Redemptions {
    type Act = RedemptionAct;

    fn check(&self, scene: &Scene<'_>, by: &Actor, act: &RedemptionAct) -> Result<Carried, Refusal> {
        let RedemptionAct::Redeem { id, member, micro_points } = act;
        text::id(id)?;
        known::member(scene, member)?;
        if *by != Actor::Member(member.clone()) {
            return Err(Refusal::new(Code::NotYours, format!("these are the points of {member}")));
        }
        let points = Points::from(*micro_points);
        if !(1..=AMOUNT_LIMIT_POINTS).contains(micro_points) {
            let most = Points::from(AMOUNT_LIMIT_POINTS);
            return Err(Refusal::new(
                Code::BadAmount,
                format!("{points} is not above 0 and up to {most} points"),
            ));
        }
        let points = AmountText::new(points.to_string().into()).expect("digits, a point and digits");
        Ok(Some(Command::Redeem { request: carried::id(id), member: carried::id(member), points }))
    }

    fn apply(&mut self, _: &Moment<'_>, act: &RedemptionAct) {
        let RedemptionAct::Redeem { micro_points, .. } = act;
        self.count += 1;
        self.micro_points += u128::from(*micro_points);
    }

    fn figure(&self) -> u64 {
        mixed(&[], &[self.count.into(), self.micro_points])
    }
}

#[cfg(test)]
mod tests;
