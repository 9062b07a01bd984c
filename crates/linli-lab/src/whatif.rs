//! What if: real history under another plan. Every command that was applied is applied again in a second economy that opens
//! with the other plan, and then everybody's two ends are laid side by side. No other product can do this, because none
//! keeps its history as commands. Must not be added: a guess of what people would have done; only what depends on how much
//! somebody has is adapted, and counted.

mod adapt;

use linli_economy::Economy;
use linli_economy::account::{Account, Asset};
use linli_economy::command::{Command, Line};
use linli_economy::handle::MemberId;
use linli_economy::plan::Plan;
use linli_economy::state::State;
use linli_economy::time::Instant;
use linli_economy::units::Fen;
use std::collections::{BTreeMap, BTreeSet};

/// Two economies with one history.
pub struct WhatIf {
    real: Economy,
    other: Economy,
    /// Commands that were applied in both.
    applied: u64,
    /// Commands that were adapted, by name.
    adapted: BTreeMap<&'static str, u64>,
    /// Commands that the other economy refused: by code, how often, and the first message.
    refused: BTreeMap<&'static str, (u64, String)>,
    /// Withdrawals that came back, by id.
    failed: BTreeSet<String>,
}

/// Whom a line of the comparison is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// A member: wallet, spend balance, what was withdrawn, and what the points would pay now.
    Member,
    /// A member who holds a region; they are members too.
    Agent,
    /// A store: its balance and what was withdrawn.
    Store,
    /// The platform: profit and fees, and what was withdrawn.
    Platform,
    /// What the dividend account holds.
    Dividend,
    /// What is in the pool.
    Pool,
}

impl Holder {
    /// The name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Agent => "agent",
            Self::Store => "store",
            Self::Platform => "platform",
            Self::Dividend => "dividend",
            Self::Pool => "pool",
        }
    }
}

/// What somebody has at the end of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Who.
    pub holder: Holder,
    /// Their id; empty for platform, dividend and pool.
    pub id: String,
    /// As it was.
    pub real: Fen,
    /// Under the other plan.
    pub other: Fen,
}

impl Change {
    /// How much more under the other plan.
    #[must_use]
    pub fn difference(&self) -> Fen {
        self.other - self.real
    }
}

/// The comparison.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Everybody, those who would have got least first within each kind.
    pub changes: Vec<Change>,
    /// Commands that were applied in both.
    pub applied: u64,
    /// Commands that were adapted, by name.
    pub adapted: BTreeMap<&'static str, u64>,
    /// Commands that the other economy refused.
    pub refused: BTreeMap<&'static str, (u64, String)>,
}

impl WhatIf {
    /// Before the first command.
    #[must_use]
    pub fn new(real: Plan, other: Plan) -> Self {
        Self {
            real: Economy::with_plan(real),
            other: Economy::with_plan(other),
            applied: 0,
            adapted: BTreeMap::new(),
            refused: BTreeMap::new(),
            failed: BTreeSet::new(),
        }
    }

    /// A command of the history, refused and repeated ones too.
    pub fn apply(&mut self, command: &Command<'_>, at: Option<Instant>) {
        let before = adapt::Before::of(command, &self.real);
        let line = Ok(Line::new(command.clone(), at));
        let answer = self.real.receive(&line);
        if answer.outcome().is_err() || answer.replayed {
            return;
        }
        if let Command::PayoutFailed { id } = command {
            self.failed.insert(id.to_string());
        }
        match adapt::adapt(command, before, &self.other) {
            adapt::Adapted::Same => self.apply_other(command.clone(), at),
            adapt::Adapted::To(name, changed) => {
                *self.adapted.entry(name).or_insert(0) += 1;
                if let Some(changed) = changed {
                    self.apply_other(changed, at);
                }
            }
        }
    }

    fn apply_other(&mut self, command: Command<'_>, at: Option<Instant>) {
        let line = Ok(Line::new(command, at));
        match self.other.receive(&line).outcome() {
            Ok(_) => self.applied += 1,
            Err(refusal) => {
                let (code, message) = (refusal.code.name(), refusal.message.clone());
                self.refused.entry(code).or_insert((0, message)).0 += 1;
            }
        }
    }

    /// Everybody's two ends.
    #[must_use]
    pub fn compare(&self) -> Compared {
        let (real, other) = (ends(&self.real, &self.failed), ends(&self.other, &self.failed));
        let keys: BTreeSet<_> = real.keys().chain(other.keys()).cloned().collect();
        let of = |ends: &Ends, key: &(Holder, String)| ends.get(key).copied().unwrap_or(Fen::ZERO);
        let changes = keys.into_iter().map(|key| {
            let (real, other) = (of(&real, &key), of(&other, &key));
            Change { holder: key.0, id: key.1, real, other }
        });
        let mut changes: Vec<Change> = changes.collect();
        changes.sort_by_key(|change| (change.holder, change.difference()));
        Compared {
            changes,
            applied: self.applied,
            adapted: self.adapted.clone(),
            refused: self.refused.clone(),
        }
    }
}

type Ends = BTreeMap<(Holder, String), Fen>;

/// What everybody has at the end, withdrawals that did not come back included.
fn ends(economy: &Economy, failed: &BTreeSet<String>) -> Ends {
    let state = economy.state();
    let mut withdrawn: BTreeMap<Account, Fen> = BTreeMap::new();
    for (index, payout) in state.payouts().iter().enumerate() {
        let id = linli_economy::handle::PayoutId::at(index).expect("it has a handle");
        if !failed.contains(economy.payout_name(id)) {
            let sum = withdrawn.entry(payout.from).or_insert(Fen::ZERO);
            *sum += Fen::from(payout.amount);
        }
    }
    let got = |account| {
        Fen(state.balance(account, Asset::Cny)) + withdrawn.get(&account).copied().unwrap_or(Fen::ZERO)
    };
    let mut ends = Ends::new();
    for index in 0..state.members().len() {
        let id = MemberId::at(index).expect("it has a handle");
        let money = got(Account::Wallet(id)) + got(Account::Spend(id)) + redeemable(state, id);
        ends.insert((Holder::Member, economy.member_name(id).to_string()), money);
    }
    for (_, agent) in state.agents() {
        let money = got(Account::Wallet(agent));
        ends.insert((Holder::Agent, economy.member_name(agent).to_string()), money);
    }
    for index in 0..state.stores().len() {
        let id = linli_economy::handle::StoreId::at(index).expect("it has a handle");
        ends.insert((Holder::Store, economy.store_name(id).to_string()), got(Account::Store(id)));
    }
    ends.insert((Holder::Platform, String::new()), got(Account::PlatformProfit) + got(Account::PlatformFees));
    ends.insert((Holder::Dividend, String::new()), got(Account::DividendAccrued));
    ends.insert((Holder::Pool, String::new()), state.pool().reserve());
    ends
}

fn redeemable(state: &State, id: MemberId) -> Fen {
    let member = &state.members()[id.index()];
    state.pool().redemption(member.points, state.plan_at(member.cycle).points.retention)
}

impl Compared {
    /// `changes.csv`.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut out = String::from("kind,id,real,other,difference\n");
        for change in &self.changes {
            // Ids may have commas and quotes.
            let id = if change.id.contains([',', '"', '\n']) {
                format!("\"{}\"", change.id.replace('"', "\"\""))
            } else {
                change.id.clone()
            };
            let (kind, difference) = (change.holder.name(), change.difference());
            out += &format!("{kind},{id},{},{},{difference}\n", change.real, change.other);
        }
        out
    }

    /// Of a kind: how many get more, how many less, and all their ends together.
    #[must_use]
    pub fn totals(&self, holder: Holder) -> Totals {
        let mut totals = Totals::default();
        for change in self.changes.iter().filter(|change| change.holder == holder) {
            totals.more += u64::from(change.other > change.real);
            totals.less += u64::from(change.other < change.real);
            totals.real += change.real;
            totals.other += change.other;
        }
        totals
    }
}

/// A kind's totals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Who would have got more.
    pub more: u64,
    /// Who less.
    pub less: u64,
    /// All ends as they were.
    pub real: Fen,
    /// All ends under the other plan.
    pub other: Fen,
}
