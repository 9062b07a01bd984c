//! What a member has bought, what members really got back, and the chart of the price.

use crate::support::shop::Shop;
use crate::support::{header, problem, send};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn a_member_sees_what_they_bought_the_latest_first_and_nobody_elses() {
    let shop = Shop::open().await;
    for (order, amount) in [("B1", "10.00"), ("B2", "20.00"), ("B3", "30.00")] {
        shop.pay_in("S9", order, amount).await;
    }
    let first = shop.read(&shop.member, "/v1/me/orders?limit=2").await;
    let shown: Vec<_> = first["items"].as_array().expect("a list").iter().map(|one| &one["order"]).collect();
    assert_eq!(shown, [&json!("B3"), &json!("B2")]);
    assert_eq!(
        (&first["items"][0]["amount"], &first["items"][0]["state"]),
        (&json!("30.00"), &json!("paid"))
    );
    let next = first["next"].as_str().expect("there is more");
    let rest = shop.read(&shop.member, &format!("/v1/me/orders?limit=2&after={next}")).await;
    assert_eq!((&rest["items"][0]["order"], &rest["next"]), (&json!("B1"), &json!(null)));
    assert_eq!(shop.read(&shop.other, "/v1/me/orders").await["items"], json!([]));
    let visitor = send(shop.app.unsigned(Method::GET, "/v1/me/orders")).await;
    assert_eq!(problem(visitor).await.0, 401);
}

#[tokio::test]
async fn what_members_got_back_is_told_to_everybody() {
    let shop = Shop::open().await;
    let nobody = shop.glance("/v1/disclosure").await;
    assert_eq!((&nobody["members"], &nobody["median_back_of_100"]), (&json!(0), &json!("0.00")));
    let member = &shop.member_id;
    let order = r#""order":"B1","store":"S9","amount":"1000.00""#;
    shop.command(&format!(r#"{{"cmd":"settle",{order},"member":"{member}"}}"#)).await;
    let redeem = json!({ "points": "10" });
    assert_eq!(shop.write(&shop.member, "/v1/me/redemptions", redeem).await.status(), 200);
    let told = shop.glance("/v1/disclosure").await;
    assert_eq!((&told["members"], &told["reached_cap"]), (&json!(1), &json!("0.00%")));
    let statement = shop.read(&shop.member, &format!("/v1/accounts/member:{member}:wallet/statement")).await;
    let paid = statement["closing"].as_str().expect("an amount");
    // Of 1000 yuan; of 100 it is a tenth.
    let digits = |text: &str| text.replace('.', "").parse::<u64>().expect("digits");
    let median = told["median_back_of_100"].as_str().expect("an amount");
    assert_eq!(digits(median), digits(paid) / 10);
}

#[tokio::test]
async fn the_chart_of_the_price_is_a_picture_without_a_script() {
    let shop = Shop::open().await;
    shop.pay_in("S9", "B1", "10.00").await;
    let chart = send(shop.app.unsigned(Method::GET, "/v1/prices/chart.svg")).await;
    assert_eq!(header(&chart, "content-type"), "image/svg+xml");
    let svg = chart.text().await.expect("a picture");
    assert!(svg.contains("<polyline") && !svg.contains("<script"), "{svg}");
    let wrong = send(shop.app.unsigned(Method::GET, "/v1/prices/chart.svg?from=yesterday")).await;
    assert_eq!(problem(wrong).await.0, 400);
}
