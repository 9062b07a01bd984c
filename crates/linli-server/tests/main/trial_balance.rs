//! The trial balance over HTTP: it sums to zero on every day, a past day stays what it was, and its end is midnight in
//! Shanghai.

use crate::support::bank::Bank;
use crate::support::problem;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

const DAY: i64 = 86_400;

/// Debit and credit of a row.
fn row(balance: &Value, accounts: &str) -> (String, String) {
    let rows = balance["rows"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["accounts"] == accounts).expect("a row");
    let text = |side: &str| row[side].as_str().expect("an amount").to_string();
    (text("debit"), text("credit"))
}

fn is_balanced(balance: &Value) {
    for sum in balance["sums"].as_array().expect("sums") {
        assert_eq!(sum["debit"], sum["credit"], "{sum}");
    }
}

async fn of(bank: &Bank, day: &str) -> Value {
    let balance = bank.read(&bank.chen, &format!("/v1/trial-balance?day={day}")).await;
    is_balanced(&balance);
    balance
}

#[tokio::test]
async fn a_past_day_stays_what_it_was() {
    let mut bank = Bank::open().await;
    let id = bank.approved("5000.00").await;
    let first = of(&bank, "2026-01-01").await;
    assert_eq!((&first["is_final"], &first["ends_at"]), (&false.into(), &"2026-01-01T16:00:00Z".into()));
    let none = || "0.00".to_string();
    assert_eq!(row(&first, "member:wallet"), (none(), "25000.00".into()));
    assert_eq!(first["figures"]["payouts_in_flight"], "5000.00");
    // A second before midnight in Shanghai, and right after it.
    bank.later(16 * 3_600 - 1).await;
    let file = bank.file(&[&id]).await;
    bank.app.now.fetch_add(1, Ordering::SeqCst);
    bank.done(&bank.chen, &format!("/v1/withdrawals/{id}/paid"), json!({})).await;
    assert!(!file.is_empty());
    bank.later(3 * DAY).await;
    let what = json!({ "what": { "kind": "deposit", "to": "profit", "amount": "7.00" }, "reason": "x" });
    let proposal = bank.done(&bank.chen, "/v1/proposals", what).await;
    bank.done(&bank.ann, &format!("/v1/proposals/{proposal}/approve"), json!({})).await;
    let days = ["2025-12-31", "2026-01-01", "2026-01-02", "2026-01-03", "2026-01-05"];
    let mut seen = Vec::new();
    for day in days {
        seen.push(of(&bank, day).await);
    }
    assert_eq!(row(&seen[0], "member:wallet"), (none(), none()), "before everything");
    assert_eq!((&seen[1]["rows"], &seen[1]["is_final"]), (&first["rows"], &true.into()));
    assert_eq!(seen[2]["figures"]["payouts_in_flight"], "0.00");
    assert_eq!(row(&seen[2], "external:payouts"), (none(), "5000.00".into()));
    assert_eq!(seen[3]["rows"], seen[2]["rows"], "nothing happened on that day");
    assert_ne!(row(&seen[4], "platform:profit"), row(&seen[3], "platform:profit"));
    assert_eq!(seen[4]["is_final"], false);
    bank.app.restart().await;
    for (day, before) in days.iter().zip(&seen) {
        assert_eq!(&of(&bank, day).await, before, "{day} after a restart");
    }
}

#[tokio::test]
async fn cash_is_what_is_owed_and_what_is_the_platform_s_own() {
    let bank = Bank::open().await;
    let today = bank.read(&bank.chen, "/v1/trial-balance").await;
    is_balanced(&today);
    let figures = &today["figures"];
    let fen = |name: &str| {
        let text = figures[name].as_str().expect("an amount").replace('.', "");
        text.parse::<i64>().expect("digits")
    };
    assert_eq!(fen("cash"), fen("claims") + fen("own"));
    assert_eq!(figures["cash"], "10500090.00", "the orders and the fee");
    assert!(fen("points_worth") > 0 && fen("points_payout") < fen("points_worth"), "{figures}");
    let price = bank.read(&bank.chen, "/v1/price").await;
    assert_eq!(figures["price"], price["price"]);
}

#[tokio::test]
async fn the_table_has_the_same_figures_and_days_that_are_none_are_refused() {
    let bank = Bank::open().await;
    let shown = of(&bank, "2026-01-01").await;
    let table = bank
        .app
        .look("/v1/trial-balance/csv?day=2026-01-01", &bank.chen)
        .await
        .text()
        .await
        .expect("a table");
    assert!(table.starts_with("\u{feff}日期,科目,accounts,asset,借方,贷方\r\n"), "{table}");
    let (debit, credit) = row(&shown, "store");
    assert!(table.contains(&format!("2026-01-01,门店应付,store,CNY,{debit},{credit}\r\n")), "{table}");
    let sum = &shown["sums"][0];
    let sums = format!(
        "2026-01-01,合计,,CNY,{},{}\r\n",
        sum["debit"].as_str().expect("a sum"),
        sum["credit"].as_str().expect("a sum")
    );
    assert!(table.contains(&sums), "{table}");
    for day in ["2026-01-02", "2026-02-30", "today", "", "9999-12-31"] {
        let bad = bank.app.look(&format!("/v1/trial-balance?day={day}"), &bank.chen).await;
        assert_eq!(problem(bad).await, (400, "bad_parameter".into()), "{day}");
    }
    for token in [&bank.owner, &bank.other] {
        assert_eq!(problem(bank.app.look("/v1/trial-balance", token).await).await, (403, "forbidden".into()));
    }
}
