//! One table of a plan file, read key by key. Every key taken is removed, so that what is left at
//! the end is what nobody knows. Every reason names the key, its value and what is wrong.

use toml::{Table, Value};

use super::plan_money;
use crate::number::{BigInt, int, million};
use crate::text;

/// The largest cap that a text may say.
const CAP_LIMIT: i64 = 1_000_000_000_000;

/// A table of the plan and the dotted path to it.
pub struct Section {
    path: String,
    table: Table,
}

impl Section {
    pub fn new(path: &str, table: Table) -> Section {
        Section { path: path.to_owned(), table }
    }

    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// A table that must be there.
    pub fn section(&mut self, key: &str) -> Result<Section, String> {
        self.optional_section(key)?.ok_or_else(|| self.missing(key))
    }

    /// A table that may be left out.
    pub fn optional_section(&mut self, key: &str) -> Result<Option<Section>, String> {
        match self.table.remove(key) {
            None => Ok(None),
            Some(Value::Table(table)) => Ok(Some(Section { path: self.name(key), table })),
            Some(other) => Err(self.wrong(key, &other, "not a table")),
        }
    }

    pub fn text(&mut self, key: &str) -> Result<String, String> {
        match self.table.remove(key) {
            None => Err(self.missing(key)),
            Some(Value::String(text)) => Ok(text),
            Some(other) => Err(self.wrong(key, &other, "not a text")),
        }
    }

    /// A rate in ppm, at most so many percent.
    pub fn rate(&mut self, key: &str, most_percent: i64) -> Result<BigInt, String> {
        let text = self.text(key)?;
        match text::rate(&text) {
            None => Err(self.wrong(key, &text.into(), "a rate is like \"0.3%\", with at most 4 decimals")),
            Some(ppm) if ppm > int(most_percent * 10_000) => {
                Err(self.wrong(key, &text.into(), &format!("outside 0-{most_percent}%")))
            }
            Some(ppm) => Ok(ppm),
        }
    }

    /// Yuan with at most 2 decimals, in fen.
    pub fn money(&mut self, key: &str) -> Result<BigInt, String> {
        let text = self.text(key)?;
        plan_money(&text).ok_or_else(|| self.wrong(key, &text.into(), "not yuan with at most 2 decimals"))
    }

    /// The cap in ppm; whether it is at least 1 is asked elsewhere.
    pub fn cap(&mut self, key: &str) -> Result<BigInt, String> {
        let text = self.text(key)?;
        text::unsigned(&text, 6)
            .filter(|cap| *cap <= int(CAP_LIMIT) * million())
            .ok_or_else(|| self.wrong(key, &text.into(), "not a number of times like \"1.2\""))
    }

    pub fn choice<const N: usize>(&mut self, key: &str, allowed: [&str; N]) -> Result<String, String> {
        let text = self.text(key)?;
        if allowed.contains(&text.as_str()) {
            return Ok(text);
        }
        Err(self.wrong(key, &text.into(), &format!("not one of {allowed:?}")))
    }

    /// A whole number from 0 that must be there.
    pub fn whole(&mut self, key: &str) -> Result<i64, String> {
        match self.table.remove(key) {
            None => Err(self.missing(key)),
            Some(Value::Integer(number)) if number >= 0 => Ok(number),
            Some(other) => Err(self.wrong(key, &other, "not a whole number from 0")),
        }
    }

    pub fn whole_or(&mut self, key: &str, default: i64) -> Result<i64, String> {
        if self.has(key) { self.whole(key) } else { Ok(default) }
    }

    pub fn list_or_empty(&mut self, key: &str) -> Result<Vec<Value>, String> {
        match self.table.remove(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => Ok(items),
            Some(other) => Err(self.wrong(key, &other, "not a list")),
        }
    }

    /// Refuses whatever nobody has taken.
    pub fn finish(self) -> Result<(), String> {
        match self.table.iter().next() {
            Some((key, value)) => Err(self.wrong(key, value, "unknown key")),
            None => Ok(()),
        }
    }

    fn name(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn missing(&self, key: &str) -> String {
        format!("{}: missing", self.name(key))
    }

    fn wrong(&self, key: &str, value: &Value, reason: &str) -> String {
        format!("{} = {value:?}: {reason}", self.name(key))
    }
}
