//! A write: its lines become one group of a stream named after key and `Idempotency-Key`, which the writer applies
//! once. The journal keeps the stream's name and the digests of its lines, so that a repeat is known for ever. Must
//! not be added here: what a route makes of the results.

use crate::answered::{Answered, Written};
use crate::app::App;
use crate::caller::Caller;
use crate::problem::{Code, Problem};
use crate::repeat;
use crate::up_to_date;
use linli_economy::command::Received;
use linli_engine::{Answer, Answers, Form, Group, Origin, Request, Stamp, Unanswered};
use linli_platform::Deed;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

/// When to come back while the same is being worked on.
const SOON: Duration = Duration::from_secs(1);

/// Lines to be applied together.
pub struct Write {
    name: String,
    lines: Vec<Origin>,
    group: Group,
}

/// What a write is answered with.
pub struct Outcome {
    pub written: Arc<Written>,
    /// Whether it was applied before.
    pub is_repeat: bool,
}

impl Write {
    /// No lines yet, of this caller.
    pub fn of(caller: &Caller) -> Self {
        let name = caller.stream();
        let group = Group::of_stream(name.clone(), 0);
        Self { name, lines: Vec::new(), group }
    }

    pub fn push(&mut self, origin: Origin, received: &Received<'_>) {
        self.lines.push(origin);
        self.group.push_line(origin, received);
    }

    /// An act that the line of this origin asks for.
    pub fn push_act(&mut self, origin: Origin, deed: &Deed) {
        self.lines.push(origin);
        self.group.push_act_line(origin, None, deed);
    }

    /// How many lines there are.
    pub fn count(&self) -> u32 {
        self.group.count()
    }

    /// Applies the lines, or finds what they were answered with when they were sent before. There is at least one.
    pub async fn carry_out(self, app: &Arc<App>, stamp: Stamp) -> Result<Outcome, Problem> {
        let Self { name, lines, group } = self;
        if let Some(written) = repeat::find(app, &name, &lines).await? {
            return Ok(Outcome { written, is_repeat: true });
        }
        let (sender, receiver) = oneshot::channel();
        // Not the whole of the state: the writer would hold itself.
        let kept = (app.answered.clone(), name, lines);
        app.submit(Request::new(group, stamp, Form::Json, move |answer| {
            // Kept before the caller has it: whoever asks again finds it. The caller may have gone.
            let _ = sender.send(keep(kept, answer));
        }))?;
        let seconds = app.bounds.commit.as_secs();
        match tokio::time::timeout(app.bounds.commit, receiver).await {
            Ok(Ok(answer)) => {
                let written = answer?;
                // Whoever reads after a write sees it; one that the view is slow to show is on disk all the same.
                up_to_date::reaches(app, written.answers.last_seq).await;
                Ok(Outcome { written, is_repeat: false })
            }
            Ok(Err(_)) => Err(Problem::new(Code::InDoubt, "a bug has stopped the writer")),
            Err(_) => {
                let detail = format!("the journal has not answered for {seconds} seconds");
                Err(Problem::new(Code::InDoubt, detail).retry_after(SOON))
            }
        }
    }
}

type Kept = (Arc<Answered>, String, Vec<Origin>);

fn keep((answered, name, lines): Kept, answer: Answer) -> Result<Arc<Written>, Problem> {
    let answers: Answers = answer.map_err(unanswered)?;
    let written = Arc::new(Written { lines, answers });
    answered.keep(name, written.clone());
    Ok(written)
}

pub fn unanswered(unanswered: Unanswered) -> Problem {
    match unanswered {
        Unanswered::NotApplied { why, retry_after } => Problem::new(Code::Busy, why).retry_after(retry_after),
        Unanswered::InDoubt { why, retry_after } => Problem::new(Code::InDoubt, why).retry_after(retry_after),
        // The same key was taken since the view was asked.
        Unanswered::OutOfTurn { .. } => {
            Problem::new(Code::RequestInProgress, "the first one has not been answered yet").retry_after(SOON)
        }
        Unanswered::Stopped { why } => Problem::new(Code::Stopped, why),
    }
}
