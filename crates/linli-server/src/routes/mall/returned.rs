//! Returns as members ask for them, and as they are shown to whom they concern. Must not be added here: who concerns
//! whom.

use super::party::Party;
use super::sealing::{self, ANSWER, RETURN, of_member};
use super::shown::ShownParcel;
use crate::app::App;
use crate::problem::Problem;
use linli_platform::mall::returning::{Reason, Return};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why something is returned.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReasonName {
    ChangedMind,
    Faulty,
    NotAsDescribed,
    WrongOrMissing,
    NeverCame,
}

/// Pieces of an item.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartForm {
    /// The item's place in the order.
    #[schema(example = 0)]
    pub item: usize,
    /// How many.
    #[schema(example = 1)]
    pub count: u32,
}

/// What a member wants to return.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnForm {
    /// What.
    pub items: Vec<PartForm>,
    /// Why.
    pub reason: ReasonName,
    /// More of it, in at most 1,000 characters.
    pub text: Option<String>,
    /// Ids of pictures, at most nine.
    #[serde(default)]
    pub pictures: Vec<String>,
}

/// A return in a list.
#[derive(Serialize, ToSchema)]
pub struct ReturnLine {
    /// The return.
    #[schema(example = "T0123456789abcdef0123")]
    id: String,
    /// The order.
    order: String,
    /// The supplier.
    supplier: String,
    /// `asked`, `escalated`, `agreed`, `sent_back`, `arrived`, `refunded`, `refused` or `withdrawn`.
    #[schema(example = "asked")]
    state: &'static str,
    /// When it was asked for.
    asked_at: String,
    /// Until when it is answered or sent back; when it counts as arrived.
    until: Option<String>,
    /// Until when a refusal can be appealed.
    appeal_until: Option<String>,
}

/// A return.
#[derive(Serialize, ToSchema)]
pub struct ShownReturn {
    #[serde(flatten)]
    line: ReturnLine,
    /// Who returns, for the desk.
    member: Option<String>,
    /// What.
    items: Vec<PartForm>,
    /// Why.
    reason: ReasonName,
    /// What the member says.
    text: Option<String>,
    /// Ids of pictures.
    pictures: Vec<String>,
    /// Where to send the goods, or why not.
    answer: Option<String>,
    /// How the goods go back.
    parcel: Option<ShownParcel>,
}

impl ReasonName {
    fn of(reason: Reason) -> Self {
        match reason {
            Reason::ChangedMind => Self::ChangedMind,
            Reason::Faulty => Self::Faulty,
            Reason::NotAsDescribed => Self::NotAsDescribed,
            Reason::WrongOrMissing => Self::WrongOrMissing,
            Reason::NeverCame => Self::NeverCame,
        }
    }

    pub fn read(self) -> Reason {
        match self {
            Self::ChangedMind => Reason::ChangedMind,
            Self::Faulty => Reason::Faulty,
            Self::NotAsDescribed => Reason::NotAsDescribed,
            Self::WrongOrMissing => Reason::WrongOrMissing,
            Self::NeverCame => Reason::NeverCame,
        }
    }
}

impl ReturnLine {
    pub fn of(back: &Return) -> Self {
        Self {
            id: back.id.clone(),
            order: back.order.clone(),
            supplier: back.supplier.clone(),
            state: back.state.name(),
            asked_at: back.asked_at.to_string(),
            until: back.until.map(|until| until.to_string()),
            appeal_until: back.appeal_until.map(|until| until.to_string()),
        }
    }
}

impl ShownReturn {
    /// A return with what of it is sealed.
    pub async fn of(app: &App, back: Return, party: Party) -> Result<Self, Problem> {
        let person = of_member(&back.member);
        Ok(Self {
            line: ReturnLine::of(&back),
            member: (party == Party::Desk).then(|| back.member.clone()),
            items: back.parts.iter().map(|part| PartForm { item: part.item, count: part.count }).collect(),
            reason: ReasonName::of(back.reason),
            text: sealing::open(app, person.clone(), &RETURN, back.sealed_text).await?,
            pictures: back.pictures,
            answer: sealing::open(app, person, &ANSWER, back.sealed_answer).await?,
            parcel: back.parcel.as_ref().map(ShownParcel::of),
        })
    }
}
