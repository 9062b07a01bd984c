//! The red team: seven ways to take more than one gives, each run beside honest members under a plan; what it brings the
//! attacker, what it costs the others, from which value of a key of the plan on it pays, and the rule that stops it. And a
//! search for the worst mix of them. Must not be added: an attack that is not made of commands.

mod limits;
mod mix;
mod words;

pub use limits::{Edge, Form, Pays};
pub use mix::{Mix, worst_mix};
pub use words::{Words, words};

use crate::many::in_parallel;
use crate::measure::Measured;
use crate::run::{Attack, AttackKind, Attacked, Input, Resolve, RunError, Watch, run};
use crate::scenario::{ChosenPlan, Scenario, changed_plan};
use linli_economy::units::Fen;
use std::num::NonZeroUsize;

/// The street on which attacks are tried where no scenario is named.
pub const STREET: &str = include_str!("redteam/street.toml");

/// What one attack came to.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Its name, with what is particular to this trial.
    pub name: String,
    /// Its kind.
    pub kind: AttackKind,
    /// What it did.
    pub attacked: Attacked,
    /// Its profit; of the whale and the last one out, what it gains over redeeming at once and before others.
    pub profit: Fen,
    /// What honest members have less than without it; below zero they have more.
    pub honest_loss: Fen,
    /// From which value of a key on it pays.
    pub pays: Pays,
}

/// The usual size of each attack on a scenario that lasts so many days.
#[must_use]
pub fn usual(kind: AttackKind, days: u32) -> Attack {
    let attack = Attack {
        kind,
        amount: 100_000,
        per_day: 1,
        accounts: 1,
        from_day: days / 6,
        days: days / 6,
        hold_days: days / 2,
        steps: 1,
        lowest_take: false,
    };
    match kind {
        AttackKind::WashTrading => Attack { per_day: 4, lowest_take: true, ..attack },
        AttackKind::SockPuppets => Attack { per_day: 10, accounts: 200, amount: 20_000, ..attack },
        AttackKind::Whale => Attack { amount: 20_000_000, days: 1, hold_days: days / 3, steps: 20, ..attack },
        AttackKind::LastOneOut => Attack { amount: 1_000, days: 1, steps: 5, ..attack },
        AttackKind::EarlyTinyOrders => {
            Attack { amount: 100, per_day: 200, accounts: 200, from_day: 0, days: 1, ..attack }
        }
        AttackKind::RefundAbuse => Attack { amount: 50_000, per_day: 2, accounts: 10, ..attack },
        AttackKind::DeductionFarming => Attack { amount: 50_000, per_day: 2, lowest_take: true, ..attack },
    }
}

/// Tries every attack under a plan.
///
/// # Errors
/// If a run does not come to its end.
pub fn red_team(
    scenario: &Scenario,
    plan: &ChosenPlan,
    cores: NonZeroUsize,
    watch: &Watch,
) -> Result<Vec<Finding>, RunError> {
    let mut trials: Vec<(String, AttackKind, ChosenPlan)> = Vec::new();
    for kind in AttackKind::ALL {
        if kind == AttackKind::LastOneOut {
            for genesis in ["0.00", "1000.00"] {
                let with = changed_plan(&plan.text, [("points.genesis", genesis)]);
                let with =
                    with.map_err(|refused| RunError::PlanChange { day: 0, message: refused.message })?;
                trials.push((format!("{}, genesis {genesis}", words(kind).en), kind, with));
            }
        } else {
            trials.push((words(kind).en.to_string(), kind, plan.clone()));
        }
    }
    let found = in_parallel(cores, &trials, |(name, kind, plan)| finding(name, *kind, scenario, plan, watch));
    found.into_iter().collect()
}

fn finding(
    name: &str,
    kind: AttackKind,
    scenario: &Scenario,
    plan: &ChosenPlan,
    watch: &Watch,
) -> Result<Finding, RunError> {
    let attack = usual(kind, scenario.days());
    let tried = try_attack(scenario, plan, &attack, watch)?;
    let pays = limits::pays(scenario, plan, &attack, watch)?;
    Ok(Finding {
        name: name.to_string(),
        kind,
        attacked: tried.attacked,
        profit: tried.profit,
        honest_loss: tried.honest_loss,
        pays,
    })
}

/// What an attack brings and costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tried {
    /// What it did.
    pub attacked: Attacked,
    /// What it brings.
    pub profit: Fen,
    /// What it costs honest members.
    pub honest_loss: Fen,
}

/// Runs an attack and the same scenario without it.
///
/// # Errors
/// If a run does not come to its end.
pub fn try_attack(
    scenario: &Scenario,
    plan: &ChosenPlan,
    attack: &Attack,
    watch: &Watch,
) -> Result<Tried, RunError> {
    // Whoever buys goods at their price has lost nothing: such an attack is measured against the same purchase,
    // redeemed at once and before the others.
    let beside = match attack.kind {
        AttackKind::Whale | AttackKind::LastOneOut => Resolve::Plain,
        _ => Resolve::Idle,
    };
    let one = |resolve| {
        let input = Input { attacks: vec![(*attack, resolve)], ..Input::new(plan.clone()) };
        run(scenario, &input, scenario.seed, watch, None)
    };
    let (carried, other) = (one(Resolve::Carried)?, one(beside)?);
    let (attacked, without) = (carried.attacked[0], other.attacked[0]);
    let profit = attacked.profit() - if beside == Resolve::Plain { without.profit() } else { Fen::ZERO };
    Ok(Tried { attacked, profit, honest_loss: honest(&other) - honest(&carried) })
}

/// What came back to honest members, all together.
fn honest(run: &Measured) -> Fen {
    run.everyone.cash + run.everyone.redeemable
}
