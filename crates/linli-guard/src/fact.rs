//! The named measurements that rules may ask for, and their values in one case. A measurement says what something is,
//! never whether that is allowed: allowing is for the rule file.

mod catalogue;
mod plan;

pub use catalogue::MEASURES;

use crate::number::Number;
use crate::rules::{self, RuleRefusals};
use linli_economy::plan::Plan;
use std::collections::BTreeMap;

/// One thing that can be measured.
#[derive(Debug, PartialEq, Eq)]
pub struct Measure {
    /// As rule files write it: `points.cap`.
    pub name: &'static str,
    /// In what it is measured.
    pub unit: Unit,
    /// What it is, for whoever fills it in.
    pub meaning: &'static str,
}

/// In what something is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A share, written as `20%`.
    Rate,
    /// A multiple, written as `1.2`.
    Times,
    /// Yuan, written as `1000.00`.
    Yuan,
    /// Days of 24 hours.
    Days,
    /// Things that are counted.
    Count,
    /// `true` or `false`.
    Flag,
    /// A word of the plan file, such as `"money"`.
    Word,
}

/// What was measured.
#[derive(Clone, Debug)]
pub enum Value {
    /// Of [`Unit::Rate`], [`Unit::Times`], [`Unit::Yuan`], [`Unit::Days`] or [`Unit::Count`].
    Number(Number),
    /// Of [`Unit::Flag`].
    Flag(bool),
    /// Of [`Unit::Word`].
    Word(String),
}

/// What is known of one case. What is not in it is unknown, which is neither 0 nor false.
#[derive(Clone, Debug, Default)]
pub struct Facts(BTreeMap<&'static str, Value>);

/// The measurement of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.name == name)
}

impl Measure {
    /// The value that a text says, or how it must be written.
    ///
    /// # Errors
    /// The form of this measurement's unit.
    pub fn read(&self, text: &str) -> Result<Value, &'static str> {
        let number = |form| Number::parse(text).map(Value::Number).ok_or(form);
        match self.unit {
            Unit::Rate if text.ends_with('%') => number("must be a rate such as \"20%\""),
            Unit::Rate => Err("must be a rate such as \"20%\""),
            _ if text.ends_with('%') => Err("must not be a rate"),
            Unit::Times => number("must be a multiple such as \"1.2\""),
            Unit::Yuan => number("must be an amount of yuan such as \"1000.00\""),
            Unit::Days | Unit::Count if text.contains('.') => Err("must be a whole number"),
            Unit::Days | Unit::Count => number("must be a whole number"),
            Unit::Flag => match text {
                "true" => Ok(Value::Flag(true)),
                "false" => Ok(Value::Flag(false)),
                _ => Err("must be true or false"),
            },
            Unit::Word => Ok(Value::Word(text.to_string())),
        }
    }

    /// A value of this measurement as people read it.
    #[must_use]
    pub fn show(&self, value: &Value) -> String {
        match (value, self.unit) {
            (Value::Number(number), Unit::Rate) => number.to_percent(),
            (Value::Number(number), Unit::Yuan) => number.to_text(2),
            (Value::Number(number), _) => number.to_text(0),
            (Value::Flag(flag), _) => flag.to_string(),
            (Value::Word(word), _) => word.clone(),
        }
    }
}

impl Facts {
    /// What a plan says, and what follows from it alone.
    ///
    /// # Panics
    /// Never: a plan's own values have the form of their keys.
    #[must_use]
    pub fn of_plan(plan: &Plan) -> Self {
        let mut facts = Self::default();
        plan::measure(plan, &mut facts);
        facts
    }

    /// The measurements of a TOML text, as texts: `"points.cap" = "1.2"`.
    ///
    /// # Errors
    /// Every reason to refuse it, each with line and column.
    pub fn parse(text: &str) -> Result<Self, RuleRefusals> {
        rules::read_facts(text)
    }

    /// Adds what a text says of a measurement, in place of what was known before.
    ///
    /// # Errors
    /// That there is no such measurement, or the form that it must have.
    pub fn set(&mut self, name: &str, text: &str) -> Result<(), &'static str> {
        let measure = find(name).ok_or("is no measurement")?;
        self.0.insert(measure.name, measure.read(text)?);
        Ok(())
    }

    /// Adds what others know, which wins where both know something.
    pub fn extend(&mut self, others: &Self) {
        self.0.extend(others.0.iter().map(|(name, value)| (*name, value.clone())));
    }

    /// What is known of this measurement.
    #[must_use]
    pub fn get(&self, measure: &Measure) -> Option<&Value> {
        self.0.get(measure.name)
    }

    fn put(&mut self, name: &'static str, value: Value) {
        assert!(find(name).is_some(), "{name} is in the catalogue");
        self.0.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_once_and_in_order_of_what_they_are_of() {
        for (place, measure) in MEASURES.iter().enumerate() {
            assert!(!MEASURES[..place].iter().any(|before| before.name == measure.name), "{}", measure.name);
            let letters = measure.name.bytes().all(|byte| byte.is_ascii_lowercase() || b"._".contains(&byte));
            assert!(letters && measure.name.contains('.') && !measure.meaning.is_empty(), "{measure:?}");
        }
    }

    #[test]
    fn every_key_of_a_plan_is_measured_but_its_name() {
        let plan = Plan::parse(include_str!("../../../plans/seed-one.toml")).expect("a plan");
        let facts = Facts::of_plan(&plan);
        for (key, value) in plan.listed() {
            if ["name", "jurisdiction"].contains(&key) {
                continue;
            }
            let measure = find(key).unwrap_or_else(|| panic!("{key} is no measurement"));
            let shown = measure.show(facts.get(measure).expect("measured"));
            let expected = if key == "levels.ranks" { "0" } else { value.trim_matches('"') };
            assert_eq!(shown, expected, "{key}");
        }
        let shown = |name| find(name).map(|measure| measure.show(facts.get(measure).expect("measured")));
        assert_eq!(shown("take.pool").as_deref(), Some("16%"));
        assert_eq!(shown("region.largest").as_deref(), Some("0.3%"));
        assert_eq!(shown("chain.paid_depth").as_deref(), Some("2"));
    }

    #[test]
    fn values_have_the_form_of_their_unit() {
        let mut facts = Facts::default();
        for (name, text) in [
            ("points.cap", "120%"),
            ("take.rate", "0.2"),
            ("members.entry_fee", "five"),
            ("chain.people", "1.5"),
            ("payments.collects_for_others", "no"),
            ("points.colour", "red"),
        ] {
            assert!(facts.set(name, text).is_err(), "{name} = {text}");
        }
        facts.set("payments.collects_for_others", "true").expect("a flag");
        facts.set("chain.people", "20").expect("a count");
    }
}
