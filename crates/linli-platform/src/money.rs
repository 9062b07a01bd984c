//! Amounts, ids and times as the parts need them beside the economy's commands. Must not be added here: arithmetic
//! on balances.

use crate::refusal::{Code, Refusal};
use linli_economy::command::{AmountText, Id};
use linli_economy::limits::AMOUNT_LIMIT_FEN;
use linli_economy::time::Instant;
use linli_economy::units::Fen;

/// 10000-01-01T00:00:00Z, after which nothing has a deadline.
const LAST_SECOND: i64 = 253_402_300_800;

/// An amount as a command takes it: 1234 fen are `12.34`.
pub fn amount(fen: u64) -> AmountText<'static> {
    AmountText::new(yuan(fen).into()).expect("digits, a point and two digits are an amount")
}

/// An id as a command takes it, which was checked as an id of the platform before.
pub fn command_id(id: &str) -> Id<'static> {
    Id::new(id.to_owned().into()).expect("an id of the platform is one of the economy")
}

/// An amount as messages show it.
pub fn yuan(fen: u64) -> String {
    Fen::from(fen).to_string()
}

/// An amount above 0 that the economy takes: at most 10^13 fen.
pub fn positive(what: &str, fen: u64) -> Result<(), Refusal> {
    if (1..=AMOUNT_LIMIT_FEN).contains(&fen) {
        return Ok(());
    }
    let (given, most) = (yuan(fen), yuan(AMOUNT_LIMIT_FEN));
    Err(Refusal::new(Code::BadAmount, format!("{what} is from 0.01 to {most}, and this is {given}")))
}

/// So many seconds later, and never after what an instant can be.
pub fn after(now: Instant, seconds: i64) -> Instant {
    Instant { seconds: now.seconds.saturating_add(seconds).min(LAST_SECOND), ..now }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_commands_take_them() {
        for (fen, text) in
            [(0, "0.00"), (5, "0.05"), (1234, "12.34"), (10_000_000_000_000, "100000000000.00")]
        {
            assert_eq!((&*amount(fen), yuan(fen).as_str()), (text, text));
        }
    }

    #[test]
    fn an_amount_is_above_nothing_and_within_the_economy() {
        assert!(positive("a sum", 1).is_ok() && positive("a sum", AMOUNT_LIMIT_FEN).is_ok());
        for fen in [0, AMOUNT_LIMIT_FEN + 1, u64::MAX] {
            assert_eq!(positive("a sum", fen).map_err(|refusal| refusal.code), Err(Code::BadAmount));
        }
    }

    #[test]
    fn a_deadline_is_an_instant_even_at_the_end_of_time() {
        let now = Instant { seconds: LAST_SECOND - 5, nanoseconds: 7 };
        assert_eq!(after(now, 5), Instant { seconds: LAST_SECOND, nanoseconds: 7 });
        assert_eq!(after(now, 600), Instant { seconds: LAST_SECOND, nanoseconds: 7 });
        assert!(Instant::try_from((LAST_SECOND, 7)).is_ok());
    }
}
