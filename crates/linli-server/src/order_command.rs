//! The form of the command that `POST /v1/orders` takes, as the document of the interface tells it: docs/commands.md has
//! what the fields mean. Must not be added here: reading one, which the economy does.

use serde::Serialize;
use utoipa::ToSchema;

/// A command `pay` or `settle`.
#[derive(Serialize, ToSchema)]
pub struct OrderCommand {
    /// `pay` or `settle`.
    #[schema(example = "pay")]
    pub cmd: String,
    /// The order's id, chosen by whoever sends it.
    #[schema(example = "O1")]
    pub order: String,
    /// Who buys, where that is known.
    #[schema(required = false, example = "M2")]
    pub member: Option<String>,
    /// Where; left out to settle what was paid.
    #[schema(required = false, example = "S1")]
    pub store: Option<String>,
    /// Yuan; left out to settle what was paid.
    #[schema(required = false, example = "1000.00")]
    pub amount: Option<String>,
    /// Yuan of it from the member's spend balance.
    #[schema(required = false)]
    pub from_spend: Option<String>,
    /// When (RFC 3339); the service's time where it is left out.
    #[schema(required = false)]
    pub at: Option<String>,
}
