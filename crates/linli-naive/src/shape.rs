//! The shape of every command: its fields, their types, and which must be there. Whatever has
//! another shape is `malformed`, before anything else about it is looked at.

use std::collections::{BTreeMap, BTreeSet};

use crate::json::Json;
use crate::text;

/// What a field's value must look like.
enum Kind {
    /// An id: 1 to 64 characters, no `:`.
    Id,
    /// A list of ids.
    Ids,
    /// A text of the form `-?digits[.digits]`.
    Amount,
    /// Any text; what is wrong with it is a refusal of the command.
    Text,
    /// Any text or `null`: the one field where `null` says something.
    Rank,
    /// A list of `{member, weight}`.
    Weights,
    /// One of these texts.
    OneOf(&'static [&'static str]),
}

use Kind::{Amount, Id, Ids, OneOf, Rank, Text, Weights};

/// A field's name, what it holds, and whether it must be there.
type Field = (&'static str, Kind, bool);

const MUST: bool = true;
const MAY: bool = false;

fn fields_of(command: &str) -> Option<Vec<Field>> {
    Some(match command {
        "open_member" => vec![("member", Id, MUST), ("inviter", Id, MAY)],
        "bind" => vec![("member", Id, MUST), ("inviter", Id, MUST)],
        "release" | "suspend" | "reinstate" => vec![("member", Id, MUST)],
        "open_store" => {
            let mut fields = store_fields();
            fields.extend([("owner", Id, MUST), ("district", Text, MUST)]);
            fields
        }
        "update_store" => {
            let mut fields = store_fields();
            fields.extend([("owner", Id, MAY), ("district", Text, MAY)]);
            fields
        }
        "close_store" => vec![("store", Id, MUST)],
        "appoint" => vec![("region", Text, MUST), ("agent", Id, MUST)],
        "dismiss" => vec![("region", Text, MUST)],
        "set_rank" => vec![("member", Id, MUST), ("rank", Rank, MUST)],
        "rebind" => vec![("case", Id, MUST), ("members", Ids, MAY), ("all_of", Id, MAY), ("to", Id, MUST)],
        "pay" => {
            let mut fields = order_fields(MUST);
            fields.push(("from_spend", Amount, MAY));
            fields
        }
        "settle" => order_fields(MAY),
        "pay_mall" => mall_fields(MUST),
        "settle_mall" => mall_fields(MAY),
        "cancel" => vec![("cancel", Id, MUST), ("order", Id, MUST), ("amount", Amount, MUST)],
        "refund" => vec![("refund", Id, MUST), ("order", Id, MUST), ("amount", Amount, MUST)],
        "redeem" => vec![("request", Id, MUST), ("member", Id, MUST), ("points", Amount, MUST)],
        "inject" => vec![("id", Id, MUST), ("amount", Amount, MUST), ("note", Text, MAY)],
        "deposit" => holder_fields(&["profit"]),
        "withdraw" => holder_fields(&["profit", "fees"]),
        "payout_done" | "payout_failed" => vec![("id", Id, MUST)],
        "distribute" => vec![("id", Id, MUST), ("weights", Weights, MUST)],
        "fee" => {
            vec![("id", Id, MUST), ("member", Id, MUST), ("region", Text, MUST), ("amount", Amount, MUST)]
        }
        "write_off" => vec![("id", Id, MUST), ("account", Text, MUST), ("amount", Amount, MUST)],
        "change_plan" => vec![("id", Id, MUST), ("plan", Text, MUST)],
        _ => return None,
    })
}

fn store_fields() -> Vec<Field> {
    vec![("store", Id, MUST), ("recruiter", Id, MAY), ("take_rate", Text, MAY)]
}

fn order_fields(need: bool) -> Vec<Field> {
    vec![("order", Id, MUST), ("member", Id, MAY), ("store", Id, need), ("amount", Amount, need)]
}

fn mall_fields(need: bool) -> Vec<Field> {
    vec![
        ("order", Id, MUST),
        ("member", Id, need),
        ("supplier", Id, need),
        ("list_total", Amount, need),
        ("cost", Amount, need),
    ]
}

fn holder_fields(platform: &'static [&'static str]) -> Vec<Field> {
    vec![
        ("id", Id, MUST),
        ("store", Id, MAY),
        ("supplier", Id, MAY),
        ("platform", OneOf(platform), MAY),
        ("member", Id, MAY),
        ("amount", Amount, MUST),
    ]
}

/// Whether these are the fields of the command (`cmd`, `at` and fields that are `null` left out,
/// except a `null` rank).
pub fn is_well_formed(command: &str, fields: &BTreeMap<String, Json>) -> bool {
    let Some(shape) = fields_of(command) else { return false };
    let known: BTreeSet<&str> = shape.iter().map(|(name, _, _)| *name).collect();
    fields.keys().all(|name| known.contains(name.as_str()))
        && shape.iter().all(|(name, kind, must)| match fields.get(*name) {
            Some(value) => fits(kind, value),
            None => !must,
        })
        && alternatives_hold(command, fields)
}

fn fits(kind: &Kind, value: &Json) -> bool {
    match (kind, value) {
        (Id, Json::Text(text)) => is_id(text),
        (Ids, Json::List(items)) => items.iter().all(|item| fits(&Id, item)),
        (Amount, Json::Text(text)) => text::is_amount_form(text),
        (Text | Rank, Json::Text(_)) | (Rank, Json::Null) => true,
        (Weights, Json::List(items)) => items.iter().all(is_weight),
        (OneOf(allowed), Json::Text(text)) => allowed.contains(&text.as_str()),
        _ => false,
    }
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= 64 && !text.contains(':')
}

fn is_weight(item: &Json) -> bool {
    let Json::Map(entry) = item else { return false };
    let member = entry.get("member").is_some_and(|member| fits(&Id, member));
    let weight = matches!(entry.get("weight"), Some(Json::Integer(weight)) if (0..=1_000_000_000_000).contains(weight));
    entry.len() == 2 && member && weight
}

/// What the types alone do not say: fields that come together, and exactly one of several.
fn alternatives_hold(command: &str, fields: &BTreeMap<String, Json>) -> bool {
    let present = |names: &[&str]| names.iter().filter(|name| fields.contains_key(**name)).count();
    match command {
        "rebind" => present(&["members", "all_of"]) == 1,
        "deposit" | "withdraw" => present(&["store", "supplier", "platform", "member"]) == 1,
        // Money from a spend balance needs the member whose balance it is.
        "pay" => present(&["from_spend"]) <= present(&["member"]),
        "settle" => match present(&["store", "amount"]) {
            0 => present(&["member"]) == 0,
            count => count == 2,
        },
        "settle_mall" => matches!(present(&["member", "supplier", "list_total", "cost"]), 0 | 4),
        _ => true,
    }
}
