//! Whether a value has the form that a schema of the document says, strictly: a field that is not named may not be there,
//! and a word of schemas that is not known here is an error. Must not be added here: what routes do.

use serde_json::{Map, Value};

/// Words that only tell people something, or that the document does not promise.
const SILENT: [&str; 8] =
    ["description", "title", "example", "examples", "default", "format", "deprecated", "contentEncoding"];

/// The first place where a value is not as it should be.
pub fn check(document: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    Checker { document }.check(schema, value, Extra::Refused).map_err(|fault| fault.to_string())
}

/// The schema that a reference stands for, or the schema itself.
pub fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let Some(reference) = schema.get("$ref").and_then(Value::as_str) else { return schema };
    let pointer = reference.strip_prefix('#').expect("the document refers to itself alone");
    document.pointer(pointer).unwrap_or_else(|| panic!("{reference} is not there"))
}

/// Whether fields that are not named may be there, as in a part of a whole.
#[derive(Clone, Copy, PartialEq)]
enum Extra {
    Refused,
    Allowed,
}

struct Checker<'a> {
    document: &'a Value,
}

impl Checker<'_> {
    fn check(&self, schema: &Value, value: &Value, extra: Extra) -> Result<(), String> {
        let schema = resolved(self.document, schema);
        let Value::Object(words) = schema else { return Ok(()) };
        for (word, says) in words.iter().filter(|(word, _)| !SILENT.contains(&word.as_str())) {
            let holds = match word.as_str() {
                "type" => is_of_type(says, value),
                "enum" => says.as_array().expect("values").contains(value),
                "const" => says == value,
                "minimum" => value.as_f64().is_none_or(|number| number >= says.as_f64().expect("a number")),
                "maximum" => value.as_f64().is_none_or(|number| number <= says.as_f64().expect("a number")),
                "minLength" => value.as_str().is_none_or(|text| text.chars().count() as u64 >= bound(says)),
                "maxLength" => value.as_str().is_none_or(|text| text.chars().count() as u64 <= bound(says)),
                "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= bound(says)),
                "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= bound(says)),
                "required" => {
                    let mut names = says.as_array().expect("names").iter();
                    names.all(|name| value.get(name.as_str().expect("a name")).is_some())
                }
                "propertyNames" => {
                    let mut names = value.as_object().into_iter().flat_map(Map::keys);
                    names.all(|name| self.check(says, &Value::from(name.as_str()), extra).is_ok())
                }
                "properties" | "additionalProperties" => true,
                "items" => {
                    for (place, item) in value.as_array().into_iter().flatten().enumerate() {
                        let within = |fault| format!("[{place}]{fault}");
                        self.check(says, item, Extra::Refused).map_err(within)?;
                    }
                    true
                }
                "allOf" => {
                    for part in says.as_array().expect("schemas") {
                        self.check(part, value, Extra::Allowed)?;
                    }
                    true
                }
                "oneOf" | "anyOf" => {
                    let mut forms = says.as_array().expect("schemas").iter();
                    forms.any(|form| self.check(form, value, extra).is_ok())
                }
                other => panic!("the tests do not know what {other} means in a schema"),
            };
            if !holds {
                return Err(format!(": {value} is not as {word} says: {says}"));
            }
        }
        self.check_fields(words, value, extra)
    }

    fn check_fields(&self, words: &Map<String, Value>, value: &Value, extra: Extra) -> Result<(), String> {
        let Value::Object(fields) = value else { return Ok(()) };
        let (named, further) = (words.get("properties"), words.get("additionalProperties"));
        for (name, field) in fields {
            let within = |fault| format!(".{name}{fault}");
            match (named.and_then(|named| named.get(name)), further) {
                (Some(form), _) => self.check(form, field, Extra::Refused).map_err(within)?,
                (None, Some(Value::Bool(true))) => {}
                (None, Some(form @ Value::Object(_))) => {
                    self.check(form, field, Extra::Refused).map_err(within)?;
                }
                // A form that names no field at all says nothing of fields.
                (None, _) if extra == Extra::Refused && named.is_some() => {
                    return Err(format!(".{name} is not documented"));
                }
                (None, _) => {}
            }
        }
        Ok(())
    }
}

fn bound(says: &Value) -> u64 {
    says.as_u64().expect("a number")
}

fn is_of_type(says: &Value, value: &Value) -> bool {
    match says {
        Value::Array(types) => types.iter().any(|of| is_of_type(of, value)),
        Value::String(of) => match of.as_str() {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            "null" => value.is_null(),
            other => panic!("the tests do not know the type {other}"),
        },
        other => panic!("{other} is no type"),
    }
}
