//! What the mall lets nobody do: see or touch what is somebody else's, sell at prices that are none, keep an address in
//! clear, or be moved by hostile input.

use crate::support::logged::log;
use crate::support::market::{Market, rice};
use crate::support::{json, problem, send};
use reqwest::Method;
use serde_json::{Value, json};
use std::path::Path;

#[tokio::test]
async fn what_is_somebody_else_s_is_not_there() {
    let market = Market::open().await;
    let product = market.rice(9).await;
    let order = market.received(&product, 1).await;
    let form = json!({ "items": [{ "item": 0, "count": 1 }], "reason": "faulty" });
    let back = market.does(&market.member, &format!("/v1/mall/orders/{order}/returns"), form.clone()).await;
    let basket = order.strip_suffix("-1").expect("an order of a basket");
    let parcel = json!({ "carrier": "顺丰", "number": "SF1234567890" });
    let strangers = [&market.other, &market.wu, &market.zhao];
    for token in strangers {
        for target in [format!("/v1/mall/orders/{order}"), format!("/v1/mall/returns/{back}")] {
            assert_eq!(problem(market.app.look(&target, token).await).await.0, 404, "{target}");
        }
    }
    assert_eq!(
        problem(market.app.look(&format!("/v1/mall/baskets/{basket}"), &market.other).await).await,
        (404, "unknown_basket".into())
    );
    for token in [&market.wu, &market.zhao] {
        for target in ["", "/products", "/orders", "/returns"] {
            let target = format!("/v1/mall/suppliers/U1{target}");
            assert_eq!(
                problem(market.app.look(&target, token).await).await,
                (404, "unknown_mall_supplier".into()),
                "{target}"
            );
        }
        let own = market.app.look(&format!("/v1/mall/products/{product}/own"), token).await;
        assert_eq!(problem(own).await, (404, "unknown_product".into()));
        for (target, body) in [
            ("/v1/mall/suppliers/U1/products".to_string(), rice()),
            (format!("/v1/mall/products/{product}/change"), json!({ "version": 1, "content": rice() })),
            (format!("/v1/mall/products/{product}/withdraw"), json!({})),
            (format!("/v1/mall/products/{product}/stock"), json!({ "variant": "5kg", "change": 5 })),
            (format!("/v1/mall/orders/{order}/ship"), parcel.clone()),
            (format!("/v1/mall/orders/{order}/correct"), parcel.clone()),
            (format!("/v1/mall/orders/{order}/cancel"), json!({ "reason": "x" })),
            (format!("/v1/mall/returns/{back}/answer"), json!({ "agree": true })),
            (format!("/v1/mall/returns/{back}/arrived"), json!({ "restock": true })),
        ] {
            assert_eq!(problem(market.write(token, &target, body).await).await.0, 404, "{target}");
        }
    }
    for (target, body) in [
        (format!("/v1/mall/orders/{order}/receive"), json!({})),
        (format!("/v1/mall/orders/{order}/cancel"), json!({})),
        (format!("/v1/mall/orders/{order}/returns"), form),
        (format!("/v1/mall/returns/{back}/appeal"), json!({})),
        (format!("/v1/mall/returns/{back}/withdraw"), json!({})),
        (format!("/v1/mall/returns/{back}/send-back"), parcel),
        (format!("/v1/me/addresses/{}/change", market.address), crate::support::market::address()),
        (format!("/v1/me/addresses/{}/remove", market.address), json!({})),
        (format!("/v1/me/addresses/{}/default", market.address), json!({})),
    ] {
        assert_eq!(problem(market.write(&market.other, &target, body).await).await.0, 404, "{target}");
    }
    let theirs =
        market.write(&market.other, "/v1/mall/baskets", market.basket(&market.address, &product, 1)).await;
    assert_eq!(problem(theirs).await, (404, "unknown_address".into()));
    assert_eq!(market.read(&market.other, "/v1/me/addresses").await, json!([]));
    for target in ["/v1/mall/suppliers", "/v1/mall/orders", "/v1/mall/returns", "/v1/mall/products/all"] {
        for token in [&market.li, &market.member] {
            assert_eq!(problem(market.app.look(target, token).await).await.0, 403, "{target}");
        }
    }
    assert_eq!(
        market.read(&market.ann, &format!("/v1/mall/orders/{order}")).await["address"],
        Value::Null,
        "the desk needs no address"
    );
}

#[tokio::test]
async fn whoever_acted_for_a_supplier_once_does_no_more() {
    let market = Market::open().await;
    assert_eq!(market.read(&market.li, "/v1/staff/me").await["supplier"], "U1");
    let logins = "/v1/mall/suppliers/U1/logins";
    let staff = |id: &str| json!({ "staff": id });
    assert_eq!(
        problem(market.write(&market.ann, logins, staff("ann")).await).await,
        (422, "bad_roles".into())
    );
    assert_eq!(
        problem(market.write(&market.ann, logins, staff("nobody")).await).await,
        (404, "unknown_staff".into())
    );
    assert_eq!(
        problem(market.write(&market.ann, logins, staff("wu")).await).await,
        (409, "login_taken".into())
    );
    assert_eq!(
        problem(market.write(&market.li, logins, staff("zhao")).await).await,
        (403, "forbidden".into())
    );
    market.does(&market.ann, &format!("{logins}/end"), staff("li")).await;
    assert_eq!(
        problem(market.app.look("/v1/mall/suppliers/U1", &market.li).await).await,
        (404, "unknown_mall_supplier".into())
    );
    let product = market.on_sale(("U2", &market.wu), rice(), 3).await;
    market.does(&market.ann, "/v1/mall/suppliers/U2/suspend", json!({})).await;
    assert_eq!(market.public("/v1/mall/products").await["items"], json!([]));
    let quote = market.app.look(&format!("/v1/mall/quote?picks={product}.5kg.1"), &market.member).await;
    assert_eq!(problem(quote).await, (409, "not_on_sale".into()));
    market.does(&market.ann, "/v1/mall/suppliers/U2/reinstate", json!({})).await;
    assert_eq!(market.public("/v1/mall/products").await["items"].as_array().map(Vec::len), Some(1));
    let changed = json!({ "name": "新名字", "contact": "020 1234" });
    market.does(&market.ann, "/v1/mall/suppliers/U2/change", changed).await;
    assert_eq!(market.read(&market.wu, "/v1/mall/suppliers/U2").await["contact"], "020 1234");
}

#[tokio::test]
async fn prices_and_pieces_that_are_none_are_refused() {
    let market = Market::open().await;
    let drafts = "/v1/mall/suppliers/U1/products";
    let with = |name: &str, value: Value| {
        let mut content = rice();
        content["variants"][0][name] = value;
        content
    };
    let freight = |value: Value| {
        let mut content = rice();
        content["freight"] = value;
        content
    };
    for (content, status, code) in [
        (with("price", json!("-100.00")), 422, "bad_amount"),
        (with("price", json!("0.00")), 422, "bad_amount"),
        (with("price", json!("1e9")), 422, "bad_amount"),
        (with("price", json!("100.001")), 422, "bad_amount"),
        (with("price", json!("100000000000.01")), 422, "bad_amount"),
        (with("price", json!("NaN")), 422, "bad_amount"),
        (with("price", json!(100)), 400, "bad_body"),
        (with("price", json!(-0.1)), 400, "bad_body"),
        (with("cost", json!("-1")), 422, "bad_amount"),
        (with("cost", json!("0")), 422, "bad_amount"),
        (freight(json!("-6.00")), 422, "bad_amount"),
        (freight(json!("100000000000.00")), 422, "bad_price"),
        (with("id", json!("5 kg")), 422, "bad_text"),
        (with("name", json!("a\u{202e}b")), 422, "bad_text"),
        (with("stock", json!(1)), 400, "bad_body"),
    ] {
        let refused = market.write(&market.li, drafts, content.clone()).await;
        assert_eq!(problem(refused).await, (status, code.into()), "{content}");
    }
    let thin = market.does(&market.li, drafts, with("cost", json!("38.01"))).await;
    let publish = market
        .write(&market.ann, &format!("/v1/mall/products/{thin}/publish"), json!({ "version": 1 }))
        .await;
    assert_eq!(problem(publish).await, (409, "mall_margin_too_thin".into()));
    let product = market.rice(5).await;
    let stock = format!("/v1/mall/products/{product}/stock");
    for (change, code) in [
        (json!(-6), "stock_short"),
        (json!(1_000_000), "stock_limit"),
        (json!(2_147_483_648_u64), "bad_body"),
    ] {
        let refused = market.write(&market.li, &stock, json!({ "variant": "5kg", "change": change })).await;
        assert_eq!(problem(refused).await.1, code);
    }
    let item = |count: Value, price: &str| {
        json!({ "address": market.address, "orders": [{ "supplier": "U1", "freight": "0.00",
        "items": [{ "product": product, "variant": "5kg", "count": count, "price": price }] }] })
    };
    for (basket, code) in [
        (item(json!(0), "100.00"), "bad_basket"),
        (item(json!(1_000), "100.00"), "bad_basket"),
        (item(json!(-1), "100.00"), "bad_body"),
        (item(json!(6), "100.00"), "stock_short"),
        (item(json!(1), "1.00"), "price_changed"),
        (item(json!(1), "-100.00"), "bad_amount"),
        (json!({ "address": market.address, "orders": [] }), "bad_basket"),
    ] {
        let refused = market.write(&market.member, "/v1/mall/baskets", basket.clone()).await;
        assert_eq!(problem(refused).await.1, code, "{basket}");
    }
    assert_eq!(market.pieces(&product).await, [5, 0, 0]);
}

#[tokio::test]
async fn hostile_queries_and_forms_are_refused() {
    let market = Market::open().await;
    for target in [
        "/v1/mall/quote",
        "/v1/mall/quote?picks=",
        "/v1/mall/quote?picks=a.b",
        "/v1/mall/quote?picks=a.b.0",
        "/v1/mall/quote?picks=a.b.1000",
        "/v1/mall/quote?picks=a.b.-1",
        "/v1/mall/quote?picks=a.b.1&picks=a.b.1",
        &format!("/v1/mall/quote?picks={}", vec!["a.b.1"; 101].join(",")),
        "/v1/me/mall/orders?state=whatever",
        "/v1/me/mall/orders?after=nothing",
        "/v1/me/mall/orders?limit=0",
        "/v1/me/mall/returns?state=placed",
    ] {
        assert_eq!(
            problem(market.app.look(target, &market.member).await).await,
            (400, "bad_parameter".into()),
            "{target}"
        );
    }
    for target in [
        "/v1/mall/products?name=",
        &format!("/v1/mall/products?name={}", "x".repeat(61)),
        "/v1/mall/products?limit=201",
        "/v1/mall/products?name=a&name=b",
    ] {
        let refused = send(market.app.unsigned(Method::GET, target)).await;
        assert_eq!(problem(refused).await, (400, "bad_parameter".into()), "{target}");
    }
    for id in ["'%20or%201=1--", "%3Cscript%3E", "..%2f..%2fetc", "%E2%80%AE"] {
        let refused = send(market.app.unsigned(Method::GET, &format!("/v1/mall/products/{id}"))).await;
        assert_eq!(problem(refused).await, (404, "unknown_product".into()), "{id}");
    }
    let with = |name: &str, value: &str| {
        let mut address = crate::support::market::address();
        address[name] = json!(value);
        address
    };
    for address in [
        with("name", ""),
        with("name", &"x".repeat(41)),
        with("phone", "12"),
        with("street", " x"),
        with("region", "a\u{7}b"),
    ] {
        let refused = market.write(&market.member, "/v1/me/addresses", address.clone()).await;
        assert_eq!(problem(refused).await, (400, "bad_parameter".into()), "{address}");
    }
    assert_eq!(market.read(&market.member, "/v1/me/addresses").await.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn addresses_are_changed_removed_and_limited() {
    let market = Market::open().await;
    let second = market.does(&market.member, "/v1/me/addresses", crate::support::market::address()).await;
    let target = |what: &str| format!("/v1/me/addresses/{second}/{what}");
    let mut moved = crate::support::market::address();
    moved["street"] = json!("中山路 2 号");
    market.does(&market.member, &target("change"), moved).await;
    market.does(&market.member, &target("default"), json!({})).await;
    let shown = market.read(&market.member, "/v1/me/addresses").await;
    let found =
        shown.as_array().expect("a list").iter().find(|one| one["id"] == *second).expect("it is there");
    assert_eq!((&found["is_default"], &found["to"]["street"]), (&json!(true), &json!("中山路 2 号")));
    market.does(&market.member, &target("remove"), json!({})).await;
    for _ in 1..20 {
        market.does(&market.member, "/v1/me/addresses", crate::support::market::address()).await;
    }
    let full = market.write(&market.member, "/v1/me/addresses", crate::support::market::address()).await;
    assert_eq!(problem(full).await, (409, "too_many_addresses".into()));
}

/// Whatever is kept: the journal, the keys, snapshots.
fn files(folder: &Path) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(std::fs::read(path).expect("a file")) }
    }
    all
}

#[tokio::test]
async fn an_address_is_in_no_log_and_no_byte_of_what_is_kept() {
    let mut market = Market::open().await;
    let planted = json!({ "name": "Planted Person", "phone": "13911112222", "region": "Planted Region", "street": "7 Planted Street" });
    let address = market.does(&market.member, "/v1/me/addresses", planted).await;
    let product = market.rice(3).await;
    let basket = market.does(&market.member, "/v1/mall/baskets", market.basket(&address, &product, 1)).await;
    let order = format!("{basket}-1");
    market.pay(&order).await;
    let seen = market.read(&market.li, &format!("/v1/mall/orders/{order}")).await;
    assert_eq!(seen["address"]["street"], "7 Planted Street");
    let why = json!({ "reason": "Planted Reason" });
    market.does(&market.li, &format!("/v1/mall/orders/{order}/cancel"), why).await;
    let copy = market.folder().join("copy");
    std::fs::create_dir(&copy).expect("a folder");
    let backup = linli_journal::SqliteStore::new(copy.join("journal.db"));
    linli_engine::copy::copy(&market.app.store, &backup, |_, _| ()).expect("copied");
    market.restart_later(0).await;
    let kept = files(market.folder());
    assert!(kept.len() > 2, "journal, keys and the copy");
    for text in ["Planted", "13911112222"] {
        let found =
            kept.iter().filter(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()));
        assert_eq!((found.count(), log().contains(text)), (0, false), "{text}");
    }
    let shown = json(market.app.look(&format!("/v1/mall/orders/{order}"), &market.member).await).await;
    assert_eq!(
        (&shown["reason"], &shown["address"]),
        (&json!("Planted Reason"), &Value::Null),
        "ended orders keep no address"
    );
}
