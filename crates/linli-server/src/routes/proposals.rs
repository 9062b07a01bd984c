//! `/v1/proposals`: what takes two people. One proposes, another approves, and with the approval it is carried out. Must
//! not be added here: who is another; the platform says that.

mod effect;
mod form;

use super::subject::Subject;
use crate::app::App;
use crate::caller::Caller;
use crate::input::{Asked, Input};
use crate::page::{Page, Paged};
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use effect::Effect;
use form::Form;
use linli_platform::proposal::{Proposal as Kept, State as Standing, What};
use linli_platform::{Code as RefusedAct, ProposalAct};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// A proposal.
#[derive(Serialize, ToSchema)]
pub struct Proposal {
    /// The proposal.
    #[schema(example = "P0123456789abcdef0123")]
    id: String,
    /// What is proposed; of a dividend in a list, and of one that has ended, the weights are left out.
    what: Form,
    /// Members of a dividend that is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    weights: Option<usize>,
    /// WhyRefused.
    reason: String,
    /// Who proposed it.
    by: String,
    /// When.
    at: String,
    /// Until when it can be approved.
    until: String,
    /// `open`, `carried_out`, `refused`, `taken_back` or `expired`.
    #[schema(example = "open")]
    state: &'static str,
    /// Who ended it.
    ended_by: Option<String>,
    /// When.
    ended_at: Option<String>,
    /// WhyRefused it was refused.
    why_refused: Option<String>,
}

/// A proposal with what it would do.
#[derive(Serialize, ToSchema)]
pub struct Looked {
    #[serde(flatten)]
    proposal: Proposal,
    /// The figures before and after, if it were approved now; none once it has ended.
    effect: Option<Effect>,
}

fn listed(kept: &Kept) -> Proposal {
    let (what, weights) = match &kept.what {
        What::Distribute { weights } if kept.state == Standing::Open => {
            (What::Distribute { weights: Vec::new() }, Some(weights.len()))
        }
        what => (what.clone(), None),
    };
    Proposal { weights, ..whole(kept, &what) }
}

fn whole(kept: &Kept, what: &What) -> Proposal {
    Proposal {
        id: kept.id.clone(),
        what: form::shown(what),
        weights: None,
        reason: kept.reason.clone(),
        by: kept.by.to_string(),
        at: kept.at.to_string(),
        until: kept.until.to_string(),
        state: kept.state.name(),
        ended_by: kept.ended.as_ref().map(|(by, _)| by.to_string()),
        ended_at: kept.ended.as_ref().map(|(_, at)| at.to_string()),
        why_refused: kept.why_refused.clone(),
    }
}

/// Which proposals.
#[derive(Deserialize)]
pub struct Filter {
    state: Option<String>,
}

/// Proposals, the latest first
#[utoipa::path(
    get,
    path = "/v1/proposals",
    tag = "Two people",
    params(
        ("state" = Option<String>, Query, description = "`open`, `carried_out`, `refused`, `taken_back` or `expired`"),
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "The proposals", body = Paged<Proposal>)),
)]
pub async fn list(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Asked(filter): Asked<Filter>,
    page: Page,
) -> Result<Json<Paged<Proposal>>, Problem> {
    let wanted = filter.state.as_deref().map(state).transpose()?;
    app.look(|replica| {
        let all = replica.platform().proposals.latest_before(page.after.as_deref());
        let fit = all.filter(|kept| wanted.is_none_or(|wanted| kept.state == wanted));
        Json(page.of(fit.map(listed), |proposal| proposal.id.clone()))
    })
}

fn state(name: &str) -> Result<Standing, Problem> {
    let named = Standing::ALL.into_iter().find(|state| state.name() == name);
    named.ok_or_else(|| {
        let names = Standing::ALL.map(Standing::name).join(", ");
        Problem::new(Code::BadParameter, format!("state is one of {names}"))
    })
}

/// A proposal with what it would do
///
/// What it would do is found by carrying it out on a copy of the economy as it is now.
#[utoipa::path(
    get,
    path = "/v1/proposals/{id}",
    tag = "Two people",
    params(("id" = String, Path, description = "The proposal's id")),
    responses((status = 200, description = "The figures before and after", body = Looked)),
)]
pub async fn one(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Subject(id): Subject,
) -> Result<Json<Looked>, Problem> {
    let kept = app.look(|replica| replica.platform().proposals.get(&id).cloned())?;
    let kept = kept.ok_or_else(|| {
        let detail = format!("there is no proposal {id}");
        Problem::new(Code::RefusedAct(RefusedAct::UnknownProposal), detail)
    })?;
    let effect = match kept.state {
        Standing::Open => Some(effect::effect(&app, id, kept.what.clone()).await?),
        _ => None,
    };
    Ok(Json(Looked { proposal: whole(&kept, &kept.what), effect }))
}

/// Something to propose.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProposal {
    /// What.
    what: Form,
    /// WhyRefused, in 1 to 200 characters.
    #[schema(example = "second round of capital")]
    reason: String,
}

/// Propose what takes two people
#[utoipa::path(
    post,
    path = "/v1/proposals",
    tag = "Two people",
    request_body = NewProposal,
    responses((status = 200, description = "It waits seven days for a second person", body = Done)),
)]
pub async fn propose(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(new): Input<NewProposal>,
) -> Result<Response, Problem> {
    let (id, what) = (caller.new_id('P'), form::read(new.what)?);
    perform(&app, &caller, &id, ProposalAct::Propose { id: id.clone(), what, reason: new.reason }).await
}

/// Approve what somebody else has proposed
#[utoipa::path(
    post,
    path = "/v1/proposals/{id}/approve",
    tag = "Two people",
    params(("id" = String, Path, description = "The proposal's id")),
    responses((status = 200, description = "It is carried out; what the economy refuses stays open", body = Done)),
)]
pub async fn approve(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, ProposalAct::Approve { id: id.clone() }).await
}

/// WhyRefused.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhyRefused {
    /// 1 to 200 characters.
    reason: String,
}

/// Refuse what somebody else has proposed
#[utoipa::path(
    post,
    path = "/v1/proposals/{id}/refuse",
    tag = "Two people",
    params(("id" = String, Path, description = "The proposal's id")),
    request_body = WhyRefused,
    responses((status = 200, description = "It is refused", body = Done)),
)]
pub async fn refuse(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(why): Input<WhyRefused>,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, ProposalAct::Refuse { id: id.clone(), reason: why.reason }).await
}

/// Take back what one has proposed
#[utoipa::path(
    post,
    path = "/v1/proposals/{id}/take-back",
    tag = "Two people",
    params(("id" = String, Path, description = "The proposal's id")),
    responses((status = 200, description = "It is taken back", body = Done)),
)]
pub async fn take_back(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, ProposalAct::TakeBack { id: id.clone() }).await
}
