//! The faults of shipped products of this field that an economy can have, each a test of its own under its
//! name. Most are tables (`rules/regressions.rules`); those that need many commands are here. Must not be
//! added here: a fault of the service, the journal or the browser.

use crate::rules::{balances, hold_one, postings, rules_of};
use linli_economy::Economy;
use linli_economy::account::Asset;
use linli_random::Stream;
use std::collections::{BTreeMap, BTreeSet};

const SEED_ONE: &str = include_str!("../../../../plans/seed-one.toml");

macro_rules! faults {
    ($($fault:ident),+ $(,)?) => {
        const FAULTS: &[&str] = &[$(stringify!($fault)),+];

        $(#[test]
        fn $fault() {
            hold_one("regressions", stringify!($fault));
        })+
    };
}

faults! {
    approving_after_rejecting_is_payout_closed,
    bindings_are_facts_and_rebinding_changes_only_the_future,
    clawback_takes_the_wallet_below_zero,
    clawback_works_at_any_age,
    commission_base_is_what_was_paid,
    commission_goes_to_the_chain_the_order_was_paid_with,
    idempotency_key_is_bound_to_the_body_and_never_forgotten,
    no_amount_is_negative_or_nothing,
    over_refund_of_two_refunds,
    partial_refund_is_pro_rata_and_cumulative,
    refund_never_waits_for_clawback,
    rejecting_a_withdrawal_twice_pays_once,
    repeated_refund_answers_the_first_result_once,
    statement_is_the_balance_after_a_cancellation,
    the_same_money_is_withdrawn_once,
}

#[test]
fn every_fault_of_the_table_is_a_test() {
    let rules: BTreeSet<String> = rules_of("regressions").into_iter().map(|rule| rule.name).collect();
    assert_eq!(rules, FAULTS.iter().map(|fault| (*fault).to_string()).collect());
}

/// The statement of an account doesn't sum to its balance.
#[test]
fn statement_is_the_balance_for_every_account() {
    for seed in 0..60 {
        let mut stream = Stream::new(seed);
        let mut economy = Economy::open(&stream.plan()).expect("the stream's plan");
        let mut statement: BTreeMap<(String, Asset), i128> = balances(&economy);
        for number in 0..400 {
            if number % 8 == 0 {
                stream.look(crate::support::seen(&economy));
            }
            let line = stream.line();
            let result: serde_json::Value =
                serde_json::from_str(&economy.apply(&line).to_json()).expect("JSON");
            stream.learn(result["ok"] == true);
            if result["ok"] == true && result["replayed"] != true {
                for (account, asset, amount) in postings(&result).expect("an accepted result") {
                    *statement.entry((account, asset)).or_default() += amount;
                }
                statement.retain(|_, amount| *amount != 0);
            }
            assert_eq!(statement, balances(&economy), "seed {seed}: after {line}");
        }
    }
}

/// A loop check of 32,767 queries: here it is a walk up the chain, however long, and so are the payment's
/// terms.
#[test]
fn loop_check_is_bounded() {
    const LENGTH: u32 = 100_000;
    let mut economy = Economy::open(SEED_ONE).expect("a shipped plan");
    let mut accepted = |line: String| {
        let answer = economy.apply(&line);
        assert!(answer.outcome().is_ok(), "{line}: {}", answer.to_json());
    };
    accepted(r#"{"cmd":"open_member","member":"M0"}"#.into());
    for number in 1..LENGTH {
        let above = number - 1;
        accepted(format!(r#"{{"cmd":"open_member","member":"M{number}","inviter":"M{above}"}}"#));
    }
    accepted(r#"{"cmd":"open_store","store":"S","owner":"M0","district":"440106"}"#.into());
    let last = LENGTH - 1;
    let circle = economy.apply(&format!(r#"{{"cmd":"bind","member":"M0","inviter":"M{last}"}}"#)).to_json();
    assert!(circle.contains("invite_cycle"), "{circle}");
    let order =
        format!(r#"{{"cmd":"settle","order":"O","member":"M{last}","store":"S","amount":"1000.00"}}"#);
    assert!(economy.apply(&order).outcome().is_ok());
    let wallets = economy.balances().into_iter().filter(|(account, ..)| account.ends_with(":wallet"));
    assert_eq!(wallets.count(), 2, "the inviter and the inviter's inviter");
}

/// Splits don't add up to the amount: `splits.rs` has every amount up to 100,000 fen; these are the largest.
#[test]
fn splits_sum_at_every_magnitude() {
    let mut economy = Economy::open(SEED_ONE).expect("a shipped plan");
    for line in [
        r#"{"cmd":"open_member","member":"A"}"#,
        r#"{"cmd":"open_member","member":"B","inviter":"A"}"#,
        r#"{"cmd":"open_store","store":"S","owner":"A","recruiter":"A","district":"440106"}"#,
    ] {
        assert!(economy.apply(line).outcome().is_ok());
    }
    let mut amount: u64 = 1;
    for number in 0.. {
        if amount > 10_000_000_000_000 {
            break;
        }
        let text = format!("{}.{:02}", amount / 100, amount % 100);
        let line =
            format!(r#"{{"cmd":"settle","order":"O{number}","member":"B","store":"S","amount":"{text}"}}"#);
        let answer = economy.apply(&line);
        let outcome = answer.outcome().expect("an order of every magnitude");
        let received =
            outcome.postings.iter().filter(|posting| posting.asset == Asset::Cny && posting.amount > 0);
        let money: i128 = received.map(|posting| posting.amount).sum();
        // An exit would add its payout; there is none at equal prices.
        assert!(outcome.exits.is_empty());
        assert_eq!(money, i128::from(amount));
        amount = amount * 7 + 3;
    }
}
