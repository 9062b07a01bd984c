//! Refusals of texts, links and pictures: expected, part of the contract, with a stable code. Must not be added here:
//! what is wrong with the machine, such as a font that is missing.

use std::fmt;

/// The stable code of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// A text that is empty or too long.
    TextLength,
    /// A text with a character that is never drawn: a control character, or one that turns the direction of writing.
    BadCharacter,
    /// A text with a character that no font of this machine can draw.
    GlyphMissing,
    /// A text that does not fit into its place even in the smallest letters.
    TextTooWide,
    /// A link that is too long or is no address of the web.
    BadLink,
    /// A file with too many bytes.
    PictureTooLarge,
    /// A file that is no JPEG, PNG or WebP.
    PictureFormat,
    /// A PDF where a picture is wanted.
    PictureIsPdf,
    /// A picture with too many pixels, or none.
    PictureDimensions,
    /// A picture that takes too much memory or time to decode.
    PictureCost,
    /// A file that ends before its picture does.
    PictureTruncated,
    /// A file that says it is a picture and can't be decoded.
    PictureDamaged,
}

impl Code {
    /// Every code there is.
    pub const ALL: [Self; 12] = [
        Self::TextLength,
        Self::BadCharacter,
        Self::GlyphMissing,
        Self::TextTooWide,
        Self::BadLink,
        Self::PictureTooLarge,
        Self::PictureFormat,
        Self::PictureIsPdf,
        Self::PictureDimensions,
        Self::PictureCost,
        Self::PictureTruncated,
        Self::PictureDamaged,
    ];

    /// The name in results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TextLength => "text_length",
            Self::BadCharacter => "bad_character",
            Self::GlyphMissing => "glyph_missing",
            Self::TextTooWide => "text_too_wide",
            Self::BadLink => "bad_link",
            Self::PictureTooLarge => "picture_too_large",
            Self::PictureFormat => "picture_format",
            Self::PictureIsPdf => "picture_is_pdf",
            Self::PictureDimensions => "picture_dimensions",
            Self::PictureCost => "picture_cost",
            Self::PictureTruncated => "picture_truncated",
            Self::PictureDamaged => "picture_damaged",
        }
    }
}

/// A refused input: the code, and a sentence with the rule and the numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The stable code.
    pub code: Code,
    /// For people; not stable.
    pub message: String,
}

impl Refusal {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.name(), self.message)
    }
}

impl std::error::Error for Refusal {}
