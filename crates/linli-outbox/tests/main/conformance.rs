//! Every sentence of the trait, on both stores: adding, following, listing and pruning.

use crate::support::{NOW, attempt, claim_one, due, find, keys, on_both, open, row, row_to};
use linli_outbox::store::{Filter, Next};
use linli_outbox::{NewRow, OutboxFault, State};
use std::thread;

#[test]
fn a_new_outbox_is_empty_and_has_followed_nothing() {
    on_both(|store| {
        let mut outbox = open(&store);
        assert_eq!(outbox.checkpoint().expect("read"), 0);
        assert_eq!(outbox.next_due().expect("read"), None);
        assert_eq!(outbox.rows(&Filter::default(), 10).expect("read"), []);
        assert_eq!(outbox.claim(&due(NOW, 10)).expect("claimed"), []);
    });
}

#[test]
fn rows_and_checkpoint_are_kept_together_and_stay() {
    on_both(|store| {
        open(&store).follow(0, 7, &[row(3), row(7)]).expect("followed");
        let mut again = open(&store);
        again.follow(7, 9, &[]).expect("nothing followed from these entries");
        assert_eq!(again.checkpoint().expect("read"), 9);
        assert_eq!(again.next_due().expect("read"), Some(NOW));
        let kept = find(&mut *again, "webhook:E1:3");
        assert_eq!((kept.row, kept.state, kept.attempts, kept.ended_at), (row(3), State::Pending, 0, None));
    });
}

#[test]
fn who_does_not_follow_the_checkpoint_adds_nothing() {
    on_both(|store| {
        let mut outbox = open(&store);
        outbox.follow(0, 7, &[row(3)]).expect("followed");
        for (from, to) in [(0, 9), (6, 9), (8, 9), (7, 6), (u64::MAX, u64::MAX)] {
            let fault = outbox.follow(from, to, &[row(8)]).expect_err("elsewhere");
            assert_eq!(fault.code(), "outbox_fenced", "{from} to {to}");
            assert!(matches!(fault, OutboxFault::Fenced { found: 7, .. }) || to < from, "{fault}");
        }
        assert_eq!(outbox.checkpoint().expect("read"), 7);
        assert_eq!(outbox.rows(&Filter::default(), 10).expect("read").len(), 1);
    });
}

#[test]
fn of_two_followers_one_goes_on() {
    on_both(|store| {
        drop(open(&store));
        let follow = |_| {
            let store = store.clone();
            thread::spawn(move || open(&store).follow(0, 5, &[row(5)]).map_err(|fault| fault.code()))
        };
        let followers: Vec<_> = (0..4).map(follow).collect();
        let mut results: Vec<_> = followers.into_iter().map(|one| one.join().expect("no panic")).collect();
        results.sort_unstable();
        assert_eq!(results, [Ok(()), Err("outbox_fenced"), Err("outbox_fenced"), Err("outbox_fenced")]);
    });
}

#[test]
fn the_same_row_again_is_nothing_new_and_another_with_its_key_is_refused() {
    on_both(|store| {
        let mut outbox = open(&store);
        outbox.add(&[row(3), row(4)]).expect("added");
        let claim = claim_one(&mut *outbox, NOW);
        outbox.record(&claim, &attempt(NOW), Next::Done { at: NOW }).expect("recorded");
        outbox.follow(0, 4, &[row(3), row_to("E1", 4, NOW + 9)]).expect("the same but for its time");
        assert_eq!(find(&mut *outbox, claim.row.row.key()).state, State::Done, "it is not delivered again");
        let other = |kind: &str, target: &str, seq, payload: &[u8]| {
            NewRow::new("webhook:E1:3", kind, target, seq, payload.to_vec(), NOW).expect("a row")
        };
        let payload = row(3).payload().to_vec();
        for other in [
            other("notice", "E1", 3, &payload),
            other("webhook", "E2", 3, &payload),
            other("webhook", "E1", 4, &payload),
            other("webhook", "E1", 3, b"{}"),
        ] {
            let fault = outbox.follow(4, 9, &[row(8), other]).expect_err("it differs");
            assert_eq!(fault.to_string(), "the outbox has another row with the key webhook:E1:3");
        }
        assert_eq!(outbox.checkpoint().expect("read"), 4);
        assert_eq!(outbox.rows(&Filter::default(), 10).expect("read").len(), 2, "row 8 was not added either");
    });
}

#[test]
fn rows_are_listed_in_pages_the_newest_first() {
    on_both(|store| {
        let mut outbox = open(&store);
        let rows: Vec<_> = (1..=5).map(|seq| row_to(if seq == 3 { "E2" } else { "E1" }, seq, NOW)).collect();
        outbox.add(&rows).expect("added");
        let mut filter = Filter { target: Some("E1"), ..Filter::default() };
        let first = outbox.rows(&filter, 2).expect("a page");
        assert_eq!(keys(&first), ["webhook:E1:5", "webhook:E1:4"]);
        filter.before = Some(first[1].id);
        let second = outbox.rows(&filter, 5).expect("a page");
        assert_eq!(keys(&second), ["webhook:E1:2", "webhook:E1:1"]);
        filter.before = Some(second[1].id);
        assert_eq!(outbox.rows(&filter, 5).expect("the end"), []);
        let done = Filter { state: Some(State::Done), ..Filter::default() };
        assert_eq!(outbox.rows(&done, 5).expect("none"), []);
    });
}

#[test]
fn the_log_keeps_each_attempt_as_it_went() {
    on_both(|store| {
        let mut outbox = open(&store);
        outbox.add(&[row(1), row_to("E2", 2, NOW)]).expect("added");
        let mut failed = attempt(NOW + 1);
        (failed.status, failed.error) = (None, Some("timeout: \u{592a}\u{6162}".into()));
        failed.answer.clear();
        for claim in outbox.claim(&due(NOW, 2)).expect("claimed") {
            let again = Next::Again { due_at: NOW + 5, attempts: 1 };
            assert!(outbox.record(&claim, &failed, again).expect("recorded"));
        }
        for claim in outbox.claim(&due(NOW + 5, 2)).expect("claimed") {
            let next = if claim.row.row.target() == "E1" {
                Next::Done { at: NOW + 6 }
            } else {
                Next::Dead { at: NOW + 6 }
            };
            assert!(outbox.record(&claim, &attempt(NOW + 6), next).expect("recorded"));
        }
        let of = |target| Filter { target: Some(target), ..Filter::default() };
        let log = outbox.log(&of("E1"), 10).expect("the log");
        let attempts: Vec<_> = log.iter().map(|logged| &logged.attempt).collect();
        assert_eq!(attempts, [&attempt(NOW + 6), &failed]);
        assert!(log.iter().all(|logged| (&*logged.key, &*logged.target) == ("webhook:E1:1", "E1")));
        let dead = Filter { state: Some(State::Dead), ..Filter::default() };
        assert_eq!(outbox.log(&dead, 10).expect("the log").len(), 2);
        let page = outbox.log(&Filter::default(), 3).expect("the log");
        let filter = Filter { before: Some(page[2].id), ..Filter::default() };
        assert_eq!(outbox.log(&filter, 3).expect("the log").len(), 1);
        let one = find(&mut *outbox, "webhook:E1:1");
        assert_eq!((one.state, one.attempts, one.ended_at), (State::Done, 2, Some(NOW + 6)));
    });
}

#[test]
fn what_was_done_long_ago_is_forgotten_in_steps_and_nothing_else_is() {
    on_both(|store| {
        let mut outbox = open(&store);
        outbox.add(&(1..=6).map(row).collect::<Vec<_>>()).expect("added");
        let claims = outbox.claim(&due(NOW, 5)).expect("claimed");
        for (claim, at) in claims.iter().zip(1..) {
            let next = if at == 2 { Next::Dead { at } } else { Next::Done { at } };
            outbox.record(claim, &attempt(at), next).expect("recorded");
        }
        let left = |outbox: &mut dyn linli_outbox::Outbox, before, most| {
            let pruned = outbox.prune(before, most).expect("pruned");
            (pruned, outbox.rows(&Filter::default(), 9).expect("rows").len())
        };
        assert_eq!(left(&mut *outbox, 1, 9), (0, 6));
        assert_eq!(left(&mut *outbox, 5, 2), (2, 4));
        assert_eq!(left(&mut *outbox, 5, 2), (1, 3));
        assert_eq!(left(&mut *outbox, 5, 2), (0, 3));
        let log = outbox.log(&Filter::default(), 9).expect("the log");
        assert_eq!(log.iter().map(|logged| logged.attempt.at).collect::<Vec<_>>(), [5, 2]);
        // An attempt at a row that is gone leaves nothing behind.
        assert!(!outbox.record(&claims[0], &attempt(9), Next::Done { at: 9 }).expect("nothing to record"));
        assert_eq!(outbox.log(&Filter::default(), 9).expect("the log").len(), 2);
    });
}
