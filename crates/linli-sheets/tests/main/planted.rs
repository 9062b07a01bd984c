//! Files with what must not come through: made here, so that the tests know each byte of it.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ImageEncoder, RgbImage};

/// What a phone and its programs write into a picture; none of it may be in what is kept.
pub const SECRETS: [&[u8]; 8] = [
    b"Exif",
    b"Planted Phone 9",
    b"GPS-23.1291N",
    b"ns.adobe.com",
    b"ICC_PROFILE",
    b"planted comment",
    b"Photoshop",
    b"acsp",
];

/// Its quarters are red, green, blue and white, from the upper left to the lower right.
pub fn quarters(width: u32, height: u32) -> DynamicImage {
    let colour = |right, low| match (right, low) {
        (false, false) => image::Rgb([230, 20, 20]),
        (true, false) => image::Rgb([20, 200, 20]),
        (false, true) => image::Rgb([20, 20, 230]),
        (true, true) => image::Rgb([250, 250, 250]),
    };
    RgbImage::from_fn(width, height, |x, y| colour(x >= width / 2, y >= height / 2)).into()
}

/// `Exif` data: orientation, the phone, and a place in the GPS part.
pub fn exif(orientation: u16) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let parts = [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value];
        parts.concat()
    };
    let phone = b"Planted Phone 9\0";
    let place = b"GPS-23.1291N\0\0\0\0";
    // The parts follow each other: 8 bytes of head, 42 of the first list, the phone, 18 of the GPS list, the place.
    let (phone_at, gps_at, place_at) = (50_u32, 66_u32, 84_u32);
    let [high, low] = orientation.to_be_bytes();
    [
        &b"MM\0*\0\0\0\x08"[..],
        &3_u16.to_be_bytes(),
        &entry(0x0110, 2, 16, phone_at.to_be_bytes()),
        &entry(0x0112, 3, 1, [high, low, 0, 0]),
        &entry(0x8825, 4, 1, gps_at.to_be_bytes()),
        &[0; 4],
        phone,
        &1_u16.to_be_bytes(),
        &entry(0x001B, 7, 16, place_at.to_be_bytes()),
        &[0; 4],
        place,
    ]
    .concat()
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("short").to_be_bytes();
    [&[0xFF, marker][..], &length, content].concat()
}

pub fn plain_jpeg(image: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 95)).expect("encoded");
    bytes
}

/// A JPEG with all that a phone writes, before and after the picture.
pub fn jpeg(image: &DynamicImage, orientation: u16) -> Vec<u8> {
    let plain = plain_jpeg(image);
    let head = [
        segment(0xE1, &[&b"Exif\0\0"[..], &exif(orientation)].concat()),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPS-23.1291N</x:xmpmeta>"),
        segment(0xE2, b"ICC_PROFILE\0\x01\x01planted acsp"),
        segment(0xED, b"Photoshop 3.0\08BIM"),
        segment(0xFE, b"planted comment"),
    ];
    [&plain[..2], &head.concat(), &plain[2..], b"MotionPhoto_Data GPS-23.1291N"].concat()
}

/// A PNG with the same in its own chunks.
pub fn png(image: &DynamicImage, orientation: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let rgba = image.to_rgba8();
    let mut info = png::Info::with_size(rgba.width(), rgba.height());
    info.exif_metadata = Some(exif(orientation).into());
    info.icc_profile = Some(b"planted acsp"[..].into());
    let mut encoder = png::Encoder::with_info(&mut bytes, info).expect("a head");
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder
        .add_text_chunk("Comment".to_string(), "planted comment GPS-23.1291N".to_string())
        .expect("a chunk");
    encoder.add_itxt_chunk("XML:com.adobe.xmp".to_string(), "ns.adobe.com".to_string()).expect("a chunk");
    let mut writer = encoder.write_header().expect("written");
    writer.write_image_data(&rgba).expect("written");
    writer.finish().expect("written");
    bytes.extend_from_slice(b"planted comment after the end");
    bytes
}

/// A lossless WebP with EXIF and a profile.
pub fn webp(image: &DynamicImage, orientation: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut bytes);
    encoder.set_exif_metadata(exif(orientation)).expect("taken");
    encoder.set_icc_profile(b"planted acsp".to_vec()).expect("taken");
    image.write_with_encoder(encoder).expect("encoded");
    bytes
}

pub fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|place| place == part)
}
