//! The mall over HTTP: from the shelf to the settled order, and what the service does by itself on the way.

use crate::support::market::{Market, rice, tea};
use crate::support::{json, problem, send};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn a_product_is_drafted_reviewed_and_found() {
    let market = Market::open().await;
    let product = market.does(&market.li, "/v1/mall/suppliers/U1/products", rice()).await;
    let one = format!("/v1/mall/products/{product}");
    let draft = send(market.app.unsigned(Method::GET, &one)).await;
    assert_eq!(problem(draft).await, (404, "unknown_product".into()), "nobody has looked at it");
    let waiting = market.read(&market.ann, "/v1/mall/products/all?state=draft").await;
    assert_eq!(
        (&waiting["items"][0]["product"], &waiting["items"][0]["content"]["variants"][0]["cost"]),
        (&json!(product), &json!("20.00"))
    );
    let publish = format!("{one}/publish");
    assert_eq!(
        problem(market.write(&market.li, &publish, json!({ "version": 1 })).await).await,
        (403, "forbidden".into())
    );
    market.does(&market.ann, &publish, json!({ "version": 1 })).await;
    market.does(&market.li, &format!("{one}/stock"), json!({ "variant": "5kg", "change": 7 })).await;
    let shown = market.public(&one).await;
    assert_eq!(
        (&shown["supplier_name"], &shown["variants"][0]["left"], &shown["variants"][0]["points_pay"]),
        (&json!("U1"), &json!(7), &json!("50.00")),
        "deduction points pay at most half"
    );
    assert!(shown["variants"][0].get("cost").is_none(), "what the supplier gets is not shown");
    let tea = market.tea(1).await;
    for (query, found) in [
        ("", vec![&product, &tea]),
        ("?category=%E8%8C%B6", vec![&tea]),
        ("?supplier=U1", vec![&product]),
        ("?supplier=U2&category=%E7%B2%AE%E6%B2%B9", vec![]),
        ("?name=BLACK", vec![&tea]),
        ("?name=%E7%B1%B3", vec![&product]),
        ("?name=nothing", vec![]),
    ] {
        let page = market.public(&format!("/v1/mall/products{query}")).await;
        let mut ids: Vec<_> = page["items"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|line| line["product"].as_str().expect("an id"))
            .collect();
        let mut found: Vec<&str> = found.into_iter().map(String::as_str).collect();
        ids.sort_unstable();
        found.sort_unstable();
        assert_eq!(ids, found, "{query}");
    }
    let first = market.public("/v1/mall/products?limit=1").await;
    let next = first["next"].as_str().expect("there is more");
    let second = market.public(&format!("/v1/mall/products?limit=1&after={next}")).await;
    assert_ne!(first["items"][0]["product"], second["items"][0]["product"]);
    assert_eq!(second["next"], Value::Null);
    let categories = market.public("/v1/mall/categories").await;
    assert_eq!(
        categories["items"],
        json!([{ "category": "粮油", "products": 1 }, { "category": "茶", "products": 1 }])
    );
    let mut changed = rice();
    changed["title"] = json!("丝苗米（新）");
    market.does(&market.li, &format!("{one}/change"), json!({ "version": 1, "content": changed })).await;
    let again = send(market.app.unsigned(Method::GET, &one)).await;
    assert_eq!(problem(again).await.0, 404, "what a supplier changes is looked at again");
}

#[tokio::test]
async fn a_compared_price_has_its_source_its_date_and_its_picture() {
    let market = Market::open().await;
    let with = |compared: Value| {
        let mut content = rice();
        content["variants"][0]["compared"] = compared;
        content
    };
    let whole = json!({ "price": "128.00", "source": "门店价目表", "seen_at": "2025-12-30T00:00:00Z", "picture": "picture-9" });
    let without = |name: &str| {
        let mut part = whole.clone();
        part.as_object_mut().expect("an object").remove(name);
        part
    };
    let other = |name: &str, value: &str| {
        let mut changed = whole.clone();
        changed[name] = json!(value);
        changed
    };
    let drafts = "/v1/mall/suppliers/U1/products";
    for (compared, status) in [
        (without("source"), 400),
        (without("seen_at"), 400),
        (without("picture"), 400),
        (other("source", ""), 422),
        (other("seen_at", "2027-01-01T00:00:00Z"), 422),
        (other("price", "100.00"), 422),
        (other("picture", "../x"), 422),
    ] {
        let refused = market.write(&market.li, drafts, with(compared.clone())).await;
        assert_eq!(problem(refused).await.0, status, "{compared}");
    }
    let product = market.on_sale(("U1", &market.li), with(whole.clone()), 1).await;
    let shown = market.public(&format!("/v1/mall/products/{product}")).await;
    assert_eq!(shown["variants"][0]["compared"], whole);
}

/// 100.00 and 36.00 at list prices, of which the points of a settled order pay up to half each.
#[tokio::test]
async fn a_basket_is_split_paid_shipped_received_and_settled() {
    let mut market = Market::open().await;
    let (rice, tea) = (market.rice(5).await, market.tea(5).await);
    let line = json!({ "cmd": "settle", "order": "O1", "member": market.member_id, "store": "S1", "amount": "30.00" });
    market.app.command(&line.to_string()).await;
    let picks = format!("{rice}.5kg.1,{tea}.one.1");
    let quote = market.read(&market.member, &format!("/v1/mall/quote?picks={picks}")).await;
    assert_eq!(
        (&quote["list_total"], &quote["points"], &quote["cash"]),
        (&json!("136.00"), &json!("60.00"), &json!("76.00"))
    );
    assert_eq!(
        (&quote["orders"][0]["cash"], &quote["orders"][1]["freight"]),
        (&json!("50.00"), &json!("6.00"))
    );
    let item = |product: &str, variant: &str, price: &str| json!([{ "product": product, "variant": variant, "count": 1, "price": price }]);
    let form = json!({ "address": market.address, "orders": [
        { "supplier": "U1", "freight": "0.00", "items": item(&rice, "5kg", "100.00") },
        { "supplier": "U2", "freight": "6.00", "items": item(&tea, "one", "30.00") },
    ] });
    let basket = market.does(&market.member, "/v1/mall/baskets", form).await;
    let placed = market.read(&market.member, &format!("/v1/mall/baskets/{basket}")).await;
    assert_eq!((&placed["cash"], placed["orders"].as_array().map(Vec::len)), (&json!("76.00"), Some(2)));
    let (first, second) = (format!("{basket}-1"), format!("{basket}-2"));
    let own = |order: &str| format!("/v1/mall/orders/{order}");
    let unpaid = market.read(&market.li, &own(&first)).await;
    assert_eq!(unpaid["address"], Value::Null, "nobody ships what is not paid");
    let early = market
        .write(&market.li, &format!("{}/ship", own(&first)), json!({ "carrier": "顺丰", "number": "SF1" }))
        .await;
    assert!(early.status().is_client_error());
    market.pay(&first).await;
    market.pay(&second).await;
    let to_ship = market.read(&market.li, "/v1/mall/suppliers/U1/orders?state=paid").await;
    assert_eq!(
        (to_ship["items"].as_array().map(Vec::len), &to_ship["items"][0]["order"]),
        (Some(1), &json!(first))
    );
    let paid = market.read(&market.li, &own(&first)).await;
    assert_eq!(
        (&paid["address"]["phone"], &paid["address"]["street"]),
        (&json!("+8613800000003"), &json!("北京路 1 号"))
    );
    assert_eq!(
        (&paid["member"], &paid["money"], &paid["cost"]),
        (&Value::Null, &Value::Null, &json!("20.00"))
    );
    market.ship(&first).await;
    let corrected = json!({ "carrier": "邮政", "number": "EE123456789CN" });
    market.does(&market.li, &format!("{}/correct", own(&first)), corrected).await;
    market.does(&market.member, &format!("{}/receive", own(&first)), json!({})).await;
    let received = market.read(&market.member, &own(&first)).await;
    assert_eq!(
        (&received["state"], &received["money"]["points"], &received["money"]["cash"]),
        (&json!("received"), &json!("50.00"), &json!("50.00"))
    );
    assert_eq!(
        (received["parcels"].as_array().map(Vec::len), &received["parcels"][1]["carrier"]),
        (Some(2), &json!("邮政"))
    );
    market.days_later(7).await;
    let settled = market.comes_to(&first, "settled").await;
    assert_eq!((&settled["money"]["phase"], &settled["address"]), (&json!("settled"), &Value::Null));
    let known = market.read(&market.member, &format!("/v1/orders/{first}")).await;
    assert_eq!((&known["phase"], &known["supplier"]), (&json!("settled"), &json!("U1")));
    assert_eq!(
        market.read(&market.member, &own(&second)).await["state"],
        "paid",
        "each order goes its own way"
    );
    let mine = market.read(&market.member, "/v1/me/mall/orders?limit=1").await;
    assert_eq!((&mine["items"][0]["order"], &mine["next"]), (&json!(second), &json!(second)));
}

#[tokio::test]
async fn what_becomes_due_while_the_service_is_down_is_done_when_it_is_back() {
    let mut market = Market::open().await;
    let rice = market.rice(9).await;
    let received = market.received(&rice, 1).await;
    let paid = market.order(&rice, 2).await;
    market.pay(&paid).await;
    market.ship(&paid).await;
    let unpaid = market.order(&rice, 3).await;
    assert_eq!(market.pieces(&rice).await, [3, 3, 3]);
    market.restart_later(10).await;
    assert_eq!(market.comes_to(&received, "settled").await["money"]["phase"], "settled");
    market.comes_to(&unpaid, "lapsed").await;
    market.comes_to(&paid, "received").await;
    assert_eq!(market.pieces(&rice).await, [6, 0, 3], "what nobody paid is free again");
    market.restart_later(7).await;
    market.comes_to(&paid, "settled").await;
}

#[tokio::test]
async fn what_is_not_shipped_in_time_is_given_back() {
    let mut market = Market::open().await;
    let rice = market.rice(2).await;
    let order = market.order(&rice, 2).await;
    market.pay(&order).await;
    market.days_later(15).await;
    let cancelled = market.comes_to(&order, "cancelled").await;
    assert_eq!(
        (&cancelled["money"]["phase"], &cancelled["money"]["given_back"]),
        (&json!("given_back"), &json!("200.00"))
    );
    assert_eq!(market.pieces(&rice).await, [2, 0, 0]);
}

#[tokio::test]
async fn an_order_is_cancelled_before_and_after_it_is_paid() {
    let market = Market::open().await;
    let rice = market.rice(4).await;
    let cancel = |order: &str| format!("/v1/mall/orders/{order}/cancel");
    let unpaid = market.order(&rice, 1).await;
    market.does(&market.member, &cancel(&unpaid), json!({})).await;
    let paid = market.order(&rice, 1).await;
    market.pay(&paid).await;
    let why = market.write(&market.li, &cancel(&paid), json!({})).await;
    assert_eq!(problem(why).await, (400, "bad_parameter".into()), "a supplier says why");
    market.does(&market.li, &cancel(&paid), json!({ "reason": "卖完了" })).await;
    let shown = market.read(&market.member, &format!("/v1/mall/orders/{paid}")).await;
    assert_eq!((&shown["reason"], &shown["money"]["given_back"]), (&json!("卖完了"), &json!("100.00")));
    let shipped = market.order(&rice, 1).await;
    market.pay(&shipped).await;
    market.ship(&shipped).await;
    let late = market.write(&market.member, &cancel(&shipped), json!({})).await;
    assert_eq!(problem(late).await, (409, "mall_order_state".into()));
    assert_eq!(market.pieces(&rice).await, [3, 0, 1]);
}

#[tokio::test]
async fn an_order_keeps_what_was_ordered() {
    let market = Market::open().await;
    let rice = market.rice(5).await;
    let order = market.order(&rice, 1).await;
    let mut content = crate::support::market::rice();
    content["title"] = json!("别的米");
    content["variants"][0]["price"] = json!("120.00");
    let change = json!({ "version": 1, "content": content });
    market.does(&market.ann, &format!("/v1/mall/products/{rice}/change"), change).await;
    assert_eq!(market.public(&format!("/v1/mall/products/{rice}")).await["version"], 2);
    let item = market.read(&market.member, &format!("/v1/mall/orders/{order}")).await["items"][0].clone();
    assert_eq!(
        (&item["title"], &item["price"], &item["version"]),
        (&json!("丝苗米"), &json!("100.00"), &json!(1))
    );
    let seen =
        market.write(&market.member, "/v1/mall/baskets", market.basket(&market.address, &rice, 1)).await;
    assert_eq!(
        problem(seen).await,
        (409, "price_changed".into()),
        "nobody pays a price that they have not seen"
    );
    market.pay(&order).await;
}

#[tokio::test]
async fn a_basket_that_is_sent_again_is_the_same_basket() {
    let market = Market::open().await;
    let rice = market.rice(5).await;
    let body = market.basket(&market.address, &rice, 1);
    let place = || market.app.with_token(Method::POST, "/v1/mall/baskets", &market.member, "once", &body);
    let first = json(place().await).await;
    for _ in 0..3 {
        assert_eq!(json(place().await).await, first);
    }
    assert_eq!(market.pieces(&rice).await, [4, 1, 0]);
    market.does(&market.member, &format!("/v1/me/addresses/{}/remove", market.address), json!({})).await;
    assert_eq!(json(place().await).await, first, "also when its address is gone");
    let other = market.basket(&market.address, &rice, 2);
    let reused = market.app.with_token(Method::POST, "/v1/mall/baskets", &market.member, "once", &other);
    assert_eq!(problem(reused.await).await, (422, "id_reused".into()));
}

/// Fifty want one of ten pieces at the same time: ten get it.
#[tokio::test]
async fn stock_is_never_sold_twice() {
    let market = Market::with(|config| {
        config.rates.code_address.burst = 200;
        config.rates.visitor.burst = 1_000;
    })
    .await;
    let rice = market.rice(10).await;
    let mut buyers = Vec::new();
    for number in 0..50 {
        let (_, token) = market.app.register(&format!("139000000{number:02}"), Value::Null).await;
        let address = market.does(&token, "/v1/me/addresses", crate::support::market::address()).await;
        buyers.push((token, market.basket(&address, &rice, 1)));
    }
    let racing = buyers.iter().enumerate().map(|(number, (token, basket))| {
        let request =
            market.app.form("/v1/mall/baskets", basket).header("authorization", format!("Bearer {token}"));
        tokio::spawn(send(request.header("idempotency-key", format!("race-{number}"))))
    });
    let (mut done, mut short) = (0, 0);
    for answer in racing.collect::<Vec<_>>() {
        let answer = answer.await.expect("no panic");
        if answer.status() == 200 {
            done += 1;
        } else {
            assert_eq!(problem(answer).await, (409, "stock_short".into()));
            short += 1;
        }
    }
    assert_eq!((done, short, market.pieces(&rice).await), (10, 40, [0, 10, 0]));
}

#[tokio::test]
async fn freight_and_several_products_of_a_supplier_make_one_order() {
    let market = Market::open().await;
    let (first, second) = (
        market.tea(3).await,
        market
            .on_sale(
                ("U2", &market.wu),
                {
                    let mut dear = tea();
                    dear["freight"] = json!("9.00");
                    dear
                },
                3,
            )
            .await,
    );
    let item = |product: &str| json!({ "product": product, "variant": "one", "count": 1, "price": "30.00" });
    let form = |freight: &str| json!({ "address": market.address, "orders": [{ "supplier": "U2", "freight": freight, "items": [item(&first), item(&second)] }] });
    let unseen = market.write(&market.member, "/v1/mall/baskets", form("15.00")).await;
    assert_eq!(problem(unseen).await, (409, "price_changed".into()));
    let basket = market.does(&market.member, "/v1/mall/baskets", form("9.00")).await;
    let order = market.read(&market.member, &format!("/v1/mall/orders/{basket}-1")).await;
    assert_eq!(
        (&order["list_total"], &order["freight"]),
        (&json!("69.00"), &json!("9.00")),
        "one parcel, the highest freight once"
    );
}
