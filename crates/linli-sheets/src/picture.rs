//! Uploaded pictures, drawn anew: upright, at most 2048 pixels a side, and with nothing of the file that came. Where a
//! photo was taken, by which phone, what its owner's programs wrote into it and what was hung on its end are gone,
//! because only pixels pass. Must not be added here: a way for bytes to pass as they are.

mod kind;
mod outline;

use crate::refusal::{Code, Refusal};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// The most bytes of an upload.
const MOST_BYTES: usize = 10_000_000;
/// The most pixels; a photo of a phone mostly has 12 million.
const MOST_PIXELS: u64 = 40_000_000;
/// The most pixels of a side.
const MOST_SIDE: u32 = 16_384;
/// The most bytes of memory for what is decoded; a decoder may hold about as much again.
const MOST_MEMORY: u64 = 256 << 20;
/// The longest side that is kept, and that of the thumbnail.
const FULL_SIDE: u32 = 2048;
const THUMBNAIL_SIDE: u32 = 320;
const JPEG_QUALITY: u8 = 85;

/// An uploaded picture, decoded, upright and of the size that is kept.
#[derive(Clone, Debug)]
pub struct Picture(DynamicImage);

/// What a file of a picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// Opaque.
    Jpeg,
    /// With transparency.
    Png,
}

impl Media {
    /// As `Content-Type` says it.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// A file of a picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Encoded {
    /// The file.
    pub bytes: Vec<u8>,
    /// What it is.
    pub media: Media,
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

impl std::fmt::Debug for Encoded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { bytes, media, width, height } = self;
        write!(f, "Encoded({media:?}, {width} by {height}, {} bytes)", bytes.len())
    }
}

impl Picture {
    /// Decodes a JPEG, PNG or WebP; an animation becomes its first picture.
    ///
    /// # Errors
    /// A refusal of the file.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.len() > MOST_BYTES {
            let message = format!("the picture has {} bytes: {MOST_BYTES} are the most", bytes.len());
            return Err(Refusal::new(Code::PictureTooLarge, message));
        }
        let format = kind::find(bytes)?;
        outline::check(bytes, format)?;
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        let mut limits = Limits::no_limits();
        limits.max_alloc = Some(MOST_MEMORY);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(|error| refused(&error))?;
        check_size(&decoder)?;
        check_density(&decoder, format, bytes.len())?;
        let orientation = decoder.orientation().map_err(|error| refused(&error))?;
        let mut image = shrink(DynamicImage::from_decoder(decoder).map_err(|error| refused(&error))?);
        image.apply_orientation(orientation);
        Ok(Self(without_idle_alpha(&image)))
    }

    /// The picture, at most 2048 pixels a side.
    #[must_use]
    pub fn full(&self) -> Encoded {
        encode(&self.0)
    }

    /// The picture, at most 320 pixels a side.
    #[must_use]
    pub fn thumbnail(&self) -> Encoded {
        encode(&shrink_to(&self.0, THUMBNAIL_SIDE))
    }
}

/// What the header says, before there is memory for it.
fn check_size(decoder: &impl ImageDecoder) -> Result<(), Refusal> {
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 || pixels > MOST_PIXELS || width.max(height) > MOST_SIDE {
        let message = format!(
            "the picture has {width} by {height} pixels: {MOST_PIXELS} are the most, and {MOST_SIDE} a side"
        );
        return Err(Refusal::new(Code::PictureDimensions, message));
    }
    let memory = decoder.total_bytes();
    if memory > MOST_MEMORY {
        let message = format!("the picture takes {memory} bytes of memory: {MOST_MEMORY} are the most");
        return Err(Refusal::new(Code::PictureCost, message));
    }
    Ok(())
}

/// A JPEG spends a bit at least on each block of 8 by 8 pixels: one that claims more pixels lies, and its decoder would
/// fill all of them with grey.
fn check_density(decoder: &impl ImageDecoder, format: ImageFormat, bytes: usize) -> Result<(), Refusal> {
    let (width, height) = decoder.dimensions();
    let blocks = u64::from(width.div_ceil(8)) * u64::from(height.div_ceil(8));
    if format != ImageFormat::Jpeg || usize::try_from(blocks / 8).is_ok_and(|least| least <= bytes) {
        return Ok(());
    }
    let message = format!("the file says {width} by {height} pixels, which {bytes} bytes can't hold");
    Err(Refusal::new(Code::PictureDamaged, message))
}

fn refused(error: &ImageError) -> Refusal {
    let code = if matches!(error, ImageError::Limits(_)) { Code::PictureCost } else { Code::PictureDamaged };
    Refusal::new(code, format!("the picture can't be decoded: {error}"))
}

/// First by whole pixels, which needs no memory beside the result, then exactly.
fn shrink(image: DynamicImage) -> DynamicImage {
    let twice = 2 * FULL_SIDE;
    let image = if image.width().max(image.height()) > twice { image.thumbnail(twice, twice) } else { image };
    if image.width().max(image.height()) > FULL_SIDE { shrink_to(&image, FULL_SIDE) } else { image }
}

/// Smaller pictures stay as they are.
fn shrink_to(image: &DynamicImage, side: u32) -> DynamicImage {
    if image.width().max(image.height()) <= side {
        return image.clone();
    }
    image.resize(side, side, FilterType::CatmullRom)
}

/// Eight bits a channel, and an alpha channel only where something is transparent.
fn without_idle_alpha(image: &DynamicImage) -> DynamicImage {
    if image.color().has_alpha() {
        let pixels = image.to_rgba8();
        if pixels.pixels().any(|pixel| pixel.0[3] < u8::MAX) {
            return pixels.into();
        }
    }
    image.to_rgb8().into()
}

fn encode(image: &DynamicImage) -> Encoded {
    let mut bytes = Vec::new();
    let (written, media) = if image.color().has_alpha() {
        (image.write_with_encoder(PngEncoder::new(&mut bytes)), Media::Png)
    } else {
        (image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY)), Media::Jpeg)
    };
    written.expect("memory takes every byte, and both formats take sides up to 2048");
    Encoded { bytes, media, width: image.width(), height: image.height() }
}
