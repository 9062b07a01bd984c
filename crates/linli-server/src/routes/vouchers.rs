//! `/v1/me/vouchers`: what a member has bought, with the codes that only they are shown. Must not be added here: what a
//! store sees of a voucher.

mod code;
pub mod verified;
pub mod verifying;

pub use code::VoucherCode;

use super::deals::{TermsForm, ValidForm};
use super::subject::Subject;
use super::text::yuan;
use crate::app::App;
use crate::caller::Caller;
use crate::page::{Page, Paged};
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_economy::time::Instant;
use linli_engine::Replica;
use linli_platform::deal::{DealTerms, Purchase, VoucherStatus};
use linli_platform::{Code as RefusedAct, DealAct};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;
use verified::ShownVerification;

/// A voucher in a list.
#[derive(Serialize, ToSchema)]
pub struct VoucherLine {
    /// Its order's id.
    #[schema(example = "D0123456789abcdef0123")]
    order: String,
    /// The deal.
    deal: String,
    /// The store where it is used.
    store: String,
    /// What was bought, as it was called then.
    title: String,
    /// `reserved`, `valid`, `expiring`, `used`, `given_back`, `expired` or `void`.
    #[schema(example = "valid")]
    state: &'static str,
    /// Pieces.
    count: u32,
    /// Uses of all pieces together.
    uses: u32,
    /// Uses that are not verified.
    uses_left: u32,
    /// Yuan for all pieces.
    #[schema(example = "128.00")]
    amount: String,
    /// Until when its pieces are kept, while it is not paid.
    reserved_until: Option<String>,
    /// Before when it can be used, once it is paid.
    expires_at: Option<String>,
}

/// A voucher.
#[derive(Serialize, ToSchema)]
pub struct Voucher {
    #[serde(flatten)]
    line: VoucherLine,
    /// The code that the store verifies it by, while it is valid.
    #[schema(example = "012345678901")]
    code: Option<String>,
    /// What was bought, as it was then.
    terms: TermsForm,
    /// How long it can be used.
    valid: ValidForm,
    /// What the store has verified, in the order of time.
    verifications: Vec<ShownVerification>,
    /// Yuan that have gone back.
    given_back: String,
}

/// The terms that hold for a purchase.
fn terms_of<'r>(replica: &'r Replica, purchase: &Purchase) -> Result<&'r DealTerms, Problem> {
    let deal = replica.platform().deals.get(&purchase.deal);
    // Terms that somebody has bought under are kept.
    deal.and_then(|deal| deal.terms_of(purchase.version)).ok_or_else(Problem::internal)
}

/// When a purchase expires, once it is paid.
fn expires_at(replica: &Replica, purchase: &Purchase) -> Option<Instant> {
    let paid = purchase.standing(replica.economy()).order()?;
    Some(purchase.valid.expires_at(paid.since))
}

impl VoucherLine {
    fn of(replica: &Replica, purchase: &Purchase, now: Instant) -> Result<Self, Problem> {
        let status = purchase.status(replica.economy(), now);
        let reserved_until = (status == VoucherStatus::Reserved).then_some(purchase.reserved_until);
        Ok(Self {
            order: purchase.order.clone(),
            deal: purchase.deal.clone(),
            store: purchase.store.clone(),
            title: terms_of(replica, purchase)?.title.clone(),
            state: status.name(),
            count: purchase.count,
            uses: purchase.uses,
            uses_left: purchase.left(),
            amount: yuan(purchase.amount_fen),
            reserved_until: reserved_until.map(|until| until.to_string()),
            expires_at: expires_at(replica, purchase).map(|at| at.to_string()),
        })
    }
}

/// One's vouchers
#[utoipa::path(
    get,
    path = "/v1/me/vouchers",
    tag = "Vouchers",
    params(
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses(
        (status = 200, description = "What one has bought, the latest first", body = Paged<VoucherLine>),
)
)]
pub async fn list(
    _: UpToDate,
    page: Page,
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<Paged<VoucherLine>>, Problem> {
    let (now, member, before) = (app.now(), caller.member()?, page.before()?);
    app.look(|replica| {
        let bought = replica.platform().deals.bought_by_member(member, before);
        let Paged { items, next } = page.of(bought, |(number, _)| number.to_string());
        let lines = items.into_iter().map(|(_, purchase)| VoucherLine::of(replica, purchase, now));
        Ok(Json(Paged { items: lines.collect::<Result<_, _>>()?, next }))
    })?
}

/// The member's own purchase of this order; that of anybody else is none.
fn own<'r>(replica: &'r Replica, order: &str, member: &str) -> Result<&'r Purchase, Problem> {
    let purchase = replica.platform().deals.purchase(order).filter(|purchase| purchase.member == member);
    let unknown = Code::RefusedAct(RefusedAct::UnknownPurchase);
    purchase.ok_or_else(|| Problem::new(unknown, format!("you have no voucher of an order {order}")))
}

/// One of one's vouchers, with its code
#[utoipa::path(
    get,
    path = "/v1/me/vouchers/{id}",
    tag = "Vouchers",
    params(
        ("id" = String, Path, description = "The order's id"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses(
        (status = 200, description = "The voucher", body = Voucher),
)
)]
pub async fn voucher(
    _: UpToDate,
    Subject(order): Subject,
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<Voucher>, Problem> {
    let (now, member) = (app.now(), caller.member()?);
    let (mut voucher, sealed) = app.look(|replica| {
        let purchase = own(replica, &order, member)?;
        let is_valid = purchase.status(replica.economy(), now) == VoucherStatus::Valid;
        let sealed = is_valid.then(|| purchase.sealed_code.clone());
        let paid = purchase.standing(replica.economy()).order();
        let voucher = Voucher {
            line: VoucherLine::of(replica, purchase, now)?,
            code: None,
            terms: TermsForm::of(terms_of(replica, purchase)?),
            valid: ValidForm::of(purchase.valid),
            verifications: purchase.verifications.iter().map(ShownVerification::of).collect(),
            given_back: yuan(paid.map_or(0, |order| order.cancelled)),
        };
        Ok::<_, Problem>((voucher, sealed))
    })??;
    if let Some(sealed) = sealed {
        voucher.code = VoucherCode::open(&app, member, sealed).await?;
    }
    Ok(Json(voucher))
}

/// Give back what is unused of a voucher
///
/// The money of all uses that are not verified goes back to the way it was paid, and the voucher ends.
#[utoipa::path(
    post,
    path = "/v1/me/vouchers/{id}/give-back",
    tag = "Vouchers",
    params(
        ("id" = String, Path, description = "The order's id"),
    ),
    responses(
        (status = 200, description = "The money has gone back; the id names that", body = Done),
)
)]
pub async fn give_back(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(order): Subject,
) -> Result<Response, Problem> {
    app.look(|replica| own(replica, &order, caller.member()?).map(drop))??;
    let cancel = caller.new_id('C');
    perform(&app, &caller, &cancel, DealAct::GiveBack { cancel: cancel.clone(), order, store: None }).await
}
