//! The rules and records that both providers share: asks with their first receipts, charges with what became of them,
//! events judged by those before. Must not be added here: when something happens, or how it is told.

mod charge;
mod checks;
mod facts;

use charge::Held;

use crate::ask::Ask;
use crate::error::{Code, Error, Fault, Refusal};
use crate::event::Event;
use crate::id::Id;
use crate::limits::SplitLimits;
use crate::progress::{Judgement, judge};
use crate::provider::Receipt;
use crate::records::{Records, Space, Transaction, decode};
use crate::subject::Subject;
use serde::{Deserialize, Serialize};

/// More than anything has events: each charge of a payment is money.
const MOST_EVENTS: usize = 100_000;

/// An ask as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    ask: Ask,
    receipt: Receipt,
}

/// An ask as it came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// Which it was, counted from 1.
    pub seq: u64,
    /// When, in seconds since 1970.
    pub at: i64,
    /// What.
    pub ask: Ask,
}

/// What became of an ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    New,
    /// It had been asked before.
    Again,
}

/// A provider's records within a transaction.
pub(crate) struct Book<'t> {
    pub tx: &'t mut dyn Transaction,
    pub limits: &'t SplitLimits,
}

/// Has these records be this provider's for ever, so that money of a sandbox is never taken for real.
pub(crate) fn claim(records: &dyn Records, provider: &str) -> Result<(), Error> {
    const OWNER: &str = "provider";
    records.run(|tx| match tx.load::<String>(Space::Setting, OWNER)? {
        None => Ok(tx.save(Space::Setting, OWNER, &provider)?),
        Some(owner) if owner == provider => Ok(()),
        Some(owner) => {
            let what = format!("{} has the records of the provider {owner}", records.place());
            Err(Fault::Damaged { what }.into())
        }
    })
}

impl Book<'_> {
    /// Takes an ask, if the rules of [`crate::provider`] let it.
    pub fn take(&mut self, ask: &Ask, receipt: &Receipt) -> Result<(Taken, Receipt), Error> {
        if let Some(kept) = self.kept(ask.kind(), ask.id())? {
            if kept.ask == *ask {
                return Ok((Taken::Again, kept.receipt));
            }
            let message = format!("the {} {} was asked for before, with other content", ask.kind(), ask.id());
            return Err(Refusal::new(Code::IdReused, message).into());
        }
        self.check(ask, receipt.at)?;
        self.reserve(ask)?;
        let kept = Kept { ask: ask.clone(), receipt: receipt.clone() };
        let key = key(ask.kind(), ask.id());
        self.tx.save(Space::Ask, &key, &kept)?;
        let seq = self.next("asked")?;
        self.tx.save(Space::Asked, &number(seq), &key)?;
        Ok((Taken::New, kept.receipt))
    }

    /// An ask that was taken.
    pub fn asked(&mut self, kind: &str, id: &Id) -> Result<Option<Ask>, Fault> {
        Ok(self.kept(kind, id)?.map(|kept| kept.ask))
    }

    /// Asks in their order, after this one.
    pub fn asked_after(&mut self, after: u64, most: usize) -> Result<Vec<Asked>, Fault> {
        let from = number(after.saturating_add(1));
        let listed = self.tx.range(Space::Asked, &from, "~", most)?;
        let of = |(seq, value): (String, Vec<u8>)| {
            let key: String = decode(Space::Asked, &seq, &value)?;
            let kept: Option<Kept> = self.tx.load(Space::Ask, &key)?;
            let damaged = || Fault::Damaged { what: format!("the ask {key} is listed and not there") };
            let Kept { ask, receipt } = kept.ok_or_else(damaged)?;
            Ok(Asked { seq: seq.parse().map_err(|_| damaged())?, at: receipt.at, ask })
        };
        listed.into_iter().map(of).collect()
    }

    /// Records an event, if it is news.
    pub fn record(&mut self, event: &Event) -> Result<Judgement, Error> {
        let subject = event.happened.subject();
        let mut seen = self.events(&subject)?;
        seen.extend(self.event(&event.id)?.filter(|known| known.happened.subject() != subject));
        let judgement = judge(&seen, event)?;
        if judgement == Judgement::Repeated {
            return Ok(judgement);
        }
        self.believe(&event.happened, event.at)?;
        let key = format!("{}/{}", path(&subject), number(self.next("event")?));
        self.tx.put(Space::Event, &key, &event.write())?;
        self.tx.save(Space::EventId, event.id.as_str(), &key)?;
        Ok(judgement)
    }

    /// What has happened to something, in the order of recording.
    pub fn events(&mut self, subject: &Subject) -> Result<Vec<Event>, Fault> {
        let rows = self.tx.under(Space::Event, &path(subject), MOST_EVENTS)?;
        rows.iter().map(|(key, value)| read(key, value)).collect()
    }

    /// The event of this id.
    pub fn event(&mut self, id: &Id) -> Result<Option<Event>, Fault> {
        let Some(key) = self.tx.load::<String>(Space::EventId, id.as_str())? else { return Ok(None) };
        let value = self.tx.get(Space::Event, &key)?;
        value.map(|value| read(&key, &value)).transpose()
    }

    /// The next number of a counter, from 1.
    pub fn next(&mut self, counter: &str) -> Result<u64, Fault> {
        let next = self.tx.load::<u64>(Space::Setting, counter)?.unwrap_or(0) + 1;
        self.tx.save(Space::Setting, counter, &next)?;
        Ok(next)
    }

    fn kept(&mut self, kind: &str, id: &Id) -> Result<Option<Kept>, Fault> {
        self.tx.load(Space::Ask, &key(kind, id))
    }
}

/// A number as a part of a key: its digits sort as it does.
pub(crate) fn number(number: u64) -> String {
    format!("{number:020}")
}

/// A time as a part of a key; clocks here begin at 1970.
pub(crate) fn time(at: i64) -> String {
    number(u64::try_from(at).unwrap_or(0))
}

fn key(kind: &str, id: &Id) -> String {
    format!("{kind}/{id}")
}

fn path(subject: &Subject) -> String {
    key(subject.kind(), subject.id())
}

fn read(key: &str, value: &[u8]) -> Result<Event, Fault> {
    Event::read(value).map_err(|refusal| Fault::Damaged { what: format!("the event {key}: {refusal}") })
}
