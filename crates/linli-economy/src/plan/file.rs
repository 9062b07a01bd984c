//! A plan's file while it is read: its tables, whose keys are taken out one by one, the places of the keys, and
//! the refusals found.

use super::PlanRefusal;
use super::keys::{self, Reason};
use crate::rate::Rate;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The file being read, where its keys stand, and what was found wrong.
pub struct File<'t> {
    text: &'t str,
    places: Vec<(String, Range<usize>)>,
    /// What was found wrong, in the order in which it was read.
    pub refusals: Vec<PlanRefusal>,
}

impl<'t> File<'t> {
    /// A file of which nothing has been read.
    pub fn new(text: &'t str) -> Self {
        Self { text, places: Vec::new(), refusals: Vec::new() }
    }

    /// Refuses a key, with what stands at its place if that is its value.
    pub fn refuse(&mut self, key: &str, place: Range<usize>, with_value: bool, reason: Reason) {
        let before = &self.text[..place.start];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        self.refusals.push(PlanRefusal {
            key: key.to_string(),
            value: if with_value { self.text[place.clone()].to_string() } else { String::new() },
            reason,
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        });
    }

    /// Refuses a key whose value was read, for a rule between keys.
    pub fn refuse_read(&mut self, key: &str, reason: Reason) {
        let place = self.places.iter().find(|(read, _)| read == key).map(|(_, place)| place.clone());
        self.refuse(key, place.clone().unwrap_or(0..0), place.is_some(), reason);
    }
}

/// One table of the file, whose known keys are taken out one by one; the rest is unknown.
pub struct Section<'f, 't, 'd> {
    file: &'f mut File<'t>,
    name: &'static str,
    place: Range<usize>,
    table: Option<&'d DeTable<'d>>,
    taken: Vec<&'static str>,
}

impl<'f, 't, 'd> Section<'f, 't, 'd> {
    /// The keys outside of every table.
    pub fn top(file: &'f mut File<'t>, table: &'d DeTable<'d>) -> Self {
        Self { file, name: "", place: 0..0, table: Some(table), taken: Vec::new() }
    }

    /// The table of this name; that it is missing or no table is refused.
    pub fn of(file: &'f mut File<'t>, name: &'static str, value: Option<&'d Spanned<DeValue<'d>>>) -> Self {
        let place = value.map_or(0..0, Spanned::span);
        let table = value.and_then(|value| value.get_ref().as_table());
        match value {
            None => file.refuse(name, 0..0, false, "is missing".into()),
            Some(value) if table.is_none() => {
                let reason = format!("must be a table, not {}", value.get_ref().type_str());
                file.refuse(name, place.clone(), true, reason);
            }
            Some(_) => {}
        }
        Self { file, name, place, table, taken: Vec::new() }
    }

    fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_string() } else { format!("{}.{key}", self.name) }
    }

    /// The value of a key, as it is.
    pub fn find(&mut self, key: &'static str) -> Option<&'d Spanned<DeValue<'d>>> {
        self.taken.push(key);
        find(self.table?, key)
    }

    /// The value of a key that may be absent.
    pub fn optional<T>(
        &mut self,
        key: &'static str,
        absent: T,
        read: impl Fn(&DeValue<'d>) -> Result<T, Reason>,
    ) -> Option<T> {
        let Some(value) = self.find(key) else { return Some(absent) };
        let path = self.path(key);
        self.file.places.push((path.clone(), value.span()));
        read(value.get_ref()).map_err(|reason| self.file.refuse(&path, value.span(), true, reason)).ok()
    }

    /// The value of a key that must be there.
    pub fn required<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&DeValue<'d>) -> Result<T, Reason>,
    ) -> Option<T> {
        let table = self.table?;
        if find(table, key).is_none() {
            self.taken.push(key);
            let (path, place) = (self.path(key), self.place.clone());
            self.file.refuse(&path, place, false, "is missing".into());
            return None;
        }
        self.optional(key, None, |value| read(value).map(Some)).flatten()
    }

    /// A rate that must be there.
    pub fn rate(&mut self, key: &'static str) -> Option<Rate> {
        self.required(key, keys::rate)
    }

    /// Refuses the keys that nobody asked for.
    pub fn close(self) {
        for (key, value) in self.table.into_iter().flatten() {
            if !self.taken.contains(&key.get_ref().as_ref()) {
                let path = self.path(key.get_ref());
                let with_value = !value.get_ref().is_table();
                let place = if with_value { value.span() } else { key.span() };
                self.file.refuse(&path, place, with_value, "is not a key of a plan".into());
            }
        }
    }
}

/// The value of a key of a table.
pub fn find<'d>(table: &'d DeTable<'d>, key: &str) -> Option<&'d Spanned<DeValue<'d>>> {
    table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
}
