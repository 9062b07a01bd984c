//! Reads the words of a rule file: what texts may not say, where that is harmless, and what only looks alike.

use super::file::{File, Table, Value};
use super::reader::{flag, said, text, wrong};
use crate::predicate::Wrong;
use crate::words::{Pattern, Readings, Wording};
use toml::de::DeValue;

/// A table of characters and what only looks like them: `"市" = "巿"`.
pub fn look_alikes(file: &mut File<'_>, value: Value<'_>, readings: &mut Readings) {
    let Some(table) = Table::of(file, "alike", value).map(Table::table) else { return };
    for (read, looks) in table {
        let mut characters = read.get_ref().chars();
        let (Some(read), None, Some(looks)) =
            (characters.next(), characters.next(), looks.get_ref().as_str())
        else {
            file.refuse("alike", read.span().start, "must be a character and, in quotes, what looks like it");
            continue;
        };
        looks.chars().for_each(|looks| readings.add(looks, read));
    }
}

pub fn wording(file: &mut File<'_>, rule: &str, value: Value<'_>, readings: &Readings) -> Option<Wording> {
    let mut table = Table::of(file, &format!("{rule}.words"), value)?;
    let names_only = table.optional("names_only", false, flag);
    let because = said(&mut table, ["because_zh", "because_en"]);
    let forbid = table.required("forbid", |value| patterns(value, readings));
    let allow = table.optional("allow", Vec::new(), |value| patterns(value, readings));
    let with = table.optional("with", Vec::new(), |value| patterns(value, readings));
    table.close();
    let allow = allow?.into_iter().map(Pattern::within_a_sentence).collect();
    Some(Wording { names_only: names_only?, because: because?, forbid: forbid?, allow, with: with? })
}

fn patterns(value: &DeValue<'_>, readings: &Readings) -> Result<Vec<Pattern>, Wrong> {
    let Some(list) = value.as_array().filter(|list| !list.is_empty()) else {
        return wrong("must be a list with at least one text");
    };
    let read = list.iter().map(|entry| {
        let text = text(entry.get_ref())?;
        Pattern::parse(text, readings)
            .map_or_else(|| wrong(format!("{text:?} says too little to be looked for")), Ok)
    });
    read.collect()
}
