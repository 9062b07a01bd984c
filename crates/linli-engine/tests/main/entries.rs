//! The binary form of batches: golden bytes that never change, and what is no batch.

use linli_economy::command::{Line, malformed};
use linli_economy::time::Instant;
use linli_engine::entries::{Body, Entries};
use linli_engine::{Group, Origin};
use linli_platform::{Actor, Deed, KeyAct};

const ORDER: &str = r#"{"cmd":"settle","order":"O1","member":"M1","store":"S1","amount":"12.34"}"#;

fn batch() -> Vec<u8> {
    let mut alone = Group::new();
    alone.push(&Line::read(1, ORDER.as_bytes()));
    alone.push(&Err(malformed(7, "what is this")));
    let mut stream = Group::of_stream("tills".into(), 4);
    stream.push_line(Origin::of(300, ORDER.as_bytes()), &Line::read(300, ORDER.as_bytes()));
    let mut batch = Vec::new();
    alone.append_to(&mut batch);
    stream.append_to(&mut batch);
    batch
}

#[test]
fn a_batch_has_the_bytes_that_it_always_had() {
    let hex: String = batch().iter().map(|byte| format!("{byte:02x}")).collect();
    let order = "0012000d024f3101024d310253310531322e3334";
    let alone = format!("0002{order}01146c696e6520373a20776861742069732074686973");
    let stream = format!("0574696c6c7301ac027d18b6c3dc994a240a4406707bda98dc{order}");
    assert_eq!(hex, alone + &stream);
}

#[test]
fn an_act_has_the_bytes_that_it_always_had() {
    let deed = Deed::new(Actor::Machine, KeyAct::End { id: "till".into() });
    let at = Instant { seconds: 1_700_000_000, nanoseconds: 5 };
    let mut group = Group::new();
    group.push_act(Some(at), &deed);
    let mut batch = Vec::new();
    group.append_to(&mut batch);
    let hex: String = batch.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, "000102 0f 0180c49fd50c05 0000010474696c6c".replace(' ', ""));
    let entry = Entries::of_batch(&batch).next().expect("an entry").expect("an act");
    assert!(matches!(entry.body, Body::Act(done) if done.at == Some(at) && done.deed == deed));
}

#[test]
fn entries_come_back_with_their_origin() {
    let batch = batch();
    let entries: Vec<_> = Entries::of_batch(&batch).collect::<Result<_, _>>().expect("a batch");
    let line = Line::read(1, ORDER.as_bytes()).expect("a command");
    assert_eq!(entries.len(), 3);
    assert_eq!((entries[0].origin, entries[0].body.command()), (None, Some(&line.command)));
    let refused = malformed(7, "what is this");
    assert!(matches!(&entries[1].body, Body::Line(Err(refusal)) if *refusal == refused));
    let origin = Origin::of(300, ORDER.as_bytes());
    assert_eq!(
        (entries[2].origin, entries[2].body.command()),
        (Some(("tills", origin)), Some(&line.command))
    );
}

#[test]
fn what_is_cut_is_no_batch() {
    let batch = batch();
    let whole =
        |bytes: &[u8]| Entries::of_batch(bytes).collect::<Result<Vec<_>, _>>().map(|entries| entries.len());
    let ends: Vec<usize> = (0..=batch.len()).filter(|&end| whole(&batch[..end]).is_ok()).collect();
    let first_group = batch.len() - 7 - 18 - 2 - 18;
    assert_eq!(ends, [0, first_group, batch.len()]);
}

#[test]
fn other_forms_are_refused_by_name() {
    let mut group = Group::new();
    group.push(&Err(malformed(1, "x")));
    let mut batch = Vec::new();
    group.append_to(&mut batch);
    batch[2] = 9;
    let fault = Entries::of_batch(&batch).next().expect("an entry").expect_err("no entry");
    assert_eq!(fault, "an entry has the unknown form 9");
}
