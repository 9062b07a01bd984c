//! The form of a result line, as the document of the interface tells it: docs/commands.md has what the fields mean. Must
//! not be added here: writing one, which the economy does.

use serde::Serialize;
use utoipa::ToSchema;

/// What a command or an act did.
#[derive(Serialize, ToSchema)]
pub struct ResultLine {
    /// The number of the entry in the journal.
    pub seq: u64,
    /// True.
    pub ok: bool,
    /// True, where the same was applied before under the same id.
    #[schema(required = false, nullable = false)]
    pub replayed: Option<bool>,
    /// What moved, merged by account and asset.
    pub postings: Vec<ShownPosting>,
    /// Points minted for the member.
    #[schema(required = false, nullable = false, example = "112.000000")]
    pub minted: Option<String>,
    /// Yuan that were paid out.
    #[schema(required = false, nullable = false, example = "12.34")]
    pub payout: Option<String>,
    /// Who has reached the cap by it.
    pub exits: Vec<ShownExit>,
    /// Yuan in the pool after it.
    #[schema(example = "15.00")]
    pub pool: String,
    /// Points that there are after it.
    #[schema(example = "112.000000")]
    pub supply: String,
    /// Yuan of a point after it.
    #[schema(example = "1.000000")]
    pub price: String,
}

/// One line of what moved.
#[derive(Serialize, ToSchema)]
pub struct ShownPosting {
    /// Whose, and which of theirs.
    #[schema(example = "member:M1:wallet")]
    pub account: String,
    /// What.
    #[schema(example = "CNY")]
    pub asset: String,
    /// How much; out of the account where it is negative.
    #[schema(example = "12.34")]
    pub amount: String,
}

/// Somebody whose points were redeemed because they have reached the cap.
#[derive(Serialize, ToSchema)]
pub struct ShownExit {
    /// Who.
    pub member: String,
    /// Their points.
    #[schema(example = "112.000000")]
    pub points: String,
    /// Yuan that they got.
    #[schema(example = "12.34")]
    pub payout: String,
}
