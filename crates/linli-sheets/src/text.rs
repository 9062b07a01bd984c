//! Texts that strangers wrote, before they are drawn: bounded, without characters that steer the drawing, and escaped.
//! Must not be added here: where a text stands on a page.

use crate::refusal::{Code, Refusal};

/// The most characters of a title, a footer, and each half of an instruction.
pub(crate) const MOST_CHARS: usize = 64;
/// The most bytes of a link.
pub(crate) const MOST_LINK_BYTES: usize = 256;

/// What to do with the QR code, in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instruction<'a> {
    /// In Chinese, 1 to 64 characters.
    pub zh: &'a str,
    /// In English, 1 to 64 characters.
    pub en: &'a str,
}

impl Instruction<'static> {
    /// Beside the code of a store.
    pub const STORE: Self = Self { zh: "微信或浏览器扫码进店", en: "Scan to open this store" };
    /// Beside the code of an invitation, which nobody is bound by unread.
    pub const INVITATION: Self = Self {
        zh: "扫码查看邀请，看清规则再注册",
        en: "Scan, read what it means, then decide",
    };
}

/// The text without the spaces around it.
pub(crate) fn check<'a>(what: &str, text: &'a str) -> Result<&'a str, Refusal> {
    let text = text.trim();
    let chars = text.chars().count();
    if !(1..=MOST_CHARS).contains(&chars) {
        let message = format!("the {what} has {chars} characters: 1 to {MOST_CHARS} fit");
        return Err(Refusal::new(Code::TextLength, message));
    }
    match text.chars().find(|char| steers(*char)) {
        None => Ok(text),
        Some(char) => {
            let message =
                format!("the {what} has the character U+{:04X}, which is never drawn", u32::from(char));
            Err(Refusal::new(Code::BadCharacter, message))
        }
    }
}

/// Whether it ends lines, turns the direction of what follows, or may not stand in XML at all.
fn steers(char: char) -> bool {
    let turns_direction = matches!(char, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let ends_line = matches!(char, '\u{2028}' | '\u{2029}');
    char.is_control() || turns_direction || ends_line || matches!(char, '\u{FFFE}' | '\u{FFFF}')
}

/// An address of the web in ASCII, as people can type it.
pub(crate) fn check_link(link: &str) -> Result<&str, Refusal> {
    let bytes = link.len();
    if bytes > MOST_LINK_BYTES {
        let message = format!("the link has {bytes} bytes: {MOST_LINK_BYTES} are the most");
        return Err(Refusal::new(Code::BadLink, message));
    }
    let address = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    if !address
        .is_some_and(|address| !address.is_empty() && address.bytes().all(|byte| byte.is_ascii_graphic()))
    {
        let message = "a link begins with https:// or http:// and goes on in ASCII without spaces";
        return Err(Refusal::new(Code::BadLink, message));
    }
    Ok(link)
}

/// The text as it stands in XML, between tags or in quotes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            _ => escaped.push(char),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_1_to_64_characters_whatever_their_bytes() {
        let longest = "店".repeat(64);
        assert_eq!(check("title", &longest), Ok(&*longest));
        assert_eq!(check("title", " 小店 "), Ok("小店"));
        for (text, chars) in [("", 0), (" \u{3000} ", 0), (&*"店".repeat(65), 65)] {
            let refusal = check("title", text).expect_err("refused");
            assert_eq!(refusal.code, Code::TextLength);
            assert!(refusal.message.contains(&format!("has {chars} characters")), "{refusal}");
        }
    }

    #[test]
    fn characters_that_steer_are_refused_by_their_number() {
        for char in ['\0', '\n', '\u{85}', '\u{200F}', '\u{202E}', '\u{2067}', '\u{2029}', '\u{FFFF}'] {
            let refusal = check("title", &format!("a{char}b")).expect_err("refused");
            assert_eq!(refusal.code, Code::BadCharacter);
            assert!(refusal.message.contains(&format!("U+{:04X}", u32::from(char))), "{refusal}");
        }
        // Arabic and Uyghur turn by themselves, and a joiner belongs to its letters.
        assert!(check("title", "ئۇيغۇر").is_ok());
        assert!(check("title", "क\u{200D}ष").is_ok());
    }

    #[test]
    fn a_link_is_an_address_of_the_web() {
        for link in ["https://a.cn/s/1?k=2&x=%20#f", "http://127.0.0.1:8080/"] {
            assert_eq!(check_link(link), Ok(link));
        }
        let longest = format!("https://{}", "a".repeat(MOST_LINK_BYTES - 8));
        assert!(check_link(&longest).is_ok());
        for link in [
            "",
            "https://",
            "javascript:alert(1)",
            "https://a b",
            "https://邻里.cn",
            "HTTP://a",
            &format!("{longest}a"),
        ] {
            assert_eq!(check_link(link).expect_err(link).code, Code::BadLink);
        }
    }

    #[test]
    fn nothing_of_xml_is_left() {
        assert_eq!(escape(r#"<b>&"'邻"#), "&lt;b&gt;&amp;&quot;&apos;邻");
    }
}
