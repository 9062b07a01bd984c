//! All withdrawals, and the lists in which they are looked up. Must not be added here: whether something may be done.

mod apply;

use super::WithdrawalAct;
use super::entry::{State, Step, Withdrawal};
use super::limits::{Limits, LimitsChange, Used};
use super::owner::{Owner, PayoutAccount};
use crate::act::Actor;
use crate::part::{Carried, Moment, Part, Scene};
use crate::refusal::Refusal;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The withdrawals that there are and were.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawals {
    limits: Limits,
    limits_changes: Vec<LimitsChange>,
    holders: BTreeMap<Owner, Holder>,
    /// Who has an account of this reference now.
    references: BTreeSet<([u8; 16], Owner)>,
    /// By the number in the journal under which it was submitted: the oldest first.
    all: BTreeMap<u64, Withdrawal>,
    numbers: BTreeMap<String, u64>,
    queues: BTreeSet<(State, u64)>,
    promised: BTreeSet<(Instant, u64)>,
    /// By the number in the journal under which it was made.
    batches: BTreeMap<u64, Batch>,
    batch_numbers: BTreeMap<String, u64>,
    on_the_way_fen: u128,
    /// Acts that changed something.
    changes: u64,
}

/// What belongs to an owner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Holder {
    account: Option<PayoutAccount>,
    used: Used,
    withdrawals: Vec<u64>,
}

/// A payout file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Its id.
    pub id: String,
    /// Who had it made.
    pub by: Actor,
    /// When.
    pub at: Instant,
    /// Its sum.
    pub fen: u64,
    /// Its withdrawals, in its order.
    pub withdrawals: Vec<String>,
    /// The account that each goes to, sealed for its owner: the file is the same whenever it is made again, until the
    /// owner's key is shredded.
    pub sealed_accounts: Vec<Vec<u8>>,
}

impl Withdrawals {
    /// The withdrawal of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Withdrawal> {
        self.numbers.get(id).map(|number| &self.all[number])
    }

    /// Those in this state, first those that were submitted first.
    pub fn queue(&self, state: State) -> impl DoubleEndedIterator<Item = &Withdrawal> {
        self.queues.range((state, 0)..=(state, u64::MAX)).map(|(_, number)| &self.all[number])
    }

    /// Those in this state after the one of this id, first those that were submitted first.
    pub fn queue_after(&self, state: State, after: Option<&str>) -> impl Iterator<Item = &Withdrawal> {
        let after = after.map_or(Some(0), |id| self.numbers.get(id).copied());
        let from = after.map_or(u64::MAX, |number| number.saturating_add(1));
        self.queues.range((state, from)..=(state, u64::MAX)).map(|(_, number)| &self.all[number])
    }

    /// All of them before the one of this id, first those that were submitted last.
    pub fn latest_before(&self, before: Option<&str>) -> impl Iterator<Item = &Withdrawal> {
        let before = before.map_or(u64::MAX, |id| self.numbers.get(id).copied().unwrap_or_default());
        self.all.range(..before).rev().map(|(_, withdrawal)| withdrawal)
    }

    /// Those of an owner, first those that were submitted first.
    pub fn of(&self, owner: &Owner) -> impl DoubleEndedIterator<Item = &Withdrawal> {
        let numbers = self.holders.get(owner).map(|holder| &holder.withdrawals[..]);
        numbers.unwrap_or_default().iter().map(|number| &self.all[number])
    }

    /// Those whose promised time has passed, first those that have waited longest beyond it.
    pub fn overdue(&self, now: Instant) -> impl DoubleEndedIterator<Item = &Withdrawal> {
        self.promised.range(..(now, 0)).map(|(_, number)| &self.all[number])
    }

    /// Where an owner's money is paid out to.
    #[must_use]
    pub fn account(&self, owner: &Owner) -> Option<&PayoutAccount> {
        self.holders.get(owner).and_then(|holder| holder.account.as_ref())
    }

    /// The owners who are paid out to the account of this reference: more than one is worth a look.
    pub fn sharing(&self, reference: [u8; 16]) -> impl Iterator<Item = &Owner> {
        let first = (reference, Owner::Member(String::new()));
        let same = self.references.range(first..).take_while(move |(other, _)| *other == reference);
        same.map(|(_, owner)| owner)
    }

    /// What an owner has submitted on the day of this instant.
    #[must_use]
    pub fn used(&self, owner: &Owner, now: Instant) -> Used {
        self.holders.get(owner).map(|holder| holder.used).unwrap_or_default().today(now)
    }

    /// The limits in force.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The last changes of the limits, the newest last.
    #[must_use]
    pub fn limits_changes(&self) -> &[LimitsChange] {
        &self.limits_changes
    }

    /// The payout file of this id.
    #[must_use]
    pub fn batch(&self, id: &str) -> Option<&Batch> {
        self.batch_numbers.get(id).map(|number| &self.batches[number])
    }

    /// The payout files, the oldest first.
    pub fn batches(&self) -> impl DoubleEndedIterator<Item = &Batch> {
        self.batches.values()
    }

    /// The sum of all that has neither arrived nor gone back.
    #[must_use]
    pub fn on_the_way_fen(&self) -> u128 {
        self.on_the_way_fen
    }

    fn number(&self, id: &str) -> u64 {
        *self.numbers.get(id).expect("checked: the withdrawal is there")
    }

    /// The one way from state to state: timeline, queues and promises change together.
    fn enter(&mut self, moment: &Moment<'_>, number: u64, state: State) {
        let withdrawal = self.all.get_mut(&number).expect("it has a number");
        if let Some(Step { state: left, promised, .. }) = withdrawal.steps.last() {
            assert!(left.may_become(state), "checked: {left:?} may become {state:?}");
            self.queues.remove(&(*left, number));
            promised.map(|promised| self.promised.remove(&(promised, number)));
        }
        let promised = state.promised(moment.now);
        withdrawal.steps.push(Step { state, at: moment.now, by: moment.by.clone(), promised });
        self.queues.insert((state, number));
        self.promised.extend(promised.map(|promised| (promised, number)));
        if !state.is_open() {
            self.on_the_way_fen -= u128::from(withdrawal.fen);
            withdrawal.sealed_account = Vec::new();
        }
    }
}

impl Part for Withdrawals {
    type Act = WithdrawalAct;

    fn check(&self, scene: &Scene<'_>, by: &Actor, act: &WithdrawalAct) -> Result<Carried, Refusal> {
        self.check_act(scene, by, act)
    }

    fn apply(&mut self, moment: &Moment<'_>, act: &WithdrawalAct) {
        self.apply_act(moment, act);
    }

    fn figure(&self) -> u64 {
        let on_the_way = u64::try_from(self.on_the_way_fen % u128::from(u64::MAX)).expect("64 bits");
        self.changes.rotate_left(32) ^ on_the_way
    }
}
