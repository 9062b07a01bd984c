//! Asking every rule of a profile about one case. What a rule reads and nobody has measured leaves the rule unasked,
//! and says so; it never counts as lawful.

use crate::date::Date;
use crate::fact::Facts;
use crate::finding::{Finding, Said, Verdict};
use crate::predicate::Answer;
use crate::rules::{Basis, Rule, Rules};

/// What all rules said of a case.
#[derive(Clone, Debug)]
pub struct Judgement<'r> {
    /// What was found, the gravest first.
    pub findings: Vec<Finding>,
    /// Rules with a check that reads what is not known here.
    pub unasked: Vec<&'r Rule>,
}

impl Judgement<'_> {
    /// Whether there is a finding of this verdict.
    #[must_use]
    pub fn has(&self, verdict: Verdict) -> bool {
        self.findings.iter().any(|finding| finding.verdict == verdict)
    }
}

/// Asks the rules about a case, on a day.
#[must_use]
pub fn judge<'r>(rules: &'r Rules, case: &Facts, today: Date) -> Judgement<'r> {
    let mut facts = rules.given.clone();
    facts.extend(case);
    let mut judgement = Judgement { findings: Vec::new(), unasked: Vec::new() };
    for rule in &rules.rules {
        let mut unknown = false;
        for check in &rule.checks {
            let because = match check.when.ask(&facts) {
                Answer::No => continue,
                Answer::Unknown => {
                    unknown = true;
                    continue;
                }
                Answer::Yes => Said::new(&check.because_zh.fill(&facts), &check.because_en.fill(&facts)),
                Answer::TooLarge => Said::new("数值过大，无法判断", "the numbers are too large to decide it"),
            };
            judgement.findings.push(finding(rule, rule.verdict, because, rule.mend.clone()));
        }
        if unknown {
            judgement.unasked.push(rule);
        }
        judgement.findings.extend(stale(rules, rule, today));
    }
    judgement.findings.sort_by_key(|finding| finding.verdict);
    judgement
}

fn finding(rule: &Rule, verdict: Verdict, because: Said, mend: Said) -> Finding {
    Finding {
        id: rule.id.clone(),
        verdict,
        title: rule.title.clone(),
        citation: rule.citation(),
        because,
        mend,
    }
}

/// That a citation has not been looked at for too long.
fn stale(rules: &Rules, rule: &Rule, today: Date) -> Option<Finding> {
    let days = today.days_since(rule.checked_on);
    if rule.basis == Basis::Soundness || days <= i64::from(rules.stale_after_days) {
        return None;
    }
    let (date, limit) = (rule.checked_on, rules.stale_after_days);
    let because = Said {
        zh: format!("依据最近一次核对于 {date}，已过 {days} 天，超过 {limit} 天"),
        en: format!("its citation was last checked on {date}, {days} days ago; more than {limit}"),
    };
    let mend = Said::new(
        "请律师核对该条依据，并更新规则文件中的 checked_on",
        "have the citation checked again, and set checked_on in the rule file",
    );
    Some(finding(rule, Verdict::Alarm, because, mend))
}
