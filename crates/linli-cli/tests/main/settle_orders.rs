//! `linli settle`, row by row: who is opened and bound when, what the files of stores and agents say, times, orders
//! without a member, repeated and refused orders.

use super::support::{Folder, SEED_ONE, Settled, csv_of};
use serde_json::Value;

const STORES: &str = "store_id,owner_id,district,take_rate,recruiter_id";
const AGENTS: &str = "region,member_id";

fn settled(rows: &[&str]) -> Settled {
    Folder::with_orders(rows).settle(&[])
}

/// The settlement of these rows with these stores and agents.
fn settled_with(rows: &[&str], stores: &[&str], agents: &[&str]) -> Settled {
    let folder = Folder::with_orders(rows);
    folder.write("stores.csv", csv_of(STORES, stores));
    folder.write("agents.csv", csv_of(AGENTS, agents));
    folder.settle_sample()
}

/// 0.3% goes to the owner of the member's first store, wherever the member buys later.
#[test]
fn a_member_is_bound_to_the_owner_of_their_first_store() {
    let out = settled(&[
        "O1,2026-01-01T08:00:00,M1,S1,1000.00",
        "O2,2026-01-01T08:01:00,M2,S2,100.00",
        "O3,2026-01-01T08:02:00,M1,S2,2000.00",
    ]);
    assert_eq!(out.column("direct"), ["3.00", "0.30", "6.00"]);
    assert_eq!(out.balance("member:S1-owner:wallet", "CNY"), "9.00");
    assert_eq!(out.balance("member:S2-owner:wallet", "CNY"), "0.30");
    assert_eq!(out.column("indirect"), ["0.00"; 3]);
}

/// An owner who buys elsewhere before their own store opens has an inviter, who then has 0.2% of the store's members.
#[test]
fn an_owner_who_was_a_member_before_keeps_their_inviter() {
    let out = settled_with(
        &["O1,2026-01-01T08:00:00,M1,S1,1000.00", "O2,2026-01-01T08:01:00,M2,S2,1000.00"],
        &["S2,M1,440106,,"],
        &[],
    );
    assert_eq!((out.column("direct"), out.column("indirect")), (vec!["3.00", "3.00"], vec!["0.00", "2.00"]));
    assert_eq!(out.balance("member:S1-owner:wallet", "CNY"), "5.00");
    assert_eq!(out.balance("member:M1:wallet", "CNY"), "3.00");
    // Of the members M1, M2 and S1-owner, only the last was opened as an owner.
    assert_eq!((&out.summary["members"], &out.summary["stores"]), (&2.into(), &2.into()));
}

#[test]
fn an_owner_who_buys_in_their_own_store_has_no_inviter() {
    let out = settled(&["O1,2026-01-01T08:00:00,S1-owner,S1,1000.00"]);
    assert_eq!((out.column("direct"), out.column("platform")), (vec!["0.00"], vec!["40.00"]));
    assert_eq!(out.summary["members"], 0);
}

#[test]
fn an_order_without_a_member_gives_the_pool_nothing() {
    let out = settled(&["O1,2026-01-01T08:00:00,,S1,1000.00"]);
    assert_eq!((out.column("platform"), out.column("inflow")), (vec!["200.00"], vec!["0.00"]));
    assert_eq!((out.column("member_id"), out.column("minted")), (vec![""], vec![""]));
    assert_eq!((&out.summary["members"], &out.summary["pool"]), (&0.into(), &"0.00".into()));
    assert_eq!(out.summary["price"], "1.000000");
}

#[test]
fn the_file_of_stores_says_owner_district_rate_and_recruiter() {
    let out = settled_with(
        &["O1,2026-01-01T08:00:00,M1,S1,1000.00", "O2,2026-01-01T08:00:00,M1,S9,1000.00"],
        &["S1,Boss,440106,25.5%,Scout", "S2,,,,"],
        &["440106,D", "440100,C", "440000,P", "south,N"],
    );
    assert_eq!(out.column("store"), ["745.00", "800.00"]);
    for (leg, fen) in [("recruit", "5.00"), ("district", "1.00"), ("city", "1.00"), ("province", "1.00")] {
        assert_eq!(out.column(leg), [fen, "0.00"], "{leg}");
    }
    assert_eq!(out.balance("member:Boss:wallet", "CNY"), "6.00");
    assert_eq!(out.balance("member:Scout:wallet", "CNY"), "5.00");
    // M1, Scout and four agents; Boss and S9-owner were opened as owners. S2 had no order.
    assert_eq!((&out.summary["members"], &out.summary["stores"]), (&6.into(), &2.into()));
}

#[test]
fn an_empty_field_of_the_file_of_stores_is_as_if_the_store_were_not_there() {
    let rows = ["O1,2026-01-01T08:00:00,M1,S1,1000.00"];
    let agents = ["440106,D"];
    let (with, without) = (settled_with(&rows, &["S1,,,,"], &agents), settled_with(&rows, &[], &agents));
    assert_eq!((with.balances, with.statement), (without.balances, without.statement));
}

#[test]
fn one_member_may_hold_several_regions() {
    let out = settled_with(
        &["O1,2026-01-01T08:00:00,M1,S1,1000.00"],
        &["S1,,440106,,"],
        &["440106,A", "440100,A", "440000,A"],
    );
    assert_eq!(out.balance("member:A:wallet", "CNY"), "3.00");
}

#[test]
fn a_time_without_offset_is_that_of_shanghai_and_one_with_offset_is_taken_as_it_is() {
    let out = settled(&[
        "O1,2026-01-01T07:59:59,M1,S1,10.00",
        "O2,2026-01-01 08:00:00,M1,S1,10.00",
        "O3,2026-01-01T00:00:01Z,M1,S1,10.00",
        "O4,2026-01-01T09:30:00+09:00,M1,S1,10.00",
        "O5,2025-12-31T19:30:01.5-05:00,M1,S1,10.00",
    ]);
    let expected = [
        "2025-12-31T23:59:59Z",
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:01Z",
        "2026-01-01T00:30:00Z",
        "2026-01-01T00:30:01.5Z",
    ];
    assert_eq!(out.column("paid_at"), expected);
    assert_eq!(out.summary["refused"], 0);
}

#[test]
fn a_day_of_the_prices_begins_at_midnight_in_shanghai() {
    let out = settled(&[
        "O1,2026-01-01T23:59:59,M1,S1,10.00",
        "O2,2026-01-01T16:00:00Z,M1,S1,20.00",
        "O3,2026-01-02T23:59:59,M1,S1,30.00",
        "O4,2026-01-05T00:00:00,M1,S1,40.00",
    ]);
    let days: Vec<_> =
        out.prices.iter().map(|row| ["date", "orders", "turnover"].map(|name| row[name].as_str())).collect();
    let expected = [["2026-01-01", "1", "10.00"], ["2026-01-02", "2", "50.00"], ["2026-01-05", "1", "40.00"]];
    assert_eq!(days, expected);
}

#[test]
fn a_repeated_row_is_read_but_settled_once() {
    let folder = Folder::with_orders(&[
        "O1,2026-01-01T08:00:00,M1,S1,1000.00",
        "O2,2026-01-01T08:01:00,M1,S1,10.00",
        "O1,2026-01-01T08:02:00,M1,S1,1000.00",
        "O1,2026-01-01T07:00:00,M1,S1,1000.00",
    ]);
    let out = folder.settle(&[]);
    assert_eq!(out.column("order_id"), ["O1", "O2"]);
    assert_eq!((&out.summary["orders"], &out.summary["refused"]), (&4.into(), &0.into()));
    assert_eq!(out.summary["turnover"], "1010.00");
    assert_eq!(out.prices[0]["orders"], "2");
    let run = folder.try_settle(&[]);
    assert!(run.out.starts_with("2 orders of 1 members in 1 stores were settled"), "{}", run.out);
    assert!(run.out.contains("repeated, counted once 重复的行: 2\n"), "{}", run.out);
}

#[test]
fn an_order_id_with_other_content_is_refused_and_counted() {
    let folder = Folder::with_orders(&[
        "O1,2026-01-01T08:00:00,M1,S1,1000.00",
        "O1,2026-01-01T08:00:00,M1,S1,1000.0",
        "O1,2026-01-01T08:00:00,M2,S1,1000.00",
        "O1,2026-01-01T08:00:00,,S1,1000.00",
        "O2,2026-01-01T08:00:00,M1,S1,1.00",
    ]);
    let out = folder.settle(&[]);
    assert_eq!((&out.summary["orders"], &out.summary["refused"]), (&5.into(), &3.into()));
    assert_eq!(out.summary["turnover"], "1001.00");
    let run = folder.try_settle(&[]);
    assert!(run.out.starts_with("2 orders of 2 members in 1 stores were settled"), "{}", run.out);
    assert!(run.out.contains("refused 拒绝 id_reused: 3, the first order O1: "), "{}", run.out);
}

#[test]
fn an_order_whose_time_runs_backwards_is_refused_and_counted() {
    let rows = [
        "O1,2026-01-02T08:00:00,M1,S1,1000.00",
        "O2,2026-01-02T07:59:59,M2,S2,10.00",
        "O3,2026-01-02T08:00:00,M2,S3,10.00",
    ];
    let out = settled(&rows);
    assert_eq!(out.column("order_id"), ["O1", "O3"]);
    assert_eq!(
        (&out.summary["refused"], &out.summary["stores"], &out.summary["members"]),
        (&1.into(), &2.into(), &2.into())
    );
    let run = Folder::with_orders(&rows).try_settle(&[]);
    assert!(run.out.contains("refused 拒绝 time_reversed: 1, the first order O2: "), "{}", run.out);
}

#[test]
fn a_store_first_seen_in_an_order_out_of_time_is_opened_by_the_next_one() {
    let out = settled_with(
        &[
            "O1,2026-01-02T08:00:00,M1,S1,1000.00",
            "O2,2026-01-02T07:59:59,M2,S2,10.00",
            "O3,2026-01-02T08:00:00,M2,S2,1000.00",
        ],
        &["S2,Boss,440106,25%,"],
        &[],
    );
    assert_eq!((out.column("order_id"), out.column("store")), (vec!["O1", "O3"], vec!["800.00", "750.00"]));
    assert_eq!(out.summary["refused"], 1);
    assert_eq!(out.balance("member:Boss:wallet", "CNY"), "3.00");
}

#[test]
fn an_amount_that_no_order_may_have_is_refused_and_counted() {
    let folder = Folder::with_orders(&[
        "O1,2026-01-01T08:00:00,M1,S1,0.00",
        "O2,2026-01-01T08:00:00,M1,S1,-5.00",
        "O3,2026-01-01T08:00:00,M1,S1,1.001",
        "O4,2026-01-01T08:00:00,M1,S1,100000000000.01",
        "O5,2026-01-01T08:00:00,M1,S1,100000000000.00",
        "O6,2026-01-01T08:00:00,M1,S1,5",
    ]);
    let out = folder.settle(&[]);
    assert_eq!(out.column("amount"), ["100000000000.00", "5.00"]);
    assert_eq!((&out.summary["orders"], &out.summary["refused"]), (&6.into(), &4.into()));
    let run = folder.try_settle(&[]);
    assert!(run.out.contains("refused 拒绝 bad_amount: 4, the first order O1: "), "{}", run.out);
}

/// With 1% minted, M1 has 1.6 points for 160 yuan in the pool. The second order brings the pool to 1056 yuan and the
/// supply to 1.6896 points: M1's are worth 1000 yuan, to the fen what M1 spent, and 80% of that is paid.
#[test]
fn an_exit_is_a_row_of_its_own_and_is_paid_into_the_wallet() {
    let folder = Folder::with_orders(&[
        "O1,2026-01-01T08:00:00,M1,S1,1000.00",
        "O2,2026-01-01T09:00:00,M2,S1,5600.00",
    ]);
    let plan =
        SEED_ONE.replace(r#"cap = "1.2""#, r#"cap = "1""#).replace(r#"mint = "70%""#, r#"mint = "1%""#);
    folder.write("plan.toml", plan);
    let out = folder.settle(&[]);
    let exit = [
        ("order_id", "O2"),
        ("at", "2026-01-01T01:00:00Z"),
        ("member_id", "M1"),
        ("points", "1.600000"),
        ("payout", "800.00"),
    ];
    assert_eq!(out.exits, [exit.map(|(name, value)| (name.into(), value.into())).into()]);
    assert_eq!((out.column("minted"), out.column("price")[1]), (vec!["1.600000", "0.089600"], "2857.142857"));
    assert_eq!(
        (out.balance("member:M1:wallet", "CNY"), out.balance("member:M1:points", "GP")),
        ("800.00", "0")
    );
    let figures = ["pool", "supply", "exits", "paid_on_exit"].map(|name| out.summary[name].clone());
    assert_eq!(figures, ["256.00".into(), "0.089600".into(), Value::from(1), "800.00".into()]);
    let run = folder.try_settle(&[]);
    assert!(run.out.contains("capped exits 封顶退出        1, paid 800.00 yuan"), "{}", run.out);
}

#[test]
fn a_file_without_orders_gives_empty_files() {
    let folder = Folder::with_orders(&[]);
    let out = folder.settle(&[]);
    assert!(
        out.statement.is_empty() && out.exits.is_empty() && out.prices.is_empty() && out.balances.is_empty()
    );
    assert_eq!((&out.summary["orders"], &out.summary["turnover"]), (&0.into(), &"0.00".into()));
    assert_eq!(out.summary["price"], "1.000000");
    assert!(folder.try_settle(&[]).out.starts_with("0 orders of 0 members in 0 stores were settled"));
}

#[test]
fn money_on_other_accounts_has_its_own_row_in_the_printed_summary() {
    let folder = Folder::with_orders(&["O1,2026-01-01T08:00:00,M1,S1,1000.00"]);
    folder.write("plan.toml", SEED_ONE.replace(r#"genesis = "0.00""#, r#"genesis = "1000.00""#));
    let out = folder.settle(&[]);
    assert_eq!((&out.summary["pool"], &out.summary["supply"]), (&"1160.00".into(), &"1112.000000".into()));
    let run = folder.try_settle(&[]);
    let row = run.out.lines().find(|line| line.contains("other accounts")).expect("a row");
    assert!(row.contains("-1000.00"), "{row}");
}
