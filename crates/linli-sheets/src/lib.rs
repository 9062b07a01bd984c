//! What Linli prints and takes in: QR codes, sheets for the counter and the table, posters for phones, and uploaded
//! pictures, drawn anew without what the camera wrote into them. The same input and fonts give the same bytes.
//!
//! Texts, links and pictures come from strangers, so each is bounded before anything is done with it. Must not be
//! added here: files besides fonts, a network, a clock, or what a link means.

mod drawing;
mod fit;
mod fonts;
mod picture;
mod poster;
mod qr;
mod raster;
mod refusal;
mod sheet;
mod text;

pub use drawing::{Drawing, PdfFault};
pub use fonts::{Fonts, NoChineseFont};
pub use picture::{Encoded, Media, Picture};
pub use poster::Poster;
pub use qr::Qr;
pub use refusal::{Code, Refusal};
pub use sheet::{Paper, Sheet};
pub use text::Instruction;
