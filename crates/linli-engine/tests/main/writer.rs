//! The writer: the answers of the economy, after the commit, many with one sync; and what it says when it is full.

use crate::support::faulty::{Fate, Faulty};
use crate::support::{PLAN, answers, commands, group, member, place};
use linli_economy::command::Line;
use linli_engine::{
    Body, Form, Group, Limits, Origin, Place, Replica, Request, SnapshotFolder, Stamp, Unanswered, Writer,
};
use linli_journal::Batch;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

fn start(place: &Place) -> Writer {
    Writer::start(place.clone(), Limits::default()).expect("started").0
}

/// A place in memory, whose journal fails when it is told to.
fn faulty() -> (Faulty, Place) {
    let store = Faulty::new(PLAN);
    let snapshots = Arc::new(SnapshotFolder::new("no/such/folder".into()));
    (store.clone(), Place { store: Arc::new(store), snapshots })
}

#[test]
fn answers_are_those_of_the_economy_whatever_the_batches() {
    let lines = commands(2_000);
    let expected = answers(&lines);
    for together in [1, 7, 500] {
        let dir = tempfile::tempdir().expect("a folder");
        let place = place(dir.path());
        let writer = start(&place);
        let pending: Vec<_> = numbered(&lines)
            .chunks(together)
            .map(|part| writer.send(of(part), Stamp::AsSent, Form::Json))
            .collect();
        let json: String = pending.into_iter().map(|pending| pending.wait().expect("applied").json).collect();
        assert!(json == expected, "groups of {together}");
        writer.close().expect("closed");
    }
}

/// The lines with their numbers.
fn numbered(lines: &[String]) -> Vec<(u64, &String)> {
    (1..).zip(lines).collect()
}

fn of(part: &[(u64, &String)]) -> Group {
    let mut group = Group::new();
    part.iter().for_each(|(number, line)| group.push(&Line::read(*number, line.as_bytes())));
    group
}

#[test]
fn nothing_is_answered_before_its_commit_and_what_comes_meanwhile_shares_the_next() {
    let (store, place) = faulty();
    store.fates(&[Fate::Held]);
    let writer = start(&place);
    let (sender, receiver) = channel();
    for number in 0..50 {
        let sender = sender.clone();
        let lines = [member(&format!("M{number}"))];
        let request = Request::new(group(&lines), Stamp::AsSent, Form::Refusals, move |answer| {
            sender.send((number, answer)).expect("the test listens");
        });
        writer.submit(request).expect("there is room");
    }
    store.wait_for_appends(1);
    assert!(receiver.try_recv().is_err(), "the first commit is held");
    store.let_go();
    for number in 0..50 {
        let (answered, answer) = receiver.recv_timeout(Duration::from_secs(60)).expect("answered");
        assert_eq!((answered, answer.expect("applied").first_seq), (number, number + 1));
    }
    writer.close().expect("closed");
    let batches = store.batches();
    assert!(batches.len() <= 4, "50 requests took {} batches", batches.len());
    assert_eq!(batches.last().map(Batch::last_seq), Some(50));
}

#[test]
fn a_full_queue_says_when_to_come_back() {
    let (store, place) = faulty();
    store.fates(&[Fate::Held, Fate::Held, Fate::Held]);
    let limits = Limits { waiting_entries: 10, batch_entries: 1, ..Limits::default() };
    let (writer, _) = Writer::start(place, limits).expect("started");
    let offer = |number: u32| {
        let lines = [member(&format!("M{number}"))];
        writer.submit(Request::new(group(&lines), Stamp::AsSent, Form::Refusals, |_| ()))
    };
    offer(0).expect("there is room");
    store.wait_for_appends(1);
    let busy = (1..100).find_map(|number| offer(number).err()).expect("it is full");
    assert_eq!(busy.why, "10 commands are waiting");
    assert!(busy.retry_after.expect("later") >= Duration::from_millis(10));
    (0..3).for_each(|_| store.let_go());
    writer.close().expect("closed");
    assert!(store.batches().last().expect("batches").last_seq() >= 11, "what was taken is done");
}

#[test]
fn a_request_of_any_size_is_taken_alone() {
    let (_, place) = faulty();
    let limits = Limits { waiting_entries: 10, batch_entries: 5, batch_bytes: 10, ..Limits::default() };
    let (writer, _) = Writer::start(place, limits).expect("started");
    let answers = writer.ask(group(&commands(500)), Stamp::AsSent, Form::Refusals).expect("applied");
    assert_eq!((answers.first_seq, answers.last_seq), (1, 500));
}

#[test]
fn refusals_are_told_with_their_seq() {
    let (_, place) = faulty();
    let writer = start(&place);
    let lines = [member("M1"), member("M1"), "none".to_string(), member("M2")];
    let answers = writer.ask(group(&lines), Stamp::AsSent, Form::Refusals).expect("applied");
    let refused: Vec<_> = answers.refused.iter().map(|(seq, refusal)| (*seq, refusal.code())).collect();
    assert_eq!(refused, [(2, "already_exists"), (3, "malformed")]);
    assert_eq!(answers.json, "");
}

#[test]
fn stamped_commands_get_the_clock_which_never_runs_back() {
    let (store, place) = faulty();
    let writer = start(&place);
    let ahead = [r#"{"cmd":"open_member","member":"A","at":"2999-01-01T00:00:00Z"}"#.to_string()];
    writer.ask(group(&[member("M1")]), Stamp::now(), Form::Refusals).expect("applied");
    writer.ask(group(&ahead), Stamp::AsSent, Form::Refusals).expect("applied");
    let answers = writer.ask(group(&[member("M2")]), Stamp::now(), Form::Refusals).expect("applied");
    assert_eq!(answers.refused, []);
    writer.close().expect("closed");
    let mut times = Vec::new();
    for batch in store.batches() {
        for entry in linli_engine::entries::Entries::of_batch(&batch.content().entries) {
            let Body::Line(Ok(line)) = entry.expect("an entry").body else { panic!("a command") };
            times.push(line.at.expect("a time").seconds);
        }
    }
    assert!(times[0] > 1_700_000_000 && times[0] < times[1], "{times:?}");
    assert_eq!(times[1], times[2]);
}

#[test]
fn a_stream_goes_on_only_where_it_was() {
    let (_, place) = faulty();
    let writer = start(&place);
    let send = |after: u64, line: u64| {
        let text = member(&format!("M{line}"));
        let mut group = Group::of_stream("s".into(), after);
        group.push_line(Origin::of(line, text.as_bytes()), &Line::read(line, text.as_bytes()));
        writer.ask(group, Stamp::AsSent, Form::Refusals)
    };
    send(0, 3).expect("the first");
    let why = "the stream s has brought its lines up to 3, not up to 5".to_string();
    assert_eq!(send(5, 6), Err(Unanswered::OutOfTurn { why }));
    assert!(send(0, 3).is_err());
    send(3, 4).expect("the next");
    assert_eq!(writer.close().expect("closed").streams().get("s").map(|stream| stream.last_line), Some(4));
}

#[test]
fn a_second_writer_is_refused_while_the_first_lives() {
    let dir = tempfile::tempdir().expect("a folder");
    let place = place(dir.path());
    let first = start(&place);
    let refused = Writer::start(place.clone(), Limits::default()).map(|_| ()).expect_err("taken");
    assert!(refused.to_string().starts_with("another process writes to this journal: "), "{refused}");
    drop(first);
    start(&place);
}

#[test]
fn a_journal_that_does_not_replay_to_its_digests_is_refused() {
    let (store, place) = faulty();
    let writer = start(&place);
    writer.ask(group(&[member("M1")]), Stamp::AsSent, Form::Refusals).expect("applied");
    writer.close().expect("closed");
    let sound = store.batches()[0].clone();
    let mut forged = sound.content().clone();
    forged.results.0[0] ^= 1;
    let other = Faulty::new(PLAN);
    other.append_behind(Batch::after(sound.follows(), forged));
    let place = Place { store: Arc::new(other), ..place };
    let fault = Writer::start(place, Limits::default()).map(|_| ()).expect_err("diverged");
    assert!(
        fault.to_string().starts_with("replaying the batch that begins at seq 1 gives other results: "),
        "{fault}"
    );
}

#[test]
fn what_the_writer_leaves_is_what_a_replica_finds() {
    let dir = tempfile::tempdir().expect("a folder");
    let place = place(dir.path());
    let writer = start(&place);
    writer.ask(group(&commands(800)), Stamp::AsSent, Form::Refusals).expect("applied");
    let left = writer.close().expect("closed");
    let mut journal = place.store.read().expect("opened");
    let mut found = Replica::genesis(journal.header()).expect("a plan");
    found.catch_up(&mut *journal, 800, |_| ()).expect("it replays");
    assert_eq!((found.tip(), found.economy().digest()), (left.tip(), left.economy().digest()));
}
