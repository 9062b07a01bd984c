//! Every sentence of the trait, on both stores: claiming, releasing and recording.

use crate::support::{NOW, attempt, claim_one, due, find, keys, on_both, open, row, row_to};
use linli_outbox::store::{Claim, Due, Filter, Next};
use linli_outbox::{NewRow, State};
use std::collections::BTreeSet;
use std::thread;

fn sorted(claims: &[Claim]) -> Vec<String> {
    let mut keys = keys(claims.iter().map(|claim| &claim.row));
    keys.sort();
    keys
}

#[test]
fn what_is_due_longest_is_claimed_first_and_only_what_is_wanted() {
    on_both(|store| {
        let mut outbox = open(&store);
        let notice = NewRow::new("notice:1", "notice", "P1", 1, vec![1], NOW - 9).expect("a row");
        let rows = [
            row_to("E1", 1, NOW),
            row_to("E1", 2, NOW - 2),
            row_to("E2", 3, NOW - 3),
            row_to("E1", 4, NOW + 1),
        ];
        outbox.add(&rows).expect("added");
        outbox.add(&[notice]).expect("added");
        assert_eq!(outbox.next_due().expect("read"), Some(NOW - 9));
        let first = outbox.claim(&Due { but_targets: &["E2"], ..due(NOW, 1) }).expect("claimed");
        assert_eq!(sorted(&first), ["webhook:E1:2"]);
        assert_eq!((first[0].row.row.payload(), first[0].row.state), (rows[1].payload(), State::Pending));
        assert_eq!(sorted(&outbox.claim(&due(NOW, 9)).expect("claimed")), ["webhook:E1:1", "webhook:E2:3"]);
        assert_eq!(outbox.claim(&Due { kinds: &[], ..due(NOW, 9) }).expect("claimed"), []);
        let both = Due { kinds: &["notice", "webhook"], ..due(NOW + 1, 9) };
        assert_eq!(sorted(&outbox.claim(&both).expect("claimed")), ["notice:1", "webhook:E1:4"]);
        assert_eq!(outbox.claim(&due(NOW, 0)).expect("claimed"), []);
    });
}

#[test]
fn a_claimed_row_is_nobody_elses_until_the_claim_ends() {
    on_both(|store| {
        let (mut one, mut other) = (open(&store), open(&store));
        one.add(&[row(1)]).expect("added");
        let claim = claim_one(&mut *one, NOW);
        assert_eq!(other.claim(&due(NOW + 59, 9)).expect("claimed"), []);
        let again = claim_one(&mut *other, NOW + 60);
        assert_eq!(again.row.row.key(), claim.row.row.key());
        assert_eq!(again.row.attempts, 0, "a lost claim is no attempt");
    });
}

#[test]
fn workers_never_claim_the_same_row() {
    on_both(|store| {
        let rows: Vec<_> = (1..=300).map(row).collect();
        open(&store).add(&rows).expect("added");
        let claim_all = |_| {
            let store = store.clone();
            thread::spawn(move || {
                let (mut outbox, mut mine) = (open(&store), Vec::new());
                loop {
                    let claims = outbox.claim(&due(NOW, 7)).expect("claimed");
                    if claims.is_empty() {
                        return mine;
                    }
                    mine.extend(sorted(&claims));
                }
            })
        };
        let workers: Vec<_> = (0..3).map(claim_all).collect();
        let claimed: Vec<_> =
            workers.into_iter().flat_map(|worker| worker.join().expect("no panic")).collect();
        let different: BTreeSet<_> = claimed.iter().collect();
        assert_eq!((claimed.len(), different.len()), (300, 300));
    });
}

#[test]
fn what_was_not_tried_is_given_back() {
    on_both(|store| {
        let mut outbox = open(&store);
        outbox.add(&[row(1), row(2)]).expect("added");
        let claims = outbox.claim(&due(NOW, 2)).expect("claimed");
        outbox.release(&claims[..1], NOW + 3).expect("released");
        assert_eq!(outbox.claim(&due(NOW + 2, 9)).expect("claimed"), []);
        let back = claim_one(&mut *outbox, NOW + 3);
        assert_eq!(back.row.id, claims[0].row.id);
        // Somebody has it now.
        outbox.release(&claims[..1], NOW).expect("nothing to release");
        assert_eq!(outbox.claim(&due(NOW + 3, 9)).expect("claimed"), []);
        outbox.record(&back, &attempt(NOW), Next::Done { at: NOW }).expect("recorded");
        outbox.release(&[back], NOW).expect("nothing to release");
        assert_eq!(outbox.claim(&due(NOW + 3, 9)).expect("claimed"), []);
    });
}

#[test]
fn an_attempt_is_logged_once_however_often_it_is_recorded() {
    on_both(|store| {
        let mut outbox = open(&store);
        outbox.add(&[row(1)]).expect("added");
        let claim = claim_one(&mut *outbox, NOW);
        for _ in 0..3 {
            let again = Next::Again { due_at: NOW + 5, attempts: 1 };
            assert!(outbox.record(&claim, &attempt(NOW), again).expect("recorded"));
        }
        assert_eq!(outbox.log(&Filter::default(), 9).expect("the log").len(), 1);
        assert_eq!(find(&mut *outbox, "webhook:E1:1").attempts, 1);
    });
}

#[test]
fn a_late_failure_is_logged_and_changes_nothing() {
    on_both(|store| {
        let mut outbox = open(&store);
        outbox.add(&[row(1)]).expect("added");
        let late = claim_one(&mut *outbox, NOW);
        let claim = claim_one(&mut *outbox, NOW + 60);
        for next in [Next::Again { due_at: NOW, attempts: 9 }, Next::Dead { at: NOW }] {
            assert!(!outbox.record(&late, &attempt(NOW), next).expect("recorded"));
        }
        assert_eq!(outbox.claim(&due(NOW + 61, 9)).expect("claimed"), [], "the other still has it");
        assert!(outbox.record(&claim, &attempt(NOW + 61), Next::Done { at: NOW + 61 }).expect("recorded"));
        assert_eq!(outbox.log(&Filter::default(), 9).expect("the log").len(), 2);
        assert_eq!(find(&mut *outbox, "webhook:E1:1").state, State::Done);
    });
}

#[test]
fn a_late_success_holds_against_whoever_fails_afterwards() {
    on_both(|store| {
        let mut outbox = open(&store);
        outbox.add(&[row(1)]).expect("added");
        let late = claim_one(&mut *outbox, NOW);
        let claim = claim_one(&mut *outbox, NOW + 60);
        assert!(outbox.record(&late, &attempt(NOW + 61), Next::Done { at: NOW + 61 }).expect("recorded"));
        for next in [Next::Again { due_at: NOW, attempts: 1 }, Next::Dead { at: NOW }, Next::Done { at: NOW }]
        {
            assert!(!outbox.record(&claim, &attempt(NOW + 62), next).expect("recorded"));
        }
        let row = find(&mut *outbox, "webhook:E1:1");
        assert_eq!((row.state, row.ended_at), (State::Done, Some(NOW + 61)));
        assert_eq!(outbox.claim(&due(i64::MAX / 2, 9)).expect("claimed"), []);
    });
}
