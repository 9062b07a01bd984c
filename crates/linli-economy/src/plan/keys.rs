//! The values of single keys: from a TOML value to a type of the plan, or the reason why not.

use crate::decimal::{self, DecimalError};
use crate::limits::AMOUNT_LIMIT_FEN;
use crate::rate::{Cap, Rate, RateError};
use toml::de::DeValue;

/// Up to 1000 %, which only `mall.award` may be.
pub const AWARD_LIMIT: Rate = Rate(10_000_000);

/// The reason why a value is refused.
pub type Reason = String;

/// The text of a string value.
pub fn text<'a>(value: &'a DeValue<'_>) -> Result<&'a str, Reason> {
    value.as_str().ok_or_else(|| format!("must be a text in quotes, not {}", value.type_str()))
}

/// A rate from 0 to 100 %.
pub fn rate(value: &DeValue<'_>) -> Result<Rate, Reason> {
    rate_up_to(value, Rate::WHOLE)
}

/// A rate from 0 to the limit.
pub fn rate_up_to(value: &DeValue<'_>, limit: Rate) -> Result<Rate, Reason> {
    Rate::parse(text(value)?, limit).map_err(|error| match error {
        RateError::NotRate => r#"must be a rate such as "0.3%", with at most 4 decimals"#.into(),
        RateError::TooLarge => format!("must be from 0% to {limit}"),
    })
}

/// An amount of yuan, in fen.
pub fn fen(value: &DeValue<'_>) -> Result<u64, Reason> {
    decimal::parse(text(value)?, 2, AMOUNT_LIMIT_FEN).map_err(|error| match error {
        DecimalError::NotDecimal => r#"must be an amount of yuan such as "1.00""#.into(),
        DecimalError::TooManyDecimals => "must have at most 2 decimals".into(),
        DecimalError::TooLarge => "must be at most 100000000000.00".into(),
    })
}

/// A price in fen, which can't be 0.
pub fn price(value: &DeValue<'_>) -> Result<u64, Reason> {
    match fen(value)? {
        0 => Err("must be above 0".into()),
        price => Ok(price),
    }
}

/// A cap of at least 1.
pub fn cap(value: &DeValue<'_>) -> Result<Cap, Reason> {
    let cap = Cap::parse(text(value)?).map_err(|error| match error {
        DecimalError::NotDecimal => r#"must be a multiple such as "1.2""#.to_string(),
        DecimalError::TooManyDecimals => "must have at most 6 decimals".into(),
        DecimalError::TooLarge => format!("must be at most {}", Cap::LIMIT),
    })?;
    if cap.0 < u64::from(Rate::WHOLE.0) { Err("must be at least 1".into()) } else { Ok(cap) }
}

/// A count from 0.
pub fn count(value: &DeValue<'_>) -> Result<u64, Reason> {
    let integer =
        value.as_integer().ok_or_else(|| format!("must be a whole number, not {}", value.type_str()))?;
    let digits = integer.as_str();
    let parsed = i64::from_str_radix(digits, integer.radix());
    parsed
        .ok()
        .and_then(|count| u64::try_from(count).ok())
        .ok_or_else(|| "must be a whole number from 0".into())
}

/// A number of days.
pub fn days(value: &DeValue<'_>) -> Result<u32, Reason> {
    u32::try_from(count(value)?).map_err(|_| format!("must be at most {} days", u32::MAX))
}

/// One of the given words.
pub fn word<T: Copy>(value: &DeValue<'_>, words: &[(&str, T)]) -> Result<T, Reason> {
    let word = text(value)?;
    let found = words.iter().find(|(name, _)| *name == word);
    found.map(|&(_, meaning)| meaning).ok_or_else(|| {
        let names: Vec<String> = words.iter().map(|(name, _)| format!("{name:?}")).collect();
        format!("must be {}", names.join(" or "))
    })
}
