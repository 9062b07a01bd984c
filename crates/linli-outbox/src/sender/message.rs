//! A message to a person. Must not be added here: a way to show whom it goes to, or what it says.

use std::fmt;

/// The longest text, in bytes.
pub const MOST_TEXT_BYTES: usize = 2_048;

const MOST_PHONE_DIGITS: usize = 15;
const MOST_CODE_BYTES: usize = 16;

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A one-time code, which is useless soon.
    Code,
    /// A notice, which is good for a while.
    Notice,
}

/// Why something is no message. What was refused is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageRefusal {
    /// The phone number has another form.
    #[error("a phone number has 5 to {MOST_PHONE_DIGITS} digits, and may begin with +")]
    Phone,
    /// The code has another form.
    #[error("a code has 4 to {MOST_CODE_BYTES} digits and letters of ASCII")]
    Code,
    /// The text is empty or too long.
    #[error("the text of a message has {bytes} bytes; it has 1 to {MOST_TEXT_BYTES}")]
    Text {
        /// Its length.
        bytes: usize,
    },
    /// The key has another form.
    #[error("the key of a message has 1 to 128 letters, digits, colons, dashes and underscores of ASCII")]
    Key,
}

impl MessageRefusal {
    /// What the refusal is known by; it never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Phone => "message_phone_malformed",
            Self::Code => "message_code_malformed",
            Self::Text { .. } => "message_text_length",
            Self::Key => "message_key_malformed",
        }
    }
}

/// A message.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    phone: String,
    kind: Kind,
    code: String,
    text: String,
    key: String,
}

impl Message {
    /// A one-time code; `text` is the sentence that has it, for services that send what they are given.
    ///
    /// # Errors
    /// [`MessageRefusal`].
    pub fn code(phone: &str, code: &str, text: &str, key: &str) -> Result<Self, MessageRefusal> {
        let fits = (4..=MOST_CODE_BYTES).contains(&code.len())
            && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        fits.then_some(()).ok_or(MessageRefusal::Code)?;
        Self::new(phone, Kind::Code, code, text, key)
    }

    /// A notice.
    ///
    /// # Errors
    /// [`MessageRefusal`].
    pub fn notice(phone: &str, text: &str, key: &str) -> Result<Self, MessageRefusal> {
        Self::new(phone, Kind::Notice, "", text, key)
    }

    fn new(phone: &str, kind: Kind, code: &str, text: &str, key: &str) -> Result<Self, MessageRefusal> {
        let digits = phone.strip_prefix('+').unwrap_or(phone);
        let is_phone = (5..=MOST_PHONE_DIGITS).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_phone.then_some(()).ok_or(MessageRefusal::Phone)?;
        let bytes = text.len();
        (1..=MOST_TEXT_BYTES).contains(&bytes).then_some(()).ok_or(MessageRefusal::Text { bytes })?;
        crate::row::check_key(key).map_err(|_| MessageRefusal::Key)?;
        Ok(Self { phone: phone.into(), kind, code: code.into(), text: text.into(), key: key.into() })
    }

    /// To whom.
    #[must_use]
    pub fn phone(&self) -> &str {
        &self.phone
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The code; empty in a notice.
    #[must_use]
    pub fn one_time_code(&self) -> &str {
        &self.code
    }

    /// What is read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What a repeat is known by.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("kind", &self.kind).field("key", &self.key).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_its_form() {
        let code = |phone: &str, code: &str, text: &str, key: &str| {
            Message::code(phone, code, text, key).map_or_else(|refusal| refusal.code(), |_| "fits")
        };
        assert_eq!(code("+8613800000000", "123456", "t", "code:1"), "fits");
        for phone in ["", "+", "1234", "1380000000a", "1234567890123456", "138 0000", "+86\n13800"] {
            assert_eq!(code(phone, "123456", "t", "k"), "message_phone_malformed", "{phone}");
        }
        for wrong in ["", "123", "12 456", "12345678901234567", "\u{ff11}\u{ff12}\u{ff13}\u{ff14}"] {
            assert_eq!(code("13800000000", wrong, "t", "k"), "message_code_malformed", "{wrong}");
        }
        assert_eq!(code("13800000000", "1234", "", "k"), "message_text_length");
        assert_eq!(code("13800000000", "1234", &"t".repeat(2_049), "k"), "message_text_length");
        assert_eq!(code("13800000000", "1234", "t", "a.b"), "message_key_malformed");
    }

    #[test]
    fn neither_phone_nor_code_nor_text_is_shown() {
        let message = Message::code("13800000000", "824917", "your code is 824917", "k").expect("a message");
        assert_eq!(format!("{message:?}"), "Message { kind: Code, key: \"k\", .. }");
    }
}
