//! Uploads that want to harm: cut off, lying, two things at once, bombs, noise.

use crate::planted::{contains, jpeg, plain_jpeg, png, quarters, webp};
use linli_sheets::{Code, Picture, Refusal};
use proptest::prelude::*;

fn refused(file: &[u8]) -> Refusal {
    Picture::read(file).map(|_| ()).expect_err("refused")
}

/// Small files of each format, whole.
fn files() -> [Vec<u8>; 3] {
    let image = quarters(48, 40);
    [jpeg(&image, 6), png(&image, 6), webp(&image, 6)]
}

fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("short").to_be_bytes();
    let checksum = crc(content, crc(name, u32::MAX)) ^ u32::MAX;
    [&length[..], name, content, &checksum.to_be_bytes()].concat()
}

fn crc(bytes: &[u8], state: u32) -> u32 {
    bytes.iter().fold(state, |state, byte| {
        (0..8).fold(state ^ u32::from(*byte), |state, _| {
            (state >> 1) ^ (0xEDB8_8320 & (state & 1).wrapping_neg())
        })
    })
}

/// A PNG whose head claims a size, with next to no data behind it.
fn claiming_png(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colour, 0, 0, 0]].concat();
    // An empty stream of zlib.
    let data = [0x78, 0x9C, 0x03, 0, 0, 0, 0, 1];
    [&b"\x89PNG\r\n\x1A\n"[..], &chunk(b"IHDR", &head), &chunk(b"IDAT", &data), &chunk(b"IEND", &[])].concat()
}

/// The JPEG with another size in its head.
fn claiming_jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut file = plain_jpeg(&quarters(48, 40));
    let frame = file.windows(2).position(|marker| marker == [0xFF, 0xC0]).expect("a frame");
    file[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    file[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    file
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_refused() {
    let image = quarters(48, 40);
    let whole_jpeg = plain_jpeg(&image);
    let mut whole_png = png(&image, 1);
    let end = whole_png.windows(4).position(|name| name == b"IEND").expect("an end") + 8;
    whole_png.truncate(end);
    for file in [whole_jpeg, whole_png, webp(&image, 1)] {
        assert!(Picture::read(&file).is_ok());
        for end in 0..file.len() {
            let refusal = refused(&file[..end]);
            let expected = if end < 12 {
                vec![Code::PictureFormat, Code::PictureTruncated]
            } else {
                vec![Code::PictureTruncated]
            };
            assert!(expected.contains(&refusal.code), "{end} of {}: {refusal}", file.len());
        }
    }
}

#[test]
fn what_is_no_picture_is_refused_with_advice() {
    let cases: [(&[u8], Code, &str); 9] = [
        (b"", Code::PictureFormat, "no JPEG, PNG or WebP"),
        (b"GIF89a\x01\0\x01\0", Code::PictureFormat, "no JPEG, PNG or WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Code::PictureFormat, "no JPEG, PNG or WebP"),
        (b"<html><script>", Code::PictureFormat, "no JPEG, PNG or WebP"),
        (b"PK\x03\x04", Code::PictureFormat, "no JPEG, PNG or WebP"),
        (b"RIFF\x04\0\0\0WAVE", Code::PictureFormat, "no JPEG, PNG or WebP"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", Code::PictureFormat, "most compatible"),
        (b"%PDF-1.7\n", Code::PictureIsPdf, "take a picture of the document"),
        (b"#!/bin/sh\n%PDF-1.4", Code::PictureIsPdf, "take a picture of the document"),
    ];
    for (file, code, advice) in cases {
        let refusal = refused(file);
        assert_eq!(refusal.code, code, "{refusal}");
        assert!(refusal.message.contains(advice), "{refusal}");
    }
}

#[test]
fn more_than_ten_megabytes_are_refused_unread() {
    let mut file = plain_jpeg(&quarters(48, 40));
    file.resize(10_000_000, 0);
    assert!(Picture::read(&file).is_ok(), "the limit itself passes");
    file.push(0);
    let refusal = refused(&file);
    assert_eq!(refusal.code, Code::PictureTooLarge);
    assert!(refusal.message.contains("10000001") && refusal.message.contains("10000000"), "{refusal}");
}

#[test]
fn bombs_are_refused_by_what_their_heads_claim() {
    let mut wide_webp = webp(&quarters(48, 40), 1);
    // The canvas of VP8X, less one, in three bytes a side.
    wide_webp[24..30].copy_from_slice(&[0xFE, 0x3F, 0, 0xFE, 0x3F, 0]);
    let cases = [
        (claiming_png(30_000, 30_000, 8, 2), Code::PictureDimensions),
        (claiming_png(16_385, 1, 8, 0), Code::PictureDimensions),
        (claiming_png(6325, 6325, 8, 0), Code::PictureDimensions),
        (claiming_png(6000, 6000, 16, 6), Code::PictureCost),
        (claiming_jpeg(65_000, 65_000), Code::PictureDimensions),
        (wide_webp, Code::PictureDimensions),
    ];
    for (number, (file, code)) in cases.into_iter().enumerate() {
        let refusal = refused(&file);
        assert_eq!(refusal.code, code, "case {number}: {refusal}");
    }
}

#[test]
fn a_jpeg_of_too_many_passes_is_refused() {
    let file = plain_jpeg(&quarters(48, 40));
    let scan = file.windows(2).position(|marker| marker == [0xFF, 0xDA]).expect("a scan");
    let (head, rest) = file.split_at(scan);
    let (scan, end) = rest.split_at(rest.len() - 2);
    let refusal = refused(&[head, &scan.repeat(33), end].concat());
    assert_eq!(refusal.code, Code::PictureCost);
    assert!(refusal.message.contains("33 passes: 32 are the most"), "{refusal}");
}

#[test]
fn a_head_that_lies_is_refused() {
    for (width, height) in [(0, 40), (48, 0), (48, 400)] {
        let code = refused(&claiming_png(width, height, 8, 2)).code;
        assert!(
            [Code::PictureDamaged, Code::PictureDimensions].contains(&code),
            "{width} by {height}: {code:?}"
        );
    }
    let refusal = refused(&claiming_jpeg(8000, 5000));
    assert_eq!(refusal.code, Code::PictureDamaged);
    assert!(refusal.message.contains("8000 by 5000 pixels"), "{refusal}");
    // The chunk says that it is longer than the file, and asks for as much memory.
    let mut file = webp(&quarters(48, 40), 1);
    let exif = file.windows(4).position(|name| name == b"EXIF").expect("a chunk");
    file[exif + 4..exif + 8].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(refused(&file).code, Code::PictureTruncated);
    let [jpeg, png, webp] = files();
    for (head, body) in [(&jpeg, &png), (&png, &webp), (&webp, &jpeg)] {
        let code = refused(&[&head[..12], &body[12..]].concat()).code;
        assert!([Code::PictureDamaged, Code::PictureTruncated].contains(&code), "{code:?}");
    }
}

#[test]
fn of_a_file_that_is_two_things_only_the_picture_passes() {
    let other = b"PK\x03\x04<script>planted()</script>%PDF-1.7";
    for file in files() {
        let both = [&file[..], other].concat();
        let picture = Picture::read(&both).expect("a picture");
        for encoded in [picture.full(), picture.thumbnail()] {
            assert!(!contains(&encoded.bytes, b"<script>") && !contains(&encoded.bytes, b"%PDF-"));
        }
        let refusal = refused(&[&other[..], &file].concat());
        assert_eq!(refusal.code, Code::PictureIsPdf);
    }
}

/// Reads it, and whatever is read can be written and read again.
fn survive(file: &[u8]) {
    if let Ok(picture) = Picture::read(file) {
        let full = picture.full();
        assert!(full.width.max(full.height) <= 2048);
        Picture::read(&full.bytes).expect("what is written can be read");
        assert!(picture.thumbnail().width <= 320);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn noise_never_panics(head in 0..4_usize, noise in prop::collection::vec(any::<u8>(), 0..600)) {
        let heads: [&[u8]; 4] = [b"", b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1A\n", b"RIFF\xFF\0\0\0WEBPVP8 "];
        survive(&[heads[head], &noise].concat());
    }

    #[test]
    fn flips_never_panic(
        format in 0..3_usize,
        flips in prop::collection::vec((any::<prop::sample::Index>(), 1..=255_u8), 1..8),
    ) {
        let mut file = files()[format].clone();
        for (place, bits) in flips {
            let place = place.index(file.len());
            file[place] ^= bits;
        }
        survive(&file);
    }
}
