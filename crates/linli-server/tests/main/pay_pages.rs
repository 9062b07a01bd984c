//! The pages that the server makes: a store's, a code's and the receipt; without a script, once, in two languages.

use crate::support::payer::uuid;
use crate::support::shop::{Shop, id};
use crate::support::{header, problem, send};
use reqwest::{Client, Method, RequestBuilder, Response, redirect};
use serde_json::json;

/// What the first load of a pay page may weigh, without any compression.
const MOST_BYTES: usize = 15 << 10;

fn client() -> Client {
    Client::builder().no_proxy().redirect(redirect::Policy::none()).build().expect("a client")
}

fn form(shop: &Shop, target: &str, fields: &str) -> RequestBuilder {
    let request = client().post(format!("http://{}{target}", shop.app.address));
    request.header("content-type", "application/x-www-form-urlencoded").body(fields.to_string())
}

async fn look(shop: &Shop, target: &str) -> (u16, String) {
    let response = send(shop.app.unsigned(Method::GET, target)).await;
    assert!(header(&response, "content-type").starts_with("text/html"), "{target}");
    (response.status().as_u16(), response.text().await.expect("a page"))
}

/// The value of a field of the first form that has it.
fn field(html: &str, name: &str) -> String {
    let after = html.split(&format!("name={name} value=\"")).nth(1).expect("a field");
    after.split('"').next().expect("a value").to_string()
}

fn to(response: &Response) -> String {
    assert_eq!(response.status(), 303);
    header(response, "location").to_string()
}

#[tokio::test]
async fn a_visitor_pays_a_store_without_a_script_and_sees_where_each_yuan_goes() {
    let shop = Shop::paying().await;
    let (status, html) = look(&shop, "/s/S9").await;
    assert_eq!(status, 200);
    assert!(!html.contains("<script") && html.contains("您未登录") && html.contains("¥0.30"), "{html}");
    let fields = format!("key={}&amount=88.00", field(&html, "key"));
    let receipt = to(&send(form(&shop, "/s/S9/pay", &fields)).await);
    assert_eq!(to(&send(form(&shop, "/s/S9/pay", &fields)).await), receipt, "a double click is one payment");
    let (_, waiting) = look(&shop, &receipt).await;
    assert!(waiting.contains("等待付款") && waiting.contains("url=/sandbox/pay/"), "{waiting}");
    let page = waiting.split("url=").nth(1).and_then(|rest| rest.split('"').next()).expect("a page");
    shop.press(page, "approve").await;
    let payment = receipt.trim_start_matches("/p/").trim_end_matches("?go=1");
    loop {
        let paid = shop.glance(&format!("/v1/payments/{payment}")).await;
        if paid["state"] == "carried_out" {
            break;
        }
        shop.something().await;
    }
    let (_, paid) = look(&shop, &format!("/p/{payment}")).await;
    for text in ["付款成功", "这笔钱将去哪里", "门店", "¥70.40", "盈利池", "合计"] {
        assert!(paid.contains(text), "{text}: {paid}");
    }
    assert!(!paid.contains("http-equiv=refresh"), "what is done is not looked at again");
}

#[tokio::test]
async fn a_code_is_paid_once_with_its_amount() {
    let shop = Shop::paying().await;
    let collect = json!({ "amount": "12.50", "minutes": 10 });
    let code = id(shop.write(&shop.owner, "/v1/stores/S9/codes", collect).await).await;
    let (_, html) = look(&shop, &format!("/c/{code}?language=en")).await;
    assert!(html.contains("¥12.50") && html.contains("Go and pay") && html.contains("lang=en"), "{html}");
    let fields = format!("key={}", field(&html, "key"));
    to(&send(form(&shop, &format!("/c/{code}/pay"), &fields)).await);
    let other = send(form(&shop, &format!("/c/{code}/pay"), &format!("key={}", uuid(7)))).await;
    assert_eq!(other.status(), 409);
    let told = other.text().await.expect("a page");
    assert!(told.contains("role=alert") && told.starts_with("<!doctype html>"), "{told}");
    let cancelled =
        id(shop.write(&shop.owner, "/v1/stores/S9/codes", json!({ "amount": "1.00" })).await).await;
    assert_eq!(
        shop.write(&shop.owner, &format!("/v1/codes/{cancelled}/cancel"), json!({})).await.status(),
        200
    );
    let (_, html) = look(&shop, &format!("/c/{cancelled}")).await;
    assert!(html.contains("该收款码已取消") && !html.contains("<form class=stack"), "{html}");
}

#[tokio::test]
async fn a_member_is_known_by_the_cookie_and_agrees_apart_from_paying() {
    let shop = Shop::paying().await;
    let cookie = format!("linli_session={}", shop.member);
    let own =
        |request: RequestBuilder| request.header("cookie", &cookie).header("sec-fetch-site", "same-origin");
    let page = send(own(shop.app.unsigned(Method::GET, "/s/S9"))).await.text().await.expect("a page");
    assert!(page.contains("+86138****0003") && page.contains("同意绑定"), "{page}");
    let agreed = format!("key={}&consent=1", field(&page, "key"));
    let back = send(own(form(&shop, "/s/S9/agree", &agreed))).await;
    assert_eq!(to(&back), "/s/S9");
    assert_eq!(shop.read(&shop.member, "/v1/me/binding").await["source"], "store");
    let page = send(own(shop.app.unsigned(Method::GET, "/s/S9"))).await.text().await.expect("a page");
    assert!(!page.contains("同意绑定"), "who is bound is not asked again");
    let fields = format!("key={}&amount=5.00", uuid(1));
    let stolen =
        form(&shop, "/s/S9/pay", &fields).header("cookie", &cookie).header("sec-fetch-site", "cross-site");
    assert_eq!(send(stolen).await.status(), 403, "a form of another site is not this member's");
    let receipt = to(&send(own(form(&shop, "/s/S9/pay", &fields))).await);
    assert_eq!(look(&shop, &receipt).await.0, 404, "to others it is not there");
    assert_eq!(send(own(shop.app.unsigned(Method::GET, &receipt))).await.status(), 200);
}

#[tokio::test]
async fn what_goes_wrong_with_a_page_is_a_page_with_the_id_of_the_request() {
    let shop = Shop::paying().await;
    let request = shop.app.unsigned(Method::GET, "/s/S404").header("x-request-id", "page-0001");
    let response = send(request.header("accept-language", "en")).await;
    assert_eq!(response.status(), 404);
    let html = response.text().await.expect("a page");
    assert!(html.contains("There is no such store") && html.contains("page-0001"), "{html}");
    for fields in ["amount=1.00", "key=short&amount=1.00"] {
        assert_eq!(send(form(&shop, "/s/S9/pay", fields)).await.status(), 400, "{fields}");
    }
    let wrong = format!("key={}&amount=1.234", uuid(1));
    assert_eq!(send(form(&shop, "/s/S9/pay", &wrong)).await.status(), 422);
    let json = shop.app.form("/s/S9/pay", &json!({}));
    assert_eq!(send(json).await.status(), 415);
    let other = send(shop.app.unsigned(Method::GET, "/v1/stores/S404/page")).await;
    assert_eq!(problem(other).await.0, 404, "programs get problems");
}

#[tokio::test]
async fn the_first_load_of_a_pay_page_is_small() {
    let shop = Shop::paying().await;
    let (_, html) = look(&shop, "/s/S9").await;
    let style = send(shop.app.unsigned(Method::GET, "/pages/style.css")).await;
    assert_eq!(header(&style, "content-type"), "text/css");
    let bytes = html.len() + style.text().await.expect("a style").len();
    assert!(bytes <= MOST_BYTES, "{bytes} bytes");
}

#[tokio::test]
async fn the_picture_of_a_code_says_its_page_and_is_for_who_shows_it() {
    let shop = Shop::paying().await;
    let code = id(shop.write(&shop.owner, "/v1/stores/S9/codes", json!({ "amount": "12.50" })).await).await;
    let target = format!("/v1/codes/{code}/qr.svg");
    let picture = shop.app.look(&target, &shop.owner).await;
    assert_eq!(header(&picture, "content-type"), "image/svg+xml");
    assert!(picture.text().await.expect("a picture").contains("<svg"));
    assert_eq!(problem(shop.app.look(&target, &shop.rival).await).await, (404, "unknown_code".into()));
}

/// The plan of the tests, with redemptions that only pay in stores.
fn spending_plan() -> String {
    let plan =
        include_str!("../../../../plans/seed-one.toml").replace("redeem = \"money\"", "redeem = \"spend\"");
    serde_json::to_string(&plan).expect("a text")
}

#[tokio::test]
async fn a_member_pays_a_part_from_the_spend_balance_that_they_have() {
    let shop = Shop::paying().await;
    let cookie = format!("linli_session={}", shop.member);
    let own =
        |request: RequestBuilder| request.header("cookie", &cookie).header("sec-fetch-site", "same-origin");
    let look =
        async || send(own(shop.app.unsigned(Method::GET, "/s/S9"))).await.text().await.expect("a page");
    assert!(!look().await.contains("name=from_spend"), "there is nothing to spend");
    shop.command(&format!(r#"{{"cmd":"change_plan","id":"P1","plan":{}}}"#, spending_plan())).await;
    let order = format!(r#""order":"B1","store":"S9","amount":"1000.00","member":"{}""#, shop.member_id);
    shop.command(&format!(r#"{{"cmd":"settle",{order}}}"#)).await;
    let redeem = shop.write(&shop.member, "/v1/me/redemptions", json!({ "points": "50" })).await;
    assert_eq!(redeem.status(), 200);
    let html = look().await;
    assert!(html.contains("name=from_spend") && html.contains("可用消费余额 ¥"), "{html}");
    let fields = |key: u32, spend: &str| format!("key={}&amount=30.00&from_spend={spend}", uuid(key));
    let receipt = to(&send(own(form(&shop, "/s/S9/pay", &fields(1, "12.00")))).await);
    let payment = shop.payment(receipt.trim_start_matches("/p/").trim_end_matches("?go=1")).await;
    assert_eq!((&payment["amount"], &payment["orders"][0]["from_spend"]), (&json!("18.00"), &json!("12.00")));
    let all = to(&send(own(form(&shop, "/s/S9/pay", &fields(2, "")))).await);
    let payment = shop.payment(all.trim_start_matches("/p/").trim_end_matches("?go=1")).await;
    assert_eq!(payment["amount"], "30.00", "an empty field is nothing");
    let too_much = send(own(form(&shop, "/s/S9/pay", &fields(3, "30.01")))).await;
    assert_eq!(too_much.status(), 422);
}
