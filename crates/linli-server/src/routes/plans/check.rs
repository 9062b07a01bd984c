//! What is to be said of a plan before it is put in force: each reason against it with line and column, who would get
//! what of an order, how close its promises come to its budget, and what it changes, key by key. Nothing is computed
//! here: the economy settles the order.

use crate::app::App;
use crate::guard::ShownFinding;
use crate::routes::text::yuan;
use linli_economy::legs::LegKind;
use linli_economy::plan::{Claim, Plan, PlanRefusals, mall_cost_share};
use linli_engine::Replica;
use linli_platform::plan_change::{SAMPLE_AMOUNT, Sample, samples};
use serde::Serialize;
use utoipa::ToSchema;

/// What is to be said of a plan.
#[derive(Serialize, ToSchema)]
pub struct Check {
    /// Whether the economy would take it today.
    accepted: bool,
    /// Every reason why not.
    refusals: Vec<Reason>,
    /// Who gets what of an order, and how close it comes to its budget; none of what is no plan.
    figures: Option<PlanFigures>,
    /// What differs from the plan in force.
    changes: Vec<Change>,
    /// Stores that would pay another rate.
    stores_with_another_rate: usize,
    /// What the rules of its jurisdiction say of it; nothing of what is no plan.
    findings: Vec<ShownFinding>,
}

/// A reason against a plan.
#[derive(Serialize, ToSchema)]
struct Reason {
    /// The key with its table; empty where the text is not TOML.
    #[schema(example = "take.rate")]
    key: String,
    /// Its value.
    value: String,
    /// What is wrong with it.
    reason: String,
    /// The line, from 1; 0 where it is about the plan in force.
    line: usize,
    /// The column in characters, from 1.
    column: usize,
    /// All of it as a sentence.
    text: String,
}

/// What a plan does.
#[derive(Serialize, ToSchema)]
struct PlanFigures {
    /// Yuan of the order.
    #[schema(example = "1000.00")]
    amount: &'static str,
    /// Who gets what of it.
    waterfall: Vec<Share>,
    /// The largest claim on the budget for distribution, and the budget, of the order.
    largest_claim: String,
    /// The budget.
    #[schema(example = "2%")]
    budget: String,
    /// The most that a product of the mall may cost of its list price.
    mall_cost: String,
}

/// What one rule gives of the order, in yuan.
#[derive(Serialize, ToSchema)]
struct Share {
    /// The rule.
    #[schema(example = "direct")]
    rule: &'static str,
    /// The same in Chinese.
    #[schema(example = "直推")]
    rule_zh: &'static str,
    /// With everybody there.
    everybody: String,
    /// With the member alone.
    member_alone: String,
    /// Without a member.
    no_member: String,
}

/// A key whose values differ.
#[derive(Serialize, ToSchema)]
pub struct Change {
    /// The key with its table.
    #[schema(example = "take.rate")]
    key: &'static str,
    /// As the first plan has it.
    #[schema(example = "\"20%\"")]
    before: String,
    /// As the second one has it.
    #[schema(example = "\"18%\"")]
    after: String,
}

const RULES: [(LegKind, &str, &str); 11] = [
    (LegKind::Store, "store", "门店"),
    (LegKind::Direct, "direct", "直推"),
    (LegKind::Indirect, "indirect", "间推"),
    (LegKind::Recruit, "recruiter", "招商人"),
    (LegKind::Region(0), "district_agent", "区代"),
    (LegKind::Region(1), "city_agent", "市代"),
    (LegKind::Region(2), "province_agent", "省代"),
    (LegKind::Region(3), "macro_region_agent", "大区"),
    (LegKind::Levels, "levels", "级差"),
    (LegKind::Dividend, "dividend", "分红"),
    (LegKind::Platform, "platform", "平台"),
];

/// What is to be said of this text, in place of the plan in force.
pub fn check(app: &App, replica: &Replica, text: &str) -> Check {
    let state = replica.economy().state();
    let plan = match Plan::parse(text) {
        Ok(plan) => plan,
        Err(PlanRefusals(refusals)) => {
            let refusals = refusals.into_iter().map(|refusal| Reason {
                text: refusal.to_string(),
                key: refusal.key,
                value: refusal.value,
                reason: refusal.reason,
                line: refusal.line,
                column: refusal.column,
            });
            return Check {
                accepted: false,
                refusals: refusals.collect(),
                figures: None,
                changes: Vec::new(),
                stores_with_another_rate: 0,
                findings: Vec::new(),
            };
        }
    };
    let fixed: Vec<_> = fixed_changes(state.plan(), &plan).collect();
    let rates = state.stores().iter().map(|store| store.own_rate);
    let other = rates.filter(|own| state.plan().store_rate(*own) != plan.store_rate(*own)).count();
    Check {
        accepted: fixed.is_empty(),
        refusals: fixed,
        figures: Some(figures(&plan)),
        changes: changes(state.plan(), &plan),
        stores_with_another_rate: other,
        findings: app.guard.judge(&plan, replica, app.now()).findings,
    }
}

/// What no plan may change once the economy has begun.
fn fixed_changes(now: &Plan, new: &Plan) -> impl Iterator<Item = Reason> {
    let fixed = changes(now, new).into_iter();
    let fixed = fixed.filter(|change| matches!(change.key, "points.start_price" | "points.genesis"));
    fixed.map(|Change { key, before, after }| {
        let reason = format!("may not change once the economy has begun: it is {before}");
        let text = format!("{key} = {after}: {reason}");
        Reason { key: key.into(), value: after, reason, line: 0, column: 0, text }
    })
}

/// The keys whose values differ.
pub fn changes(one: &Plan, other: &Plan) -> Vec<Change> {
    let pairs = one.listed().into_iter().zip(other.listed());
    let changed = pairs.filter(|(one, other)| one != other);
    changed.map(|((key, before), (_, after))| Change { key, before, after }).collect()
}

fn figures(plan: &Plan) -> PlanFigures {
    let columns = samples(plan);
    let share = |(kind, rule, rule_zh): (LegKind, _, _)| {
        let leg = |sample: &Sample| {
            let fen: u64 = sample.legs.iter().filter(|leg| leg.kind == kind).map(|leg| leg.fen).sum();
            yuan(fen)
        };
        let [everybody, member_alone, no_member] = columns.each_ref().map(leg);
        Share { rule, rule_zh, everybody, member_alone, no_member }
    };
    let [everybody, member_alone, no_member] = columns.each_ref().map(|sample| yuan(sample.inflow));
    let pool = Share { rule: "pool", rule_zh: "盈利池", everybody, member_alone, no_member };
    PlanFigures {
        amount: SAMPLE_AMOUNT,
        waterfall: RULES.into_iter().map(share).chain([pool]).collect(),
        largest_claim: Claim::percent(Claim::largest(plan).total()),
        budget: plan.take.distribution.to_string(),
        mall_cost: Claim::percent(mall_cost_share(plan)),
    }
}
