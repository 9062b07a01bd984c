//! `/v1/orders`: what has become of an order, and paying or settling one.

use super::subject::Subject;
use super::text::{amount, yuan};
use crate::app::App;
use crate::caller::{Caller, Who};
use crate::order_command::OrderCommand;
use crate::problem::{Code, Problem};
use crate::result_line::ResultLine;
use crate::rights;
use crate::up_to_date::UpToDate;
use crate::write::{Outcome, Write};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use linli_economy::Economy;
use linli_economy::account::Asset;
use linli_economy::command::{Command, Line};
use linli_economy::handle::{OrderId, SupplierId};
use linli_economy::order::{Phase, Seller};
use linli_economy::refusal::Code as Refused;
use linli_economy::time::Instant;
use linli_engine::{Replica, Stamp};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// An order.
#[derive(Serialize, ToSchema)]
pub struct Order {
    /// The order's id.
    #[schema(example = "O1")]
    order: String,
    /// `paid`, `given_back` or `settled`.
    #[schema(example = "settled")]
    phase: &'static str,
    /// Who bought, if that is known.
    member: Option<String>,
    /// The store that sold.
    store: Option<String>,
    /// The supplier of the mall that sold.
    supplier: Option<String>,
    /// Yuan that were paid.
    #[schema(example = "1000.00")]
    paid: String,
    /// Yuan of it from the spend balance.
    from_spend: String,
    /// Yuan that were given back before settling.
    cancelled: String,
    /// Yuan that were given back after settling.
    refunded: String,
    /// Points minted for the member.
    #[schema(example = "112.000000")]
    minted: String,
    /// When it was settled.
    settled_at: Option<String>,
    /// The last command that this includes.
    seq: u64,
}

impl Order {
    pub fn is_settled(&self) -> bool {
        self.phase == "settled"
    }

    /// The same for whoever is not to know who bought.
    pub fn without_buyer(self) -> Self {
        Self { member: None, ..self }
    }
}

/// An order
#[utoipa::path(
    get,
    path = "/v1/orders/{id}",
    tag = "Orders",
    params(
        ("id" = String, Path, description = "The order's id"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses(
        (status = 200, description = "What has become of the order", body = Order),
)
)]
pub async fn order(
    _: UpToDate,
    caller: Caller,
    Subject(id): Subject,
    State(app): State<Arc<App>>,
) -> Result<Json<Order>, Problem> {
    app.look(|replica| {
        let economy = replica.economy();
        let found = economy
            .order_id(&id)
            .filter(|order| may_see(replica, &caller, *order))
            .map(|order| Json(look(economy, order, replica.tip().seq)));
        found.ok_or_else(|| {
            Problem::new(Code::Refused(Refused::UnknownOrder), format!("there is no order {id}"))
        })
    })?
}

/// A member sees what they bought, and what their stores sold.
fn may_see(replica: &Replica, caller: &Caller, order: OrderId) -> bool {
    let Who::Member { id, .. } = &caller.who else { return true };
    let economy = replica.economy();
    let order = &economy.state().orders()[order.index()];
    let is_buyer = order.member.is_some_and(|member| economy.member_name(member) == id);
    let is_seller = match order.seller {
        Seller::Store(store) => rights::works_in(replica, economy.store_name(store), id).is_ok(),
        Seller::Mall(_) => false,
    };
    is_buyer || is_seller
}

/// An order as it is after this seq.
pub fn look(economy: &Economy, id: OrderId, seq: u64) -> Order {
    let order = &economy.state().orders()[id.index()];
    let supplier = |id: SupplierId| economy.supplier_name(id).to_string();
    Order {
        order: economy.order_name(id).to_string(),
        phase: match order.phase {
            Phase::Paid => "paid",
            Phase::GivenBack => "given_back",
            Phase::Settled | Phase::SettledInOne => "settled",
        },
        member: order.member.map(|member| economy.member_name(member).to_string()),
        store: match order.seller {
            Seller::Store(store) => Some(economy.store_name(store).to_string()),
            Seller::Mall(_) => None,
        },
        supplier: economy.state().mall_part(order).map(|mall| supplier(mall.supplier)),
        paid: yuan(order.paid),
        from_spend: yuan(order.from_spend),
        cancelled: yuan(order.cancelled),
        refunded: yuan(order.refunded),
        minted: amount(order.minted.into(), Asset::Gp),
        settled_at: order.is_settled().then(|| order.since.to_string()),
        seq,
    }
}

/// Pay or settle an order
///
/// The body is one command `pay` or `settle` as docs/commands.md has it. Without `at` its time is the service's. The
/// answer is the command's result; a command that is refused is a problem with the seq that it got.
#[utoipa::path(
    post,
    path = "/v1/orders",
    tag = "Orders",
    request_body(
        content = OrderCommand,
        content_type = "application/json",
        example = json!({"cmd": "pay", "order": "O1", "member": "M2", "store": "S1", "amount": "1000.00"}),
    ),
    responses(
        (status = 200, description = "The result", body = ResultLine),
)
)]
pub async fn write_order(
    State(app): State<Arc<App>>,
    caller: Caller,
    body: Bytes,
) -> Result<Response, Problem> {
    let (write, stamp) = read(&caller, &body, app.now())?;
    let outcome = write.carry_out(&app, stamp).await?;
    Ok(outcome.into_answer("application/json", |outcome| match outcome.written.answers.refused.first() {
        Some((seq, refusal)) => Problem::refused(*seq, refusal).into_response(),
        None => outcome.written.answers.json.clone().into_response(),
    }))
}

/// What is no such command is refused before anything is written.
fn read(caller: &Caller, body: &[u8], now: Instant) -> Result<(Write, Stamp), Problem> {
    let received = Line::read(1, body);
    let line = received
        .as_ref()
        .map_err(|refusal| Problem::new(Code::Refused(refusal.code), refusal.message.clone()))?;
    if !matches!(line.command, Command::Pay { .. } | Command::SettleInOne { .. } | Command::Settle { .. }) {
        let detail = format!("{} is sent to /v1/commands; here are pay and settle", line.command.name());
        return Err(Problem::new(Code::WrongCommand, detail));
    }
    let stamp = if line.at.is_some() { Stamp::AsSent } else { Stamp::At(now) };
    let mut write = Write::of(caller);
    write.push(caller.origin, &received);
    Ok((write, stamp))
}

impl Outcome {
    /// The answer to a write, with the headers that each has.
    pub fn into_answer(self, content_type: &'static str, body: impl FnOnce(&Self) -> Response) -> Response {
        let mut response = body(&self);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, axum::http::HeaderValue::from_static(content_type));
        headers.insert("linli-seq", self.written.answers.last_seq.into());
        if self.is_repeat {
            headers.insert("idempotent-replayed", axum::http::HeaderValue::from_static("true"));
        }
        response
    }
}
