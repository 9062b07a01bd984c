//! The clock of a sandbox, which people at a desk can move forward to see what happens later. Must not be added here: a
//! way back; the service offers none of this where money is real.

use crate::act::Actor;
use crate::desk::desk;
use crate::part::{Carried, Moment, Part, Scene};
use crate::refusal::{Code, Refusal};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// How far it can be moved at once: a second to 400 days.
const SECONDS: RangeInclusive<u32> = 1..=400 * 86_400;

/// How far it can be moved in all: a hundred years.
const MOST_SECONDS: i64 = 36_525 * 86_400;

/// What is done with the clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClockAct {
    /// It is later from now on.
    Move {
        /// By how much.
        seconds: u32,
    },
}

impl ClockAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Move { .. } => "move_clock",
        }
    }

    pub(crate) fn subject(&self) -> &'static str {
        ""
    }
}

/// How far the clock was moved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SandboxClock {
    ahead_seconds: i64,
}

impl SandboxClock {
    /// How many seconds it is ahead of the world's.
    #[must_use]
    pub fn ahead_seconds(&self) -> i64 {
        self.ahead_seconds
    }
}

impl Part for SandboxClock {
    type Act = ClockAct;

    fn check(&self, _: &Scene<'_>, by: &Actor, act: &ClockAct) -> Result<Carried, Refusal> {
        let ClockAct::Move { seconds } = act;
        desk(by)?;
        let (least, most) = (SECONDS.start(), SECONDS.end());
        if !SECONDS.contains(seconds) {
            let message = format!("a clock is moved by {least} to {most} seconds at once, not by {seconds}");
            return Err(Refusal::new(Code::BadNumber, message));
        }
        if self.ahead_seconds + i64::from(*seconds) > MOST_SECONDS {
            let message =
                format!("the clock is {} seconds ahead, and {MOST_SECONDS} are the most", self.ahead_seconds);
            return Err(Refusal::new(Code::BadNumber, message));
        }
        Ok(None)
    }

    fn apply(&mut self, _: &Moment<'_>, act: &ClockAct) {
        let ClockAct::Move { seconds } = act;
        self.ahead_seconds += i64::from(*seconds);
    }

    fn figure(&self) -> u64 {
        self.ahead_seconds.unsigned_abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::testing::{Stage, staff};

    #[test]
    fn a_clock_is_moved_forward_by_a_desk_within_its_bounds() {
        let mut stage = Stage::new();
        let by = |stage: &mut Stage, seconds| stage.act(staff("A"), ClockAct::Move { seconds });
        for seconds in [0, 400 * 86_400 + 1] {
            assert_eq!(by(&mut stage, seconds), Err(Code::BadNumber), "{seconds}");
        }
        assert_eq!(stage.act(Actor::Service, ClockAct::Move { seconds: 1 }), Err(Code::DeskOnly));
        assert_eq!(by(&mut stage, 60), Ok(()));
        assert_eq!(by(&mut stage, 5), Ok(()));
        assert_eq!(stage.platform.clock.ahead_seconds(), 65);
    }

    #[test]
    fn a_clock_is_moved_by_a_hundred_years_in_all() {
        let mut stage = Stage::new();
        for _ in 0..91 {
            assert_eq!(stage.by_machine(ClockAct::Move { seconds: 400 * 86_400 }), Ok(()));
        }
        assert_eq!(stage.by_machine(ClockAct::Move { seconds: 126 * 86_400 }), Err(Code::BadNumber));
        assert_eq!(stage.by_machine(ClockAct::Move { seconds: 125 * 86_400 }), Ok(()));
    }

    #[test]
    fn the_binary_form_of_the_act_stays() {
        assert_eq!(
            postcard::to_stdvec(&ClockAct::Move { seconds: 300 }).as_deref(),
            Ok(&b"\x00\xac\x02"[..])
        );
    }
}
