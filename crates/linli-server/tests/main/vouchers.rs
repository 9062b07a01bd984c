//! Vouchers over HTTP: the member's code, what a store finds by it, verifying and undoing, giving back, and guessing.

use crate::support::shop::{Shop, form, id};
use crate::support::{json, problem, send};
use reqwest::Response;
use serde_json::{Value, json};
use std::time::Duration;

impl Shop {
    async fn find(&self, token: &str, store: &str, code: &str) -> Response {
        self.write(token, &format!("/v1/stores/{store}/vouchers/look"), json!({ "code": code })).await
    }

    async fn undo(&self, order: &str, verification: &str) -> Response {
        let body = json!({ "order": order, "verification": verification });
        self.write(&self.owner, "/v1/stores/S9/vouchers/undo", body).await
    }
}

#[tokio::test]
async fn a_voucher_is_bought_looked_up_verified_and_undone() {
    let shop = Shop::open().await;
    let deal = shop.deal(&form()).await;
    let order = id(shop.try_buy(&shop.member, &deal, 2).await).await;
    let reserved = shop.voucher(&order).await;
    assert_eq!((&reserved["state"], &reserved["code"]), (&json!("reserved"), &Value::Null));
    assert_eq!((&reserved["amount"], &reserved["uses_left"]), (&json!("200.00"), &json!(6)));
    assert_eq!(reserved["reserved_until"], "2026-01-01T00:15:00Z");
    shop.pay(&order).await;
    let paid = shop.voucher(&order).await;
    assert_eq!((&paid["state"], &paid["reserved_until"]), (&json!("valid"), &Value::Null));
    assert_eq!(paid["expires_at"], "2026-01-11T00:00:00Z");
    let code = paid["code"].as_str().expect("a code").to_string();
    assert!(code.len() == 12 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
    let grouped = format!("{} {}-{}", &code[..4], &code[4..8], &code[8..]);
    let found = shop.find(&shop.owner, "S9", &grouped).await.text().await.expect("a body");
    assert!(
        !found.contains(&shop.member_id) && !found.contains("member") && !found.contains(&code),
        "{found}"
    );
    let found: Value = serde_json::from_str(&found).expect("JSON");
    let expected = json!({
        "order": order, "deal": deal, "title": "三次洗车", "text": "工作日可用。", "state": "valid",
        "uses": 6, "uses_left": 6, "expires_at": "2026-01-11T00:00:00Z",
    });
    assert_eq!(found, expected);
    let first = id(shop.verify(&code, 2).await).await;
    let second = id(shop.verify(&code, 3).await).await;
    assert_eq!(problem(shop.verify(&code, 2).await).await, (409, "too_few_uses".into()));
    assert_eq!(shop.voucher(&order).await["uses_left"], 1);
    shop.at(600);
    assert_eq!(shop.undo(&order, &second).await.status(), 200);
    assert_eq!(problem(shop.undo(&order, &second).await).await, (409, "verification_undone".into()));
    shop.at(601);
    assert_eq!(problem(shop.undo(&order, &first).await).await, (409, "verification_stays".into()));
    let verified = shop.read(&shop.owner, "/v1/stores/S9/verifications").await;
    let line = |verification: &str, uses: u32, is_undone: bool| {
        json!({
            "verification": verification, "uses": uses, "at": "2026-01-01T00:00:00Z", "is_undone": is_undone,
            "order": order, "deal": deal, "title": "三次洗车",
        })
    };
    assert_eq!(verified["items"], json!([line(&second, 3, true), line(&first, 2, false)]));
    let page = shop.read(&shop.owner, "/v1/stores/S9/verifications?limit=1").await;
    let next = format!("/v1/stores/S9/verifications?after={}", page["next"].as_str().expect("more"));
    assert_eq!(shop.read(&shop.owner, &next).await["items"], json!([line(&first, 2, false)]));
}

#[tokio::test]
async fn nobody_else_sees_or_gives_back_a_members_voucher() {
    let shop = Shop::open().await;
    let deal = shop.deal(&form()).await;
    let (order, code) = shop.bought(&deal).await;
    let one = format!("/v1/me/vouchers/{order}");
    for token in [&shop.other, &shop.owner] {
        assert_eq!(problem(shop.app.look(&one, token).await).await, (404, "unknown_purchase".into()));
        let taken = shop.write(token, &format!("{one}/give-back"), json!({})).await;
        assert_eq!(problem(taken).await, (404, "unknown_purchase".into()));
        assert_eq!(shop.read(token, "/v1/me/vouchers").await["items"], json!([]));
    }
    assert_eq!(problem(shop.app.get(&one).await).await, (403, "forbidden".into()), "a program");
    let list = shop.read(&shop.member, "/v1/me/vouchers").await;
    assert!(!list.to_string().contains(&code), "the code is with the voucher alone");
    for after in ["x", "-1", "18446744073709551616"] {
        let refused = shop.app.look(&format!("/v1/me/vouchers?after={after}"), &shop.member).await;
        assert_eq!(problem(refused).await, (400, "bad_parameter".into()), "{after}");
    }
}

#[tokio::test]
async fn vouchers_come_page_by_page_the_latest_first() {
    let shop = Shop::open().await;
    let deal = shop.deal(&form()).await;
    let mut orders = Vec::new();
    for _ in 0..3 {
        orders.push(shop.bought(&deal).await.0);
    }
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let page = shop.read(&shop.member, &format!("/v1/me/vouchers?limit=1{after}")).await;
        let items = page["items"].as_array().expect("a list");
        found.extend(items.iter().map(|line| line["order"].as_str().expect("an id").to_string()));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    orders.reverse();
    assert_eq!(found, orders);
}

#[tokio::test]
async fn codes_of_elsewhere_are_answered_like_those_that_there_are_not() {
    let shop = Shop::open().await;
    let deal = shop.deal(&form()).await;
    let (order, code) = shop.bought(&deal).await;
    let mut answers = Vec::new();
    for code in [&code, "000000000000"] {
        for what in ["look", "verify", "give-back"] {
            let target = format!("/v1/stores/S8/vouchers/{what}");
            let mut body = json!({ "code": code });
            if what == "verify" {
                body["uses"] = json!(1);
            }
            let response = shop.write(&shop.rival, &target, body).await;
            assert_eq!(response.status(), 404);
            let mut answer = json(response).await;
            answer["request_id"].take();
            answers.push(answer);
        }
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(answers[0]["code"], "unknown_voucher");
    let verification = id(shop.verify(&code, 1).await).await;
    let undo = json!({ "order": order, "verification": verification });
    let foreign = shop.write(&shop.rival, "/v1/stores/S8/vouchers/undo", undo).await;
    assert_eq!(problem(foreign).await, (404, "unknown_verification".into()));
    let as_stranger = shop.find(&shop.rival, "S9", &code).await;
    assert_eq!(problem(as_stranger).await, (403, "forbidden".into()));
    for text in ["", "12345", "1234567890123", "01234567890a"] {
        let refused = shop.find(&shop.owner, "S9", text).await;
        assert_eq!(problem(refused).await, (400, "bad_parameter".into()), "{text}");
    }
}

#[tokio::test]
async fn a_store_looks_up_so_many_codes_and_no_more() {
    let change = |config: &mut linli_server::Config| {
        config.rates.voucher.burst = 4;
        config.rates.voucher.every = Duration::from_secs(3_600);
    };
    let shop = Shop::with(change).await;
    let deal = shop.deal(&form()).await;
    let (_, code) = shop.bought(&deal).await;
    for _ in 0..9 {
        let stranger = shop.find(&shop.rival, "S9", &code).await;
        assert_eq!(
            problem(stranger).await,
            (403, "forbidden".into()),
            "a stranger takes nothing of the rate"
        );
    }
    for guess in ["111111111111", "222222222222", "333333333333"] {
        assert_eq!(problem(shop.find(&shop.owner, "S9", guess).await).await.1, "unknown_voucher");
    }
    assert_eq!(shop.find(&shop.owner, "S9", &code).await.status(), 200);
    let late = shop.find(&shop.owner, "S9", &code).await;
    assert_eq!(
        problem(late).await,
        (429, "too_many_requests".into()),
        "right ones too, or guessing would go on"
    );
    assert_eq!(problem(shop.verify(&code, 1).await).await, (429, "too_many_requests".into()));
    assert_eq!(problem(shop.find(&shop.rival, "S8", &code).await).await.1, "unknown_voucher");
}

#[tokio::test]
async fn uses_are_verified_once_by_whoever_comes_first() {
    let shop = Shop::open().await;
    let deal = shop.deal(&form()).await;
    let (order, code) = shop.bought(&deal).await;
    let verify = |number: u32| {
        let request = shop.app.form("/v1/stores/S9/vouchers/verify", &json!({ "code": code, "uses": 1 }));
        let request = request.header("authorization", format!("Bearer {}", shop.owner));
        tokio::spawn(send(request.header("idempotency-key", format!("race-{number}"))))
    };
    let mut done = 0;
    for tried in (0..8).map(verify).collect::<Vec<_>>() {
        let tried = tried.await.expect("no panic");
        if tried.status() == 200 {
            done += 1;
        } else {
            assert_eq!(problem(tried).await, (409, "voucher_used".into()));
        }
    }
    let again = verify(0).await.expect("no panic");
    assert_eq!(done, 3);
    let voucher = shop.voucher(&order).await;
    assert_eq!((&voucher["state"], &voucher["uses_left"]), (&json!("used"), &json!(0)));
    assert_eq!(voucher["verifications"].as_array().map(Vec::len), Some(3), "{}", again.status());
}

#[tokio::test]
async fn what_is_unused_goes_back_to_the_member_and_the_code_is_gone() {
    let shop = Shop::open().await;
    let deal = shop.deal(&form()).await;
    let order = id(shop.try_buy(&shop.member, &deal, 1).await).await;
    let back = format!("/v1/me/vouchers/{order}/give-back");
    let unpaid = shop.write(&shop.member, &back, json!({})).await;
    assert_eq!(problem(unpaid).await, (409, "purchase_unpaid".into()));
    shop.pay(&order).await;
    let code = shop.voucher(&order).await["code"].as_str().expect("a code").to_string();
    assert_eq!(shop.verify(&code, 1).await.status(), 200);
    assert_eq!(shop.write(&shop.member, &back, json!({})).await.status(), 200);
    let ended = shop.voucher(&order).await;
    assert_eq!((&ended["state"], &ended["given_back"]), (&json!("given_back"), &json!("66.67")));
    assert_eq!(ended["code"], Value::Null);
    assert_eq!(problem(shop.verify(&code, 1).await).await, (409, "voucher_ended".into()));
    let again = shop.write(&shop.member, &back, json!({})).await;
    assert_eq!(problem(again).await, (409, "voucher_ended".into()));
    let (other, code) = shop.bought(&deal).await;
    let by_store = shop.write(&shop.owner, "/v1/stores/S9/vouchers/give-back", json!({ "code": code })).await;
    assert_eq!(by_store.status(), 200);
    assert_eq!(shop.voucher(&other).await["given_back"], "100.00");
    let order = shop.read(&shop.member, &format!("/v1/orders/{other}")).await;
    assert_eq!((&order["phase"], &order["cancelled"]), (&json!("given_back"), &json!("100.00")));
}
