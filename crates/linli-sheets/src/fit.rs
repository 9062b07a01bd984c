//! Fitting a text into its place: as few lines as letters of a good size allow, and breaks inside words only where even
//! the smallest letters are too wide. Must not be added here: cutting a text off.

mod pieces;

use crate::fonts::Fonts;
use crate::refusal::{Code, Refusal};
use crate::text::escape;
use pieces::{Pieces, letters, words};
use std::fmt::Write;

/// Kerning between two measured pieces may move a line's end by so much.
const SAFETY: f32 = 0.98;
/// From one size of letters that is tried to the next.
const STEP: f32 = 0.95;
/// Fewer lines are worth letters that are smaller by this.
const WORTH_FEWER_LINES: f32 = 0.7;
/// From one baseline to the next, in sizes of letters.
const LINE_HEIGHT: f32 = 1.25;
/// From the middle of a line down to its baseline.
const BASELINE: f32 = 0.36;

/// The place of a text on a page, in the page's units.
#[derive(Clone, Copy)]
pub(crate) struct Room {
    pub what: &'static str,
    /// The middle of the place.
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
    pub most_lines: u8,
    /// Sizes of letters.
    pub largest: f32,
    pub smallest: f32,
    pub weight: u16,
}

/// The elements that draw the text in the middle of its room, one a line.
pub(crate) fn lines(fonts: &Fonts, text: &str, room: Room) -> Result<String, Refusal> {
    let words = Pieces::measure(fonts, words(text), room.weight);
    if words.are_blank() {
        return Err(Refusal::new(Code::TextLength, format!("the {} has nothing that is drawn", room.what)));
    }
    let fitting = fit(&words, room).or_else(|| {
        let letters = Pieces::measure(fonts, letters(text), room.weight);
        fit(&letters, room)
    });
    let (lines, size) = fitting.ok_or_else(|| {
        let Room { what, most_lines, .. } = room;
        let message = format!(
            "the {what} is wider than its place, {most_lines} lines of the smallest letters: shorten it"
        );
        Refusal::new(Code::TextTooWide, message)
    })?;
    let mut y =
        room.y - (0..lines.len() - 1).map(|_| LINE_HEIGHT * size / 2.0).sum::<f32>() + BASELINE * size;
    let mut elements = String::new();
    for line in lines {
        let (x, weight, line) = (room.x, room.weight, escape(&line));
        write!(
            elements,
            "<text x=\"{x}\" y=\"{y:.3}\" font-size=\"{size:.3}\" font-weight=\"{weight}\">{line}</text>"
        )
        .expect("a string takes every text");
        y += LINE_HEIGHT * size;
    }
    Ok(elements)
}

/// The lines and the size of their letters.
fn fit(pieces: &Pieces, room: Room) -> Option<(Vec<String>, f32)> {
    let mut fits: Vec<_> = (1..=room.most_lines).filter_map(|most| largest_fit(pieces, room, most)).collect();
    let best = fits.iter().map(|(_, size)| *size).fold(0.0, f32::max);
    let chosen = fits.iter().position(|(_, size)| *size >= best * WORTH_FEWER_LINES)?;
    let (lines, size) = fits.swap_remove(chosen);
    Some((pieces.balanced(room.width * SAFETY / size, lines), size))
}

fn largest_fit(pieces: &Pieces, room: Room, most: u8) -> Option<(Vec<String>, f32)> {
    let largest = room.largest.min(room.height / (f32::from(most) * LINE_HEIGHT));
    sizes(largest, room.smallest).into_iter().find_map(|size| {
        let lines = pieces.wrap(room.width * SAFETY / size)?;
        (1..=usize::from(most)).contains(&lines.len()).then_some((lines, size))
    })
}

/// From the largest downwards; the smallest is the last, if the largest is no smaller.
fn sizes(largest: f32, smallest: f32) -> Vec<f32> {
    let steps =
        std::iter::successors(Some(largest), |size| Some(size * STEP)).take_while(|size| *size > smallest);
    steps.chain((smallest <= largest).then_some(smallest)).collect()
}

#[cfg(test)]
mod tests {
    use super::pieces::tests::pieces;
    use super::*;

    #[test]
    fn fewer_lines_are_worth_smaller_letters_but_not_much_smaller_ones() {
        let room = Room {
            what: "title",
            x: 0.0,
            y: 0.0,
            width: 10.0 / SAFETY,
            height: 10.0,
            most_lines: 3,
            largest: 2.0,
            smallest: 0.5,
            weight: 400,
        };
        let lines = |letters: usize| fit(&pieces(&"店".repeat(letters)), room).map(|(lines, _)| lines.len());
        // One line of 6 letters is 10/6 high, one of 9 only 10/9, and two of 9 are 2 high again.
        assert_eq!([4, 6, 9, 45].map(lines), [Some(1), Some(1), Some(2), Some(3)]);
        assert_eq!(lines(61), None);
    }

    #[test]
    fn lines_are_not_higher_than_their_place() {
        let room = Room {
            what: "title",
            x: 0.0,
            y: 0.0,
            width: 100.0,
            height: 5.0,
            most_lines: 3,
            largest: 50.0,
            smallest: 1.0,
            weight: 400,
        };
        let (lines, size) = fit(&pieces("The Corner Noodle Shop"), room).expect("fits");
        assert!(
            f32::from(u8::try_from(lines.len()).expect("few")) * size * LINE_HEIGHT <= 5.0,
            "{lines:?} {size}"
        );
    }
}
