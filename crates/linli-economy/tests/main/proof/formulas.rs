//! The definitions that the proof files share, word for word, over unbounded integers. Must not be added
//! here: a division, since a quotient is what the two inequalities say it is.

use num_bigint::BigInt;

/// An integer of any size.
pub fn big(n: impl Into<BigInt>) -> BigInt {
    n.into()
}

/// Whether q is n / d rounded down.
pub fn floor_of(q: &BigInt, n: &BigInt, d: &BigInt) -> bool {
    q * d <= *n && *n < q * d + d
}

/// Whether q is n / d rounded up.
pub fn ceil_of(q: &BigInt, n: &BigInt, d: &BigInt) -> bool {
    q * d - d < *n && *n <= q * d
}

/// A price as the pair of pool and supply.
pub type Pair = (BigInt, BigInt);

/// Whether the price falls from the first pair to the second.
pub fn falls(before: &Pair, after: &Pair) -> bool {
    &after.0 * &before.1 < &before.0 * &after.1
}
