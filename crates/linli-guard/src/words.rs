//! Reading texts: words that may not be said, whatever they are dressed in, and the contexts in which they are harmless.
//! Which words, and where they are allowed, stands in the rule file.

mod letters;
mod pattern;
mod readings;

pub use readings::Readings;

use crate::finding::{Finding, Said};
use crate::rules::{Rule, Rules};
use letters::Letters;
pub(crate) use pattern::Pattern;
use pattern::Span;

/// The longest text that is read; whoever lets people type has a shorter limit.
pub const MOST_BYTES: usize = 1 << 20;

/// Words of a rule.
#[derive(Clone, Debug)]
pub struct Wording {
    /// Whether only names are read for it.
    pub names_only: bool,
    /// What is wrong with saying so.
    pub because: Said,
    pub(crate) forbid: Vec<Pattern>,
    pub(crate) allow: Vec<Pattern>,
    /// Where there are some, only texts that also say one of these are read.
    pub(crate) with: Vec<Pattern>,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// The name of a store, a deal, a product, the platform.
    Name,
    /// Anything else that is shown to people.
    Prose,
}

/// A place in a text that may not be said.
#[derive(Clone, Debug)]
pub struct Hit<'r> {
    /// By this rule.
    pub rule: &'r Rule,
    wording: &'r Wording,
    /// As the text has it.
    pub found: String,
    /// The byte of the text at which it begins.
    pub start: usize,
}

impl Hit<'_> {
    /// As a finding.
    #[must_use]
    pub fn finding(&self) -> Finding {
        let because = &self.wording.because;
        Finding {
            id: self.rule.id.clone(),
            verdict: self.rule.verdict,
            title: self.rule.title.clone(),
            citation: self.rule.citation(),
            because: Said {
                zh: format!("“{}”：{}", self.found, because.zh),
                en: format!("“{}”: {}", self.found, because.en),
            },
            mend: self.rule.mend.clone(),
        }
    }
}

impl Rules {
    /// Everything in a text that a rule forbids, in the order of the text.
    #[must_use]
    pub fn read(&self, text: &str, kind: TextKind) -> Vec<Hit<'_>> {
        let letters = self.readings.letters(text);
        let mut hits = Vec::new();
        for rule in &self.rules {
            for wording in &rule.words {
                if wording.names_only && kind == TextKind::Prose {
                    continue;
                }
                let spans = wording.spans(&letters);
                hits.extend(spans.into_iter().map(|span| {
                    let all = letters.all();
                    let (start, end) = (all[span.first].start, all[span.last].end);
                    Hit { rule, wording, found: text[start..end].to_string(), start }
                }));
            }
        }
        hits.sort_by_key(|hit| hit.start);
        hits
    }
}

impl Wording {
    /// What it forbids, as the rule file has it.
    pub fn forbidden(&self) -> impl Iterator<Item = &str> {
        self.forbid.iter().map(|pattern| pattern.text.as_str())
    }

    /// The contexts in which that is harmless, as the rule file has them.
    pub fn allowed(&self) -> impl Iterator<Item = &str> {
        self.allow.iter().map(|pattern| pattern.text.as_str())
    }

    /// One of these must be in a text too, where there are any.
    pub fn together_with(&self) -> impl Iterator<Item = &str> {
        self.with.iter().map(|pattern| pattern.text.as_str())
    }

    /// The same without any context in which it is harmless.
    pub fn allow_nothing(&mut self) {
        self.allow.clear();
    }

    /// Where the letters say something forbidden outside of every allowed context; of what overlaps, the first.
    fn spans(&self, letters: &Letters) -> Vec<Span> {
        if !self.with.is_empty() && !self.with.iter().any(|pattern| pattern.is_in(letters)) {
            return Vec::new();
        }
        let mut spans: Vec<Span> = self.forbid.iter().flat_map(|pattern| pattern.find(letters)).collect();
        if spans.is_empty() {
            return spans;
        }
        let allowed: Vec<Span> = self.allow.iter().flat_map(|pattern| pattern.find(letters)).collect();
        spans.retain(|span| !allowed.iter().any(|context| context.covers(*span)));
        spans.sort_by_key(|span| (span.first, std::cmp::Reverse(span.last)));
        let mut end = None;
        spans.retain(|span| {
            let apart = end.is_none_or(|end| span.first > end);
            if apart {
                end = Some(span.last);
            }
            apart
        });
        spans
    }
}
