//! `/p/{payment}`: where a payment stands; while it waits, the way to the provider; once it is paid, the receipt that shows
//! where each yuan went. Must not be added here: a payment of somebody else.

use super::{answer, receipt_html};
use crate::app::App;
use crate::caller::Caller;
use crate::pages::Spoken;
use crate::problem::Problem;
use crate::routes::payments::{Payment, find, page_of_provider, shown};
use crate::routes::split::{Split, of_receipt};
use crate::routes::subject::Subject;
use crate::up_to_date::UpToDate;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use std::sync::Arc;

/// An order of a payment with where its money went, once that is known.
pub struct Paid {
    pub seller: String,
    pub split: Option<Split>,
}

/// A payment as its receipt shows it.
pub struct Receipt {
    pub payment: Payment,
    /// In the order of the payment's.
    pub orders: Vec<Paid>,
    /// Whether the payer has just come from the form and goes on to the provider by themselves.
    pub goes_on: bool,
}

pub async fn page(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Spoken { language, kept }: Spoken,
    Subject(id): Subject,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let mut payment = app.look(|replica| {
        let payment = find(replica, &caller, &id)?;
        Ok::<_, Problem>(shown(replica, &id, payment))
    })??;
    if payment.state == "open" {
        payment.page = page_of_provider(&app, &id).await?;
    }
    let orders = app
        .look_ledger(|replica, ledger| {
            let paid = |order: &str| of_receipt(replica, ledger, order, &caller);
            let name = |store: &str| {
                let front = replica.platform().storefronts.get(store);
                front.map_or_else(|| store.to_string(), |front| front.page.name.clone())
            };
            let orders = payment.orders.iter().map(|order| Paid {
                seller: order.store.as_deref().map(name).unwrap_or_default(),
                split: if order.state == "paid" { paid(&order.order) } else { None },
            });
            orders.collect()
        })
        .await?;
    let goes_on = query.is_some_and(|query| query.split('&').any(|pair| pair == "go=1"));
    Ok(answer(receipt_html::page(language, &Receipt { payment, orders, goes_on }), kept))
}
