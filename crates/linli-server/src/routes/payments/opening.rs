//! `POST /v1/payments`: somebody is about to pay: in stores, by codes with an amount, for orders that are listed, or
//! several of them at once. Must not be added here: whether that can be done.

use crate::app::App;
use crate::caller::{Caller, Who};
use crate::input::Input;
use crate::money::fen;
use crate::perform::{Done, perform, repeated};
use crate::problem::{Code, Problem};
use crate::routes::login::Device;
use axum::extract::State;
use axum::response::Response;
use linli_engine::Replica;
use linli_platform::checkout::{Checkout, Planned};
use linli_platform::{CheckoutAct, Code as RefusedAct, Scene};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// The most orders that are looked at; the platform says how many one payment is for.
const MOST: usize = 50;

/// What somebody pays for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentForm {
    /// 1 to 20 orders, which are charged together.
    orders: Vec<OrderForm>,
}

/// One order: `store` with `amount`, or `code`, or `order`.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OrderForm {
    /// The store by whose code on the counter is paid.
    #[schema(example = "S1")]
    store: Option<String>,
    /// Yuan that are paid there.
    #[schema(example = "100.00")]
    amount: Option<String>,
    /// The store's code with its amount.
    code: Option<String>,
    /// An order that waits for its payment: of a deal, of the mall.
    order: Option<String>,
    /// Yuan of it from one's own spend balance, in a store.
    #[schema(example = "12.00")]
    from_spend: Option<String>,
}

/// What one of the forms asks for, once it is read.
enum Wish {
    Store { store: String, fen: u64, from_spend: u64 },
    Code { code: String, from_spend: u64 },
    Listed { order: String },
}

/// Pay
///
/// The answer's `id` is the payment's, whose page is at `/v1/payments/{id}`. Without an account the `Idempotency-Key` has
/// 20 characters or more, such as a UUID.
#[utoipa::path(
    post,
    path = "/v1/payments",
    tag = "Paying",
    request_body = PaymentForm,
    responses((status = 200, description = "The payment waits for its money for fifteen minutes", body = Done)),
)]
pub async fn open(
    State(app): State<Arc<App>>,
    caller: Caller,
    device: Device,
    Input(form): Input<PaymentForm>,
) -> Result<Response, Problem> {
    open_payment(&app, caller, device, form).await
}

impl PaymentForm {
    /// One order in a store, by the code on its counter; a part of it from the payer's spend balance.
    pub fn in_store(store: String, amount: String, from_spend: Option<String>) -> Self {
        let (store, amount) = (Some(store), Some(amount));
        Self { orders: vec![OrderForm { store, amount, from_spend, ..OrderForm::default() }] }
    }

    /// What a store's code with an amount says.
    pub fn by_code(code: String, from_spend: Option<String>) -> Self {
        Self { orders: vec![OrderForm { code: Some(code), from_spend, ..OrderForm::default() }] }
    }
}

/// The same, whoever reads the form.
pub async fn open_payment(
    app: &Arc<App>,
    caller: Caller,
    device: Device,
    form: PaymentForm,
) -> Result<Response, Problem> {
    let payment = caller.new_id('P');
    if form.orders.len() > MOST {
        return Err(Problem::new(Code::BadParameter, format!("{MOST} orders are the most")));
    }
    let wishes: Vec<Wish> = form.orders.into_iter().map(OrderForm::read).collect::<Result<_, _>>()?;
    if let Some(answer) = repeated(app, &caller, &payment).await? {
        return Ok(answer);
    }
    let payer = match &caller.who {
        Who::Member { id, .. } => Some(id.clone()),
        _ => None,
    };
    let orders = app.look(|replica| planned(app, replica, &caller, payer.as_deref(), &wishes))??;
    let address = Some(app.secrets.reference("address", &device.address).await?);
    let device = match &device.id {
        Some(id) => Some(app.secrets.reference("device", id).await?),
        None => None,
    };
    let act = CheckoutAct::Open { payment: payment.clone(), payer, orders, device, address };
    perform(app, &caller, &payment, act).await
}

impl OrderForm {
    fn read(self) -> Result<Wish, Problem> {
        let from_spend = match &self.from_spend {
            Some(text) if text != "0.00" && text != "0" => fen(text)?,
            _ => 0,
        };
        match (self.store, self.amount, self.code, self.order) {
            (Some(store), Some(amount), None, None) => {
                Ok(Wish::Store { store, fen: fen(&amount)?, from_spend })
            }
            (None, None, Some(code), None) => Ok(Wish::Code { code, from_spend }),
            (None, None, None, Some(order)) if from_spend == 0 => Ok(Wish::Listed { order }),
            _ => {
                let detail =
                    "an order has store and amount, or code, or order; from_spend goes with the first two";
                Err(Problem::new(Code::BadParameter, detail))
            }
        }
    }
}

/// The orders as the platform has them: those that are listed cost what they cost now, one after the other.
fn planned(
    app: &App,
    replica: &Replica,
    caller: &Caller,
    payer: Option<&str>,
    wishes: &[Wish],
) -> Result<Vec<Planned>, Problem> {
    let listed: Vec<String> = wishes
        .iter()
        .filter_map(|wish| if let Wish::Listed { order } = wish { Some(order.clone()) } else { None })
        .collect();
    let mut quoted = quote(app, replica, payer, &listed)?.into_iter();
    let plan = |(nth, wish): (usize, &Wish)| match wish {
        Wish::Listed { .. } => Ok(quoted.next().expect("each is quoted")),
        Wish::Store { store, fen, from_spend } => {
            let (order, store) = (caller.nth_id('O', nth), store.clone());
            Ok(Planned::Store { order, store, amount: *fen, from_spend: *from_spend, code: None })
        }
        Wish::Code { code, from_spend } => {
            let known = replica.platform().checkout.code(code);
            let known = known.ok_or_else(|| {
                Problem::new(Code::RefusedAct(RefusedAct::UnknownCode), format!("there is no code {code}"))
            })?;
            let (order, store) = (caller.nth_id('O', nth), known.store.clone());
            let (from_spend, code) = (*from_spend, Some(code.clone()));
            Ok(Planned::Store { order, store, amount: known.fen, from_spend, code })
        }
    };
    wishes.iter().enumerate().map(plan).collect()
}

/// Orders that are listed are their buyer's; to everybody else they are not there.
fn quote(
    app: &App,
    replica: &Replica,
    payer: Option<&str>,
    orders: &[String],
) -> Result<Vec<Planned>, Problem> {
    let Some(order) = orders.first() else { return Ok(Vec::new()) };
    let not_listed = || {
        let detail = format!("there is nothing to pay for the order {order}");
        Problem::new(Code::RefusedAct(RefusedAct::OrderNotListed), detail)
    };
    let scene = Scene::new(replica.economy(), replica.platform(), Some(app.now()));
    let payer = payer.ok_or_else(not_listed)?;
    Checkout::quote(&scene, payer, orders).map_err(|refusal| match refusal.code {
        RefusedAct::NotYours => not_listed(),
        code => Problem::new(Code::RefusedAct(code), refusal.message),
    })
}
