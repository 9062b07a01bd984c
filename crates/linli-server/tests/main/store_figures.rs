//! What a store has sold by days, and who has done what in which shift.

use crate::support::problem;
use crate::support::shop::{DAY, Shop, form, id};
use serde_json::{Value, json};

const FIGURES: &str = "/v1/stores/S9/figures";

async fn member_id(shop: &Shop, token: &str) -> String {
    shop.read(token, "/v1/me").await["member"].as_str().expect("an id").into()
}

async fn hire(shop: &Shop, token: &str, rights: Value) {
    let body = json!({ "member": member_id(shop, token).await, "rights": rights });
    assert_eq!(shop.write(&shop.owner, "/v1/stores/S9/staff", body).await.status(), 200);
}

#[tokio::test]
async fn a_day_is_that_of_shanghai_and_an_order_keeps_its_own() {
    let shop = Shop::open().await;
    // The clock shows 08:00 of Thursday, 2026-01-01 in Shanghai.
    shop.pay_in("S9", "O1", "10.00").await;
    // Sixteen hours later it is Friday there.
    shop.at(16 * 3_600);
    shop.pay_in("S9", "O2", "20.00").await;
    shop.pay_in("S8", "O3", "99.00").await;
    shop.command(r#"{"cmd":"cancel","cancel":"C1","order":"O1","amount":"4.00"}"#).await;
    shop.command(r#"{"cmd":"settle","order":"O2"}"#).await;
    let figures = shop.read(&shop.owner, FIGURES).await;
    let sold = |which: &str, field: &str| figures[which][field].clone();
    assert_eq!((sold("today", "from"), sold("today", "orders")), (json!("2026-01-02"), json!(1)));
    assert_eq!((sold("today", "turnover"), sold("today", "not_settled")), (json!("20.00"), json!("0.00")));
    assert_eq!((sold("week", "from"), sold("week", "turnover")), (json!("2025-12-29"), json!("30.00")));
    assert_eq!((sold("month", "from"), sold("month", "given_back")), (json!("2026-01-01"), json!("4.00")));
    assert_eq!((&figures["not_settled"], &figures["locked_members"]), (&json!("6.00"), &json!(0)));
    let store = shop.read(&shop.owner, "/v1/stores/S9/orders?limit=1").await;
    assert_eq!((&store["items"][0]["order"], &store["items"][0]["state"]), (&json!("O2"), &json!("settled")));
    let next = store["next"].as_str().expect("another page");
    let second = shop.read(&shop.owner, &format!("/v1/stores/S9/orders?limit=1&after={next}")).await;
    assert_eq!(
        (&second["items"][0]["order"], &second["items"][0]["given_back"]),
        (&json!("O1"), &json!("4.00"))
    );
    for (query, wanted) in [
        ("?day=2026-01-01", json!(["O1"])),
        ("?day=2026-01-02", json!(["O2"])),
        ("?day=2026-01-03", json!([])),
        ("?state=paid", json!(["O1"])),
        ("?state=settled&day=2026-01-01", json!([])),
    ] {
        let found = shop.read(&shop.owner, &format!("/v1/stores/S9/orders{query}")).await;
        let found: Vec<_> =
            found["items"].as_array().expect("items").iter().map(|one| one["order"].clone()).collect();
        assert_eq!(json!(found), wanted, "{query}");
    }
    for query in ["?day=2026-02-30", "?day=x", "?state=all", "?after=x"] {
        let refused = shop.app.look(&format!("/v1/stores/S9/orders{query}"), &shop.owner).await;
        assert_eq!(problem(refused).await.0, 400, "{query}");
    }
    // Nothing of a restart: it is in the state.
    shop.at(2 * DAY);
    assert_eq!(shop.read(&shop.owner, FIGURES).await["week"]["turnover"], "30.00");
}

#[tokio::test]
async fn only_who_may_sees_what_a_store_is_owed() {
    let shop = Shop::open().await;
    for target in [FIGURES, "/v1/stores/S9/orders"] {
        for token in [&shop.rival, &shop.other] {
            assert_eq!(shop.app.look(target, token).await.status(), 403, "{target}");
        }
        assert_eq!(shop.app.look(&target.replace("S9", "none"), &shop.owner).await.status(), 404);
    }
    hire(&shop, &shop.other, json!(["payments.take"])).await;
    assert_eq!(shop.app.look(FIGURES, &shop.other).await.status(), 403);
    hire(&shop, &shop.other, json!(["receivables.see"])).await;
    assert_eq!(shop.app.look(FIGURES, &shop.other).await.status(), 200);
}

#[tokio::test]
async fn a_shift_has_what_was_verified_and_given_back_in_it() {
    let shop = Shop::open().await;
    let deal = shop.deal(&form()).await;
    let (order, code) = shop.bought(&deal).await;
    let shifts = "/v1/stores/S9/shifts";
    let early = shop.write(&shop.other, shifts, json!({})).await;
    assert_eq!(problem(early).await, (403, "forbidden".into()));
    hire(&shop, &shop.other, json!(["vouchers.verify", "refunds.answer"])).await;
    let shift = id(shop.write(&shop.other, shifts, json!({})).await).await;
    let again = shop.write(&shop.other, shifts, json!({})).await;
    assert_eq!(problem(again).await, (409, "shift_open".into()));
    let verify = |uses: u32| json!({ "code": code, "uses": uses });
    let target = "/v1/stores/S9/vouchers/verify";
    let verification = id(shop.write(&shop.other, target, verify(2)).await).await;
    assert_eq!(shop.write(&shop.owner, target, verify(1)).await.status(), 200, "this is the owner's");
    let undo = json!({ "order": order, "verification": verification });
    assert_eq!(shop.write(&shop.other, "/v1/stores/S9/vouchers/undo", undo).await.status(), 200);
    let back = json!({ "code": code });
    assert_eq!(shop.write(&shop.other, "/v1/stores/S9/vouchers/give-back", back).await.status(), 200);
    let close = format!("/v1/shifts/{shift}/close");
    assert_eq!(shop.write(&shop.rival, &close, json!({})).await.status(), 404);
    assert_eq!(shop.write(&shop.other, &close, json!({})).await.status(), 200);
    assert_eq!(problem(shop.write(&shop.owner, &close, json!({})).await).await, (409, "shift_closed".into()));
    for token in [&shop.owner, &shop.other] {
        let listed = shop.read(token, shifts).await;
        let one = &listed["items"][0];
        assert_eq!(
            (&one["id"], &one["verified_uses"], &one["undone_uses"]),
            (&json!(shift), &json!(2), &json!(2))
        );
        assert_eq!((&one["refunds"], &one["refunded_amount"]), (&json!(1), &json!("66.67")));
        assert!(one["closed"].is_string());
    }
    assert_eq!(shop.app.look(shifts, &shop.rival).await.status(), 403);
}
