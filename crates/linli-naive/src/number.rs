//! The only arithmetic there is: unbounded integers, and parts of them rounded the way the name says.
//! Nothing here may become a machine integer or a float.

pub use num_bigint::BigInt;
use num_integer::Integer;

/// A small whole number as an unbounded one.
pub fn int(value: i64) -> BigInt {
    BigInt::from(value)
}

/// 10^6: what a rate of 100%, a cap of 1 and one whole point are made of.
pub fn million() -> BigInt {
    int(1_000_000)
}

/// ⌊whole · numerator / denominator⌋, the product exact.
pub fn part_floor(whole: &BigInt, numerator: &BigInt, denominator: &BigInt) -> BigInt {
    (whole * numerator).div_floor(denominator)
}

/// ⌈whole · numerator / denominator⌉, the product exact.
pub fn part_ceil(whole: &BigInt, numerator: &BigInt, denominator: &BigInt) -> BigInt {
    (whole * numerator).div_ceil(denominator)
}

/// ⌊base · rate⌋ with the rate in ppm: every share is rounded down.
pub fn at_rate_floor(base: &BigInt, rate_ppm: &BigInt) -> BigInt {
    part_floor(base, rate_ppm, &million())
}

/// ⌈base · rate⌉ with the rate in ppm: only the take is rounded so.
pub fn at_rate_ceil(base: &BigInt, rate_ppm: &BigInt) -> BigInt {
    part_ceil(base, rate_ppm, &million())
}
