//! The days of a scenario that makes its own orders: who comes for the first time, who comes back, what they spend.

use super::{RunError, Simulation};
use crate::arrivals::Curve;
use crate::draw::whole_u64;
use crate::people::Person;
use crate::scenario::{DAY, Inviting, OrderSize, Otherwise, Returns};
use linli_economy::handle::MemberId;
use linli_economy::limits::AMOUNT_LIMIT_FEN;
use linli_economy::state::{BATCH, Sale};
use linli_economy::time::Instant;

impl Simulation<'_, '_> {
    /// Every day, from the first to the last.
    pub(super) fn run_days(&mut self) -> Result<(), RunError> {
        let scenario = self.scenario;
        let mut curve = Curve::new(&scenario.arrivals);
        let rate = match &scenario.returns {
            Returns::Once => 0.0,
            Returns::Regular { every_days, .. } => 1.0 / every_days.0,
        };
        for day in 0..scenario.days() {
            self.day = day;
            let begins = self.world.start.plus(day).begins;
            let morning = Instant { seconds: begins, nanoseconds: 0 };
            self.operate(morning)?;
            self.attack_in_the_morning(morning)?;
            let returning = self.draw.count(self.active.len() as f64 * rate);
            self.order_all(curve.next(day), returning, begins)?;
            self.close_day(begins)?;
        }
        Ok(())
    }

    /// The orders of a day, first ones and others mixed by chance and spread over its hours.
    fn order_all(&mut self, mut new: usize, mut returning: usize, begins: i64) -> Result<(), RunError> {
        let total = i64::try_from(new + returning).expect("memory holds them");
        for number in 0..total {
            let at = Instant { seconds: begins + DAY * number / (total + 1), nanoseconds: 0 };
            let left = new + returning;
            let is_new = returning == 0 || self.active.is_empty() || (new > 0 && self.draw.below(left) < new);
            if is_new && new > 0 {
                new -= 1;
                self.first_order(at)?;
            } else {
                returning = returning.saturating_sub(1);
                self.further_order(at);
            }
            if self.batch.len() == BATCH {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn first_order(&mut self, at: Instant) -> Result<(), RunError> {
        let store = self.world.first_store(&mut self.draw);
        let inviter = self.inviter(store);
        let number = self.register(store, inviter, at)?;
        self.push_order(number, store, at);
        if self.stays() {
            self.active.push(u32::try_from(number).expect("fewer than four billion members"));
        }
        Ok(())
    }

    /// A new member, whose first order follows.
    pub(super) fn register(
        &mut self,
        store: usize,
        inviter: Option<MemberId>,
        at: Instant,
    ) -> Result<usize, RunError> {
        // The orders put together before this one are still to come: time must not run ahead of them.
        let now = self.batch.first().map_or(at, |(_, first)| *first);
        self.books.open_member(inviter, now)?;
        let order = self.books.settled() + self.batch.len() as u64 + 1;
        let person = Person {
            first_order: u32::try_from(order).unwrap_or(u32::MAX),
            home: u32::try_from(store).expect("fewer than four billion stores"),
            day: u16::try_from(self.day).expect("at most fifty years"),
            behaviour: self.behaviours.choose(&mut self.draw),
            ..Person::default()
        };
        let number = self.people.add(person);
        self.behaviours.joined(number, person.behaviour);
        Ok(number)
    }

    fn further_order(&mut self, at: Instant) {
        if self.active.is_empty() {
            return;
        }
        let place = self.draw.below(self.active.len());
        let number = self.active[place] as usize;
        let store = self.world.next_store(&self.people.everyone()[number], &mut self.draw);
        self.push_order(number, store, at);
        if !self.stays() {
            self.active.swap_remove(place);
        }
    }

    /// Whether a member who has just ordered may come back.
    fn stays(&mut self) -> bool {
        match &self.scenario.returns {
            Returns::Once => false,
            Returns::Regular { lapse, .. } => !self.draw.happens(lapse.0),
        }
    }

    fn push_order(&mut self, number: usize, store: usize, at: Instant) {
        let amount = self.amount();
        let member = Some(self.people.member(number));
        self.batch.push((Sale { member, store: self.world.store(store), amount, from_spend: 0 }, at));
    }

    fn amount(&mut self) -> u64 {
        match &self.scenario.order {
            OrderSize::Fixed { amount } => amount.0,
            OrderSize::Lognormal { median, sigma, most } => {
                let amount = median.0 as f64 * libm::exp(sigma * self.draw.normal());
                whole_u64(amount + 0.5).clamp(1, most.map_or(AMOUNT_LIMIT_FEN, |most| most.0))
            }
        }
    }

    fn inviter(&mut self, store: usize) -> Option<MemberId> {
        let owner = || Some(self.world.owner(store));
        match &self.scenario.inviting {
            Inviting::None => None,
            Inviting::FirstStore => owner(),
            Inviting::Preferential { share, otherwise } => {
                if !self.people.is_empty() && self.draw.happens(share.0) {
                    let chosen = self.people.member(self.draw.below(self.people.len()));
                    // Whoever invited somebody is met twice as easily: who has invited many is met through them.
                    let above = self.books.state().members()[chosen.index()].inviter;
                    let above = above.filter(|&above| self.people.number(above).is_some());
                    return if self.draw.happens(0.5) { above.or(Some(chosen)) } else { Some(chosen) };
                }
                match otherwise {
                    Otherwise::None => None,
                    Otherwise::FirstStore => owner(),
                }
            }
        }
    }
}
