//! What can be given back of an order, by which command, and whose order it is. Must not be added here: who may.

use crate::money::{amount, command_id, positive, yuan};
use crate::refusal::{Code, Refusal};
use linli_economy::Economy;
use linli_economy::command::Command;
use linli_economy::order::{self, Order, Phase};
use serde::{Deserialize, Serialize};

/// Who sold an order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Seller {
    /// A store.
    Store(String),
    /// A supplier of the mall.
    Supplier(String),
}

/// An order as a request names it, so that its buyer and its seller find the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bought {
    /// The order.
    pub order: String,
    /// Who bought, where that is known.
    pub member: Option<String>,
    /// Who sold.
    pub seller: Seller,
}

impl Bought {
    /// An order of the economy.
    ///
    /// # Errors
    /// `unknown_order`.
    pub fn find(economy: &Economy, id: &str) -> Result<Self, Refusal> {
        let order = find(economy, id)?;
        let member = order.member.map(|member| economy.member_name(member).to_owned());
        Ok(Self { order: id.to_owned(), member, seller: seller(economy, order) })
    }
}

/// What of an order has not been given back, in fen.
#[must_use]
pub fn left(order: &Order) -> u64 {
    order.paid - order.cancelled - order.refunded
}

/// An order of the economy.
pub fn find<'e>(economy: &'e Economy, id: &str) -> Result<&'e Order, Refusal> {
    let found = economy.order_id(id).map(|order| &economy.state().orders()[order.index()]);
    found.ok_or_else(|| Refusal::new(Code::UnknownOrder, format!("there is no order {id}")))
}

/// Who sold it.
fn seller(economy: &Economy, order: &Order) -> Seller {
    match (order.seller, economy.state().mall_part(order)) {
        (order::Seller::Store(store), _) => Seller::Store(economy.store_name(store).to_owned()),
        (_, Some(mall)) => Seller::Supplier(economy.supplier_name(mall.supplier).to_owned()),
        (order::Seller::Mall(_), None) => unreachable!("an order of the mall has its part"),
    }
}

/// Whether so much of it can be given back now.
pub fn check_amount(id: &str, order: &Order, fen: u64) -> Result<(), Refusal> {
    positive("a refund", fen)?;
    let left = left(order);
    if fen > left {
        let message = format!("{} of the order {id} is left, and {} is asked for", yuan(left), yuan(fen));
        return Err(Refusal::new(Code::OverRefund, message));
    }
    let is_mall = matches!(order.seller, order::Seller::Mall(_));
    if is_mall && order.phase == Phase::Paid && fen != left {
        let message =
            format!("before it is settled an order of the mall goes back whole, with {}", yuan(left));
        return Err(Refusal::new(Code::WholeOnly, message));
    }
    Ok(())
}

/// The command that gives it back: free of cost before settling, and as the economy shares it afterwards.
pub fn give_back(request: &str, id: &str, order: &Order, fen: u64) -> Command<'static> {
    let (request, id, amount) = (command_id(request), command_id(id), amount(fen));
    if order.is_settled() {
        Command::Refund { refund: request, order: id, amount }
    } else {
        Command::Cancel { cancel: request, order: id, amount }
    }
}
