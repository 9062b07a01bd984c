//! A text in pieces that stand in one line, and their widths, asked of the same layout that draws later. Must not be
//! added here: sizes of letters.

use crate::fonts::Fonts;
use crate::text::escape;
use resvg::usvg::{Node, Tree};
use std::fmt::Write;
use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;

/// What is never torn apart, and whether a space follows unless the line ends there.
pub(super) struct Piece {
    text: String,
    has_space: bool,
}

pub(super) fn words(text: &str) -> Vec<Piece> {
    let mut from = 0;
    let ends = linebreaks(text).map(|(end, _)| {
        let piece = &text[from..end];
        from = end;
        piece
    });
    ends.map(|piece| Piece {
        text: piece.trim_end().to_string(),
        has_space: piece.ends_with(char::is_whitespace),
    })
    .collect()
}

pub(super) fn letters(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for letter in text.graphemes(true) {
        match pieces.last_mut() {
            Some(before) if letter.trim().is_empty() => before.has_space = true,
            _ => pieces.push(Piece { text: letter.to_string(), has_space: false }),
        }
    }
    pieces
}

/// Pieces with their widths in letters of size 1.
pub(super) struct Pieces {
    pieces: Vec<(Piece, f32)>,
    space: f32,
}

impl Pieces {
    pub(super) fn measure(fonts: &Fonts, pieces: Vec<Piece>, weight: u16) -> Self {
        let texts = pieces.iter().map(|piece| &*piece.text).chain(["x x", "xx"]);
        let mut widths = widths(fonts, texts, weight);
        let unspaced = widths.pop().unwrap_or_default();
        let space = widths.pop().unwrap_or_default() - unspaced;
        Self { pieces: pieces.into_iter().zip(widths).collect(), space }
    }

    /// Whether there is nothing but marks that only join letters.
    pub(super) fn are_blank(&self) -> bool {
        self.pieces.iter().all(|(_, width)| *width <= 0.0)
    }

    /// The lines, if every piece fits into one.
    pub(super) fn wrap(&self, width: f32) -> Option<Vec<String>> {
        let mut lines: Vec<String> = Vec::new();
        let mut filled = f32::INFINITY;
        let mut has_space = false;
        for (piece, piece_width) in &self.pieces {
            let gap = if has_space { self.space } else { 0.0 };
            match lines.last_mut().filter(|_| filled + gap + piece_width <= width) {
                Some(line) => {
                    line.push_str(if has_space { " " } else { "" });
                    line.push_str(&piece.text);
                    filled += gap + piece_width;
                }
                None if *piece_width <= width => {
                    lines.push(piece.text.clone());
                    filled = *piece_width;
                }
                None => return None,
            }
            has_space = piece.has_space;
        }
        Some(lines)
    }

    /// The same number of lines, but none much shorter than the others.
    pub(super) fn balanced(&self, width: f32, lines: Vec<String>) -> Vec<String> {
        let narrower = (1..20).map_while(|step: u8| {
            let narrow = width * (1.0 - 0.04 * f32::from(step));
            self.wrap(narrow).filter(|narrow| narrow.len() == lines.len())
        });
        narrower.last().unwrap_or(lines)
    }
}

/// The widths of these texts in letters of size 1, as the layout gives them.
fn widths<'a>(fonts: &Fonts, texts: impl Iterator<Item = &'a str>, weight: u16) -> Vec<f32> {
    const SIZE: f32 = 100.0;
    let mut svg = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\">");
    let mut count = 0;
    for text in texts {
        let text = escape(text);
        write!(svg, "<text id=\"t{count}\" font-size=\"{SIZE}\" font-weight=\"{weight}\">{text}</text>")
            .expect("a string takes every text");
        count += 1;
    }
    svg.push_str("</svg>");
    let tree = Tree::from_str(&svg, &fonts.options()).expect("written above, its texts escaped");
    let width = |number: usize| match tree.node_by_id(&format!("t{number}")) {
        Some(Node::Text(text)) => text.bounding_box().width() / SIZE,
        // A text that draws nothing is no node.
        _ => 0.0,
    };
    (0..count).map(width).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::fit) fn pieces(text: &str) -> Pieces {
        // Every letter as wide as high, so that the lines can be counted by hand.
        let pieces = words(text).into_iter().map(|piece| {
            let letters = u16::try_from(piece.text.chars().count()).expect("short");
            (piece, f32::from(letters))
        });
        Pieces { pieces: pieces.collect(), space: 1.0 }
    }

    #[test]
    fn chinese_breaks_anywhere_but_before_a_mark() {
        assert_eq!(pieces("老街坊，便利店").wrap(3.0).expect("fits"), ["老街", "坊，便", "利店"]);
    }

    #[test]
    fn english_breaks_between_words_and_loses_the_space() {
        assert_eq!(pieces("The Corner Shop").wrap(10.0).expect("fits"), ["The Corner", "Shop"]);
        assert_eq!(pieces("The Corner Shop").wrap(5.0), None);
    }

    #[test]
    fn no_line_is_much_shorter_than_the_others() {
        let pieces = pieces("老街坊便利店十二");
        let lines = pieces.wrap(7.0).expect("fits");
        assert_eq!(lines, ["老街坊便利店十", "二"]);
        assert_eq!(pieces.balanced(7.0, lines), ["老街坊便", "利店十二"]);
    }

    #[test]
    fn a_letter_keeps_its_marks() {
        let letters: Vec<_> =
            letters("e\u{301} 店").into_iter().map(|piece| (piece.text, piece.has_space)).collect();
        assert_eq!(letters, [("e\u{301}".to_string(), true), ("店".to_string(), false)]);
    }
}
