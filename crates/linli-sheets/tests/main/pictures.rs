//! What becomes of honest uploads: sizes, formats, and what is gone.

use crate::planted::{SECRETS, contains, jpeg, plain_jpeg, png, quarters, webp};
use image::{DynamicImage, ImageBuffer, ImageFormat, Rgba, RgbaImage};
use linli_sheets::{Encoded, Media, Picture};
use std::io::Cursor;

/// The markers of a JPEG's segments, up to its only scan.
fn markers(jpeg: &[u8]) -> Vec<u8> {
    let mut markers = Vec::new();
    let mut at = 2;
    while markers.last() != Some(&0xDA) {
        assert_eq!(jpeg[at], 0xFF);
        markers.push(jpeg[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    markers
}

/// The names of a PNG's chunks.
fn chunks(png: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = &png[8..];
    while let Some((head, after)) = rest.split_at_checked(8) {
        names.push(String::from_utf8_lossy(&head[4..]).into_owned());
        rest = &after[u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize + 4..];
    }
    names.dedup();
    names
}

fn both(file: &[u8]) -> [Encoded; 2] {
    let picture = Picture::read(file).expect("a picture");
    [picture.full(), picture.thumbnail()]
}

#[test]
fn where_a_photo_was_taken_is_gone() {
    let image = quarters(400, 300);
    for file in [jpeg(&image, 6), png(&image, 6), webp(&image, 6)] {
        assert!(SECRETS.iter().filter(|secret| contains(&file, secret)).count() >= 3, "it was planted");
        for encoded in both(&file) {
            for secret in SECRETS {
                assert!(!contains(&encoded.bytes, secret), "{}", String::from_utf8_lossy(secret));
            }
            assert_eq!(encoded.media, Media::Jpeg);
            // JFIF, tables, frame, scan, and nothing in which more could stand.
            assert!(
                markers(&encoded.bytes).iter().all(|marker| [0xE0, 0xDB, 0xC0, 0xC4, 0xDA].contains(marker))
            );
            assert!(encoded.bytes.ends_with(&[0xFF, 0xD9]));
        }
    }
}

#[test]
fn what_is_transparent_stays_so_as_png_without_further_chunks() {
    let image =
        RgbaImage::from_fn(500, 500, |x, _| Rgba([200, 30, 30, if x < 250 { 0 } else { 255 }])).into();
    for file in [png(&image, 1), webp(&image, 1)] {
        for encoded in both(&file) {
            assert_eq!(encoded.media, Media::Png);
            assert_eq!(chunks(&encoded.bytes), ["IHDR", "IDAT", "IEND"]);
            let decoded = image::load_from_memory(&encoded.bytes).expect("a picture").to_rgba8();
            assert_eq!(decoded.get_pixel(5, 5).0[3], 0);
            assert_eq!(decoded.get_pixel(encoded.width - 5, 5).0, [200, 30, 30, 255]);
        }
    }
}

#[test]
fn long_sides_shrink_to_2048_and_320_and_short_ones_stay() {
    let cases = [
        ((3000, 1000), (2048, 683), (320, 107)),
        ((1000, 5000), (410, 2048), (64, 320)),
        ((2048, 2048), (2048, 2048), (320, 320)),
        ((321, 10), (321, 10), (320, 10)),
        ((300, 200), (300, 200), (300, 200)),
        ((1, 1), (1, 1), (1, 1)),
        ((9000, 1), (2048, 1), (320, 1)),
    ];
    for ((width, height), full, thumbnail) in cases {
        let [kept, small] = both(&plain_jpeg(&quarters(width, height)));
        assert_eq!((kept.width, kept.height), full, "{width} by {height}");
        assert_eq!((small.width, small.height), thumbnail, "{width} by {height}");
    }
}

#[test]
fn every_depth_and_kind_of_colour_is_taken() {
    let image = quarters(40, 20);
    let kinds: [DynamicImage; 6] = [
        image.to_luma8().into(),
        image.to_luma_alpha8().into(),
        image.to_luma16().into(),
        image.to_rgb16().into(),
        image.to_rgba16().into(),
        ImageBuffer::from_pixel(40, 20, image::LumaA([9_u16, 9])).into(),
    ];
    for kind in kinds {
        let mut file = Vec::new();
        kind.write_to(&mut Cursor::new(&mut file), ImageFormat::Png).expect("encoded");
        let full = Picture::read(&file).expect("taken").full();
        let is_transparent = matches!(kind, DynamicImage::ImageLumaA16(_));
        assert_eq!(full.media, if is_transparent { Media::Png } else { Media::Jpeg }, "{:?}", kind.color());
    }
}

#[test]
fn the_largest_picture_is_taken() {
    // 40 million pixels, which shrink in two steps.
    let file = plain_jpeg(&image::GrayImage::from_pixel(8000, 5000, image::Luma([99])).into());
    let full = Picture::read(&file).expect("taken").full();
    assert_eq!((full.width, full.height), (2048, 1280));
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    let file = jpeg(&quarters(700, 500), 3);
    assert_eq!(both(&file), both(&file));
}
