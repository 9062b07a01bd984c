//! What several tests use: the fonts, and a reader of QR codes.

use linli_sheets::{Drawing, Fonts, Instruction, Paper, Poster, Refusal, Sheet};
use std::sync::OnceLock;

pub const LINK: &str = "https://linli.example/s/8HJ2KQ?from=sheet";

pub fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| Fonts::of_system().expect("`cargo xtask test` installs one"))
}

/// Both sheets and the poster, with a name to find them by.
pub fn draw_all(
    title: &str,
    link: &str,
    footer: Option<&str>,
) -> Vec<(&'static str, Result<Drawing, Refusal>)> {
    let sheet = |paper| Sheet { paper, title, instruction: Instruction::STORE, link, footer }.draw(fonts());
    let poster = Poster { title, instruction: Instruction::INVITATION, link, footer };
    vec![("A4", sheet(Paper::A4)), ("A6", sheet(Paper::A6)), ("poster", poster.draw(fonts()))]
}

/// The text of the only QR code of a PNG.
pub fn decode_png(png: &[u8]) -> String {
    let image = image::load_from_memory(png).expect("a PNG").to_luma8();
    let (width, height) = (image.width() as usize, image.height() as usize);
    decode_grey(width, height, image.as_raw())
}

/// The text of the only QR code among grey pixels; what merely looks like a corner of one in letters is passed over.
pub fn decode_grey(width: usize, height: usize, pixels: &[u8]) -> String {
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
    let texts: Vec<_> = image.detect_grids().iter().filter_map(|grid| grid.decode().ok()).collect();
    let [(_, text)] = &texts[..] else { panic!("{} QR codes instead of one", texts.len()) };
    text.clone()
}
