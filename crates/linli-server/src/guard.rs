//! The guard in the service: the rules of the plan's jurisdiction, asked about the plan and about what people type. A
//! sandbox tells what live would refuse; live refuses. Must not be added here: a rule.

mod measured;
mod shown;
mod words;

pub use shown::ShownFinding;
pub use words::{Warning, read};

use linli_economy::plan::Plan;
use linli_economy::time::Instant;
use linli_engine::Replica;
use linli_guard::{Date, Facts, Rules, judge, profile};
use std::collections::BTreeMap;

/// The rules that the program brings along.
pub struct Guard {
    profiles: BTreeMap<&'static str, Rules>,
    /// Whether money of the world is moved here.
    pub is_live: bool,
}

/// What the rules say of a plan.
pub struct Judged {
    /// The profile that was asked; none if there is none of the plan's jurisdiction.
    pub profile: Option<String>,
    /// What was found, the gravest first.
    pub findings: Vec<ShownFinding>,
    /// Rules that could not be asked, as nobody has measured what they read.
    pub unasked: Vec<String>,
}

impl Guard {
    pub fn new(is_live: bool) -> Self {
        let profiles = profile::names().filter_map(|name| Some((name, profile::rules(name)?)));
        Self { profiles: profiles.collect(), is_live }
    }

    /// The rules of a plan's jurisdiction.
    pub fn rules(&self, jurisdiction: &str) -> Option<&Rules> {
        self.profiles.get(jurisdiction)
    }

    /// What the rules of its jurisdiction say of a plan, with what else is so here.
    pub fn judge(&self, plan: &Plan, replica: &Replica, now: Instant) -> Judged {
        let Some(rules) = self.rules(&plan.jurisdiction) else {
            return Judged { profile: None, findings: Vec::new(), unasked: Vec::new() };
        };
        let mut facts = Facts::of_plan(plan);
        facts.extend(&measured::here(replica));
        let judgement = judge(rules, &facts, Date::in_shanghai(now));
        Judged {
            profile: Some(rules.profile.clone()),
            findings: judgement.findings.iter().map(ShownFinding::of).collect(),
            unasked: judgement.unasked.iter().map(|rule| rule.id.clone()).collect(),
        }
    }
}
