//! The poster of an invitation, upright for phones. Must not be added here: an amount of money, or a promise.

use crate::drawing::{Drawing, Extent};
use crate::fit::{Room, lines};
use crate::fonts::Fonts;
use crate::qr::Qr;
use crate::refusal::Refusal;
use crate::sheet::{centred, module};
use crate::text::{Instruction, check, check_link};

const EXTENT: Extent = Extent { width_px: 1080, height_px: 1920, dots_per_inch: None };
/// Pixels of the side of the QR code, its quiet zone included.
const QR_SIDE: f32 = 740.0;

const TITLE: Room = Room {
    what: "title",
    x: 540.0,
    y: 330.0,
    width: 880.0,
    height: 400.0,
    most_lines: 3,
    largest: 120.0,
    smallest: 36.0,
    weight: 700,
};
const ZH: Room = Room {
    what: "Chinese instruction",
    x: 540.0,
    y: 1475.0,
    width: 900.0,
    height: 80.0,
    most_lines: 1,
    largest: 60.0,
    smallest: 13.0,
    weight: 700,
};
const EN: Room = Room {
    what: "English instruction",
    x: 540.0,
    y: 1550.0,
    width: 900.0,
    height: 50.0,
    most_lines: 1,
    largest: 38.0,
    smallest: 13.0,
    weight: 400,
};
const LINK: Room = Room {
    what: "link",
    x: 540.0,
    y: 1670.0,
    width: 900.0,
    height: 140.0,
    most_lines: 6,
    largest: 27.0,
    smallest: 16.0,
    weight: 400,
};
const FOOTER: Room = Room {
    what: "footer",
    x: 540.0,
    y: 1825.0,
    width: 900.0,
    height: 40.0,
    most_lines: 1,
    largest: 30.0,
    smallest: 13.0,
    weight: 400,
};

/// The poster of an invitation.
#[derive(Clone, Copy, Debug)]
pub struct Poster<'a> {
    /// The name of the store, or of whoever invites; 1 to 64 characters.
    pub title: &'a str,
    /// What to do with the code.
    pub instruction: Instruction<'a>,
    /// What the code and the small line beneath it say: an address of the web of at most 256 bytes.
    pub link: &'a str,
    /// A last line, 1 to 64 characters.
    pub footer: Option<&'a str>,
}

impl Poster<'_> {
    /// Lays the poster out.
    ///
    /// # Errors
    /// A refusal of one of its texts.
    pub fn draw(&self, fonts: &Fonts) -> Result<Drawing, Refusal> {
        let title = check("title", self.title)?;
        let zh = check("Chinese instruction", self.instruction.zh)?;
        let en = check("English instruction", self.instruction.en)?;
        let link = check_link(self.link)?;
        let footer = self.footer.map(|footer| lines(fonts, check("footer", footer)?, FOOTER)).transpose()?;
        let qr = Qr::new(link)?;
        let module = module(&qr, QR_SIDE, 1.0);
        let svg = format!(
            include_str!("../assets/poster.svg"),
            title = lines(fonts, title, TITLE)?,
            qr_scale = module,
            // Whole pixels, or the edges of the modules are grey.
            qr_shift = centred(&qr, module).floor(),
            qr = qr.path(),
            zh = lines(fonts, zh, ZH)?,
            en = lines(fonts, en, EN)?,
            link = lines(fonts, link, LINK)?,
            footer = footer.unwrap_or_default(),
        );
        Drawing::new(fonts, &svg, title, EXTENT)
    }
}
