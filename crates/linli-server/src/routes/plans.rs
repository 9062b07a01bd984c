//! `/v1/plans`: the plan in force, which everybody may read, and those on their way into force. Must not be added here:
//! what a plan may be; the economy says that.

pub mod acting;
mod check;
pub mod checking;
mod shown;

use super::subject::Subject;
use crate::app::App;
use crate::input::Asked;
use crate::page::{Page, Paged};
use crate::problem::{Code, Problem};
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use check::Change;
use linli_economy::plan::Plan;
use linli_engine::{EngineFault, Replica};
use linli_platform::Code as RefusedAct;
use linli_platform::plan_change::{PlanChange, State as Standing};
use serde::{Deserialize, Serialize};
use shown::{ListedPlan, PlanDraft};
use std::sync::Arc;
use utoipa::ToSchema;

/// The plan in force.
#[derive(Serialize, ToSchema)]
pub struct InForce {
    /// Its name.
    #[schema(example = "seed-one")]
    name: String,
    /// The plan of this number: the one that the economy opened with is 1.
    version: usize,
    /// Under which id it was drafted; none if it was not drafted here.
    id: Option<String>,
    /// Since when it holds; none of the one that the economy opened with.
    since: Option<String>,
    /// The plan file.
    text: String,
    /// The plan that was approved and waits for its day.
    next: Option<Next>,
}

/// The plan that waits for its day.
#[derive(Serialize, ToSchema)]
struct Next {
    /// Its id.
    id: String,
    /// From when on it will hold.
    active_from: Option<String>,
    /// The plan file.
    text: String,
    /// What it changes, key by key.
    changes: Vec<Change>,
}

fn unknown(id: &str) -> Problem {
    let detail = format!("there is no plan {id}");
    Problem::new(Code::RefusedAct(RefusedAct::UnknownPlanChange), detail)
}

/// The draft that the plan in force was, if it was one.
fn in_force(replica: &Replica) -> Option<&PlanChange> {
    let state = replica.economy().state();
    let last = replica.platform().plan_changes.activated().next_back()?;
    // A program with the right to send commands may have put another one in force since.
    (Plan::parse(&last.text).as_ref() == Ok(state.plan())).then_some(last)
}

/// The plan in force
///
/// What holds for everybody, and what will hold from which day on.
#[utoipa::path(
    get,
    path = "/v1/plan",
    tag = "Plans",
    responses((status = 200, description = "The plan file, and the next one if there is one", body = InForce)),
)]
pub async fn plan(_: UpToDate, State(app): State<Arc<App>>) -> Result<Json<InForce>, Problem> {
    let first = first_text(&app).await?;
    app.look(|replica| {
        let state = replica.economy().state();
        let (plan, change) = (state.plan(), in_force(replica));
        let next = replica.platform().plan_changes.waiting().map(|next| Next {
            id: next.id.clone(),
            active_from: next.active_from.map(|from| from.to_string()),
            text: next.text.clone(),
            changes: Plan::parse(&next.text).map(|next| check::changes(plan, &next)).unwrap_or_default(),
        });
        let text = match change {
            Some(change) => change.text.clone(),
            None if state.plans().len() == 1 => first,
            None => plan.to_text(),
        };
        Json(InForce {
            name: plan.name.clone(),
            version: state.plans().len(),
            id: change.map(|change| change.id.clone()),
            since: change.and_then(|change| change.ended.as_ref()).map(|mark| mark.at.to_string()),
            text,
            next,
        })
    })
}

/// The file of the plan that the economy opened with, which stands at the head of the journal.
async fn first_text(app: &Arc<App>) -> Result<String, Problem> {
    let text = app.first_plan.get_or_try_init(async || {
        let store = app.place.store.clone();
        let reading = tokio::task::spawn_blocking(move || {
            let journal = store.read().map_err(EngineFault::from)?;
            Ok::<_, EngineFault>(journal.header().plan.clone())
        });
        reading.await.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()))
    });
    let text = text.await.map_err(|fault| Problem::new(Code::NotReady, fault.to_string()))?;
    Ok(text.clone())
}

/// Plans, the latest draft first
#[utoipa::path(
    get,
    path = "/v1/plans",
    tag = "Plans",
    params(
        ("state" = Option<String>, Query, description = "`draft`, `submitted`, `approved`, `active`, `withdrawn` or `failed`"),
        ("after" = Option<String>, Query, description = "What `next` was"),
        ("limit" = Option<usize>, Query, description = "1 to 200"),
    ),
    responses((status = 200, description = "The plans without their texts", body = Paged<ListedPlan>)),
)]
pub async fn list(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Asked(filter): Asked<Filter>,
    page: Page,
) -> Result<Json<Paged<ListedPlan>>, Problem> {
    let wanted = filter.state.as_deref().map(state).transpose()?;
    app.look(|replica| {
        let current = in_force(replica).map(|change| &*change.id);
        let mut all = replica.platform().plan_changes.iter().rev().peekable();
        if let Some(after) = &page.after {
            while all.next_if(|change| change.id != *after).is_some() {}
            all.next();
        }
        let fit = all.filter(|change| wanted.is_none_or(|wanted| change.state == wanted));
        Json(page.of(fit.map(|change| shown::listed(change, current)), |listed| listed.id.clone()))
    })
}

/// Which plans.
#[derive(Deserialize)]
pub struct Filter {
    state: Option<String>,
}

fn state(name: &str) -> Result<Standing, Problem> {
    let named = Standing::ALL.into_iter().find(|state| state.name() == name);
    named.ok_or_else(|| {
        let names = Standing::ALL.map(Standing::name).join(", ");
        Problem::new(Code::BadParameter, format!("state is one of {names}"))
    })
}

/// A plan with its text
#[utoipa::path(
    get,
    path = "/v1/plans/{id}",
    tag = "Plans",
    params(("id" = String, Path, description = "The plan's id")),
    responses((status = 200, description = "The plan", body = PlanDraft)),
)]
pub async fn one(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Subject(id): Subject,
) -> Result<Json<PlanDraft>, Problem> {
    app.look(|replica| {
        let change = replica.platform().plan_changes.get(&id).ok_or_else(|| unknown(&id))?;
        Ok(Json(shown::shown(change, in_force(replica).map(|change| &*change.id))))
    })?
}
