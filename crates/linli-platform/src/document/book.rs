//! All documents, which version of each topic holds, and who has read what.

use super::entry::{Document, FIRST_TERMS, Kind, Mark, State};
use super::{DocumentAct, LIVE_NOTICE_DAYS, Topic};
use crate::act::Actor;
use crate::calendar::{DAY, later};
use crate::part::{Carried, Moment, Part, Scene, mixed};
use crate::refusal::Refusal;
use crate::session::Account;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The documents that there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Documents {
    notice_days: u32,
    /// By the number in the journal under which it was drafted: the oldest first.
    all: BTreeMap<u64, Document>,
    numbers: BTreeMap<String, u64>,
    /// The published versions of each topic, the first one first; those that were withdrawn are not in it.
    versions: BTreeMap<Topic, Vec<u64>>,
    /// How many versions of each topic were published, those that were withdrawn included.
    counts: BTreeMap<Topic, u32>,
    /// Who has read which document, and when.
    receipts: BTreeMap<u64, BTreeMap<Account, Instant>>,
    steps: u64,
}

impl Default for Documents {
    fn default() -> Self {
        Self {
            notice_days: LIVE_NOTICE_DAYS,
            all: BTreeMap::new(),
            numbers: BTreeMap::new(),
            versions: BTreeMap::new(),
            counts: BTreeMap::new(),
            receipts: BTreeMap::new(),
            steps: 0,
        }
    }
}

impl Documents {
    /// The document of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Document> {
        self.numbers.get(id).map(|number| &self.all[number])
    }

    /// All of them with their numbers, the latest first, of those with a number below this.
    pub fn before(&self, number: u64) -> impl Iterator<Item = (u64, &Document)> {
        self.all.range(..number).rev().map(|(number, document)| (*number, document))
    }

    /// The published versions of a topic, the first one first.
    pub fn versions(&self, topic: Topic) -> impl DoubleEndedIterator<Item = &Document> {
        self.versions.get(&topic).into_iter().flatten().map(|number| &self.all[number])
    }

    /// The version of a topic that holds at this time, if the operator has published one.
    #[must_use]
    pub fn in_force(&self, topic: Topic, now: Instant) -> Option<&Document> {
        self.versions(topic).rev().find(|document| document.is_in_force(now))
    }

    /// The version of a topic that will hold, if there is one.
    #[must_use]
    pub fn coming(&self, topic: Topic, now: Instant) -> Option<&Document> {
        self.versions(topic).next_back().filter(|document| !document.is_in_force(now))
    }

    /// The version of the terms that whoever registers now agrees to.
    #[must_use]
    pub fn terms_in_force(&self, now: Instant) -> u32 {
        self.in_force(Topic::Terms, now).and_then(|document| document.version).unwrap_or(FIRST_TERMS)
    }

    /// When an account has read a document, if it has.
    #[must_use]
    pub fn read_at(&self, id: &str, account: &Account) -> Option<Instant> {
        self.receipts.get(self.numbers.get(id)?)?.get(account).copied()
    }

    /// Who has read a document, by account, after this one.
    pub fn readers<'d>(
        &'d self,
        id: &str,
        after: Option<&'d Account>,
    ) -> impl Iterator<Item = (&'d Account, Instant)> + use<'d> {
        use std::ops::Bound;
        let receipts = self.numbers.get(id).and_then(|number| self.receipts.get(number));
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let range = receipts.into_iter().flat_map(move |receipts| receipts.range((from, Bound::Unbounded)));
        range.map(|(account, at)| (account, *at))
    }

    /// How many have read a document.
    #[must_use]
    pub fn count_readers(&self, id: &str) -> usize {
        let receipts = self.numbers.get(id).and_then(|number| self.receipts.get(number));
        receipts.map_or(0, BTreeMap::len)
    }

    /// Days of notice.
    #[must_use]
    pub fn notice_days(&self) -> u32 {
        self.notice_days
    }

    /// The first date from which a rule can hold that is published now.
    #[must_use]
    pub fn earliest(&self, now: Instant) -> Instant {
        later(now, i64::from(self.notice_days) * DAY)
    }

    /// Drafts that nobody has published or withdrawn.
    pub(super) fn drafts(&self) -> usize {
        self.all.values().filter(|document| document.state == State::Draft).count()
    }

    fn publish(&mut self, number: u64, from: Option<Instant>, mark: Mark) {
        let earliest = self.earliest(mark.at);
        let document = self.all.get_mut(&number).expect("checked: it is there");
        let from = match document.kind {
            Kind::Rule(topic) => {
                let least = if topic == Topic::Terms { FIRST_TERMS } else { 0 };
                let count = self.counts.entry(topic).or_insert(least);
                *count += 1;
                document.version = Some(*count);
                self.versions.entry(topic).or_default().push(number);
                from.unwrap_or(earliest)
            }
            Kind::Announcement => from.unwrap_or(mark.at),
        };
        document.from = Some(from);
        document.state = State::Published;
        document.published = Some(mark);
    }

    fn withdraw(&mut self, number: u64, why: &str, mark: Mark) {
        let document = self.all.get_mut(&number).expect("checked: it is there");
        document.state = State::Withdrawn;
        document.why = Some(why.into());
        document.withdrawn = Some(mark);
        if let Kind::Rule(topic) = document.kind
            && let Some(versions) = self.versions.get_mut(&topic)
        {
            versions.retain(|version| *version != number);
        }
    }
}

impl Part for Documents {
    type Act = DocumentAct;

    fn check(&self, scene: &Scene<'_>, by: &Actor, act: &DocumentAct) -> Result<Carried, Refusal> {
        self.check_act(scene, by, act).map(|()| None)
    }

    fn apply(&mut self, moment: &Moment<'_>, act: &DocumentAct) {
        self.steps += 1;
        let mark = Mark { by: moment.by.clone(), at: moment.now };
        if let DocumentAct::SetNotice { days } = act {
            self.notice_days = *days;
            return;
        }
        if let DocumentAct::Draft { id, kind, texts } = act {
            let document = Document {
                id: id.clone(),
                kind: *kind,
                texts: texts.clone(),
                state: State::Draft,
                version: None,
                from: None,
                drafted: mark.clone(),
                written: mark,
                published: None,
                withdrawn: None,
                why: None,
            };
            self.all.insert(moment.seq, document);
            self.numbers.insert(id.clone(), moment.seq);
            return;
        }
        let number = self.numbers[act.subject()];
        match act {
            DocumentAct::Edit { texts, .. } => {
                let document = self.all.get_mut(&number).expect("checked: it is there");
                document.texts.clone_from(texts);
                document.written = mark;
            }
            DocumentAct::Publish { from, .. } => self.publish(number, *from, mark),
            DocumentAct::Withdraw { reason, .. } => self.withdraw(number, reason, mark),
            DocumentAct::Read { account, .. } => {
                // The first time counts.
                self.receipts.entry(number).or_default().entry(account.clone()).or_insert(moment.now);
            }
            DocumentAct::SetNotice { .. } | DocumentAct::Draft { .. } => unreachable!("done above"),
        }
    }

    fn figure(&self) -> u64 {
        mixed(&[self.all.len()], &[self.steps.into(), self.notice_days.into()])
    }
}
