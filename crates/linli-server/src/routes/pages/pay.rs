//! `/s/{store}`, which a code on the counter says, and `/c/{code}`, which a screen shows: who is paid, how much, and a form.
//! Paying and being bound are two forms, because agreeing to the one is not agreeing to the other. Must not be added here:
//! a payment of its own kind.

use super::{answer, html};
use crate::app::App;
use crate::caller::{Caller, Form, Who};
use crate::pages::Spoken;
use crate::perform::perform;
use crate::problem::{Code, Problem};
use crate::rights::unknown_store;
use crate::routes::binding::{CONSENT, Link, ShownInvitation, check_consent, invitation};
use crate::routes::login::Device;
use crate::routes::masked;
use crate::routes::payments::{PaymentForm, open_payment};
use crate::routes::stores::front::region_name;
use crate::routes::subject::Subject;
use crate::routes::text::yuan;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use linli_economy::units::Fen;
use linli_platform::checkout::CodeState;
use linli_platform::{BindingAct, Code as RefusedAct};
use std::sync::Arc;

/// Who is paid.
pub struct Seller {
    pub store: String,
    pub name: String,
    pub address: String,
    pub takes_orders: bool,
}

/// Who pays.
pub enum Payer {
    /// Nobody that the platform knows; they get no points.
    Visitor,
    /// A member, by their number with its middle hidden, with what they can spend in stores if they have any.
    Member { shown: String, is_bound: bool, spend: Option<String> },
}

/// What is to be paid.
pub enum Due<'d> {
    /// Whatever the payer says.
    Any,
    /// The amount of a code; none if it cannot be paid any more, with its state.
    Exactly { code: &'d str, yuan: String, state: &'static str },
}

fn seller(app: &App, store: &str) -> Result<Seller, Problem> {
    app.look(|replica| {
        let economy = replica.economy();
        let id = economy.store_id(store).ok_or_else(|| unknown_store(store))?;
        let known = &economy.state().stores()[id.index()];
        let page = replica.platform().storefronts.get(store).map(|front| &front.page);
        let region = region_name(&known.district.to_string());
        let (name, address) = match page {
            Some(page) => (page.name.clone(), format!("{region} {}", page.address)),
            None => (store.to_string(), region),
        };
        Ok(Seller { store: store.into(), name, address, takes_orders: !known.closed })
    })?
}

async fn payer(app: &App, caller: &Caller) -> Result<Payer, Problem> {
    let Who::Member { id, .. } = &caller.who else { return Ok(Payer::Visitor) };
    let (is_bound, spend) = app.look(|replica| {
        let economy = replica.economy();
        let member = economy.member_id(id).map(|member| &economy.state().members()[member.index()]);
        let spend = member.map(|member| member.spend).filter(|spend| *spend > Fen::ZERO);
        (member.is_some_and(|member| member.inviter.is_some()), spend.map(|spend| yuan(spend.0)))
    })?;
    Ok(Payer::Member { shown: masked::member(app, id).await?, is_bound, spend })
}

/// What a store's link asks of whoever is bound to nobody.
async fn asked(app: &App, payer: &Payer, store: &str) -> Result<Option<ShownInvitation>, Problem> {
    if matches!(payer, Payer::Member { is_bound: true, .. }) {
        return Ok(None);
    }
    invitation(app, Link::of_store(store)).await.map(Some)
}

/// A key for the form, by which its payment is one however often it is sent.
fn key() -> String {
    crate::routes::login::random_text()[..32].to_string()
}

pub async fn store(
    State(app): State<Arc<App>>,
    caller: Caller,
    Spoken { language, kept }: Spoken,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    let (seller, payer) = (seller(&app, &id)?, payer(&app, &caller).await?);
    let asked = asked(&app, &payer, &id).await?;
    Ok(answer(html::page(language, &seller, &payer, &Due::Any, asked.as_ref(), &key()), kept))
}

pub async fn code(
    State(app): State<Arc<App>>,
    caller: Caller,
    Spoken { language, kept }: Spoken,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    let now = app.now();
    let (store, fen, state) = app.look(|replica| {
        let unknown =
            || Problem::new(Code::RefusedAct(RefusedAct::UnknownCode), format!("there is no code {id}"));
        let code = replica.platform().checkout.code(&id).ok_or_else(unknown)?;
        let state = match &code.state {
            CodeState::Offered if code.expires <= now => "expired",
            CodeState::Offered => "offered",
            CodeState::Held(_) => "held",
            CodeState::Used(_) => "used",
            CodeState::Cancelled => "cancelled",
        };
        Ok::<_, Problem>((code.store.clone(), code.fen, state))
    })??;
    let (seller, payer) = (seller(&app, &store)?, payer(&app, &caller).await?);
    let asked = asked(&app, &payer, &store).await?;
    let due = Due::Exactly { code: &id, yuan: yuan(fen), state };
    Ok(answer(html::page(language, &seller, &payer, &due, asked.as_ref(), &key()), kept))
}

pub async fn pay_store(
    State(app): State<Arc<App>>,
    caller: Caller,
    device: Device,
    Subject(store): Subject,
    form: Form,
) -> Result<Response, Problem> {
    let amount = form.get("amount").trim().to_string();
    pay(&app, caller, device, PaymentForm::in_store(store, amount, from_spend(&form))).await
}

pub async fn pay_code(
    State(app): State<Arc<App>>,
    caller: Caller,
    device: Device,
    Subject(code): Subject,
    form: Form,
) -> Result<Response, Problem> {
    pay(&app, caller, device, PaymentForm::by_code(code, from_spend(&form))).await
}

/// What the payer takes from their spend balance; an empty field is nothing.
fn from_spend(form: &Form) -> Option<String> {
    let text = form.get("from_spend").trim();
    (!text.is_empty()).then(|| text.to_string())
}

/// Opens the payment, or finds the one that this form has opened before, and shows where it goes on.
async fn pay(app: &Arc<App>, caller: Caller, device: Device, form: PaymentForm) -> Result<Response, Problem> {
    let payment = caller.new_id('P');
    done(&open_payment(app, caller, device, form).await?, &format!("/p/{payment}?go=1"))
}

/// Where to go on if something was done; else why it was not.
fn done(response: &Response, to: &str) -> Result<Response, Problem> {
    match response.extensions().get::<Problem>() {
        Some(problem) => Err(problem.clone()),
        None => Ok(Redirect::to(to).into_response()),
    }
}

/// Agrees to be bound to who invites by the store's link: apart from paying, and only if they say so.
pub async fn agree(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(store): Subject,
    form: Form,
) -> Result<Response, Problem> {
    let bad = || Problem::new(Code::BadParameter, "the form says which text was agreed to");
    check_consent(form.get("consent").parse().map_err(|_| bad())?)?;
    let Who::Member { id, .. } = &caller.who else {
        return Err(Problem::new(Code::NotLoggedIn, "log in first"));
    };
    let invitation = app.look(|replica| Link::of_store(&store).invitation(replica, CONSENT))??;
    let act = BindingAct::Bind { member: id.clone(), invitation };
    done(&perform(&app, &caller, &id.clone(), act).await?, &format!("/s/{store}"))
}
