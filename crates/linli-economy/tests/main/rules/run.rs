//! Carries out a rule on the real engine. After every command it also asserts what always holds: the state's
//! own check, postings that sum to zero and add up to the balances, a price that does not fall, and a refusal
//! that changes nothing. Must not be added here: a second engine.

use super::expect;
use super::plans;
use super::text::{Item, Rule, Step};
use super::words;
use linli_economy::Economy;
use linli_economy::account::Asset;
use serde_json::Value;
use std::collections::BTreeMap;

/// Every balance that is not zero, in the smallest unit.
pub type Balances = BTreeMap<(String, Asset), i128>;

/// What did not hold, and in which line of the file.
#[derive(Debug)]
pub struct Failure {
    pub line: usize,
    pub what: String,
}

/// One economy under test, with the sum of all postings so far.
pub struct World {
    pub economy: Economy,
    pub summed: Balances,
}

/// Carries the rule out; gives everything that did not hold.
pub fn run(rule: &Rule) -> Vec<Failure> {
    let failed = |line, what| vec![Failure { line, what }];
    let (line, phrase) = match &rule.setting.plan {
        Some(plan) => (plan.line, plan.text.as_str()),
        None => (rule.line, "seed-one"),
    };
    let mut world = match plans::text(phrase).and_then(|plan| World::open(&plan)) {
        Ok(world) => world,
        Err(what) => return failed(line, what),
    };
    for given in &rule.setting.given {
        if let Err(what) = world.given(given) {
            return failed(given.line, what);
        }
    }
    let mut failures = Vec::new();
    for step in &rule.steps {
        match step {
            Step::Given(given) => {
                if let Err(what) = world.given(given) {
                    return failed(given.line, what);
                }
            }
            Step::When { command, then } => failures.extend(world.when(command, then)),
        }
    }
    failures
}

impl World {
    /// An economy on this plan's text.
    pub fn open(plan: &str) -> Result<Self, String> {
        let economy = Economy::open(plan).map_err(|refusals| refusals.to_string())?;
        let summed = balances(&economy);
        Ok(Self { economy, summed })
    }

    /// Something that has happened: it must be accepted.
    pub fn given(&mut self, item: &Item) -> Result<(), String> {
        for line in words::lines(&item.text).map_err(|what| format!("`{}`: {what}", item.text))? {
            let result = self.apply(&line)?;
            if result["ok"] != true {
                return Err(format!(
                    "`{}` is refused: {} ({})",
                    item.text, result["error"], result["message"]
                ));
            }
        }
        Ok(())
    }

    fn when(&mut self, command: &Item, then: &[Item]) -> Vec<Failure> {
        let failed = |line, what: String| Failure { line, what: format!("after `{}`: {what}", command.text) };
        let lines = match words::lines(&command.text) {
            Ok(lines) if lines.len() == 1 => lines,
            Ok(_) => return vec![failed(command.line, "a `when` is one command".into())],
            Err(what) => return vec![failed(command.line, what)],
        };
        let result = match self.apply(&lines[0]) {
            Ok(result) => result,
            Err(what) => return vec![failed(command.line, what)],
        };
        let mut failures: Vec<Failure> =
            expect::unsaid(&result, then).into_iter().map(|what| failed(command.line, what)).collect();
        for item in then {
            if let Err(what) = expect::check(self, &result, &item.text) {
                failures.push(failed(item.line, what));
            }
        }
        failures
    }

    /// Applies one line, asserts what always holds, and gives the result.
    pub fn apply(&mut self, line: &str) -> Result<Value, String> {
        let before = self.economy.clone();
        let answer = self.economy.apply(line).to_json();
        let result: Value = serde_json::from_str(&answer).map_err(|error| format!("{error}: {answer}"))?;
        let state = self.economy.state();
        state.check()?;
        if state.pool().price() < before.state().pool().price() {
            return Err(format!("the price fell from {:?} to {:?}", before.state().pool(), state.pool()));
        }
        if result["ok"] == true && result["replayed"] != true {
            self.sum(&result)?;
        } else {
            unchanged(&before, &self.economy)?;
        }
        if balances(&self.economy) != self.summed {
            return Err(format!("the postings of {answer} do not add up to the balances"));
        }
        Ok(result)
    }

    /// Adds a result's postings up, which must sum to zero and name each account once.
    fn sum(&mut self, result: &Value) -> Result<(), String> {
        let (mut sums, mut seen) = (BTreeMap::new(), Vec::new());
        for (account, asset, amount) in postings(result)? {
            if amount == 0 || seen.contains(&(account.clone(), asset)) {
                return Err(format!("a posting of zero, or a second one of {account}: {result}"));
            }
            *sums.entry(asset).or_insert(0) += amount;
            let place = (account, asset);
            *self.summed.entry(place.clone()).or_insert(0) += amount;
            seen.push(place);
        }
        self.summed.retain(|_, amount| *amount != 0);
        match sums.iter().find(|(_, sum)| **sum != 0) {
            Some((asset, sum)) => Err(format!("the {} postings sum to {sum}: {result}", asset.name())),
            None => Ok(()),
        }
    }
}

/// A refusal or a replay changes nothing that anybody could ever see, not even the clock.
pub fn unchanged(before: &Economy, after: &Economy) -> Result<(), String> {
    let (old, new) = (before.state(), after.state());
    let seen = |economy: &Economy| {
        let state = economy.state();
        let agents: Vec<_> = state.agents().collect();
        format!("{:?} {:?} {:?} {:?}", state.members(), state.stores(), state.orders(), agents)
    };
    if old.clock() != new.clock() {
        return Err(format!("the clock moved from {} to {}", old.clock(), new.clock()));
    }
    if balances(before) != balances(after) || old.pool() != new.pool() || seen(before) != seen(after) {
        return Err("a refused or replayed command changed something".into());
    }
    let probe = format!(r#"{{"cmd":"open_member","member":"a probe","at":"{}"}}"#, old.clock());
    match after.clone().apply(&probe).outcome() {
        Ok(_) => Ok(()),
        Err(refusal) => Err(format!("after it the earlier time is refused: {refusal}")),
    }
}

/// Every balance that is not zero.
pub fn balances(economy: &Economy) -> Balances {
    economy.balances().into_iter().map(|(account, asset, amount)| ((account, asset), amount)).collect()
}

/// The postings of an accepted result.
pub fn postings(result: &Value) -> Result<Vec<(String, Asset, i128)>, String> {
    let list = result["postings"].as_array().ok_or_else(|| format!("no postings in {result}"))?;
    let read = |posting: &Value| {
        let text = |field: &str| posting[field].as_str().ok_or_else(|| format!("no {field} in {posting}"));
        let asset = expect::asset(text("asset")?)?;
        Ok((text("account")?.to_string(), asset, expect::units(text("amount")?, asset.decimals())?))
    };
    list.iter().map(read).collect()
}
