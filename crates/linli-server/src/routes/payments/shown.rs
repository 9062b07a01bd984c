//! What is shown of a payment. Must not be added here: devices, addresses and accounts, which are known as hashes alone.

use crate::routes::text::yuan;
use linli_engine::Replica;
use linli_platform::PlannedOrder;
use linli_platform::checkout::{self, OrderState, PaidOrder, Planned, ReturnState, Stage};
use serde::Serialize;
use utoipa::ToSchema;

/// A payment.
#[derive(Serialize, ToSchema)]
pub struct Payment {
    /// The payment's id.
    #[schema(example = "P0123456789abcdef0123")]
    pub payment: String,
    /// `open`, `declined`, `closed`, `expired`, `arrived` (its orders are being carried out), `carried_out` or
    /// `giving_back` (no order could be carried out).
    #[schema(example = "open")]
    pub state: &'static str,
    /// Since when.
    pub since: String,
    /// Yuan to be charged: the orders less spend balance and deduction points.
    #[schema(example = "88.00")]
    pub amount: String,
    /// Until when it waits for money.
    expires: String,
    /// Where the payer goes while it is open, if the provider has a page.
    pub page: Option<String>,
    /// What for.
    pub orders: Vec<OrderOfPayment>,
    /// Yuan that arrived.
    #[schema(example = "88.00")]
    arrived: String,
    /// Yuan of it that are due back, those being given back included.
    #[schema(example = "0.00")]
    pub due_back: String,
    /// Yuan of it that are back.
    #[schema(example = "0.00")]
    pub given_back: String,
}

/// An order of a payment.
#[derive(Serialize, ToSchema)]
pub struct OrderOfPayment {
    /// The order's id.
    pub order: String,
    /// Where, if it is of a store.
    pub store: Option<String>,
    /// Yuan that it costs.
    #[schema(example = "100.00")]
    pub amount: String,
    /// Yuan of it from the spend balance.
    #[schema(example = "12.00")]
    pub from_spend: String,
    /// Yuan of it that are charged.
    #[schema(example = "88.00")]
    charged: String,
    /// `waiting`, `paid` or `given_up`.
    pub state: &'static str,
    /// Why it was given up.
    why: Option<String>,
}

/// A payment as it stands; the page is not known here.
pub fn shown(replica: &Replica, id: &str, payment: &checkout::Payment) -> Payment {
    let checkout = &replica.platform().checkout;
    let state = match payment.stage {
        Stage::Open => "open",
        Stage::Declined => "declined",
        Stage::Closed => "closed",
        Stage::Expired => "expired",
        Stage::Arrived => "arrived",
        Stage::CarriedOut => "carried_out",
        Stage::GivingBack => "giving_back",
    };
    let arrived: u128 = payment.charges.iter().map(|charge| u128::from(charge.fen)).sum();
    let [begun, done] =
        checkout.returns_of(id).fold([0_u128; 2], |[begun, done], (_, one)| match one.state {
            ReturnState::Begun => [begun + u128::from(one.fen), done],
            ReturnState::Done(_) => [begun, done + u128::from(one.fen)],
            ReturnState::Failed => [begun, done],
        });
    let due_back = begun + u128::from(checkout.owed_back(replica.economy(), id));
    Payment {
        payment: id.into(),
        state,
        since: payment.since.to_string(),
        amount: yuan(payment.fen),
        expires: payment.expires.to_string(),
        page: None,
        orders: payment.orders.iter().map(order).collect(),
        arrived: sum(arrived),
        due_back: sum(due_back),
        given_back: sum(done),
    }
}

/// Sums of amounts, of which one payment has few.
fn sum(fen: u128) -> String {
    yuan(i128::try_from(fen).expect("fewer than 2^64 amounts"))
}

fn order(of: &PaidOrder) -> OrderOfPayment {
    let (store, amount, from_spend) = match &of.planned {
        Planned::Store { store, amount, from_spend, .. } => (Some(store.clone()), *amount, *from_spend),
        Planned::Listed { planned: PlannedOrder::Store { store, fen, .. }, .. } => {
            (Some(store.clone()), *fen, 0)
        }
        Planned::Listed { planned: PlannedOrder::Mall { list_total, .. }, .. } => (None, *list_total, 0),
    };
    let (state, why) = match &of.state {
        OrderState::Waiting => ("waiting", None),
        OrderState::Paid => ("paid", None),
        OrderState::GivenUp(why) => ("given_up", Some(why.clone())),
    };
    OrderOfPayment {
        order: of.planned.order().into(),
        store,
        amount: yuan(amount),
        from_spend: yuan(from_spend),
        charged: yuan(of.planned.fen()),
        state,
        why,
    }
}
