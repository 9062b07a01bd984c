//! A power cut while the log is written back into the journal and then begun anew, which happens once it has four
//! thousand pages. Each commit here is one line, so that it comes to that many.

use super::crash_points::{failures_of, none};
use super::recorder::{Event, Recorder, Shop};
use super::trace::Action;

/// Lines, each committed by itself: enough for one checkpoint, and for commits to the log that is begun anew.
const LINES: usize = 3_950;

/// Crash points before the first write of the checkpoint, and after its last.
const BEFORE: usize = 4;
const AFTER: usize = 40;

/// One write of the checkpoint in so many is a crash point too.
const STRIDE: usize = 50;

fn writes_back(event: &Event) -> bool {
    matches!(event, Event::Files(Action::Write { path, .. }) if path == "shop/journal.db")
}

fn is_answer(event: &Event) -> bool {
    matches!(event, Event::Answered(_))
}

#[test]
fn a_power_cut_around_a_checkpoint_loses_nothing_acknowledged() {
    let mut recorder = Recorder::new(LINES, Shop::Made);
    let program = recorder.folder.ingest("tills");
    assert!(recorder.run(&program, &[1; LINES], None).status.success());
    let events = &recorder.events;
    let answers = events.iter().position(is_answer).expect("answers");
    let first = answers + events[answers..].iter().position(writes_back).expect("a checkpoint");
    let next_answer = first + events[first..].iter().position(is_answer).expect("it comes before the end");
    let last = next_answer - events[..next_answer].iter().rev().position(writes_back).expect("the first") - 1;
    let is_meant = |point: usize| {
        let is_near =
            (first - BEFORE..first + BEFORE).contains(&point) || (last..last + AFTER).contains(&point);
        is_near || ((first..last).contains(&point) && point.is_multiple_of(STRIDE))
    };
    println!("the checkpoint is at {first} to {last} of {} events", events.len());
    none(&failures_of("checkpoint", &recorder, is_meant, 2));
}
