//! What owners of money do: members for their wallet, owners of stores for the store, a supplier's logins for the
//! supplier, finance for the platform. The same four routes for each, with who it is as the only difference.

use super::account::{self, BankAccount};
use super::shown::{self, Account, For, ShownLimits, UsedToday, Withdrawal};
use crate::app::App;
use crate::caller::{Caller, Who};
use crate::input::Input;
use crate::money::fen;
use crate::page::{Page, Paged};
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::rights;
use crate::routes::subject::Subject;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_engine::Replica;
use linli_platform::withdrawal::Owner;
use linli_platform::{Code as RefusedAct, WithdrawalAct};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// How much.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalWish {
    /// Yuan.
    #[schema(example = "100.00")]
    amount: String,
}

/// Where an owner's money goes to, and what can be asked for.
#[derive(Serialize, ToSchema)]
pub struct PayoutAccount {
    #[serde(flatten)]
    account: Account,
    /// What may be withdrawn; for the platform's own money nothing is limited, and it always takes two people.
    limits: ShownLimits,
    /// What was of it today.
    used: UsedToday,
}

fn member(_: &Replica, caller: &Caller, _: &str) -> Result<Owner, Problem> {
    Ok(Owner::Member(caller.member()?.into()))
}

fn store(replica: &Replica, caller: &Caller, id: &str) -> Result<Owner, Problem> {
    rights::owns(replica, id, caller.member()?)?;
    Ok(Owner::Store(id.into()))
}

/// Whoever does not log in for this supplier is told that there is none.
fn supplier(replica: &Replica, caller: &Caller, id: &str) -> Result<Owner, Problem> {
    let Who::Staff { id: login, is_ready, .. } = &caller.who else { return Err(Problem::internal()) };
    if !is_ready {
        let detail = "change the first password and set up time-based codes first";
        return Err(Problem::new(Code::AccountNotReady, detail));
    }
    if replica.platform().mall.suppliers().of_login(login) == Some(id) {
        return Ok(Owner::Supplier(id.into()));
    }
    let detail = format!("there is no supplier {id}");
    Err(Problem::new(Code::RefusedAct(RefusedAct::UnknownMallSupplier), detail))
}

fn platform(_: &Replica, _: &Caller, id: &str) -> Result<Owner, Problem> {
    match id {
        "profit" => Ok(Owner::Profit),
        "fees" => Ok(Owner::Fees),
        _ => Err(Problem::new(Code::UnknownRoute, "the platform has profit and fees")),
    }
}

/// Whose money it is, if the caller acts for it.
type Find = fn(&Replica, &Caller, &str) -> Result<Owner, Problem>;

fn look(app: &App, caller: &Caller, id: &str, find: Find) -> Result<Json<PayoutAccount>, Problem> {
    let now = app.now();
    app.look(|replica| {
        let owner = find(replica, caller, id)?;
        let all = &replica.platform().withdrawals;
        Ok(Json(PayoutAccount {
            account: shown::account(all.account(&owner), now),
            limits: shown::limits(all.limits()),
            used: shown::used(all.used(&owner, now)),
        }))
    })?
}

async fn set(
    app: &Arc<App>,
    caller: &Caller,
    id: &str,
    find: Find,
    body: serde_json::Value,
) -> Result<Response, Problem> {
    let owner = app.look(|replica| find(replica, caller, id))??;
    let subject = owner.id().to_string();
    let act = account::set(app, owner, account::read(body)?).await?;
    perform(app, caller, &subject, act).await
}

fn list(
    app: &App,
    caller: &Caller,
    id: &str,
    find: Find,
    page: &Page,
) -> Result<Json<Paged<Withdrawal>>, Problem> {
    let now = app.now();
    app.look(|replica| {
        let owner = find(replica, caller, id)?;
        let mut all = replica.platform().withdrawals.of(&owner).rev().peekable();
        if let Some(after) = &page.after {
            while all.next_if(|one| one.id != *after).is_some() {}
            all.next();
        }
        let shown = all.map(|one| shown::withdrawal(replica, one, For::Owner, now));
        Ok(Json(page.of(shown, |one| one.id.clone())))
    })?
}

async fn submit(
    app: &Arc<App>,
    caller: &Caller,
    id: &str,
    find: Find,
    wish: &WithdrawalWish,
) -> Result<Response, Problem> {
    let from = app.look(|replica| find(replica, caller, id))??;
    let (id, fen) = (caller.new_id('W'), fen(&wish.amount)?);
    perform(app, caller, &id, WithdrawalAct::Submit { id: id.clone(), from, fen }).await
}

/// The four routes of one kind of owner.
macro_rules! routes_of {
    ($module:ident, $find:ident, $account:literal, $withdrawals:literal,
     $subject:ident: $extract:ty = $id:expr, [$($params:tt)*]) => {
        pub mod $module {
            use super::*;

            /// Where the money is paid out to, and what can be asked for
            #[utoipa::path(
                get,
                path = $account,
                tag = "Withdrawals",
                params($($params)*),
                responses((status = 200, description = "Account and limits", body = PayoutAccount)),
            )]
            pub async fn account(
                _: UpToDate,
                State(app): State<Arc<App>>,
                caller: Caller,
                $subject: $extract,
            ) -> Result<Json<PayoutAccount>, Problem> {
                super::look(&app, &caller, $id, $find)
            }

            /// Set where the money is paid out to
            ///
            /// After a change nothing can be asked for during a day of 24 hours.
            #[utoipa::path(
                post,
                path = $account,
                tag = "Withdrawals",
                params($($params)*),
                request_body = BankAccount,
                responses((status = 200, description = "It is set", body = Done)),
            )]
            pub async fn set_account(
                State(app): State<Arc<App>>,
                caller: Caller,
                $subject: $extract,
                Input(body): Input<serde_json::Value>,
            ) -> Result<Response, Problem> {
                super::set(&app, &caller, $id, $find, body).await
            }

            /// Withdrawals, the latest first
            #[utoipa::path(
                get,
                path = $withdrawals,
                tag = "Withdrawals",
                params(
                    $($params)*
                    ("after" = Option<String>, Query, description = "What `next` was"),
                    ("limit" = Option<usize>, Query, description = "1 to 200"),
                ),
                responses((status = 200, description = "Each with its timeline", body = Paged<Withdrawal>)),
            )]
            pub async fn list(
                _: UpToDate,
                State(app): State<Arc<App>>,
                caller: Caller,
                $subject: $extract,
                page: Page,
            ) -> Result<Json<Paged<Withdrawal>>, Problem> {
                super::list(&app, &caller, $id, $find, &page)
            }

            /// Ask for money
            ///
            /// It leaves the balance at once and is on its way from here on.
            #[utoipa::path(
                post,
                path = $withdrawals,
                tag = "Withdrawals",
                params($($params)*),
                request_body = WithdrawalWish,
                responses((status = 200, description = "It is submitted", body = Done)),
            )]
            pub async fn submit(
                State(app): State<Arc<App>>,
                caller: Caller,
                $subject: $extract,
                Input(wish): Input<WithdrawalWish>,
            ) -> Result<Response, Problem> {
                super::submit(&app, &caller, $id, $find, &wish).await
            }
        }
    };
}

routes_of!(of_member, member, "/v1/me/payout-account", "/v1/me/withdrawals", _none: () = "", []);
routes_of!(
    of_store, store, "/v1/stores/{id}/payout-account", "/v1/stores/{id}/withdrawals",
    subject: Subject = &subject.0, [("id" = String, Path, description = "The store's id"),]
);
routes_of!(
    of_supplier, supplier, "/v1/suppliers/{id}/payout-account", "/v1/suppliers/{id}/withdrawals",
    subject: Subject = &subject.0, [("id" = String, Path, description = "The supplier's id"),]
);
routes_of!(
    of_platform, platform, "/v1/platform/{id}/payout-account", "/v1/platform/{id}/withdrawals",
    subject: Subject = &subject.0, [("id" = String, Path, description = "`profit` or `fees`"),]
);
