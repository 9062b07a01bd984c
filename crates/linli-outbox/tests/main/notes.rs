//! Every sentence of the trait, on both stores: notes.

use crate::support::{NOW, on_both, open};
use linli_outbox::store::{Changes, NewNote, Note, NoteFilter, Read, Which};

fn note(account: &str, seq: u64, kind: &str) -> NewNote {
    NewNote {
        key: format!("{seq}-{account}"),
        account: account.into(),
        kind: kind.into(),
        template: "order_paid".into(),
        params: r#"{"amount":"1.00"}"#.into(),
        seq,
        at: NOW,
    }
}

fn of(account: &str) -> NoteFilter<'_> {
    NoteFilter { account, key: None, kind: None, unread_only: false, before: None }
}

fn seqs(notes: &[Note]) -> Vec<u64> {
    notes.iter().map(|note| note.note.seq).collect()
}

fn read(account: &str, which: Which) -> Changes {
    Changes { reads: vec![Read { account: account.into(), which, at: NOW + 9 }], ..Changes::default() }
}

#[test]
fn each_account_has_its_own_notes_the_latest_first_page_by_page() {
    on_both(|store| {
        let mut outbox = open(&store);
        let notes =
            vec![note("a", 1, "order"), note("b", 2, "order"), note("a", 3, "rule"), note("a", 4, "order")];
        outbox.follow_all(0, 4, &Changes { notes: notes.clone(), ..Changes::default() }).expect("followed");
        let all = outbox.notes(&of("a"), 9).expect("listed");
        assert_eq!((seqs(&all), &all[2].note, all[2].read_at), (vec![4, 3, 1], &notes[0], None));
        let page = outbox.notes(&NoteFilter { before: Some(all[0].id), ..of("a") }, 1).expect("listed");
        assert_eq!(seqs(&page), [3]);
        let orders = outbox.notes(&NoteFilter { kind: Some("order"), ..of("a") }, 9).expect("listed");
        assert_eq!(seqs(&orders), [4, 1]);
        assert!(outbox.notes(&NoteFilter { key: Some("2-b"), ..of("a") }, 9).expect("listed").is_empty());
        assert_eq!((outbox.unread("a").expect("counted"), outbox.unread("c").expect("counted")), (3, 0));
    });
}

#[test]
fn what_is_read_is_read_once_and_by_whom_it_is_for() {
    on_both(|store| {
        let mut outbox = open(&store);
        let notes = (1..=4).map(|seq| note("a", seq, "order")).chain([note("b", 2, "order")]).collect();
        outbox.follow_all(0, 4, &Changes { notes, ..Changes::default() }).expect("followed");
        let keys = vec!["2-a".to_owned(), "2-b".to_owned(), "9-a".to_owned()];
        outbox.follow_all(4, 5, &read("a", Which::Keys(keys))).expect("followed");
        assert_eq!((outbox.unread("a").expect("counted"), outbox.unread("b").expect("counted")), (3, 1));
        outbox.follow_all(5, 6, &read("a", Which::UpTo(3))).expect("followed");
        outbox.follow_all(5, 6, &read("a", Which::UpTo(9))).expect_err("it has followed");
        let unread = outbox.notes(&NoteFilter { unread_only: true, ..of("a") }, 9).expect("listed");
        assert_eq!(seqs(&unread), [4]);
        let read = outbox.notes(&of("a"), 9).expect("listed");
        assert_eq!(read[1].read_at, Some(NOW + 9));
    });
}
