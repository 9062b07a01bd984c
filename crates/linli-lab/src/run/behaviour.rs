//! How members redeem: never, by chance, at a target, in a panic, or because others do. It decides who asks; what they
//! get the economy says.

use super::{RunError, Simulation};
use crate::draw::Draw;
use crate::people::Person;
use crate::scenario::{Redeem, RedeemHow};
use linli_economy::handle::MemberId;
use linli_economy::refusal::Code;
use linli_economy::state::State;
use linli_economy::time::Instant;
use linli_economy::units::Points;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use toml::Spanned;

/// Nobody's behaviour: never to redeem.
const NEVER: u8 = u8::MAX;

/// The ways of a scenario, and who follows which.
pub struct Behaviours<'s> {
    ways: &'s [Spanned<Redeem>],
    /// By way, the members who follow it, where they are asked by chance.
    followers: Vec<Vec<u32>>,
    /// Members who wait for a price, by that price; it may have risen since.
    targets: BinaryHeap<Reverse<(u64, u32)>>,
    /// Members who redeemed yesterday.
    yesterday: u64,
}

impl<'s> Behaviours<'s> {
    /// The ways of a scenario, without anybody.
    pub fn new(ways: &'s [Spanned<Redeem>]) -> Self {
        Self { ways, followers: vec![Vec::new(); ways.len()], targets: BinaryHeap::new(), yesterday: 0 }
    }

    /// The way of a new member.
    pub fn choose(&self, draw: &mut Draw) -> u8 {
        if self.ways.is_empty() {
            return NEVER;
        }
        let mut left = draw.unit();
        let chosen = self.ways.iter().position(|way| {
            left -= way.get_ref().share.0;
            left < 0.0
        });
        chosen.and_then(|place| u8::try_from(place).ok()).unwrap_or(NEVER)
    }

    /// A member has joined.
    pub fn joined(&mut self, number: usize, behaviour: u8) {
        if self.is_asked_by_chance(behaviour) {
            let number = u32::try_from(number).expect("fewer than four billion members");
            self.followers[usize::from(behaviour)].push(number);
        }
    }

    /// A member has ordered: one who waits for a target is filed under it.
    pub fn ordered(&mut self, number: usize, person: &mut Person, state: &State, member: Option<MemberId>) {
        if person.filed || person.behaviour == NEVER {
            return;
        }
        if let (Some(times), Some(member)) = (self.target_of(person.behaviour), member)
            && let Some(price) = price_of(times, state, member)
        {
            person.filed = true;
            self.targets
                .push(Reverse((price, u32::try_from(number).expect("fewer than four billion members"))));
        }
    }

    fn way(&self, behaviour: u8) -> Option<&'s RedeemHow> {
        self.ways.get(usize::from(behaviour)).map(|way| &way.get_ref().how)
    }

    fn target_of(&self, behaviour: u8) -> Option<f64> {
        match self.way(behaviour) {
            Some(RedeemHow::Target { times }) => Some(times.0),
            _ => None,
        }
    }

    fn is_asked_by_chance(&self, behaviour: u8) -> bool {
        matches!(
            self.way(behaviour),
            Some(RedeemHow::Hazard { .. } | RedeemHow::Panic { .. } | RedeemHow::Herding { .. })
        )
    }
}

/// The price at which a member's points are worth so many times the spending of this cycle, in 10^-9 fen a
/// micro-point: a bound for looking, not an amount.
fn price_of(times: f64, state: &State, member: MemberId) -> Option<u64> {
    let member = &state.members()[member.index()];
    let target = times * member.spent.0 as f64 / member.earned.0 as f64;
    (member.earned > Points::ZERO).then(|| crate::draw::whole_u64(target * 1e9))
}

impl Simulation<'_, '_> {
    /// Everybody who redeems on a day, after its orders.
    pub(super) fn redeem_all(&mut self, at: Instant) -> Result<(), RunError> {
        let before = self.tally.redemptions();
        for place in 0..self.behaviours.ways.len() {
            let (chance, part) = self.chance(place);
            let followers = self.behaviours.followers[place].len();
            for _ in 0..self.draw.count(followers as f64 * chance) {
                let number = self.behaviours.followers[place][self.draw.below(followers)];
                self.redeem(number as usize, part, at)?;
            }
        }
        self.redeem_at_targets(at)?;
        self.behaviours.yesterday = self.tally.redemptions() - before;
        Ok(())
    }

    /// The chance with which a follower of a way redeems today, and what part of their points.
    fn chance(&self, place: usize) -> (f64, f64) {
        match self.behaviours.ways[place].get_ref().how {
            RedeemHow::Never | RedeemHow::Target { .. } => (0.0, 0.0),
            RedeemHow::Hazard { per_day, part } => (per_day.0, part.0),
            RedeemHow::Panic { growth_below, over_days, per_day } => {
                let growth = self.tally.growth_per_day(self.books.state(), over_days);
                let panics = growth.is_some_and(|growth| growth < growth_below.0);
                (if panics { per_day.0 } else { 0.0 }, 1.0)
            }
            RedeemHow::Herding { per_day, follow } => {
                let share = self.behaviours.yesterday as f64 / self.people.len().max(1) as f64;
                ((per_day.0 + follow.0 * share).min(1.0), 1.0)
            }
        }
    }

    fn redeem_at_targets(&mut self, at: Instant) -> Result<(), RunError> {
        loop {
            let price = self.books.state().pool().price();
            let price = crate::draw::whole_u64(price.pool.0 as f64 / price.supply.0 as f64 * 1e9);
            let Some(&Reverse((filed, number))) = self.behaviours.targets.peek() else { break };
            if filed > price {
                break;
            }
            self.behaviours.targets.pop();
            let number = number as usize;
            let person = self.people.get(number);
            person.filed = false;
            let times = self.behaviours.target_of(person.behaviour).unwrap_or(f64::INFINITY);
            let member = self.people.member(number);
            match price_of(times, self.books.state(), member) {
                Some(now) if now > price => self.file_again(number, now),
                Some(_) => self.redeem(number, 1.0, at)?,
                // They have exited; their next order files them anew.
                None => {}
            }
        }
        Ok(())
    }

    fn file_again(&mut self, number: usize, price: u64) {
        self.people.get(number).filed = true;
        let filed = (price, u32::try_from(number).expect("fewer than four billion members"));
        self.behaviours.targets.push(Reverse(filed));
    }

    /// A member redeems part of the points they hold, if they hold any.
    pub(super) fn redeem(&mut self, number: usize, part: f64, at: Instant) -> Result<(), RunError> {
        let member = self.people.member(number);
        let held = self.books.state().members()[member.index()].points;
        let ppm = i128::from(crate::draw::whole_u64(part * 1e6).min(1_000_000));
        let points = Points(held.0 * ppm / 1_000_000);
        if points == Points::ZERO {
            return Ok(());
        }
        match self.books.redeem(member, points, at) {
            Ok(outcome) => {
                let payout = outcome.payout.expect("a redemption pays");
                self.tally.redeemed(payout, outcome, &mut self.people, self.day);
                Ok(())
            }
            Err(refusal) if refusal.code == Code::NothingToPay => Ok(()),
            Err(refusal) => Err(refusal.into()),
        }
    }
}
