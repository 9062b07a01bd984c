//! The fonts of this machine, read once. One with Chinese and Latin letters draws everything; what it lacks (letters of
//! other scripts, emoji) another may draw. They stay in the system: a Chinese font has 5 to 20 MB, and Debian keeps
//! it up to date. The order of trial depends on names and paths alone, so that the same fonts draw the same bytes.
//! Must not be added here: a font that the program brings, or looking again later.

use crate::text::Instruction;
use resvg::usvg::fontdb::{Database, FaceInfo, Family, ID, Query, Source, Stretch, Style, Weight};
use resvg::usvg::{FontResolver, ImageHrefResolver, Options};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Tried first, the best ones before.
const PREFERRED: [&str; 6] = [
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
];

/// What a font must have to be the main one, besides printable ASCII and our own instructions: common characters of
/// names of stores, and marks.
const NEEDED: &str =
    "邻里店铺超市餐厅饭馆面茶奶水果蔬菜肉海鲜烧烤火锅理发美容药房书花便民街道路号一二三，。、！？：；“”（）·";

/// The fonts of this machine; clones are the same.
#[derive(Clone, Debug)]
pub struct Fonts {
    database: Arc<Database>,
    regular: ID,
    bold: ID,
}

/// There is no font to draw Chinese with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "none of {faces} font faces has Chinese and Latin letters: install one, such as Debian's package \
     fonts-wqy-microhei (apt-get install fonts-wqy-microhei), and start again"
)]
pub struct NoChineseFont {
    /// How many faces there are.
    pub faces: usize,
}

impl NoChineseFont {
    /// The stable code.
    pub const CODE: &str = "font_missing";
}

impl Fonts {
    /// The fonts of the system and of its user, such as those beneath `/usr/share/fonts`.
    ///
    /// # Errors
    /// [`NoChineseFont`].
    pub fn of_system() -> Result<Self, NoChineseFont> {
        let mut database = Database::new();
        database.load_system_fonts();
        Self::choose(&database)
    }

    /// The fonts in a folder and beneath it, and no others.
    ///
    /// # Errors
    /// [`NoChineseFont`].
    pub fn in_folder(folder: &Path) -> Result<Self, NoChineseFont> {
        let mut database = Database::new();
        database.load_fonts_dir(folder);
        Self::choose(&database)
    }

    fn choose(found: &Database) -> Result<Self, NoChineseFont> {
        // A folder is listed in any order; here the order of faces decides.
        let mut faces: Vec<&FaceInfo> = found.faces().collect();
        faces.sort_by_key(|face| trial_order(face));
        let mut database = Database::new();
        for face in &faces {
            database.push_face_info((*face).clone());
        }
        let none = NoChineseFont { faces: faces.len() };
        let regular = main_face(&database).ok_or(none)?;
        let family = database.face(regular).map(|face| face.families[0].0.clone()).unwrap_or_default();
        let bold = query(&database, &family, Weight::BOLD).filter(|bold| has_needed(&database, *bold));
        Ok(Self { bold: bold.unwrap_or(regular), regular, database: Arc::new(database) })
    }

    /// The family that draws all it can.
    #[must_use]
    pub fn family(&self) -> &str {
        &self.database.face(self.regular).expect("chosen among them").families[0].0
    }

    #[cfg(test)]
    pub(crate) fn with_main_face<T>(&self, look: impl FnOnce(&ttf_parser::Face) -> T) -> T {
        let looked = self.database.with_face_data(self.regular, |data, index| {
            look(&ttf_parser::Face::parse(data, index).expect("parsed when it was chosen"))
        });
        looked.expect("chosen among them")
    }

    /// How SVGs are read: with these fonts, and with no other file, whatever an SVG names.
    pub(crate) fn options(&self) -> Options<'_> {
        let select_font = |font: &resvg::usvg::Font, _: &mut Arc<Database>| {
            Some(if font.weight() >= Weight::SEMIBOLD.0 { self.bold } else { self.regular })
        };
        let select_fallback = |char: char, tried: &[ID], database: &mut Arc<Database>| {
            let mut untried = database.faces().map(|face| face.id).filter(|id| !tried.contains(id));
            untried.find(|id| has_all(database, *id, [char]))
        };
        Options {
            fontdb: Arc::clone(&self.database),
            font_resolver: FontResolver {
                select_font: Box::new(select_font),
                select_fallback: Box::new(select_fallback),
            },
            image_href_resolver: ImageHrefResolver {
                resolve_data: Box::new(|_, _, _| None),
                resolve_string: Box::new(|_, _| None),
            },
            ..Options::default()
        }
    }
}

/// Upright before slanted, plain before bold, normal before narrow; then the path.
fn trial_order(face: &FaceInfo) -> (bool, u16, u16, Option<PathBuf>, u32) {
    let path = match &face.source {
        Source::File(path) | Source::SharedFile(path, _) => Some(path.clone()),
        Source::Binary(_) => None,
    };
    let stretch = face.stretch.to_number().abs_diff(Stretch::Normal.to_number());
    (face.style != Style::Normal, face.weight.0.abs_diff(Weight::NORMAL.0), stretch, path, face.index)
}

fn main_face(database: &Database) -> Option<ID> {
    let preferred = PREFERRED.iter().filter_map(|family| query(database, family, Weight::NORMAL));
    preferred.chain(database.faces().map(|face| face.id)).find(|id| has_needed(database, *id))
}

fn query(database: &Database, family: &str, weight: Weight) -> Option<ID> {
    database.query(&Query { families: &[Family::Name(family)], weight, ..Query::default() })
}

fn has_needed(database: &Database, id: ID) -> bool {
    let instructions = [Instruction::STORE, Instruction::INVITATION];
    let ours = instructions.iter().flat_map(|instruction| instruction.zh.chars());
    has_all(database, id, (' '..='~').chain(NEEDED.chars()).chain(ours))
}

fn has_all(database: &Database, id: ID, chars: impl IntoIterator<Item = char>) -> bool {
    let has_all = database.with_face_data(id, |data, index| {
        let face = ttf_parser::Face::parse(data, index).ok()?;
        Some(chars.into_iter().all(|char| face.glyph_index(char).is_some_and(|glyph| glyph.0 != 0)))
    });
    has_all.flatten().unwrap_or(false)
}
