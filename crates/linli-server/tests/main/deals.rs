//! Deals over HTTP: a store drafts, changes, publishes and withdraws, everybody looks, members buy, and what is refused.

use crate::support::shop::{Shop, form, id};
use crate::support::{header, json, problem, send};
use reqwest::{Method, Response};
use serde_json::{Value, json};

async fn codes(responses: impl IntoIterator<Item = tokio::task::JoinHandle<Response>>) -> Vec<String> {
    let mut codes = Vec::new();
    for response in responses {
        let response = response.await.expect("no panic");
        let is_done = response.status() == 200;
        codes.push(if is_done { "done".into() } else { problem(response).await.1 });
    }
    codes.sort();
    codes
}

impl Shop {
    async fn public(&self, target: &str) -> Response {
        send(self.app.unsigned(Method::GET, target)).await
    }

    /// The ids of a page, and where to go on.
    async fn page(&self, target: &str) -> (Vec<String>, Option<String>) {
        let page = json(self.public(target).await).await;
        let ids = page["items"].as_array().expect("a list").iter().map(|deal| deal["deal"].as_str());
        (ids.map(|id| id.expect("an id").to_string()).collect(), page["next"].as_str().map(String::from))
    }
}

#[tokio::test]
async fn a_deal_is_drafted_published_changed_and_withdrawn() {
    let shop = Shop::open().await;
    let deal = id(shop.write(&shop.owner, "/v1/stores/S9/deals", form()).await).await;
    let one = format!("/v1/deals/{deal}");
    assert_eq!(
        problem(shop.public(&one).await).await,
        (404, "unknown_deal".into()),
        "drafts are the store's"
    );
    assert_eq!(shop.page("/v1/stores/S9/deals").await, (vec![], None));
    let own = shop.read(&shop.owner, "/v1/stores/S9/deals/all").await;
    assert_eq!((&own["items"][0]["deal"], &own["items"][0]["state"]), (&json!(deal), &json!("draft")));
    let early = shop.try_buy(&shop.member, &deal, 1).await;
    assert_eq!(problem(early).await, (409, "deal_not_on_sale".into()));
    assert_eq!(shop.write(&shop.owner, &format!("{one}/publish"), json!({})).await.status(), 200);
    let mut shown = json(shop.public(&one).await).await;
    assert_eq!(shown, json(shop.public("/v1/stores/S9/deals").await).await["items"][0]);
    assert_eq!(shown["terms"].take(), {
        let mut terms = form()["terms"].take();
        terms["compared"] = Value::Null;
        terms
    });
    let mut dearer = form();
    dearer["terms"]["price"] = json!("120.00");
    dearer["sale"]["stock"] = json!(5);
    assert_eq!(shop.write(&shop.owner, &format!("{one}/change"), dearer).await.status(), 200);
    let changed = json(shop.public(&one).await).await;
    assert_eq!((&changed["version"], &changed["left"]), (&json!(2), &json!(5)));
    assert_eq!(changed["terms"]["price"], "120.00");
    let unseen = shop.try_buy(&shop.member, &deal, 1).await;
    assert_eq!(problem(unseen).await, (409, "deal_changed".into()));
    assert_eq!(shop.write(&shop.owner, &format!("{one}/withdraw"), json!({})).await.status(), 200);
    assert_eq!(json(shop.public(&one).await).await["state"], "withdrawn");
    assert_eq!(shop.page("/v1/stores/S9/deals").await, (vec![], None));
    let again = shop.write(&shop.owner, &format!("{one}/publish"), json!({})).await;
    assert_eq!(problem(again).await, (409, "deal_state".into()));
}

#[tokio::test]
async fn a_deal_is_listed_while_it_can_be_bought() {
    let shop = Shop::open().await;
    let mut timed = form();
    timed["sale"] = json!({ "from": "2026-01-02T00:00:00Z", "until": "2026-01-03T00:00:00Z" });
    let deal = shop.deal(&timed).await;
    let mut listed = Vec::new();
    for seconds in [86_399, 86_400, 2 * 86_400 - 1, 2 * 86_400] {
        shop.at(seconds);
        listed.push(shop.page("/v1/stores/S9/deals").await.0.len());
    }
    assert_eq!(listed, [0, 1, 1, 0]);
    shop.at(86_400);
    shop.command(r#"{"cmd":"close_store","store":"S9"}"#).await;
    assert_eq!(shop.page("/v1/stores/S9/deals").await.0, [""; 0], "the store is closed");
    let bought = shop.try_buy(&shop.member, &deal, 1).await;
    assert_eq!(problem(bought).await, (409, "deal_store_closed".into()));
}

#[tokio::test]
async fn a_store_is_its_owners_alone() {
    let shop = Shop::open().await;
    let deal = shop.deal(&form()).await;
    for (what, body) in [("change", form()), ("publish", json!({})), ("withdraw", json!({}))] {
        for token in [&shop.rival, &shop.member] {
            let refused = shop.write(token, &format!("/v1/deals/{deal}/{what}"), body.clone()).await;
            assert_eq!(problem(refused).await, (403, "forbidden".into()), "{what}");
        }
        let unknown = shop.write(&shop.owner, &format!("/v1/deals/G0/{what}"), body).await;
        assert_eq!(problem(unknown).await, (404, "unknown_deal".into()), "{what}");
    }
    let offered = shop.write(&shop.rival, "/v1/stores/S9/deals", form()).await;
    assert_eq!(problem(offered).await, (403, "forbidden".into()));
    let nowhere = shop.write(&shop.owner, "/v1/stores/S7/deals", form()).await;
    assert_eq!(problem(nowhere).await, (404, "unknown_store".into()));
    for target in ["/v1/stores/S9/deals/all", "/v1/stores/S9/verifications"] {
        assert_eq!(problem(shop.app.look(target, &shop.rival).await).await, (403, "forbidden".into()));
        assert_eq!(problem(shop.app.get(target).await).await, (403, "forbidden".into()), "a program");
    }
    assert_eq!(problem(shop.public("/v1/stores/S7/deals").await).await, (404, "unknown_store".into()));
}

#[tokio::test]
async fn what_is_no_deal_is_refused_with_its_reason() {
    let shop = Shop::open().await;
    let terms = |key: &str, value: Value| {
        let mut form = form();
        form["terms"][key] = value;
        form
    };
    let sale = |key: &str, value: Value| {
        let mut form = form();
        form["sale"][key] = value;
        form
    };
    let proof = json!({ "price": "99.99", "source": "门店价目表", "seen_at": "2026-01-01T00:00:00Z", "picture": "P1" });
    for (form, status, code) in [
        (terms("price", json!(100)), 400, "bad_body"),
        (terms("price", json!("1e2")), 422, "bad_amount"),
        (terms("price", json!("-1")), 422, "bad_amount"),
        (terms("price", json!("0.02")), 422, "bad_deal"),
        (terms("uses", json!(0)), 422, "bad_deal"),
        (terms("uses", json!(101)), 422, "bad_deal"),
        (terms("uses", json!(4_294_967_296_u64)), 400, "bad_body"),
        (terms("valid", json!({ "days": 0 })), 422, "bad_deal"),
        (terms("valid", json!({ "until": "tomorrow" })), 400, "bad_parameter"),
        (terms("valid", json!({ "until": "2025-01-01T00:00:00Z" })), 422, "bad_deal"),
        (terms("valid", json!({ "days": 1, "until": "2027-01-01T00:00:00Z" })), 400, "bad_body"),
        (terms("title", json!("x".repeat(61))), 422, "bad_text"),
        (terms("title", json!("a\u{202e}b")), 422, "bad_text"),
        (terms("compared", proof), 422, "bad_comparison"),
        (terms("compared", json!({ "price": "200.00" })), 400, "bad_body"),
        (terms("rate", json!("0.1")), 400, "bad_body"),
        (sale("from", json!("now")), 400, "bad_parameter"),
        (sale("from", Value::Null), 400, "bad_body"),
        (sale("until", json!("2025-01-01T00:00:00Z")), 422, "bad_deal"),
        (sale("stock", json!(0)), 422, "bad_deal"),
        (sale("stock", json!(-1)), 400, "bad_body"),
    ] {
        let refused = shop.write(&shop.owner, "/v1/stores/S9/deals", form.clone()).await;
        assert_eq!(problem(refused).await, (status, code.into()), "{form}");
    }
    assert_eq!(shop.read(&shop.owner, "/v1/stores/S9/deals/all").await["items"], json!([]));
    let deal = shop.deal(&form()).await;
    for (body, status, code) in [
        (json!({ "version": 1, "count": 0 }), 422, "bad_count"),
        (json!({ "version": 1, "count": 334 }), 422, "bad_count"),
        (json!({ "version": 0, "count": 1 }), 409, "deal_changed"),
        (json!({ "version": 1 }), 400, "bad_body"),
        (json!({ "version": 1, "count": 1, "member": "M1" }), 400, "bad_body"),
    ] {
        let refused = shop.write(&shop.member, &format!("/v1/deals/{deal}/buy"), body.clone()).await;
        assert_eq!(problem(refused).await, (status, code.into()), "{body}");
    }
}

#[tokio::test]
async fn deals_come_page_by_page() {
    let shop = Shop::open().await;
    let mut deals = Vec::new();
    for _ in 0..5 {
        deals.push(shop.deal(&form()).await);
    }
    deals.sort();
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let (ids, next) = shop.page(&format!("/v1/stores/S9/deals?limit=2{after}")).await;
        found.extend(ids);
        let Some(next) = next else { break };
        after = format!("&after={next}");
    }
    assert_eq!(found, deals);
    let own = shop.read(&shop.owner, &format!("/v1/stores/S9/deals/all?after={}", deals[3])).await;
    assert_eq!((own["items"].as_array().map(Vec::len), &own["next"]), (Some(1), &Value::Null));
    for query in ["limit=0", "limit=201", "limit=x"] {
        let refused = shop.public(&format!("/v1/stores/S9/deals?{query}")).await;
        assert_eq!(problem(refused).await, (400, "bad_parameter".into()), "{query}");
    }
}

#[tokio::test]
async fn the_last_pieces_are_sold_once() {
    let shop = Shop::open().await;
    let mut few = form();
    few["sale"]["stock"] = json!(3);
    let deal = shop.deal(&few).await;
    let target = format!("/v1/deals/{deal}/buy");
    let buy = |number: u32| {
        let token = if number.is_multiple_of(2) { &shop.member } else { &shop.other };
        let request = shop.app.form(&target, &json!({ "version": 1, "count": 1 }));
        let request = request.header("authorization", format!("Bearer {token}"));
        tokio::spawn(send(request.header("idempotency-key", format!("race-{number}"))))
    };
    let tried = codes((0..8).map(buy).collect::<Vec<_>>()).await;
    assert_eq!(tried, ["done", "done", "done", "sold_out", "sold_out", "sold_out", "sold_out", "sold_out"]);
    assert_eq!(json(shop.public(&format!("/v1/deals/{deal}")).await).await["left"], 0);
}

#[tokio::test]
async fn a_purchase_that_is_sent_again_is_the_same_purchase() {
    let mut shop = Shop::open().await;
    let deal = shop.deal(&form()).await;
    let (target, body) = (format!("/v1/deals/{deal}/buy"), json!({ "version": 1, "count": 2 }));
    let buy = || {
        let request = shop.app.form(&target, &body).header("idempotency-key", "once");
        tokio::spawn(send(request.header("authorization", format!("Bearer {}", shop.member))))
    };
    let tried = codes([buy(), buy(), buy(), buy(), buy(), buy(), buy(), buy()]).await;
    assert!(tried.contains(&"done".into()), "{tried:?}");
    assert!(tried.iter().all(|code| code == "done" || code == "request_in_progress"), "{tried:?}");
    let first = buy().await.expect("no panic");
    assert_eq!(header(&first, "idempotent-replayed"), "true");
    let first = json(first).await;
    let order = first["id"].as_str().expect("an id").to_string();
    shop.pay(&order).await;
    let code = shop.voucher(&order).await["code"].clone();
    shop.app.restart().await;
    let again = shop.app.with_token(Method::POST, &target, &shop.member, "once", &body).await;
    assert_eq!(json(again).await, first);
    assert_eq!(shop.voucher(&order).await["code"], code);
    let all = shop.read(&shop.member, "/v1/me/vouchers").await;
    assert_eq!(all["items"].as_array().map(Vec::len), Some(1));
    let other = json!({ "version": 1, "count": 1 });
    let reused = shop.app.with_token(Method::POST, &target, &shop.member, "once", &other).await;
    assert_eq!(problem(reused).await, (422, "id_reused".into()));
}
