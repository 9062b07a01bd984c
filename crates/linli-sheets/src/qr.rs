//! QR codes of links, for print: every fourth part of one may be worn off, and a quiet zone of 4 modules lies around
//! it. Must not be added here: pages, or a logo that eats into the code.

use crate::raster;
use crate::refusal::{Code, Refusal};
use crate::text::escape;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// The most bytes: more would be modules that a phone can't tell apart on a table card.
const MOST_BYTES: usize = 512;
/// Modules of quiet on each side, as the standard wants.
const QUIET: usize = 4;
/// The most pixels of a side of the PNG.
const PNG_SIDE: usize = 1024;

/// A QR code with error correction Q and its quiet zone.
#[derive(Clone, Debug)]
pub struct Qr {
    text: String,
    modules: Vec<Color>,
    width: usize,
}

impl Qr {
    /// The code of 1 to 512 bytes of text.
    ///
    /// # Errors
    /// [`Code::TextLength`].
    pub fn new(text: &str) -> Result<Self, Refusal> {
        let bytes = text.len();
        if !(1..=MOST_BYTES).contains(&bytes) {
            let message = format!("the text of the QR code has {bytes} bytes: 1 to {MOST_BYTES} fit");
            return Err(Refusal::new(Code::TextLength, message));
        }
        let code = QrCode::with_error_correction_level(text, EcLevel::Q)
            .expect("version 40 holds 1663 bytes at this level, more than the limit above");
        Ok(Self { text: text.to_string(), width: code.width(), modules: code.into_colors() })
    }

    /// Modules of a side, the quiet zone included.
    pub(crate) fn side(&self) -> usize {
        self.width + 2 * QUIET
    }

    /// Whether a module of the side is dark; those of the quiet zone are not.
    fn is_dark(&self, x: usize, y: usize) -> bool {
        let inside = |place: usize| place.checked_sub(QUIET).filter(|place| *place < self.width);
        let place = inside(x).zip(inside(y)).map(|(x, y)| y * self.width + x);
        place.is_some_and(|place| self.modules[place] == Color::Dark)
    }

    /// The dark modules as one path of an SVG, a module being one unit. It is one path and not many squares, because
    /// viewers leave hairlines between shapes that only touch.
    pub(crate) fn path(&self) -> String {
        let mut path = String::new();
        for y in 0..self.side() {
            let mut x = 0;
            while x < self.side() {
                let run = (x..self.side()).take_while(|x| self.is_dark(*x, y)).count();
                if run > 0 {
                    write!(path, "M{x} {y}h{run}v1h-{run}z").expect("a string takes every text");
                }
                x += run.max(1);
            }
        }
        path
    }

    /// An SVG of its own, white beneath.
    #[must_use]
    pub fn svg(&self) -> String {
        let (side, path, text) = (self.side(), self.path(), escape(&self.text));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{side}mm\" \
             height=\"{side}mm\" role=\"img\" shape-rendering=\"crispEdges\"><title>{text}</title>\
             <path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/><path d=\"{path}\"/></svg>\n"
        )
    }

    /// A PNG of at most 1024 pixels a side, each module a square of whole pixels.
    #[must_use]
    pub fn png(&self) -> Vec<u8> {
        let module = PNG_SIDE / self.side();
        let side = module * self.side();
        let mut pixels = Vec::with_capacity(side * side);
        for y in 0..side {
            let row = (0..side).map(|x| if self.is_dark(x / module, y / module) { 0 } else { 0xFF });
            pixels.extend(row);
        }
        let side = u32::try_from(side).expect("at most 1024");
        raster::png(&pixels, side, side, raster::Colour::Grey, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_1_to_512_bytes() {
        for bytes in [1, MOST_BYTES] {
            assert!(Qr::new(&"a".repeat(bytes)).is_ok());
        }
        for bytes in [0, MOST_BYTES + 1] {
            let refusal = Qr::new(&"a".repeat(bytes)).expect_err("refused");
            assert_eq!(refusal.code, Code::TextLength);
            assert!(refusal.message.contains(&format!("has {bytes} bytes")), "{refusal}");
        }
    }

    #[test]
    fn four_modules_around_the_code_are_light() {
        let qr = Qr::new("https://a.cn").expect("short");
        let last = qr.side() - 1;
        for place in 0..=last {
            for edge in (0..QUIET).chain(last + 1 - QUIET..=last) {
                assert!(!qr.is_dark(place, edge) && !qr.is_dark(edge, place));
            }
        }
        assert!(qr.is_dark(QUIET, QUIET), "the corner of a finder pattern");
    }

    #[test]
    fn the_path_has_the_area_of_the_dark_modules() {
        let qr = Qr::new("https://a.cn").expect("short");
        let dark = qr.modules.iter().filter(|module| **module == Color::Dark).count();
        let path = qr.path();
        let runs = path.split('h').skip(1).filter_map(|run| run.split('v').next()?.parse::<usize>().ok());
        assert_eq!(runs.sum::<usize>(), dark);
    }
}
