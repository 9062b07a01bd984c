//! Plans over HTTP: drafted, checked, approved by somebody else, in force on their day; and everybody reads what holds.

use crate::support::bank::Bank;
use crate::support::{PLAN, TestApp, json, problem, send};
use linli_platform::PlanChangeAct;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

fn cheaper() -> String {
    PLAN.replace("rate = \"20%\"                    # default", "rate = \"18%\"                    # default")
}

async fn public(app: &TestApp) -> Value {
    json(send(app.unsigned(Method::GET, "/v1/plan")).await).await
}

async fn drafted(bank: &Bank, text: &str) -> String {
    bank.done(&bank.ann, "/v1/plans", json!({ "text": text, "note": "a lower take" })).await
}

#[tokio::test]
async fn a_plan_holds_from_its_day_on_and_everybody_can_read_it_before() {
    let mut bank = Bank::open().await;
    let first = public(&bank.app).await;
    assert_eq!((&first["text"], &first["version"], &first["id"]), (&PLAN.into(), &1.into(), &Value::Null));
    let id = drafted(&bank, &cheaper()).await;
    let target = |what: &str| format!("/v1/plans/{id}/{what}");
    let date = json!({ "active_from": "2026-01-20T00:00:00+08:00" });
    bank.done(&bank.ann, &target("submit"), date).await;
    let own = bank.write(&bank.ann, &target("approve"), json!({})).await;
    assert_eq!(problem(own).await, (403, "second_person_needed".into()));
    bank.done(&bank.bo, &target("approve"), json!({})).await;
    let told = public(&bank.app).await;
    assert_eq!((&told["version"], &told["next"]["id"]), (&1.into(), &json!(id)));
    assert_eq!(told["next"]["active_from"], "2026-01-19T16:00:00Z");
    assert_eq!(
        told["next"]["changes"],
        json!([{ "key": "take.rate", "before": "\"20%\"", "after": "\"18%\"" }])
    );
    bank.app.now.fetch_add(20 * 86_400, Ordering::SeqCst);
    bank.app.restart().await;
    let held = loop {
        let now = public(&bank.app).await;
        if now["version"] == 2 {
            break now;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!((&held["text"], &held["id"], &held["next"]), (&cheaper().into(), &json!(id), &Value::Null));
}

#[tokio::test]
async fn a_check_names_line_and_column_and_who_gets_what() {
    let bank = Bank::open().await;
    let check = async |text: String| {
        let checked = bank.write(&bank.ann, "/v1/plans/check", json!({ "text": text })).await;
        assert_eq!(checked.status(), 200);
        json(checked).await
    };
    let wrong = check(PLAN.replace("max_rate = \"50%\"", "max_rate = \"half\"")).await;
    assert_eq!((&wrong["accepted"], &wrong["figures"]), (&false.into(), &Value::Null));
    let reason = &wrong["refusals"][0];
    assert_eq!(
        (&reason["key"], &reason["line"], &reason["column"]),
        (&"take.max_rate".into(), &12.into(), &12.into())
    );
    let fixed = check(PLAN.replace("start_price = \"1.00\"", "start_price = \"2.00\"")).await;
    assert_eq!(
        (&fixed["accepted"], &fixed["refusals"][0]["key"]),
        (&false.into(), &"points.start_price".into())
    );
    let right = check(cheaper()).await;
    assert_eq!((&right["accepted"], &right["stores_with_another_rate"]), (&true.into(), &2.into()));
    let shares = right["figures"]["waterfall"].as_array().expect("shares");
    let share =
        |rule: &str| shares.iter().find(|share| share["rule"] == rule).expect("a rule")["everybody"].clone();
    assert_eq!(
        (share("store"), share("direct"), share("pool")),
        ("820.00".into(), "3.00".into(), "140.00".into())
    );
    let none = check(String::new()).await;
    assert_eq!(none["accepted"], false);
}

#[tokio::test]
async fn drafts_are_edited_compared_refused_and_withdrawn() {
    let bank = Bank::open().await;
    let id = drafted(&bank, "half a pl").await;
    let target = |what: &str| format!("/v1/plans/{id}/{what}");
    let date = json!({ "active_from": "2026-01-20T00:00:00Z" });
    let early = bank.write(&bank.ann, &target("submit"), date.clone()).await;
    assert_eq!(problem(early).await, (422, "bad_plan".into()));
    let compare = format!("/v1/plans/compare?to={id}");
    assert_eq!(problem(bank.app.look(&compare, &bank.chen).await).await, (422, "bad_plan".into()));
    bank.done(&bank.bo, &target("edit"), json!({ "text": cheaper(), "note": "whole" })).await;
    let changes = bank.read(&bank.chen, &compare).await;
    assert_eq!((changes[0]["key"].as_str(), changes.as_array().map(Vec::len)), (Some("take.rate"), Some(1)));
    assert_eq!(bank.read(&bank.chen, &format!("/v1/plans/compare?from={id}&to={id}")).await, json!([]));
    let soon = json!({ "active_from": "2026-01-05T00:00:00Z" });
    assert_eq!(
        problem(bank.write(&bank.ann, &target("submit"), soon).await).await,
        (422, "date_too_soon".into())
    );
    let never = json!({ "active_from": "the day after" });
    assert_eq!(
        problem(bank.write(&bank.ann, &target("submit"), never).await).await,
        (400, "bad_parameter".into())
    );
    bank.done(&bank.ann, &target("submit"), date).await;
    let own = bank.write(&bank.bo, &target("approve"), json!({})).await;
    assert_eq!(
        problem(own).await,
        (403, "second_person_needed".into()),
        "who wrote it approves it no more than who submitted it"
    );
    bank.done(&bank.bo, &target("refuse"), json!({ "reason": "not now" })).await;
    let ended = bank.read(&bank.chen, &format!("/v1/plans/{id}")).await;
    assert_eq!(
        (&ended["state"], &ended["why"], &ended["ended"]["by"]),
        (&"withdrawn".into(), &"not now".into(), &"staff:bo".into())
    );
    let late = bank.write(&bank.bo, &target("withdraw"), json!({ "reason": "x" })).await;
    assert_eq!(problem(late).await, (409, "plan_change_state".into()));
    assert_eq!(bank.read(&bank.chen, "/v1/plans?state=withdrawn").await["items"][0]["id"], *id);
    let unknown = bank.app.look("/v1/plans/none", &bank.chen).await;
    assert_eq!(problem(unknown).await, (404, "unknown_plan_change".into()));
    for token in [&bank.chen, &bank.owner] {
        let refused = bank.write(token, "/v1/plans", json!({ "text": "x", "note": "x" })).await;
        assert_eq!(problem(refused).await, (403, "forbidden".into()));
    }
    let long = json!({ "text": "x".repeat((64 << 10) + 1), "note": "x" });
    assert_eq!(problem(bank.write(&bank.ann, "/v1/plans", long).await).await, (422, "bad_text".into()));
}

#[tokio::test]
async fn a_plan_that_a_program_has_put_in_force_is_shown_as_it_holds() {
    let mut bank = Bank::open().await;
    bank.app.by_machine(|_| vec![PlanChangeAct::SetNotice { days: 0 }.into()]).await;
    let line = json!({ "cmd": "change_plan", "id": "C1", "plan": cheaper() }).to_string();
    let answer = bank.app.post("/v1/commands", "a-plan", &line).await.text().await.expect("a result");
    assert!(answer.contains(r#""ok":true"#), "{answer}");
    let shown = public(&bank.app).await;
    assert_eq!((&shown["version"], &shown["id"]), (&2.into(), &Value::Null));
    let text = json!({ "text": shown["text"] });
    let check = json(bank.write(&bank.ann, "/v1/plans/check", text).await).await;
    assert_eq!((&check["accepted"], &check["changes"]), (&true.into(), &json!([])), "it means what holds");
}
