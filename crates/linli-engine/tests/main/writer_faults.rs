//! A commit that fails: whether it happened is found out and told rightly, and the writer goes on by itself.

use crate::support::faulty::{Fate, Faulty};
use crate::support::{PLAN, group, member};
use linli_engine::{Answer, EngineFault, Form, Limits, Place, SnapshotFolder, Stamp, Unanswered, Writer};
use linli_journal::{Batch, Content, Fault, Hash};
use std::sync::Arc;
use std::time::Duration;

fn start(limits: Limits) -> (Faulty, Writer) {
    let store = Faulty::new(PLAN);
    let snapshots = Arc::new(SnapshotFolder::new("no/such/folder".into()));
    let place = Place { store: Arc::new(store.clone()), snapshots };
    (store, Writer::start(place, limits).expect("started").0)
}

fn ask(writer: &Writer, id: &str) -> Answer {
    writer.ask(group(&[member(id)]), Stamp::AsSent, Form::Refusals)
}

/// Asks until the writer is back.
fn ask_until_applied(writer: &Writer, id: &str) -> u64 {
    loop {
        match ask(writer, id) {
            Ok(answers) => return answers.first_seq,
            Err(Unanswered::NotApplied { .. }) => {}
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn a_commit_that_was_lost_is_told_as_not_applied_and_the_next_is_applied() {
    let (store, writer) = start(Limits::default());
    store.fates(&[Fate::Done, Fate::Lost]);
    assert_eq!(ask(&writer, "M1").expect("applied").first_seq, 1);
    let Err(Unanswered::NotApplied { why, .. }) = ask(&writer, "M2") else { panic!("it was lost") };
    assert_eq!(why, "the journal cannot be used now: the connection broke");
    assert_eq!(ask_until_applied(&writer, "M2"), 2);
    writer.close().expect("closed");
    assert_eq!(store.batches().len(), 2);
}

#[test]
fn a_commit_that_happened_in_silence_is_told_as_applied() {
    let (store, writer) = start(Limits::default());
    store.fates(&[Fate::KeptInSilence, Fate::KeptInSilence]);
    for seq in 1..=2 {
        let answers = ask(&writer, &format!("M{seq}")).expect("it was applied");
        assert_eq!((answers.first_seq, answers.refused.len()), (seq, 0));
    }
    assert_eq!(ask_until_applied(&writer, "M3"), 3);
    assert_eq!(writer.close().expect("closed").economy().state().members().len(), 3);
}

#[test]
fn what_was_applied_after_a_lost_commit_is_not_applied_either() {
    let (store, writer) = start(Limits { batch_entries: 1, ..Limits::default() });
    store.fates(&[Fate::Held, Fate::Lost]);
    let send = |number| writer.send(group(&[member(&format!("M{number}"))]), Stamp::AsSent, Form::Refusals);
    let mut pending = vec![send(0)];
    // Sent together, the first two could be appended together.
    store.wait_for_appends(1);
    pending.extend((1..6).map(send));
    store.let_go();
    let answers: Vec<_> = pending.into_iter().map(linli_engine::Pending::wait).collect();
    assert_eq!(answers[0].as_ref().expect("applied").first_seq, 1);
    let kept = store.batches().iter().map(Batch::last_seq).max();
    let applied = answers.iter().filter(|answer| answer.is_ok()).count() as u64;
    assert_eq!(kept, Some(applied), "{answers:?}");
    assert!(matches!(answers[1], Err(Unanswered::NotApplied { .. })), "{answers:?}");
}

#[test]
fn while_the_store_cannot_be_reached_callers_are_told_at_once_and_later_it_goes_on() {
    let (store, writer) = start(Limits { doubt: Duration::ZERO, ..Limits::default() });
    store.fates(&[Fate::KeptInSilence]);
    store.unreachable(3);
    let Err(Unanswered::InDoubt { .. }) = ask(&writer, "M1") else { panic!("nobody can know yet") };
    // Sent again with the same id, it is applied once.
    let again = ask_until_applied(&writer, "M1");
    let replica = writer.close().expect("closed");
    assert_eq!((again, replica.economy().state().members().len()), (2, 1));
}

#[test]
fn closing_while_the_store_cannot_be_reached_ends_the_writer() {
    let (store, writer) = start(Limits { doubt: Duration::ZERO, ..Limits::default() });
    store.fates(&[Fate::Lost]);
    store.unreachable(u32::MAX);
    assert!(matches!(ask(&writer, "M1"), Err(Unanswered::InDoubt { .. })));
    assert!(matches!(writer.close(), Err(EngineFault::Journal(Fault::Unavailable { .. }))));
}

#[test]
fn a_fenced_writer_stops_for_good() {
    let (store, writer) = start(Limits::default());
    ask(&writer, "M1").expect("applied");
    let tip = store.batches()[0].tip();
    let content = Content { count: 1, entries: vec![], results: Hash::of(b""), figures: Hash::of(b"") };
    store.append_behind(Batch::after(tip, content));
    let Err(Unanswered::Stopped { why }) = ask(&writer, "M2") else { panic!("it was fenced") };
    assert_eq!(why, "another writer has appended: the journal ends at seq 2, not at 1");
    assert!(matches!(ask(&writer, "M3"), Err(Unanswered::Stopped { .. })));
    assert!(matches!(writer.close(), Err(EngineFault::Journal(Fault::Fenced { .. }))));
    assert_eq!(store.batches().len(), 2);
}
