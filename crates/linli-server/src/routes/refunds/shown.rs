//! Requests for refunds as they are shown to whom they concern.

use crate::app::App;
use crate::problem::Problem;
use crate::routes::text::yuan;
use linli_platform::refund::{Origin, Request, Seller, Stage};
use serde::Serialize;
use utoipa::ToSchema;

/// A request in a list.
#[derive(Serialize, ToSchema)]
pub struct Listed {
    /// The request.
    #[schema(example = "R0123456789abcdef0123")]
    pub id: String,
    /// The order.
    pub order: String,
    /// Yuan that are asked back.
    #[schema(example = "12.34")]
    pub amount: String,
    /// `asked`, `at_operator`, `refused`, `rejected`, `agreed` or `withdrawn`.
    #[schema(example = "asked")]
    pub state: &'static str,
    /// Since when.
    pub since: String,
    /// Until when the store answers, or the member can appeal.
    pub until: Option<String>,
}

/// A request with what was written.
#[derive(Serialize, ToSchema)]
pub struct Refund {
    #[serde(flatten)]
    listed: Listed,
    /// Whether the member asked; otherwise it was offered.
    was_asked: bool,
    /// Why, in the words of whoever asked or offered; none once that was deleted.
    reason: Option<String>,
    /// Why it was refused the last time.
    refusal: Option<String>,
    /// Why the member appeals.
    appeal: Option<String>,
}

pub fn listed(id: &str, request: &Request) -> Listed {
    let until = match request.stage {
        Stage::AtSeller(until) | Stage::Refused(until) => Some(until),
        Stage::AtOperator | Stage::Rejected | Stage::Agreed | Stage::Withdrawn => None,
    };
    Listed {
        id: id.into(),
        order: request.bought.order.clone(),
        amount: yuan(request.fen),
        state: request.stage.name(),
        since: request.since.to_string(),
        until: until.map(|until| until.to_string()),
    }
}

/// The person whose key seals what is written about a request: the member who bought, else the seller.
pub fn sealed_for(request: &linli_platform::refund::Bought) -> String {
    match (&request.member, &request.seller) {
        (Some(member), _) => format!("member:{member}"),
        (None, Seller::Store(store)) => format!("store:{store}"),
        (None, Seller::Supplier(supplier)) => format!("supplier:{supplier}"),
    }
}

pub async fn shown(app: &App, id: &str, request: Request) -> Result<Refund, Problem> {
    let person = sealed_for(&request.bought);
    let listed = listed(id, &request);
    let open = async |field: &'static str, sealed: Option<Vec<u8>>| match sealed {
        Some(sealed) => {
            let opened = app.secrets.open(person.clone(), field, sealed).await?;
            Ok::<_, Problem>(opened.map(|text| String::from_utf8_lossy(&text).into_owned()))
        }
        None => Ok(None),
    };
    Ok(Refund {
        listed,
        was_asked: request.origin == Origin::Asked,
        reason: open("reason", Some(request.sealed_reason)).await?,
        refusal: open("refusal", request.sealed_refusal).await?,
        appeal: open("appeal", request.sealed_appeal).await?,
    })
}
