//! What takes two people over HTTP: what it would do is seen before, one person in two sessions is one, and it is carried
//! out once.

use crate::support::bank::Bank;
use crate::support::{all, problem};
use serde_json::{Value, json};

async fn proposed(bank: &Bank, token: &str, what: Value) -> String {
    bank.done(token, "/v1/proposals", json!({ "what": what, "reason": "second round" })).await
}

#[tokio::test]
async fn what_approving_would_do_is_seen_before_and_then_done() {
    let bank = Bank::open().await;
    let id = proposed(&bank, &bank.chen, json!({ "kind": "inject", "amount": "1000.00", "note": "B" })).await;
    let target = format!("/v1/proposals/{id}");
    let looked = bank.read(&bank.dai, &target).await;
    let pool = |looked: &Value| {
        let changes = looked["effect"]["changes"].as_array().expect("changes").clone();
        changes.into_iter().find(|change| change["what"] == "pool:reserve").expect("the pool changes")
    };
    let change = pool(&looked);
    let before = bank.read(&bank.dai, "/v1/price").await;
    assert_eq!(change["before"], before["pool"]);
    assert_eq!((looked["state"].as_str(), looked["by"].as_str()), (Some("open"), Some("staff:chen")));
    bank.done(&bank.ann, &format!("{target}/approve"), json!({})).await;
    let after = bank.read(&bank.dai, "/v1/price").await;
    assert_eq!(change["after"], after["pool"], "what was shown is what was done");
    assert_ne!(before["pool"], after["pool"]);
    let ended = bank.read(&bank.dai, &target).await;
    assert_eq!(
        (&ended["state"], &ended["ended_by"], &ended["effect"]),
        (&"carried_out".into(), &"staff:ann".into(), &Value::Null)
    );
    assert_eq!(bank.read(&bank.dai, "/v1/proposals?state=open").await["items"], json!([]));
    let done = bank.read(&bank.dai, "/v1/proposals?state=carried_out&limit=1").await;
    assert_eq!(done["items"][0]["id"], *id);
}

#[tokio::test]
async fn nobody_approves_their_own_in_whatever_session() {
    let bank = Bank::open().await;
    let id = proposed(&bank, &bank.chen, json!({ "kind": "inject", "amount": "1.00" })).await;
    let target = |what: &str| format!("/v1/proposals/{id}/{what}");
    let second = bank.second_session().await;
    assert_ne!(second, bank.chen);
    for token in [&bank.chen, &second] {
        let own = bank.write(token, &target("approve"), json!({})).await;
        assert_eq!(problem(own).await, (403, "second_person_needed".into()));
        let own = bank.write(token, &target("refuse"), json!({ "reason": "no" })).await;
        assert_eq!(problem(own).await, (403, "second_person_needed".into()));
    }
    let other = bank.write(&bank.dai, &target("take-back"), json!({})).await;
    assert_eq!(problem(other).await, (403, "not_yours".into()));
    bank.done(&bank.chen, &target("take-back"), json!({})).await;
    let late = bank.write(&bank.dai, &target("approve"), json!({})).await;
    assert_eq!(problem(late).await, (409, "proposal_closed".into()));
}

#[tokio::test]
async fn eight_approvals_at_once_are_one() {
    let bank = Bank::open().await;
    let before = bank.read(&bank.dai, "/v1/price").await["pool"].clone();
    let id = proposed(&bank, &bank.chen, json!({ "kind": "inject", "amount": "100.00" })).await;
    let after = bank.read(&bank.dai, &format!("/v1/proposals/{id}")).await["effect"]["changes"].clone();
    let approve = format!("/v1/proposals/{id}/approve");
    let approvals = (0..8)
        .map(|number| bank.write(if number % 2 == 0 { &bank.dai } else { &bank.ann }, &approve, json!({})));
    let statuses: Vec<_> = all(approvals).await.into_iter().map(|answer| answer.status().as_u16()).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    let pool = bank.read(&bank.dai, "/v1/price").await["pool"].clone();
    assert!(pool != before && after.to_string().contains(&pool.to_string()), "{pool} {after}");
}

#[tokio::test]
async fn each_kind_is_proposed_seen_and_carried_out() {
    let bank = Bank::open().await;
    let owner = &bank.owner_id;
    for (what, changed) in [
        (json!({ "kind": "deposit", "to": { "store": "S9" }, "amount": "5.00" }), "store:S9"),
        (json!({ "kind": "deposit", "to": "profit", "amount": "5.00" }), "platform:profit"),
        (json!({ "kind": "fee", "member": owner, "region": "440106", "amount": "7.00" }), "platform:fees"),
        (json!({ "kind": "store_rate", "store": "S9", "rate": "12.5%" }), "store:S9:rate"),
        (json!({ "kind": "suspend", "member": owner }), "is_suspended"),
        (json!({ "kind": "reinstate", "member": owner }), "is_suspended"),
    ] {
        let id = proposed(&bank, &bank.chen, what.clone()).await;
        let target = format!("/v1/proposals/{id}");
        let looked = bank.read(&bank.ann, &target).await;
        assert_eq!(looked["what"], what);
        assert!(looked["effect"]["changes"].to_string().contains(changed), "{looked}");
        bank.done(&bank.ann, &format!("{target}/approve"), json!({})).await;
    }
    assert_eq!(bank.read(&bank.ann, "/v1/stores/S9").await["own_rate_ppm"], 125_000);
}

#[tokio::test]
async fn what_the_economy_would_refuse_is_said_before_and_stays_open() {
    let bank = Bank::open().await;
    let weights = json!({ "kind": "distribute", "weights": { &bank.owner_id: 1 } });
    let id = proposed(&bank, &bank.chen, weights).await;
    let target = format!("/v1/proposals/{id}");
    let looked = bank.read(&bank.ann, &target).await;
    let code = looked["effect"]["refused"]["code"].as_str().expect("nothing is accrued").to_string();
    let refused = bank.write(&bank.ann, &format!("{target}/approve"), json!({})).await;
    assert_eq!(problem(refused).await.1, code);
    assert_eq!(bank.read(&bank.ann, &target).await["state"], "open");
    let listed = bank.read(&bank.ann, "/v1/proposals").await;
    assert_eq!(
        (&listed["items"][0]["weights"], &listed["items"][0]["what"]["weights"]),
        (&1.into(), &json!({}))
    );
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused_and_is_not_for_everybody() {
    let bank = Bank::open().await;
    for (what, expected) in [
        (json!({ "kind": "inject", "amount": "0" }), (422, "bad_amount")),
        (json!({ "kind": "inject", "amount": 1 }), (400, "bad_body")),
        (json!({ "kind": "inject", "amount": "1.00", "to": "me" }), (400, "bad_body")),
        (json!({ "kind": "print_money", "amount": "1.00" }), (400, "bad_body")),
        (json!({ "kind": "suspend", "member": "nobody" }), (404, "unknown_member")),
        (
            json!({ "kind": "write_off", "account": "pool:reserve", "amount": "1.00" }),
            (404, "unknown_account"),
        ),
        (json!({ "kind": "store_rate", "store": "S9", "rate": "99%" }), (409, "rate_out_of_range")),
        (json!({ "kind": "store_rate", "store": "S9", "rate": "0.125" }), (422, "bad_rate")),
        (json!({ "kind": "set_rank", "member": "M1", "rank": "V9" }), (404, "unknown_rank")),
        (
            json!({ "kind": "fee", "member": "M1", "region": "'; --", "amount": "1.00" }),
            (404, "unknown_region"),
        ),
    ] {
        let body = json!({ "what": what, "reason": "x" });
        let (status, code) = problem(bank.write(&bank.chen, "/v1/proposals", body).await).await;
        assert_eq!((status, &*code), expected, "{what}");
    }
    let long = json!({ "what": { "kind": "inject", "amount": "1.00" }, "reason": "x".repeat(201) });
    assert_eq!(problem(bank.write(&bank.chen, "/v1/proposals", long).await).await, (422, "bad_text".into()));
    assert_eq!(problem(bank.app.look("/v1/proposals", &bank.owner).await).await, (403, "forbidden".into()));
    assert_eq!(bank.read(&bank.ann, "/v1/proposals").await["items"], json!([]));
}
