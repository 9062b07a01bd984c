//! Quantities as texts, as the economy writes them. Must not be added here: a number that is not in the state.

use linli_economy::account::Asset;
use linli_economy::decimal;
use linli_economy::pool::Price;
use linli_economy::rate::Rate;

/// Decimals of a price as it is shown.
const PRICE_DECIMALS: usize = 4;

/// Decimals of a price as the economy tells it.
const EXACT_DECIMALS: usize = 6;

/// Units of an asset.
pub fn amount(units: i128, asset: Asset) -> String {
    let mut text = String::new();
    decimal::write(&mut text, units, asset.decimals());
    text
}

/// Money in fen.
pub fn yuan(fen: impl Into<i128>) -> String {
    amount(fen.into(), Asset::Cny)
}

/// Yuan per point, rounded down.
pub fn price_floor(price: Price) -> String {
    let micro_yuan = i128::try_from(price.micro_yuan_floor()).expect("at most 127 bits");
    let mut text = String::new();
    decimal::write(&mut text, micro_yuan, EXACT_DECIMALS);
    // What is cut off are the last decimals of a price, which is above zero.
    text.truncate(text.len() - (EXACT_DECIMALS - PRICE_DECIMALS));
    text
}

/// A rate with at least two decimals: `0.30%`.
pub fn percent(rate: Rate) -> String {
    let mut text = String::new();
    decimal::write(&mut text, rate.0.into(), 4);
    for _ in 0..2 {
        if text.ends_with('0') {
            text.pop();
        }
    }
    text + "%"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_has_two_decimals_and_more_where_it_needs_them() {
        let texts = [3_000, 0, 200_000, 125, 1, 12_340].map(|ppm| percent(Rate(ppm)));
        assert_eq!(texts, ["0.30%", "0.00%", "20.00%", "0.0125%", "0.0001%", "1.234%"]);
    }
}
