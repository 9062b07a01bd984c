//! All plans that were drafted, the one that waits for its day, and those that came into force.

use super::entry::{Mark, PlanChange, State};
use super::{LIVE_NOTICE_DAYS, PlanChangeAct};
use crate::act::Actor;
use crate::part::{Carried, Moment, Part, Scene};
use crate::refusal::Refusal;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The plans that were drafted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanChanges {
    notice_days: u32,
    /// By the number in the journal under which it was drafted: the oldest first.
    all: BTreeMap<u64, PlanChange>,
    numbers: BTreeMap<String, u64>,
    open: BTreeSet<u64>,
    /// The approved one, which waits for its day.
    waiting: Option<u64>,
    /// Those that came into force, in that order.
    activated: Vec<u64>,
    steps: u64,
}

impl Default for PlanChanges {
    fn default() -> Self {
        Self {
            notice_days: LIVE_NOTICE_DAYS,
            all: BTreeMap::new(),
            numbers: BTreeMap::new(),
            open: BTreeSet::new(),
            waiting: None,
            activated: Vec::new(),
            steps: 0,
        }
    }
}

impl PlanChanges {
    /// The plan of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&PlanChange> {
        self.numbers.get(id).map(|number| &self.all[number])
    }

    /// All of them, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &PlanChange> {
        self.all.values()
    }

    /// Those that may still come into force, the oldest first.
    pub fn open(&self) -> impl DoubleEndedIterator<Item = &PlanChange> + ExactSizeIterator {
        self.open.iter().map(|number| &self.all[number])
    }

    /// The approved one, which waits for its day.
    #[must_use]
    pub fn waiting(&self) -> Option<&PlanChange> {
        self.waiting.map(|number| &self.all[&number])
    }

    /// Those that came into force, in that order; the last one is in force now. Without any, the plan that the economy
    /// opened with is.
    pub fn activated(&self) -> impl DoubleEndedIterator<Item = &PlanChange> {
        self.activated.iter().map(|number| &self.all[number])
    }

    /// How many days of 24 hours before it holds a plan must have been approved.
    #[must_use]
    pub fn notice_days(&self) -> u32 {
        self.notice_days
    }

    /// What the service does by itself at this instant. If the economy refuses it, the service says so with
    /// [`PlanChangeAct::Fail`].
    #[must_use]
    pub fn due(&self, now: Instant) -> Option<PlanChangeAct> {
        let due = self.waiting().filter(|change| change.active_from.is_some_and(|from| from <= now));
        due.map(|change| PlanChangeAct::Activate { id: change.id.clone() })
    }

    fn draft(&mut self, moment: &Moment<'_>, id: &str, text: &str, note: &str) {
        let change = PlanChange {
            id: id.to_owned(),
            text: text.to_owned(),
            note: note.to_owned(),
            version: 1,
            state: State::Draft,
            drafted: mark(moment),
            written: mark(moment),
            submitted: None,
            approved: None,
            ended: None,
            active_from: None,
            why: None,
            before: None,
        };
        self.open.insert(moment.seq);
        self.all.insert(moment.seq, change);
        let before = self.numbers.insert(id.to_owned(), moment.seq);
        assert!(before.is_none(), "checked: the draft is new");
        self.steps += 1;
    }

    /// The one way from state to state.
    fn enter(&mut self, id: &str, state: State) -> (u64, &mut PlanChange) {
        let number = *self.numbers.get(id).expect("checked: the draft is there");
        let change = self.all.get_mut(&number).expect("it has a number");
        assert!(change.state.may_become(state), "checked: {:?} may become {state:?}", change.state);
        change.state = state;
        if state == State::Approved {
            self.waiting = Some(number);
        } else if self.waiting == Some(number) {
            self.waiting = None;
        }
        if !state.is_open() {
            self.open.remove(&number);
        }
        self.steps += 1;
        (number, change)
    }

    fn activate(&mut self, moment: &Moment<'_>, id: &str) {
        let before = self.activated().next_back().map(|change| change.id.clone());
        let (number, change) = self.enter(id, State::Active);
        change.ended = Some(mark(moment));
        change.before = before;
        self.activated.push(number);
    }

    fn end(&mut self, moment: &Moment<'_>, id: &str, state: State, why: &str) {
        let (_, change) = self.enter(id, state);
        change.ended = Some(mark(moment));
        change.why = Some(why.to_owned());
        change.text = String::new();
    }
}

fn mark(moment: &Moment<'_>) -> Mark {
    Mark { by: moment.by.clone(), at: moment.now }
}

impl Part for PlanChanges {
    type Act = PlanChangeAct;

    fn check(&self, scene: &Scene<'_>, by: &Actor, act: &PlanChangeAct) -> Result<Carried, Refusal> {
        self.check_act(scene, by, act)
    }

    fn apply(&mut self, moment: &Moment<'_>, act: &PlanChangeAct) {
        match act {
            PlanChangeAct::SetNotice { days } => self.notice_days = *days,
            PlanChangeAct::Draft { id, text, note } => self.draft(moment, id, text, note),
            PlanChangeAct::Edit { id, text, note } => {
                let (_, change) = self.enter(id, State::Draft);
                (change.text, change.note) = (text.clone(), note.clone());
                change.version += 1;
                change.written = mark(moment);
                (change.submitted, change.active_from) = (None, None);
            }
            PlanChangeAct::Submit { id, active_from } => {
                let (_, change) = self.enter(id, State::Submitted);
                change.submitted = Some(mark(moment));
                change.active_from = Some(*active_from);
            }
            PlanChangeAct::Approve { id } => self.enter(id, State::Approved).1.approved = Some(mark(moment)),
            PlanChangeAct::Withdraw { id, reason } => self.end(moment, id, State::Withdrawn, reason),
            PlanChangeAct::Activate { id } => self.activate(moment, id),
            PlanChangeAct::Fail { id, why } => self.end(moment, id, State::Failed, why),
        }
    }

    fn figure(&self) -> u64 {
        self.steps.rotate_left(32) ^ u64::from(self.notice_days)
    }
}
