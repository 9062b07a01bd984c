//! JSON of the command stream: one object a line, read strictly (no duplicate keys, no fractions) and without
//! losing how texts were written. Must not be added here: what a command's fields are (see `command.rs`).

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// A JSON value as far as commands have them. A number with a fraction or an exponent is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i128),
    /// A text.
    Text(Cow<'a, str>),
    /// `[…]`.
    List(Vec<Json<'a>>),
    /// `{…}`.
    Object(Fields<'a>),
}

/// The fields of an object in the order of the line; each name stands once.
pub type Fields<'a> = Vec<(Cow<'a, str>, Json<'a>)>;

impl<'a> Json<'a> {
    /// The value of a line.
    ///
    /// # Errors
    /// A sentence with the column, if the line is not one JSON value of this kind.
    pub fn parse(line: &'a str) -> Result<Self, String> {
        serde_json::from_str(line).map_err(|error| error.to_string().replace("line 1 column", "column"))
    }

    /// What kind of value it is, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Integer(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Json<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a whole number, a list, an object or null")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Json::Integer(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Json::Integer(value.into()))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Owned(value.to_string())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Json::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut fields: Fields<'de> = Vec::new();
        while let Some((Json::Text(name), value)) = object.next_entry()? {
            if fields.iter().any(|(known, _)| *known == name) {
                return Err(A::Error::custom(format!("the field {name:?} stands twice")));
            }
            fields.push((name, value));
        }
        Ok(Json::Object(fields))
    }
}

/// Appends a text as a JSON string.
pub fn write_text(out: &mut String, text: &str) {
    out.push('"');
    let start = out.len();
    out.push_str(text);
    escape_from(out, start);
    out.push('"');
}

/// Escapes what was appended from this place on, as the inside of a JSON string.
pub fn escape_from(out: &mut String, start: usize) {
    let plain = |byte: u8| byte >= 0x20 && byte != b'"' && byte != b'\\';
    if !out.as_bytes()[start..].iter().all(|&byte| plain(byte)) {
        let quoted = serde_json::to_string(&out[start..]).expect("a text is JSON");
        out.truncate(start);
        out.push_str(&quoted[1..quoted.len() - 1]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_strictly() {
        assert!(
            matches!(Json::parse(r#"{"a":"1.0","b":[1,null]}"#), Ok(Json::Object(fields)) if fields.len() == 2)
        );
        for line in [
            "",
            "{",
            r#"{"a":1}{"#,
            r#"{"a":1.0}"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"{"a":{"b":1,"b":1}}"#,
            "{'a':1}",
        ] {
            assert!(Json::parse(line).is_err(), "{line}");
        }
        let deep = "[".repeat(100_000);
        assert!(Json::parse(&deep).is_err());
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_named() {
        let kinds =
            ["null", "true", "1", r#""a""#, "[]", "{}"].map(|line| Json::parse(line).expect("JSON").kind());
        assert_eq!(kinds, ["null", "a boolean", "a number", "a text", "a list", "an object"]);
    }

    #[test]
    fn texts_are_written_as_json() {
        for (text, json) in [
            ("a\"\\\n\u{1}店", r#""a\"\\\n\u0001店""#),
            ("\"", r#""\"""#),
            ("\\", r#""\\""#),
            ("\n", r#""\n""#),
            ("\u{1f}", r#""\u001f""#),
            (" ", r#"" ""#),
            ("", r#""""#),
        ] {
            let mut out = String::new();
            write_text(&mut out, text);
            assert_eq!(out, json);
        }
    }
}
