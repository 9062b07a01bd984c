//! What a follower finds may be of another journal, of another release, damaged, or gone for a while.

use super::place::{BOTH, Kind, Shop, random_lines};
use linli_engine::read::{Follower, ReadFault, rebuild, verify};
use linli_test_postgres::Server;
use std::fs;
use std::time::Duration;

fn fault(shop: &Shop) -> ReadFault {
    Follower::open(&shop.read).map(|_| ()).expect_err("it must not be followed")
}

#[test]
fn a_transaction_that_fails_leaves_nothing_behind() {
    for kind in BOTH {
        let (plan, lines) = random_lines(400, 300);
        let shop = Shop::open(kind, &plan);
        shop.append(&lines[..100]);
        shop.follow();
        let before = shop.tables.dump();
        // Members are written late in a transaction.
        let stop = match kind {
            Kind::Sqlite => {
                "CREATE TRIGGER stop BEFORE INSERT ON members BEGIN SELECT RAISE(ABORT, 'stop'); END"
            }
            Kind::Postgres => "ALTER TABLE members ADD CONSTRAINT stop CHECK (registered_seq < 0) NOT VALID",
        };
        shop.tables.execute(stop);
        shop.append(&lines[100..]);
        let failed = Follower::open(&shop.read).expect("opened").step().expect_err("stopped");
        assert!(matches!(failed, ReadFault::Unavailable { .. }), "{failed}");
        assert_eq!(shop.tables.dump(), before);
        shop.tables.execute(match kind {
            Kind::Sqlite => "DROP TRIGGER stop",
            Kind::Postgres => "ALTER TABLE members DROP CONSTRAINT stop",
        });
        shop.follow();
        verify(&shop.read, |_, _| ()).expect("what the journal says");
    }
}

#[test]
fn a_checkpoint_that_the_journal_does_not_have_is_refused_and_a_rebuild_mends_it() {
    for kind in BOTH {
        let shop = Shop::random(kind, 410, 120);
        shop.follow();
        for stray in ["seq = 100000", "seq = 1", "hash = 'another'"] {
            shop.tables.execute(&format!("UPDATE checkpoint SET {stray}"));
            for fault in [fault(&shop), verify(&shop.read, |_, _| ()).expect_err("it is not")] {
                assert!(matches!(fault, ReadFault::Stray { .. }), "{fault}");
                assert!(
                    fault.to_string().ends_with("which the journal does not have; `linli rebuild` mends it")
                );
                assert!(!fault.is_retryable());
            }
        }
        rebuild(&shop.read, |_| ()).expect("rebuilt");
        verify(&shop.read, |_, _| ()).expect("what the journal says");
    }
}

#[test]
fn the_read_model_of_another_plan_is_stray_before_the_first_command() {
    let shop = Shop::random(Kind::Sqlite, 420, 0);
    shop.follow();
    let other = Shop::random(Kind::Sqlite, 421, 0);
    fs::copy(shop.dir.path().join("read.db"), other.dir.path().join("read.db")).expect("copied");
    assert!(matches!(fault(&other), ReadFault::Stray { .. }));
}

#[test]
fn tables_of_an_older_version_are_made_anew_and_those_of_a_newer_one_are_refused() {
    for kind in BOTH {
        let shop = Shop::random(kind, 430, 120);
        shop.follow();
        let before = shop.tables.dump();
        shop.tables.execute("UPDATE checkpoint SET version = 0");
        shop.tables.execute("DROP TABLE exits");
        assert!(matches!(verify(&shop.read, |_, _| ()), Err(ReadFault::Version { found: 0, .. })));
        shop.follow();
        assert_eq!(shop.tables.dump(), before);
        shop.tables.execute("UPDATE checkpoint SET version = 1000");
        assert!(matches!(fault(&shop), ReadFault::Version { found: 1000, .. }));
        assert_eq!(shop.tables.dump(), before, "another release's tables are left alone");
    }
}

#[test]
fn a_read_model_that_is_not_there_is_named() {
    for kind in BOTH {
        let shop = Shop::random(kind, 440, 10);
        let fault = verify(&shop.read, |_, _| ()).expect_err("there is none");
        assert!(matches!(fault, ReadFault::Missing { .. }), "{fault}");
        assert!(fault.to_string().contains("`linli rebuild` makes it"));
        assert!(!fault.to_string().contains(linli_test_postgres::PASSWORD));
    }
}

#[test]
fn a_database_that_lacks_letters_is_refused() {
    let server = Server::shared();
    let mut client = postgres::Client::connect(&server.database(), postgres::NoTls).expect("connected");
    let create = "CREATE DATABASE plain ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE 'C'";
    client.batch_execute(create).expect("created");
    let (plan, _) = random_lines(480, 0);
    let shop = Shop::at(Some(server.url("plain")), &plan);
    let found = fault(&shop);
    assert!(matches!(found, ReadFault::Unfit { .. }) && !found.is_retryable(), "{found}");
    assert!(found.to_string().ends_with("has the encoding SQL_ASCII; the read model needs UTF8"), "{found}");
}

#[test]
fn looking_at_a_read_model_makes_none() {
    let shop = Shop::random(Kind::Sqlite, 490, 10);
    assert!(verify(&shop.read, |_, _| ()).is_err());
    assert!(!shop.dir.path().join("read.db").exists());
}

#[test]
fn a_damaged_file_is_named_and_a_rebuild_replaces_it() {
    let shop = Shop::random(Kind::Sqlite, 450, 200);
    shop.follow();
    let before = shop.tables.dump();
    let path = shop.dir.path().join("read.db");
    for (ending, junk) in [("", vec![7; 9_000]), ("-wal", Vec::new())] {
        let mut name = path.clone().into_os_string();
        name.push(ending);
        fs::write(name, junk).expect("overwritten");
    }
    let found = fault(&shop);
    assert!(matches!(found, ReadFault::Damaged { .. }), "{found}");
    assert!(found.to_string().ends_with("`linli rebuild` makes it anew"), "{found}");
    rebuild(&shop.read, |_| ()).expect("rebuilt");
    assert_eq!(shop.tables.dump(), before);
}

#[test]
fn a_table_that_somebody_dropped_is_damage() {
    for kind in BOTH {
        let shop = Shop::random(kind, 460, 100);
        shop.follow();
        let before = shop.tables.dump();
        shop.tables.execute("DROP TABLE exits");
        let found = verify(&shop.read, |_, _| ()).expect_err("a table is missing");
        assert!(matches!(found, ReadFault::Damaged { .. }), "{found}");
        rebuild(&shop.read, |_| ()).expect("rebuilt");
        assert_eq!(shop.tables.dump(), before);
        shop.tables.execute("DROP TABLE checkpoint");
        assert!(matches!(verify(&shop.read, |_, _| ()), Err(ReadFault::Missing { .. })));
        let found = fault(&shop);
        assert!(matches!(found, ReadFault::Damaged { .. }), "{found}");
        assert!(found.to_string().contains("already exists"), "{found}");
        rebuild(&shop.read, |_| ()).expect("rebuilt");
        shop.tables.execute("DELETE FROM checkpoint");
        let found = verify(&shop.read, |_, _| ()).expect_err("its row is missing");
        assert!(matches!(found, ReadFault::Missing { .. }), "{found}");
        rebuild(&shop.read, |_| ()).expect("rebuilt");
        assert_eq!(shop.tables.dump(), before);
    }
}

#[test]
fn a_background_follower_goes_on_when_the_server_is_back() {
    let mut server = Server::start();
    let (plan, lines) = random_lines(470, 200);
    let shop = Shop::at(Some(server.database()), &plan);
    shop.append(&lines[..100]);
    let following = Follower::start(shop.read.clone());
    assert!(following.wait(100, Duration::from_secs(60)), "{:?}", following.fault());
    server.kill();
    shop.append(&lines[100..]);
    assert!(!following.wait(200, Duration::from_millis(300)));
    let why = following.fault().expect("the server is gone");
    assert!(why.starts_with("the read model cannot be used now: cannot "), "{why}");
    assert!(why.contains("connect") || why.contains("closed"), "the cause is told: {why}");
    assert!(!why.contains(linli_test_postgres::PASSWORD));
    server.start_again();
    assert!(following.wait(200, Duration::from_secs(60)), "{:?}", following.fault());
    following.end().expect("it mended itself");
    verify(&shop.read, |_, _| ()).expect("what the journal says");
}
