//! Bodies for writes, made from the document: the least that its schemas ask for, as `FIELDS` or else an example has it.
//! `$thing` is the world's id of it. Must not be added here: what a route does with it.

use super::world::World;
use crate::support::documented::{Operation, document};
use crate::support::schema::resolved;
use serde_json::{Map, Value, json};

/// Bodies of which the schemas say too little.
const BODIES: &[(&str, &str)] = &[
    ("/v1/orders", r#"{"cmd":"pay","order":"O7","member":"$buyer","store":"S9","amount":"1.00"}"#),
    ("/v1/webhooks/{id}/replay", r#"{"first_seq":1,"last_seq":2}"#),
    ("/v1/me/binding", r#"{"store":"S8","consent":1}"#),
    ("/v1/appointments", r#"{"region":"440104","agent":"$other","to":"2026-12-31"}"#),
    (
        "/v1/mall/baskets",
        r#"{"address":"$address","orders":[{"supplier":"U1","freight":"0.00","items":[{"product":"$product","variant":"5kg","count":1,"price":"100.00"}]}]}"#,
    ),
    ("/v1/mall/orders/{id}/cancel", r#"{"reason":"it is so"}"#),
    ("/v1/mall/orders/{id}/returns", r#"{"items":[{"item":0,"count":1}],"reason":"faulty"}"#),
    ("/v1/mall/suppliers/{id}/logins", r#"{"staff":"supplier"}"#),
    ("/v1/mall/suppliers/{id}/logins/end", r#"{"staff":"of-supplier"}"#),
    ("/v1/payments", r#"{"orders":[{"store":"S9","amount":"1.00"}]}"#),
    ("/v1/sandbox/clock", r#"{"seconds":1}"#),
    ("/v1/sandbox/failures", r#"{"next":"payout"}"#),
    ("/v1/sandbox/payouts/{id}/return", r#"{"why":"the account was closed"}"#),
];

/// What fields of these names hold.
const FIELDS: &[(&str, &str)] = &[
    ("address", r#""$address""#),
    ("agree", "true"),
    ("amount", r#""1.00""#),
    ("code", r#""$code""#),
    ("consent", "1"),
    ("count", "1"),
    ("events", r#"["order.paid"]"#),
    ("from", r#""2026-01-01T00:00:00Z""#),
    ("id", r#""new-account""#),
    ("member", r#""$payments.take""#),
    ("name", r#""Somebody""#),
    ("order", r#""$voucher""#),
    ("password", r#""another battery staple""#),
    ("phone", r#""13900000009""#),
    ("picks", r#""$product.5kg.1""#),
    ("points", r#""1""#),
    ("price", r#""100.00""#),
    ("reason", r#""it is so""#),
    ("roles", r#"["finance"]"#),
    ("text", r#""as it is""#),
    ("title", r#""a title""#),
    ("url", r#""http://127.0.0.1:1024/""#),
    ("valid", r#"{"days":10}"#),
    ("verification", r#""$verification""#),
    ("version", "1"),
];

/// A body that is well formed.
pub fn of(world: &World, operation: &Operation) -> Vec<u8> {
    let known = BODIES.iter().find(|(path, _)| *path == operation.path);
    let text = known.map_or_else(|| made(operation), |(_, text)| (*text).to_string());
    world.filled(&text).into_bytes()
}

/// What the query must have.
pub fn query(operation: &Operation) -> impl Iterator<Item = (&str, String)> {
    let parameters = operation.content["parameters"].as_array().into_iter().flatten();
    let required = parameters.filter(|parameter| parameter["in"] == "query" && parameter["required"] == true);
    required.map(|parameter| {
        let name = parameter["name"].as_str().expect("a name");
        let value = field(name, &parameter["schema"]);
        (name, value.as_str().map_or_else(|| value.to_string(), ToString::to_string))
    })
}

fn made(operation: &Operation) -> String {
    let Some(content) = operation.content.pointer("/requestBody/content").and_then(Value::as_object) else {
        // Whoever needs nothing is sent nothing that could be wrong.
        return "{}".into();
    };
    let (_, form) = content.iter().next().expect("a body has a type");
    match form.get("example") {
        Some(Value::String(text)) => text.clone(),
        Some(example) => example.to_string(),
        None => example(&form["schema"]).to_string(),
    }
}

fn example(schema: &Value) -> Value {
    let schema = resolved(document(), schema);
    if let Some(given) = schema.get("example") {
        return given.clone();
    }
    let forms = schema.get("oneOf").or(schema.get("anyOf")).and_then(Value::as_array);
    if let Some(form) = forms.and_then(|forms| forms.iter().find(|form| form["type"] != "null")) {
        return example(form);
    }
    if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
        let fields = parts.iter().filter_map(|part| example(part).as_object().cloned()).flatten();
        return Value::Object(fields.collect());
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        return values[0].clone();
    }
    match type_of(schema) {
        "object" => fields(schema),
        "array" => json!([example(&schema["items"])]),
        "integer" | "number" => json!(schema.get("minimum").and_then(Value::as_i64).unwrap_or(0).max(1)),
        "boolean" => json!(true),
        _ => json!("text"),
    }
}

fn type_of(schema: &Value) -> &str {
    match &schema["type"] {
        Value::Array(types) => {
            types.iter().filter_map(Value::as_str).find(|of| *of != "null").unwrap_or("null")
        }
        of => of.as_str().unwrap_or("string"),
    }
}

/// The fields that have to be there.
fn fields(schema: &Value) -> Value {
    let mut made = Map::new();
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        made.insert(name.into(), field(name, &schema["properties"][name]));
    }
    Value::Object(made)
}

fn field(name: &str, form: &Value) -> Value {
    let known = FIELDS.iter().find(|(field, _)| *field == name);
    known.map_or_else(|| example(form), |(_, text)| serde_json::from_str(text).expect("JSON"))
}
