//! The sheet that a store prints: its name, the QR code of its link, and what to do with it. One template serves both
//! sizes of paper, because A6 is A4 halved twice. Must not be added here: an amount of money, or a promise.

use crate::drawing::{Drawing, Extent};
use crate::fit::{Room, lines};
use crate::fonts::Fonts;
use crate::qr::Qr;
use crate::refusal::Refusal;
use crate::text::{Instruction, check, check_link};

const DOTS_PER_INCH: u16 = 300;
/// Units of the template from left to right.
const UNITS: f32 = 210.0;
/// Units of the side of the QR code, its quiet zone included.
const QR_SIDE: f32 = 122.0;

const TITLE: Room = Room {
    what: "title",
    x: 105.0,
    y: 50.0,
    width: 158.0,
    height: 58.0,
    most_lines: 3,
    largest: 25.0,
    smallest: 6.0,
    weight: 700,
};
const ZH: Room = Room {
    what: "Chinese instruction",
    x: 105.0,
    y: 236.0,
    width: 170.0,
    height: 16.0,
    most_lines: 1,
    largest: 12.5,
    smallest: 2.6,
    weight: 700,
};
const EN: Room = Room {
    what: "English instruction",
    x: 105.0,
    y: 248.5,
    width: 170.0,
    height: 9.0,
    most_lines: 1,
    largest: 6.8,
    smallest: 2.6,
    weight: 400,
};
const LINK: Room = Room {
    what: "link",
    x: 105.0,
    y: 264.0,
    width: 170.0,
    height: 17.5,
    most_lines: 5,
    largest: 4.4,
    smallest: 2.6,
    weight: 400,
};
const FOOTER: Room = Room {
    what: "footer",
    x: 105.0,
    y: 281.0,
    width: 170.0,
    height: 6.0,
    most_lines: 1,
    largest: 4.6,
    smallest: 2.6,
    weight: 400,
};

/// What a sheet is printed on, upright.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// For the wall or the counter.
    A4,
    /// A card for the table.
    A6,
}

impl Paper {
    fn extent(self) -> Extent {
        let (width_px, height_px) = match self {
            Self::A4 => (2480, 3508),
            Self::A6 => (1240, 1748),
        };
        Extent { width_px, height_px, dots_per_inch: Some(DOTS_PER_INCH) }
    }
}

/// The sheet of a store.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The paper.
    pub paper: Paper,
    /// The store's name, 1 to 64 characters.
    pub title: &'a str,
    /// What to do with the code.
    pub instruction: Instruction<'a>,
    /// What the code and the small line beneath it say: an address of the web of at most 256 bytes.
    pub link: &'a str,
    /// A last line, 1 to 64 characters.
    pub footer: Option<&'a str>,
}

impl Sheet<'_> {
    /// Lays the sheet out.
    ///
    /// # Errors
    /// A refusal of one of its texts.
    pub fn draw(&self, fonts: &Fonts) -> Result<Drawing, Refusal> {
        let title = check("title", self.title)?;
        let zh = check("Chinese instruction", self.instruction.zh)?;
        let en = check("English instruction", self.instruction.en)?;
        let link = check_link(self.link)?;
        let footer = self.footer.map(|footer| lines(fonts, check("footer", footer)?, FOOTER)).transpose()?;
        let extent = self.paper.extent();
        let qr = Qr::new(link)?;
        let pixel = UNITS / f32::from(extent.width_px);
        let module = module(&qr, QR_SIDE, pixel);
        let svg = format!(
            include_str!("../assets/sheet.svg"),
            height = f32::from(extent.height_px) * pixel,
            title = lines(fonts, title, TITLE)?,
            qr_scale = module,
            qr_shift = centred(&qr, module),
            qr = qr.path(),
            zh = lines(fonts, zh, ZH)?,
            en = lines(fonts, en, EN)?,
            link = lines(fonts, link, LINK)?,
            footer = footer.unwrap_or_default(),
        );
        Drawing::new(fonts, &svg, title, extent)
    }
}

/// The side of a module, a whole number of pixels, so that none is wider than its neighbour.
pub(crate) fn module(qr: &Qr, side: f32, pixel: f32) -> f32 {
    (side / modules(qr) / pixel).floor() * pixel
}

/// From the middle of the code to its left and its upper edge.
pub(crate) fn centred(qr: &Qr, module: f32) -> f32 {
    -modules(qr) * module / 2.0
}

fn modules(qr: &Qr) -> f32 {
    f32::from(u16::try_from(qr.side()).expect("a version has at most 177 modules a side"))
}
