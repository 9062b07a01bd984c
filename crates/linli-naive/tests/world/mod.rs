//! A small economy to write rules about: a plan, its standing members and store, and commands that
//! must succeed or must be refused.

#![expect(clippy::needless_pass_by_value, reason = "a rule reads better as ok(json!(…)) than with a borrow")]

use linli_naive::Naive;
use serde_json::{Value, json};

/// The plan file of the specification.
pub const SEED_ONE: &str = include_str!("../../../../plans/seed-one.toml");

pub struct World {
    pub naive: Naive,
    /// The next free id.
    next: usize,
}

impl World {
    /// Members `owner`, `A` and `B` (B invited by A), and the store `S`.
    pub fn new(plan: &str) -> World {
        let mut world = World { naive: Naive::open(plan).expect("the plan is sound"), next: 0 };
        world.member("owner", None);
        world.member("A", None);
        world.member("B", Some("A"));
        world.ok(json!({"cmd": "open_store", "store": "S", "owner": "owner", "district": "440106"}));
        world
    }

    pub fn ok(&mut self, command: Value) -> Value {
        let result = self.naive.apply(&command.to_string());
        assert_eq!(result["ok"], true, "{command} gave {result}");
        self.naive.check().expect("what always holds");
        result
    }

    pub fn refused(&mut self, command: Value, error: &str) {
        let before = self.naive.balances();
        let result = self.naive.apply(&command.to_string());
        assert_eq!(result["error"], error, "{command} gave {result}");
        assert_eq!(before, self.naive.balances(), "a refused command changes nothing");
    }

    pub fn malformed(&mut self, line: &str) {
        let result = self.naive.apply(line);
        assert_eq!(result["error"], "malformed", "{line} gave {result}");
    }

    pub fn member(&mut self, id: &str, inviter: Option<&str>) {
        self.ok(json!({"cmd": "open_member", "member": id, "inviter": inviter}));
    }

    pub fn settle(&mut self, order: &str, member: &str, amount: &str) -> Value {
        self.ok(json!({"cmd": "settle", "order": order, "member": member, "store": "S", "amount": amount}))
    }

    pub fn refund(&mut self, order: &str, amount: &str) -> Value {
        let id = self.fresh();
        self.ok(json!({"cmd": "refund", "refund": id, "order": order, "amount": amount}))
    }

    pub fn redeem(&mut self, member: &str, points: &str) -> Value {
        let id = self.fresh();
        self.ok(json!({"cmd": "redeem", "request": id, "member": member, "points": points}))
    }

    pub fn fresh(&mut self) -> String {
        self.next += 1;
        format!("id{}", self.next)
    }

    /// A balance as text; "0" where there is none.
    pub fn balance(&self, account: &str, asset: &str) -> String {
        let balances = self.naive.balances();
        balances.get(account).and_then(|held| held.get(asset)).cloned().unwrap_or_else(|| "0".to_owned())
    }
}

/// The plan with one key's value replaced.
pub fn plan_with(changes: &[(&str, &str)]) -> String {
    let mut plan = SEED_ONE.to_owned();
    for (old, new) in changes {
        assert!(plan.contains(old), "{old} is not in the plan");
        plan = plan.replacen(old, new, 1);
    }
    plan
}
