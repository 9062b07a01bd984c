//! The words of commands, and the line of the stream that each stands for. Names, order and fields follow the
//! stream's; `README.md` beside this file lists them. Must not be added here: what a command does.

use super::plans;
use serde_json::{Map, Value, json};

/// The lines of the stream that the words stand for.
pub fn lines(text: &str) -> Result<Vec<String>, String> {
    if let Some(raw) = text.strip_prefix("json ") {
        return Ok(vec![raw.trim().to_string()]);
    }
    if let Some(members) = text.strip_prefix("members ") {
        return members.split_whitespace().map(|id| line(&format!("member {id}"))).collect();
    }
    line(text).map(|line| vec![line])
}

fn line(text: &str) -> Result<String, String> {
    let (text, at) = match text.rsplit_once(" at ") {
        Some((text, at)) => (text, Some(time(at))),
        None => (text, None),
    };
    let mut words = Words { rest: text.split_whitespace().collect(), fields: Map::new() };
    let name = words.next("a command")?;
    if name == "change_plan" {
        words.id("id")?;
        let plan = plans::text(&words.rest.join(" "))?;
        words.rest.clear();
        words.set("plan", plan);
    } else {
        words.command(&name)?;
    }
    if !words.rest.is_empty() {
        return Err(format!("unknown words: {}", words.rest.join(" ")));
    }
    words.fields.entry("cmd").or_insert(json!(name));
    if let Some(at) = at {
        words.set("at", at);
    }
    Ok(Value::Object(words.fields).to_string())
}

/// A day stands for its first moment.
fn time(text: &str) -> String {
    let text = text.trim();
    if text.contains('T') { text.to_string() } else { format!("{text}T00:00:00Z") }
}

struct Words<'a> {
    rest: Vec<&'a str>,
    fields: Map<String, Value>,
}

impl Words<'_> {
    fn next(&mut self, what: &str) -> Result<String, String> {
        if self.rest.is_empty() {
            return Err(format!("{what} is missing"));
        }
        Ok(self.rest.remove(0).to_string())
    }

    fn set(&mut self, field: &str, value: impl Into<Value>) {
        self.fields.insert(field.to_string(), value.into());
    }

    /// The next word is this field.
    fn id(&mut self, field: &str) -> Result<(), String> {
        let value = self.next(field)?;
        self.set(field, value);
        Ok(())
    }

    fn ids(&mut self, fields: &[&str]) -> Result<(), String> {
        fields.iter().try_for_each(|field| self.id(field))
    }

    /// The next word is a member, or `-` for nobody.
    fn optional_member(&mut self) -> Result<(), String> {
        let member = self.next("a member or -")?;
        if member != "-" {
            self.set("member", member);
        }
        Ok(())
    }

    /// `word value`, if the word is there.
    fn named(&mut self, word: &str, field: &str) -> Result<(), String> {
        let Some(place) = self.rest.iter().position(|known| *known == word) else { return Ok(()) };
        self.rest.remove(place);
        if place == self.rest.len() {
            return Err(format!("{word} what?"));
        }
        let value = self.rest.remove(place);
        self.set(field, value);
        Ok(())
    }

    fn expect(&mut self, word: &str) -> Result<(), String> {
        let next = self.next(word)?;
        if next == word { Ok(()) } else { Err(format!("{word} expected, not {next}")) }
    }

    fn command(&mut self, name: &str) -> Result<(), String> {
        match name {
            "pay" | "settle" | "pay_mall" | "settle_mall" | "cancel" | "refund" => self.order(name),
            "redeem" => self.ids(&["request", "member", "points"]),
            "inject" => self.ids(&["id", "amount"]),
            "deposit" | "withdraw" => {
                self.id("id")?;
                let holder = self.next("a holder")?;
                self.ids(&[&holder, "amount"])
            }
            "payout_done" | "payout_failed" => self.id("id"),
            "distribute" => self.distribute(),
            "fee" => self.ids(&["id", "member", "region", "amount"]),
            "write_off" => self.ids(&["id", "account", "amount"]),
            _ => self.relation(name),
        }
    }

    fn order(&mut self, name: &str) -> Result<(), String> {
        if name == "cancel" || name == "refund" {
            return self.ids(&[name, "order", "amount"]);
        }
        self.id("order")?;
        if self.rest.is_empty() && name.starts_with("settle") {
            return Ok(());
        }
        if name.ends_with("mall") {
            self.ids(&["member", "supplier", "list_total"])?;
            self.expect("cost")?;
            return self.id("cost");
        }
        self.named("spend", "from_spend")?;
        self.optional_member()?;
        self.ids(&["store", "amount"])
    }

    /// `distribute I A=1 B=2`: weights by member.
    fn distribute(&mut self) -> Result<(), String> {
        self.id("id")?;
        let mut weights = Vec::new();
        for word in std::mem::take(&mut self.rest) {
            let (member, weight) =
                word.split_once('=').ok_or_else(|| format!("{word} is not member=weight"))?;
            let weight: u64 = weight.parse().map_err(|_| format!("{word} has no whole weight"))?;
            weights.push(json!({"member": member, "weight": weight}));
        }
        self.set("weights", weights);
        Ok(())
    }

    fn relation(&mut self, name: &str) -> Result<(), String> {
        let command = match name {
            "member" => {
                self.named("by", "inviter")?;
                self.id("member")?;
                "open_member"
            }
            "bind" => {
                self.id("member")?;
                self.expect("to")?;
                self.id("inviter")?;
                name
            }
            "release" | "suspend" | "reinstate" => {
                self.id("member")?;
                name
            }
            "store" | "update_store" => {
                self.id("store")?;
                for field in ["owner", "district", "recruiter"] {
                    self.named(field, field)?;
                }
                self.named("rate", "take_rate")?;
                if name == "store" { "open_store" } else { name }
            }
            "close_store" => {
                self.id("store")?;
                name
            }
            "appoint" => {
                self.ids(&["region", "agent"])?;
                name
            }
            "dismiss" => {
                self.id("region")?;
                name
            }
            "set_rank" => {
                self.ids(&["member", "rank"])?;
                if self.fields["rank"] == "none" {
                    self.set("rank", Value::Null);
                }
                name
            }
            "rebind" => {
                self.rebind()?;
                name
            }
            _ => return Err(format!("no command {name:?}")),
        };
        self.set("cmd", command);
        Ok(())
    }

    /// `rebind K A B to C`, or `rebind K all_of A to C`.
    fn rebind(&mut self) -> Result<(), String> {
        self.id("case")?;
        self.named("to", "to")?;
        self.named("all_of", "all_of")?;
        if !self.fields.contains_key("all_of") {
            let members = std::mem::take(&mut self.rest);
            self.set("members", members);
        }
        Ok(())
    }
}
