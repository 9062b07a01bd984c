//! The form of what records show: what is a person's is left out, money and times are texts, people are named in a word,
//! and nothing is longer than somebody reads.

use linli_economy::time::Instant;
use linli_economy::units::Fen;
use serde_json::{Map, Value, json};

/// Names of what is a person's, or says who somebody is: sealed or not, it is left out.
const PERSONAL: [&str; 8] =
    ["phone", "reference", "references", "masked", "code", "totp", "address", "used_codes"];

/// Kinds of actors, whose ids stand behind their kind.
const ACTORS: [&str; 3] = ["Key", "Member", "Staff"];

/// Characters of a text and items of a list that are shown.
const TEXT: usize = 300;
const ITEMS: usize = 50;

/// The value in the form that records have.
pub fn shaped(value: Value) -> Value {
    match value {
        Value::Object(fields) => object(fields),
        Value::Array(items) => {
            if let Some(at) = instant(&items) {
                return at;
            }
            let count = items.len();
            let mut shown: Vec<_> = items.into_iter().take(ITEMS).map(shaped).collect();
            if count > ITEMS {
                shown.push(json!({ "items_left_out": count - ITEMS }));
            }
            Value::Array(shown)
        }
        Value::String(text) if text.chars().count() > TEXT => {
            let shown: String = text.chars().take(TEXT).collect();
            json!({ "begins": shown, "bytes": text.len() })
        }
        other => other,
    }
}

fn object(fields: Map<String, Value>) -> Value {
    if let (1, Some((kind, Value::String(id)))) = (fields.len(), fields.iter().next())
        && ACTORS.contains(&kind.as_str())
    {
        return format!("{}:{id}", kind.to_ascii_lowercase()).into();
    }
    let kept = fields.into_iter().filter(|(name, value)| !is_personal(name) && !is_bytes(value));
    Value::Object(kept.map(|(name, value)| field(name, value)).collect())
}

fn is_personal(name: &str) -> bool {
    name.starts_with("sealed") || PERSONAL.contains(&name)
}

/// What was bytes before it was JSON: digests, references, what is sealed under another name.
fn is_bytes(value: &Value) -> bool {
    let Value::Array(items) = value else { return false };
    items.len() >= 16 && items.iter().all(|item| item.as_u64().is_some_and(|byte| byte <= 255))
}

/// Money under a name that ends with its unit is a text in yuan under one that does not.
fn field(name: String, value: Value) -> (String, Value) {
    match (name.strip_suffix("fen"), value.as_u64()) {
        (Some(stem), Some(fen)) if stem.is_empty() || stem.ends_with('_') => {
            let name = if stem.is_empty() { "amount" } else { stem.trim_end_matches('_') };
            (name.into(), Fen::from(fen).to_string().into())
        }
        _ => (name, shaped(value)),
    }
}

/// A time, which is written as seconds and nanoseconds: from 2001 on, so that no other pair looks like one.
fn instant(items: &[Value]) -> Option<Value> {
    let [seconds, nanoseconds] = items else { return None };
    let seconds = seconds.as_i64().filter(|seconds| *seconds > 1_000_000_000)?;
    let nanoseconds = u32::try_from(nanoseconds.as_u64()?).ok()?;
    Some(Instant::try_from((seconds, nanoseconds)).ok()?.to_string().into())
}
