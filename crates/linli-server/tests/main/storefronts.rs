//! Stores as visitors see and find them, and what is printed for them, decoded again.

use crate::support::shop::Shop;
use crate::support::{header, json, problem, send};
use reqwest::{Method, Response};
use serde_json::{Value, json};

async fn public(shop: &Shop, target: &str) -> Response {
    send(shop.app.unsigned(Method::GET, target)).await
}

async fn found(shop: &Shop, query: &str) -> Vec<String> {
    let response = public(shop, &format!("/v1/stores{query}")).await;
    assert_eq!(response.status(), 200, "{query}");
    let body = json(response).await;
    let items = body["items"].as_array().expect("items").clone();
    items.iter().map(|item| item["store"].as_str().expect("an id").to_string()).collect()
}

fn page(name: &str, north: i32) -> Value {
    let place = json!({ "latitude_microdegrees": north, "longitude_microdegrees": 113_264_435 });
    json!({ "name": name, "address": "天河路", "place": place })
}

async fn put_up(shop: &Shop, token: &str, store: &str, page: Value) -> Response {
    shop.write(token, &format!("/v1/stores/{store}/page"), page).await
}

#[tokio::test]
async fn stores_are_found_by_region_name_and_distance() {
    let shop = Shop::open().await;
    assert_eq!(put_up(&shop, &shop.owner, "S9", page("东记面馆", 23_000_000)).await.status(), 200);
    assert_eq!(put_up(&shop, &shop.rival, "S8", page("Cafe ÉTÉ", 23_010_000)).await.status(), 200);
    for (query, wanted) in [
        ("", vec!["S8", "S9"]),
        ("?region=44", vec!["S8", "S9"]),
        ("?region=4401", vec!["S8", "S9"]),
        ("?region=440106", vec!["S8", "S9"]),
        ("?region=4403", vec![]),
        ("?name=%E4%B8%9C%E8%AE%B0", vec!["S9"]),
        ("?name=cafe+%C3%A9t%C3%A9", vec!["S8"]),
        ("?name=%27+OR+1%3D1+--", vec![]),
        ("?near=23000000,113264435", vec!["S9", "S8"]),
        ("?near=23010000,113264435", vec!["S8", "S9"]),
    ] {
        assert_eq!(found(&shop, query).await, wanted, "{query}");
    }
    let near = "?near=23009000,113264435&limit=1";
    let first = json(public(&shop, &format!("/v1/stores{near}")).await).await;
    assert_eq!((&first["items"][0]["store"], &first["items"][0]["metres"]), (&json!("S8"), &json!(111)));
    let next = first["next"].as_str().expect("another page");
    assert_eq!(found(&shop, &format!("{near}&after={next}")).await, ["S9"]);
    for query in ["?region=1", "?region=44a", "?near=1", "?near=91000000,0", "?near=1,2&after=x", "?limit=0"]
    {
        assert_eq!(problem(public(&shop, &format!("/v1/stores{query}")).await).await.0, 400, "{query}");
    }
    assert_eq!(shop.write(&shop.rival, "/v1/stores/S8/close", json!({})).await.status(), 200);
    assert_eq!(found(&shop, "").await, ["S9"], "closed ones are left out");
    let page = json(public(&shop, "/v1/stores/S8/page").await).await;
    assert_eq!((&page["is_closed"], &page["page"]["name"]), (&json!(true), &json!("Cafe ÉTÉ")));
}

#[tokio::test]
async fn only_the_owner_changes_and_closes_a_store() {
    let shop = Shop::open().await;
    for token in [&shop.rival, &shop.member] {
        assert_eq!(put_up(&shop, token, "S9", page("x", 0)).await.status(), 403);
        assert_eq!(shop.write(token, "/v1/stores/S9/close", json!({})).await.status(), 403);
    }
    assert_eq!(put_up(&shop, &shop.owner, "none", page("x", 0)).await.status(), 404);
    assert_eq!(public(&shop, "/v1/stores/none/page").await.status(), 404);
    let without = json(public(&shop, "/v1/stores/S9/page").await).await;
    assert_eq!(without["page"], Value::Null);
    assert_eq!(shop.write(&shop.owner, "/v1/stores/S9/close", json!({})).await.status(), 200);
    let again = shop.write(&shop.owner, "/v1/stores/S9/close", json!({})).await;
    assert_eq!(problem(again).await, (409, "store_closed".into()));
}

/// What the code on a picture says.
fn decoded(png: &[u8]) -> String {
    let image = image::load_from_memory(png).expect("a picture").to_luma8();
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(
        image.width() as usize,
        image.height() as usize,
        |x, y| image.get_pixel(u32::try_from(x).expect("small"), u32::try_from(y).expect("small")).0[0],
    );
    let grids = prepared.detect_grids();
    assert_eq!(grids.len(), 1, "one code");
    grids[0].decode().expect("it is read").1
}

#[tokio::test]
async fn what_is_printed_says_the_link_that_stays() {
    let shop = Shop::open().await;
    assert_eq!(put_up(&shop, &shop.owner, "S9", page("东记面馆", 23_000_000)).await.status(), 200);
    let link = format!("http://{}/s/S9", shop.app.address);
    for form in ["qr.png", "sheet-a6.png", "poster.png"] {
        let target = format!("/v1/stores/S9/prints/{form}");
        let response = public(&shop, &target).await;
        assert_eq!(
            (response.status().as_u16(), header(&response, "content-type")),
            (200, "image/png".into())
        );
        let tag = header(&response, "etag");
        assert_eq!(decoded(&response.bytes().await.expect("bytes")), link, "{form}");
        let known = shop.app.unsigned(Method::GET, &target).header("if-none-match", &tag);
        assert_eq!(send(known).await.status(), 304, "{form}");
    }
    for (form, kind, start) in
        [("qr.svg", "image/svg+xml", "<svg"), ("sheet-a6.pdf", "application/pdf", "%PDF")]
    {
        let response = public(&shop, &format!("/v1/stores/S9/prints/{form}")).await;
        assert_eq!(header(&response, "content-type"), kind);
        assert!(response.bytes().await.expect("bytes").starts_with(start.as_bytes()), "{form}");
    }
    let before = header(&public(&shop, "/v1/stores/S9/prints/poster.png").await, "etag");
    assert_eq!(put_up(&shop, &shop.owner, "S9", page("东记", 23_000_000)).await.status(), 200);
    assert_ne!(
        header(&public(&shop, "/v1/stores/S9/prints/poster.png").await, "etag"),
        before,
        "another name"
    );
    for (target, code) in
        [("/v1/stores/S9/prints/qr.gif", "unknown_file"), ("/v1/stores/none/prints/qr.svg", "unknown_store")]
    {
        assert_eq!(problem(public(&shop, target).await).await, (404, code.into()));
    }
    let mine = shop.app.look("/v1/me/prints/poster.png", &shop.member).await;
    let invitation = format!("http://{}/m/{}", shop.app.address, shop.member_id);
    assert_eq!(decoded(&mine.bytes().await.expect("bytes")), invitation);
    assert_eq!(public(&shop, "/v1/me/prints/poster.png").await.status(), 401);
}
