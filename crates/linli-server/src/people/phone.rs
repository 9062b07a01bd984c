//! Phone numbers in the international form. Without a country they are of mainland China. Must not be added here: a way
//! to show one whole by accident.

use std::fmt;

/// Digits of a number with its country, at least and at most (E.164 has 15).
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// A phone number, such as `+8613800000000`.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// The number that somebody typed: blanks and dashes do not matter.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 32 {
            return None;
        }
        let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')')).collect();
        let digits = plain.strip_prefix('+').unwrap_or(&plain);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        match plain.strip_prefix('+') {
            Some(digits) => (DIGITS.contains(&digits.len()) && !digits.starts_with('0') && is_fit(digits))
                .then(|| Self(plain.clone())),
            None => is_mainland_mobile(digits).then(|| Self(format!("+86{digits}"))),
        }
    }

    /// The whole number, for whoever sends to it.
    pub fn whole(&self) -> &str {
        &self.0
    }

    /// The number as it is shown: `138****0000`.
    pub fn masked(&self) -> String {
        let local = self.0.strip_prefix("+86").unwrap_or(&self.0);
        let (head, tail) = (local.len().min(3), local.len().saturating_sub(4));
        format!("{}****{}", &local[..head], &local[tail..])
    }
}

/// A number of mainland China has the form of one.
fn is_fit(digits: &str) -> bool {
    digits.strip_prefix("86").is_none_or(is_mainland_mobile)
}

fn is_mainland_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9')
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<String> {
        Phone::parse(text).map(|phone| phone.whole().to_string())
    }

    #[test]
    fn numbers_have_one_form() {
        for text in ["13800000000", "138 0000 0000", "+86 138-0000-0000", "+8613800000000"] {
            assert_eq!(parsed(text).as_deref(), Some("+8613800000000"), "{text}");
        }
        assert_eq!(parsed("+1 (212) 555-0100").as_deref(), Some("+12125550100"));
        for text in [
            "",
            "+",
            "12345678901",
            "1380000000",
            "+861380000000",
            "+0123456789",
            "１３８００００００００",
            "13800000000\n",
            "+1234567",
            "+1234567890123456",
            "1380000000a",
        ] {
            assert_eq!(parsed(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_number_is_shown_masked() {
        let phone = Phone::parse("13812345678").expect("a number");
        assert_eq!((phone.masked().as_str(), format!("{phone:?}").as_str()), ("138****5678", "138****5678"));
    }
}
