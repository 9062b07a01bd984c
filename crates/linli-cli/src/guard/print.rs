//! Findings as people read them, in both languages, and as programs do.

use super::texts::Placed;
use linli_guard::{Rule, Rules, Said, Verdict};
use serde_json::json;
use std::fmt::Write as _;
use std::path::Path;

/// `{"findings": [{"id", "verdict", "citation", "because", "mend", …}]}`
pub fn json(found: &[Placed]) -> String {
    let findings: Vec<_> = found
        .iter()
        .map(|Placed { place, finding }| {
            let mut object = json!({
                "id": finding.id,
                "verdict": finding.verdict.name(),
                "title": finding.title.en,
                "title_zh": finding.title.zh,
                "citation": finding.citation,
                "because": finding.because.en,
                "because_zh": finding.because.zh,
                "mend": finding.mend.en,
                "mend_zh": finding.mend.zh,
            });
            if let Some(place) = place {
                object["where"] = place.as_str().into();
            }
            object
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&json!({ "findings": findings })).expect("texts are JSON");
    text.push('\n');
    text
}

/// Every finding with its reason, its law and its remedy; then what was not asked.
pub fn text(plan: &Path, rules: &Rules, found: &[Placed], unasked: &[&Rule]) -> String {
    let mut text = String::new();
    head(&mut text, plan, rules, found);
    for verdict in Verdict::ALL {
        let findings: Vec<_> = found.iter().filter(|placed| placed.finding.verdict == verdict).collect();
        if findings.is_empty() {
            continue;
        }
        let meaning = verdict.meaning();
        line(&mut text, &format!("\n{verdict}  {} {}", meaning.zh, meaning.en));
        for finding in findings {
            one(&mut text, finding);
        }
    }
    not_asked(&mut text, unasked);
    text
}

fn head(text: &mut String, plan: &Path, rules: &Rules, found: &[Placed]) {
    let counts: Vec<String> = Verdict::ALL
        .into_iter()
        .map(|verdict| (verdict, found.iter().filter(|placed| placed.finding.verdict == verdict).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(verdict, count)| format!("{count} {verdict}"))
        .collect();
    let counts = if counts.is_empty() { "no findings 无发现".into() } else { counts.join(", ") };
    let (zh, en) = (&rules.name.zh, &rules.name.en);
    line(text, &format!("{} under {} ({en} {zh}): {counts}", plan.display(), rules.profile));
    if !rules.live {
        line(text, "Nothing can be live under this profile. 此规则集下不得正式运营。");
    }
}

fn one(text: &mut String, Placed { place, finding }: &Placed) {
    line(text, &format!("\n  {}  {}", finding.id, both(&finding.title)));
    if let Some(place) = place {
        line(text, &format!("      where 何处 {place}"));
    }
    line(text, &format!("      why 原因   {}", finding.because.en));
    line(text, &format!("                {}", finding.because.zh));
    line(text, &format!("      law 依据   {}", finding.citation));
    line(text, &format!("      mend 改法  {}", finding.mend.en));
    line(text, &format!("                {}", finding.mend.zh));
}

fn not_asked(text: &mut String, rules: &[&Rule]) {
    let (waiting, open): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(|rule| !rule.awaits.is_empty());
    for (intro, rules) in [
        ("Not asked, as not measured here 未测量故未查", open),
        ("Not asked, as there is no such function yet 功能尚未提供", waiting),
    ] {
        if !rules.is_empty() {
            let ids: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
            line(text, &format!("\n{intro}: {}", ids.join(", ")));
        }
    }
}

fn both(said: &Said) -> String {
    format!("{} {}", said.en, said.zh)
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("a text takes whatever is written");
}
