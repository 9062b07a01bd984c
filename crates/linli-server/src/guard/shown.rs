//! The form in which findings are shown. Must not be added here: what is found.

use linli_guard::Finding;
use serde::Serialize;
use utoipa::ToSchema;

/// What a rule found.
#[derive(Serialize, ToSchema)]
pub struct ShownFinding {
    /// The rule.
    #[schema(example = "PS-3b")]
    id: String,
    /// `DENY` live refuses, `PROOF` a document must be on file, `ALARM` watched, `SHOW` must be displayed, `DATA` must be
    /// recorded.
    #[schema(example = "PROOF")]
    verdict: &'static str,
    /// What the rule is about.
    title: String,
    /// The same in Chinese.
    title_zh: String,
    /// The law behind it: name, number, date, article.
    citation: String,
    /// Why it was found, with the numbers.
    because: String,
    /// The same in Chinese.
    because_zh: String,
    /// What would mend it.
    mend: String,
    /// The same in Chinese.
    mend_zh: String,
}

impl ShownFinding {
    pub fn of(finding: &Finding) -> Self {
        Self {
            id: finding.id.clone(),
            verdict: finding.verdict.name(),
            title: finding.title.en.clone(),
            title_zh: finding.title.zh.clone(),
            citation: finding.citation.clone(),
            because: finding.because.en.clone(),
            because_zh: finding.because.zh.clone(),
            mend: finding.mend.en.clone(),
            mend_zh: finding.mend.zh.clone(),
        }
    }
}
