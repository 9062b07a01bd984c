//! Statements over HTTP: they sum to the balance, page by page and as CSV, and are shown to nobody else.

use crate::support::shop::Shop;
use crate::support::{TestApp, problem};
use serde_json::{Value, json};

/// The shop after a year's kinds of things: orders, a refund, a redemption, a withdrawal that failed.
async fn shop() -> Shop {
    let shop = Shop::with(|_| ()).await;
    let member = &shop.member_id;
    let order = |order: &str, amount: &str| {
        format!(
            r#"{{"cmd":"settle","order":"{order}","member":"{member}","store":"S9","amount":"{amount}"}}"#
        )
    };
    for line in [
        r#"{"cmd":"deposit","id":"D1","platform":"profit","amount":"500.00"}"#.to_string(),
        r#"{"cmd":"deposit","id":"D2","store":"S9","amount":"500.00"}"#.to_string(),
        order("O1", "1000.00"),
        order("O2", "20.01"),
        format!(r#"{{"cmd":"redeem","request":"R1","member":"{member}","points":"10"}}"#),
        format!(r#"{{"cmd":"withdraw","id":"W1","member":"{member}","amount":"5.00"}}"#),
        r#"{"cmd":"payout_failed","id":"W1"}"#.to_string(),
        r#"{"cmd":"refund","refund":"F1","order":"O2","amount":"7.77"}"#.to_string(),
    ] {
        shop.command(&line).await;
    }
    shop
}

/// The fen of an amount.
fn units(text: &Value) -> i128 {
    let text = text.as_str().unwrap_or_else(|| panic!("{text} is no text"));
    text.replace('.', "").parse().expect("digits")
}

/// Reads all pages, two lines each, and adds them up from the newest to the oldest.
async fn sums(shop: &Shop, token: &str, account: &str, query: &str) -> Vec<Value> {
    let (mut after, mut lines) = (String::new(), Vec::new());
    loop {
        let target = format!("/v1/accounts/{account}/statement?limit=2&after={after}{query}");
        let page = shop.read(token, &target).await;
        lines.extend(page["items"].as_array().expect("lines").iter().cloned());
        match page["next"].as_str() {
            Some(next) => after = next.to_string(),
            None => {
                let mut balance = units(&page["closing"]);
                for line in &lines {
                    assert_eq!(units(&line["balance"]), balance, "{account}: {line}");
                    balance -= units(&line["amount"]);
                }
                assert_eq!(balance, units(&page["opening"]), "{account}");
                assert_eq!(page["lines"], lines.len(), "{account}");
                if query.is_empty() {
                    assert_eq!(page["closing"], page["balance"], "{account}");
                }
                return lines;
            }
        }
    }
}

#[tokio::test]
async fn every_statement_sums_to_its_balance() {
    let shop = shop().await;
    let member = &shop.member_id;
    for kind in ["wallet", "spend", "points", "deduction"] {
        let lines = sums(&shop, &shop.member, &format!("member:{member}:{kind}"), "").await;
        assert_eq!(lines.is_empty(), kind == "spend", "{kind}");
    }
    let lines = sums(&shop, &shop.owner, "store:S9", "").await;
    let told: Vec<_> =
        lines.iter().rev().map(|line| (line["what"].as_str(), line["order"].as_str())).collect();
    let order = |id| (Some("settle"), Some(id));
    assert_eq!(told, [(Some("deposit"), None), order("O1"), order("O2"), (Some("refund"), Some("O2"))]);
    assert_eq!(lines[0]["id"], "F1");
    assert_eq!(lines[3]["id"], "D2");
}

#[tokio::test]
async fn an_account_that_nothing_was_posted_to_has_an_empty_statement() {
    let shop = Shop::open().await;
    let target = format!("/v1/accounts/member:{}:wallet/statement", shop.member_id);
    let found = shop.read(&shop.member, &target).await;
    assert_eq!(
        (&found["opening"], &found["closing"], &found["items"]),
        (&json!("0.00"), &json!("0.00"), &json!([]))
    );
}

#[tokio::test]
async fn a_statement_of_some_days_opens_and_closes_with_them() {
    let shop = shop().await;
    let wallet = format!("member:{}:wallet", shop.member_id);
    let before = shop.read(&shop.member, &format!("/v1/accounts/{wallet}/statement?to=2025-12-31")).await;
    assert_eq!((&before["closing"], &before["lines"]), (&json!("0.00"), &json!(0)));
    let today = sums(&shop, &shop.member, &wallet, "&from=2026-01-01&to=2026-01-01").await;
    assert_eq!(today.len(), 3, "redeemed, withdrawn, failed: {today:?}");
    let after = shop.read(&shop.member, &format!("/v1/accounts/{wallet}/statement?from=2026-01-02")).await;
    assert_eq!((&after["opening"], &after["lines"]), (&after["balance"], &json!(0)));
}

#[tokio::test]
async fn the_csv_has_every_line_and_both_balances() {
    let shop = shop().await;
    let target = format!("/v1/accounts/member:{}:wallet/statement.csv", shop.member_id);
    let response = shop.app.look(&target, &shop.member).await;
    assert_eq!(crate::support::header(&response, "content-type"), "text/csv; charset=utf-8");
    let text = response.text().await.expect("a text");
    let rows: Vec<Vec<&str>> = text.split("\r\n").map(|row| row.split(',').collect()).collect();
    assert_eq!(rows[0], ["seq", "at", "what", "act", "order", "id", "amount", "balance"]);
    assert_eq!((rows[1][2], rows[1][7]), ("opening", "0.00"));
    let whats: Vec<_> = rows[2..rows.len() - 2].iter().map(|row| row[2]).collect();
    assert_eq!(whats, ["redeem", "withdraw", "payout_failed"]);
    let (last, closing) = (&rows[rows.len() - 3], &rows[rows.len() - 2]);
    assert_eq!((closing[2], closing[7]), ("closing", last[7]));
    assert_eq!(rows[rows.len() - 1], [""]);
}

#[tokio::test]
async fn somebody_elses_account_is_told_like_none() {
    let shop = shop().await;
    let member = &shop.member_id;
    for account in [
        format!("member:{member}:wallet"),
        format!("member:{member}:points"),
        "store:S9".into(),
        "pool:reserve".into(),
        "platform:profit".into(),
        "external:payments".into(),
        "order:O1".into(),
        "store:S7".into(),
        "member:M7:wallet".into(),
        "nothing".into(),
        "%00".into(),
        "x".repeat(300),
    ] {
        for kind in ["statement", "statement.csv"] {
            let target = format!("/v1/accounts/{account}/{kind}");
            let (status, code) = problem(shop.app.look(&target, &shop.other).await).await;
            let wanted = if account.len() > 81 || account == "%00" { 400 } else { 404 };
            assert_eq!(status, wanted, "{account:.40} {code}");
        }
    }
    let owner = shop.app.look("/v1/accounts/store:S9/statement", &shop.owner).await;
    assert_eq!(owner.status(), 200);
}

#[tokio::test]
async fn what_is_asked_wrongly_is_told_so() {
    let shop = shop().await;
    let wallet = format!("/v1/accounts/member:{}:wallet/statement", shop.member_id);
    for query in
        ["from=2026-02-30", "to=x", "from=2026-02-01&to=2026-01-01", "after=x", "limit=0", "limit=201"]
    {
        let found = problem(shop.app.look(&format!("{wallet}?{query}"), &shop.member).await).await;
        assert_eq!(found, (400, "bad_parameter".into()), "{query}");
    }
}

#[tokio::test]
async fn the_desk_and_programs_see_the_accounts_of_the_platform() {
    let app = TestApp::with_desk().await;
    let line = r#"{"cmd":"settle","order":"O1","member":"M2","store":"S1","amount":"1000.00"}"#;
    assert_eq!(app.post("/v1/commands", "K1", &format!("{line}\n")).await.status(), 200);
    let (chen, _) = app.ready("chen").await;
    for (account, balance) in
        [("pool:reserve", "160.00"), ("pool:issued", "-112.000000"), ("mall:issued", "-2000.00")]
    {
        let found = app.look(&format!("/v1/accounts/{account}/statement"), &chen).await;
        assert_eq!(found.status(), 200);
        let found = crate::support::json(found).await;
        assert_eq!((&found["balance"], &found["closing"]), (&json!(balance), &json!(balance)));
        assert_eq!(app.get(&format!("/v1/accounts/{account}/statement")).await.status(), 200);
    }
    let of_order = crate::support::json(app.look("/v1/accounts/order:O1/statement", &chen).await).await;
    assert_eq!((&of_order["balance"], &of_order["lines"]), (&json!("0.00"), &json!(0)), "settled in one");
}

#[tokio::test]
async fn a_statement_is_there_again_after_a_restart() {
    let mut app = TestApp::with_desk().await;
    let line = r#"{"cmd":"settle","order":"O1","member":"M2","store":"S1","amount":"1000.00"}"#;
    assert_eq!(app.post("/v1/commands", "K1", &format!("{line}\n")).await.status(), 200);
    let read =
        async |app: &TestApp| crate::support::json(app.get("/v1/accounts/store:S1/statement").await).await;
    let before = read(&app).await;
    app.restart().await;
    assert_eq!(read(&app).await, before);
    assert_eq!(before["items"][0]["amount"], "800.00");
}
