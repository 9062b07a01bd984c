//! The books of a view, over random worlds: kept entry by entry they are what a look at everything finds.

use crate::read::place::{parts, random_lines};
use crate::support::group;
use linli_engine::{Books, Form, Limits, Place, SnapshotFolder, Stamp, View, Writer};
use linli_journal::{Header, SqliteStore, Store};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

const LONG: Duration = Duration::from_secs(60);

fn start(folder: &Path, plan: &str) -> (Writer, View) {
    let store = SqliteStore::new(folder.join("journal.db"));
    store.create(&Header::new(plan.into())).expect("created");
    let snapshots = Arc::new(SnapshotFolder::new(folder.join("snapshots")));
    let place = Place { store: Arc::new(store), snapshots };
    let (writer, view, _) = Writer::start_with_view(place, Limits::default()).expect("started");
    (writer, view)
}

/// Applies a random world part by part, and looks at it after each part.
fn over_random_worlds(mut look: impl FnMut(u64, &View)) {
    for seed in 1..=6 {
        let folder = tempfile::tempdir().expect("a folder");
        let (plan, lines) = random_lines(seed, 600);
        let (writer, view) = start(folder.path(), &plan);
        for part in parts(seed, &lines) {
            let answers = writer.ask(group(part), Stamp::AsSent, Form::Refusals).expect("applied");
            assert!(view.wait_for(answers.last_seq, LONG));
            look(seed, &view);
        }
    }
}

#[test]
fn what_is_pending_is_what_the_paid_orders_say() {
    let mut reached = 0;
    over_random_worlds(|seed, view| {
        let both =
            view.read_books(|replica, books| (books.pending().clone(), Books::of(replica).pending().clone()));
        let (kept, found) = both.expect("it follows");
        assert_eq!(kept, found, "seed {seed}");
        reached += usize::from(!kept.is_empty());
    });
    assert!(reached > 20, "something was pending {reached} times");
}
