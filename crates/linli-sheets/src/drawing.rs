//! A page that is laid out, and its two forms: PNG, and PDF with the same shapes and letters, not a picture of them.
//! Nothing is laid out that can't be drawn: a letter without a glyph is refused instead of printed as an empty box.
//! Must not be added here: what stands on a page.

use crate::fonts::Fonts;
use crate::raster;
use crate::refusal::{Code, Refusal};
use krilla::Document;
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Group, Node, Text, Tree};
use std::collections::BTreeSet;

/// How large a drawing is, as pixels and on paper.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    pub width_px: u16,
    pub height_px: u16,
    /// Without it a drawing is for screens, and a pixel is as large as in a browser.
    pub dots_per_inch: Option<u16>,
}

/// A page that can be written as PNG and as PDF.
#[derive(Clone, Debug)]
pub struct Drawing {
    tree: Tree,
    title: String,
    extent: Extent,
}

/// The PDF could not be written, because a font forbids to be embedded or is broken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the PDF was not written")]
pub struct PdfFault(#[from] krilla::error::KrillaError);

impl PdfFault {
    /// The stable code.
    pub const CODE: &str = "pdf_failed";
}

impl Drawing {
    /// Lays out an SVG of ours, whose view box has the shape of the extent.
    pub(crate) fn new(fonts: &Fonts, svg: &str, title: &str, extent: Extent) -> Result<Self, Refusal> {
        let tree = Tree::from_str(svg, &fonts.options()).expect("a template of ours, its texts escaped");
        let mut texts = Vec::new();
        collect_texts(tree.root(), &mut texts);
        check_glyphs(&texts, fonts)?;
        check_widths(&texts, tree.size().width())?;
        Ok(Self { tree, title: title.to_string(), extent })
    }

    /// The page as pixels.
    #[must_use]
    pub fn png(&self) -> Vec<u8> {
        let (width, height) = (u32::from(self.extent.width_px), u32::from(self.extent.height_px));
        let mut pixmap = Pixmap::new(width, height).expect("no side is zero");
        pixmap.fill(Color::WHITE);
        let size = self.tree.size();
        let (x, y) = (f32::from(self.extent.width_px), f32::from(self.extent.height_px));
        let transform = Transform::from_scale(x / size.width(), y / size.height());
        resvg::render(&self.tree, transform, &mut pixmap.as_mut());
        // On white nothing is transparent.
        let pixels: Vec<u8> =
            pixmap.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        let per_metre = self.extent.dots_per_inch.map(|dots| u32::from(dots) * 10_000 / 254);
        raster::png(&pixels, width, height, raster::Colour::Rgb, per_metre)
    }

    /// The page as shapes and letters; they can be searched and copied.
    ///
    /// # Errors
    /// [`PdfFault`].
    pub fn pdf(&self) -> Result<Vec<u8>, PdfFault> {
        let points = 72.0 / f32::from(self.extent.dots_per_inch.unwrap_or(96));
        let (width, height) = (f32::from(self.extent.width_px), f32::from(self.extent.height_px));
        let size = Size::from_wh(width * points, height * points).expect("no side is zero");
        let mut document = Document::new();
        document.set_metadata(Metadata::new().title(self.title.clone()).language("zh".to_string()));
        let mut page = document.start_page_with(PageSettings::new(size));
        let mut surface = page.surface();
        surface.draw_svg(&self.tree, size, SvgSettings::default()).expect("krilla-svg always draws");
        surface.finish();
        page.finish();
        Ok(document.finish()?)
    }
}

fn collect_texts<'a>(group: &'a Group, texts: &mut Vec<&'a Text>) {
    for node in group.children() {
        match node {
            Node::Group(group) => collect_texts(group, texts),
            Node::Text(text) => texts.push(text),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

/// Glyph 0 of every font is the box that stands for what the font lacks.
fn check_glyphs(texts: &[&Text], fonts: &Fonts) -> Result<(), Refusal> {
    let spans = texts.iter().flat_map(|text| text.layouted());
    let boxes = spans.flat_map(|span| &span.positioned_glyphs).filter(|glyph| glyph.id.0 == 0);
    let missing: BTreeSet<char> = boxes.flat_map(|glyph| glyph.text.chars()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let missing: Vec<_> = missing.iter().map(|char| format!("U+{:04X}", u32::from(*char))).collect();
    let (missing, family) = (missing.join(", "), fonts.family());
    let message = format!("neither {family} nor another font of this machine can draw {missing}");
    Err(Refusal::new(Code::GlyphMissing, message))
}

/// What was measured in pieces is measured whole.
fn check_widths(texts: &[&Text], width: f32) -> Result<(), Refusal> {
    let is_inside = |text: &&Text| {
        let place = text.abs_bounding_box();
        place.left() >= 0.0 && place.right() <= width
    };
    if texts.iter().all(is_inside) {
        return Ok(());
    }
    Err(Refusal::new(Code::TextTooWide, "a line is wider than the page: shorten the texts"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use resvg::tiny_skia::{FillRule, Paint, PathBuilder};

    const SIDE: u16 = 200;
    const BASELINE: f32 = 170.0;

    fn fonts() -> Fonts {
        Fonts::of_system().expect("`cargo xtask test` installs one")
    }

    fn draw(fonts: &Fonts, char: char) -> Result<Drawing, Refusal> {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='{SIDE}' height='{SIDE}'>\
             <text y='{BASELINE}' font-size='{SIDE}'>{char}</text></svg>"
        );
        let extent = Extent { width_px: SIDE, height_px: SIDE, dots_per_inch: None };
        Drawing::new(fonts, &svg, "letter", extent)
    }

    struct Outline(PathBuilder);

    impl ttf_parser::OutlineBuilder for Outline {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.move_to(x, y);
        }

        fn line_to(&mut self, x: f32, y: f32) {
            self.0.line_to(x, y);
        }

        fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
            self.0.quad_to(x1, y1, x, y);
        }

        fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
            self.0.cubic_to(x1, y1, x2, y2, x, y);
        }

        fn close(&mut self) {
            self.0.close();
        }
    }

    /// The glyph as the font file has it, without a layout; `None` is the box for what it lacks.
    fn picture(fonts: &Fonts, char: Option<char>) -> Vec<u8> {
        let (path, units) = fonts.with_main_face(|face| {
            let glyph =
                char.map_or(ttf_parser::GlyphId(0), |char| face.glyph_index(char).expect("it has it"));
            let mut outline = Outline(PathBuilder::new());
            face.outline_glyph(glyph, &mut outline);
            (outline.0.finish(), face.units_per_em())
        });
        let mut pixmap = Pixmap::new(SIDE.into(), SIDE.into()).expect("a side");
        pixmap.fill(Color::WHITE);
        let scale = f32::from(SIDE) / f32::from(units);
        let transform = Transform::from_row(scale, 0.0, 0.0, -scale, 0.0, BASELINE);
        if let Some(path) = path {
            pixmap.fill_path(&path, &Paint::default(), FillRule::Winding, transform, None);
        }
        pixmap.data().chunks_exact(4).map(|pixel| pixel[0]).collect()
    }

    fn pixels(drawing: &Drawing) -> Vec<u8> {
        image::load_from_memory(&drawing.png()).expect("a PNG").to_luma8().into_raw()
    }

    /// How many of a thousand pixels are dark in one picture and light in the other.
    fn difference(one: &[u8], other: &[u8]) -> usize {
        let differing = one.iter().zip(other).filter(|(one, other)| one.abs_diff(**other) > 127).count();
        differing * 1000 / one.len()
    }

    #[test]
    fn chinese_letters_are_those_of_the_font_and_not_boxes() {
        let fonts = fonts();
        let letters = ['邻', '里', '店', '码', '饭', 'g'];
        let drawn = letters.map(|char| pixels(&draw(&fonts, char).expect("drawn")));
        for (place, char) in letters.into_iter().enumerate() {
            assert!(difference(&drawn[place], &picture(&fonts, Some(char))) <= 2, "{char}");
            assert!(difference(&drawn[place], &picture(&fonts, None)) > 20, "{char} is a box");
            for other in &drawn[..place] {
                assert!(difference(&drawn[place], other) > 20, "{char} is like another");
            }
        }
    }

    #[test]
    fn a_letter_without_a_glyph_is_refused_by_its_number() {
        let refusal = draw(&fonts(), '\u{10FFFD}').expect_err("no font has it");
        assert_eq!(refusal.code, Code::GlyphMissing);
        assert!(refusal.message.contains("U+10FFFD"), "{refusal}");
    }

    #[test]
    fn a_line_that_leaves_the_page_is_refused() {
        let extent = Extent { width_px: SIDE, height_px: SIDE, dots_per_inch: None };
        let svg = |x: &str| {
            format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text x='{x}'>店</text></svg>"
            )
        };
        for x in ["-1", "5"] {
            let refused = Drawing::new(&fonts(), &svg(x), "letter", extent).map(|_| ()).expect_err(x);
            assert_eq!(refused.code, Code::TextTooWide);
        }
    }
}
