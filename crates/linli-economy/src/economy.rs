//! The economy as its users see it: lines of commands in, results out. It resolves ids to handles, answers
//! repeated ids with their first result, keeps time from running backwards, and leaves the rules to the state.
//! Must not be added here: arithmetic on money or points.

mod accounts;
mod answer;
mod ids;
mod orders;
mod receipts;
mod relations;
mod repeats;
mod snapshot;
mod treasury;
mod warm;

pub use answer::Answer;

use crate::command::{Command, Line, Received};
use crate::decimal;
use crate::limits::AMOUNT_LIMIT_FEN;
use crate::outcome::Outcome;
use crate::plan::{Plan, PlanRefusals};
use crate::refusal::{Code, Refusal};
use crate::state::State;
use crate::time::Instant;
use ids::Ids;
use receipts::Receipts;
use serde::{Deserialize, Serialize};

/// One economy, from its plan on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Economy {
    state: State,
    ids: Ids,
    receipts: Receipts,
    /// Lines taken so far, refused ones included.
    seq: u64,
}

/// How a command was accepted.
enum Accepted {
    /// Applied now; the outcome is the state's.
    Applied,
    /// Applied before; this was its result.
    Replayed(Outcome),
}

impl Economy {
    /// An economy that opens with the plan of this text.
    ///
    /// # Errors
    /// Every reason to refuse the plan.
    pub fn open(plan: &str) -> Result<Self, PlanRefusals> {
        Plan::parse(plan).map(Self::with_plan)
    }

    /// An economy that opens with this plan.
    #[must_use]
    pub fn with_plan(plan: Plan) -> Self {
        Self { state: State::open(plan), ids: Ids::default(), receipts: Receipts::default(), seq: 0 }
    }

    /// How many lines were taken, refused ones included.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// The state, to look at.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Applies one line of the stream, which must not be blank. A malformed line is answered with the number
    /// that its seq is.
    pub fn apply(&mut self, line: &str) -> Answer<'_> {
        self.receive(&Line::read(self.seq + 1, line.as_bytes()))
    }

    /// Applies a line that was read before, or takes note that it was none.
    pub fn receive(&mut self, received: &Received<'_>) -> Answer<'_> {
        self.seq += 1;
        let result = match received {
            Ok(line) => self.execute(line),
            Err(refusal) => Err(refusal.clone()),
        };
        let (result, replayed) = match result {
            Ok(Accepted::Applied) => (Ok(None), false),
            Ok(Accepted::Replayed(outcome)) => (Ok(Some(outcome)), true),
            Err(refusal) => (Err(refusal), false),
        };
        Answer::new(self, result, replayed)
    }

    /// Takes an entry of the stream that is no command of the economy: it has a number and a time, and moves nothing.
    pub fn pass(&mut self, at: Option<Instant>) -> Answer<'_> {
        self.seq += 1;
        let result = self.time_of(at).map(|now| {
            self.state.begin(now);
            self.state.finish();
            None
        });
        Answer::new(self, result, false)
    }

    /// Takes an entry that was refused before it came to the economy; gives its number.
    pub fn skip(&mut self) -> u64 {
        self.seq += 1;
        self.seq
    }

    /// The time of an entry: its own, or that of the last one.
    fn time_of(&self, at: Option<Instant>) -> Result<Instant, Refusal> {
        let now = at.unwrap_or(self.state.clock());
        if now < self.state.clock() {
            let message = format!("{now} is before {}, the time of the last command", self.state.clock());
            return Err(Refusal::new(Code::TimeReversed, message));
        }
        Ok(now)
    }

    fn execute(&mut self, line: &Line<'_>) -> Result<Accepted, Refusal> {
        if let Some(outcome) = self.first_result(line)? {
            return Ok(Accepted::Replayed(outcome));
        }
        let now = self.time_of(line.at)?;
        self.state.begin(now);
        self.dispatch(&line.command)?;
        self.state.finish();
        self.keep(line);
        Ok(Accepted::Applied)
    }

    fn dispatch(&mut self, command: &Command<'_>) -> Result<(), Refusal> {
        match command {
            Command::Pay { .. }
            | Command::SettleInOne { .. }
            | Command::Settle { .. }
            | Command::PayMall { .. }
            | Command::SettleMallInOne { .. }
            | Command::SettleMall { .. }
            | Command::Cancel { .. }
            | Command::Refund { .. } => self.order_command(command),
            Command::Redeem { .. }
            | Command::Inject { .. }
            | Command::Deposit { .. }
            | Command::Distribute { .. }
            | Command::Withdraw { .. }
            | Command::PayoutDone { .. }
            | Command::PayoutFailed { .. }
            | Command::Fee { .. }
            | Command::WriteOff { .. }
            | Command::ChangePlan { .. } => self.treasury_command(command),
            _ => self.relation_command(command),
        }
    }
}

/// A positive amount of at most `limit` with the unit's decimals.
fn amount(text: &str, decimals: usize, limit: u64) -> Result<u64, Refusal> {
    match decimal::parse(text, decimals, limit) {
        Ok(units) if units > 0 => Ok(units),
        _ => {
            let mut most = String::new();
            decimal::write(&mut most, limit.into(), decimals);
            let message =
                format!("{text} is not an amount above 0 and up to {most} with at most {decimals} decimals");
            Err(Refusal::new(Code::BadAmount, message))
        }
    }
}

/// A positive amount of money, in fen.
fn fen(text: &str) -> Result<u64, Refusal> {
    amount(text, 2, AMOUNT_LIMIT_FEN)
}
