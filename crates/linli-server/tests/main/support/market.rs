//! A mall with two suppliers whose people can log in, a desk, and members who buy.

use super::shop::{DAY, id, soon};
use super::{TestApp, json, send};
use linli_economy::time::Instant;
use linli_platform::Role;
use linli_server::Config;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::atomic::Ordering;

/// `U1`, for whom `li` acts, and `U2`, for whom `wu` acts; `zhao` acts for nobody. The desk is `ann`.
pub struct Market {
    pub app: TestApp,
    pub ann: String,
    pub li: String,
    pub wu: String,
    pub zhao: String,
    pub member: String,
    pub member_id: String,
    pub other: String,
    /// Where the member's goods go.
    pub address: String,
    /// The secrets of the codes of `ann` and `li`.
    secrets: [String; 2],
}

/// A product without freight: `5kg` for 100.00, of which the supplier gets 20.00, and `1kg` for 50.00 and 10.00.
pub fn rice() -> Value {
    let variant =
        |id: &str, price: &str, cost: &str| json!({ "id": id, "name": id, "price": price, "cost": cost });
    json!({
        "category": "粮油",
        "title": "丝苗米",
        "description": "今年的新米。",
        "pictures": ["picture-1"],
        "freight": "0.00",
        "variants": [variant("5kg", "100.00", "20.00"), variant("1kg", "50.00", "10.00")],
    })
}

/// A product with 6.00 freight: `one` for 30.00, of which the supplier gets 5.00.
pub fn tea() -> Value {
    json!({
        "category": "茶",
        "title": "Yingde Black Tea",
        "freight": "6.00",
        "variants": [{ "id": "one", "name": "100 g", "price": "30.00", "cost": "5.00" }],
    })
}

pub fn address() -> Value {
    json!({ "name": "陈小姐", "phone": "138 0000 0003", "region": "广东省广州市越秀区", "street": "北京路 1 号" })
}

impl Market {
    pub async fn open() -> Self {
        Self::with(|_| ()).await
    }

    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let mut app = TestApp::with_store().await;
        let suppliers = ["li", "wu", "zhao"].map(|id| (id, Role::Supplier));
        let [li, wu, zhao] = suppliers;
        app.hire([("ann", Role::Operator), li, wu, zhao]).await;
        app.end();
        app.ended().await;
        let both = |config: &mut Config| {
            soon(config);
            change(config);
        };
        app.begin(both).await;
        let [ann, li, wu, zhao] = [app.ready("ann"), app.ready("li"), app.ready("wu"), app.ready("zhao")];
        let ((ann, secret_of_ann), (li, secret_of_li)) = (ann.await, li.await);
        let (wu, zhao, secrets) = (wu.await.0, zhao.await.0, [secret_of_ann, secret_of_li]);
        let (member_id, member) = app.register("13800000003", Value::Null).await;
        let (_, other) = app.register("13800000004", Value::Null).await;
        let (nonce, target) = (app.nonce(), "/v1/me/addresses");
        let address = id(app.with_token(Method::POST, target, &member, &nonce, &address()).await).await;
        let market = Self { app, ann, li, wu, zhao, member, member_id, other, address, secrets };
        for (supplier, login) in [("U1", "li"), ("U2", "wu")] {
            let new = json!({ "supplier": supplier, "name": supplier, "contact": "020 8888 0000" });
            assert_eq!(market.write(&market.ann, "/v1/mall/suppliers", new).await.status(), 200);
            let logins = format!("/v1/mall/suppliers/{supplier}/logins");
            assert_eq!(market.write(&market.ann, &logins, json!({ "staff": login })).await.status(), 200);
        }
        market
    }

    /// Ends the service and starts another, at a time of its own.
    pub async fn restart_later(&mut self, days: i64) {
        self.app.end();
        self.app.ended().await;
        self.later(days * DAY);
        self.app.begin(soon).await;
        self.days_later(0).await;
    }

    pub fn later(&self, seconds: i64) {
        self.app.now.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Days later: at the desk they have to log in again.
    pub async fn days_later(&mut self, days: i64) {
        self.later(days * DAY);
        let [ann, li] = &self.secrets;
        self.ann = self.app.log_in_again("ann", ann).await;
        self.li = self.app.log_in_again("li", li).await;
    }

    pub async fn write(&self, token: &str, target: &str, body: Value) -> Response {
        self.app.with_token(Method::POST, target, token, &self.app.nonce(), &body).await
    }

    pub async fn does(&self, token: &str, target: &str, body: Value) -> String {
        let response = self.write(token, target, body).await;
        let (status, body) = (response.status(), json(response).await);
        assert_eq!(status, 200, "{target}: {body}");
        body["id"].as_str().expect("an id").to_string()
    }

    pub async fn read(&self, token: &str, target: &str) -> Value {
        let response = self.app.look(target, token).await;
        let (status, body) = (response.status(), json(response).await);
        assert_eq!(status, 200, "{target}: {body}");
        body
    }

    pub async fn public(&self, target: &str) -> Value {
        json(send(self.app.unsigned(Method::GET, target)).await).await
    }

    /// Drafted by its supplier, looked at by the desk, with so many pieces of each variant.
    pub async fn on_sale(&self, (supplier, login): (&str, &str), content: Value, pieces: i32) -> String {
        let drafts = format!("/v1/mall/suppliers/{supplier}/products");
        let product = self.does(login, &drafts, content.clone()).await;
        let target = |what: &str| format!("/v1/mall/products/{product}/{what}");
        self.does(&self.ann, &target("publish"), json!({ "version": 1 })).await;
        for variant in content["variants"].as_array().expect("variants") {
            let more = json!({ "variant": variant["id"], "change": pieces });
            self.does(login, &target("stock"), more).await;
        }
        product
    }

    pub async fn rice(&self, pieces: i32) -> String {
        self.on_sale(("U1", &self.li), rice(), pieces).await
    }

    pub async fn tea(&self, pieces: i32) -> String {
        self.on_sale(("U2", &self.wu), tea(), pieces).await
    }

    /// An order of so many 5 kg.
    pub async fn order(&self, rice: &str, count: u32) -> String {
        let basket = self.basket(&self.address, rice, count);
        format!("{}-1", self.does(&self.member, "/v1/mall/baskets", basket).await)
    }

    pub fn basket(&self, address: &str, rice: &str, count: u32) -> Value {
        let item = json!({ "product": rice, "variant": "5kg", "count": count, "price": "100.00" });
        json!({ "address": address, "orders": [{ "supplier": "U1", "freight": "0.00", "items": [item] }] })
    }

    /// Pays an order of the member as the checkout does.
    pub async fn pay(&self, order: &str) {
        let at = Instant { seconds: self.app.now.load(Ordering::SeqCst), nanoseconds: 0 };
        let target = format!("/v1/mall/orders/{order}");
        let known = self.read(&self.ann, &target).await;
        let [supplier, list, cost] = ["supplier", "list_total", "cost"].map(|name| known[name].clone());
        let line = json!({
            "cmd": "pay_mall", "order": order, "member": self.member_id, "supplier": supplier,
            "list_total": list, "cost": cost, "at": at.to_string(),
        });
        self.app.command(&line.to_string()).await;
        self.comes_to(order, "paid").await;
    }

    /// Waits until an order of the member is in a state; the service does it.
    pub async fn comes_to(&self, order: &str, state: &str) -> Value {
        let target = format!("/v1/mall/orders/{order}");
        self.app.until(&self.member, &target, |order| order["state"] == state).await
    }

    /// Waits until a return of the member is in a state.
    pub async fn return_comes_to(&self, back: &str, state: &str) -> Value {
        let target = format!("/v1/mall/returns/{back}");
        self.app.until(&self.member, &target, |back| back["state"] == state).await
    }

    pub async fn ship(&self, order: &str) {
        let parcel = json!({ "carrier": "顺丰", "number": "SF1234567890" });
        self.does(&self.li, &format!("/v1/mall/orders/{order}/ship"), parcel).await;
    }

    /// Paid, shipped and received.
    pub async fn received(&self, rice: &str, count: u32) -> String {
        let order = self.order(rice, count).await;
        self.pay(&order).await;
        self.ship(&order).await;
        self.does(&self.member, &format!("/v1/mall/orders/{order}/receive"), json!({})).await;
        order
    }

    /// Free, reserved and sold pieces of 5 kg.
    pub async fn pieces(&self, rice: &str) -> [u64; 3] {
        let product = self.read(&self.li, &format!("/v1/mall/products/{rice}/own")).await;
        let pieces = product["pieces"].as_array().expect("a list");
        let whole = pieces.iter().find(|pieces| pieces["variant"] == "5kg").expect("it has this variant");
        ["free", "reserved", "sold"].map(|name| whole[name].as_u64().expect("a number"))
    }

    /// The folder with everything that the service keeps.
    pub fn folder(&self) -> &Path {
        self.app.folder.path()
    }
}
