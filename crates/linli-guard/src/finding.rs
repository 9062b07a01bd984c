//! What a rule found: with its citation, the numbers that tripped it, and what would mend it.

use std::fmt;

/// What a finding means for a live platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Live refuses.
    Deny,
    /// A document must be on file.
    Proof,
    /// Watched, and shown to operators.
    Alarm,
    /// Must be displayed.
    Show,
    /// Must be recorded.
    Data,
}

impl Verdict {
    /// Every verdict, the gravest first.
    pub const ALL: [Self; 5] = [Self::Deny, Self::Proof, Self::Alarm, Self::Show, Self::Data];

    /// As rule files and answers write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Deny => "DENY",
            Self::Proof => "PROOF",
            Self::Alarm => "ALARM",
            Self::Show => "SHOW",
            Self::Data => "DATA",
        }
    }

    /// What it means, for people.
    #[must_use]
    pub fn meaning(self) -> Said {
        let (zh, en) = match self {
            Self::Deny => ("正式运营时拒绝", "live refuses"),
            Self::Proof => ("须有文件备案", "a document must be on file"),
            Self::Alarm => ("须留意", "to be watched"),
            Self::Show => ("须公示", "must be displayed"),
            Self::Data => ("须留存记录", "must be recorded"),
        };
        Said::new(zh, en)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Said {
    /// Both texts.
    #[must_use]
    pub fn new(zh: &str, en: &str) -> Self {
        Self { zh: zh.to_string(), en: en.to_string() }
    }
}

/// One thing that a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id, such as `PS-3a`.
    pub id: String,
    /// What it means.
    pub verdict: Verdict,
    /// What the rule is about.
    pub title: Said,
    /// The law behind it: name, number, date, article.
    pub citation: String,
    /// Why it was found, with the numbers.
    pub because: Said,
    /// What would mend it.
    pub mend: Said,
}
