//! A write that is sent again. Its stream is known by name for ever, the digests of its lines stand in the journal, and
//! its results, which follow from the journal, are found there again. Must not be added here: applying anything.

use crate::answered::Written;
use crate::app::App;
use crate::problem::{Code, Problem};
use linli_economy::refusal;
use linli_engine::replica::Stream;
use linli_engine::{Answers, EngineFault, Origin, Place, Refusal, resume};
use std::sync::Arc;

/// What the write of this name was answered with, if there was one.
///
/// # Errors
/// `id_reused` if it had other lines; what hinders reading the journal.
pub async fn find(app: &Arc<App>, name: &str, lines: &[Origin]) -> Result<Option<Arc<Written>>, Problem> {
    if let Some(written) = app.answered.find(name) {
        return if written.lines == lines {
            Ok(Some(written))
        } else {
            Err(reused(name, written.answers.first_seq))
        };
    }
    let Some(stream) = app.look(|replica| replica.streams().get(name))? else { return Ok(None) };
    let _turn = app.replays.acquire().await.expect("it is never closed");
    let (place, sent, searched) = (app.place.clone(), lines.to_vec(), name.to_string());
    let searching = tokio::task::spawn_blocking(move || search(&place, &searched, stream, sent));
    let found = searching.await.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
    match found {
        Ok(Some(written)) => {
            let written = Arc::new(written);
            app.answered.keep(name.to_string(), written.clone());
            Ok(Some(written))
        }
        Ok(None) => Err(reused(name, stream.first_seq)),
        Err(fault) => Err(Problem::new(Code::InDoubt, fault.to_string()).retry_after(app.bounds.seen)),
    }
}

/// The results of these lines by a replay from the last snapshot before them; none if the stream had others.
fn search(
    place: &Place,
    name: &str,
    stream: Stream,
    lines: Vec<Origin>,
) -> Result<Option<Written>, EngineFault> {
    let mut journal = place.store.read()?;
    if resume::first_lines(&mut *journal, name, stream)? != lines {
        return Ok(None);
    }
    let mut answers = Answers { first_seq: stream.first_seq, ..Answers::default() };
    resume::resume(&*place.snapshots, &mut *journal, name, stream, |origin, answer| {
        answer.write_json(&mut answers.json);
        answers.json.push('\n');
        answers.last_seq = answer.seq();
        if let Err(refusal) = answer.outcome() {
            answers.refused.push((answer.seq(), refusal));
        }
        origin.line < stream.last_line
    })?;
    Ok(Some(Written { lines, answers }))
}

fn reused(name: &str, seq: u64) -> Problem {
    let key = name.rsplit(':').next().unwrap_or_default();
    let message = format!("the Idempotency-Key {key} was used with another body");
    Problem::refused(seq, &Refusal::Economy(refusal::Refusal::new(refusal::Code::IdReused, message)))
}
