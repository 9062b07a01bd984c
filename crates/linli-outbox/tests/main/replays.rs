//! Every sentence of the trait, on both stores: replaying.

use crate::support::{NOW, attempt, claim_one, due, find, on_both, open, row, row_to};
use linli_outbox::store::{Again, Changes, Filter, Next};
use linli_outbox::{Outbox, State};

/// Delivers everything that is due.
fn deliver_all(outbox: &mut dyn Outbox, now: i64) -> usize {
    let claims = outbox.claim(&due(now, 100)).expect("claimed");
    for claim in &claims {
        assert!(outbox.record(claim, &attempt(now), Next::Done { at: now }).expect("recorded"));
    }
    claims.len()
}

#[test]
fn a_row_that_has_ended_is_delivered_again_from_its_first_attempt_on() {
    on_both(|store| {
        let mut outbox = open(&store);
        outbox.add(&[row(1), row(2)]).expect("added");
        for claim in outbox.claim(&due(NOW, 2)).expect("claimed") {
            let next = if claim.row.row.seq() == 1 { Next::Done { at: NOW } } else { Next::Dead { at: NOW } };
            outbox.record(&claim, &attempt(NOW), next).expect("recorded");
        }
        for key in ["webhook:E1:1", "webhook:E1:2"] {
            assert!(outbox.replay(key, NOW + 10).expect("replayed"));
            let row = find(&mut *outbox, key);
            assert_eq!((row.state, row.attempts, row.ended_at), (State::Pending, 0, None));
            assert_eq!(row.row.due_at(), NOW + 10);
        }
        assert!(!outbox.replay("webhook:E1:3", NOW).expect("there is none"));
        assert_eq!(deliver_all(&mut *outbox, NOW + 10), 2);
    });
}

#[test]
fn a_row_that_waits_is_tried_now_and_one_that_is_being_delivered_is_not() {
    on_both(|store| {
        let mut outbox = open(&store);
        outbox.add(&[row(1)]).expect("added");
        let claim = claim_one(&mut *outbox, NOW);
        assert!(!outbox.replay("webhook:E1:1", NOW).expect("it is being delivered"));
        let again = Next::Again { due_at: NOW + 9_000, attempts: 4 };
        outbox.record(&claim, &attempt(NOW), again).expect("recorded");
        assert!(outbox.replay("webhook:E1:1", NOW + 1).expect("replayed"));
        assert_eq!(claim_one(&mut *outbox, NOW + 1).row.attempts, 0);
    });
}

#[test]
fn a_delivery_from_before_the_replay_does_not_end_it() {
    on_both(|store| {
        let mut outbox = open(&store);
        outbox.add(&[row(1)]).expect("added");
        let late = claim_one(&mut *outbox, NOW);
        let claim = claim_one(&mut *outbox, NOW + 60);
        outbox.record(&claim, &attempt(NOW + 60), Next::Done { at: NOW + 60 }).expect("recorded");
        outbox.replay("webhook:E1:1", NOW + 61).expect("replayed");
        assert!(!outbox.record(&late, &attempt(NOW + 62), Next::Done { at: NOW + 62 }).expect("recorded"));
        assert_eq!(deliver_all(&mut *outbox, NOW + 62), 1);
    });
}

#[test]
fn a_range_is_replayed_for_one_target_as_far_as_it_has_ended() {
    on_both(|store| {
        let mut outbox = open(&store);
        let rows: Vec<_> = (1..=9).flat_map(|seq| [row_to("E1", seq, NOW), row_to("E2", seq, NOW)]).collect();
        outbox.follow(0, 9, &rows).expect("followed");
        assert_eq!(deliver_all(&mut *outbox, NOW), 18);
        outbox.add(&[row_to("E1", 10, NOW + 500)]).expect("added");
        assert_eq!(outbox.replay_range("E1", 4, 10, NOW + 1).expect("replayed"), 6);
        assert_eq!(outbox.replay_range("E1", 4, 10, NOW + 1).expect("none of them has ended"), 0);
        assert_eq!(outbox.replay_range("E3", 0, u64::MAX, NOW + 1).expect("nobody"), 0);
        let claims = outbox.claim(&due(NOW + 1, 100)).expect("claimed");
        let mut seqs: Vec<_> =
            claims.iter().map(|claim| (claim.row.row.target(), claim.row.row.seq())).collect();
        seqs.sort_unstable();
        assert_eq!(seqs, (4..=9).map(|seq| ("E1", seq)).collect::<Vec<_>>());
    });
}

#[test]
fn what_is_sent_again_follows_with_its_entry_once() {
    on_both(|store| {
        let mut outbox = open(&store);
        outbox.follow(0, 2, &[row(1), row(2)]).expect("followed");
        for claim in outbox.claim(&due(NOW, 2)).expect("claimed") {
            assert!(outbox.record(&claim, &attempt(NOW), Next::Dead { at: NOW }).expect("recorded"));
        }
        let one = Again::One { key: row(1).key().into(), at: NOW + 5 };
        let range = Again::Range { target: "E1".into(), first: 2, last: 9, at: NOW + 6 };
        let changes = Changes { again: vec![one, range], ..Changes::default() };
        outbox.follow_all(2, 3, &changes).expect("followed");
        outbox.follow_all(2, 3, &changes).expect_err("it has followed");
        let mut due: Vec<_> = outbox.rows(&Filter::default(), 9).expect("rows");
        due.sort_by_key(|row| row.id);
        let due: Vec<_> = due.iter().map(|row| (row.state, row.row.due_at())).collect();
        assert_eq!(due, [(State::Pending, NOW + 5), (State::Pending, NOW + 6)]);
    });
}
