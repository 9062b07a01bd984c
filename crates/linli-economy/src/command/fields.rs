//! Reading a command's fields: each is taken once, in the type that the command gives it; what is left over is
//! unknown. Every fault is `malformed`, with the field's name.

use crate::decimal;
use crate::json::{Fields, Json};
use crate::limits::WEIGHT_LIMIT;
use crate::refusal::{Code, Refusal};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// An id: 1 to 64 characters without a colon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Id<'a>(Cow<'a, str>);

impl<'a> Id<'a> {
    /// The id of a text, if it is one.
    #[must_use]
    pub fn new(text: Cow<'a, str>) -> Option<Self> {
        let valid = !text.is_empty() && !text.contains(':') && text.chars().count() <= 64;
        valid.then_some(Self(text))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Id<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <&str>::deserialize(deserializer)?;
        Self::new(Cow::Borrowed(text)).ok_or_else(|| D::Error::custom("not an id"))
    }
}

impl Deref for Id<'_> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

/// The text of an amount, of the form `-?digits[.digits]`; whether it is acceptable is asked later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AmountText<'a>(Cow<'a, str>);

impl<'a> AmountText<'a> {
    /// The amount of a text, if it has the form of one.
    #[must_use]
    pub fn new(text: Cow<'a, str>) -> Option<Self> {
        decimal::is_amount_text(&text).then_some(Self(text))
    }
}

impl Deref for AmountText<'_> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for AmountText<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <&str>::deserialize(deserializer)?;
        Self::new(Cow::Borrowed(text)).ok_or_else(|| D::Error::custom("not an amount"))
    }
}

/// The fields of one command that have not been taken yet.
pub struct Taken<'a> {
    fields: Fields<'a>,
}

fn malformed(message: impl Into<String>) -> Refusal {
    Refusal::new(Code::Malformed, message)
}

impl<'a> Taken<'a> {
    /// The fields of an object. `null` is absent, but for a rank, where it means none.
    pub fn new(mut fields: Fields<'a>) -> Self {
        fields.retain(|(name, value)| *value != Json::Null || name == "rank");
        Self { fields }
    }

    fn take(&mut self, name: &str) -> Option<Json<'a>> {
        let place = self.fields.iter().position(|(known, _)| known == name)?;
        Some(self.fields.swap_remove(place).1)
    }

    /// Whether a field is there.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| known == name)
    }

    /// A text that may be absent.
    pub fn optional_text(&mut self, name: &str) -> Result<Option<Cow<'a, str>>, Refusal> {
        match self.take(name) {
            None => Ok(None),
            Some(Json::Text(text)) => Ok(Some(text)),
            Some(other) => Err(malformed(format!("{name} must be a text, not {}", other.kind()))),
        }
    }

    /// A text.
    pub fn text(&mut self, name: &str) -> Result<Cow<'a, str>, Refusal> {
        self.optional_text(name)?.ok_or_else(|| malformed(format!("{name} is missing")))
    }

    /// A text or `null`, which must be there.
    pub fn nullable_text(&mut self, name: &str) -> Result<Option<Cow<'a, str>>, Refusal> {
        match self.take(name) {
            None => Err(malformed(format!("{name} is missing: a text, or null for none"))),
            Some(Json::Null) => Ok(None),
            Some(Json::Text(text)) => Ok(Some(text)),
            Some(other) => Err(malformed(format!("{name} must be a text or null, not {}", other.kind()))),
        }
    }

    /// An id that may be absent.
    pub fn optional_id(&mut self, name: &str) -> Result<Option<Id<'a>>, Refusal> {
        self.optional_text(name)?.map(|text| id(name, text)).transpose()
    }

    /// An id.
    pub fn id(&mut self, name: &str) -> Result<Id<'a>, Refusal> {
        id(name, self.text(name)?)
    }

    /// An amount that may be absent.
    pub fn optional_amount(&mut self, name: &str) -> Result<Option<AmountText<'a>>, Refusal> {
        self.optional_text(name)?.map(|text| amount(name, text)).transpose()
    }

    /// An amount.
    pub fn amount(&mut self, name: &str) -> Result<AmountText<'a>, Refusal> {
        amount(name, self.text(name)?)
    }

    /// A list of ids that may be absent.
    pub fn optional_ids(&mut self, name: &str) -> Result<Option<Vec<Id<'a>>>, Refusal> {
        let Some(value) = self.take(name) else { return Ok(None) };
        let Json::List(values) = value else {
            return Err(malformed(format!("{name} must be a list of ids, not {}", value.kind())));
        };
        let ids = values.into_iter().map(|value| match value {
            Json::Text(text) => id(name, text),
            other => Err(malformed(format!("{name} must hold ids, not {}", other.kind()))),
        });
        ids.collect::<Result<_, _>>().map(Some)
    }

    /// A list of `{"member": …, "weight": …}`.
    pub fn weights(&mut self, name: &str) -> Result<Vec<(Id<'a>, u64)>, Refusal> {
        let form = || malformed(format!(r#"{name} must be a list of {{"member": …, "weight": …}}"#));
        let Some(Json::List(entries)) = self.take(name) else { return Err(form()) };
        let mut weights = Vec::with_capacity(entries.len());
        for entry in entries {
            let Json::Object(fields) = entry else { return Err(form()) };
            let mut fields = Self::new(fields);
            let member = fields.id("member")?;
            let weight = match fields.take("weight") {
                Some(Json::Integer(weight)) => {
                    u64::try_from(weight).ok().filter(|&weight| weight <= WEIGHT_LIMIT)
                }
                _ => None,
            };
            let weight = weight.ok_or_else(|| {
                malformed(format!("weight must be a whole number from 0 to {WEIGHT_LIMIT}"))
            })?;
            fields.close()?;
            weights.push((member, weight));
        }
        Ok(weights)
    }

    /// Exactly one of these fields must be there: which?
    pub fn one_of(&self, names: &[&'static str]) -> Result<&'static str, Refusal> {
        let mut present = names.iter().filter(|name| self.has(name));
        match (present.next(), present.next()) {
            (Some(name), None) => Ok(name),
            _ => Err(malformed(format!("exactly one of {} must be there", names.join(", ")))),
        }
    }

    /// Refuses what nobody took.
    pub fn close(self) -> Result<(), Refusal> {
        match self.fields.first() {
            Some((name, _)) => Err(malformed(format!("unknown field {name:?}"))),
            None => Ok(()),
        }
    }
}

fn id<'a>(name: &str, text: Cow<'a, str>) -> Result<Id<'a>, Refusal> {
    Id::new(text)
        .ok_or_else(|| malformed(format!("{name} must be an id of 1 to 64 characters without a colon")))
}

fn amount<'a>(name: &str, text: Cow<'a, str>) -> Result<AmountText<'a>, Refusal> {
    AmountText::new(text).ok_or_else(|| malformed(format!(r#"{name} must be a text such as "12.34""#)))
}
