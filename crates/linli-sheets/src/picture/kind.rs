//! What a file is, by its first bytes: neither its name nor its sender is asked. Must not be added here: a format
//! that the tests don't attack.

use crate::refusal::{Code, Refusal};
use image::ImageFormat;

/// Readers of PDF look for its mark in so many bytes.
const PDF_HEAD: usize = 1024;

pub(super) fn find(bytes: &[u8]) -> Result<ImageFormat, Refusal> {
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Ok(ImageFormat::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
        return Ok(ImageFormat::Png);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(ImageFormat::WebP);
    }
    Err(unwanted(bytes))
}

fn unwanted(bytes: &[u8]) -> Refusal {
    if bytes.windows(5).take(PDF_HEAD).any(|place| place == b"%PDF-") {
        let message =
            "a PDF is not accepted: take a picture of the document, and send it as JPEG, PNG or WebP";
        return Refusal::new(Code::PictureIsPdf, message);
    }
    let message = if bytes.get(4..8) == Some(b"ftyp") {
        "the file is HEIC, AVIF or a film: send a JPEG, which phones make with the setting \"most compatible\""
    } else {
        "the file is no JPEG, PNG or WebP"
    };
    Refusal::new(Code::PictureFormat, message)
}
