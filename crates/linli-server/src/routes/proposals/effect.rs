//! What a proposal would do if it were approved now: it is carried out on a copy of the economy, and the figures before
//! and after are laid side by side. Nothing is computed here: the economy computes, on the copy.

use crate::app::App;
use crate::problem::Problem;
use crate::routes::text::{amount, price_floor};
use linli_economy::Economy;
use linli_economy::command::Line;
use linli_platform::proposal::What;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Balances that are shown at most.
const MOST: usize = 50;

/// What approving would do.
#[derive(Serialize, ToSchema)]
pub struct Effect {
    /// The economy's refusal, if it would refuse.
    refused: Option<WouldRefuse>,
    /// What changes.
    changes: Vec<ChangedFigure>,
    /// How many balances change; of more than 50 only the first are shown.
    balances: usize,
    /// Members whom a risen price would exit.
    exits: usize,
    /// The last command that this includes.
    seq: u64,
}

/// A refusal that would come.
#[derive(Serialize, ToSchema)]
struct WouldRefuse {
    /// The economy's code.
    code: &'static str,
    /// Why.
    why: String,
}

/// A figure before and after.
#[derive(Serialize, ToSchema)]
struct ChangedFigure {
    /// An account, or `price`, or what is changed of a member or store.
    #[schema(example = "pool:reserve")]
    what: String,
    /// `CNY`, `GP` or `DP`; none of what is no balance.
    asset: Option<&'static str>,
    /// As it is.
    before: Option<String>,
    /// As it would be.
    after: Option<String>,
}

/// What this proposal would do now.
pub async fn effect(app: &Arc<App>, id: String, what: What) -> Result<Effect, Problem> {
    // A copy takes room, so there is one at a time.
    let _turn = app.replays.acquire().await.expect("it is never closed");
    let app = app.clone();
    let trying = tokio::task::spawn_blocking(move || {
        let copied = app.look(|replica| (replica.economy().clone(), replica.tip().seq));
        copied.map(|(economy, seq)| try_out(&economy, seq, &id, &what))
    });
    trying.await.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()))
}

fn try_out(economy: &Economy, seq: u64, id: &str, what: &What) -> Effect {
    let mut tried = economy.clone();
    let command = what.command(id).expect("each kind carries a command");
    let answer = tried.receive(&Ok(Line::new(command, None)));
    let (postings, exits) = match answer.outcome() {
        Ok(outcome) => (outcome.merged(), outcome.exits.len()),
        Err(refusal) => {
            let refused = WouldRefuse { code: refusal.code.name(), why: refusal.message.clone() };
            return Effect { refused: Some(refused), changes: Vec::new(), balances: 0, exits: 0, seq };
        }
    };
    let mut changes: Vec<_> =
        kept_figures(economy, what).into_iter().zip(kept_figures(&tried, what)).map(pair).collect();
    changes.retain(|change| change.before != change.after);
    changes.extend(postings.iter().take(MOST).map(|posting| {
        let (what, asset) = (tried.account_name(posting.account), posting.asset);
        // An account that the command opens is none before.
        let balance = |economy: &Economy| {
            let account = economy.find_account(&what);
            Some(amount(account.map_or(0, |account| economy.state().balance(account, asset)), asset))
        };
        let (before, after) = (balance(economy), balance(&tried));
        ChangedFigure { what, asset: Some(asset.name()), before, after }
    }));
    Effect { refused: None, changes, balances: postings.len(), exits, seq }
}

type Figure = (String, Option<String>);

fn pair(((what, before), (_, after)): (Figure, Figure)) -> ChangedFigure {
    ChangedFigure { what, asset: None, before, after }
}

/// What a proposal is about besides balances.
fn kept_figures(economy: &Economy, what: &What) -> Vec<Figure> {
    let state = economy.state();
    let member = |id: &str| economy.member_id(id).map(|id| &state.members()[id.index()]);
    let mut figures = vec![("price".to_string(), Some(price_floor(state.pool().price())))];
    match what {
        What::StoreRate { store, .. } => {
            let own = economy.store_id(store).and_then(|id| state.stores()[id.index()].own_rate);
            figures.push((format!("store:{store}:rate"), Some(state.plan().store_rate(own).to_string())));
        }
        What::Suspend { member: id } | What::Reinstate { member: id } => {
            let is_suspended = member(id).map(|member| member.suspended.to_string());
            figures.push((format!("member:{id}:is_suspended"), is_suspended));
        }
        What::SetRank { member: id, .. } => {
            let rank =
                member(id).and_then(|member| member.rank).map(|rank| state.rank_name(rank).to_string());
            figures.push((format!("member:{id}:rank"), rank));
        }
        What::Inject { .. }
        | What::Distribute { .. }
        | What::WriteOff { .. }
        | What::Deposit { .. }
        | What::Fee { .. } => {}
    }
    figures
}
