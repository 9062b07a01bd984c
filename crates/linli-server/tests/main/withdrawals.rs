//! Money on its way out over HTTP: one timeline, two people, a file for the bank, what comes back once, and a number of an
//! account that nobody finds.

use crate::support::bank::{Bank, NUMBER};
use crate::support::logged::log;
use crate::support::{all, json, problem};
use linli_platform::mall::supplier::SupplierAct;
use linli_platform::{MallAct, Role};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

#[tokio::test]
async fn a_withdrawal_is_one_timeline_from_the_wish_to_the_bank() {
    let bank = Bank::open().await;
    let id = bank.submitted("5000.00").await;
    assert_eq!(bank.wallet().await, "25000.00", "it is on its way at once");
    let target = format!("/v1/withdrawals/{id}");
    let mine = bank.read(&bank.owner, &target).await;
    let promised = |step: &Value| (step["state_zh"].clone(), step["promised"].clone());
    assert_eq!(promised(&mine["steps"][0]), ("已提交".into(), "2026-01-02T00:00:00Z".into()));
    let ahead: Vec<_> = mine["ahead"].as_array().expect("steps").iter().map(promised).collect();
    let days =
        ["2026-01-02", "2026-01-03", "2026-01-04", "2026-01-06"].map(|day| json!(format!("{day}T00:00:00Z")));
    let names = ["审核中", "已通过", "打款中", "已到账"].map(Value::from);
    assert_eq!(ahead, names.into_iter().zip(days).collect::<Vec<_>>());
    for what in ["take-up", "approve"] {
        bank.done(&bank.chen, &format!("{target}/{what}"), json!({})).await;
    }
    let approved = bank.read(&bank.dai, "/v1/withdrawals?state=approved").await;
    assert_eq!(approved["items"][0]["desk"]["approved_by"], json!(["staff:chen"]));
    let file = bank.done(&bank.chen, "/v1/payout-files", json!({})).await;
    let report = json(bank.report(&file, &format!("提现单号,结果\n{id},成功\n")).await).await;
    assert_eq!((&report["paid"], &report["refused"]), (&1.into(), &0.into()), "{report}");
    let mine = bank.read(&bank.owner, "/v1/me/withdrawals").await["items"][0].clone();
    let states: Vec<_> =
        mine["steps"].as_array().expect("steps").iter().map(|step| step["state"].clone()).collect();
    assert_eq!(json!(states), json!(["submitted", "in_review", "approved", "in_payment", "paid"]));
    assert!(!mine.to_string().contains("chen"), "owners are not told which colleague it was");
    assert_eq!(bank.wallet().await, "25000.00");
}

#[tokio::test]
async fn a_payout_file_has_the_same_bytes_and_each_look_is_an_entry() {
    let bank = Bank::open().await;
    let id = bank.approved("5000.00").await;
    let file = bank.file(&[&id]).await;
    let seq = async || bank.read(&bank.ann, "/v1/price").await["seq"].as_u64().expect("a seq");
    let target = format!("/v1/payout-files/{file}/csv");
    let fetch = async || bank.app.look(&target, &bank.chen).await.text().await.expect("a table");
    let (before, first) = (seq().await, fetch().await);
    let expected = format!(
        "\u{feff}序号,提现单号,收款账号,收款户名,收款银行,金额,币种,附言\r\n1,{id},{NUMBER},张三,招商银行,5000.00,CNY,提现 \
         {id}\r\n合计,1笔,,,,5000.00,CNY,{file}\r\n"
    );
    assert_eq!(first, expected);
    bank.done(&bank.chen, &format!("/v1/withdrawals/{id}/paid"), json!({})).await;
    assert_eq!(fetch().await, expected, "also when all of it has arrived");
    assert_eq!(seq().await, before + 3, "two looks and a payment");
    let shown = bank.read(&bank.ann, &format!("/v1/payout-files/{file}")).await;
    assert_eq!((&shown["paid"], &shown["amount"]), (&1.into(), &"5000.00".into()));
    assert!(!shown.to_string().contains(NUMBER));
    for token in [&bank.ann, &bank.owner] {
        assert_eq!(problem(bank.app.look(&target, token).await).await.0, 403, "only finance sees numbers");
    }
    let none = bank.app.look("/v1/payout-files/none/csv", &bank.chen).await;
    assert_eq!(problem(none).await, (404, "unknown_payout_file".into()));
}

#[tokio::test]
async fn above_the_limit_a_second_person_approves_whatever_session_the_first_one_has() {
    let bank = Bank::open().await;
    let id = bank.approved("20000.00").await;
    let approve = format!("/v1/withdrawals/{id}/approve");
    assert_eq!(bank.read(&bank.chen, &format!("/v1/withdrawals/{id}")).await["state"], "in_review");
    let again = bank.write(&bank.chen, &approve, json!({})).await;
    assert_eq!(problem(again).await, (403, "second_person_needed".into()));
    let other_session = bank.second_session().await;
    let again = bank.write(&other_session, &approve, json!({})).await;
    assert_eq!(problem(again).await, (403, "second_person_needed".into()));
    bank.done(&bank.dai, &approve, json!({})).await;
    assert_eq!(bank.read(&bank.chen, &format!("/v1/withdrawals/{id}")).await["state"], "approved");
}

#[tokio::test]
async fn eight_withdrawals_at_once_of_the_same_money_are_one() {
    let bank = Bank::open().await;
    bank.set_account(&bank.owner, "/v1/me").await;
    let wishes =
        (0..8).map(|_| bank.write(&bank.owner, "/v1/me/withdrawals", json!({ "amount": "30000.00" })));
    let mut codes = Vec::new();
    for answer in all(wishes).await {
        codes.push(if answer.status() == 200 { "ok".into() } else { problem(answer).await.1 });
    }
    assert_eq!(codes.iter().filter(|code| *code == "ok").count(), 1, "{codes:?}");
    assert!(codes.iter().all(|code| ["ok", "insufficient_funds"].contains(&&**code)), "{codes:?}");
    assert_eq!(bank.wallet().await, "0.00");
}

#[tokio::test]
async fn rejecting_twice_pays_back_once_and_approving_after_rejecting_is_refused() {
    let bank = Bank::open().await;
    let id = bank.submitted("5000.00").await;
    bank.done(&bank.chen, &format!("/v1/withdrawals/{id}/take-up"), json!({})).await;
    let (reject, why) =
        (format!("/v1/withdrawals/{id}/reject"), json!({ "reason": format!("账号{NUMBER}户名不符") }));
    let rejections = (0..8).map(|_| bank.write(&bank.chen, &reject, why.clone()));
    let mut codes = Vec::new();
    for answer in all(rejections).await {
        codes.push(if answer.status() == 200 { "ok".into() } else { problem(answer).await.1 });
    }
    assert_eq!(codes.iter().filter(|code| *code == "ok").count(), 1, "{codes:?}");
    assert_eq!(bank.wallet().await, "30000.00");
    for what in ["approve", "reject", "paid", "take-up", "failed"] {
        let late = bank.write(&bank.dai, &format!("/v1/withdrawals/{id}/{what}"), why.clone()).await;
        assert_eq!(problem(late).await.0, 409, "{what}");
    }
    assert_eq!(bank.wallet().await, "30000.00");
    assert_eq!(bank.read(&bank.owner, &format!("/v1/withdrawals/{id}")).await["reason"], "账号…7890户名不符");
}

#[tokio::test]
async fn what_the_bank_did_not_pay_comes_back_and_each_row_is_told() {
    let bank = Bank::open().await;
    let ids =
        [bank.approved("1000.00").await, bank.approved("2000.00").await, bank.approved("3000.00").await];
    let file = bank.file(&[&ids[0], &ids[1], &ids[2]]).await;
    assert_eq!(bank.wallet().await, "24000.00");
    let table = format!(
        "\u{feff}提现单号,金额,结果,原因\r\n{},\"1,000.00\",成功,\r\n{},2000.00,失败,账号{NUMBER}已销户\r\n{},3000.01,成功,\r\n\
         {NUMBER},1.00,成功,\r\n{},3000.00,也许,\r\n{},1000.00,失败,\r\n",
        ids[0], ids[1], ids[2], ids[2], ids[0]
    );
    let report = json(bank.report(&file, &table).await).await;
    let rows: Vec<_> = report["rows"].as_array().expect("rows").iter().collect();
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row["line"].as_u64(), row["outcome"].as_str(), row["code"].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (Some(2), Some("paid"), None),
            (Some(3), Some("failed"), None),
            (Some(4), Some("refused"), Some("amount_differs")),
            (Some(5), Some("refused"), Some("not_in_file")),
            (Some(6), Some("refused"), Some("unknown_result")),
            (Some(7), Some("refused"), Some("event_contradicts")),
        ]
    );
    assert!(!report.to_string().contains(NUMBER));
    assert_eq!(bank.wallet().await, "26000.00");
    let again = json(bank.report(&file, &table).await).await;
    assert_eq!(
        (&again["paid"], &again["failed"]),
        (&0.into(), &0.into()),
        "a table handed in twice does nothing twice"
    );
    assert_eq!(bank.wallet().await, "26000.00");
    let failed = bank.read(&bank.owner, &format!("/v1/withdrawals/{}", ids[1])).await;
    assert_eq!((&failed["state_zh"], &failed["reason"]), (&"打款失败".into(), &"账号…7890已销户".into()));
}

#[tokio::test]
async fn tables_that_are_none_are_refused() {
    let bank = Bank::open().await;
    let id = bank.approved("1000.00").await;
    let file = bank.file(&[&id]).await;
    for table in
        ["", "提现单号,结果", "a,b\n1,2", "结果,结果,提现单号\n成功,成功,W", "\u{0}", "提现单号,结果\n,\n"]
    {
        assert_eq!(problem(bank.report(&file, table).await).await, (400, "bad_body".into()), "{table:?}");
    }
    let unknown = bank.report("none", "提现单号,结果\nW,成功").await;
    assert_eq!(problem(unknown).await, (404, "unknown_payout_file".into()));
    assert_eq!(bank.read(&bank.owner, &format!("/v1/withdrawals/{id}")).await["state"], "in_payment");
}

#[tokio::test]
async fn a_changed_account_waits_a_day_and_the_same_one_does_not() {
    let bank = Bank::open().await;
    let wish = json!({ "amount": "100.00" });
    let none = bank.write(&bank.owner, "/v1/me/withdrawals", wish.clone()).await;
    assert_eq!(problem(none).await, (409, "no_payout_account".into()));
    bank.set_account(&bank.owner, "/v1/me").await;
    bank.set_account(&bank.owner, "/v1/me").await;
    bank.done(&bank.owner, "/v1/me/withdrawals", wish.clone()).await;
    let other = json!({ "bank": "工商银行", "number": "6222020000000001", "name": "张三" });
    bank.done(&bank.owner, "/v1/me/payout-account", other).await;
    let account = bank.read(&bank.owner, "/v1/me/payout-account").await;
    assert_eq!(
        (&account["account"], &account["is_usable"], &account["usable_from"]),
        (&"工商银行 尾号 0001".into(), &false.into(), &"2026-01-02T00:00:00Z".into())
    );
    let early = bank.write(&bank.owner, "/v1/me/withdrawals", wish.clone()).await;
    assert_eq!(problem(early).await, (409, "payout_account_new".into()));
    bank.app.now.fetch_add(86_400, Ordering::SeqCst);
    bank.done(&bank.owner, "/v1/me/withdrawals", wish).await;
}

#[tokio::test]
async fn what_is_somebody_else_s_is_not_there() {
    let bank = Bank::open().await;
    let id = bank.submitted("5000.00").await;
    let target = format!("/v1/withdrawals/{id}");
    assert_eq!(problem(bank.app.look(&target, &bank.other).await).await, (404, "unknown_withdrawal".into()));
    let taken = bank.write(&bank.other, &format!("{target}/take-back"), json!({})).await;
    assert_eq!(problem(taken).await, (404, "unknown_withdrawal".into()));
    let taken = bank.write(&bank.chen, &format!("{target}/take-back"), json!({})).await;
    assert_eq!(problem(taken).await, (403, "forbidden".into()), "a desk takes nothing of others back");
    for (token, target) in [
        (&bank.other, "/v1/stores/S9/withdrawals"),
        (&bank.other, "/v1/withdrawals"),
        (&bank.owner, "/v1/payout-files"),
        (&bank.ann, "/v1/platform/profit/withdrawals"),
    ] {
        assert_eq!(problem(bank.app.look(target, token).await).await, (403, "forbidden".into()), "{target}");
    }
    for what in ["take-up", "approve", "paid"] {
        let refused = bank.write(&bank.owner, &format!("{target}/{what}"), json!({})).await;
        assert_eq!(problem(refused).await, (403, "forbidden".into()), "{what}");
    }
    bank.done(&bank.owner, &format!("{target}/take-back"), json!({})).await;
    assert_eq!(bank.wallet().await, "30000.00");
}

#[tokio::test]
async fn stores_and_suppliers_withdraw_what_is_theirs() {
    let mut bank = Bank::open().await;
    bank.app.hire([("eve", Role::Supplier), ("fay", Role::Supplier)]).await;
    let supplier = |act| MallAct::Supplier(act).into();
    let add = SupplierAct::Add { supplier: "U1".into(), name: "果园".into(), sealed_contact: vec![1] };
    let login = SupplierAct::AddLogin { supplier: "U1".into(), staff: "eve".into() };
    bank.app.by_machine(|_| vec![supplier(add), supplier(login)]).await;
    let limits = json!({ "least": "0.01", "most": "50000.00", "most_a_day": "100000.00", "count_a_day": 5,
        "second_person_above": "10000.00" });
    let refused = bank.write(&bank.chen, "/v1/withdrawal-limits", limits.clone()).await;
    assert_eq!(problem(refused).await, (403, "forbidden".into()), "who reviews sets no limits");
    bank.done(&bank.ann, "/v1/withdrawal-limits", limits).await;
    let (eve, fay) = (bank.app.ready("eve").await.0, bank.app.ready("fay").await.0);
    bank.set_account(&eve, "/v1/suppliers/U1").await;
    let id = bank.done(&eve, "/v1/suppliers/U1/withdrawals", json!({ "amount": "9.00" })).await;
    assert_eq!(bank.read(&eve, &format!("/v1/withdrawals/{id}")).await["owner"], "U1");
    for target in ["/v1/suppliers/U1/withdrawals".to_string(), format!("/v1/withdrawals/{id}")] {
        assert_eq!(bank.app.look(&target, &fay).await.status(), 404, "{target}");
    }
    bank.set_account(&bank.owner, "/v1/stores/S9").await;
    let id = bank.done(&bank.owner, "/v1/stores/S9/withdrawals", json!({ "amount": "50000.00" })).await;
    let shared = bank.read(&bank.chen, &format!("/v1/withdrawals/{id}")).await;
    assert_eq!(
        shared["desk"]["same_account"],
        json!(["supplier:U1"]),
        "one account of two owners is worth a look"
    );
    let more = bank.write(&bank.owner, "/v1/stores/S9/withdrawals", json!({ "amount": "50000.01" })).await;
    assert_eq!(problem(more).await, (409, "withdrawal_too_large".into()));
}

#[tokio::test]
async fn the_platform_s_own_money_takes_two_people() {
    let bank = Bank::open().await;
    bank.set_account(&bank.chen, "/v1/platform/fees").await;
    let id = bank.done(&bank.chen, "/v1/platform/fees/withdrawals", json!({ "amount": "200000.00" })).await;
    let target = |what: &str| format!("/v1/withdrawals/{id}/{what}");
    bank.done(&bank.chen, &target("take-up"), json!({})).await;
    let own = bank.write(&bank.chen, &target("approve"), json!({})).await;
    assert_eq!(problem(own).await, (403, "second_person_needed".into()));
    bank.done(&bank.dai, &target("approve"), json!({})).await;
    let nothing = bank.app.look("/v1/platform/pool/withdrawals", &bank.chen).await;
    assert_eq!(nothing.status(), 404);
}

#[tokio::test]
async fn a_number_of_an_account_is_in_no_log_journal_snapshot_or_error() {
    let mut bank = Bank::open().await;
    let planted = "6217009876543210123";
    let account =
        |number: &Value, bank_name: &str| json!({ "bank": bank_name, "number": number, "name": "李四" });
    for body in [
        account(&json!(6_217_009_876_543_210_123_u64), "建设银行"),
        account(&json!(planted), "=建设银行"),
        account(&json!(format!("{planted}x")), "建设银行"),
        json!({ planted: planted }),
        json!([planted]),
    ] {
        let refused = bank.write(&bank.owner, "/v1/me/payout-account", body).await;
        assert_eq!(refused.status(), 400);
        assert!(!refused.text().await.expect("a problem").contains(planted));
    }
    bank.done(&bank.owner, "/v1/me/payout-account", account(&json!(planted), "建设银行")).await;
    let id = bank.done(&bank.owner, "/v1/me/withdrawals", json!({ "amount": "100.00" })).await;
    for what in ["take-up", "approve"] {
        bank.done(&bank.chen, &format!("/v1/withdrawals/{id}/{what}"), json!({})).await;
    }
    let file = bank.file(&[&id]).await;
    let table = bank.app.look(&format!("/v1/payout-files/{file}/csv"), &bank.chen).await;
    assert!(table.text().await.expect("a table").contains(planted), "it is there where it belongs");
    bank.report(&file, &format!("提现单号,结果,原因\n{id},失败,{planted} 不存在\n")).await;
    for token in [&bank.owner, &bank.chen] {
        let shown = bank.read(token, &format!("/v1/withdrawals/{id}")).await.to_string();
        assert!(shown.contains("尾号 0123") && !shown.contains(planted), "{shown}");
    }
    bank.app.end();
    bank.app.ended().await;
    let (bytes, planted) = (bank.app.bytes(), planted.as_bytes());
    assert!(bytes.len() > 10_000 && !bytes.windows(planted.len()).any(|window| window == planted));
    assert!(!log().as_bytes().windows(planted.len()).any(|window| window == planted));
}
