//! Regions, agents and what members have brought, over HTTP: terms that end by themselves, shares by day and store, and
//! counts instead of people.

use crate::support::shop::{DAY, soon};
use crate::support::{TestApp, json, problem, send};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

/// A desk, an agent who recruited the store S9, and somebody who has nothing to do with it.
struct City {
    app: TestApp,
    ann: String,
    agent: String,
    agent_id: String,
    other: String,
}

impl City {
    async fn new() -> Self {
        let app = TestApp::with_desk().await;
        let (ann, _) = app.ready("ann").await;
        let (agent_id, agent) = app.register("13800000001", Value::Null).await;
        let (_, other) = app.register("13800000002", Value::Null).await;
        let city = Self { app, ann, agent, agent_id, other };
        city.commands(&[
            json!({"cmd": "open_store", "store": "S9", "owner": "M1", "recruiter": city.agent_id, "district": "440106"}),
        ])
        .await;
        city
    }

    async fn commands(&self, lines: &[Value]) {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let answer = self.app.post("/v1/commands", &self.app.nonce(), &text).await;
        let answer = answer.text().await.expect("results");
        assert!(!answer.contains(r#""ok":false"#), "{answer}");
    }

    async fn write(&self, token: &str, target: &str, body: Value) -> Response {
        self.app.with_token(Method::POST, target, token, &self.app.nonce(), &body).await
    }

    async fn appoint(&self, region: &str, to: &str) -> Response {
        let body = json!({"region": region, "agent": self.agent_id, "to": to, "fee": "5000.00"});
        self.write(&self.ann, "/v1/appointments", body).await
    }

    async fn read(&self, token: &str, target: &str) -> Value {
        let response = self.app.look(target, token).await;
        assert_eq!(response.status(), 200, "{target}");
        json(response).await
    }

    /// Reads an appointment again after each entry of the journal until it is as it should be.
    async fn until(&self, id: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        loop {
            let price = json(send(self.app.unsigned(Method::GET, "/v1/price")).await).await;
            let found = self.read(&self.agent, &format!("/v1/appointments/{id}")).await;
            if is_so(&found) {
                return found;
            }
            let next = format!("/v1/price?at_least_seq={}", price["seq"].as_u64().expect("a seq") + 1);
            let moved = send(self.app.unsigned(Method::GET, &next)).await;
            assert_eq!(moved.status(), 200, "nothing happens any more: {found}");
        }
    }

    async fn settle(&self, order: &str, store: &str, amount: &str, at: &str) {
        self.commands(&[
            json!({"cmd": "settle", "order": order, "member": "M2", "store": store, "amount": amount, "at": at}),
        ])
        .await;
    }
}

#[tokio::test]
async fn the_tree_has_the_published_regions_with_who_holds_them() {
    let city = City::new().await;
    let public = async |query: &str| {
        json(send(city.app.unsigned(Method::GET, &format!("/v1/regions{query}"))).await).await
    };
    let top = public("").await;
    assert_eq!(top["items"].as_array().map(Vec::len), Some(7));
    let south = public("?within=south").await;
    assert_eq!(
        (&south["items"][0]["region"], &south["items"][0]["name"]),
        (&json!("440000"), &json!("广东省"))
    );
    assert_eq!(city.appoint("440106", "2026-12-31").await.status(), 200);
    let districts = public("?within=440100").await;
    let tianhe =
        districts["items"].as_array().expect("districts").iter().find(|one| one["region"] == "440106");
    let tianhe = tianhe.expect("it is one of eleven");
    assert_eq!((&tianhe["name"], &tianhe["has_more"]), (&json!("天河区"), &json!(false)));
    let holder = tianhe["holder"].as_str().expect("somebody");
    assert!(holder.contains('…') && !city.agent_id.eq(holder), "{holder}");
    for query in ["?within=449999", "?within=x", "?within=", "?within=south&within=north"] {
        let refused = send(city.app.unsigned(Method::GET, &format!("/v1/regions{query}"))).await;
        assert!(refused.status().is_client_error(), "{query}");
    }
}

#[tokio::test]
async fn a_term_is_announced_and_ends_by_itself_on_its_date() {
    let mut city = City::new().await;
    let appointed = json(city.appoint("440106", "2026-01-10").await).await;
    let id = appointed["id"].as_str().expect("an id").to_string();
    city.app.restart_with(soon).await;
    let announced = city.until(&id, |found| found["is_end_announced"] == true).await;
    assert_eq!((&announced["state"], &announced["to"]), (&json!("serving"), &json!("2026-01-10")));
    // 2026-01-10 ends at 16:00 UTC.
    city.app.now.fetch_add(9 * DAY + 16 * 3_600, Ordering::SeqCst);
    city.until(&id, |found| found["state"] == "ended").await;
    let held = json(send(city.app.unsigned(Method::GET, "/v1/regions?within=440100")).await).await;
    assert!(held["items"].as_array().expect("districts").iter().all(|one| one["holder"].is_null()));
}

#[tokio::test]
async fn an_agent_sees_the_turnover_and_the_own_share_by_store_and_by_day() {
    let city = City::new().await;
    assert_eq!(city.appoint("440106", "2026-12-31").await.status(), 200);
    city.settle("O1", "S9", "1000.00", "2026-01-01T00:00:01Z").await;
    city.settle("O2", "S1", "500.00", "2026-01-01T15:59:59Z").await;
    city.settle("O3", "S9", "200.00", "2026-01-01T16:00:00Z").await;
    city.commands(&[json!({"cmd": "refund", "refund": "F1", "order": "O1", "amount": "100.00", "at": "2026-01-01T16:00:00Z"})]).await;
    let period = "from=2026-01-01&to=2026-01-02";
    let stores = city.read(&city.agent, &format!("/v1/regions/440106/stores?{period}")).await;
    let told = |items: &Value| -> Vec<Value> {
        let items = items["items"].as_array().expect("a list").iter();
        items.map(|one| json!([one["orders"], one["turnover"], one["earned"]])).collect()
    };
    // 0.1 %: 1.00 + 0.20 − 0.10 and 0.50.
    assert_eq!(told(&stores), [json!([1, "500.00", "0.50"]), json!([2, "1100.00", "1.10"])]);
    let days = city.read(&city.agent, &format!("/v1/regions/440106/days?{period}")).await;
    assert_eq!(told(&days), [json!([2, "1500.00", "1.50"]), json!([1, "100.00", "0.10"])]);
    assert_eq!(days["items"][0]["day"], "2026-01-01");
    let desk = city.read(&city.ann, &format!("/v1/regions/440106/days?{period}")).await;
    assert_eq!(desk, days);
    let upper = city.read(&city.ann, &format!("/v1/regions/south/days?{period}")).await;
    assert_eq!(
        told(&upper),
        [json!([2, "1500.00", "0.00"]), json!([1, "100.00", "0.00"])],
        "nobody holds it"
    );
    for target in ["/v1/regions/440106/stores", "/v1/regions/440100/days", "/v1/regions/449999/days"] {
        assert_eq!(
            problem(city.app.look(target, &city.other).await).await,
            (404, "unknown_region".into()),
            "{target}"
        );
    }
    let long = city.app.look("/v1/regions/440106/days?from=2025-01-01&to=2026-01-01", &city.agent).await;
    assert_eq!(problem(long).await, (400, "bad_parameter".into()));
}

#[tokio::test]
async fn what_a_recruiter_brought_is_told_by_store_and_day() {
    let city = City::new().await;
    city.settle("O1", "S9", "1000.00", "2026-01-01T00:00:01Z").await;
    city.settle("O2", "S1", "500.00", "2026-01-01T00:00:02Z").await;
    city.commands(&[json!({"cmd": "close_store", "store": "S9"})]).await;
    let stores = city.read(&city.agent, "/v1/me/recruited").await;
    let [store] = &stores["items"].as_array().expect("stores")[..] else { panic!("{stores}") };
    assert_eq!(
        [&store["store"], &store["state"], &store["turnover"], &store["earned"]],
        ["S9", "closed", "1000.00", "5.00"]
    );
    let days = city.read(&city.agent, "/v1/me/recruited/S9/days").await;
    assert_eq!(
        (&days["items"][0]["day"], &days["items"][0]["earned"]),
        (&json!("2026-01-01"), &json!("5.00"))
    );
    for (token, store) in [(&city.agent, "S1"), (&city.other, "S9"), (&city.other, "S7")] {
        let found = city.app.look(&format!("/v1/me/recruited/{store}/days"), token).await;
        assert_eq!(problem(found).await, (404, "unknown_store".into()), "{store}");
    }
    assert_eq!(city.read(&city.other, "/v1/me/recruited").await["items"], json!([]));
}

#[tokio::test]
async fn whom_one_has_invited_is_told_in_counts_and_sums_alone() {
    let city = City::new().await;
    city.commands(&[
        json!({"cmd": "open_member", "member": "FIRST", "inviter": city.agent_id}),
        json!({"cmd": "open_member", "member": "SECOND", "inviter": "FIRST"}),
        json!({"cmd": "open_member", "member": "THIRD", "inviter": "SECOND"}),
        json!({"cmd": "settle", "order": "O1", "member": "FIRST", "store": "S1", "amount": "1000.00"}),
        json!({"cmd": "settle", "order": "O2", "member": "SECOND", "store": "S1", "amount": "1000.00"}),
        json!({"cmd": "settle", "order": "O3", "member": "THIRD", "store": "S1", "amount": "1000.00"}),
        json!({"cmd": "refund", "refund": "F1", "order": "O1", "amount": "500.00"}),
    ])
    .await;
    let found = city.read(&city.agent, "/v1/me/invited").await;
    let level = |level: u8, people: u8, earned: &str| json!({"level": level, "people": people, "orders": 1, "earned": earned});
    assert_eq!(found["levels"], json!([level(1, 1, "1.50"), level(2, 1, "2.00")]));
    let [day] = &found["days"].as_array().expect("days")[..] else { panic!("{found}") };
    assert_eq!((&day["direct"], &day["indirect"]), (&json!("1.50"), &json!("2.00")));
    let text = found.to_string();
    assert!(!["FIRST", "SECOND", "THIRD"].iter().any(|name| text.contains(name)), "{text}");
    city.commands(&[json!({"cmd": "release", "member": "FIRST"})]).await;
    let after = city.read(&city.agent, "/v1/me/invited").await;
    assert_eq!((&after["levels"][0]["people"], &after["levels"][1]["people"]), (&json!(0), &json!(0)));
    assert_eq!(after["levels"][0]["earned"], "1.50", "what was earned stays");
}

#[tokio::test]
async fn an_owner_sees_what_locked_members_brought_from_the_stores_of_others() {
    let city = City::new().await;
    city.commands(&[
        json!({"cmd": "open_store", "store": "OWN", "owner": city.agent_id, "district": "440106"}),
        json!({"cmd": "open_member", "member": "FIRST", "inviter": city.agent_id}),
        json!({"cmd": "settle", "order": "O1", "member": "FIRST", "store": "OWN", "amount": "1000.00"}),
        json!({"cmd": "settle", "order": "O2", "member": "FIRST", "store": "S1", "amount": "500.00"}),
        json!({"cmd": "refund", "refund": "F1", "order": "O2", "amount": "100.00"}),
    ])
    .await;
    let found = city.read(&city.agent, "/v1/me/invited").await;
    assert_eq!(found["levels"][0]["orders"], 2);
    assert_eq!(found["elsewhere"], json!({"orders": 1, "earned": "1.20"}));
}

#[tokio::test]
async fn only_who_manages_regions_appoints() {
    let city = City::new().await;
    let body = json!({"region": "440106", "agent": city.agent_id, "to": "2026-12-31"});
    let (chen, _) = city.app.ready("chen").await;
    for token in [&chen, &city.agent] {
        assert_eq!(problem(city.write(token, "/v1/appointments", body.clone()).await).await.0, 403);
    }
    for (region, agent, from, to, status, code) in [
        ("449999", &*city.agent_id, "2026-01-01", "2026-12-31", 404, "unknown_region"),
        ("440106", "M7", "2026-01-01", "2026-12-31", 404, "unknown_member"),
        ("440106", &city.agent_id, "2026-02-01", "2026-01-31", 422, "bad_term"),
        ("440106", &city.agent_id, "2026-02-01", "2026-02-30", 400, "bad_parameter"),
        ("440106", &city.agent_id, "2026-02-01", "2046-01-31", 422, "bad_term"),
    ] {
        let body = json!({"region": region, "agent": agent, "from": from, "to": to});
        let found = problem(city.write(&city.ann, "/v1/appointments", body.clone()).await).await;
        assert_eq!(found, (status, code.into()), "{body}");
    }
    let both = [city.appoint("440106", "2026-12-31"), city.appoint("440106", "2026-12-31")];
    let mut statuses: Vec<_> =
        crate::support::all(both.into_iter()).await.iter().map(|one| one.status().as_u16()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "one of two at once");
    let list = city.read(&city.ann, "/v1/appointments").await;
    let id = list["items"][0]["id"].as_str().expect("an id").to_string();
    assert_eq!(list["items"][0]["fees"], json!(["5000.00"]));
    let seen = city.app.look(&format!("/v1/appointments/{id}"), &city.other).await;
    assert_eq!(problem(seen).await, (404, "unknown_appointment".into()));
    let gone =
        city.write(&city.ann, &format!("/v1/appointments/{id}/dismiss"), json!({"reason": "moved"})).await;
    assert_eq!(gone.status(), 200);
    let mine = city.read(&city.agent, "/v1/me/appointments").await;
    assert_eq!(
        (&mine["items"][0]["state"], &mine["items"][0]["reason"]),
        (&json!("dismissed"), &json!("moved"))
    );
}

#[tokio::test]
async fn a_chart_has_the_price_of_every_day() {
    let city = City::new().await;
    city.settle("O1", "S9", "1000.00", "2026-01-01T00:00:01Z").await;
    city.settle("O2", "S9", "1000.00", "2026-01-03T00:00:01Z").await;
    city.app.now.fetch_add(3 * DAY, Ordering::SeqCst);
    let target = "/v1/prices?from=2026-01-01&to=2026-02-01";
    let prices = json(send(city.app.unsigned(Method::GET, target)).await).await;
    let told: Vec<_> = prices["items"]
        .as_array()
        .expect("days")
        .iter()
        .map(|day| json!([day["day"], day["first"], day["last"]]))
        .collect();
    assert_eq!(
        told,
        [
            json!(["2026-01-01", "1.0000", "1.4285"]),
            json!(["2026-01-02", "1.4285", "1.4285"]),
            json!(["2026-01-03", "1.4285", "1.6806"]),
            json!(["2026-01-04", "1.6806", "1.6806"]),
        ]
    );
    let long = send(city.app.unsigned(Method::GET, "/v1/prices?from=2020-01-01&to=2026-01-01")).await;
    assert_eq!(problem(long).await, (400, "bad_parameter".into()));
}
