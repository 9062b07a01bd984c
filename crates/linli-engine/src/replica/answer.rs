//! One entry, answered: a command goes to the economy, an act to the platform and, with what it carries, to the economy;
//! what changed is taken into the chronicle. Must not be added here: how entries are read.

use crate::answered::Answered;
use crate::chronicle::Chronicle;
use crate::entries::Body;
use linli_economy::Economy;
use linli_economy::command::Line;
use linli_platform::{Moment, Platform, Scene};

/// An act that the platform lets through is done once the economy has taken it; one of both alone is never.
pub fn answer<'s>(
    economy: &'s mut Economy,
    (platform, chronicle): (&mut Platform, &mut Chronicle),
    body: &mut Body<'_>,
) -> Answered<'s> {
    let orders = economy.state().orders().len();
    let performed = match body {
        Body::Line(received) => {
            chronicle.turn(economy, received.as_ref().ok().and_then(|line| line.at));
            let answer = economy.receive(received);
            chronicle.take(&answer);
            platform.note_day(answer.economy().state().clock(), orders);
            return Answered::Economy(answer);
        }
        Body::Act(performed) => &mut **performed,
    };
    let at = performed.at;
    chronicle.turn(economy, at);
    match Scene::new(economy, platform, at).check(&performed.deed) {
        Ok(command) => performed.carried = command,
        Err(refusal) => {
            return Answered::Refused { seq: economy.skip(), refusal, economy };
        }
    }
    let before = Chronicle::before(platform, performed);
    let answer = match &performed.carried {
        Some(command) => economy.receive(&Ok(Line::new(command.clone(), at))),
        None => economy.pass(at),
    };
    chronicle.take(&answer);
    if answer.replayed {
        // Somebody has sent the same command by itself: nothing would move, so the act must not seem done.
        let what = "the command that belongs to this act was applied before, by itself";
        let refusal = linli_platform::Refusal::new(linli_platform::Code::CommandKnown, what);
        return Answered::Refused { seq: answer.seq, refusal, economy: answer.economy() };
    }
    if answer.outcome().is_ok() {
        let (now, deed) = (answer.economy().state().clock(), &performed.deed);
        platform.note_day(now, orders);
        platform.apply(&Moment { seq: answer.seq, now, by: &deed.by }, &deed.act);
        if let Some(before) = before {
            chronicle.record(platform, performed, before, &answer);
        }
    }
    Answered::Economy(answer)
}
