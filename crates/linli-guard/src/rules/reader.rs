//! Reads a rule file: every key once, every refusal with its place.

use super::file::{File, Table, Value};
use super::wording::{look_alikes, wording};
use super::{Basis, Check, Citation, Rule, RuleRefusals, Rules};
use crate::date::Date;
use crate::fact::{self, Facts};
use crate::finding::{Said, Verdict};
use crate::predicate::{Predicate, Wrong};
use crate::template::Template;
use crate::words::Readings;
use toml::de::{DeTable, DeValue};

const BASES: [(&str, Basis); 4] = [
    ("wording", Basis::Wording),
    ("report", Basis::Report),
    ("unconfirmed", Basis::Unconfirmed),
    ("soundness", Basis::Soundness),
];

/// The rules of a text.
pub fn read(text: &str) -> Result<Rules, RuleRefusals> {
    whole(text, rules)
}

/// The measurements of a text that holds nothing else.
pub fn read_facts(text: &str) -> Result<Facts, RuleRefusals> {
    whole(text, |file, root| Some(facts(file, "", root)))
}

fn whole<T>(
    text: &str,
    read: impl FnOnce(&mut File<'_>, &DeTable<'_>) -> Option<T>,
) -> Result<T, RuleRefusals> {
    let mut file = File::new(text);
    let root = match DeTable::parse(text) {
        Ok(root) => root,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            file.refuse("", at, format!("is not TOML: {}", error.message()));
            return Err(RuleRefusals(file.refusals));
        }
    };
    let read = read(&mut file, root.get_ref());
    match read {
        Some(read) if file.refusals.is_empty() => Ok(read),
        _ => {
            file.refusals.sort_by_key(|refusal| (refusal.line, refusal.column));
            Err(RuleRefusals(file.refusals))
        }
    }
}

fn rules(file: &mut File<'_>, root: &DeTable<'_>) -> Option<Rules> {
    let mut top = Table::new(file, "", 0..0, root);
    let profile = top.required("profile", text);
    let name = said(&mut top, ["name_zh", "name_en"]);
    let live = top.required("live", flag);
    let stale_after_days = top.required("stale_after_days", days);
    let (top_given, alike) = (top.find("given"), top.find("alike"));
    // What may not go live needs no rules.
    let entries =
        if live == Some(false) && top.find("rule").is_none() { Vec::new() } else { top.tables("rule") };
    top.close();
    let given = top_given.map_or(Some(Facts::default()), |value| given(file, value));
    let mut readings = Readings::default();
    if let Some(alike) = alike {
        look_alikes(file, alike, &mut readings);
    }
    let mut rules: Vec<Rule> = Vec::new();
    for entry in entries {
        let Some(rule) = rule(file, entry, &readings) else { continue };
        if rules.iter().any(|before| before.id == rule.id) {
            file.refuse(&rule.id, entry.span().start, "stands more than once");
        }
        rules.push(rule);
    }
    Some(Rules {
        profile: profile?.to_string(),
        name: name?,
        live: live?,
        stale_after_days: stale_after_days?,
        given: given?,
        readings,
        rules,
    })
}

/// A table of measurements: `"provider.freeze_days" = "180"`.
fn given(file: &mut File<'_>, value: Value<'_>) -> Option<Facts> {
    let table = Table::of(file, "given", value)?.table();
    Some(facts(file, "given.", table))
}

fn facts(file: &mut File<'_>, prefix: &str, table: &DeTable<'_>) -> Facts {
    let mut facts = Facts::default();
    for (name, value) in table {
        let set = match value.get_ref().as_str() {
            Some(text) => facts.set(name.get_ref(), text),
            None if value.get_ref().is_table() => Err("must be in quotes as a whole, such as \"points.cap\""),
            None => Err("must be a text in quotes"),
        };
        if let Err(reason) = set {
            let at = if fact::find(name.get_ref()).is_some() { value.span() } else { name.span() };
            file.refuse(&format!("{prefix}{}", name.get_ref()), at.start, reason);
        }
    }
    facts
}

fn rule(file: &mut File<'_>, value: Value<'_>, readings: &Readings) -> Option<Rule> {
    let mut table = Table::of(file, "rule", value)?;
    let id = table.required("id", text);
    table.rename(id.unwrap_or("rule"));
    let verdict = table.required("verdict", verdict);
    let title = said(&mut table, ["title_zh", "title_en"]);
    let mend = said(&mut table, ["mend_zh", "mend_en"]);
    let basis = table.required("basis", basis);
    let checked_on = table.required("checked_on", date);
    let note = table.optional("note", "", text);
    let awaits = table.optional("awaits", "", text);
    // What keeps the economy sound need not be a law.
    let uncited = basis == Some(Basis::Soundness) && table.find("citation").is_none();
    let citations = if uncited { Vec::new() } else { table.tables("citation") };
    let words = table.find("words").map_or(Vec::new(), |_| table.tables("words"));
    // A rule that only reads texts has nothing to measure.
    let checks =
        if words.is_empty() || table.find("check").is_some() { table.tables("check") } else { Vec::new() };
    table.close();
    let name = id.unwrap_or("rule");
    let citations: Vec<_> = citations.into_iter().map(|value| citation(file, name, value)).collect();
    let checks: Vec<_> = checks.into_iter().map(|value| check(file, name, value)).collect();
    let words: Vec<_> = words.into_iter().map(|value| wording(file, name, value, readings)).collect();
    Some(Rule {
        id: id?.to_string(),
        verdict: verdict?,
        title: title?,
        citations: citations.into_iter().collect::<Option<_>>()?,
        basis: basis?,
        checked_on: checked_on?,
        note: note?.to_string(),
        mend: mend?,
        awaits: awaits?.to_string(),
        checks: checks.into_iter().collect::<Option<_>>()?,
        words: words.into_iter().collect::<Option<_>>()?,
    })
}

fn citation(file: &mut File<'_>, rule: &str, value: Value<'_>) -> Option<Citation> {
    let mut table = Table::of(file, &format!("{rule}.citation"), value)?;
    let law = table.required("law", text);
    let number = table.optional("number", "", text);
    let date = table.required("date", date);
    let article = table.optional("article", "", text);
    table.close();
    Some(Citation {
        law: law?.to_string(),
        number: number?.to_string(),
        date: date?,
        article: article?.to_string(),
    })
}

fn check(file: &mut File<'_>, rule: &str, value: Value<'_>) -> Option<Check> {
    let mut table = Table::of(file, &format!("{rule}.check"), value)?;
    let when = table.required("when", |value| Predicate::parse(text(value)?));
    let because_zh = table.required("because_zh", |value| Template::parse(text(value)?));
    let because_en = table.required("because_en", |value| Template::parse(text(value)?));
    table.close();
    Some(Check { when: when?, because_zh: because_zh?, because_en: because_en? })
}

pub(super) fn said(table: &mut Table<'_, '_, '_>, [zh, en]: [&'static str; 2]) -> Option<Said> {
    let (zh, en) = (table.required(zh, text), table.required(en, text));
    Some(Said::new(zh?, en?))
}

pub(super) fn wrong<T>(reason: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong { at: 0, reason: reason.into() })
}

pub(super) fn text<'d>(value: &'d DeValue<'d>) -> Result<&'d str, Wrong> {
    match value.as_str() {
        Some("") => wrong("must not be empty"),
        Some(text) => Ok(text),
        None => wrong(format!("must be a text in quotes, not {}", value.type_str())),
    }
}

pub(super) fn flag(value: &DeValue<'_>) -> Result<bool, Wrong> {
    value.as_bool().map_or_else(|| wrong("must be true or false"), Ok)
}

fn days(value: &DeValue<'_>) -> Result<u32, Wrong> {
    let digits = value.as_integer().and_then(|integer| integer.as_str().parse().ok());
    digits.map_or_else(|| wrong("must be a whole number of days"), Ok)
}

fn date(value: &DeValue<'_>) -> Result<Date, Wrong> {
    Date::parse(text(value)?).map_or_else(|| wrong("must be a date such as \"2026-11-30\""), Ok)
}

fn verdict(value: &DeValue<'_>) -> Result<Verdict, Wrong> {
    let name = text(value)?;
    let found = Verdict::ALL.into_iter().find(|verdict| verdict.name() == name);
    found.map_or_else(|| wrong("must be DENY, PROOF, ALARM, SHOW or DATA"), Ok)
}

fn basis(value: &DeValue<'_>) -> Result<Basis, Wrong> {
    let name = text(value)?;
    let found = BASES.into_iter().find(|(known, _)| *known == name).map(|(_, basis)| basis);
    found.map_or_else(|| wrong("must be wording, report, unconfirmed or soundness"), Ok)
}
