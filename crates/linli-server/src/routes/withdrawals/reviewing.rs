//! What a desk does about withdrawals: it reviews them, says what the bank did, and sets the limits.

use super::account::without_numbers;
use super::shown::{self, ShownLimits};
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::money::fen;
use crate::perform::{Done, perform};
use crate::problem::Problem;
use crate::routes::subject::Subject;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_platform::WithdrawalAct;
use linli_platform::withdrawal::Limits;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// WhyNotPaid.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhyNotPaid {
    /// 1 to 200 characters, which the owner reads; of what looks like an account's number only the end is kept.
    #[schema(example = "户名不符")]
    reason: String,
}

/// An act on a withdrawal that says nothing more.
macro_rules! plain_act {
    ($name:ident, $path:literal, $act:ident, $title:literal, $done:literal) => {
        #[doc = $title]
        #[utoipa::path(
                                    post,
                                    path = $path,
                                    tag = "Withdrawals",
                                    params(("id" = String, Path, description = "The withdrawal's id")),
                                    responses((status = 200, description = $done, body = Done)),
                                )]
        pub async fn $name(
            State(app): State<Arc<App>>,
            caller: Caller,
            Subject(id): Subject,
        ) -> Result<Response, Problem> {
            perform(&app, &caller, &id, WithdrawalAct::$act { id: id.clone() }).await
        }
    };
}

/// An act on a withdrawal that says why, and gives the money back.
macro_rules! act_with_reason {
    ($name:ident, $path:literal, $act:ident, $title:literal) => {
        #[doc = $title]
        #[utoipa::path(
                    post,
                    path = $path,
                    tag = "Withdrawals",
                    params(("id" = String, Path, description = "The withdrawal's id")),
                    request_body = WhyNotPaid,
                    responses((status = 200, description = "The money is on the balance again", body = Done)),
                )]
        pub async fn $name(
            State(app): State<Arc<App>>,
            caller: Caller,
            Subject(id): Subject,
            Input(why): Input<WhyNotPaid>,
        ) -> Result<Response, Problem> {
            let reason = without_numbers(&why.reason);
            perform(&app, &caller, &id, WithdrawalAct::$act { id: id.clone(), reason }).await
        }
    };
}

plain_act!(
    take_up,
    "/v1/withdrawals/{id}/take-up",
    TakeUp,
    "Begin to review a withdrawal",
    "It is in review, and can no longer be taken back"
);
plain_act!(
    approve,
    "/v1/withdrawals/{id}/approve",
    Approve,
    "Approve a withdrawal",
    "It is approved, or waits for a second person"
);
plain_act!(paid, "/v1/withdrawals/{id}/paid", Paid, "Say that the money has arrived", "It has arrived");
act_with_reason!(reject, "/v1/withdrawals/{id}/reject", Reject, "Refuse to pay out");
act_with_reason!(failed, "/v1/withdrawals/{id}/failed", Failed, "Say that the bank did not pay");

/// The limits
#[utoipa::path(
    get,
    path = "/v1/withdrawal-limits",
    tag = "Withdrawals",
    responses((status = 200, description = "What may be withdrawn at once and in a day", body = ShownLimits)),
)]
pub async fn limits(_: UpToDate, State(app): State<Arc<App>>) -> Result<Json<ShownLimits>, Problem> {
    app.look(|replica| Json(shown::limits(replica.platform().withdrawals.limits())))
}

/// Other limits, all of them in yuan.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLimits {
    /// The least at once.
    #[schema(example = "10.00")]
    least: String,
    /// The most at once.
    #[schema(example = "50000.00")]
    most: String,
    /// The most of one owner in a day of Asia/Shanghai.
    #[schema(example = "100000.00")]
    most_a_day: String,
    /// How many a day.
    #[schema(example = 5)]
    count_a_day: u32,
    /// Above it a second person must approve.
    #[schema(example = "10000.00")]
    second_person_above: String,
}

/// Change the limits
///
/// Whoever reviews withdrawals does not set them: so nobody lifts the limit that would ask for a second person.
#[utoipa::path(
    post,
    path = "/v1/withdrawal-limits",
    tag = "Withdrawals",
    request_body = NewLimits,
    responses((status = 200, description = "They hold for what is submitted from now on", body = Done)),
)]
pub async fn set_limits(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(new): Input<NewLimits>,
) -> Result<Response, Problem> {
    let limits = Limits {
        least_fen: fen(&new.least)?,
        most_fen: fen(&new.most)?,
        most_a_day_fen: fen(&new.most_a_day)?,
        most_a_day_count: new.count_a_day,
        second_person_above_fen: fen(&new.second_person_above)?,
    };
    perform(&app, &caller, "limits", WithdrawalAct::SetLimits { limits }).await
}
