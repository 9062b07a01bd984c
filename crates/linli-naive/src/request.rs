//! One line of the command stream, read: a command whose shape is right, and the id it is known by.
//! It is not known here whether anything that it names exists.

use std::collections::BTreeMap;

use crate::json::Json;
use crate::number::BigInt;
use crate::shape;
use crate::state::Refusal;
use crate::time::Instant;

/// A well-formed command.
pub struct Request {
    /// The command's name.
    pub command: String,
    /// Its own time, where it has one.
    pub at: Option<Instant>,
    fields: BTreeMap<String, Json>,
}

impl Request {
    /// Reads one line; every fault of form is `malformed`.
    pub fn read(line: &str) -> Result<Request, Refusal> {
        Request::parse(line).ok_or("malformed")
    }

    fn parse(line: &str) -> Option<Request> {
        let Some(Json::Map(mut fields)) = Json::read(line) else { return None };
        let command = fields.remove("cmd")?.as_text()?.to_owned();
        fields.retain(|name, value| *value != Json::Null || (command == "set_rank" && name == "rank"));
        fields.values_mut().for_each(Json::drop_nulls);
        let at = match fields.remove("at") {
            Some(at) => Some(Instant::read(at.as_text()?)?),
            None => None,
        };
        shape::is_well_formed(&command, &fields).then_some(Request { command, at, fields })
    }

    /// A text that the shape promises.
    pub fn text(&self, name: &str) -> &str {
        self.optional(name).expect("the shape has this field")
    }

    /// A text that may be left out.
    pub fn optional(&self, name: &str) -> Option<&str> {
        self.fields.get(name).and_then(Json::as_text)
    }

    /// A list of ids that may be left out.
    pub fn ids(&self, name: &str) -> Option<Vec<&str>> {
        match self.fields.get(name) {
            Some(Json::List(items)) => Some(items.iter().filter_map(Json::as_text).collect()),
            _ => None,
        }
    }

    /// The members and weights of `distribute`, in listed order.
    pub fn weights(&self) -> Vec<(String, BigInt)> {
        let Some(Json::List(items)) = self.fields.get("weights") else { return Vec::new() };
        items.iter().filter_map(weight).collect()
    }

    /// Whether `settle` or `settle_mall` carries the whole order, that is, pays it too.
    pub fn is_in_one(&self) -> bool {
        self.fields.contains_key("store") || self.fields.contains_key("supplier")
    }

    /// Everything but `at`: what must be the same for a replay. A `null` is already left out.
    pub fn content(&self) -> Json {
        let mut content = self.fields.clone();
        content.insert("cmd".to_owned(), Json::Text(self.command.clone()));
        Json::Map(content)
    }

    /// The space of ids and the id that this command takes, where it has one of its own.
    pub fn key(&self) -> Option<(String, String)> {
        let (space, field) = match self.command.as_str() {
            // An order id belongs to whichever of these made the order.
            "pay" | "pay_mall" => ("order", "order"),
            "settle" | "settle_mall" if self.is_in_one() => ("order", "order"),
            "settle" | "settle_mall" => (self.command.as_str(), "order"),
            "cancel" => ("cancel", "cancel"),
            "refund" => ("refund", "refund"),
            "redeem" => ("redeem", "request"),
            "rebind" => ("rebind", "case"),
            "inject" | "deposit" | "withdraw" | "distribute" | "fee" | "write_off" | "change_plan" => {
                (self.command.as_str(), "id")
            }
            _ => return None,
        };
        Some((space.to_owned(), self.text(field).to_owned()))
    }
}

fn weight(item: &Json) -> Option<(String, BigInt)> {
    let Json::Map(entry) = item else { return None };
    match (entry.get("member"), entry.get("weight")) {
        (Some(Json::Text(member)), Some(Json::Integer(weight))) => {
            Some((member.clone(), BigInt::from(*weight)))
        }
        _ => None,
    }
}
