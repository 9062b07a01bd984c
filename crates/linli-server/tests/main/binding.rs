//! Invitations and bindings over HTTP: what a visitor sees, what is kept of what they agreed to, and that orders keep the
//! chain they were paid with.

use crate::support::shop::Shop;
use crate::support::{all, json, problem, send};
use reqwest::{Method, Response};
use serde_json::{Value, json};

async fn look(shop: &Shop, kind: &str, id: &str) -> Response {
    send(shop.app.unsigned(Method::GET, &format!("/v1/invitations/{kind}/{id}"))).await
}

async fn bind(shop: &Shop, token: &str, body: Value) -> Response {
    shop.write(token, "/v1/me/binding", body).await
}

async fn release(shop: &Shop, token: &str) -> Response {
    shop.write(token, "/v1/me/binding/release", json!({})).await
}

#[tokio::test]
async fn a_visitor_sees_who_invites_what_they_earn_and_that_it_is_optional() {
    let shop = Shop::open().await;
    let shown = json(look(&shop, "store", "S9").await).await;
    assert_eq!((&shown["kind"], &shown["store"]), (&json!("store"), &json!("S9")));
    assert_eq!(shown["inviter"], "+86138****0001", "the owner, masked");
    assert_eq!((&shown["is_optional"], &shown["consent"]["version"]), (&json!(true), &json!(1)));
    let share = |rule: &str, of: &str, rate: &str, of_100_yuan: &str| json!({"rule": rule, "of": of, "rate": rate, "of_100_yuan": of_100_yuan, "is_at_most": false});
    let direct = share("referral.direct", "your_orders", "0.30%", "0.30");
    let indirect = share("referral.indirect", "orders_of_whom_you_invite", "0.20%", "0.20");
    assert_eq!(shown["earns"], json!({"plan": "seed-one", "shares": [direct, indirect]}));
    let recruiter = json(look(&shop, "recruiter", &shop.member_id).await).await;
    assert_eq!(
        recruiter["earns"]["shares"][0],
        share("recruit.store", "orders_of_your_store", "0.50%", "0.50")
    );
    for (kind, id, status) in [
        ("store", "S7", 404),
        ("member", "M7", 404),
        ("recruiter", "%00", 404),
        ("owner", "S9", 400),
        ("member", "%FF", 400),
    ] {
        assert_eq!(problem(look(&shop, kind, id).await).await.0, status, "{kind} {id}");
    }
}

#[tokio::test]
async fn the_earnings_shown_are_those_of_the_plan_in_force() {
    let shop = Shop::open().await;
    let plan = crate::support::PLAN.replace("direct = \"0.3%\"", "direct = \"0.4%\"");
    shop.command(&json!({"cmd": "change_plan", "id": "P1", "plan": plan}).to_string()).await;
    let shown = json(look(&shop, "store", "S9").await).await;
    let share = &shown["earns"]["shares"][0];
    assert_eq!((&share["rate"], &share["of_100_yuan"]), (&json!("0.40%"), &json!("0.40")));
}

#[tokio::test]
async fn what_was_agreed_to_at_registration_or_later_is_a_dated_record() {
    let shop = Shop::open().await;
    let (_, token) = shop.app.register("13800000011", json!({"store": "S9", "consent": 1})).await;
    let binding = shop.read(&token, "/v1/me/binding").await;
    assert_eq!((&binding["inviter"], &binding["source"]), (&json!("+86138****0001"), &json!("store")));
    let first = binding["history"][0].clone();
    assert_eq!((&first["store"], &first["consent"]), (&json!("S9"), &json!(1)));
    assert_eq!(release(&shop, &token).await.status(), 200);
    let body = json!({"member": shop.member_id, "consent": 1});
    assert_eq!(bind(&shop, &token, body).await.status(), 200);
    let after = shop.read(&token, "/v1/me/binding").await;
    assert_eq!((&after["inviter"], &after["source"]), (&json!("+86138****0003"), &json!("member")));
    assert_eq!(after["history"].as_array().map(Vec::len), Some(2));
    for field in ["inviter", "source", "store", "consent", "since", "seq"] {
        assert_eq!(after["history"][0][field], first[field], "{field} is not rewritten");
    }
    assert!(after["history"][0]["released_at"].is_string() && after["history"][1]["released_at"].is_null());
}

#[tokio::test]
async fn an_order_keeps_the_chain_it_was_paid_with() {
    let shop = Shop::open().await;
    let (id, token) = shop.app.register("13800000011", json!({"member": shop.member_id, "consent": 1})).await;
    let pay = json!({"cmd": "pay", "order": "O1", "member": id, "store": "S9", "amount": "1000.00"});
    shop.command(&pay.to_string()).await;
    assert_eq!(release(&shop, &token).await.status(), 200);
    assert_eq!(bind(&shop, &token, json!({"store": "S8", "consent": 1})).await.status(), 200);
    shop.command(r#"{"cmd":"settle","order":"O1"}"#).await;
    assert_eq!(shop.read(&shop.member, "/v1/me/home").await["available"], "3.00");
    assert_eq!(shop.read(&shop.rival, "/v1/me/home").await["available"], "0.00");
}

#[tokio::test]
async fn eight_at_once_are_bound_once() {
    let shop = Shop::open().await;
    let bodies = (0..8).map(|number| match number % 2 {
        0 => json!({"store": "S9", "consent": 1}),
        _ => json!({"member": shop.member_id, "consent": 1}),
    });
    let mut answers = Vec::new();
    for answer in all(bodies.map(|body| bind(&shop, &shop.other, body))).await {
        answers.push(answer.status().as_u16());
    }
    answers.sort_unstable();
    assert_eq!(answers, [200, 409, 409, 409, 409, 409, 409, 409]);
    let binding = shop.read(&shop.other, "/v1/me/binding").await;
    assert_eq!(binding["history"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn what_is_no_agreement_binds_nobody() {
    let shop = Shop::open().await;
    let member = &shop.member_id;
    for (body, status, code) in [
        (json!({"store": "S9", "consent": 2}), 409, "consent_outdated"),
        (json!({"store": "S9", "consent": 0}), 409, "consent_outdated"),
        (json!({"store": "S9"}), 400, "bad_body"),
        (json!({"consent": 1}), 400, "bad_parameter"),
        (json!({"store": "S9", "member": member, "consent": 1}), 400, "bad_parameter"),
        (json!({"store": "S7", "consent": 1}), 404, "unknown_store"),
        (json!({"member": "x".repeat(5_000), "consent": 1}), 404, "unknown_member"),
        (json!({"store": "S9", "consent": 1, "for": "M1"}), 400, "bad_body"),
    ] {
        assert_eq!(
            problem(bind(&shop, &shop.other, body.clone()).await).await,
            (status, code.into()),
            "{body:.90}"
        );
    }
    let own = bind(&shop, &shop.member, json!({"member": member, "consent": 1})).await;
    assert_eq!(problem(own).await, (422, "self_invite".into()));
    assert_eq!(problem(release(&shop, &shop.other).await).await, (409, "not_bound".into()));
    let binding = shop.read(&shop.other, "/v1/me/binding").await;
    assert_eq!((&binding["inviter"], &binding["history"]), (&Value::Null, &json!([])));
    let code = shop.app.code_for("13800000012").await;
    let register = json!({"terms": 1, "invitation": {"store": "S9", "consent": 7}});
    let body = json!({"phone": "13800000012", "code": code, "register": register});
    let refused = shop.app.open("/v1/login", &body).await;
    assert_eq!(problem(refused).await, (409, "consent_outdated".into()));
}

#[tokio::test]
async fn links_are_ones_own_and_lead_to_what_they_mean() {
    let shop = Shop::open().await;
    let links = shop.read(&shop.owner, "/v1/me/links").await;
    let kinds: Vec<_> = links["items"].as_array().expect("links").iter().map(|link| &link["kind"]).collect();
    assert_eq!(kinds, ["member", "recruiter", "store"]);
    for link in links["items"].as_array().expect("links") {
        let path = link["path"].as_str().expect("a path");
        let shown = json(send(shop.app.unsigned(Method::GET, path)).await).await;
        assert_eq!((&shown["kind"], &shown["inviter"]), (&link["kind"], &json!("+86138****0001")));
    }
    let one = shop.read(&shop.owner, "/v1/me/links?limit=1").await;
    let next = one["next"].as_str().expect("there are more");
    let rest = shop.read(&shop.owner, &format!("/v1/me/links?after={next}")).await;
    assert_eq!(rest["items"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn who_was_bound_by_a_program_is_told_so() {
    let shop = Shop::open().await;
    let (id, token) = shop.app.register("13800000011", Value::Null).await;
    shop.command(&json!({"cmd": "bind", "member": id, "inviter": shop.member_id}).to_string()).await;
    let binding = shop.read(&token, "/v1/me/binding").await;
    assert_eq!((&binding["source"], &binding["history"]), (&json!("program"), &json!([])));
    assert_eq!(problem(shop.app.look(&format!("/v1/members/{id}/binding"), &token).await).await.0, 403);
}
