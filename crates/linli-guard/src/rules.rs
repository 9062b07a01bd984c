//! Rule files: a profile, what it gives as known, and its rules with their citations. A set of rules exists only if
//! [`Rules::parse`] accepted its text. Must not be added here: a rule.

mod file;
mod reader;
mod refused;
mod wording;

pub(crate) use reader::read_facts;
pub use refused::{RuleRefusal, RuleRefusals};

use crate::date::Date;
use crate::fact::Facts;
use crate::finding::{Said, Verdict};
use crate::predicate::Predicate;
use crate::template::Template;
use crate::words::{Readings, Wording};
use std::fmt;

/// One accepted rule file.
#[derive(Clone, Debug)]
pub struct Rules {
    /// What a plan's `jurisdiction` names: `cn`.
    pub profile: String,
    /// Where it holds.
    pub name: Said,
    /// Whether a platform may go live under it.
    pub live: bool,
    /// After so many days a citation must be checked again.
    pub stale_after_days: u32,
    /// What holds where nobody has measured it.
    pub given: Facts,
    /// How characters are read in texts.
    pub readings: Readings,
    /// In the order of the file.
    pub rules: Vec<Rule>,
}

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Such as `PS-3a`.
    pub id: String,
    /// What a finding of it means.
    pub verdict: Verdict,
    /// What it is about.
    pub title: Said,
    /// The law behind it; none only where it is [`Basis::Soundness`].
    pub citations: Vec<Citation>,
    /// How its citations were checked.
    pub basis: Basis,
    /// When.
    pub checked_on: Date,
    /// What a lawyer should know of how it was checked; empty if nothing.
    pub note: String,
    /// What would mend a finding.
    pub mend: Said,
    /// The function of the platform that it is for and that is not built yet; empty for rules that are asked today.
    pub awaits: String,
    /// What is checked of what was measured.
    pub checks: Vec<Check>,
    /// What is checked of texts; a rule has one or the other, or both.
    pub words: Vec<Wording>,
}

/// One condition of a rule.
#[derive(Clone, Debug)]
pub struct Check {
    /// When it holds, there is a finding.
    pub when: Predicate,
    pub(crate) because_zh: Template,
    pub(crate) because_en: Template,
}

/// A law, or what else stands behind a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Its name, as its authority published it.
    pub law: String,
    /// Its number; empty if it has none.
    pub number: String,
    /// When this text of it was published.
    pub date: Date,
    /// Articles, such as `7(3)`; empty where the whole is meant.
    pub article: String,
}

/// How a citation was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The wording was read in a collection of statutes or at the authority.
    Wording,
    /// Others report the wording.
    Report,
    /// It could not be found: a lawyer must look.
    Unconfirmed,
    /// No law stands behind it, but what keeps the economy sound.
    Soundness,
}

impl Rules {
    /// The rules of a TOML text.
    ///
    /// # Errors
    /// Every reason to refuse it, each with key, line and column.
    pub fn parse(text: &str) -> Result<Self, RuleRefusals> {
        reader::read(text)
    }

    /// The rule of this id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}

impl Rule {
    /// All its citations in a line.
    #[must_use]
    pub fn citation(&self) -> String {
        if self.citations.is_empty() {
            return "soundness of the economy 经济的稳健".into();
        }
        let each: Vec<String> = self.citations.iter().map(ToString::to_string).collect();
        let told = if self.basis == Basis::Unconfirmed { " (not confirmed 未能核实)" } else { "" };
        format!("{}{told}", each.join("; "))
    }
}

impl fmt::Display for Citation {
    /// `《禁止传销条例》 国务院令第444号 2005-08-23, art. 7(3)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "《{}》", self.law)?;
        if !self.number.is_empty() {
            write!(f, " {}", self.number)?;
        }
        write!(f, " {}", self.date)?;
        if !self.article.is_empty() {
            write!(f, ", art. {}", self.article)?;
        }
        Ok(())
    }
}
