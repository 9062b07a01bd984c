//! What holds on SQLite holds on PostgreSQL: a part of these tests that touches everything the service keeps runs again,
//! with journal, vault, outbox and snapshots in a database. Must not be added here: a test of its own.

use crate::support::kept::IN_POSTGRES;
use std::process::Command;

/// Those whose name has one of these.
const AGAIN: [&str; 9] = [
    "commands::",
    "desk::",
    "idempotency::",
    "orders::",
    "people::",
    "reads::",
    "refunds::",
    "voucher_money::",
    "walk::",
];

#[test]
fn the_same_holds_where_everything_is_in_postgresql() {
    if std::env::var_os(IN_POSTGRES).is_some() {
        return;
    }
    let this = std::env::current_exe().expect("this very program");
    let run = Command::new(this).args(AGAIN).env(IN_POSTGRES, "1").output().expect("it runs");
    let text = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{text}");
    let passed = text.split("test result: ok. ").nth(1).and_then(|rest| rest.split(' ').next());
    assert!(passed.and_then(|count| count.parse().ok()).is_some_and(|count: u32| count > 30), "{text}");
}
