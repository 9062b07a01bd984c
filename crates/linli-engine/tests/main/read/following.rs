//! However often a follower ends and begins again, the tables are those of one way along the journal.

use super::place::{BOTH, Kind, Shop, parts, random_lines};
use linli_engine::read::{Follower, ReadFault, rebuild, verify};
use linli_engine::{Form, Limits, Stamp, Writer, snapshots};
use std::time::Duration;

#[test]
fn a_follower_that_ends_between_transactions_goes_on_without_duplicates() {
    for kind in BOTH {
        for seed in 300..302 {
            let (plan, lines) = random_lines(seed, 500);
            let (often, once) = (Shop::open(kind, &plan), Shop::open(kind, &plan));
            once.append_in_parts(seed, &lines);
            once.follow();
            for (number, part) in parts(seed, &lines).into_iter().enumerate() {
                often.append(part);
                // Some are followed together, and some snapshots lie in between.
                if number % 3 != 1 {
                    let mut follower = Follower::open(&often.read).expect("opened");
                    assert!(follower.step().expect("followed"));
                }
                if number % 4 == 2 {
                    let engine = &often.read.engine;
                    let mut journal = engine.store.read().expect("opened");
                    snapshots::make(&*engine.snapshots, &mut *journal).expect("kept");
                }
            }
            often.follow();
            assert_eq!(often.tables.dump(), once.tables.dump(), "seed {seed}");
            verify(&often.read, |_, _| ()).expect("what the journal says");
        }
    }
}

#[test]
fn a_rebuild_gives_the_same_tables() {
    for kind in BOTH {
        let shop = Shop::random(kind, 310, 400);
        shop.follow();
        let before = shop.tables.dump();
        assert!(
            before.iter().all(|(name, rows)| !rows.is_empty() || *name == "exits"),
            "all tables have rows"
        );
        shop.tables.execute("DELETE FROM postings WHERE line = 2");
        let mut told = Vec::new();
        rebuild(&shop.read, |seq| told.push(seq)).expect("rebuilt");
        assert_eq!(shop.tables.dump(), before);
        assert_eq!(told.last(), Some(&400));
    }
}

#[test]
fn a_long_journal_takes_several_transactions_and_its_check_several_pages() {
    let shop = Shop::open(Kind::Sqlite, crate::support::PLAN);
    let mut lines = vec![
        r#"{"cmd":"open_member","member":"A"}"#.to_string(),
        r#"{"cmd":"open_store","store":"S","owner":"A","district":"440106"}"#.to_string(),
    ];
    let order = |number| {
        format!(r#"{{"cmd":"settle","order":"O{number}","member":"A","store":"S","amount":"{number}.50"}}"#)
    };
    lines.extend((1..=20_000).map(order));
    for part in lines.chunks(4_000) {
        shop.append(part);
    }
    let mut told = Vec::new();
    Follower::open(&shop.read).expect("opened").catch_up(|seq| told.push(seq)).expect("followed");
    assert!(told.len() > 1 && told.is_sorted() && told.last() == Some(&20_002), "{told:?}");
    verify(&shop.read, |_, _| ()).expect("what the journal says");
    shop.tables.execute("DELETE FROM orders WHERE id = 'O9999'");
    let found = verify(&shop.read, |_, _| ()).expect_err("a row is missing").to_string();
    assert!(found.ends_with("in orders, the row with id \"O9999\" is missing"), "{found}");
    shop.tables.execute("UPDATE postings SET asset = 'USD' WHERE seq = 20002 AND line = 1");
    let found = verify(&shop.read, |_, _| ()).expect_err("a cell is another").to_string();
    assert!(found.ends_with("seq 20002, line 1 has asset \"USD\", not \"CNY\""), "{found}");
}

#[test]
fn two_followers_write_nothing_twice() {
    for kind in BOTH {
        let shop = Shop::random(kind, 320, 200);
        let mut one = Follower::open(&shop.read).expect("opened");
        let mut other = Follower::open(&shop.read).expect("opened");
        assert!(one.step().expect("followed"));
        match other.step() {
            Err(fault @ ReadFault::Overtaken { .. }) => assert!(fault.is_retryable()),
            other => panic!("{other:?}"),
        }
        let mut other = Follower::open(&shop.read).expect("opened again");
        assert!(!other.step().expect("nothing is left"));
        assert_eq!(other.seq(), 200);
        verify(&shop.read, |_, _| ()).expect("what the journal says");
    }
}

#[test]
fn a_follower_in_the_background_tells_how_far_it_is() {
    let (plan, lines) = random_lines(330, 300);
    let shop = Shop::open(Kind::Sqlite, &plan);
    let following = Follower::start(shop.read.clone());
    let (writer, _) = Writer::start(shop.read.engine.clone(), Limits::default()).expect("started");
    for part in parts(330, &lines) {
        let answers =
            writer.ask(crate::support::group(part), Stamp::AsSent, Form::Refusals).expect("written");
        assert!(following.wait(answers.last_seq, Duration::from_secs(60)), "{:?}", following.fault());
        assert_eq!(shop.tables.one("SELECT max(seq) FROM commands"), answers.last_seq.to_string());
    }
    assert_eq!(following.seq(), 300);
    assert!(!following.wait(301, Duration::from_millis(1)), "there is no more yet");
    assert_eq!(following.fault(), None);
    following.end().expect("nothing failed");
    verify(&shop.read, |_, _| ()).expect("what the journal says");
}

#[test]
fn a_background_follower_that_cannot_go_on_says_why_and_keeps_nobody_waiting() {
    let shop = Shop::random(Kind::Sqlite, 340, 50);
    shop.follow();
    shop.tables.execute("UPDATE checkpoint SET hash = 'another'");
    let following = Follower::start(shop.read.clone());
    assert!(!following.wait(51, Duration::from_secs(60)));
    let why = following.fault().expect("a fault");
    assert!(why.contains("`linli rebuild` mends it"), "{why}");
    assert!(matches!(following.end(), Err(ReadFault::Stray { .. })));
}
