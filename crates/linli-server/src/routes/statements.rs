//! `/v1/accounts/{id}/statement`: every line of an account with the balance after it, page by page from the newest, or as
//! CSV from the oldest. Opening and lines sum to the closing, and the newest closing is the balance. Must not be added
//! here: a line that the ledger does not have.

mod csv;

pub use csv::__path_table;
pub use csv::table;

use super::period::{Period, day_text};
use super::text::amount;
use crate::app::App;
use crate::caller::{Caller, Who};
use crate::page::Page;
use crate::problem::{Code, Problem};
use crate::rights;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use linli_economy::Economy;
use linli_economy::account::{Account, Asset};
use linli_engine::Replica;
use linli_engine::books::Written;
use linli_platform::StoreRight;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Characters of the longest name of an account.
const NAME: usize = 64 + "member::deduction".len();

/// An account's name in a path.
pub struct Named(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let name: Result<Path<String>, PathRejection> = Path::from_request_parts(parts, state).await;
        match name {
            Ok(Path(name)) if name.chars().count() <= NAME && !name.chars().any(char::is_control) => {
                Ok(Self(name))
            }
            _ => Err(Problem::new(Code::BadParameter, "an account has a name such as member:M1:wallet")),
        }
    }
}

/// A part of an account's statement.
#[derive(Serialize, ToSchema)]
pub struct Statement {
    /// The account's name.
    #[schema(example = "member:M1:wallet")]
    account: String,
    /// What it holds: `CNY`, `GP` (growth points) or `DP` (deduction points).
    #[schema(example = "CNY")]
    asset: &'static str,
    /// What it holds now.
    #[schema(example = "12.34")]
    balance: String,
    /// The first day, if one was asked for.
    from: Option<String>,
    /// The last day, if one was asked for.
    to: Option<String>,
    /// The balance before the first line of these days.
    #[schema(example = "0.00")]
    opening: String,
    /// The balance after the last line of these days.
    #[schema(example = "12.34")]
    closing: String,
    /// How many lines these days have.
    #[schema(example = 1)]
    lines: u64,
    /// The lines of this page, the newest first.
    items: Vec<StatementLine>,
    /// What `after` is for the next page; none if this is the last.
    next: Option<String>,
    /// The last command that this includes.
    seq: u64,
}

/// One line of a statement.
#[derive(Serialize, ToSchema)]
pub struct StatementLine {
    /// The number of the entry in the journal.
    seq: u64,
    /// When.
    at: String,
    /// The command that posted it.
    #[schema(example = "settle")]
    what: &'static str,
    /// The act that carried the command out, if one did.
    act: Option<&'static str>,
    /// The order that it is about.
    #[schema(example = "O1")]
    order: Option<String>,
    /// The id of the refund, the redemption, the withdrawal and so on.
    id: Option<String>,
    /// How much came in, or went out below zero.
    #[schema(example = "12.34")]
    amount: String,
    /// The balance after it.
    #[schema(example = "12.34")]
    balance: String,
}

/// An account that the caller may look at; whoever may not is told that there is none.
fn find(replica: &Replica, caller: &Caller, name: &str) -> Result<(Account, Asset), Problem> {
    let found = replica.economy().find_account(name).filter(|account| may_see(replica, caller, *account));
    let unknown = || Problem::new(Code::AccountMissing, format!("there is no account {name}"));
    found.map(|account| (account, asset_of(account))).ok_or_else(unknown)
}

/// Members see what is theirs and their stores'; who has come this far with anything else sees all.
fn may_see(replica: &Replica, caller: &Caller, account: Account) -> bool {
    let Who::Member { id, .. } = &caller.who else { return true };
    let economy = replica.economy();
    match account {
        Account::Wallet(member)
        | Account::Spend(member)
        | Account::Points(member)
        | Account::Deduction(member) => economy.member_name(member) == id,
        Account::Store(store) => {
            rights::for_store(replica, economy.store_name(store), id, StoreRight::SeeReceivables).is_ok()
        }
        _ => false,
    }
}

/// What an account holds. An order of the mall holds deduction points too, which its split shows.
fn asset_of(account: Account) -> Asset {
    match account {
        Account::Points(_) | Account::PoolIssued | Account::PlatformGenesis => Asset::Gp,
        Account::Deduction(_) | Account::MallIssued => Asset::Dp,
        _ => Asset::Cny,
    }
}

fn line(economy: &Economy, asset: Asset, written: &Written<'_>) -> StatementLine {
    let entry = &written.entry;
    StatementLine {
        seq: entry.seq,
        at: entry.at.to_string(),
        what: entry.command,
        act: entry.act,
        order: entry.order.map(|order| economy.order_name(order).to_owned()),
        id: entry.id.map(str::to_owned),
        amount: amount(written.amount, asset),
        balance: amount(written.balance, asset),
    }
}

/// The statement of an account
///
/// Accounts of a member are `member:{id}:wallet`, `:spend`, `:points` and `:deduction`; a store's is `store:{id}`, a
/// supplier's `supplier:{id}`. Those of the platform and the pool are for the desk.
#[utoipa::path(
    get,
    path = "/v1/accounts/{id}/statement",
    tag = "Statements",
    params(
        ("id" = String, Path, description = "The account's name"),
        ("from" = Option<String>, Query, description = "The first day, such as 2026-01-01, in Asia/Shanghai"),
        ("to" = Option<String>, Query, description = "The last day"),
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "Its lines, the newest first", body = Statement)),
)]
pub async fn statement(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Named(name): Named,
    period: Period,
    page: Page,
) -> Result<Json<Statement>, Problem> {
    let before = page.before()?;
    app.look_ledger(|replica, ledger| {
        let economy = replica.economy();
        let (account, asset) = find(replica, &caller, &name)?;
        let (from, until) = period.instants();
        let all = ledger.statement(account, asset, from, until);
        let paged = page.of(all.before(before).newest_first(), |written| written.line.to_string());
        Ok(Json(Statement {
            account: name.clone(),
            asset: asset.name(),
            balance: amount(economy.state().balance(account, asset), asset),
            from: period.from.map(day_text),
            to: period.to.map(day_text),
            opening: amount(all.opening(), asset),
            closing: amount(all.closing(), asset),
            lines: u64::try_from(all.len()).expect("64 bits"),
            items: paged.items.iter().map(|written| line(economy, asset, written)).collect(),
            next: paged.next,
            seq: replica.tip().seq,
        }))
    })
    .await?
}
