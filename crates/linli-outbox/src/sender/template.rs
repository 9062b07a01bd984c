//! The body that a service wants, as JSON with places for what is sent: `{phone}`, `{code}`, `{text}` and `{key}`. They
//! are filled within the strings of JSON that has been read already, so that nothing that is sent can become anything
//! but text. Must not be added here: a place outside of a string.

use super::message::{Kind, Message};
use serde_json::Value;

/// The longest template, in bytes.
const MOST_BYTES: usize = 16 * 1024;

/// What can be filled in.
const PLACES: [&str; 4] = ["{phone}", "{code}", "{text}", "{key}"];

/// Why a template is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateRefusal {
    /// It is too long.
    #[error("the template has {bytes} bytes; {MOST_BYTES} are the most")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// It is no JSON: a place stands outside of a string, or something else is wrong.
    #[error("the template is not JSON: {why}; a place such as {{code}} stands within a string")]
    NotJson {
        /// Where and what.
        why: String,
    },
    /// It has a place for what there is not.
    #[error("the template has a place {place}; there are {{phone}}, {{code}}, {{text}} and {{key}}")]
    Unknown {
        /// The place.
        place: String,
    },
    /// It does not say to whom.
    #[error("the template has no place {{phone}}")]
    NoPhone,
    /// It does not say what.
    #[error("the template has neither a place {{code}} nor {{text}}")]
    NoContent,
}

impl TemplateRefusal {
    /// What the refusal is known by; it never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "template_too_long",
            Self::NotJson { .. } => "template_not_json",
            Self::Unknown { .. } => "template_place_unknown",
            Self::NoPhone => "template_without_phone",
            Self::NoContent => "template_without_content",
        }
    }
}

/// A template that can be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    body: Value,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// [`TemplateRefusal`].
    pub fn parse(text: &str) -> Result<Self, TemplateRefusal> {
        if text.len() > MOST_BYTES {
            return Err(TemplateRefusal::TooLong { bytes: text.len() });
        }
        let body = serde_json::from_str(text)
            .map_err(|error| TemplateRefusal::NotJson { why: error.to_string() })?;
        let template = Self { body };
        let mut unknown = None;
        for_each_text(&template.body, &mut |text| {
            let places = places(text).filter(|place| !PLACES.contains(place));
            unknown = unknown.take().or_else(|| places.map(str::to_owned).next());
        });
        if let Some(place) = unknown {
            return Err(TemplateRefusal::Unknown { place });
        }
        if !template.has("{phone}") {
            return Err(TemplateRefusal::NoPhone);
        }
        if !template.has("{code}") && !template.has("{text}") {
            return Err(TemplateRefusal::NoContent);
        }
        Ok(template)
    }

    /// The place that a message of this kind needs and the template lacks.
    #[must_use]
    pub fn lacks(&self, kind: Kind) -> Option<&'static str> {
        // A sentence with the code in it is enough for a code.
        let is_enough = kind == Kind::Code || self.has("{text}");
        (!is_enough).then_some("{text}")
    }

    /// The body for a message.
    #[must_use]
    pub fn fill(&self, message: &Message) -> Vec<u8> {
        let filled = filled(&self.body, message);
        serde_json::to_vec(&filled).expect("JSON that was read can be written")
    }

    fn has(&self, wanted: &str) -> bool {
        let mut has = false;
        for_each_text(&self.body, &mut |text| has |= text.contains(wanted));
        has
    }
}

/// Every string that is a value.
fn for_each_text<'a>(value: &'a Value, each: &mut impl FnMut(&'a str)) {
    match value {
        Value::String(text) => each(text),
        Value::Array(values) => values.iter().for_each(|value| for_each_text(value, each)),
        Value::Object(fields) => fields.values().for_each(|value| for_each_text(value, each)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What stands in braces and is a word.
fn places(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('{').filter_map(|(begin, _)| {
        let length = text[begin..].find('}')?;
        let word = &text[begin + 1..begin + length];
        let is_word =
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        is_word.then(|| &text[begin..=begin + length])
    })
}

fn filled(value: &Value, message: &Message) -> Value {
    match value {
        Value::String(text) => Value::String(fill_text(text, message)),
        Value::Array(values) => values.iter().map(|value| filled(value, message)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), filled(value, message))).collect()
        }
        value => value.clone(),
    }
}

/// Each place is filled once; what was filled in is not looked at again.
fn fill_text(text: &str, message: &Message) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(begin) = rest.find('{') {
        filled.push_str(&rest[..begin]);
        rest = &rest[begin..];
        let place = PLACES.iter().find(|place| rest.starts_with(**place));
        let (value, length) = match place {
            Some(&"{phone}") => (message.phone(), "{phone}".len()),
            Some(&"{code}") => (message.one_time_code(), "{code}".len()),
            Some(&"{text}") => (message.text(), "{text}".len()),
            Some(_) => (message.key(), "{key}".len()),
            None => ("{", 1),
        };
        filled.push_str(value);
        rest = &rest[length..];
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(template: &str) -> &'static str {
        Template::parse(template).map_or_else(|refusal| refusal.code(), |_| "fits")
    }

    #[test]
    fn a_template_is_checked_when_it_is_read() {
        for (expected, template) in [
            ("fits", r#"{"to":"{phone}","vars":{"code":"{code}"},"id":"{key}"}"#),
            ("fits", r#"["tel:{phone}", {"n": [1, true, null, "{text}"]}]"#),
            ("fits", r#"{"to":"{phone}","vars":"{\"code\":\"{code}\"}"}"#),
            ("template_not_json", r#"{"to":"{phone}","code":{code}}"#),
            ("template_not_json", r#"{"to":"{phone}","code":"{code}""#),
            ("template_not_json", ""),
            ("template_place_unknown", r#"{"to":"{phone}","code":"{code}","name":"{name}"}"#),
            ("template_without_phone", r#"{"code":"{code}"}"#),
            ("template_without_phone", r#"{"{phone}":"{code}"}"#),
            ("template_without_content", r#"{"to":"{phone}"}"#),
        ] {
            assert_eq!(code(template), expected, "{template}");
        }
        assert_eq!(code(&format!("\"{}\"", "a".repeat(MOST_BYTES))), "template_too_long");
    }

    #[test]
    fn what_is_filled_in_stays_text() {
        let template = r#"{"to":"{phone}","say":"<{text}>","id":"{key}","also":"{code}{code} {}{ {"}"#;
        let template = Template::parse(template).expect("fits");
        let text = "\"},\"to\":\"+1\", {phone} {code}\\\n\u{90bb}\u{91cc}";
        let message = Message::code("13800000000", "1234", text, "k:1").expect("a message");
        let filled: Value = serde_json::from_slice(&template.fill(&message)).expect("JSON");
        assert_eq!(filled["to"], "13800000000");
        assert_eq!(filled["say"], format!("<{text}>"));
        assert_eq!(filled["id"], "k:1");
        assert_eq!(filled["also"], "12341234 {}{ {");
        assert_eq!(filled.as_object().map(serde_json::Map::len), Some(4));
    }

    #[test]
    fn a_notice_needs_a_place_for_its_text() {
        let only_code = Template::parse(r#"{"to":"{phone}","code":"{code}"}"#).expect("fits");
        let text = Template::parse(r#"{"to":"{phone}","text":"{text}"}"#).expect("fits");
        assert_eq!((only_code.lacks(Kind::Code), only_code.lacks(Kind::Notice)), (None, Some("{text}")));
        assert_eq!((text.lacks(Kind::Code), text.lacks(Kind::Notice)), (None, None));
    }
}
