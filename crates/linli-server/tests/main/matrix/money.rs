//! What the desk of the matrix has before it: withdrawals of every kind of owner and in every state, a file for the bank,
//! proposals, plans, keys, rules. Must not be added here: who may do what with it.

use super::making::Making;
use super::people::{FINANCE, OPERATOR};
use super::who::OF_SUPPLIER;
use crate::support::PLAN;
use crate::support::bank::NUMBER;
use serde_json::json;

/// Who withdraws from where.
const OWNERS: [(&str, &str, &str); 4] = [
    ("withdrawal", "buyer", "/v1/me"),
    ("store-withdrawal", "owner", "/v1/stores/S9"),
    ("supplier-withdrawal", OF_SUPPLIER, "/v1/suppliers/U1"),
    ("platform-withdrawal", FINANCE, "/v1/platform/fees"),
];

impl Making {
    /// Everybody has money, and has asked for some of it.
    pub async fn withdrawals(&mut self) {
        let lines = [
            json!({ "cmd": "open_member", "member": "B1", "inviter": "$buyer" }),
            json!({ "cmd": "settle", "order": "O1", "member": "B1", "store": "S9", "amount": "1000000.00" }),
            json!({ "cmd": "settle_mall", "order": "O2", "member": "B1", "supplier": "U1", "list_total": "9000.00", "cost": "900.00" }),
            json!({ "cmd": "fee", "id": "F1", "member": "$agent", "region": "440106", "amount": "5000.00" }),
        ];
        for line in lines {
            self.command(line).await;
        }
        self.name("fund", "fees".into());
        for (thing, who, from) in OWNERS {
            let account = json!({ "bank": "招商银行", "number": NUMBER, "name": "张三" });
            self.does(who, &format!("{from}/payout-account"), account).await;
            self.makes(thing, who, &format!("{from}/withdrawals"), json!({ "amount": "100.00" })).await;
        }
    }

    /// Withdrawals that somebody looks at, that are approved, and that a file pays.
    pub async fn payouts(&mut self) {
        for thing in ["reviewed-withdrawal", "approved-withdrawal", "sent-withdrawal"] {
            self.makes(thing, "buyer", "/v1/me/withdrawals", json!({ "amount": "10.00" })).await;
            self.presses(FINANCE, &[&format!("/v1/withdrawals/${thing}/take-up")]).await;
        }
        for thing in ["approved-withdrawal", "sent-withdrawal"] {
            self.presses(FINANCE, &[&format!("/v1/withdrawals/${thing}/approve")]).await;
        }
        let file = json!({ "withdrawals": ["$sent-withdrawal"] });
        self.makes("payout-file", FINANCE, "/v1/payout-files", file).await;
    }

    /// What waits for a second person.
    pub async fn proposals(&mut self) {
        let what = json!({ "what": { "kind": "inject", "amount": "1000.00" }, "reason": "capital" });
        self.makes("proposal", FINANCE, "/v1/proposals", what.clone()).await;
        self.makes("own-proposal", "operator", "/v1/proposals", what).await;
        let key = json!({ "id": "erp", "name": "ERP", "scopes": ["read", "commands"] });
        self.makes("key", OPERATOR, "/v1/keys", key).await;
    }

    /// A plan that waits for its approval, and a draft.
    pub async fn plans(&mut self) {
        let plan = json!({ "text": PLAN, "note": "the same again" });
        self.makes("plan-draft", OPERATOR, "/v1/plans", plan.clone()).await;
        self.makes("plan", OPERATOR, "/v1/plans", plan).await;
        let date = json!({ "active_from": "2026-01-20T00:00:00+08:00" });
        self.does(OPERATOR, "/v1/plans/$plan/submit", date).await;
    }

    /// Rules and announcements, and where a program hears of what happens.
    pub async fn documents(&mut self) {
        let text =
            json!({ "title_zh": "公告", "title_en": "News", "text_zh": "如此。", "text_en": "So it is." });
        self.makes("document", OPERATOR, "/v1/documents", json!({ "says": text })).await;
        self.presses(OPERATOR, &["/v1/documents/$document/publish"]).await;
        self.makes("draft", OPERATOR, "/v1/documents", json!({ "says": text })).await;
        let hook = json!({ "name": "Shop", "url": "http://127.0.0.1:1024/", "events": ["order.paid"] });
        self.makes("webhook", OPERATOR, "/v1/webhooks", hook).await;
        let records = self.looks(OPERATOR, "/v1/records").await;
        self.name("record", records["items"][0]["seq"].to_string());
    }
}
