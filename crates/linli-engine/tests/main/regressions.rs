//! Faults of shipped products, where they would bite here: many callers at once, restarts, repeats. Each test is
//! named after what must not happen again.

use crate::support::{commands, group, member, place};
use linli_engine::statement::statement;
use linli_engine::{Answers, Form, Limits, Place, Stamp, Writer, snapshots};
use std::collections::BTreeMap;
use std::thread;

fn start(place: &Place) -> Writer {
    Writer::start(place.clone(), Limits::default()).expect("started").0
}

fn ask(writer: &Writer, lines: &[String]) -> Answers {
    writer.ask(group(lines), Stamp::now(), Form::Json).expect("applied")
}

/// A member with a store and an order of a thousand yuan.
fn opened(writer: &Writer) {
    let answers = ask(
        writer,
        &[
            member("M1"),
            r#"{"cmd":"open_store","store":"S","owner":"M1","district":"440106"}"#.into(),
            r#"{"cmd":"settle","order":"O","member":"M1","store":"S","amount":"1000.00"}"#.into(),
            r#"{"cmd":"deposit","id":"D","store":"S","amount":"100.00"}"#.into(),
        ],
    );
    assert_eq!(answers.refused, []);
}

/// Eight callers at once, each with a line of its own number; gives the codes of the refused and how many were not.
fn at_once(writer: &Writer, line: impl Fn(u32) -> String + Sync) -> (Vec<&'static str>, usize) {
    let answers: Vec<Answers> = thread::scope(|scope| {
        let asking: Vec<_> = (0..8)
            .map(|caller| {
                scope.spawn({
                    let line = &line;
                    move || ask(writer, &[line(caller)])
                })
            })
            .collect();
        asking.into_iter().map(|asking| asking.join().expect("no panic")).collect()
    });
    let refused: Vec<_> =
        answers.iter().flat_map(|answers| &answers.refused).map(|(_, refusal)| refusal.code()).collect();
    let accepted = answers.len() - refused.len();
    (refused, accepted)
}

#[test]
fn two_refunds_at_once_never_exceed_what_was_paid() {
    let dir = tempfile::tempdir().expect("a folder");
    let writer = start(&place(dir.path()));
    opened(&writer);
    let refund = |caller| format!(r#"{{"cmd":"refund","refund":"R{caller}","order":"O","amount":"600.00"}}"#);
    assert_eq!(at_once(&writer, refund), (vec!["over_refund"; 7], 1));
}

#[test]
fn a_refund_that_is_repeated_at_once_gets_its_first_result_and_is_applied_once() {
    let dir = tempfile::tempdir().expect("a folder");
    let writer = start(&place(dir.path()));
    opened(&writer);
    let refund = |_| r#"{"cmd":"refund","refund":"R","order":"O","amount":"100.00"}"#.to_string();
    assert_eq!(at_once(&writer, refund), (vec![], 8));
    let replica = writer.close().expect("closed");
    assert_eq!(replica.economy().state().orders()[0].refunded, 10_000);
}

#[test]
fn the_same_money_is_withdrawn_once_however_many_ask_at_once() {
    let dir = tempfile::tempdir().expect("a folder");
    let writer = start(&place(dir.path()));
    opened(&writer);
    let withdraw = |caller| format!(r#"{{"cmd":"withdraw","id":"W{caller}","store":"S","amount":"500.00"}}"#);
    assert_eq!(at_once(&writer, withdraw), (vec!["insufficient_funds"; 7], 1));
}

#[test]
fn a_payout_that_was_rejected_is_neither_rejected_nor_paid_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let writer = start(&place(dir.path()));
    opened(&writer);
    ask(&writer, &[r#"{"cmd":"withdraw","id":"W","store":"S","amount":"100.00"}"#.into()]);
    let end = |caller: u32| {
        let command = if caller.is_multiple_of(2) { "payout_failed" } else { "payout_done" };
        format!(r#"{{"cmd":"{command}","id":"W"}}"#)
    };
    assert_eq!(at_once(&writer, end), (vec!["payout_closed"; 7], 1));
}

#[test]
fn an_id_is_bound_to_its_body_and_never_forgotten() {
    let dir = tempfile::tempdir().expect("a folder");
    let place = place(dir.path());
    let writer = start(&place);
    opened(&writer);
    writer.close().expect("closed");
    snapshots::make(&*place.snapshots, &mut *place.store.read().expect("opened")).expect("made");
    let writer = start(&place);
    let deposit = |amount: &str| format!(r#"{{"cmd":"deposit","id":"D","store":"S","amount":"{amount}"}}"#);
    let much_later = deposit("100.00").replace('}', r#","at":"2999-01-01T00:00:00Z"}"#);
    let again = writer.ask(group(&[much_later]), Stamp::AsSent, Form::Json).expect("applied");
    assert!(again.json.contains(r#""replayed":true"#), "{}", again.json);
    let other = ask(&writer, &[deposit("100.01")]);
    assert_eq!(other.refused[0].1.code(), "id_reused");
}

#[test]
fn the_statement_of_every_account_sums_to_its_balance() {
    let dir = tempfile::tempdir().expect("a folder");
    let place = place(dir.path());
    let writer = start(&place);
    opened(&writer);
    ask(
        &writer,
        &[
            r#"{"cmd":"pay","order":"P","member":"M1","store":"S","amount":"50.00"}"#.into(),
            r#"{"cmd":"cancel","cancel":"C","order":"P","amount":"20.00"}"#.into(),
            r#"{"cmd":"settle","order":"P"}"#.into(),
            r#"{"cmd":"refund","refund":"R","order":"O","amount":"999.99"}"#.into(),
        ],
    );
    writer.ask(group(&commands(500)), Stamp::AsSent, Form::Refusals).expect("applied");
    let replica = writer.close().expect("closed");
    for (account, asset, amount) in replica.economy().balances() {
        let mut last = BTreeMap::new();
        statement(
            &*place.store,
            &account,
            |_, _| (),
            |line| {
                let sum = last.entry(line.asset).or_insert(0);
                *sum += line.amount;
                assert_eq!(*sum, line.balance, "{account}, seq {}", line.seq);
            },
        )
        .expect("it replays");
        assert_eq!(last.get(&asset), Some(&amount), "{account}");
    }
}
