//! Plans as they are shown: where each stands, and who did what when.

use linli_platform::plan_change::{Mark, PlanChange};
use serde::Serialize;
use utoipa::ToSchema;

/// A plan on its way into force, or of which something became.
#[derive(Serialize, ToSchema)]
pub struct ListedPlan {
    /// The plan.
    #[schema(example = "G0123456789abcdef0123")]
    pub id: String,
    /// What it is to change.
    note: String,
    /// How often its text was written.
    version: u32,
    /// `draft`, `submitted`, `approved`, `active`, `withdrawn` or `failed`.
    #[schema(example = "submitted")]
    state: &'static str,
    /// Whether it is in force now.
    is_in_force: bool,
    /// From when on it is to hold, or has held.
    active_from: Option<String>,
    /// Who began it.
    drafted: ShownMark,
    /// Who wrote the text as it is now.
    written: ShownMark,
    /// Who submitted it.
    submitted: Option<ShownMark>,
    /// Who approved it.
    approved: Option<ShownMark>,
    /// Who put it in force, refused or withdrew it.
    ended: Option<ShownMark>,
    /// Why it was refused or withdrawn, or has failed.
    why: Option<String>,
    /// Which one it took the place of; none for the one that the economy opened with.
    before: Option<String>,
}

/// A plan with its text.
#[derive(Serialize, ToSchema)]
pub struct PlanDraft {
    #[serde(flatten)]
    listed: ListedPlan,
    /// The plan file; empty once it was withdrawn or has failed.
    text: String,
}

/// Who did something, and when.
#[derive(Serialize, ToSchema)]
struct ShownMark {
    /// Who.
    by: String,
    /// When.
    at: String,
}

fn mark(mark: &Mark) -> ShownMark {
    ShownMark { by: mark.by.to_string(), at: mark.at.to_string() }
}

pub fn listed(change: &PlanChange, in_force: Option<&str>) -> ListedPlan {
    ListedPlan {
        id: change.id.clone(),
        note: change.note.clone(),
        version: change.version,
        state: change.state.name(),
        is_in_force: in_force == Some(&*change.id),
        active_from: change.active_from.map(|from| from.to_string()),
        drafted: mark(&change.drafted),
        written: mark(&change.written),
        submitted: change.submitted.as_ref().map(mark),
        approved: change.approved.as_ref().map(mark),
        ended: change.ended.as_ref().map(mark),
        why: change.why.clone(),
        before: change.before.clone(),
    }
}

pub fn shown(change: &PlanChange, in_force: Option<&str>) -> PlanDraft {
    PlanDraft { listed: listed(change, in_force), text: change.text.clone() }
}
