//! A file of orders as the stream of commands that it stands for, by the rules of `linli settle --help` alone; and
//! the balances of such a stream, from `linli replay` and from the naive economy. Shares nothing with the program.

use super::support::{Balances, Folder, Row};
use linli_naive::Naive;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The commands, and what was opened for them.
#[derive(Default)]
pub struct Stream {
    pub commands: Vec<String>,
    /// Every member, owners and agents included.
    pub members: BTreeSet<String>,
    /// Members that were opened because a store of theirs was.
    pub owners: BTreeSet<String>,
    /// The owner of each store.
    pub stores: BTreeMap<String, String>,
}

impl Stream {
    /// The stream of these rows, in their order.
    pub fn of(orders: &[Row], stores: &[Row], agents: &[Row]) -> Self {
        let mut stream = Self::default();
        for agent in agents {
            stream.open_member(&agent["member_id"], "", "");
            stream.push("appoint", &[("region", &agent["region"]), ("agent", &agent["member_id"])], "");
        }
        let known: BTreeMap<&str, &Row> = stores.iter().map(|row| (row["store_id"].as_str(), row)).collect();
        for order in orders {
            stream.order(order, &known);
        }
        stream
    }

    fn order(&mut self, order: &Row, known: &BTreeMap<&str, &Row>) {
        let (store, member) = (order["store_id"].as_str(), order["member_id"].as_str());
        let at = format!("{}+08:00", order["paid_at"]);
        if !self.stores.contains_key(store) {
            self.open_store(store, known.get(store).copied(), &at);
        }
        if !member.is_empty() {
            let owner = self.stores[store].clone();
            self.open_member(member, &owner, &at);
        }
        let fields =
            [("order", &order["order_id"]), ("member", &order["member_id"]), ("store", &order["store_id"])];
        let fields = fields.map(|(name, value)| (name, value.as_str()));
        self.push("settle", &[&fields[..], &[("amount", &order["amount"])]].concat(), &at);
    }

    fn open_store(&mut self, store: &str, known: Option<&Row>, at: &str) {
        let said = |column: &str| known.map_or("", |row| row[column].as_str());
        let or =
            |text: &str, otherwise: &str| if text.is_empty() { otherwise.into() } else { text.to_string() };
        let owner = or(said("owner_id"), &format!("{store}-owner"));
        if self.open_member(&owner, "", at) {
            self.owners.insert(owner.clone());
        }
        if !said("recruiter_id").is_empty() {
            self.open_member(said("recruiter_id"), "", at);
        }
        let district = or(said("district"), "000000");
        let fields = [
            ("store", store),
            ("owner", &owner),
            ("district", &district),
            ("take_rate", said("take_rate")),
            ("recruiter", said("recruiter_id")),
        ];
        self.push("open_store", &fields, at);
        self.stores.insert(store.to_string(), owner);
    }

    /// Opens a member where they are new, and says whether they were.
    fn open_member(&mut self, member: &str, inviter: &str, at: &str) -> bool {
        let is_new = self.members.insert(member.to_string());
        if is_new {
            self.push("open_member", &[("member", member), ("inviter", inviter)], at);
        }
        is_new
    }

    fn push(&mut self, command: &str, fields: &[(&str, &str)], at: &str) {
        let mut line = Map::from_iter([("cmd".to_string(), json!(command))]);
        let fields = [fields, &[("at", at)]].concat();
        let said = fields.iter().filter(|(_, value)| !value.is_empty());
        line.extend(said.map(|(name, value)| (name.to_string(), json!(value))));
        self.commands.push(Value::Object(line).to_string());
    }

    /// The balances and results of `linli replay` over these commands, under the folder's plan.
    pub fn replayed(&self, folder: &Folder) -> (Balances, Vec<Value>) {
        folder.write("stream.jsonl", self.commands.join("\n"));
        let run =
            folder.run(&["replay", "--plan", "plan.toml", "--balances", "balances.json", "stream.jsonl"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        let balances = serde_json::from_str(&folder.read("balances.json")).expect("balances as JSON");
        (balances, run.out.lines().map(|line| serde_json::from_str(line).expect("a result line")).collect())
    }

    /// The balances and results of the naive economy over these commands.
    pub fn naively(&self, plan: &str) -> (Balances, Vec<Value>) {
        let mut naive = Naive::open(plan).expect("an accepted plan");
        let results = self.commands.iter().map(|line| naive.apply(line)).collect();
        (naive.balances(), results)
    }
}
