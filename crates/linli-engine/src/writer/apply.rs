//! Applying requests: each entry changes the economy in memory, and its result is gathered for the callers and for
//! the digest. Nothing is answered here.

use super::request::{Answer, Answers, Form, Request, Stamp, Unanswered};
use crate::answered::Answered;
use crate::entries::{Body, Entry, Group};
use crate::replica::Replica;
use linli_economy::time::Instant;
use linli_journal::{Batch, Content};
use linli_platform::Platform;

/// Bytes of a result in JSON, about.
const JSON_BYTES: usize = 768;

/// Bytes of a result in binary, about.
const RESULT_BYTES: usize = 160;

/// A batch that has been applied and waits for its commit, with what each caller will get.
pub struct Prepared {
    pub batch: Batch,
    pub callers: Vec<Caller>,
}

/// A caller and the results of the request.
pub struct Caller {
    pub answers: Answers,
    answer: Box<dyn FnOnce(Answer) + Send>,
}

impl Caller {
    /// The results are on disk.
    pub fn acknowledge(self) {
        (self.answer)(Ok(self.answers));
    }

    pub fn fail(self, unanswered: Unanswered) {
        (self.answer)(Err(unanswered));
    }
}

/// What applying gives.
pub enum Applied {
    /// A batch to be committed.
    Batch(Prepared),
    /// No request fitted.
    Nothing,
    /// An entry could not be read: a bug of whoever made it. The replica must not be used any more.
    Bug { callers: Vec<Caller>, what: String },
}

/// Applies the requests as the batch after the replica's tip; one whose stream has not come that far is refused.
pub fn apply(replica: &mut Replica, requests: Vec<Request>) -> Applied {
    let count: u32 = requests.iter().map(|request| request.group.count()).sum();
    let bytes: usize = requests.iter().map(|request| request.group.bytes() + 64).sum();
    let first_seq = replica.economy().seq() + 1;
    let mut entries = Vec::with_capacity(bytes);
    let mut results = Vec::with_capacity(RESULT_BYTES * count as usize);
    let mut callers = Vec::with_capacity(requests.len());
    for mut request in requests {
        if let Some(why) = gap(replica, &request.group) {
            request.answer(Err(Unanswered::OutOfTurn { why }));
            continue;
        }
        if let Stamp::At(clock) = request.stamp {
            request.group = stamped(&request.group, clock.max(replica.economy().state().clock()));
        }
        request.group.append_to(&mut entries);
        let answers = apply_one(replica, &request, &mut results);
        callers.push(Caller { answers: answers.clone().unwrap_or_default(), answer: request.into_answer() });
        if let Err(what) = answers {
            return Applied::Bug { callers, what };
        }
    }
    if callers.is_empty() {
        return Applied::Nothing;
    }
    let count = u32::try_from(replica.economy().seq() + 1 - first_seq).expect("a batch of fewer than 2^32");
    let findings = replica.findings(&results);
    let content = Content { count, entries, results: findings.results, figures: findings.figures };
    let batch = Batch::after(replica.tip(), content);
    replica.seal(&batch);
    Applied::Batch(Prepared { batch, callers })
}

/// Why the group's lines do not follow on those that its stream has brought.
fn gap(replica: &Replica, group: &Group) -> Option<String> {
    let (name, after_line) = group.follows()?;
    let last_line = replica.streams().get(name).map_or(0, |stream| stream.last_line);
    (last_line != after_line)
        .then(|| format!("the stream {name} has brought its lines up to {last_line}, not up to {after_line}"))
}

fn apply_one(replica: &mut Replica, request: &Request, results: &mut Vec<u8>) -> Result<Answers, String> {
    let first_seq = replica.economy().seq() + 1;
    let last_seq = first_seq + u64::from(request.group.count()) - 1;
    let wants_json = request.form == Form::Json;
    let mut json =
        String::with_capacity(if wants_json { JSON_BYTES * request.group.count() as usize } else { 0 });
    let mut refused = Vec::new();
    let mut note = |_: &Entry<'_>, answer: &Answered<'_>, _: &Platform| {
        if wants_json {
            answer.write_json(&mut json);
            json.push('\n');
        }
        if let Err(refusal) = answer.outcome() {
            refused.push((answer.seq(), refusal));
        }
    };
    replica.apply(request.group.entries(), results, &mut note)?;
    Ok(Answers { first_seq, last_seq, json, refused })
}

/// The group with this time in each command.
fn stamped(group: &Group, at: Instant) -> Group {
    let mut stamped = group.emptied();
    for entry in group.entries() {
        let Entry { origin, body } = entry.expect("a group's own entries can be read");
        match body {
            Body::Line(mut received) => {
                if let Ok(line) = &mut received {
                    line.at = Some(at);
                }
                match origin {
                    Some((_, origin)) => stamped.push_line(origin, &received),
                    None => stamped.push(&received),
                }
            }
            Body::Act(performed) => match origin {
                Some((_, origin)) => stamped.push_act_line(origin, Some(at), &performed.deed),
                None => stamped.push_act(Some(at), &performed.deed),
            },
        }
    }
    stamped
}
