//! Texts that people give: which ids and names are taken.

use crate::refusal::{Code, Refusal};

/// Bytes that something sealed may have.
pub const SEALED_BYTES: usize = 8_192;

/// Why somebody does something, in a line.
pub const REASON: Length = Length { what: "a reason", least: 1, most: 200 };

/// How long a text may be, in characters.
pub struct Length {
    pub what: &'static str,
    pub least: usize,
    pub most: usize,
}

/// An id that stands in addresses and headers: letters, digits, `-` and `_`.
pub fn id(text: &str) -> Result<(), Refusal> {
    let is_fit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if (1..=64).contains(&text.len()) && text.bytes().all(is_fit) {
        return Ok(());
    }
    Err(Refusal::new(Code::BadText, "an id has 1 to 64 letters, digits, - or _"))
}

/// A line of text without blanks around it and without characters that cannot be seen.
pub fn plain(length: &Length, text: &str) -> Result<(), Refusal> {
    visible(length, text, is_hidden)
}

/// A line as other systems write it: bounded, and without controls.
pub fn line(length: &Length, text: &str) -> Result<(), Refusal> {
    bounded(length, text)?;
    if text.chars().any(char::is_control) {
        return Err(Refusal::new(Code::BadText, format!("{} has no control characters", length.what)));
    }
    Ok(())
}

/// Lines of text, each ended by a line feed; otherwise as [`plain`].
pub fn lines(length: &Length, text: &str) -> Result<(), Refusal> {
    visible(length, text, |character| character != '\n' && is_hidden(character))
}

fn bounded(length: &Length, text: &str) -> Result<(), Refusal> {
    let Length { what, least, most } = length;
    let count = text.chars().count();
    if (*least..=*most).contains(&count) {
        return Ok(());
    }
    let message = format!("{what} has {least} to {most} characters, and this has {count}");
    Err(Refusal::new(Code::BadText, message))
}

fn visible(length: &Length, text: &str, is_hidden: impl Fn(char) -> bool) -> Result<(), Refusal> {
    bounded(length, text)?;
    let what = length.what;
    if text.trim() != text || text.chars().any(is_hidden) {
        let message = format!("{what} has no blanks around it and no characters that cannot be seen");
        return Err(Refusal::new(Code::BadText, message));
    }
    Ok(())
}

/// A long text, such as a plan's: no characters that cannot be seen but the ends of lines and tabs.
pub fn long(what: &str, most_bytes: usize, text: &str) -> Result<(), Refusal> {
    if text.is_empty() || text.len() > most_bytes {
        let message = format!("{what} has 1 to {most_bytes} bytes, and this has {}", text.len());
        return Err(Refusal::new(Code::BadText, message));
    }
    let shown = text.replace("\r\n", "\n");
    if shown.chars().any(|character| is_hidden(character) && !matches!(character, '\n' | '\t')) {
        let message = format!("{what} has no characters that cannot be seen but ends of lines and tabs");
        return Err(Refusal::new(Code::BadText, message));
    }
    Ok(())
}

/// What was sealed before it came here.
pub fn sealed(what: &str, bytes: &[u8]) -> Result<(), Refusal> {
    if (1..=SEALED_BYTES).contains(&bytes.len()) {
        return Ok(());
    }
    let message = format!("{what} comes sealed, in 1 to {SEALED_BYTES} bytes, and this has {}", bytes.len());
    Err(Refusal::new(Code::BadText, message))
}

/// As [`sealed`], or nothing.
pub fn sealed_or_none(what: &str, bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.is_empty() { Ok(()) } else { sealed(what, bytes) }
}

/// Controls, and the marks that turn the direction of a text or join nothing: they make one name look like another.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
