//! Money as requests say it: a text in yuan, exact to the fen. Must not be added here: a number of JSON, which others
//! read as a float.

use crate::problem::{Code, Problem};
use linli_economy::decimal;
use linli_economy::limits::{AMOUNT_LIMIT_FEN, AMOUNT_LIMIT_POINTS};
use linli_economy::refusal::Code as Refused;

/// The fen of a text such as `12.34`, above 0.
///
/// # Errors
/// `bad_amount`, with what an amount is.
pub fn fen(text: &str) -> Result<u64, Problem> {
    match decimal::parse(text, 2, AMOUNT_LIMIT_FEN) {
        Ok(fen) if fen > 0 => Ok(fen),
        _ => Err(bad("an amount is a text in yuan above 0 with at most two decimals, such as \"12.34\"")),
    }
}

/// The micro-points of a text such as `12.345678`, above 0.
///
/// # Errors
/// `bad_amount`, with what an amount is.
pub fn micro_points(text: &str) -> Result<u64, Problem> {
    match decimal::parse(text, 6, AMOUNT_LIMIT_POINTS) {
        Ok(units) if units > 0 => Ok(units),
        _ => Err(bad("points are a text above 0 with at most six decimals, such as \"12.345678\"")),
    }
}

/// As [`fen`], or nothing: `0.00`.
pub fn fen_or_none(text: &str) -> Result<u64, Problem> {
    decimal::parse(text, 2, AMOUNT_LIMIT_FEN).map_err(|_| {
        bad("an amount is a text in yuan with at most two decimals, such as \"6.00\" or \"0.00\"")
    })
}

fn bad(detail: &str) -> Problem {
    Problem::new(Code::Refused(Refused::BadAmount), detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_exact_or_none() {
        assert_eq!(fen("12.34").map_err(|_| ()), Ok(1_234));
        assert_eq!(fen("12").map_err(|_| ()), Ok(1_200));
        for text in ["", "0", "0.00", "-1", "1.234", "1e3", " 1", "1,5", "１", "100000000000.01"] {
            assert!(fen(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn points_have_six_decimals() {
        assert_eq!(micro_points("12.345678").map_err(|_| ()), Ok(12_345_678));
        for text in ["", "0", "0.000000", "-1", "1.2345678", "1000000000000.000001"] {
            assert!(micro_points(text).is_err(), "{text:?}");
        }
    }
}
