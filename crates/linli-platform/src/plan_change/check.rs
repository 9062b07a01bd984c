//! Whether an act on plans may be done, and the command that goes with it. Nothing changes here.

use super::PlanChangeAct;
use super::book::PlanChanges;
use super::entry::{PlanChange, State};
use crate::act::Actor;
use crate::calendar::{DAY, HOUR, later};
use crate::carried;
use crate::desk::{another, desk, service};
use crate::part::{Carried, Scene};
use crate::refusal::{Code, Refusal};
use crate::text::{self, Length, REASON, plain};
use linli_economy::command::Command;
use linli_economy::plan::Plan;
use linli_economy::time::Instant;

/// Bytes of a plan file.
const TEXT_BYTES: usize = 64 << 10;

/// Characters of what a draft is to change.
const NOTE: Length = Length { what: "a note", least: 1, most: 500 };

/// Characters of what the economy says against a plan.
const WHY: Length = Length { what: "what was said against a plan", least: 1, most: 1_000 };

/// Plans that may be on their way at once.
const OPEN_MOST: usize = 100;

/// The most days of notice that can be asked for.
const NOTICE_MOST: u32 = 90;

/// How far ahead of its submission a plan holds at least, whatever the notice.
const LEAST_AHEAD: i64 = HOUR;

/// How far ahead at most.
const MOST_AHEAD: i64 = 366 * DAY;

impl PlanChanges {
    pub(super) fn check_act(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        act: &PlanChangeAct,
    ) -> Result<Carried, Refusal> {
        match act {
            PlanChangeAct::SetNotice { days } => check_notice(by, *days)?,
            PlanChangeAct::Draft { id, text, note } => {
                desk(by)?;
                self.check_new(id)?;
                check_texts(text, note)?;
            }
            PlanChangeAct::Edit { id, text, note } => {
                desk(by)?;
                in_state(self.find(id)?, &[State::Draft, State::Submitted], "edited")?;
                check_texts(text, note)?;
            }
            PlanChangeAct::Submit { id, active_from } => {
                desk(by)?;
                let change = self.find(id)?;
                in_state(change, &[State::Draft, State::Submitted], "submitted")?;
                check_plan(scene, &change.text)?;
                self.check_date(scene.now, *active_from, LEAST_AHEAD)?;
            }
            PlanChangeAct::Approve { id } => self.check_approve(scene, by, id)?,
            PlanChangeAct::Withdraw { id, reason } => {
                desk(by)?;
                plain(&REASON, reason)?;
                in_state(self.find(id)?, &[State::Draft, State::Submitted, State::Approved], "withdrawn")?;
            }
            PlanChangeAct::Activate { id } => {
                let plan = self.check_due(scene, by, id)?.text.clone().into();
                return Ok(Some(Command::ChangePlan { id: carried::id(id), plan }));
            }
            PlanChangeAct::Fail { id, why } => {
                self.check_due(scene, by, id)?;
                plain(&WHY, why)?;
            }
        }
        Ok(None)
    }

    fn find(&self, id: &str) -> Result<&PlanChange, Refusal> {
        let unknown = || Refusal::new(Code::UnknownPlanChange, format!("there is no draft of a plan {id}"));
        self.get(id).ok_or_else(unknown)
    }

    fn check_new(&self, id: &str) -> Result<(), Refusal> {
        text::id(id)?;
        if self.get(id).is_some() {
            return Err(Refusal::new(Code::PlanChangeExists, format!("there is a draft of a plan {id}")));
        }
        if self.open().len() >= OPEN_MOST {
            let message = format!("{OPEN_MOST} plans are on their way: withdraw some of them first");
            return Err(Refusal::new(Code::TooManyOpen, message));
        }
        Ok(())
    }

    /// What people are told of is the approved plan, so its notice is counted from here.
    fn check_approve(&self, scene: &Scene<'_>, by: &Actor, id: &str) -> Result<(), Refusal> {
        desk(by)?;
        let change = self.find(id)?;
        in_state(change, &[State::Submitted], "approved")?;
        let submitted = change.submitted.as_ref().expect("it is submitted");
        another(by, &submitted.by, "has submitted it")?;
        another(by, &change.written.by, "has written it")?;
        if let Some(waiting) = self.waiting() {
            let message = format!("plan {} waits for its day: one after the other", waiting.id);
            return Err(Refusal::new(Code::PlanWaits, message));
        }
        check_plan(scene, &change.text)?;
        self.check_date(scene.now, change.active_from.expect("it is submitted"), 1)
    }

    fn check_due(&self, scene: &Scene<'_>, by: &Actor, id: &str) -> Result<&PlanChange, Refusal> {
        service(by)?;
        let change = self.find(id)?;
        in_state(change, &[State::Approved], "put in force")?;
        let active_from = change.active_from.expect("it was submitted");
        if scene.now < active_from {
            return Err(Refusal::new(Code::NotDue, format!("plan {id} holds from {active_from}")));
        }
        Ok(change)
    }

    /// From this date on a plan can hold that is approved now, with so many seconds at least.
    fn check_date(&self, now: Instant, active_from: Instant, least: i64) -> Result<(), Refusal> {
        let notice = i64::from(self.notice_days()) * DAY;
        let (first, last) = (later(now, least.max(notice)), later(now, MOST_AHEAD));
        if active_from < first {
            let days = self.notice_days();
            let message =
                format!("{active_from} is before {first}, the first date with {days} days of notice");
            return Err(Refusal::new(Code::DateTooSoon, message));
        }
        if active_from > last {
            let message = format!("{active_from} is after {last}, more than 366 days away");
            return Err(Refusal::new(Code::DateTooFar, message));
        }
        Ok(())
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

fn check_texts(text: &str, note: &str) -> Result<(), Refusal> {
    text::long("a plan", TEXT_BYTES, text)?;
    plain(&NOTE, note)
}

/// Whether the economy would take this plan today.
fn check_plan(scene: &Scene<'_>, text: &str) -> Result<(), Refusal> {
    let plan = Plan::parse(text).map_err(|refusals| {
        let (first, count) = (&refusals.0[0], refusals.0.len());
        Refusal::new(Code::BadPlan, format!("{count} reasons against it, the first one: {first}"))
    })?;
    let (old, new) = (scene.economy.state().plan().points, plan.points);
    if (old.start_price_fen, old.genesis_fen) != (new.start_price_fen, new.genesis_fen) {
        return Err(Refusal::new(Code::BadPlan, "points.start_price and points.genesis may not change"));
    }
    Ok(())
}

fn in_state(change: &PlanChange, states: &[State], done: &str) -> Result<(), Refusal> {
    if states.contains(&change.state) {
        return Ok(());
    }
    let needed: Vec<_> = states.iter().map(|state| state.name()).collect();
    let (id, is, needed) = (&change.id, change.state.name(), needed.join(" or "));
    let message = format!("plan {id} is {is}: only one that is {needed} can be {done}");
    Err(Refusal::new(Code::PlanChangeState, message))
}
