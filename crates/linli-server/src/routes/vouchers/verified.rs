//! `GET /v1/stores/{id}/verifications`: what a store has verified. Must not be added here: whose voucher it was.

use super::terms_of;
use crate::app::App;
use crate::caller::Caller;
use crate::page::{Page, Paged};
use crate::problem::Problem;
use crate::rights;
use crate::routes::subject::Subject;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_platform::StoreRight;
use linli_platform::deal::Verification;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Uses that were verified together.
#[derive(Serialize, ToSchema)]
pub struct ShownVerification {
    /// The verification's id.
    #[schema(example = "V0123456789abcdef0123")]
    verification: String,
    /// How many uses.
    uses: u32,
    /// When.
    at: String,
    /// Whether the store took it back.
    is_undone: bool,
}

impl ShownVerification {
    pub fn of(verification: &Verification) -> Self {
        Self {
            verification: verification.id.clone(),
            uses: verification.uses,
            at: verification.at.to_string(),
            is_undone: verification.is_undone,
        }
    }
}

/// A verification, and of which voucher.
#[derive(Serialize, ToSchema)]
pub struct StoreVerification {
    #[serde(flatten)]
    verification: ShownVerification,
    /// The voucher's order.
    #[schema(example = "D0123456789abcdef0123")]
    order: String,
    /// The deal.
    deal: String,
    /// What was bought, as it was called then.
    title: String,
}

/// What one's store has verified
#[utoipa::path(
    get,
    path = "/v1/stores/{id}/verifications",
    tag = "Vouchers",
    params(
        ("id" = String, Path, description = "The store's id"),
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses(
        (status = 200, description = "The verifications, the latest first", body = Paged<StoreVerification>),
)
)]
pub async fn list(
    _: UpToDate,
    page: Page,
    Subject(store): Subject,
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<Paged<StoreVerification>>, Problem> {
    let before = page.before()?;
    app.look(|replica| {
        rights::for_store(replica, &store, caller.member()?, StoreRight::VerifyVouchers)?;
        let verified = replica.platform().deals.verified_in_store(&store, before);
        let Paged { items, next } = page.of(verified, |(seq, ..)| seq.to_string());
        let shown = items.into_iter().map(|(_, purchase, verification)| {
            Ok(StoreVerification {
                verification: ShownVerification::of(verification),
                order: purchase.order.clone(),
                deal: purchase.deal.clone(),
                title: terms_of(replica, purchase)?.title.clone(),
            })
        });
        Ok(Json(Paged { items: shown.collect::<Result<_, Problem>>()?, next }))
    })?
}
