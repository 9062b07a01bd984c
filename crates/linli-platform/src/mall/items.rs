//! The items of an order and the amounts that follow from them. Must not be added here: rounding; every amount here is
//! a sum.

use crate::refusal::{Code, Refusal};
use linli_economy::limits::AMOUNT_LIMIT_FEN;
use linli_economy::units::Fen;
use serde::{Deserialize, Serialize};

/// Pieces of one variant in an order, at what they cost when it was placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Of which product.
    pub product: String,
    /// Of which variant.
    pub variant: String,
    /// The version of the product that was bought.
    pub version: u32,
    /// How many.
    pub count: u32,
    /// The list price of a piece.
    pub price_fen: u64,
    /// What the supplier gets for a piece.
    pub cost_fen: u64,
}

/// Pieces of one item of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The item's place in the order.
    pub item: usize,
    /// How many.
    pub count: u32,
}

/// The list prices of all pieces.
pub(super) fn list_fen(items: &[Item]) -> u64 {
    items.iter().map(|item| item.price_fen * u64::from(item.count)).sum()
}

/// The costs of all pieces.
pub(super) fn cost_fen(items: &[Item]) -> u64 {
    items.iter().map(|item| item.cost_fen * u64::from(item.count)).sum()
}

/// The list prices of some pieces of an order.
pub(super) fn parts_fen(items: &[Item], parts: &[Part]) -> u64 {
    parts.iter().map(|part| items[part.item].price_fen * u64::from(part.count)).sum()
}

/// An amount of money that a command of the economy can name.
pub(super) fn amount(what: &str, fen: u64) -> Result<(), Refusal> {
    if (1..=AMOUNT_LIMIT_FEN).contains(&fen) {
        return Ok(());
    }
    let [amount, most] = [fen, AMOUNT_LIMIT_FEN].map(Fen::from);
    Err(Refusal::new(
        Code::BadPrice,
        format!("{what} is above 0.00 and at most {most}, and this is {amount}"),
    ))
}
