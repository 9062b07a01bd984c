//! A rule file while it is read: its tables, whose keys are taken out one by one, and the refusals found, each with its
//! place. Must not be added here: what a rule may say.

use super::RuleRefusal;
use crate::predicate::Wrong;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value of the file with its place.
pub type Value<'d> = &'d Spanned<DeValue<'d>>;

/// The file being read and what was found wrong.
pub struct File<'t> {
    text: &'t str,
    /// What was found wrong, in the order in which it was read.
    pub refusals: Vec<RuleRefusal>,
}

impl<'t> File<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, refusals: Vec::new() }
    }

    pub fn refuse(&mut self, key: &str, at: usize, reason: impl Into<String>) {
        let before = &self.text[..self.text.floor_char_boundary(at)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        self.refusals.push(RuleRefusal {
            key: key.to_string(),
            reason: reason.into(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        });
    }
}

/// One table of the file; what nobody takes out of it is refused.
pub struct Table<'f, 't, 'd> {
    /// The file that it is of.
    pub file: &'f mut File<'t>,
    name: String,
    place: Range<usize>,
    table: &'d DeTable<'d>,
    taken: Vec<&'static str>,
}

impl<'f, 't, 'd> Table<'f, 't, 'd> {
    pub fn new(file: &'f mut File<'t>, name: &str, place: Range<usize>, table: &'d DeTable<'d>) -> Self {
        Self { file, name: name.to_string(), place, table, taken: Vec::new() }
    }

    /// The table of a value; that it is none is refused.
    pub fn of(file: &'f mut File<'t>, name: &str, value: Value<'d>) -> Option<Self> {
        match value.get_ref().as_table() {
            Some(table) => Some(Self::new(file, name, value.span(), table)),
            None => {
                file.refuse(name, value.span().start, "must be a table");
                None
            }
        }
    }

    /// Its entries, for a table whose keys are not known before.
    pub fn table(self) -> &'d DeTable<'d> {
        self.table
    }

    /// What refusals from here on call this table.
    pub fn rename(&mut self, name: &str) {
        self.name = name.to_string();
    }

    fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_string() } else { format!("{}.{key}", self.name) }
    }

    pub fn find(&mut self, key: &'static str) -> Option<Value<'d>> {
        self.taken.push(key);
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    /// A value that must be there, read.
    pub fn required<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&'d DeValue<'d>) -> Result<T, Wrong>,
    ) -> Option<T> {
        match self.find(key) {
            Some(value) => self.read(key, value, read),
            None => {
                let (path, at) = (self.path(key), self.place.start);
                self.file.refuse(&path, at, "is missing");
                None
            }
        }
    }

    /// A value that may be absent, read.
    pub fn optional<T>(
        &mut self,
        key: &'static str,
        absent: T,
        read: impl FnOnce(&'d DeValue<'d>) -> Result<T, Wrong>,
    ) -> Option<T> {
        match self.find(key) {
            Some(value) => self.read(key, value, read),
            None => Some(absent),
        }
    }

    fn read<T>(
        &mut self,
        key: &str,
        value: Value<'d>,
        read: impl FnOnce(&'d DeValue<'d>) -> Result<T, Wrong>,
    ) -> Option<T> {
        let refuse = |wrong: Wrong| {
            let path = self.path(key);
            // Inside a text, its quote comes before what is wrong.
            let inside = if value.get_ref().is_str() { wrong.at + 1 } else { wrong.at };
            let at = value.span().start + if wrong.at == 0 { 0 } else { inside };
            self.file.refuse(&path, at, wrong.reason);
        };
        read(value.get_ref()).map_err(refuse).ok()
    }

    /// The tables of a list that must have at least one, each with its place.
    pub fn tables(&mut self, key: &'static str) -> Vec<Value<'d>> {
        let value = self.find(key);
        let list = value.and_then(|value| value.get_ref().as_array());
        let all: Vec<Value<'d>> = list.map(|list| list.iter().collect()).unwrap_or_default();
        if all.is_empty() {
            let (path, at) = (self.path(key), value.map_or(self.place.start, |value| value.span().start));
            self.file.refuse(&path, at, "must be a list with at least one table");
        }
        all
    }

    /// Refuses the keys that nobody asked for.
    pub fn close(self) {
        for (key, _) in self.table {
            if !self.taken.contains(&key.get_ref().as_ref()) {
                let path = self.path(key.get_ref());
                self.file.refuse(&path, key.span().start, "is no key of a rule file");
            }
        }
    }
}
