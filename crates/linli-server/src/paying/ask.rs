//! What is asked of the provider: an effect names what it is about, and the ask follows from the state. It has the same
//! content each time, so that the provider knows a repeat. Must not be added here: when it is asked.

use crate::app::App;
use crate::problem::Problem;
use linli_economy::time::Instant;
use linli_engine::Replica;
use linli_outbox::NewRow;
use linli_payments::{Amount, Ask, Hold, Id, Line, Refusal};
use linli_platform::checkout::{Payment, Planned, Return, ReturnState, Source, Stage};
use serde::{Deserialize, Serialize};

/// The kind of the rows.
pub const KIND: &str = "payment";

/// To whom they go.
const TARGET: &str = "provider";

/// Letters of a title that are of ids.
const SHOWN: usize = 120;

/// One effect on the provider: what is asked, and about what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "effect", content = "id", rename_all = "snake_case")]
pub enum Effect {
    /// Somebody is to pay.
    Open(String),
    /// Nobody is to pay it any more.
    Close(String),
    /// This return is to be given back.
    Return(String),
    /// This withdrawal is to be paid out.
    PayOut(String),
}

impl Effect {
    /// Its row, whose key names it for ever. It has no more in it than that: what belongs to a person stays sealed.
    pub fn row(&self, now: Instant) -> Result<NewRow, linli_outbox::RowRefusal> {
        let (what, id) = match self {
            Self::Open(id) => ("open", id),
            Self::Close(id) => ("close", id),
            Self::Return(id) => ("return", id),
            Self::PayOut(id) => ("pay-out", id),
        };
        let payload = serde_json::to_vec(self).expect("an id is JSON");
        NewRow::new(&format!("payment:{what}:{id}"), KIND, TARGET, 0, payload, now.seconds)
    }

    /// What is asked; none if there is nothing to ask any more.
    pub async fn ask(&self, app: &App) -> Result<Option<Ask>, Problem> {
        if let Self::PayOut(id) = self {
            return super::pay_out::ask(app, id).await;
        }
        let found = app.look(|replica| match self {
            Self::Open(id) => open(replica, id),
            Self::Close(id) => Ok(Some(Ask::Close { payment: Id::new(id)? })),
            Self::Return(id) => give_back(replica, id),
            Self::PayOut(_) => Ok(None),
        })?;
        found.map_err(|refusal| {
            // Ids and amounts of the platform are those of every provider.
            tracing::error!(?self, %refusal, "what is to be asked of the provider cannot be said");
            Problem::internal()
        })
    }
}

fn open(replica: &Replica, id: &str) -> Result<Option<Ask>, Refusal> {
    let Some(payment) = replica.platform().checkout.payment(id) else { return Ok(None) };
    if payment.stage != Stage::Open {
        return Ok(None);
    }
    Ok(Some(Ask::Payment {
        id: Id::new(id)?,
        amount: Amount::of_fen(payment.fen)?,
        title: title(payment)?,
        hold: Hold::Nothing,
        expires: payment.expires.seconds,
    }))
}

/// What is paid for, as the payer sees it: the stores, or the orders.
fn title(payment: &Payment) -> Result<Line, Refusal> {
    let name = |planned: &Planned| match planned {
        Planned::Store { store, .. } => store.clone(),
        Planned::Listed { order, .. } => order.clone(),
    };
    let names: Vec<_> = payment.orders.iter().map(|order| name(&order.planned)).collect();
    let shown: String = names.join(", ").chars().filter(|letter| !letter.is_control()).take(SHOWN).collect();
    Line::new(format!("Linli {}", shown.trim()).trim())
}

fn give_back(replica: &Replica, id: &str) -> Result<Option<Ask>, Refusal> {
    let checkout = &replica.platform().checkout;
    let Some(Return { payment, source, fen, state: ReturnState::Begun }) = checkout.return_of(id) else {
        return Ok(None);
    };
    let known = checkout.payment(payment).expect("a return is of a payment that is there");
    let charge = match source {
        Source::Order(_) => &known.charge().expect("what is given back of an order was charged").id,
        Source::Charge(charge) => charge,
    };
    Ok(Some(Ask::Refund {
        id: Id::new(id)?,
        payment: Id::new(payment)?,
        charge: Id::new(charge)?,
        amount: Amount::of_fen(*fen)?,
        why: Line::new("退款 refund")?,
    }))
}
