//! Agreeing to an invitation, and taking it back. Must not be added here: whether one may.

use super::{Link, check_consent};
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::perform::{Done, perform};
use crate::problem::Problem;
use axum::extract::State;
use axum::response::Response;
use linli_platform::BindingAct;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Whose invitation, and what was agreed to; exactly one of member, store and recruiter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Agreeing {
    /// The member whose link it is.
    member: Option<String>,
    /// The store whose link or code it is; its owner invites.
    #[schema(example = "S1")]
    store: Option<String>,
    /// The recruiter whose link for opening a store it is.
    recruiter: Option<String>,
    /// The version of the text that was shown and agreed to.
    #[schema(example = 1)]
    consent: u32,
}

/// Agree to an invitation
///
/// Only who is bound to nobody can: with the first payment in a store, or by a link that was opened.
#[utoipa::path(
    post,
    path = "/v1/me/binding",
    tag = "Relations",
    request_body = Agreeing,
    responses((status = 200, description = "The member is bound; orders paid from now on know it", body = Done)),
)]
pub async fn bind(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(agreed): Input<Agreeing>,
) -> Result<Response, Problem> {
    let Agreeing { member, store, recruiter, consent } = agreed;
    check_consent(consent)?;
    let link = Link { member, store, recruiter };
    let invitation = app.look(|replica| link.invitation(replica, consent))??;
    let member = caller.member()?.to_string();
    perform(&app, &caller, &member, BindingAct::Bind { member: member.clone(), invitation }).await
}

/// End one's binding
#[utoipa::path(
    post,
    path = "/v1/me/binding/release",
    tag = "Relations",
    responses((status = 200, description = "The member is bound to nobody; orders paid before keep their chain", body = Done)),
)]
pub async fn release(State(app): State<Arc<App>>, caller: Caller) -> Result<Response, Problem> {
    let member = caller.member()?.to_string();
    perform(&app, &caller, &member, BindingAct::Release { member: member.clone() }).await
}
