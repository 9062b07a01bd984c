//! From which value of a key of the plan on an attack pays: the key that the attack hangs on is tried at several values, and
//! where the sign of the profit changes it is halved until the edge is known.

use super::try_attack;
use crate::run::{Attack, AttackKind, RunError, Watch};
use crate::scenario::{ChosenPlan, Scenario, changed_plan};
use linli_economy::units::Fen;

/// Halvings at an edge.
const HALVINGS: u32 = 7;

/// On which side of a value an attack pays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Edge {
    /// At no value that was tried.
    Never,
    /// At every value that was tried.
    Always,
    /// From this value up.
    From(f64),
    /// Up to this value.
    UpTo(f64),
    /// At these of the values that were tried: more than one edge.
    Between(f64, f64),
}

/// When an attack pays.
#[derive(Clone, Debug, PartialEq)]
pub struct Pays {
    /// The key of the plan.
    pub key: &'static str,
    /// The lowest and the highest value that were tried.
    pub tried: (f64, f64),
    /// Where it pays.
    pub edge: Edge,
    /// How the plan writes its values.
    pub form: Form,
}

/// How a plan writes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A share of 1, in percent.
    Rate,
    /// A number of times.
    Times,
    /// An amount in yuan.
    Yuan,
}

impl Form {
    fn text(self, value: f64) -> String {
        match self {
            Self::Rate => format!("{:.4}%", value * 100.0),
            Self::Times => format!("{value:.6}"),
            Self::Yuan => format!("{value:.2}"),
        }
    }
}

impl Pays {
    /// In English.
    #[must_use]
    pub fn text(&self) -> String {
        let value = |value: f64| self.form.text(value);
        let key = self.key;
        match self.edge {
            Edge::Never => format!("never for {key} from {} to {}", value(self.tried.0), value(self.tried.1)),
            Edge::Always => {
                format!("always for {key} from {} to {}", value(self.tried.0), value(self.tried.1))
            }
            Edge::From(edge) => format!("from {key} = {} up", value(edge)),
            Edge::UpTo(edge) => format!("up to {key} = {}", value(edge)),
            Edge::Between(low, high) => {
                format!("somewhere between {key} = {} and {}", value(low), value(high))
            }
        }
    }
}

/// The key that an attack hangs on, and the values to try.
fn key_of(kind: AttackKind) -> (&'static str, [f64; 7], Form) {
    match kind {
        AttackKind::WashTrading | AttackKind::SockPuppets | AttackKind::Whale | AttackKind::RefundAbuse => {
            ("points.retention", [0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8], Form::Rate)
        }
        AttackKind::LastOneOut => ("points.cap", [1.0, 1.1, 1.2, 1.5, 2.0, 5.0, 20.0], Form::Times),
        AttackKind::EarlyTinyOrders => ("points.genesis", [0.0, 100.0, 1e3, 1e4, 1e5, 1e6, 1e7], Form::Yuan),
        AttackKind::DeductionFarming => {
            ("mall.store_rebate", [0.0, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9], Form::Rate)
        }
    }
}

/// Where an attack pays under a plan whose key is varied.
pub(super) fn pays(
    scenario: &Scenario,
    plan: &ChosenPlan,
    attack: &Attack,
    watch: &Watch,
) -> Result<Pays, RunError> {
    let (key, values, form) = key_of(attack.kind);
    let profit = |value: f64| -> Result<Option<Fen>, RunError> {
        let text = form.text(value);
        // A value that the plan cannot have is no way to attack it.
        let Ok(changed) = changed_plan(&plan.text, [(key, text.as_str())]) else { return Ok(None) };
        Ok(Some(try_attack(scenario, &changed, attack, watch)?.profit))
    };
    let mut signs: Vec<(f64, bool)> = Vec::new();
    for value in values {
        if let Some(profit) = profit(value)? {
            signs.push((value, profit > Fen::ZERO));
        }
    }
    let edges: Vec<usize> = (1..signs.len()).filter(|&place| signs[place].1 != signs[place - 1].1).collect();
    let edge = match edges[..] {
        [] if signs.first().is_some_and(|sign| sign.1) => Edge::Always,
        [] => Edge::Never,
        [place] => {
            let (mut low, mut high, pays_above) = (signs[place - 1].0, signs[place].0, signs[place].1);
            for _ in 0..HALVINGS {
                let middle = f64::midpoint(low, high);
                let pays = profit(middle)?.is_some_and(|profit| profit > Fen::ZERO);
                if pays == pays_above { high = middle } else { low = middle }
            }
            if pays_above { Edge::From(high) } else { Edge::UpTo(low) }
        }
        [first, .., last] => Edge::Between(signs[first - 1].0, signs[last].0),
    };
    let tried = (signs.first().map_or(0.0, |sign| sign.0), signs.last().map_or(0.0, |sign| sign.0));
    Ok(Pays { key, tried, edge, form })
}
