//! `/v1/orders/{id}/split`: where an order's money went, for everybody who got a part of it: each leg with its rule, rate
//! and rounding, and the postings that it became. Whoever else is in it is named by their part alone. Must not be added
//! here: a number that the legs and the ledger do not have.

mod parts;

use super::orders::{Order, look as look_at_order};
use super::subject::Subject;
use super::text::{amount, percent, yuan};
use crate::app::App;
use crate::caller::Caller;
use crate::problem::{Code, Problem};
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_economy::Economy;
use linli_economy::account::{Account, Asset};
use linli_economy::handle::OrderId;
use linli_economy::legs::Leg;
use linli_economy::order::{Order as Sold, pro_rata};
use linli_economy::refusal::Code as Refused;
use linli_economy::units::Points;
use linli_engine::Replica;
use linli_engine::books::{Ledger, Noted, Posted};
use linli_engine::explain::Rules;
use parts::Parts;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// Where an order's money went, or will go.
#[derive(Serialize, ToSchema)]
pub struct Split {
    #[serde(flatten)]
    order: Order,
    /// What the caller is to it: `buyer`, `store`, `inviter`, `inviter_of_inviter`, `recruiter`, `agent_of_district`,
    /// `agent_of_city`, `agent_of_province`, `agent_of_macro_region`, `level`, `supplier`, `desk`.
    you_are: Vec<&'static str>,
    pub plan: SplitPlan,
    /// Yuan that the legs are of: what was paid, less what was given back before settling.
    #[schema(example = "1000.00")]
    pub amount: String,
    /// Who gets what. Before the order is settled, what it would be.
    pub legs: Vec<SplitLeg>,
    pub pool: SplitPool,
    /// Each command about the order, with what it posted.
    events: Vec<SplitEvent>,
}

/// The plan that the order was paid under; later plans change nothing of it.
#[derive(Serialize, ToSchema)]
pub struct SplitPlan {
    /// 1 is the plan of the opening.
    #[schema(example = 1)]
    pub version: usize,
    #[schema(example = "seed-one")]
    pub name: String,
}

/// One part of the order's money.
#[derive(Serialize, ToSchema)]
pub struct SplitLeg {
    /// Whose it is, as in `you_are`, or `platform`, `shareholders`, `store_of_points`.
    #[schema(example = "inviter")]
    pub to: &'static str,
    /// Whether it is the caller's.
    is_yours: bool,
    /// Its key in the plan.
    #[schema(example = "referral.direct")]
    rule: &'static str,
    #[schema(example = "0.30%")]
    pub rate: Option<String>,
    /// The computation with its rounding.
    #[schema(example = "⌊1000.00 × 0.3%⌋")]
    how: String,
    /// Yuan.
    #[schema(example = "3.00")]
    pub amount: String,
    /// Yuan of it that refunds have taken back.
    #[schema(example = "0.00")]
    given_back: String,
}

/// What is left for the pool, and what it minted for it.
#[derive(Serialize, ToSchema)]
pub struct SplitPool {
    /// Yuan.
    #[schema(example = "160.00")]
    pub amount: String,
    /// How the points come about that the buyer gets.
    #[schema(example = "⌊⌊160.00 × 70%⌋ × S / P⌋")]
    how: String,
    /// Points minted for the buyer.
    #[schema(example = "112.000000")]
    pub minted: String,
    /// P in yuan just before.
    reserve_before: Option<String>,
    /// S in points just before.
    supply_before: Option<String>,
}

/// One command about the order.
#[derive(Serialize, ToSchema)]
struct SplitEvent {
    /// The number of the entry in the journal.
    seq: u64,
    at: String,
    #[schema(example = "settle")]
    command: &'static str,
    /// The id of the refund or the cancellation.
    id: Option<String>,
    postings: Vec<SplitPosting>,
}

/// A posting; those of people who are nothing to the order (their points were redeemed by rule) are summed up.
#[derive(Serialize, ToSchema)]
struct SplitPosting {
    /// The account; of others, by their part: `inviter:wallet`.
    #[schema(example = "store:S1")]
    account: String,
    #[schema(example = "CNY")]
    asset: &'static str,
    #[schema(example = "800.00")]
    amount: String,
}

/// Where an order's money went
#[utoipa::path(
    get,
    path = "/v1/orders/{id}/split",
    tag = "Orders",
    params(("id" = String, Path, description = "The order's id")),
    responses((status = 200, description = "Each leg with rule, rate and rounding, and the postings", body = Split)),
)]
pub async fn split(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Json<Split>, Problem> {
    app.look_ledger(|replica, ledger| {
        let economy = replica.economy();
        let found = economy.order_id(&id).map(|order| (order, Parts::of(replica, order, &caller)));
        let found = found.filter(|(_, parts)| !parts.yours().is_empty());
        let (order, parts) = found.ok_or_else(|| {
            Problem::new(Code::Refused(Refused::UnknownOrder), format!("there is no order {id}"))
        })?;
        Ok(Json(look(replica, ledger, order, &parts)))
    })
    .await?
}

impl Split {
    /// Whether the split is carried out; until then it is what would be.
    pub fn is_settled(&self) -> bool {
        self.order.is_settled()
    }
}

/// An order on the receipt of its payment, which whoever paid sees, also without an account.
pub fn of_receipt(replica: &Replica, ledger: &Ledger, id: &str, caller: &Caller) -> Option<Split> {
    let order = replica.economy().order_id(id)?;
    Some(look(replica, ledger, order, &Parts::of(replica, order, caller)))
}

fn look(replica: &Replica, ledger: &Ledger, id: OrderId, parts: &Parts) -> Split {
    let (economy, mut legs) = (replica.economy(), Vec::new());
    let (state, order) = (economy.state(), &economy.state().orders()[id.index()]);
    let inflow = state.legs_of(id, &mut legs);
    let plan = state.plan_at(order.terms.plan);
    let rules = Rules::new(plan, order, &legs);
    let told: Vec<_> = ledger.of_order(id).collect();
    let shown = look_at_order(economy, id, replica.tip().seq);
    let paid = legs.iter().filter(|leg| leg.fen > 0);
    Split {
        order: if parts.sees_buyer() { shown } else { shown.without_buyer() },
        you_are: parts.yours(),
        plan: SplitPlan { version: order.terms.plan.index() + 1, name: plan.name.clone() },
        amount: yuan(order.left()),
        legs: paid.map(|leg| leg_of(leg, order, &rules, parts)).collect(),
        pool: pool(order, inflow, plan.points.mint, &told),
        events: told.iter().map(|(noted, posted)| event(economy, parts, noted, posted)).collect(),
    }
}

fn leg_of(leg: &Leg, order: &Sold, rules: &Rules<'_>, parts: &Parts) -> SplitLeg {
    let rule = rules.of(leg);
    SplitLeg {
        to: parts::name(leg.kind),
        is_yours: parts.is_yours(leg.account),
        rule: if rule.key.is_empty() { rule.note } else { rule.key },
        rate: rule.rate.map(percent),
        how: rule.how,
        amount: yuan(leg.fen),
        given_back: yuan(pro_rata(leg.fen, order.refunded, order.left().max(1))),
    }
}

fn pool(
    order: &Sold,
    inflow: u64,
    mint: linli_economy::rate::Rate,
    told: &[(Noted<'_>, Vec<Posted>)],
) -> SplitPool {
    let settled = told.iter().find(|(noted, _)| matches!(noted.command, "settle" | "settle_mall"));
    // What the entry posted is taken off again: it began with this order.
    let before = |account: Account| {
        let posted = settled.iter().flat_map(|(_, posted)| posted);
        let mut of_account = posted.filter(|posted| posted.posting.account == account);
        of_account.next().map(|posted| posted.balance - posted.posting.amount)
    };
    SplitPool {
        amount: yuan(inflow),
        how: format!("⌊⌊{} × {mint}⌋ × S / P⌋", yuan(inflow)),
        minted: amount(order.minted.into(), Asset::Gp),
        reserve_before: before(Account::PoolReserve).map(yuan),
        // What is issued is posted with the other sign.
        supply_before: before(Account::PoolIssued).map(|issued| Points(-issued).to_string()),
    }
}

fn event(economy: &Economy, parts: &Parts, noted: &Noted<'_>, posted: &[Posted]) -> SplitEvent {
    let mut lines: BTreeMap<(String, Asset), i128> = BTreeMap::new();
    for Posted { posting, .. } in posted {
        *lines.entry((parts.account(economy, posting.account), posting.asset)).or_default() += posting.amount;
    }
    let line = |((account, asset), units): ((String, Asset), i128)| SplitPosting {
        account,
        asset: asset.name(),
        amount: amount(units, asset),
    };
    SplitEvent {
        seq: noted.seq,
        at: noted.at.to_string(),
        command: noted.command,
        id: noted.id.map(str::to_owned),
        postings: lines.into_iter().map(line).collect(),
    }
}
