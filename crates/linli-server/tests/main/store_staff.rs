//! Who works in a store: what the owner lets others do there, and that nobody else does it.

use crate::support::shop::{Shop, form, id};
use crate::support::{json, problem};
use reqwest::Method;
use serde_json::{Value, json};

const STAFF: &str = "/v1/stores/S9/staff";

async fn member_id(shop: &Shop, token: &str) -> String {
    shop.read(token, "/v1/me").await["member"].as_str().expect("an id").into()
}

async fn admit(shop: &Shop, cashier: &str, rights: Value) -> u16 {
    let member = member_id(shop, cashier).await;
    let body = json!({ "member": member, "rights": rights });
    shop.write(&shop.owner, STAFF, body).await.status().as_u16()
}

#[tokio::test]
async fn a_cashier_does_what_the_owner_lets_them_and_no_more() {
    let shop = Shop::open().await;
    let deal = shop.deal(&form()).await;
    let (_, code) = shop.bought(&deal).await;
    let look = |token: String| {
        let body = json!({ "code": code });
        let shop = &shop;
        async move { shop.write(&token, "/v1/stores/S9/vouchers/look", body).await }
    };
    assert_eq!(problem(look(shop.other.clone()).await).await, (403, "forbidden".into()));
    assert_eq!(admit(&shop, &shop.other, json!(["vouchers.verify"])).await, 200);
    assert_eq!(look(shop.other.clone()).await.status(), 200);
    let verify = json!({ "code": code, "uses": 1 });
    assert_eq!(shop.write(&shop.other, "/v1/stores/S9/vouchers/verify", verify.clone()).await.status(), 200);
    assert_eq!(
        shop.app.look("/v1/stores/S9/verifications", &shop.other).await.status(),
        200,
        "what they have verified"
    );
    for (target, body) in [
        ("/v1/stores/S9/vouchers/give-back", json!({ "code": code })),
        ("/v1/stores/S9/deals", form()),
        ("/v1/stores/S8/vouchers/verify", verify.clone()),
        (STAFF, json!({ "member": member_id(&shop, &shop.rival).await, "rights": ["vouchers.verify"] })),
    ] {
        let refused = shop.write(&shop.other, target, body).await;
        assert_eq!(problem(refused).await, (403, "forbidden".into()), "{target}");
    }
    assert_eq!(shop.app.look("/v1/stores/S9/refunds", &shop.other).await.status(), 403);
    let member = member_id(&shop, &shop.other).await;
    let dismiss = format!("{STAFF}/dismiss");
    assert_eq!(shop.write(&shop.owner, &dismiss, json!({ "member": member })).await.status(), 200);
    let refused = shop.write(&shop.other, "/v1/stores/S9/vouchers/verify", verify).await;
    assert_eq!(problem(refused).await, (403, "forbidden".into()), "at once");
}

#[tokio::test]
async fn the_owner_sees_who_works_there_and_everybody_where_they_work() {
    let shop = Shop::open().await;
    assert_eq!(admit(&shop, &shop.other, json!(["payments.take", "refunds.answer"])).await, 200);
    let listed = shop.read(&shop.owner, STAFF).await;
    assert_eq!(listed["items"][0]["rights"], json!(["payments.take", "refunds.answer"]));
    assert_eq!(listed["items"][0]["member"], json!(member_id(&shop, &shop.other).await));
    for token in [&shop.other, &shop.rival, &shop.member] {
        assert_eq!(shop.app.look(STAFF, token).await.status(), 403);
    }
    let mine = shop.read(&shop.other, "/v1/me/stores").await;
    assert_eq!((&mine["items"][0]["store"], &mine["items"][0]["is_owner"]), (&json!("S9"), &json!(false)));
    let own = shop.read(&shop.owner, "/v1/me/stores").await;
    assert_eq!((&own["items"][0]["store"], &own["items"][0]["is_owner"]), (&json!("S9"), &json!(true)));
    assert_eq!(own["items"][0]["rights"].as_array().map(Vec::len), Some(5));
    assert_eq!(shop.read(&shop.member, "/v1/me/stores").await["items"], json!([]));
    let member = member_id(&shop, &shop.other).await;
    let leave = shop.write(&shop.other, "/v1/stores/S9/staff/dismiss", json!({ "member": member })).await;
    assert_eq!(leave.status(), 200, "whoever works there can leave");
    assert_eq!(shop.read(&shop.other, "/v1/me/stores").await["items"], json!([]));
}

#[tokio::test]
async fn a_refund_can_be_answered_with_the_right_and_not_by_who_bought() {
    let shop = Shop::open().await;
    shop.pay_in("S9", "O7", "10.00").await;
    let ask = json!({ "amount": "4.00", "reason": "salty" });
    let request = id(shop.write(&shop.member, "/v1/orders/O7/refunds", ask).await).await;
    let answer = format!("/v1/refunds/{request}/answer");
    let refused = shop.write(&shop.other, &answer, json!({ "agree": true })).await;
    assert_eq!(problem(refused).await, (404, "unknown_request".into()));
    assert_eq!(admit(&shop, &shop.member, json!(["refunds.answer"])).await, 200);
    let own = shop.write(&shop.member, &answer, json!({ "agree": true })).await;
    assert_eq!(own.status(), 403, "nobody answers what they ask, whatever their rights");
    assert_eq!(admit(&shop, &shop.other, json!(["refunds.answer"])).await, 200);
    assert_eq!(shop.write(&shop.other, &answer, json!({ "agree": true })).await.status(), 200);
}

#[tokio::test]
async fn what_is_no_right_or_nobody_is_refused() {
    let shop = Shop::open().await;
    let member = member_id(&shop, &shop.other).await;
    let owner = member_id(&shop, &shop.owner).await;
    for (body, wanted) in [
        (json!({ "member": member, "rights": ["all"] }), (400, "bad_parameter")),
        (json!({ "member": member, "rights": [] }), (422, "bad_list")),
        (json!({ "member": "nobody", "rights": ["payments.take"] }), (404, "unknown_member")),
        (json!({ "member": owner, "rights": ["payments.take"] }), (409, "owner_may_all")),
        (json!({ "member": member }), (400, "bad_body")),
        (json!({ "member": member, "rights": ["payments.take"], "x": 1 }), (400, "bad_body")),
    ] {
        let (status, code) = problem(shop.write(&shop.owner, STAFF, body.clone()).await).await;
        assert_eq!((status, code.as_str()), wanted, "{body}");
    }
    let body = json!({ "member": member, "rights": ["payments.take"] });
    let none = shop.write(&shop.owner, "/v1/stores/none/staff", body.clone()).await;
    assert_eq!(problem(none).await, (404, "unknown_store".into()));
    let key = shop.app.nonce();
    for _ in 0..2 {
        let again = shop.app.with_token(Method::POST, STAFF, &shop.owner, &key, &body).await;
        assert_eq!(json(again).await["ok"], true, "a repeat is answered with the first result");
    }
}
