//! What the mall of the matrix has: two suppliers, products, and orders and a return in each state that somebody can do
//! something about. Must not be added here: who may do what with it.

use super::making::Making;
use super::people::OPERATOR;
use super::who::{OF_SUPPLIER, Who};
use crate::support::market::{address, rice};
use serde_json::{Value, json};

impl Making {
    /// `U1` with its people and products, and `U2`, for whom others act.
    pub async fn suppliers(&mut self) {
        for (supplier, login) in [("U1", Who::Supplier), ("U2", Who::OtherSupplier)] {
            let new = json!({ "supplier": supplier, "name": supplier, "contact": "020 8888 0000" });
            self.does(OPERATOR, "/v1/mall/suppliers", new).await;
            let logins = format!("/v1/mall/suppliers/{supplier}/logins");
            self.does(OPERATOR, &logins, json!({ "staff": login.name() })).await;
        }
        self.name("supplier", "U1".into());
        let drafts = "/v1/mall/suppliers/U1/products";
        self.makes("product", OF_SUPPLIER, drafts, rice()).await;
        self.does(OPERATOR, "/v1/mall/products/$product/publish", json!({ "version": 1 })).await;
        let more = json!({ "variant": "5kg", "change": 90 });
        self.does(OF_SUPPLIER, "/v1/mall/products/$product/stock", more).await;
        self.makes("product-draft", OF_SUPPLIER, drafts, rice()).await;
    }

    /// Orders that wait for their payment, are paid, shipped and received, and a return that is asked for.
    pub async fn mall_orders(&mut self) {
        self.makes("address", "buyer", "/v1/me/addresses", address()).await;
        let item = json!({ "product": "$product", "variant": "5kg", "count": 1, "price": "100.00" });
        let orders = json!([{ "supplier": "U1", "freight": "0.00", "items": [item] }]);
        let basket = json!({ "address": "$address", "orders": orders });
        self.makes("basket", "buyer", "/v1/mall/baskets", basket.clone()).await;
        for order in ["mall-order", "shipped-order", "received-order", "returned-order"] {
            let paid = self.does("buyer", "/v1/mall/baskets", basket.clone()).await;
            self.name(order, format!("{paid}-1"));
            self.pays_mall(order).await;
        }
        for order in ["shipped-order", "received-order", "returned-order"] {
            let parcel = json!({ "carrier": "顺丰", "number": "SF1234567890" });
            self.does(OF_SUPPLIER, &format!("/v1/mall/orders/${order}/ship"), parcel).await;
        }
        self.presses(
            "buyer",
            &["/v1/mall/orders/$received-order/receive", "/v1/mall/orders/$returned-order/receive"],
        )
        .await;
        let form = json!({ "items": [{ "item": 0, "count": 1 }], "reason": "faulty" });
        self.makes("return", "buyer", "/v1/mall/orders/$returned-order/returns", form).await;
    }

    async fn pays_mall(&self, order: &str) {
        let target = format!("/v1/mall/orders/${order}");
        let known = self.looks(OPERATOR, &target).await;
        let [list_total, cost] = ["list_total", "cost"].map(|name| known[name].clone());
        let line = json!({
            "cmd": "pay_mall", "order": format!("${order}"), "member": "$buyer", "supplier": "U1",
            "list_total": list_total, "cost": cost,
        });
        self.command(line).await;
        self.sees("buyer", &target, |order: &Value| order["state"] == "paid").await;
    }
}
