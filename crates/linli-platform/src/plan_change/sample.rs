//! What a plan does with an order of 1000 yuan: the economy settles it, in an economy of its own, with whom there can be.
//! Must not be added here: a figure that the economy has not computed.

use linli_economy::Economy;
use linli_economy::legs::Leg;
use linli_economy::plan::Plan;
use linli_economy::units::Points;

/// Yuan of the order.
pub const SAMPLE_AMOUNT: &str = "1000.00";

/// The order, settled.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Who gets how much.
    pub legs: Vec<Leg>,
    /// What comes into the pool, in fen.
    pub inflow: u64,
    /// What is minted for the member, if there is one.
    pub minted: Option<Points>,
}

/// The order with everybody there who can get something, with the member alone, and without a member.
#[must_use]
pub fn samples(plan: &Plan) -> [Sample; 3] {
    [settle(plan, &everybody(plan), true), settle(plan, &[], true), settle(plan, &[], false)]
}

/// Settles the order in a fresh economy, after these commands.
fn settle(plan: &Plan, before: &[String], has_member: bool) -> Sample {
    let mut economy = Economy::with_plan(plan.clone());
    let mut apply = |line: &str| {
        let answer = economy.apply(line);
        answer.outcome().expect("the sample commands are sound").minted
    };
    apply(r#"{"cmd":"open_member","member":"owner"}"#);
    apply(r#"{"cmd":"open_store","store":"S","owner":"owner","district":"440106"}"#);
    before.iter().for_each(|line| {
        apply(line);
    });
    if before.is_empty() {
        apply(r#"{"cmd":"open_member","member":"buyer"}"#);
    }
    let member = if has_member { r#","member":"buyer""# } else { "" };
    let minted =
        apply(&format!(r#"{{"cmd":"settle","order":"O","store":"S","amount":"{SAMPLE_AMOUNT}"{member}}}"#));
    let order = economy.order_id("O").expect("it was just settled");
    let mut legs = Vec::new();
    let inflow = economy.state().legs_of(order, &mut legs);
    Sample { legs, inflow, minted }
}

/// Everybody who can get something: a chain of ancestors, two of each rank where the plan has ranks, the
/// store's recruiter, and an agent at every level.
fn everybody(plan: &Plan) -> Vec<String> {
    let ranks: Vec<&str> = plan.levels.ranks.iter().flat_map(|rank| [rank.name.as_str(); 2]).collect();
    let ancestors = ranks.len().max(2);
    let mut lines = Vec::new();
    for number in (0..ancestors).rev() {
        let above =
            if number + 1 < ancestors { format!(r#","inviter":"A{}""#, number + 1) } else { String::new() };
        lines.push(format!(r#"{{"cmd":"open_member","member":"A{number}"{above}}}"#));
        if let Some(rank) = ranks.get(number) {
            let rank = serde_json::Value::from(*rank);
            lines.push(format!(r#"{{"cmd":"set_rank","member":"A{number}","rank":{rank}}}"#));
        }
    }
    lines.push(r#"{"cmd":"open_member","member":"buyer","inviter":"A0"}"#.into());
    lines.push(r#"{"cmd":"open_member","member":"recruiter"}"#.into());
    lines.push(r#"{"cmd":"update_store","store":"S","recruiter":"recruiter"}"#.into());
    for region in ["440106", "440100", "440000", "south"] {
        lines.push(format!(r#"{{"cmd":"appoint","region":"{region}","agent":"recruiter"}}"#));
    }
    lines
}
