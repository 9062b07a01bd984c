//! Everybody of the matrix, logged in. Must not be added here: what anybody has or may.

use super::making::Making;
use super::who::Who;
use crate::support::NOW;
use crate::support::copies::staff_ready;
use linli_economy::time::Instant;
use linli_platform::{Account, Actor, Deed, Role, SessionAct, StaffAct, StoreRight};
use serde_json::{Value, json};

/// An account that nobody of the matrix is.
pub const STAFF: &str = "target";

/// An operator and somebody of finance who make what others of the matrix look at: what takes two people needs a first.
pub const OPERATOR: &str = "first-operator";
pub const FINANCE: &str = "first-finance";

impl Making {
    /// Everybody at a desk, as acts of a journal that nobody serves.
    pub fn staff(&mut self) -> Vec<Deed> {
        let more = [
            (OPERATOR, Role::Operator),
            (FINANCE, Role::Finance),
            (Who::Supplier.name(), Role::Supplier),
            (Who::OtherSupplier.name(), Role::Supplier),
        ];
        let mut acts = vec![];
        for (id, role) in Role::ALL.map(|role| (role.name(), role)).into_iter().chain(more) {
            acts.extend(staff_ready(id, role));
            self.log_in(&mut acts, id);
        }
        acts.extend(staff_ready(STAFF, Role::Finance));
        let lost = StaffAct::ReportLostTotp { id: STAFF.into() };
        acts.push(Deed::new(Actor::Staff(OPERATOR.into()), lost));
        let not_ready = Who::NotReady.name();
        let [add, ..] = staff_ready(not_ready, Role::Operator);
        acts.push(add);
        self.log_in(&mut acts, not_ready);
        self.name("staff", STAFF.into());
        acts
    }

    /// A session of an account at a desk.
    fn log_in(&mut self, acts: &mut Vec<Deed>, id: &'static str) {
        let token = format!("token-of-{id}");
        let open = SessionAct::Open {
            account: Account::Staff(id.into()),
            token: *blake3::hash(token.as_bytes()).as_bytes(),
            label: "a desk".into(),
            device: None,
            address: [0; 16],
            totp_step: None,
            until: Instant { seconds: NOW + 3_600, nanoseconds: 0 },
        };
        acts.push(Deed::new(Actor::Machine, open));
        self.tokens.insert(id, token);
    }

    /// Every member of the matrix, each with an id by their name.
    pub async fn members(&mut self) {
        for (who, phone) in Who::members().chain([Who::Ended]).zip(13_800_000_001_u64..) {
            let (id, token) = self.app.register(&phone.to_string(), Value::Null).await;
            self.tokens.insert(who.name(), token);
            self.name(who.name(), id);
        }
        self.does(Who::Ended.name(), "/v1/logout", json!({})).await;
        let sessions = self.looks("buyer", "/v1/sessions").await;
        self.name("session", sessions[0]["id"].as_str().expect("an id").into());
    }

    /// Whoever works in the store.
    pub async fn cashiers(&self) {
        for right in StoreRight::ALL {
            let hire = json!({ "member": self.id(right.name()), "rights": [right.name()] });
            self.does("owner", "/v1/stores/S9/staff", hire).await;
        }
    }

    /// A report of a lost phone that waits for a second person.
    pub async fn lost_phone(&mut self) {
        let (target, phone) = ("/v1/members/$buyer/lost-phone", "13900000001");
        self.does(OPERATOR, &format!("{target}/codes"), json!({ "phone": phone })).await;
        let code = self.app.last_code().await;
        self.makes("lost-phone", OPERATOR, target, json!({ "phone": phone, "code": code })).await;
    }
}
