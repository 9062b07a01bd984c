//! Words in what people type that may not be said. A sandbox takes the text and warns, at the field and with the rule;
//! live refuses it. Must not be added here: a word.

use crate::app::App;
use crate::problem::{Code, Problem};
use linli_guard::{Hit, TextKind, Verdict};
use linli_platform::{Act, Spoken};
use serde::Serialize;
use utoipa::ToSchema;

/// How many words are told of at most; who mends them sees the rest.
const MOST_WARNINGS: usize = 50;

/// Words that live would refuse, or that are to be watched.
#[derive(Serialize, ToSchema)]
pub struct Warning {
    /// The field of the form.
    #[schema(example = "description")]
    field: &'static str,
    /// The words as they were typed.
    #[schema(example = "稳赚不赔")]
    found: String,
    /// The rule that they break.
    #[schema(example = "CR-2")]
    rule: String,
    /// `DENY` live refuses them, `ALARM` they are to be watched.
    verdict: &'static str,
    /// The law behind the rule.
    citation: String,
    /// What is wrong with them.
    because: String,
    /// The same in Chinese.
    because_zh: String,
    /// What would mend it.
    mend: String,
    /// The same in Chinese.
    mend_zh: String,
}

/// What there is to warn of in an act.
///
/// # Errors
/// Where it is live, the first words that a rule denies.
pub fn read(app: &App, act: &Act) -> Result<Vec<Warning>, Problem> {
    let spoken = act.spoken();
    if spoken.is_empty() {
        return Ok(Vec::new());
    }
    let jurisdiction = app.look(|replica| replica.economy().state().plan().jurisdiction.clone())?;
    let Some(rules) = app.guard.rules(&jurisdiction) else { return Ok(Vec::new()) };
    let mut warnings = Vec::new();
    for Spoken { field, text, is_name } in spoken {
        let kind = if is_name { TextKind::Name } else { TextKind::Prose };
        for hit in rules.read(text, kind) {
            if app.guard.is_live && hit.rule.verdict == Verdict::Deny {
                return Err(refused(field, &hit));
            }
            warnings.push(warning(field, &hit));
        }
    }
    warnings.truncate(MOST_WARNINGS);
    Ok(warnings)
}

fn refused(field: &str, hit: &Hit<'_>) -> Problem {
    let (rule, finding) = (hit.rule, hit.finding());
    let detail = format!(
        "{field} says “{}”, which {} does not allow ({}): {} {}",
        hit.found, rule.id, finding.citation, rule.mend.en, rule.mend.zh
    );
    Problem::new(Code::ForbiddenWords, detail)
}

fn warning(field: &'static str, hit: &Hit<'_>) -> Warning {
    let finding = hit.finding();
    Warning {
        field,
        found: hit.found.clone(),
        rule: finding.id,
        verdict: finding.verdict.name(),
        citation: finding.citation,
        because: finding.because.en,
        because_zh: finding.because.zh,
        mend: finding.mend.en,
        mend_zh: finding.mend.zh,
    }
}
