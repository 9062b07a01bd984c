//! Where the money of an order went: every command about it, the plan it was paid under, and the pool just before it
//! minted, from the journal alone. Must not be added here: a rule, or how it is shown.

mod rules;

pub use rules::{Rule, Rules};

use crate::answered::Answered;
use crate::fault::EngineFault;
use crate::replica::Replica;
use crate::walk::walk;
use linli_economy::account::{Account, Posting};
use linli_economy::command::Command;
use linli_economy::handle::OrderId;
use linli_economy::order::Phase;
use linli_economy::outcome::Outcome;
use linli_economy::time::Instant;
use linli_economy::units::{Fen, Points};
use linli_journal::Store;

/// One command about the order.
pub struct Event {
    /// Its seq.
    pub seq: u64,
    /// Its time.
    pub at: Instant,
    /// Its name.
    pub command: &'static str,
    /// Its own id, or the order's.
    pub id: String,
    /// What it posted, merged.
    pub postings: Vec<Posting>,
    /// Whether the order was settled by it.
    pub settles: bool,
    /// Pool before it.
    pub pool: Fen,
    /// Supply before it.
    pub supply: Points,
    /// Minted by it.
    pub minted: Option<Points>,
}

/// An order's story.
pub struct OrderStory {
    /// The economy now.
    pub replica: Replica,
    /// The order.
    pub order: OrderId,
    /// The seq of the command that brought the plan it was paid under; none for the plan of the opening.
    pub plan_seq: Option<u64>,
    /// What happened to it, in order.
    pub events: Vec<Event>,
}

/// The story of an order, if there is one of this id; `progress` is told the seq reached and the end.
///
/// # Errors
/// The journal's and the replay's.
pub fn order_story(
    store: &dyn Store,
    id: &str,
    progress: impl FnMut(u64, u64),
) -> Result<Option<OrderStory>, EngineFault> {
    let (mut events, mut plans) = (Vec::new(), vec![None]);
    let replica = walk(store, progress, |entry, answer| {
        let (Some(command), Ok(outcome), false) = (entry.body.command(), answer.outcome(), answer.replayed())
        else {
            return;
        };
        if matches!(command, Command::ChangePlan { .. }) {
            plans.push(Some(answer.seq()));
        }
        if command.order().is_some_and(|order| **order == *id) {
            events.push(event(command, answer, outcome, id));
        }
    })?;
    let Some(order) = replica.economy().order_id(id) else { return Ok(None) };
    let plan = replica.economy().state().orders()[order.index()].terms.plan;
    let plan_seq = plans[plan.index()];
    Ok(Some(OrderStory { replica, order, plan_seq, events }))
}

fn event(command: &Command<'_>, answer: &Answered<'_>, outcome: &Outcome, order: &str) -> Event {
    let (economy, postings) = (answer.economy(), outcome.merged());
    let change = |account: Account| -> i128 {
        postings.iter().filter(|posting| posting.account == account).map(|posting| posting.amount).sum()
    };
    let (pool, issued) = (change(Account::PoolReserve), change(Account::PoolIssued));
    let order = economy.order_id(order).expect("a command about it was accepted");
    let is_settled = economy.state().orders()[order.index()].phase != Phase::Paid;
    Event {
        seq: answer.seq(),
        at: economy.state().clock(),
        command: command.name(),
        id: command.own_id().map_or(command.subject(), |(_, id)| id).to_string(),
        settles: is_settled && outcome.minted.is_some() || matches!(command.name(), "settle" | "settle_mall"),
        pool: outcome.pool - Fen(pool),
        // What is issued is posted with the other sign.
        supply: outcome.supply + Points(issued),
        minted: outcome.minted,
        postings,
    }
}
