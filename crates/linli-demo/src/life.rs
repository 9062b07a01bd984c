//! The last forty days of the world, up to now: deals, the mall, refunds, withdrawals, proposals and plans in every
//! state that there is, each reached by the acts of who would do them and at the times at which they would. The acts are
//! the same every time, forty days before whatever now is; what is sealed is sealed anew by whoever carries them out.
//! Must not be added: a state that no act leads to.

mod agencies;
mod cast;
mod deals;
mod desk;
mod documents;
mod mall;
mod money;
mod refunds;
mod returns;
mod shelf;
mod storefronts;

pub use cast::Cast;

use linli_economy::Economy;
use linli_economy::command::Line;
use linli_economy::time::Instant;
use linli_platform::{Act, Actor, Deed, Moment, Platform, Scene};
use std::collections::BTreeMap;

/// Days that are lived.
pub const DAYS: i64 = 40;

const DAY: i64 = 86_400;

/// Acts of the service that are asked for together.
const TOGETHER: usize = 100;

/// Why something could not be done.
pub type Fault = String;

/// What seals texts and digests of people, as the service does.
pub trait Sealer {
    /// Seals a text of a person.
    ///
    /// # Errors
    /// What hinders it.
    fn seal(&mut self, person: &str, field: &str, plain: &[u8]) -> Result<Vec<u8>, Fault>;

    /// A digest that only who has a person's key can make.
    ///
    /// # Errors
    /// What hinders it.
    fn digest(&mut self, person: &str, field: &str, plain: &[u8]) -> Result<[u8; 32], Fault>;
}

/// One thing that was done.
#[derive(Clone, Debug)]
pub enum Entry {
    /// An act.
    Act(Box<Deed>),
    /// A command, as a line of JSON.
    Command(String),
}

/// What came of the days.
pub struct Lived {
    /// What was done, in the order of time.
    pub entries: Vec<(Instant, Entry)>,
    /// What was not, because it was refused: nothing, where the world is as it should be.
    pub refused: Vec<Fault>,
    /// What there is after it.
    pub economy: Economy,
    /// As above.
    pub platform: Platform,
}

/// One thing that happens.
type Step = Box<dyn FnOnce(&mut Life<'_>) -> Result<(), Fault>>;

/// What happens when, in seconds since the first of the days, and in the order of writing it down.
#[derive(Default)]
struct Script {
    steps: BTreeMap<(i64, usize), Step>,
}

impl Script {
    /// Something happens in a minute of a day.
    fn at(
        &mut self,
        (day, minute): (i64, i64),
        step: impl FnOnce(&mut Life<'_>) -> Result<(), Fault> + 'static,
    ) {
        let key = (day * DAY + minute * 60, self.steps.len());
        self.steps.insert(key, Box::new(step));
    }
}

/// The world while it is lived.
struct Life<'d> {
    sealer: &'d mut dyn Sealer,
    now: Instant,
    lived: Lived,
}

/// The first moment of the days that end now.
#[must_use]
pub fn begins(now: Instant) -> Instant {
    Instant { seconds: now.seconds - DAYS * DAY, nanoseconds: 0 }
}

/// Lives through the days up to now, after acts with which they begin; none where the economy is later than that, or has
/// nobody who could take part.
pub fn live(economy: Economy, first: Vec<Deed>, sealer: &mut dyn Sealer, now: Instant) -> Option<Lived> {
    let cast = Cast::of(&economy).filter(|_| economy.state().clock() <= begins(now))?;
    let script = written(&cast);
    let platform = Platform::default();
    let lived = Lived { entries: Vec::new(), refused: Vec::new(), economy, platform };
    let mut life = Life { sealer, now: begins(now), lived };
    for deed in first {
        life.tries(|life| life.act(deed));
    }
    for ((seconds, _), step) in script.steps {
        life.now = Instant { seconds: begins(now).seconds + seconds, nanoseconds: 0 };
        life.do_due();
        life.tries(step);
        life.do_due();
    }
    Some(life.lived)
}

fn written(cast: &Cast) -> Script {
    let mut script = Script::default();
    storefronts::write(&mut script);
    agencies::write(&mut script, cast);
    documents::write(&mut script);
    shelf::write(&mut script);
    mall::write(&mut script, cast);
    returns::write(&mut script, cast);
    deals::write(&mut script, cast);
    refunds::write(&mut script, cast);
    money::write(&mut script, cast);
    desk::write(&mut script, cast);
    // What is due is seen to each day, whether something else happens or not.
    (1..DAYS).for_each(|day| script.at((day, 0), |_| Ok(())));
    script
}

impl Life<'_> {
    /// What is refused is told at the end; the rest goes on.
    fn tries(&mut self, step: impl FnOnce(&mut Self) -> Result<(), Fault>) {
        if let Err(fault) = step(self) {
            self.lived.refused.push(fault);
        }
    }

    /// What the service does by itself.
    fn do_due(&mut self) {
        loop {
            let due = self.lived.platform.due(&self.lived.economy, self.now, TOGETHER);
            let refused = self.lived.refused.len();
            for act in &due {
                self.tries(|life| life.does(Actor::Service, act.clone()));
            }
            // What is refused would be due again at once.
            if due.is_empty() || self.lived.refused.len() > refused {
                return;
            }
        }
    }

    fn act(&mut self, deed: Deed) -> Result<(), Fault> {
        let Lived { economy, platform, entries, .. } = &mut self.lived;
        let refused = |why: String| format!("{} {}: {why}", deed.act.name(), deed.act.subject());
        let carried = Scene::new(economy, platform, Some(self.now)).check(&deed);
        let carried = carried.map_err(|refusal| refused(refusal.message))?;
        let answer = match carried {
            Some(command) => economy.receive(&Ok(Line::new(command, Some(self.now)))),
            None => economy.pass(Some(self.now)),
        };
        if let Err(refusal) = answer.outcome() {
            return Err(refused(refusal.to_string()));
        }
        let seq = answer.seq;
        platform.apply(&Moment { seq, now: self.now, by: &deed.by }, &deed.act);
        entries.push((self.now, Entry::Act(Box::new(deed))));
        Ok(())
    }

    fn does(&mut self, by: Actor, act: impl Into<Act>) -> Result<(), Fault> {
        self.act(Deed::new(by, act))
    }

    /// A member does something.
    fn member(&mut self, member: &str, act: impl Into<Act>) -> Result<(), Fault> {
        self.does(Actor::Member(member.into()), act)
    }

    /// Somebody at a desk does something.
    fn staff(&mut self, staff: &str, act: impl Into<Act>) -> Result<(), Fault> {
        self.does(Actor::Staff(staff.into()), act)
    }

    /// A command at this time.
    fn command(&mut self, mut command: serde_json::Value) -> Result<(), Fault> {
        command["at"] = serde_json::json!(self.now.to_string());
        let line = command.to_string();
        if let Err(refusal) = self.lived.economy.apply(&line).outcome() {
            return Err(format!("{line}: {refusal}"));
        }
        self.lived.entries.push((self.now, Entry::Command(line)));
        Ok(())
    }

    /// A text of a member, sealed.
    fn seal_of(&mut self, member: &str, field: &str, text: &str) -> Result<Vec<u8>, Fault> {
        self.sealer.seal(&format!("member:{member}"), field, text.as_bytes())
    }

    /// What is known again by a keyed hash.
    fn reference(&mut self, kind: &str, plain: &str) -> Result<[u8; 16], Fault> {
        let digest = self.sealer.digest("references", kind, plain.as_bytes())?;
        let (first, _) = digest.split_first_chunk().expect("16 of 32 bytes");
        Ok(*first)
    }
}
