//! Servers that end, by a crash or in order, and servers that would lose something if they did.

use super::{append, batch, header, refusal, sql, store};
use linli_journal::{Fault, Journal, Store, Tip};
use linli_test_postgres::Server;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// Appends until the server is gone, and tells each tip that was acknowledged.
fn append_until_the_end(mut journal: Box<dyn Journal>, acknowledged: &Sender<Tip>) -> Fault {
    let mut tip = journal.tip().expect("a tip");
    loop {
        let batch = batch(tip, &[7; 10_000]);
        if let Err(fault) = journal.append(std::slice::from_ref(&batch)) {
            return fault;
        }
        tip = batch.tip();
        acknowledged.send(tip).expect("the test listens");
    }
}

fn after_some(acknowledged: &Receiver<Tip>) -> Tip {
    let mut tips = (0..20).map(|_| acknowledged.recv_timeout(Duration::from_secs(60)).expect("appended"));
    tips.next_back().expect("some")
}

#[test]
fn what_was_acknowledged_survives_each_end_of_the_server() {
    let mut server = Server::start();
    let url = server.database();
    store(&url).create(&header()).expect("created");
    for end in [Server::kill, Server::stop] {
        let (sender, acknowledged) = channel();
        let journal = store(&url).write().expect("opened");
        let appending = thread::spawn(move || append_until_the_end(journal, &sender));
        let mut last = after_some(&acknowledged);
        end(&mut server);
        let fault = appending.join().expect("no panic");
        assert!(matches!(fault, Fault::Unavailable { .. }) && fault.is_retryable(), "{fault:?}");
        let fault = refusal(store(&url).write());
        assert!(fault.is_retryable(), "{fault:?}");
        last = acknowledged.try_iter().last().unwrap_or(last);
        server.start_again();
        let mut journal = store(&url).write().expect("opened again");
        let tip = journal.tip().expect("a tip");
        assert!(tip == last || tip.seq == last.seq + 2, "acknowledged {last:?}, found {tip:?}");
        let batches = journal.read(0, usize::MAX).expect("sound");
        assert_eq!(batches.last().expect("some").tip(), tip);
        assert!(batches.iter().any(|batch| batch.tip() == last));
    }
}

#[test]
fn a_server_that_may_lose_what_it_acknowledged_is_refused() {
    let mut server = Server::start();
    let url = server.database();
    store(&url).create(&header()).expect("created");
    append(&mut *store(&url).write().expect("opened"), 1);
    for setting in ["fsync", "full_page_writes"] {
        sql(&url, &format!("ALTER SYSTEM SET {setting} = off"));
        server.restart();
        let created = store(&url).create(&header()).expect_err("refused");
        for fault in [created, refusal(store(&url).write()), refusal(store(&url).rival())] {
            let Fault::Unsafe { what } = fault else { panic!("{fault:?}") };
            assert!(what.contains(&format!("{setting}=off")), "{what}");
        }
        assert_eq!(store(&url).read().expect("nothing is lost by reading").tip().expect("a tip").seq, 2);
        sql(&url, &format!("ALTER SYSTEM RESET {setting}"));
    }
}
