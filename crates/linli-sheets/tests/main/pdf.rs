//! A reader of our PDFs: it paints the filled shapes alone, so that a QR code can only be found if it is made of shapes,
//! and lists the glyphs that are shown.

use hayro_syntax::Pdf;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::Number;
use resvg::tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, Size, Transform};

/// 300 dots an inch, so that modules are whole pixels.
const SCALE: f32 = 300.0 / 72.0;

/// What is on a page.
pub struct Page {
    /// In points.
    pub size: (f32, f32),
    pub width: usize,
    pub height: usize,
    /// The filled shapes.
    pub grey: Vec<u8>,
    /// Numbers of glyphs in the fonts of the file.
    pub glyphs: Vec<u16>,
    pub images: usize,
}

/// Where and with what is painted.
#[derive(Clone, Copy)]
struct State {
    transform: Transform,
    grey: f32,
}

pub fn read(pdf: Vec<u8>) -> Page {
    let pdf = Pdf::new(pdf).expect("a PDF");
    assert_eq!(pdf.pages().len(), 1);
    let page = &pdf.pages()[0];
    let size = page.render_dimensions();
    let pixels = Size::from_wh(size.0 * SCALE, size.1 * SCALE).expect("a page").to_int_size();
    let mut pixmap = Pixmap::new(pixels.width(), pixels.height()).expect("a page");
    pixmap.fill(Color::WHITE);
    let upright = Transform::from_row(SCALE, 0.0, 0.0, -SCALE, 0.0, size.1 * SCALE);
    let mut states = vec![State { transform: upright, grey: 0.0 }];
    let (mut path, mut glyphs, mut images) = (PathBuilder::new(), Vec::new(), 0);
    let mut operations = page.typed_operations();
    while let Some(operation) = operations.next() {
        let state = states.last_mut().expect("as many are saved as restored");
        match operation {
            Op::SaveState(_) => {
                let saved = *state;
                states.push(saved);
            }
            Op::RestoreState(_) => drop(states.pop()),
            Op::Transform(op) => {
                let [a, b, c, d, e, f] = [op.0, op.1, op.2, op.3, op.4, op.5].map(float);
                state.transform = state.transform.pre_concat(Transform::from_row(a, b, c, d, e, f));
            }
            Op::NonStrokeColorDeviceGray(op) => state.grey = float(op.0),
            Op::NonStrokeColorDeviceRgb(op) => {
                state.grey = 0.30 * float(op.0) + 0.59 * float(op.1) + 0.11 * float(op.2);
            }
            Op::MoveTo(op) => path.move_to(float(op.0), float(op.1)),
            Op::LineTo(op) => path.line_to(float(op.0), float(op.1)),
            Op::CubicTo(op) => {
                let [x1, y1, x2, y2, x, y] = [op.0, op.1, op.2, op.3, op.4, op.5].map(float);
                path.cubic_to(x1, y1, x2, y2, x, y);
            }
            Op::ClosePath(_) => path.close(),
            Op::FillPathNonZero(_) | Op::FillAndStrokeNonZero(_) => {
                let filled = std::mem::take(&mut path).finish().expect("a shape");
                let mut paint = Paint::default();
                paint.set_color(Color::from_rgba(state.grey, state.grey, state.grey, 1.0).expect("a colour"));
                pixmap.fill_path(&filled, &paint, FillRule::Winding, state.transform, None);
            }
            Op::EndPath(_) | Op::StrokePath(_) => path = PathBuilder::new(),
            Op::ShowText(op) => {
                glyphs.extend(op.0.chunks_exact(2).map(|glyph| u16::from_be_bytes([glyph[0], glyph[1]])));
            }
            Op::XObject(_) | Op::InlineImage(_) | Op::Shading(_) => images += 1,
            _ => {}
        }
    }
    let grey = pixmap.data().chunks_exact(4).map(|pixel| pixel[0]).collect();
    Page { size, width: pixmap.width() as usize, height: pixmap.height() as usize, grey, glyphs, images }
}

fn float(number: Number) -> f32 {
    number.as_f32()
}
