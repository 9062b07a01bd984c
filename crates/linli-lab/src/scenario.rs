//! A scenario: who comes when, what they spend, who invites whom, how they redeem, and what the operator does on which
//! day. A scenario exists only if [`Scenario::parse`] accepted its text. Must not be added: a rate of the plan; those
//! are the plan's, whose keys a scenario may change by name.

mod fault;
mod kinds;
mod plan;
mod redeem;
mod units;

pub use fault::ScenarioFault;
pub use kinds::{
    About, Arrivals, Injection, Inviting, OrderSize, Otherwise, PlanChange, Refunds, Returns, Stores,
};
pub use plan::{ChosenPlan, changed_plan, shipped_plan};
pub use redeem::{Redeem, RedeemHow};
pub use units::{DAY, Date, Share, Times, Yuan, month_text};

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The most days that a scenario may last: fifty years.
pub const DAYS_LIMIT: u32 = 18_263;

/// One accepted scenario.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// What it tries, in two languages.
    #[serde(default)]
    pub about: About,
    /// A shipped plan's name; whoever reads scenarios from a folder may allow a path too.
    pub plan: Spanned<String>,
    /// Keys of the plan that are changed, such as `"points.cap" = "2"`.
    #[serde(default)]
    pub keys: BTreeMap<String, Spanned<String>>,
    /// The first day.
    #[serde(default)]
    pub start: Date,
    /// How many days it lasts; for an orders file at most as many.
    pub days: Spanned<u32>,
    /// The seed of all chance in it.
    #[serde(default)]
    pub seed: u64,
    /// A row of the series after so many orders, instead of after each day.
    pub every_orders: Option<Spanned<u64>>,
    /// Who comes when.
    pub arrivals: Arrivals,
    /// What they spend.
    #[serde(default)]
    pub order: OrderSize,
    /// How often they come back.
    #[serde(default)]
    pub returns: Returns,
    /// Where they spend it.
    #[serde(default)]
    pub stores: Stores,
    /// Who invites them.
    #[serde(default)]
    pub inviting: Inviting,
    /// How they redeem, each with its share of the members; the rest never do.
    #[serde(default)]
    pub redeem: Vec<Spanned<Redeem>>,
    /// Money that the operator puts into the pool.
    #[serde(default)]
    pub injection: Vec<Injection>,
    /// Plans that come into force later.
    #[serde(default)]
    pub plan_change: Vec<PlanChange>,
    /// What is given back.
    pub refunds: Option<Refunds>,
}

impl Scenario {
    /// The scenario of a TOML text.
    ///
    /// # Errors
    /// The first thing wrong with it, with line and column.
    pub fn parse(text: &str) -> Result<Self, ScenarioFault> {
        let scenario: Self = toml::from_str(text).map_err(|error| ScenarioFault::of_toml(text, &error))?;
        scenario.check(text)?;
        Ok(scenario)
    }

    /// The rules between keys.
    fn check(&self, text: &str) -> Result<(), ScenarioFault> {
        let refuse = |place: std::ops::Range<usize>, message: String| {
            Err(ScenarioFault::at(text, place.start, message))
        };
        let days = *self.days.get_ref();
        if !(1..=DAYS_LIMIT).contains(&days) {
            return refuse(self.days.span(), format!("days must be from 1 to {DAYS_LIMIT}, not {days}"));
        }
        if let Some(every) = self.every_orders.as_ref().filter(|every| *every.get_ref() == 0) {
            return refuse(every.span(), "every_orders must be above 0".into());
        }
        let shares: f64 = self.redeem.iter().map(|redeem| redeem.get_ref().share.0).sum();
        if let Some(last) = self.redeem.last().filter(|_| shares > 1.0 + 1e-9) {
            return refuse(
                last.span(),
                format!("the shares of [[redeem]] come to {:.4}%, above 100%", shares * 100.0),
            );
        }
        for (key, value) in &self.keys {
            if !plan::is_plan_key(key) {
                return refuse(value.span(), format!("{key} is not a key of a plan, such as points.cap"));
            }
        }
        Ok(())
    }

    /// Has it last another number of days.
    ///
    /// # Errors
    /// If there cannot be so many.
    pub fn set_days(&mut self, days: u32) -> Result<(), String> {
        if !(1..=DAYS_LIMIT).contains(&days) {
            return Err(format!("days must be from 1 to {DAYS_LIMIT}, not {days}"));
        }
        self.days = Spanned::new(self.days.span(), days);
        Ok(())
    }

    /// How many days it lasts.
    #[must_use]
    pub fn days(&self) -> u32 {
        *self.days.get_ref()
    }

    /// The plan that it opens with: the text that the name stands for, with the changed keys.
    ///
    /// # Errors
    /// With line and column of the plan's name or the key at fault.
    pub fn opening_plan(&self, text: &str, named: Option<&str>) -> Result<ChosenPlan, ScenarioFault> {
        let name = self.plan.get_ref();
        let unknown = || {
            let message =
                format!("there is no shipped plan {name:?}; the shipped ones are {}", plan::NAMES.join(", "));
            ScenarioFault::at(text, self.plan.span().start, message)
        };
        let base = named.or_else(|| shipped_plan(name)).ok_or_else(unknown)?;
        let keys = self.keys.iter().map(|(key, value)| (key.as_str(), value.get_ref().as_str()));
        changed_plan(base, keys).map_err(|refused| {
            let place = self.keys.get(&refused.key).map_or(self.plan.span(), Spanned::span);
            ScenarioFault::at(text, place.start, refused.message)
        })
    }
}
