//! Exact products and quotients wider than 128 bits. The common case fits machine words and is tried first;
//! the rest is left to `ruint`. Must not be added here: a rounding without its name.

use ruint::Uint;
use std::cmp::Ordering;

/// Wide enough for three factors of 127 bits.
type Wide = Uint<384, 6>;

/// `⌊a · b / divisor⌋`.
///
/// # Panics
/// If the divisor is 0 or the quotient exceeds 128 bits: a bug in the caller.
#[must_use]
pub fn mul_div_floor(a: u128, b: u128, divisor: u128) -> u128 {
    match a.checked_mul(b) {
        Some(product) => div_floor(product, divisor),
        None => narrow(Wide::from(a) * Wide::from(b) / Wide::from(divisor)),
    }
}

/// `⌈a · b / divisor⌉`.
///
/// # Panics
/// As [`mul_div_floor`].
#[must_use]
pub fn mul_div_ceil(a: u128, b: u128, divisor: u128) -> u128 {
    match a.checked_mul(b) {
        Some(product) => product.div_ceil(divisor),
        None => narrow((Wide::from(a) * Wide::from(b)).div_ceil(Wide::from(divisor))),
    }
}

/// `⌊a · b · c / (d · e)⌋`.
///
/// # Panics
/// As [`mul_div_floor`].
#[must_use]
pub fn mul3_div2_floor(factors: [u128; 3], divisors: [u128; 2]) -> u128 {
    let [a, b, c] = factors;
    let product = a.checked_mul(b).and_then(|ab| ab.checked_mul(c));
    let divisor = divisors[0].checked_mul(divisors[1]);
    match (product, divisor) {
        (Some(product), Some(divisor)) => product / divisor,
        _ => narrow(product3(factors) / product3([divisors[0], divisors[1], 1])),
    }
}

/// How the product of the first three compares with the product of the other three.
#[must_use]
pub fn compare_products(left: [u128; 3], right: [u128; 3]) -> Ordering {
    let fast = |[a, b, c]: [u128; 3]| a.checked_mul(b).and_then(|ab| ab.checked_mul(c));
    match (fast(left), fast(right)) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => product3(left).cmp(&product3(right)),
    }
}

/// The first `bits` significant bits of the quotient `n / divisor`, below its binary exponent: a value that
/// grows with the quotient and never with anything else, so that it can stand for it in a coarse order.
///
/// # Panics
/// If `n` or the divisor is 0.
#[must_use]
pub fn leading_bits(n: [u128; 2], divisor: u128, bits: u32) -> u32 {
    /// Keeps the exponent of the smallest quotient, 2^-127, above zero.
    const EXPONENT_BIAS: u32 = 200;
    if let Some((length, top, shift)) = leading_bits_narrow(n, divisor, bits) {
        return ((EXPONENT_BIAS + length - shift) << bits) | top;
    }
    let length = |product: u128| 128 - product.leading_zeros();
    let (quotient_bits, top, shift) = match n[0].checked_mul(n[1]) {
        Some(n) if length(divisor) + bits <= 128 => {
            let shift = (length(divisor) + bits).saturating_sub(length(n));
            let quotient = div_floor(n << shift, divisor);
            let top = quotient >> (length(quotient) - bits);
            (length(quotient), u32::try_from(top).expect("that many bits"), shift)
        }
        _ => leading_bits_wide(product3([n[0], n[1], 1]), divisor, bits),
    };
    let exponent = EXPONENT_BIAS + quotient_bits - shift;
    (exponent << bits) | top
}

/// The quotient's length, its first bits and how far `n` was shifted, in machine words where they fit.
fn leading_bits_narrow(n: [u128; 2], divisor: u128, bits: u32) -> Option<(u32, u32, u32)> {
    let length = |number: u64| 64 - number.leading_zeros();
    let n = u64::try_from(n[0]).ok()?.checked_mul(u64::try_from(n[1]).ok()?)?;
    let divisor = u64::try_from(divisor).ok().filter(|&divisor| length(divisor) + bits <= 64)?;
    let shift = (length(divisor) + bits).saturating_sub(length(n));
    let quotient = (n << shift) / divisor;
    let top = quotient >> (length(quotient) - bits);
    Some((length(quotient), u32::try_from(top).expect("that many bits"), shift))
}

fn leading_bits_wide(n: Wide, divisor: u128, bits: u32) -> (u32, u32, u32) {
    let shift = 127 + bits;
    let quotient = (n << usize::try_from(shift).expect("small")) / Wide::from(divisor);
    let length = u32::try_from(quotient.bit_len()).expect("at most 384");
    let top: Wide = quotient >> usize::try_from(length - bits).expect("small");
    (length, u32::try_from(top).expect("that many bits"), shift)
}

/// A quotient by machine words where both sides fit, which they nearly always do.
fn div_floor(n: u128, divisor: u128) -> u128 {
    match (u64::try_from(n), u64::try_from(divisor)) {
        (Ok(n), Ok(divisor)) => u128::from(n / divisor),
        _ => n / divisor,
    }
}

fn product3([a, b, c]: [u128; 3]) -> Wide {
    Wide::from(a) * Wide::from(b) * Wide::from(c)
}

fn narrow(wide: Wide) -> u128 {
    u128::try_from(wide).expect("a quotient of at most 128 bits")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAX: u128 = i128::MAX.unsigned_abs();

    #[test]
    fn narrow_and_wide_paths_agree_at_the_seam() {
        assert_eq!(mul_div_floor(u128::MAX, 1, 7), u128::MAX / 7);
        assert_eq!(mul_div_floor(u128::MAX, 7, 7), u128::MAX);
        assert_eq!(mul_div_floor(MAX, MAX, MAX), MAX);
        assert_eq!(mul_div_ceil(MAX, MAX, MAX), MAX);
        assert_eq!(mul_div_ceil(10, 10, 3), 34);
        assert_eq!(mul_div_ceil(MAX, 5, 3), MAX / 3 * 5 + 2);
        // The product that the specification names: 10^15 fen times 10^18 micro-points times a rate.
        assert_eq!(
            mul3_div2_floor([10_u128.pow(15), 10_u128.pow(18), 1_200_000], [10_u128.pow(18), 1_000_000]),
            12 * 10_u128.pow(14)
        );
        assert_eq!(mul3_div2_floor([MAX, MAX, MAX], [MAX, MAX]), MAX);
    }

    #[test]
    fn products_compare_exactly() {
        assert_eq!(compare_products([MAX, MAX, 2], [MAX, 2, MAX]), Ordering::Equal);
        assert_eq!(compare_products([MAX, MAX, MAX], [MAX, MAX, MAX - 1]), Ordering::Greater);
        assert_eq!(compare_products([0, MAX, MAX], [1, 1, 1]), Ordering::Less);
    }

    #[test]
    fn leading_bits_tell_a_thousandth_apart_and_do_not_depend_on_the_width() {
        for quotient in [1_u128, 3, 700, 1_000_003, 1 << 40] {
            let narrow = leading_bits([quotient, 1_000], 1_000, 10);
            assert!(leading_bits([quotient, 1_002], 1_000, 10) > narrow, "{quotient}");
            assert_eq!(leading_bits([quotient, 1 << 64], 1 << 64, 10), narrow, "{quotient}");
            assert_eq!(leading_bits([quotient << 60, 1 << 66], 1 << 126, 10), narrow, "{quotient}");
        }
    }

    #[test]
    fn leading_bits_grow_with_the_quotient() {
        let wide = [1, 2, 3, 1_000, 999_983, 1 << 40, (1 << 64) + 1, 10_u128.pow(30), MAX - 1, MAX];
        let mut quotients = Vec::new();
        for a in wide {
            for b in [1, 7, 1_200_000, 1_000_000_000_000_000_000] {
                for divisor in wide {
                    quotients.push(([a, b], divisor, leading_bits([a, b], divisor, 10)));
                }
            }
        }
        for (n, d, bits) in &quotients {
            for (other_n, other_d, other_bits) in &quotients {
                let exact = compare_products([n[0], n[1], *other_d], [other_n[0], other_n[1], *d]);
                let coarse = bits.cmp(other_bits);
                assert!(coarse == exact || coarse == Ordering::Equal, "{n:?}/{d} and {other_n:?}/{other_d}");
            }
        }
    }

    #[test]
    fn leading_bits_of_ordinary_figures_are_found_in_machine_words() {
        // A pool of up to ten million yuan and the points that stand against it; targets of like size.
        for n in [[16_000_u128, 1_000_000], [1_000_000_000, 1_000_000], [1_200_000, 10_000_000_000]] {
            for divisor in [1, 112_000_000, 1_000_000_000_000, 1 << 53] {
                let found = leading_bits_narrow(n, divisor, 10);
                let (length, top, shift) = found.expect("machine words");
                let (wide_length, wide_top, wide_shift) =
                    leading_bits_wide(product3([n[0], n[1], 1]), divisor, 10);
                assert_eq!((length + wide_shift, top), (wide_length + shift, wide_top), "{n:?} / {divisor}");
            }
        }
        for (n, divisor) in [([1 << 63, 2], 1), ([1 << 64, 1], 1), ([1, 1 << 64], 1), ([1, 1], 1 << 54)] {
            assert_eq!(leading_bits_narrow(n, divisor, 10), None, "{n:?} / {divisor}");
        }
    }
}
