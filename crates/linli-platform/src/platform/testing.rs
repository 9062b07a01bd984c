//! What the parts' tests share: a platform with an economy, driven as the engine drives them.

use crate::act::{Act, Actor, Deed};
use crate::part::{Moment, Scene};
use crate::platform::Platform;
use crate::refusal::Code;
use linli_economy::Economy;
use linli_economy::account::Asset;
use linli_economy::command::Line;
use linli_economy::time::Instant;

const PLAN: &str = include_str!("../../../../plans/seed-one.toml");

/// A platform and an economy at a time of their own.
pub struct Stage {
    pub economy: Economy,
    pub platform: Platform,
    pub now: Instant,
}

/// A colleague at a desk.
pub fn staff(id: &str) -> Actor {
    Actor::Staff(id.into())
}

/// One random step of a walk: what, with whom, and how much.
pub type Step = [u16; 3];

/// Steps that are the same every time, for asking what walks reach.
pub fn steps(count: usize) -> Vec<Step> {
    let mut number = 1_u64;
    let mut random = || {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u16::try_from(number >> 48).expect("16 bits")
    };
    (0..count).map(|_| [random(), random(), random()]).collect()
}

/// Who has refused.
#[derive(Debug, PartialEq, Eq)]
pub enum Refused {
    Platform(Code),
    /// With the economy's result line.
    Economy(String),
}

impl Stage {
    /// An economy with the plan `seed-one`, at 2026-01-01T00:00:00Z.
    pub fn new() -> Self {
        let economy = Economy::open(PLAN).expect("a plan");
        let now = Instant { seconds: 1_767_225_600, nanoseconds: 0 };
        Self { economy, platform: Platform::default(), now }
    }

    /// Applies commands of the economy, each of which must be accepted.
    pub fn commands(&mut self, lines: &str) {
        for line in lines.lines() {
            let answer = self.economy.apply(line);
            assert!(answer.outcome().is_ok(), "{}", answer.to_json());
        }
    }

    /// The money on an account of the economy.
    pub fn fen(&self, account: &str) -> i128 {
        let account = self.economy.find_account(account).expect("such an account");
        self.economy.state().balance(account, Asset::Cny)
    }

    pub fn later(&mut self, seconds: i64) {
        self.now.seconds += seconds;
    }

    pub fn by_machine(&mut self, act: impl Into<Act>) -> Result<(), Code> {
        self.act(Actor::Machine, act)
    }

    /// What the platform refuses is its code; what only the economy refuses fails the test.
    pub fn act(&mut self, by: Actor, act: impl Into<Act>) -> Result<(), Code> {
        self.try_act(by, act).map_err(|refused| match refused {
            Refused::Platform(code) => code,
            Refused::Economy(line) => panic!("{line}"),
        })
    }

    /// An act as the engine does it, and who refused it if it was refused.
    pub fn try_act(&mut self, by: Actor, act: impl Into<Act>) -> Result<(), Refused> {
        let deed = Deed::new(by, act);
        let mut bytes = Vec::new();
        deed.encode(&mut bytes);
        assert_eq!(Deed::decode(&bytes).as_ref(), Ok(&deed), "it is read as it was written");
        let scene = Scene::new(&self.economy, &self.platform, Some(self.now));
        let carried = scene.check(&deed).map_err(|refusal| Refused::Platform(refusal.code))?;
        let answer = match carried {
            Some(command) => self.economy.receive(&Ok(Line::new(command, Some(self.now)))),
            None => self.economy.pass(Some(self.now)),
        };
        if answer.replayed {
            return Err(Refused::Platform(Code::CommandKnown));
        }
        if answer.outcome().is_err() {
            return Err(Refused::Economy(answer.to_json()));
        }
        let moment = Moment { seq: answer.seq, now: self.now, by: &deed.by };
        self.platform.apply(&moment, &deed.act);
        Ok(())
    }
}
