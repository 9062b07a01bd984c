//! Pixels to PNG, with the size that they have on paper. Must not be added here: drawing.

use png::{BitDepth, ColorType, Compression, Encoder, PixelDimensions, Unit};

/// What a pixel is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Colour {
    Grey,
    Rgb,
}

/// The PNG of these pixels, a byte a channel. With so many pixels a metre a printer knows the size.
pub(crate) fn png(pixels: &[u8], width: u32, height: u32, colour: Colour, per_metre: Option<u32>) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(match colour {
        Colour::Grey => ColorType::Grayscale,
        Colour::Rgb => ColorType::Rgb,
    });
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    encoder.set_pixel_dims(per_metre.map(|pixels| PixelDimensions {
        xppu: pixels,
        yppu: pixels,
        unit: Unit::Meter,
    }));
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(pixels)?;
        writer.finish()
    });
    written.expect("memory takes every byte, and there are as many pixels as the sides say");
    file
}
