//! The view: readers see what was answered, and nothing that is not committed, whatever becomes of the commits.

use crate::support::faulty::{Fate, Faulty};
use crate::support::{PLAN, commands, group, member, place};
use linli_engine::{Form, Group, Limits, Origin, Place, SnapshotFolder, Stamp, Unanswered, View, Writer};
use linli_journal::{Batch, Store};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

const LONG: Duration = Duration::from_secs(60);

fn start(limits: Limits) -> (Faulty, Writer, View) {
    let store = Faulty::new(PLAN);
    let snapshots = Arc::new(SnapshotFolder::new("no/such/folder".into()));
    let place = Place { store: Arc::new(store.clone()), snapshots };
    let (writer, view, _) = Writer::start_with_view(place, limits).expect("started");
    (store, writer, view)
}

fn ask(writer: &Writer, id: &str) -> Result<u64, Unanswered> {
    writer.ask(group(&[member(id)]), Stamp::AsSent, Form::Refusals).map(|answers| answers.last_seq)
}

fn members(view: &View) -> usize {
    view.read(|replica| replica.economy().state().members().len()).expect("it follows")
}

#[test]
fn a_view_sees_what_was_answered() {
    let dir = tempfile::tempdir().expect("a folder");
    let (writer, view, _) = Writer::start_with_view(place(dir.path()), Limits::default()).expect("started");
    for lines in commands(500).chunks(7) {
        let answers = writer.ask(group(lines), Stamp::AsSent, Form::Refusals).expect("applied");
        assert!(view.wait_for(answers.last_seq, LONG));
    }
    let seen = view.read(|replica| (replica.tip(), replica.economy().digest())).expect("it follows");
    let replica = writer.close().expect("closed");
    assert_eq!(seen, (replica.tip(), replica.economy().digest()));
}

#[test]
fn a_view_sees_nothing_before_its_commit() {
    let (store, writer, view) = start(Limits::default());
    store.fates(&[Fate::Held]);
    let pending = writer.send(group(&[member("M1")]), Stamp::AsSent, Form::Refusals);
    store.wait_for_appends(1);
    assert_eq!((view.seq(), members(&view)), (0, 0));
    store.let_go();
    pending.wait().expect("applied");
    assert!(view.wait_for(1, LONG));
    assert_eq!(members(&view), 1);
}

#[test]
fn a_view_never_sees_what_a_failed_commit_lost() {
    let (store, writer, view) = start(Limits::default());
    store.fates(&[Fate::Done, Fate::Lost]);
    ask(&writer, "M1").expect("applied");
    ask(&writer, "M2").expect_err("it was lost");
    let seq = loop {
        if let Ok(seq) = ask(&writer, "M3") {
            break seq;
        }
    };
    assert!(view.wait_for(seq, LONG));
    let has = |id| view.read(|replica| replica.economy().member_id(id).is_some()).expect("it follows");
    assert_eq!((seq, ["M1", "M2", "M3"].map(has)), (2, [true, false, true]));
}

#[test]
fn a_view_catches_up_after_a_commit_whose_answer_was_lost() {
    let (store, writer, view) = start(Limits { doubt: Duration::ZERO, ..Limits::default() });
    store.fates(&[Fate::KeptInSilence]);
    store.unreachable(2);
    assert!(matches!(ask(&writer, "M1"), Err(Unanswered::InDoubt { .. })));
    assert!(view.wait_for(1, LONG), "{view:?}");
    assert_eq!(members(&view), 1);
}

#[test]
fn a_view_catches_up_with_more_than_can_wait_for_it() {
    let (_, writer, view) = start(Limits { batch_entries: 1, ..Limits::default() });
    let (entered, has_entered) = channel();
    let (leave, may_leave) = channel::<()>();
    let reader = view.clone();
    let reading = std::thread::spawn(move || {
        reader.read(|_| {
            entered.send(()).expect("the test waits");
            may_leave.recv().expect("the test tells");
        })
    });
    has_entered.recv().expect("the reader looks");
    // While somebody looks, nothing is applied to the view, and the writer goes on all the same.
    for number in 1..=100 {
        assert_eq!(ask(&writer, &format!("M{number}")), Ok(number));
    }
    assert_eq!(view.seq(), 0);
    leave.send(()).expect("the reader waits");
    reading.join().expect("no panic").expect("it follows");
    assert!(view.wait_for(100, LONG));
    assert_eq!(members(&view), 100);
}

#[test]
fn a_view_follows_the_writer_of_another_process() {
    let (store, writer, _) = start(Limits::default());
    ask(&writer, "M1").expect("applied");
    let header = store.read().expect("a journal").header().clone();
    let genesis = linli_engine::Replica::genesis(&header).expect("a plan");
    let view = View::following(Arc::new(store), genesis);
    let (sender, seqs) = channel();
    view.on_advance(move |seq| sender.send(seq).expect("the test listens"));
    assert!(view.wait_for(1, LONG));
    ask(&writer, "M2").expect("applied");
    assert!(view.wait_for(2, LONG));
    assert_eq!(seqs.try_iter().max(), Some(2));
}

#[test]
fn a_view_of_a_journal_that_does_not_replay_shows_nothing() {
    let (store, writer, view) = start(Limits::default());
    ask(&writer, "M1").expect("applied");
    assert!(view.wait_for(1, LONG));
    let batch = store.batches().remove(0);
    let content = linli_journal::Content { figures: linli_journal::Hash::of(b""), ..batch.content().clone() };
    store.append_behind(Batch::after(batch.tip(), content));
    let view =
        view.read(Clone::clone).map(|replica| View::following(Arc::new(store), replica)).expect("seen");
    assert!(!view.wait_for(2, LONG));
    let stopped = view.read(|_| ()).expect_err("half a batch was applied");
    assert!(stopped.why.starts_with("replaying the batch that begins at seq 2 gives other "), "{stopped}");
    assert_eq!(view.fault(), Some(stopped));
}

#[test]
fn lines_of_a_stream_keep_their_origin_when_the_writer_stamps_them() {
    let (store, writer, view) = start(Limits::default());
    let line = member("M1");
    let mut group = Group::of_stream("tills".into(), 0);
    let origin = Origin::of(3, line.as_bytes());
    group.push_line(origin, &linli_economy::command::Line::read(3, line.as_bytes()));
    let answers = writer.ask(group, Stamp::now(), Form::Refusals).expect("applied");
    assert!(view.wait_for(answers.last_seq, LONG));
    let stream = view.read(|replica| replica.streams().get("tills")).expect("it follows").expect("known");
    let mut journal = store.read().expect("a journal");
    let lines = linli_engine::resume::first_lines(&mut *journal, "tills", stream).expect("readable");
    assert_eq!((lines, stream.last_line), (vec![origin], 3));
    assert!(view.read(|replica| replica.economy().state().clock().seconds > 0).expect("it follows"));
}
