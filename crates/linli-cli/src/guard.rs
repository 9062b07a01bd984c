//! `linli guard check`: asks the rules of a profile about a plan and prints what they found. Every rule is in a rule
//! file; nothing here decides.

mod print;
mod texts;

use crate::args::GuardOptions;
use crate::text;
use anyhow::{Context, Result, anyhow, bail};
use linli_economy::plan::Plan;
use linli_economy::time::Instant;
use linli_guard::{Date, Facts, Rules, Verdict, judge, profile};
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};
use texts::Placed;

pub fn check(options: &GuardOptions) -> Result<ExitCode> {
    let plan = text::read_plan(&options.plan)?;
    let rules = rules(options.profile.as_deref(), &plan)?;
    let today = match &options.on {
        Some(text) => Date::parse(text).with_context(|| format!("{text} is no date such as 2026-11-30"))?,
        None => today()?,
    };
    let mut facts = Facts::of_plan(&plan);
    if let Some(path) = &options.settings {
        facts.extend(&settings(path)?);
    }
    let judgement = judge(&rules, &facts, today);
    let mut found: Vec<Placed> = judgement.findings.into_iter().map(Placed::of_plan).collect();
    if let Some(folder) = &options.texts {
        found.extend(texts::read(&rules, folder)?);
        found.sort_by_key(|placed| placed.finding.verdict);
    }
    let text = if options.json {
        print::json(&found)
    } else {
        print::text(&options.plan, &rules, &found, &judgement.unasked)
    };
    io::stdout().write_all(text.as_bytes())?;
    let denied = found.iter().any(|placed| placed.finding.verdict == Verdict::Deny);
    Ok(if denied { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The rules that a name or a file holds; those of the plan's jurisdiction where none is named.
fn rules(named: Option<&str>, plan: &Plan) -> Result<Rules> {
    let name = named.unwrap_or(&plan.jurisdiction);
    if Path::new(name).extension().is_some_and(|extension| extension == "toml") {
        let text = fs::read_to_string(name).with_context(|| format!("cannot read {name}"))?;
        return Rules::parse(&text).map_err(|refusals| {
            let reasons: Vec<String> = refusals.0.iter().map(|refusal| format!("  {refusal}")).collect();
            anyhow!("{name} is refused:\n{}", reasons.join("\n"))
        });
    }
    profile::rules(name).with_context(|| {
        let known: Vec<_> = profile::names().collect();
        format!("there is no profile {name:?}; there are {}, and rule files (.toml)", known.join(", "))
    })
}

/// The measurements of a settings file.
fn settings(path: &Path) -> Result<Facts> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Facts::parse(&text).map_err(|refusals| {
        let reasons: Vec<String> = refusals.0.iter().map(|refusal| format!("  {refusal}")).collect();
        anyhow!("{} is refused:\n{}", path.display(), reasons.join("\n"))
    })
}

fn today() -> Result<Date> {
    let Ok(since) = SystemTime::now().duration_since(UNIX_EPOCH) else {
        bail!("the machine's clock is before 1970; name the day with --on")
    };
    let seconds = i64::try_from(since.as_secs()).context("the machine's clock is beyond all years")?;
    Ok(Date::in_shanghai(Instant { seconds, nanoseconds: 0 }))
}
