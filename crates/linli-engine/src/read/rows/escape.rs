//! Texts that a database cannot hold, written otherwise. Both databases have them in the same form, so that their rows
//! are the same.

use std::borrow::Cow;

/// PostgreSQL has no place for U+0000, which an id may have: it is written `␀0`, and `␀` itself `␀␀`, so that
/// different texts stay different.
pub fn escape_from(texts: &mut String, start: usize) {
    const FIRST_BYTE: u8 = "␀".as_bytes()[0];
    let is_plain = |&byte: &u8| byte != 0 && byte != FIRST_BYTE;
    if !texts.as_bytes()[start..].iter().all(is_plain) {
        let escaped = texts[start..].replace('␀', "␀␀").replace('\0', "␀0");
        texts.truncate(start);
        texts.push_str(&escaped);
    }
}

/// A stored text as it was before it was escaped.
#[must_use]
pub fn unescaped(stored: &str) -> Cow<'_, str> {
    if !stored.contains('␀') {
        return Cow::Borrowed(stored);
    }
    let parts: Vec<_> = stored.split("␀␀").map(|part| part.replace("␀0", "\0")).collect();
    Cow::Owned(parts.join("␀"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_a_zero_is_told_from_all_others() {
        for (text, stored) in [
            ("", ""),
            ("中—ä", "中—ä"),
            ("a\0b", "a␀0b"),
            ("a␀b", "a␀␀b"),
            ("a␀0b", "a␀␀0b"),
            ("␀␀\0\x000", "␀␀␀␀␀0␀00"),
        ] {
            let mut texts = String::from("before\0");
            let start = texts.len();
            texts.push_str(text);
            escape_from(&mut texts, start);
            assert_eq!(&texts[start..], stored);
            assert_eq!(unescaped(stored), text);
        }
    }
}
