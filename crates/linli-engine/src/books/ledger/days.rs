//! What each day brought: to stores and their recruiters and agents, to who invited, and to the price. A day is one of
//! Asia/Shanghai. An order counts on the day when it is settled, and what is refunded is taken away on the day when it
//! is. Must not be added here: a rate; legs are the economy's.

mod day;

pub use day::{DayOfMember, DayOfPrice, DayOfStore, beginning_of, day_of};

use linli_economy::Economy;
use linli_economy::command::Command;
use linli_economy::decimal;
use linli_economy::handle::{MemberId, OrderId, StoreId};
use linli_economy::legs::{Leg, LegKind};
use linli_economy::limits::AMOUNT_LIMIT_FEN;
use linli_economy::order::{Order, Seller, pro_rata};
use linli_economy::outcome::Outcome;
use linli_economy::pool::Price;
use linli_economy::region::LEVELS;

/// The days of an economy.
#[derive(Clone, Debug, Default)]
pub struct Days {
    /// By store, each the oldest first.
    of_stores: Vec<Vec<DayOfStore>>,
    /// By member, each the oldest first.
    of_members: Vec<Vec<DayOfMember>>,
    prices: Vec<DayOfPrice>,
}

impl Days {
    /// The days of a store from one to another.
    #[must_use]
    pub fn of_store(&self, store: StoreId, days: std::ops::RangeInclusive<i64>) -> &[DayOfStore] {
        between(self.of_stores.get(store.index()), &days, |day| day.day)
    }

    /// The days of a member from one to another, those without any income left out.
    #[must_use]
    pub fn of_member(&self, member: MemberId, days: std::ops::RangeInclusive<i64>) -> &[DayOfMember] {
        between(self.of_members.get(member.index()), &days, |day| day.day)
    }

    /// The prices from one day to another, days without any command left out.
    #[must_use]
    pub fn prices(&self, days: std::ops::RangeInclusive<i64>) -> &[DayOfPrice] {
        between(Some(&self.prices), &days, |day| day.day)
    }

    /// The price that the last day before this one ended with.
    #[must_use]
    pub fn price_before(&self, day: i64) -> Option<Price> {
        let place = self.prices.partition_point(|one| one.day < day);
        place.checked_sub(1).map(|place| self.prices[place].last)
    }

    /// Takes the next accepted command.
    pub(super) fn take(&mut self, economy: &Economy, command: &Command<'_>, outcome: &Outcome) {
        let day = day_of(economy.state().clock());
        self.take_price(day, outcome.price);
        let order = || command.order().and_then(|order| economy.order_id(order)).expect("it was accepted");
        match command {
            Command::Settle { .. }
            | Command::SettleInOne { .. }
            | Command::SettleMall { .. }
            | Command::SettleMallInOne { .. } => self.settled(economy, order(), day),
            Command::Refund { amount, .. } => {
                let fen = decimal::parse(amount, 2, AMOUNT_LIMIT_FEN).expect("it was accepted");
                self.refunded(economy, order(), fen, day);
            }
            _ => {}
        }
    }

    fn take_price(&mut self, day: i64, price: Price) {
        match self.prices.last_mut().filter(|last| last.day == day) {
            Some(last) => last.last = price,
            None => self.prices.push(DayOfPrice { day, first: price, last: price }),
        }
    }

    fn settled(&mut self, economy: &Economy, id: OrderId, day: i64) {
        let (order, legs) = look(economy, id);
        for leg in &legs {
            self.earn(economy, order.seller, leg, day, signed(leg.fen), 1);
        }
        self.sell(order, &legs, day, |leg| signed(leg.fen), 1, signed(order.left()));
    }

    /// Each leg gives back its part of what was refunded so far, less its part of what was refunded before.
    fn refunded(&mut self, economy: &Economy, id: OrderId, fen: u64, day: i64) {
        let (order, legs) = look(economy, id);
        let (now, whole) = (order.refunded, order.left());
        let part = |leg: &Leg| -signed(pro_rata(leg.fen, now, whole) - pro_rata(leg.fen, now - fen, whole));
        for leg in &legs {
            self.earn(economy, order.seller, leg, day, part(leg), 0);
        }
        self.sell(order, &legs, day, part, 0, -signed(fen));
    }

    /// What a leg of an order with this seller brings a member.
    fn earn(&mut self, economy: &Economy, seller: Seller, leg: &Leg, day: i64, fen: i64, orders: u64) {
        let linli_economy::account::Account::Wallet(member) = leg.account else { return };
        let level = match leg.kind {
            LegKind::Direct => Some(0),
            LegKind::Indirect => Some(1),
            _ => None,
        };
        if fen == 0 && (orders == 0 || level.is_none()) {
            return;
        }
        let earned = self.day_of_member(member, day);
        match leg.kind {
            LegKind::Levels => earned.levels += fen,
            LegKind::Recruit => earned.recruited += fen,
            LegKind::Region(_) => earned.regions += fen,
            _ => {}
        }
        if let Some(level) = level {
            earned.invited[level] += fen;
            earned.orders[level] += orders;
            if level == 0 && is_of_another(economy, seller, member) {
                earned.elsewhere.0 += orders;
                earned.elsewhere.1 += fen;
            }
        }
    }

    fn day_of_member(&mut self, member: MemberId, day: i64) -> &mut DayOfMember {
        if self.of_members.len() <= member.index() {
            self.of_members.resize(member.index() + 1, Vec::new());
        }
        let days = &mut self.of_members[member.index()];
        if days.last().is_none_or(|last| last.day != day) {
            days.push(DayOfMember { day, ..DayOfMember::default() });
        }
        days.last_mut().expect("one was added if there was none")
    }

    /// What an order brings its store's recruiter and agents.
    fn sell(
        &mut self,
        order: &Order,
        legs: &[Leg],
        day: i64,
        part: impl Fn(&Leg) -> i64,
        orders: u64,
        turnover: i64,
    ) {
        let Seller::Store(store) = order.seller else { return };
        let sold = self.day_of_store(store, day, order);
        (sold.orders, sold.turnover) = (sold.orders + orders, sold.turnover + turnover);
        for leg in legs {
            let place = match leg.kind {
                LegKind::Recruit => 0,
                LegKind::Region(level) => 1 + usize::from(level),
                _ => continue,
            };
            sold.shares[place] += part(leg);
        }
    }

    /// The day of a store for those whom the order was frozen with.
    fn day_of_store(&mut self, store: StoreId, day: i64, order: &Order) -> &mut DayOfStore {
        let [district, city, province, macro_region] = order.terms.agents;
        let holders = [order.terms.recruiter, district, city, province, macro_region];
        if self.of_stores.len() <= store.index() {
            self.of_stores.resize(store.index() + 1, Vec::new());
        }
        let days = &mut self.of_stores[store.index()];
        let today = days.partition_point(|one| one.day < day);
        let place = days[today..].iter().position(|one| one.holders == holders).map(|place| today + place);
        let place = place.unwrap_or_else(|| {
            days.push(DayOfStore { day, holders, shares: [0; 1 + LEVELS], orders: 0, turnover: 0 });
            days.len() - 1
        });
        &mut days[place]
    }
}

/// Whether a store sold that is not this member's.
fn is_of_another(economy: &Economy, seller: Seller, member: MemberId) -> bool {
    match seller {
        Seller::Store(store) => economy.state().stores()[store.index()].owner != member,
        Seller::Mall(_) => false,
    }
}

fn look(economy: &Economy, id: OrderId) -> (&Order, Vec<Leg>) {
    let mut legs = Vec::new();
    economy.state().legs_of(id, &mut legs);
    (&economy.state().orders()[id.index()], legs)
}

/// At most 10^13 fen are in one command.
fn signed(fen: u64) -> i64 {
    i64::try_from(fen).expect("an amount of one command")
}

fn between<'d, T>(
    all: Option<&'d Vec<T>>,
    days: &std::ops::RangeInclusive<i64>,
    day: impl Fn(&T) -> i64,
) -> &'d [T] {
    let all = all.map_or(&[][..], Vec::as_slice);
    let from = all.partition_point(|one| day(one) < *days.start());
    let until = all.partition_point(|one| day(one) <= *days.end());
    &all[from..until.max(from)]
}
