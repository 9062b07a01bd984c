//! The outline of a file: whether its parts lie within it, up to its end mark. Decoders fill what is cut off with grey,
//! make room for parts that only claim to be there, and decode as many passes over a picture as it has; all that is
//! refused before. What follows the end mark is left alone here and not taken over: phones put films there.
//! Must not be added here: decoding.

use crate::refusal::{Code, Refusal};
use image::ImageFormat;

/// The most passes of a JPEG; programs write up to about 16.
const MOST_SCANS: usize = 32;

pub(super) fn check(bytes: &[u8], format: ImageFormat) -> Result<(), Refusal> {
    let is_whole = match format {
        ImageFormat::Jpeg => {
            let scans = jpeg_scans(bytes);
            check_scans(scans)?;
            scans.is_some()
        }
        ImageFormat::Png => is_whole_png(bytes),
        _ => is_whole_webp(bytes),
    };
    if is_whole {
        return Ok(());
    }
    let message =
        format!("the file ends after {} bytes, before its picture does: send it again", bytes.len());
    Err(Refusal::new(Code::PictureTruncated, message))
}

fn check_scans(scans: Option<usize>) -> Result<(), Refusal> {
    match scans.filter(|scans| *scans > MOST_SCANS) {
        None => Ok(()),
        Some(scans) => {
            let message = format!("the picture is made of {scans} passes: {MOST_SCANS} are the most");
            Err(Refusal::new(Code::PictureCost, message))
        }
    }
}

/// How many scans there are up to the end mark; `None` without one.
fn jpeg_scans(bytes: &[u8]) -> Option<usize> {
    let mut rest = &bytes[2..];
    let mut scans = 0;
    loop {
        let marker = next_marker(&mut rest)?;
        match marker {
            // The end.
            0xD9 => return Some(scans),
            // Marks without a length, and what a scan has instead of them.
            0x00 | 0x01 | 0xD0..=0xD8 => {}
            _ => {
                let length = rest.first_chunk().map(|length| usize::from(u16::from_be_bytes(*length)))?;
                rest = rest.get(length..)?;
                scans += usize::from(marker == 0xDA);
            }
        }
    }
}

/// The byte after the next 0xFF that is not 0xFF itself.
fn next_marker(rest: &mut &[u8]) -> Option<u8> {
    let start = rest.iter().position(|byte| *byte == 0xFF)?;
    let length = rest[start..].iter().position(|byte| *byte != 0xFF)?;
    let marker = rest[start + length];
    *rest = &rest[start + length + 1..];
    Some(marker)
}

/// Chunks of a length, a name, content and a checksum, up to `IEND`.
fn is_whole_png(bytes: &[u8]) -> bool {
    let mut rest = &bytes[8..];
    while let Some((head, after)) = rest.split_at_checked(8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
        let end = usize::try_from(length).ok().and_then(|length| length.checked_add(4));
        let Some(after) = end.and_then(|end| after.get(end..)) else { return false };
        if &head[4..] == b"IEND" {
            return true;
        }
        rest = after;
    }
    false
}

/// A length over all, and within it chunks of a name, a length and content of an even length.
fn is_whole_webp(bytes: &[u8]) -> bool {
    let length = |at: &[u8]| {
        let length = at.get(4..8).and_then(|length| length.try_into().ok()).map(u32::from_le_bytes);
        length.and_then(|length| usize::try_from(length).ok())
    };
    let whole = length(bytes).and_then(|length| length.checked_add(8)).and_then(|end| bytes.get(12..end));
    let Some(mut rest) = whole else { return false };
    while !rest.is_empty() {
        let content = length(rest).and_then(|length| length.checked_add(8 + length % 2));
        let Some(after) = content.and_then(|content| rest.get(content..)) else { return false };
        rest = after;
    }
    true
}
