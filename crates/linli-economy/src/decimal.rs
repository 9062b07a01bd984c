//! Decimal text to integers and back, without a float in between. Too many decimals are an error, never a
//! rounding. Must not be added here: what the integer means (see `units.rs`, `rate.rs`).

/// Why a text is not the wanted quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalError {
    /// Not of the form `digits[.digits]`.
    NotDecimal,
    /// More decimals than the unit has.
    TooManyDecimals,
    /// Above the limit that the caller gave.
    TooLarge,
}

/// Whether the text has the form `-?digits[.digits]`, which is all that a command's amount must have to be
/// well-formed; whether it is an acceptable amount is asked later.
#[must_use]
pub fn is_amount_text(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    split(unsigned).is_some()
}

/// The text `digits[.digits]` in units of 10^-`decimals`, at most `limit`.
///
/// # Errors
/// As [`DecimalError`] lists; leading zeros are allowed, a sign is not.
pub fn parse(text: &str, decimals: usize, limit: u64) -> Result<u64, DecimalError> {
    let (whole, fraction) = split(text).ok_or(DecimalError::NotDecimal)?;
    if fraction.len() > decimals {
        return Err(DecimalError::TooManyDecimals);
    }
    let padding = std::iter::repeat_n(b'0', decimals - fraction.len());
    let mut units: u64 = 0;
    for digit in whole.bytes().chain(fraction.bytes()).chain(padding) {
        units = units
            .checked_mul(10)
            .and_then(|tens| tens.checked_add(u64::from(digit - b'0')))
            .filter(|&units| units <= limit)
            .ok_or(DecimalError::TooLarge)?;
    }
    Ok(units)
}

/// The digits before and after the point, if the text is `digits[.digits]`.
fn split(text: &str) -> Option<(&str, &str)> {
    let (whole, fraction) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (text, ""),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    (!whole.is_empty() && digits(whole) && digits(fraction)).then_some((whole, fraction))
}

/// Appends `units` of 10^-`decimals` with all decimals written out.
pub fn write(out: &mut String, units: i128, decimals: usize) {
    if units < 0 {
        out.push('-');
    }
    write_unsigned(out, units.unsigned_abs(), decimals);
}

fn write_unsigned(out: &mut String, units: u128, decimals: usize) {
    let mut buffer = [b'0'; 40];
    let mut start = buffer.len();
    let mut rest = units;
    // Above 64 bits one wide division takes 18 digits off; below, machine words do.
    while rest > u128::from(u64::MAX) {
        const CHUNK: u128 = 1_000_000_000_000_000_000;
        let low = u64::try_from(rest % CHUNK).expect("a remainder of 10^18");
        write_digits(&mut buffer, start, low);
        start -= 18;
        rest /= CHUNK;
    }
    start = write_digits(&mut buffer, start, u64::try_from(rest).expect("narrow now"));
    start = start.min(buffer.len() - decimals - 1);
    let digits = std::str::from_utf8(&buffer[start..]).expect("ASCII digits");
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    out.push_str(whole);
    if decimals > 0 {
        out.push('.');
        out.push_str(fraction);
    }
}

/// Writes the digits of a number so that they end before `end`, and gives where they start; 0 has none.
fn write_digits(buffer: &mut [u8; 40], end: usize, mut number: u64) -> usize {
    let mut start = end;
    while number > 0 {
        start -= 1;
        buffer[start] = b'0' + u8::try_from(number % 10).expect("one digit");
        number /= 10;
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_parsed_exactly_or_refused() {
        let fen = |text| parse(text, 2, 10_000_000_000_000);
        assert_eq!(fen("1000.00"), Ok(100_000));
        assert_eq!(fen("007.5"), Ok(750));
        assert_eq!(fen("0"), Ok(0));
        assert_eq!(fen("100000000000.00"), Ok(10_000_000_000_000));
        assert_eq!(fen("100000000000.01"), Err(DecimalError::TooLarge));
        assert_eq!(fen("99999999999999999999999999999999999999999"), Err(DecimalError::TooLarge));
        assert_eq!(fen("1.000"), Err(DecimalError::TooManyDecimals));
        for text in ["", ".5", "1.", "1,00", "+1", "-1", "1e3", "１", " 1", "1.2.3", "0x1"] {
            assert_eq!(fen(text), Err(DecimalError::NotDecimal), "{text}");
        }
    }

    #[test]
    fn the_form_of_an_amount_allows_a_sign_and_any_length() {
        for text in ["1", "-1", "-0.0", "1.123456789012345678901234567890"] {
            assert!(is_amount_text(text), "{text}");
        }
        for text in ["", "-", "--1", "1.", ".1", "-.1", "NaN", "1_000"] {
            assert!(!is_amount_text(text), "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for units in
            [0, 1, 9, 10, 99, 100, 12_345, 999_999_999_999_999_999, 1_000_000_000_000_000_000, u64::MAX]
        {
            for decimals in [0, 2, 6] {
                let mut text = String::new();
                write(&mut text, i128::from(units), decimals);
                assert_eq!(parse(&text, decimals, u64::MAX), Ok(units), "{text}");
            }
        }
        let mut text = String::new();
        write(&mut text, 10_i128.pow(36), 6);
        assert_eq!(text, format!("1{}.000000", "0".repeat(30)));
    }
}
