//! Whether an act on documents may be done. Nothing changes here.

use super::DocumentAct;
use super::book::Documents;
use super::entry::{Document, Kind, State, Texts};
use crate::act::Actor;
use crate::calendar::{DAY, later};
use crate::desk::{desk, service};
use crate::part::Scene;
use crate::refusal::{Code, Refusal};
use crate::session::Account;
use crate::text::{self, Length, REASON, plain};
use linli_economy::time::Instant;

/// Characters of a title, and bytes of a text.
const TITLE: Length = Length { what: "a title", least: 1, most: 100 };
const TEXT_BYTES: usize = 60_000;

/// Drafts at once.
const DRAFTS_MOST: usize = 100;

/// The most days of notice that can be asked for.
const NOTICE_MOST: u32 = 90;

/// How far ahead at most.
const MOST_AHEAD: i64 = 366 * DAY;

impl Documents {
    pub(super) fn check_act(&self, scene: &Scene<'_>, by: &Actor, act: &DocumentAct) -> Result<(), Refusal> {
        match act {
            DocumentAct::SetNotice { days } => check_notice(by, *days),
            DocumentAct::Read { id, account } => self.check_read(scene, by, id, account),
            DocumentAct::Draft { id, texts, .. } => {
                desk(by)?;
                self.check_new(id)?;
                check_texts(texts)
            }
            DocumentAct::Edit { id, texts } => {
                desk(by)?;
                in_state(self.find(id)?, State::Draft, "edited")?;
                check_texts(texts)
            }
            DocumentAct::Publish { id, from } => {
                desk(by)?;
                let document = self.find(id)?;
                in_state(document, State::Draft, "published")?;
                self.check_publish(scene.now, document, *from)
            }
            DocumentAct::Withdraw { id, reason } => {
                desk(by)?;
                plain(&REASON, reason)?;
                check_withdraw(self.find(id)?, scene.now)
            }
        }
    }

    fn find(&self, id: &str) -> Result<&Document, Refusal> {
        let unknown = || Refusal::new(Code::UnknownDocument, format!("there is no document {id}"));
        self.get(id).ok_or_else(unknown)
    }

    fn check_new(&self, id: &str) -> Result<(), Refusal> {
        text::id(id)?;
        if self.get(id).is_some() {
            return Err(Refusal::new(Code::DocumentExists, format!("there is a document {id}")));
        }
        if self.drafts() >= DRAFTS_MOST {
            let message = format!("there are {DRAFTS_MOST} drafts: publish or withdraw some of them first");
            return Err(Refusal::new(Code::TooManyOpen, message));
        }
        Ok(())
    }

    fn check_publish(&self, now: Instant, document: &Document, from: Option<Instant>) -> Result<(), Refusal> {
        let first = match document.kind {
            Kind::Announcement => now,
            Kind::Rule(topic) => {
                if let Some(coming) = self.coming(topic, now) {
                    let message = format!(
                        "the version {} of {} waits for its date: one after the other",
                        coming.id,
                        topic.name()
                    );
                    return Err(Refusal::new(Code::RuleWaits, message));
                }
                self.earliest(now)
            }
        };
        let from = from.unwrap_or(first);
        if from < first {
            let days = self.notice_days();
            let message = match document.kind {
                Kind::Rule(_) => {
                    format!("{from} is before {first}, the first date with {days} days of notice")
                }
                Kind::Announcement => format!("{from} is over: now it is {now}"),
            };
            return Err(Refusal::new(Code::DateTooSoon, message));
        }
        let last = later(now, MOST_AHEAD);
        if from > last {
            let message = format!("{from} is after {last}, more than 366 days away");
            return Err(Refusal::new(Code::DateTooFar, message));
        }
        Ok(())
    }

    /// People read for themselves, and only what they are shown.
    fn check_read(&self, scene: &Scene<'_>, by: &Actor, id: &str, account: &Account) -> Result<(), Refusal> {
        if *by != account.actor() {
            return Err(Refusal::new(Code::NotYours, "nobody reads for somebody else"));
        }
        if !self.find(id)?.is_public(scene.now) {
            return Err(Refusal::new(Code::UnknownDocument, format!("there is no document {id}")));
        }
        Ok(())
    }
}

/// What holds stays until the next version does.
fn check_withdraw(document: &Document, now: Instant) -> Result<(), Refusal> {
    let id = &document.id;
    let refused = |what: &str| Err(Refusal::new(Code::DocumentState, format!("the document {id} {what}")));
    match (document.state, document.kind) {
        (State::Withdrawn, _) => refused("was withdrawn before"),
        (State::Published, Kind::Rule(_)) if document.is_in_force(now) => {
            refused("holds, and holds until the next version does: publish that")
        }
        _ => Ok(()),
    }
}

/// The notice follows from whether it is live; nobody at a desk shortens it.
fn check_notice(by: &Actor, days: u32) -> Result<(), Refusal> {
    if *by != Actor::Machine {
        service(by)?;
    }
    if days > NOTICE_MOST {
        let message = format!("a notice is 0 to {NOTICE_MOST} days, not {days}");
        return Err(Refusal::new(Code::BadNumber, message));
    }
    Ok(())
}

fn check_texts(texts: &Texts) -> Result<(), Refusal> {
    let Texts { title_zh, title_en, text_zh, text_en } = texts;
    plain(&TITLE, title_zh)?;
    plain(&TITLE, title_en)?;
    text::long("a text", TEXT_BYTES, text_zh)?;
    text::long("a text", TEXT_BYTES, text_en)
}

fn in_state(document: &Document, state: State, done: &str) -> Result<(), Refusal> {
    if document.state == state {
        return Ok(());
    }
    let (id, is) = (&document.id, document.state.name());
    let message = format!("the document {id} is {is}: only a {} can be {done}", state.name());
    Err(Refusal::new(Code::DocumentState, message))
}
