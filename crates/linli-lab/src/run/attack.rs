//! An attacker within a run: accounts and a store that one person controls, beside the honest members, with orders of
//! their own. What an attack pays is what all of its accounts have at the end, less what it paid in. Must not be added: a
//! reward that the economy did not pay.

mod kind;
mod moves;

pub use kind::{Attack, AttackKind, Attacked, Resolve};

use super::{RunError, Simulation};
use crate::books::{Books, NewStore};
use linli_economy::account::{Account, Asset};
use linli_economy::handle::{MemberId, OrderId, StoreId, SupplierId};
use linli_economy::state::State;
use linli_economy::time::Instant;
use linli_economy::units::{Fen, Points};

/// An order of an attacker.
#[derive(Clone, Copy)]
struct Bought {
    order: Option<OrderId>,
    amount: u64,
}

/// An attacker at work.
pub(super) struct Attacker {
    attack: Attack,
    resolve: Resolve,
    /// Owns the store, invited and recruited everybody else.
    boss: MemberId,
    second: MemberId,
    accounts: Vec<MemberId>,
    store: StoreId,
    supplier: Option<SupplierId>,
    bought: Vec<Bought>,
    next: usize,
    result: Attacked,
}

impl Attacker {
    /// Registers the accounts and opens the store, before the first day.
    pub fn open(
        attack: &Attack,
        resolve: Resolve,
        books: &mut Books<'_>,
        at: Instant,
    ) -> Result<Self, RunError> {
        let boss = books.open_member(None, at)?;
        let second = books.open_member(Some(boss), at)?;
        let mut accounts = Vec::new();
        for _ in 0..attack.accounts.max(1) {
            accounts.push(books.open_member(Some(second), at)?);
        }
        let lowest = books.state().plan().take.min_rate.to_string();
        let take_rate = Some(lowest.as_str()).filter(|_| attack.lowest_take);
        let store = NewStore { owner: boss, recruiter: Some(boss), district: "000000", take_rate };
        let store = books.open_store(&store, at)?;
        Ok(Self {
            attack: *attack,
            resolve,
            boss,
            second,
            accounts,
            store,
            supplier: None,
            bought: Vec::new(),
            next: 0,
            result: Attacked::default(),
        })
    }

    /// Everybody who is the attacker.
    fn everybody(&self) -> impl Iterator<Item = MemberId> {
        self.accounts.iter().copied().chain([self.boss, self.second])
    }

    /// What is counted at the end.
    fn finish(&mut self, state: &State) -> Attacked {
        let money = |account| Fen(state.balance(account, Asset::Cny));
        let wallets =
            self.everybody().map(|member| money(Account::Wallet(member)) + money(Account::Spend(member)));
        let own = money(Account::Store(self.store));
        let supplier = self.supplier.map_or(Fen::ZERO, |supplier| money(Account::Supplier(supplier)));
        self.result.has = wallets.fold(own + supplier, |sum, wallet| sum + wallet);
        self.result
    }

    /// The account whose turn it is.
    fn take_turn(&mut self) -> MemberId {
        let account = self.accounts[self.next % self.accounts.len()];
        self.next += 1;
        account
    }

    fn is_buying(&self, day: u32) -> bool {
        let Attack { from_day, days, .. } = self.attack;
        self.resolve != Resolve::Idle && (from_day..from_day.saturating_add(days)).contains(&day)
    }

    /// Which step of redeeming a day is, from 0.
    fn step(&self, day: u32) -> Option<u32> {
        let Attack { from_day, days, hold_days, .. } = self.attack;
        day.checked_sub(from_day.saturating_add(days).saturating_add(hold_days))
    }
}

impl Simulation<'_, '_> {
    /// What attackers buy before the honest orders of a day.
    pub(super) fn attack_in_the_morning(&mut self, at: Instant) -> Result<(), RunError> {
        let mut attackers = std::mem::take(&mut self.attackers);
        let honest = self.world.store(0);
        for attacker in &mut attackers {
            if attacker.is_buying(self.day) {
                let outcome = attacker.buy(&mut self.books, honest, at);
                self.attack_settled(outcome)?;
            }
        }
        self.attackers = attackers;
        Ok(())
    }

    /// What they redeem and have refunded after them.
    pub(super) fn attack_in_the_evening(&mut self, at: Instant) -> Result<(), RunError> {
        let mut attackers = std::mem::take(&mut self.attackers);
        for attacker in &mut attackers {
            let outcome = attacker.redeem_today(&mut self.books, self.day, at);
            self.attack_settled(outcome)?;
        }
        self.attackers = attackers;
        Ok(())
    }

    /// The end of a run with attackers: those who wait for a run on the pool have one; then all redeem what is left.
    pub(super) fn attack_at_the_end(&mut self) -> Result<Vec<Attacked>, RunError> {
        let at = self.books.state().clock();
        let mut attackers = std::mem::take(&mut self.attackers);
        for attacker in &mut attackers {
            if attacker.attack.kind != AttackKind::LastOneOut || attacker.resolve == Resolve::Plain {
                let outcome = attacker.redeem_all(&mut self.books, at);
                self.attack_settled(outcome)?;
            }
        }
        if attackers.iter().any(|attacker| attacker.attack.kind == AttackKind::LastOneOut) {
            self.run_on_the_pool(at)?;
        }
        let honest = self.world.store(0);
        for attacker in &mut attackers {
            let outcome = attacker.last_one_out(&mut self.books, honest, at);
            self.attack_settled(outcome)?;
        }
        Ok(attackers.iter_mut().map(|attacker| attacker.finish(self.books.state())).collect())
    }

    /// Every honest member redeems all they hold, in order of registration.
    fn run_on_the_pool(&mut self, at: Instant) -> Result<(), RunError> {
        for number in 0..self.people.len() {
            self.redeem(number, 1.0, at)?;
        }
        Ok(())
    }

    /// Exits that an attacker's commands set off are those of honest members too.
    fn attack_settled(
        &mut self,
        outcome: Result<Vec<linli_economy::outcome::Exit>, RunError>,
    ) -> Result<(), RunError> {
        self.tally.left(&outcome?, &mut self.people, self.day);
        Ok(())
    }
}

/// All points of a member.
fn points_of(books: &Books<'_>, member: MemberId) -> Points {
    books.state().members()[member.index()].points
}
