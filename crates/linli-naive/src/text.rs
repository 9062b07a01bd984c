//! Numbers as text: amounts, rates and caps, read strictly and shown with fixed decimals. A text
//! with too many decimals is an error here, never rounded.

use num_traits::{Signed, Zero};

use crate::number::{BigInt, int};
use crate::state::Refusal;

/// The most that one amount of money may be: 10^13 fen.
pub const MONEY_LIMIT_FEN: i64 = 10_000_000_000_000;
/// The most that one amount of points may be: 10^18 micro-points.
const POINTS_LIMIT_MICRO: i64 = 1_000_000_000_000_000_000;

/// Whether a text has the form `-?digits[.digits]`; anything else as an amount is `malformed`.
pub fn is_amount_form(text: &str) -> bool {
    split_decimal(text.strip_prefix('-').unwrap_or(text)).is_some()
}

/// A positive amount of money in fen; anything else is `bad_amount`.
pub fn money(text: &str) -> Result<BigInt, Refusal> {
    positive(text, 2, MONEY_LIMIT_FEN)
}

/// A positive amount of growth points in micro-points; anything else is `bad_amount`.
pub fn points(text: &str) -> Result<BigInt, Refusal> {
    positive(text, 6, POINTS_LIMIT_MICRO)
}

/// A rate in ppm from `digits[.1-4 digits]%`, however large.
pub fn rate(text: &str) -> Option<BigInt> {
    unsigned(text.strip_suffix('%')?, 4)
}

/// `digits[.1-n digits]` in units of 10^-n.
pub fn unsigned(text: &str, decimals: usize) -> Option<BigInt> {
    let (whole, fraction) = split_decimal(text)?;
    if fraction.len() > decimals {
        return None;
    }
    let digits = format!("{whole}{fraction:0<decimals$}");
    Some(digits.parse().expect("only digits"))
}

/// The text form with exactly so many decimals, the sign in front.
pub fn show(value: &BigInt, decimals: usize) -> String {
    let sign = if value.is_negative() { "-" } else { "" };
    let digits = format!("{:0>width$}", value.abs().to_string(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    format!("{sign}{whole}.{fraction}")
}

fn positive(text: &str, decimals: usize, limit: i64) -> Result<BigInt, Refusal> {
    // A text with a minus sign is no positive amount, "-0.00" included.
    let value = unsigned(text, decimals).ok_or("bad_amount")?;
    if value.is_zero() || value > int(limit) { Err("bad_amount") } else { Ok(value) }
}

/// The digits before and after the point; the point needs digits on both sides.
fn split_decimal(text: &str) -> Option<(&str, &str)> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) if is_digits(fraction) => (whole, fraction),
        Some(_) => return None,
        None => (text, ""),
    };
    is_digits(whole).then_some((whole, fraction))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
