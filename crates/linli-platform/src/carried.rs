//! What the commands that acts carry are made of. Must not be added here: a command; each part makes its own.

use crate::refusal::{Code, Refusal};
use linli_economy::command::{AmountText, Id};
use linli_economy::limits::AMOUNT_LIMIT_FEN;
use linli_economy::units::Fen;

/// Whether one command can move this much money.
pub(crate) fn check_fen(fen: u64) -> Result<(), Refusal> {
    if (1..=AMOUNT_LIMIT_FEN).contains(&fen) {
        return Ok(());
    }
    let (asked, most) = (Fen::from(fen), Fen::from(AMOUNT_LIMIT_FEN));
    Err(Refusal::new(Code::BadAmount, format!("{asked} is not an amount above 0 and up to {most}")))
}

/// The amount as a command has it.
pub(crate) fn amount(fen: u64) -> AmountText<'static> {
    AmountText::new(Fen::from(fen).to_string().into()).expect("digits, a point and digits")
}

/// The id as a command has it.
///
/// # Panics
/// If it was not checked to be an id.
pub(crate) fn id(text: &str) -> Id<'static> {
    Id::new(text.to_owned().into()).expect("checked: it is an id")
}
