//! A text as its letters: what people see, without what they do not. Full-width, traditional, framed and look-alike
//! characters become plain ones; spaces, invisible characters and ornaments are passed over; each letter knows its place.

use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_security::confusable_detection::skeleton;

/// One letter or digit that a reader sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    /// As it is read.
    pub read: char,
    /// The byte of the text at which it stands.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// Whether a sentence ends before it.
    pub after_break: bool,
    /// Whether something was passed over before it.
    pub after_gap: bool,
}

/// A text's letters, and where each of them stands, so that a pattern is only tried where it can begin.
#[derive(Clone, Debug)]
pub struct Letters {
    letters: Vec<Letter>,
    places: BTreeMap<char, Vec<usize>>,
}

impl Letters {
    /// In the order of the text.
    pub fn all(&self) -> &[Letter] {
        &self.letters
    }

    /// Where this letter stands, counted in letters.
    pub fn places(&self, read: char) -> &[usize] {
        self.places.get(&read).map_or(&[], Vec::as_slice)
    }
}

/// What ends a sentence or a part of it. Ornaments between letters do not.
const BREAKS: &str = "。．.！!？?；;：:，,、";

/// Letters by their category that nobody sees.
const BLANK: [char; 4] = ['\u{115f}', '\u{1160}', '\u{3164}', '\u{ffa0}'];

/// The letters of a text, each read by `read_as`, with their places.
pub fn of(text: &str, read_as: impl Fn(char) -> char) -> Letters {
    let letters = read(text, read_as);
    let mut places: BTreeMap<char, Vec<usize>> = BTreeMap::new();
    for (place, letter) in letters.iter().enumerate() {
        places.entry(letter.read).or_default().push(place);
    }
    Letters { letters, places }
}

fn read(text: &str, read_as: impl Fn(char) -> char) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    let (mut after_break, mut after_gap) = (true, true);
    for (start, seen) in text.char_indices() {
        let end = start + seen.len_utf8();
        let mut passed = true;
        for plain in plain(seen).map(&read_as) {
            if BREAKS.contains(plain) && !is_point_in_number(text, start, seen) {
                after_break = true;
            }
            if !is_read(plain) {
                continue;
            }
            letters.push(Letter { read: plain, start, end, after_break, after_gap });
            (after_break, after_gap, passed) = (false, false, false);
        }
        after_gap |= passed;
    }
    letters
}

/// What a character looks like, in plain characters: `ａ` is `a`, `⼀` is `一`, Cyrillic `а` is `a`.
fn plain(seen: char) -> impl Iterator<Item = char> {
    let folded: String = if seen.is_ascii() {
        seen.into()
    } else {
        let composed = std::iter::once(seen).nfkc();
        composed.map(shape).collect()
    };
    folded.to_lowercase().chars().collect::<Vec<_>>().into_iter()
}

/// A character, or the Latin letters that it looks like, or of a radical the character that it is.
fn shape(character: char) -> String {
    let is_radical = ('\u{2e80}'..='\u{2fdf}').contains(&character);
    let same = String::from(character);
    if character.is_ascii() || !(character.is_alphanumeric() || is_radical) {
        return same;
    }
    let shape: String = skeleton(&same).collect();
    // Chinese characters are not taken for others of their kind here; the rule file says which are.
    let is_latin = shape.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_radical || is_latin && character != '〇' { shape } else { same }
}

fn is_read(plain: char) -> bool {
    (plain.is_alphanumeric() || plain == '%') && !is_combining_mark(plain) && !BLANK.contains(&plain)
}

fn is_point_in_number(text: &str, start: usize, seen: char) -> bool {
    let digit = |near: Option<char>| near.is_some_and(|near| near.is_ascii_digit());
    matches!(seen, '.' | ',')
        && digit(text[..start].chars().next_back())
        && digit(text[start + seen.len_utf8()..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plainly(text: &str) -> String {
        read(text, |plain| plain).into_iter().map(|letter| letter.read).collect()
    }

    #[test]
    fn what_is_dressed_up_is_read_plainly() {
        for (text, plain) in [
            ("全 返", "全返"),
            ("全\u{200b}返\u{feff}", "全返"),
            ("全·返*", "全返"),
            ("全\u{3164}返", "全返"),
            ("ＡＢＣ１２３％", "abc123%"),
            ("①②", "12"),
            ("⼀⾦", "一金"),
            ("рrоfit", "profit"),
            ("G\u{301}ET", "get"),
            ("年化 1.5%", "年化15%"),
        ] {
            assert_eq!(plainly(text), plain, "{text}");
        }
    }

    #[test]
    fn letters_know_their_place_and_what_is_before_them() {
        let letters = of("好。全 返", |plain| plain);
        assert_eq!(letters.places('返'), [2]);
        let letters = letters.all();
        let places: Vec<_> = letters
            .iter()
            .map(|letter| (letter.read, letter.start, letter.after_break, letter.after_gap))
            .collect();
        assert_eq!(places, [('好', 0, true, true), ('全', 6, true, true), ('返', 10, false, true)]);
    }
}
