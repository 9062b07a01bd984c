//! The red team: each attack is carried out beside honest members, and under the source's plan the rules hold that are said
//! to stop it; where a plan gives a rule up, the attack pays.

use crate::support::input;
use linli_economy::units::Fen;
use linli_lab::many::cores;
use linli_lab::redteam::{Edge, STREET, red_team, try_attack, usual, words, worst_mix};
use linli_lab::run::{Attack, AttackKind};
use linli_lab::scenario::{ChosenPlan, changed_plan};
use linli_lab::search::Effort;
use linli_lab::{Scenario, Watch};

fn street(days: u32) -> Scenario {
    let mut scenario = Scenario::parse(STREET).expect("the red team's street");
    scenario.set_days(days).expect("some days");
    scenario
}

fn plan(keys: &[(&str, &str)]) -> ChosenPlan {
    changed_plan(&input(STREET).plan.text, keys.iter().copied()).expect("a plan")
}

fn profit(kind: AttackKind, keys: &[(&str, &str)], change: impl Fn(Attack) -> Attack) -> Fen {
    let scenario = street(90);
    let attack = change(usual(kind, scenario.days()));
    let tried = try_attack(&scenario, &plan(keys), &attack, &Watch::default()).expect("it ends");
    assert!(tried.attacked.orders > 0, "{kind:?} did nothing");
    tried.profit
}

#[test]
fn every_attack_is_tried_with_its_profit_its_cost_and_its_limits() {
    let findings = red_team(&street(60), &plan(&[]), cores(), &Watch::default()).expect("they end");
    assert_eq!(findings.len(), AttackKind::ALL.len() + 1, "the last one out with and without genesis");
    for finding in &findings {
        assert!(finding.attacked.orders > 0 && finding.attacked.paid >= Fen::ZERO, "{finding:?}");
        assert!(!words(finding.kind).rule_en.is_empty() && !finding.pays.text().is_empty());
    }
}

#[test]
fn wash_trading_and_sock_puppets_leave_their_take_behind() {
    assert!(profit(AttackKind::WashTrading, &[], |attack| attack) < Fen::ZERO);
    assert!(profit(AttackKind::SockPuppets, &[], |attack| attack) < Fen::ZERO);
}

#[test]
fn early_tiny_orders_pay_at_most_up_to_the_cap_and_a_genesis_stops_them() {
    let whole = |attack: Attack| Fen::from(attack.amount * u64::from(attack.per_day));
    let paid = whole(usual(AttackKind::EarlyTinyOrders, 90));
    let found = profit(AttackKind::EarlyTinyOrders, &[], |attack| attack);
    // The store's 80%, 96% at the cap, and a hundredth for the attacker's own inviting and recruiting, less the order.
    assert!(found > Fen::ZERO && found.0 * 100 <= paid.0 * 77, "{found} of {paid}");
    assert!(
        profit(AttackKind::EarlyTinyOrders, &[("points.genesis", "1000000.00")], |attack| attack) < Fen::ZERO
    );
    let findings = red_team(&street(60), &plan(&[]), cores(), &Watch::default()).expect("they end");
    let tiny =
        findings.iter().find(|finding| finding.kind == AttackKind::EarlyTinyOrders).expect("it was tried");
    assert!(matches!(tiny.pays.edge, Edge::UpTo(yuan) if (100.0..1e6).contains(&yuan)), "{:?}", tiny.pays);
}

#[test]
fn a_refund_takes_back_what_the_points_were_paid() {
    assert!(profit(AttackKind::RefundAbuse, &[], |attack| attack) <= Fen::ZERO);
}

#[test]
fn farming_deduction_points_costs_more_than_they_pay() {
    assert!(profit(AttackKind::DeductionFarming, &[], |attack| attack) < Fen::ZERO);
}

#[test]
fn a_whale_gains_by_steps_at_most_its_share_of_the_retention() {
    let whale = |steps| profit(AttackKind::Whale, &[], |attack| Attack { steps, ..attack });
    assert_eq!(whale(1), Fen::ZERO, "one step is what everybody does");
    assert!(whale(20) > Fen::ZERO);
    assert!(profit(AttackKind::Whale, &[("points.retention", "0%")], |attack| attack).0.abs() < 100_000);
}

#[test]
fn the_worst_mix_is_found_within_its_budget_and_repeats() {
    let effort = Effort { rounds: 2, per_round: 6, seed: 4 };
    let find =
        || worst_mix(&street(30), &plan(&[]), 120, effort, cores(), &Watch::default()).expect("it ends");
    let (mix, again) = (find(), find());
    assert_eq!((mix.profit, mix.attacks.len()), (again.profit, again.attacks.len()));
    let planned: u64 =
        mix.attacks.iter().map(|(attack, _)| u64::from(attack.per_day) * u64::from(attack.days)).sum();
    assert!((1..=120).contains(&planned), "{planned}");
}
