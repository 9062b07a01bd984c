//! Records over HTTP: who did what, with what it changed before and after, for whoever may read them, and nothing of a
//! person in them.

use crate::support::bank::{Bank, NUMBER};
use crate::support::problem;
use linli_platform::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn each_act_of_a_desk_stands_there_with_what_it_changed() {
    let mut bank = Bank::open().await;
    let id = bank.approved("5000.00").await;
    bank.done(&bank.chen, &format!("/v1/withdrawals/{id}/reject"), json!({ "reason": "户名不符" })).await;
    bank.app.hire([("eve", Role::Auditor)]).await;
    let eve = bank.app.ready("eve").await.0;
    let records = bank.read(&eve, &format!("/v1/records?subject={id}")).await;
    let items = records["items"].as_array().expect("records");
    let kinds: Vec<_> = items.iter().map(|one| (one["kind"].as_str(), one["by"].as_str())).collect();
    let by_chen = |kind| (Some(kind), Some("staff:chen"));
    assert_eq!(kinds, ["reject_withdrawal", "approve_withdrawal", "take_up_withdrawal"].map(by_chen));
    let rejected = &items[0];
    let states = |when: &str| {
        let steps = rejected[when]["steps"].as_array().expect("steps");
        steps.last().expect("a step")["state"].clone()
    };
    assert_eq!((states("before"), states("after")), ("Approved".into(), "Rejected".into()));
    assert_eq!(
        (&rejected["after"]["amount"], &rejected["before"]["reason"]),
        (&"5000.00".into(), &Value::Null)
    );
    let wallet = rejected["balances"]
        .as_array()
        .expect("balances")
        .iter()
        .find(|balance| balance["account"] == format!("member:{}:wallet", bank.owner_id));
    let wallet = wallet.expect("the money went back");
    assert_eq!((&wallet["before"], &wallet["after"]), (&"25000.00".into(), &"30000.00".into()));
    let seq = rejected["seq"].as_u64().expect("a seq");
    assert_eq!(&bank.read(&eve, &format!("/v1/records/{seq}")).await, rejected);
    for token in [&bank.owner, &bank.other] {
        assert_eq!(problem(bank.app.look("/v1/records", token).await).await, (403, "forbidden".into()));
    }
    assert_eq!(problem(bank.app.look("/v1/records/0", &eve).await).await, (404, "unknown_record".into()));
}

#[tokio::test]
async fn records_are_found_by_who_what_and_day_and_go_on_page_by_page() {
    let mut bank = Bank::open().await;
    bank.later(2 * 86_400).await;
    let what = json!({ "what": { "kind": "inject", "amount": "1000.00" }, "reason": "capital" });
    let id = bank.done(&bank.chen, "/v1/proposals", what).await;
    bank.done(&bank.ann, &format!("/v1/proposals/{id}/approve"), json!({})).await;
    let find = async |query: &str| {
        let found = bank.read(&bank.ann, &format!("/v1/records?{query}")).await;
        let items = found["items"].as_array().expect("records").clone();
        items.into_iter().map(|one| one["kind"].as_str().expect("a kind").to_string()).collect::<Vec<_>>()
    };
    assert_eq!(find("day=2026-01-03").await, ["approve_proposal", "propose", "open_session", "open_session"]);
    assert_eq!(find("day=2026-01-03&by=staff:ann").await, ["approve_proposal", "open_session"]);
    assert_eq!(find("kind=propose&by=staff:chen").await, ["propose"]);
    assert_eq!(find("day=2026-01-02").await, [""; 0]);
    assert!(find("by=machine").await.contains(&"add_staff".to_string()));
    let pool = bank.read(&bank.ann, "/v1/records?kind=approve_proposal").await;
    assert_eq!(pool["items"][0]["before"]["state"], "Open");
    assert_eq!(pool["items"][0]["after"]["state"], "CarriedOut");
    let (mut after, mut seqs) = (String::new(), Vec::new());
    loop {
        let page = bank.read(&bank.ann, &format!("/v1/records?limit=3&after={after}")).await;
        let items = page["items"].as_array().expect("records");
        seqs.extend(items.iter().map(|one| one["seq"].as_u64().expect("a seq")));
        match page["next"].as_str() {
            Some(next) => after = next.into(),
            None => break,
        }
    }
    assert!(seqs.len() > 10 && seqs.windows(2).all(|pair| pair[0] > pair[1]), "{seqs:?}");
    let before = bank.read(&bank.ann, "/v1/records?limit=200").await;
    bank.app.restart().await;
    assert_eq!(bank.read(&bank.ann, "/v1/records?limit=200").await, before, "they outlive the service");
    for query in ["day=yesterday", "limit=0", "after=x"] {
        let bad = bank.app.look(&format!("/v1/records?{query}"), &bank.ann).await;
        assert_eq!(problem(bad).await, (400, "bad_parameter".into()), "{query}");
    }
}

#[tokio::test]
async fn nothing_of_a_person_is_in_them() {
    let bank = Bank::open().await;
    bank.set_account(&bank.chen, "/v1/platform/fees").await;
    let person = bank.app.look(&format!("/v1/members/{}/person", bank.owner_id), &bank.ann).await;
    assert_eq!(person.status(), 200);
    let all = bank.read(&bank.ann, "/v1/records?limit=200").await.to_string();
    for kind in ["set_payout_account", "reveal_person", "add_staff"] {
        assert!(all.contains(kind), "{kind}");
    }
    for of_person in [NUMBER, "7890", "张三", "13800000001", "sealed"] {
        assert!(!all.contains(of_person), "{of_person}");
    }
}
