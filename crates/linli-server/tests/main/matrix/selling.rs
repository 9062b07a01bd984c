//! What the store of the matrix has: orders, refunds, deals, codes, payments, shifts, and an application for another. Must
//! not be added here: who may do what with it.

use super::making::Making;
use super::people::OPERATOR;
use super::who::Who;
use crate::support::payer::in_store;
use crate::support::shop::form;
use crate::support::{json, send};
use reqwest::Method;
use serde_json::{Value, json};

/// A picture of one colour, as a PNG.
fn picture() -> Vec<u8> {
    let image = image::RgbImage::from_pixel(16, 8, image::Rgb([40, 90, 120]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

impl Making {
    /// Two stores; the first has a recruiter, is in the region of an agent, and some people work there.
    pub async fn stores(&mut self) {
        self.command(json!({ "cmd": "open_store", "store": "S9", "owner": "$owner", "recruiter": "$recruiter", "district": "440106" })).await;
        self.command(json!({ "cmd": "open_store", "store": "S8", "owner": "$rival", "district": "440106" }))
            .await;
        for (thing, id) in [("store", "S9"), ("other-store", "S8"), ("region", "440106")] {
            self.name(thing, id.into());
        }
        let term = json!({ "region": "440106", "agent": "$agent", "to": "2026-12-31", "fee": "5000.00" });
        self.makes("appointment", OPERATOR, "/v1/appointments", term).await;
        self.sees("agent", "/v1/appointments/$appointment", |one| one["state"] == "serving").await;
        self.cashiers().await;
        self.makes("shift", "payments.take", "/v1/stores/S9/shifts", json!({})).await;
    }

    /// Paid orders, one of them settled, one asked back.
    pub async fn orders(&mut self) {
        for (thing, amount) in
            [("order", "100.00"), ("order-to-refund", "100.00"), ("settled-order", "1000.00")]
        {
            self.name(thing, format!("O-{thing}"));
            let pay = json!({ "cmd": "pay", "order": format!("${thing}"), "member": "$buyer", "store": "S9", "amount": amount });
            self.command(pay).await;
        }
        self.command(json!({ "cmd": "settle", "order": "$settled-order" })).await;
        // Everybody has points.
        for who in Who::members() {
            let (order, member) = (format!("O-{}", who.name()), self.id(who.name()));
            self.command(json!({ "cmd": "settle", "order": order, "member": member, "store": "S8", "amount": "100.00" })).await;
        }
        let wish = json!({ "amount": "1.00", "reason": "too salty" });
        self.makes("refund", "buyer", "/v1/orders/$order-to-refund/refunds", wish).await;
    }

    /// A deal with a voucher that was used once, and another deal that is a draft.
    pub async fn deals(&mut self) {
        self.makes("deal", "owner", "/v1/stores/S9/deals", form()).await;
        self.presses("owner", &["/v1/deals/$deal/publish"]).await;
        self.makes("deal-draft", "owner", "/v1/stores/S9/deals", form()).await;
        self.makes("voucher", "buyer", "/v1/deals/$deal/buy", json!({ "version": 1, "count": 1 })).await;
        let pay = json!({ "cmd": "pay", "order": "$voucher", "member": "$buyer", "store": "S9", "amount": "100.00" });
        self.command(pay).await;
        let voucher = self.looks("buyer", "/v1/me/vouchers/$voucher").await;
        self.name("code", voucher["code"].as_str().expect("a code").into());
        let verify = json!({ "code": "$code", "uses": 1 });
        self.makes("verification", "vouchers.verify", "/v1/stores/S9/vouchers/verify", verify).await;
    }

    /// A code, a payment that was made, and two that wait: a member's and a visitor's.
    pub async fn payments(&mut self) {
        self.makes("payment-code", "owner", "/v1/stores/S9/codes", json!({ "amount": "12.50" })).await;
        self.makes("payment", "buyer", "/v1/payments", in_store("88.00")).await;
        let waiting = self.looks("buyer", "/v1/payments/$payment").await;
        let page = waiting["page"].as_str().expect("a page").to_string();
        self.name("sandbox-page", page.rsplit('/').next().expect("its reference").into());
        let visitor = self.app.form("/v1/payments", &in_store("5.00"));
        let visitor = send(visitor.header("idempotency-key", "a-visitor-of-the-matrix")).await;
        self.name("visitor-payment", json(visitor).await["id"].as_str().expect("an id").into());
        self.name("button", "approve".into());
    }

    async fn uploads(&self, target: &str) -> String {
        let request = self.app.unsigned(Method::POST, target).body(picture());
        let request = request.header("authorization", format!("Bearer {}", self.tokens["buyer"]));
        let request = request.header("content-type", "application/octet-stream");
        let kept = send(request.header("idempotency-key", self.app.nonce())).await;
        json(kept).await["id"].as_str().expect("an id").into()
    }

    /// An application that was handed in, with its document, and one that waits to be.
    pub async fn applications(&mut self) {
        let (photo, scan) = (self.uploads("/v1/photos").await, self.uploads("/v1/scans").await);
        self.name("photo", photo);
        self.name("scan", scan);
        self.makes("application", "buyer", "/v1/applications", self.application()).await;
        self.presses("buyer", &["/v1/applications/$application/submit"]).await;
    }

    fn application(&self) -> Value {
        let hours = json!([{ "days": [1, 2, 3], "from": "18:00", "to": "02:00" }]);
        json!({
            "page": { "name": "东记面馆", "address": "天河路 1 号", "hours": hours, "photos": ["$photo"] },
            "district": "440106",
            "contact": { "name": "陈东", "phone": "13800009999" },
            "documents": ["$scan"],
        })
    }
}
