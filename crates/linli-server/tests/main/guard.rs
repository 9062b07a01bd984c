//! The guard over HTTP: what it says of the plan in force and of drafts, and words that a sandbox warns of and live
//! refuses. The rules themselves are tested where they are.

use crate::support::bank::Bank;
use crate::support::payer::busy;
use crate::support::shop::Shop;
use crate::support::system::system;
use crate::support::{PLAN, TestApp, json, problem, send};
use reqwest::Method;
use serde_json::{Value, json};

/// The ids of a verdict, each once.
fn ids(findings: &Value, verdict: &str) -> Vec<String> {
    let found = findings.as_array().expect("a list").iter().filter(|finding| finding["verdict"] == verdict);
    let mut ids: Vec<String> =
        found.map(|finding| finding["id"].as_str().expect("an id").to_string()).collect();
    ids.dedup();
    ids
}

fn page(description: &str) -> Value {
    json!({ "name": "街角面馆", "address": "天河路 1 号", "description": description })
}

#[tokio::test]
async fn a_desk_reads_what_the_guard_says_of_the_plan_in_force() {
    let bank = Bank::open().await;
    let told = bank.read(&bank.ann, "/v1/guard").await;
    assert_eq!((&told["plan"], &told["profile"]), (&json!("seed-one"), &json!("cn")));
    assert_eq!(told["is_live"], false);
    let denied = ids(&told["findings"], "DENY");
    assert!(denied.contains(&"EN-1".to_string()), "{denied:?}");
    assert!(ids(&told["findings"], "PROOF").contains(&"PS-3b".to_string()));
    let genesis = told["findings"].as_array().expect("a list").iter().find(|one| one["id"] == "EN-1");
    let genesis = genesis.expect("found");
    assert_eq!(genesis["because"], "genesis is 0.00 yuan; at least 1000.00 is asked");
    assert_eq!(genesis["because_zh"], "创世注资 0.00 元，至少 1000.00 元");
    // What the program does not have is asked too, and what nobody has measured is named.
    assert!(denied.contains(&"PI-7".to_string()), "{denied:?}");
    assert!(!denied.contains(&"CR-3".to_string()), "{denied:?}");
    let unasked = told["unasked"].as_array().expect("a list");
    assert!(unasked.contains(&json!("PAY-1")) && !unasked.contains(&json!("CR-3")), "{unasked:?}");
}

#[tokio::test]
async fn members_and_strangers_do_not_read_what_the_guard_says() {
    let bank = Bank::open().await;
    assert_eq!(bank.app.look("/v1/guard", &bank.owner).await.status(), 403);
    assert_eq!(send(bank.app.unsigned(Method::GET, "/v1/guard")).await.status(), 401);
}

#[tokio::test]
async fn a_plan_is_judged_before_anybody_is_exposed_to_it() {
    let bank = Bank::open().await;
    let check = async |text: String| {
        let checked = bank.write(&bank.ann, "/v1/plans/check", json!({ "text": text })).await;
        assert_eq!(checked.status(), 200);
        json(checked).await
    };
    let double = check(PLAN.replace("cap = \"1.2\"", "cap = \"2\"")).await;
    assert!(ids(&double["findings"], "DENY").contains(&"IF-4".to_string()), "{}", double["findings"]);
    let elsewhere = check(PLAN.replace("jurisdiction = \"cn\"", "jurisdiction = \"none\"")).await;
    assert_eq!(elsewhere["findings"], json!([]));
    assert_eq!(check("name = 1".into()).await["findings"], json!([]));
}

#[tokio::test]
async fn a_sandbox_takes_words_and_warns_at_the_field_with_the_rule() {
    let shop = Shop::open().await;
    let put = async |description: &str| {
        let answer = shop.write(&shop.owner, "/v1/stores/S9/page", page(description)).await;
        assert_eq!(answer.status(), 200);
        json(answer).await
    };
    let warned = put("手工面，穩 賺不賠").await;
    let warning = &warned["warnings"][0];
    assert_eq!(
        (&warning["field"], &warning["rule"], &warning["verdict"], &warning["found"]),
        (&json!("description"), &json!("CR-2"), &json!("DENY"), &json!("穩 賺"))
    );
    assert!(warning["citation"].as_str().is_some_and(|text| text.contains("广告法")), "{warning}");
    let shown = json(send(shop.app.unsigned(Method::GET, "/v1/stores/S9/page")).await).await;
    assert_eq!(shown["page"]["description"], "手工面，穩 賺不賠");
    assert_eq!(put("手工面，新品上市").await["warnings"], Value::Null);
}

#[tokio::test]
async fn live_refuses_words_and_changes_nothing() {
    let shop = Shop::on(TestApp::with_payments(system, busy).await).await;
    let target = "/v1/stores/S9/page";
    assert_eq!(shop.write(&shop.owner, target, page("手工面")).await.status(), 200);
    let refused = shop.write(&shop.owner, target, page("手工面，积分只 涨 不 跌")).await;
    let refused = json(refused).await;
    assert_eq!((&refused["status"], &refused["code"]), (&json!(422), &json!("forbidden_words")));
    let detail = refused["detail"].as_str().expect("a text");
    assert!(detail.starts_with("description says “") && detail.contains("IF-1"), "{detail}");
    let named = json!({ "name": "邻里理财中心", "address": "天河路 1 号" });
    assert_eq!(problem(shop.write(&shop.owner, target, named).await).await, (422, "forbidden_words".into()));
    let shown = json(send(shop.app.unsigned(Method::GET, target)).await).await;
    assert_eq!(
        (&shown["page"]["name"], &shown["page"]["description"]),
        (&json!("街角面馆"), &json!("手工面"))
    );
    // What is only to be watched is taken, with a warning.
    let superlative = json(shop.write(&shop.owner, target, page("国家级手工面")).await).await;
    assert_eq!(superlative["warnings"][0]["rule"], "AD-2");
}
