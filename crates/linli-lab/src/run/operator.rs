//! What the operator does by date: money put into the pool, and other plans put in force.

use super::{RunError, Simulation};
use crate::scenario::{ChosenPlan, Injection, Scenario, changed_plan};
use linli_economy::time::Instant;

/// The acts that are still to come, the last one first.
pub struct Operator<'s> {
    injections: Vec<&'s Injection>,
    plans: Vec<(u32, ChosenPlan)>,
}

impl<'s> Operator<'s> {
    /// All that the scenario names. Each plan changes keys of the one before it.
    pub fn new(scenario: &'s Scenario, opening: &ChosenPlan) -> Result<Self, RunError> {
        let mut injections: Vec<_> = scenario.injection.iter().collect();
        injections.sort_by_key(|injection| std::cmp::Reverse(injection.day));
        let mut changes: Vec<_> = scenario.plan_change.iter().collect();
        changes.sort_by_key(|change| change.day);
        let mut plans: Vec<(u32, ChosenPlan)> = Vec::new();
        for change in changes {
            let base = plans.last().map_or(opening, |(_, plan)| plan);
            let keys = change.keys.iter().map(|(key, value)| (key.as_str(), value.as_str()));
            let plan = changed_plan(&base.text, keys)
                .map_err(|refused| RunError::PlanChange { day: change.day, message: refused.message })?;
            plans.push((change.day, plan));
        }
        plans.reverse();
        Ok(Self { injections, plans })
    }
}

impl Simulation<'_, '_> {
    /// What is due before the first order of a day.
    pub(super) fn operate(&mut self, at: Instant) -> Result<(), RunError> {
        while let Some((_, plan)) = self.operator.plans.pop_if(|(day, _)| *day <= self.day) {
            self.books.change_plan(&plan, at)?;
        }
        while let Some(injection) = self.operator.injections.pop_if(|injection| injection.day <= self.day) {
            let outcome = self.books.inject(injection.amount.0, injection.note.as_deref(), at)?;
            self.tally.injected(injection.amount.0, outcome, &mut self.people, self.day);
        }
        Ok(())
    }
}
