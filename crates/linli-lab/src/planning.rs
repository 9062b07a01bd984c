//! The search for plans: named keys are varied within limits, each plan is run on a scenario and measured by stated aims, and
//! those that no other one beats in every aim are the frontier. Must not be added: one figure that stands for all aims.

use crate::many::in_parallel;
use crate::measure::{Measured, Who};
use crate::run::{Input, RunError, Watch, run};
use crate::scenario::{ChosenPlan, Scenario, changed_plan};
use crate::search::{Effort, frontier, search};
use linli_economy::decimal;
use linli_economy::plan::Plan;
use std::num::NonZeroUsize;

/// A key that is varied, from one value to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Vary {
    /// The key of the plan, such as `points.cap`.
    pub key: String,
    /// The lowest value.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// Whether values are percentages.
    pub is_rate: bool,
}

impl Vary {
    /// Of `points.cap=1.0..2.0` or `points.mint=40%..90%`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let form = || format!("{text:?} is not of the form points.cap=1.0..2.0 or points.mint=40%..90%");
        let (key, range) = text.split_once('=').ok_or_else(form)?;
        let (low, high) = range.split_once("..").ok_or_else(form)?;
        let is_rate = low.ends_with('%') && high.ends_with('%');
        let number = |value: &str| {
            let value = if is_rate { value.trim_end_matches('%') } else { value };
            decimal::parse(value, 6, 1_000_000_000_000)
                .map(|millionths| millionths as f64 / 1e6)
                .map_err(|_| form())
        };
        let (low, high) = (number(low)?, number(high)?);
        if low > high {
            return Err(format!("{text:?} has its higher value first"));
        }
        Ok(Self { key: key.to_string(), low, high, is_rate })
    }

    /// The value at a place from 0 to 1, as the plan writes it.
    fn value(&self, place: f64) -> String {
        let value = self.low + (self.high - self.low) * place;
        if self.is_rate { format!("{value:.2}%") } else { format!("{value:.3}") }
    }
}

/// What a plan is measured by; more is better in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// What the median member gets back of 100 yuan.
    Median,
    /// What the median member of the worst month gets back.
    WorstCohort,
    /// What stores keep of 100 yuan.
    Stores,
    /// What of the pool is left when everybody redeems at one price.
    Solvency,
}

impl Aim {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Median, Self::WorstCohort, Self::Stores, Self::Solvency];

    /// The name at the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Median => "median",
            Self::WorstCohort => "worst-cohort",
            Self::Stores => "stores",
            Self::Solvency => "solvency",
        }
    }

    /// The aim of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|aim| aim.name() == name)
    }

    /// Its figure in a run.
    #[must_use]
    pub fn of(self, run: &Measured) -> f64 {
        match self {
            Self::Median => run.everyone.median_per_100,
            Self::WorstCohort => {
                let medians = run.cohorts.iter().map(|cohort| cohort.median_per_100);
                medians.fold(f64::INFINITY, f64::min)
            }
            Self::Stores => crate::measure::per_100(run.who.part(Who::Stores), run.who.turnover),
            Self::Solvency => {
                let pool = run.who.part(Who::Pool).0 as f64;
                if pool > 0.0 { 100.0 * (1.0 - run.redeem_all.at_one_price.0 as f64 / pool) } else { 0.0 }
            }
        }
    }
}

/// One plan that was tried.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The values of the keys that were varied.
    pub values: Vec<String>,
    /// Its figures, in the order of [`Aim::ALL`]; none where the plan is refused.
    pub figures: Option<[f64; 4]>,
    /// Rules of live plans that it breaks.
    pub denied: Vec<&'static str>,
}

/// The rules of live plans in China that follow from the plan alone.
#[must_use]
pub fn denied(plan: &Plan) -> Vec<&'static str> {
    let mut rules = Vec::new();
    let kept = u128::from(plan.points.retention.complement().0);
    if u128::from(plan.points.cap.0) * kept > 1_000_000_000_000 {
        rules.push("IF-4");
    }
    if plan.points.genesis_fen < 100_000 {
        rules.push("EN-1");
    }
    if !plan.levels.ranks.is_empty() && plan.levels.max_depth > 0 {
        rules.push("PS-3a");
    }
    rules
}

/// Tries plans; gives all of them, and the places of those on the frontier.
///
/// # Errors
/// If a run does not come to its end.
pub fn find_plans(
    scenario: &Scenario,
    plan: &ChosenPlan,
    vary: &[Vary],
    aims: &[Aim],
    effort: Effort,
    cores: NonZeroUsize,
    watch: &Watch,
) -> Result<(Vec<Candidate>, Vec<usize>), RunError> {
    let evaluate = |point: &[f64]| -> Result<Candidate, RunError> {
        let values: Vec<String> = vary.iter().zip(point).map(|(vary, place)| vary.value(*place)).collect();
        let keys = vary.iter().map(|vary| vary.key.as_str()).zip(values.iter().map(String::as_str));
        let Ok(changed) = changed_plan(&plan.text, keys) else {
            return Ok(Candidate { values, figures: None, denied: Vec::new() });
        };
        let denied = denied(&changed.plan);
        let measured = run(scenario, &Input::new(changed), scenario.seed, watch, None)?;
        Ok(Candidate { values, figures: Some(Aim::ALL.map(|aim| aim.of(&measured))), denied })
    };
    // A plan that is refused, or that no live instance may run, stands behind all others.
    let worth = |candidate: &Result<Candidate, RunError>| -> Vec<f64> {
        match candidate {
            Ok(Candidate { figures: Some(figures), denied, .. }) => {
                let allowed = if denied.is_empty() { 1.0 } else { 0.0 };
                let aimed = Aim::ALL.iter().zip(figures).filter(|(aim, _)| aims.contains(aim));
                aimed.map(|(_, figure)| *figure).chain([allowed]).collect()
            }
            _ => vec![f64::NEG_INFINITY; aims.len() + 1],
        }
    };
    let tried = search(vary.len(), effort, cores, evaluate, |tried| frontier(tried, worth), |_| ());
    let on_it = frontier(&tried, worth);
    let candidates: Result<Vec<Candidate>, RunError> = tried.into_iter().map(|tried| tried.value).collect();
    let candidates = candidates?;
    let on_it = on_it.into_iter().filter(|place| candidates[*place].figures.is_some()).collect();
    Ok((candidates, on_it))
}

/// Runs several scenarios side by side, each with its own input.
///
/// # Errors
/// The first run's that did not come to its end.
pub fn run_side_by_side(
    scenarios: &[(&Scenario, Input<'_>)],
    cores: NonZeroUsize,
    watch: &Watch,
) -> Result<Vec<Measured>, RunError> {
    let one = |(scenario, input): &(&Scenario, Input<'_>)| run(scenario, input, scenario.seed, watch, None);
    in_parallel(cores, scenarios, one).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_they_are_written() {
        let cap = Vary::parse("points.cap=1.0..2.0").expect("a range");
        assert_eq!((cap.value(0.0).as_str(), cap.value(0.5).as_str()), ("1.000", "1.500"));
        let mint = Vary::parse("points.mint=40%..90%").expect("a range");
        assert_eq!(mint.value(1.0), "90.00%");
        for text in ["points.cap", "points.cap=1", "points.cap=2..1", "points.cap=a..b"] {
            assert!(Vary::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_sources_plan_breaks_what_it_breaks() {
        let text = crate::scenario::shipped_plan("seed-one").expect("shipped");
        let plan = |keys: &[(&str, &str)]| changed_plan(text, keys.iter().copied()).expect("a plan").plan;
        assert_eq!(denied(&plan(&[])), ["EN-1"]);
        assert_eq!(denied(&plan(&[("points.genesis", "1000.00"), ("points.cap", "2")])), ["IF-4"]);
        assert_eq!(denied(&plan(&[("points.genesis", "1000.00")])), Vec::<&str>::new());
    }
}
