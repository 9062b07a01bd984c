//! Agents with terms in every stage: serving, about to end, ended, dismissed, and one whose term has not begun. Must not
//! be added here: an agent without a term; the year has those.

use super::{Cast, DAY, Script};
use linli_economy::time::Instant;
use linli_platform::agency::AgencyAct;
use serde_json::json;

/// A term of an agent in one of the cast's regions; days are counted from the first, those of the term from the
/// appointment.
struct Term {
    id: &'static str,
    region: usize,
    day: i64,
    begins: i64,
    ends: i64,
    dismissed: Option<i64>,
}

const fn term(id: &'static str, region: usize, day: i64, (begins, ends): (i64, i64)) -> Term {
    Term { id, region, day, begins, ends, dismissed: None }
}

const TERMS: [Term; 5] = [
    term("agency-serving", 0, 1, (0, 365)),
    term("agency-ending", 1, 2, (0, 60)),
    term("agency-ended", 2, 3, (0, 20)),
    Term { dismissed: Some(25), ..term("agency-dismissed", 3, 4, (0, 365)) },
    term("agency-planned", 2, 38, (30, 395)),
];

pub fn write(script: &mut Script, cast: &Cast) {
    for (place, region) in cast.regions.iter().cloned().enumerate() {
        let day = i64::try_from(place).expect("a few") + 1;
        // The year appointed somebody without a term.
        script.at((day, 300), move |life| life.command(json!({"cmd": "dismiss", "region": region})));
    }
    for term in TERMS {
        let (region, agent) = (cast.regions[term.region].clone(), cast.agent.clone());
        let id = term.id.to_string();
        script.at((term.day, 310), move |life| {
            let later = |days: i64| Instant { seconds: life.now.seconds + days * DAY, ..life.now };
            let (from, until) = (later(term.begins), later(term.ends));
            life.staff("operator", AgencyAct::Appoint { id, region, agent, from, until, fee_fen: 500_000 })
        });
        if let Some(day) = term.dismissed {
            let (id, reason) = (term.id.to_string(), "双方协商终止".to_string());
            script.at((day, 320), move |life| life.staff("operator", AgencyAct::Dismiss { id, reason }));
        }
    }
}
