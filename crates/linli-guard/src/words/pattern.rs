//! Patterns of forbidden and allowed words: letters as they are, `…` for up to eight letters of the same sentence, `#` for
//! a number.

use super::Readings;
use super::letters::{Letter, Letters};

/// The longest that `…` stands for.
const MOST_BETWEEN: usize = 8;
/// Two letters meet by chance across the end of a sentence, three hardly ever.
const FEW: usize = 2;
const NUMERALS: &str = "零〇一二两三四五六七八九十百千万亿几数半";

/// One pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// As the rule file has it.
    pub text: String,
    pieces: Vec<Piece>,
    crosses_breaks: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Letter(char),
    Between,
    Number,
}

/// From a letter to a letter, both counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub first: usize,
    pub last: usize,
}

impl Span {
    pub fn covers(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }
}

impl Pattern {
    /// Reads a pattern; nothing if it says too little to be looked for.
    pub fn parse(text: &str, readings: &Readings) -> Option<Self> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let (piece, length) = match first {
                '…' => (Some(Piece::Between), first.len_utf8()),
                '#' => (Some(Piece::Number), 1),
                _ => {
                    let length = rest.find(['…', '#']).unwrap_or(rest.len());
                    let letters = readings.letters(&rest[..length]);
                    pieces.extend(letters.all().iter().map(|letter| Piece::Letter(letter.read)));
                    (None, length)
                }
            };
            pieces.extend(piece);
            rest = &rest[length..];
        }
        let letters = pieces.iter().filter(|piece| matches!(piece, Piece::Letter(_))).count();
        let open = |piece: Option<&Piece>| piece.is_none_or(|piece| *piece == Piece::Between);
        let twice = pieces.windows(2).any(|pair| pair[0] == pair[1] && pair[0] == Piece::Between);
        let well = letters >= FEW || letters == 1 && pieces.contains(&Piece::Number);
        let well = well && !twice && !open(pieces.first()) && !open(pieces.last());
        well.then(|| Self { text: text.to_string(), crosses_breaks: letters > FEW, pieces })
    }

    /// The same, but never across the end of a sentence: a context is not made of two.
    pub fn within_a_sentence(self) -> Self {
        Self { crosses_breaks: false, ..self }
    }

    pub fn is_in(&self, letters: &Letters) -> bool {
        self.spans(letters).next().is_some()
    }

    pub fn find(&self, letters: &Letters) -> Vec<Span> {
        self.spans(letters).collect()
    }

    fn spans<'a>(&'a self, letters: &'a Letters) -> impl Iterator<Item = Span> + 'a {
        let span = |first| Some(Span { first, last: self.at(letters.all(), first)? });
        let (few, all) = match self.pieces.first() {
            Some(Piece::Letter(letter)) => (letters.places(*letter), 0..0),
            // A number has many ways to begin.
            _ => (&[][..], 0..letters.all().len()),
        };
        few.iter().copied().chain(all).filter_map(span)
    }

    /// The last letter of the pattern if it begins here.
    fn at(&self, letters: &[Letter], first: usize) -> Option<usize> {
        if self.is_latin(0) && !begins_word(letters, first) {
            return None;
        }
        let end = self.rest(letters, &self.pieces, first, first)?;
        let last = end - 1;
        if self.is_latin(self.pieces.len() - 1)
            && letters.get(end).is_some_and(|_| !begins_word(letters, end))
        {
            return None;
        }
        Some(last)
    }

    /// One past the last letter, if these pieces stand from here on.
    fn rest(&self, letters: &[Letter], pieces: &[Piece], at: usize, first: usize) -> Option<usize> {
        let Some((piece, further)) = pieces.split_first() else { return Some(at) };
        let breaks = |at: usize| at > first && letters.get(at).is_some_and(|letter| letter.after_break);
        match piece {
            Piece::Letter(letter) => {
                let stands = letters.get(at)?.read == *letter && (self.crosses_breaks || !breaks(at));
                if stands { self.rest(letters, further, at + 1, first) } else { None }
            }
            Piece::Number => {
                let digits = letters[at..].iter().enumerate().take_while(|(place, letter)| {
                    is_numeral(letter.read) && (*place == 0 || !letter.after_break)
                });
                let longest = digits.count();
                (1..=longest).rev().find_map(|length| self.rest(letters, further, at + length, first))
            }
            Piece::Between => {
                let mut most = 0;
                while most < MOST_BETWEEN && at + most < letters.len() && !breaks(at + most) {
                    most += 1;
                }
                (0..=most)
                    .filter(|length| !breaks(at + length))
                    .find_map(|length| self.rest(letters, further, at + length, first))
            }
        }
    }

    fn is_latin(&self, place: usize) -> bool {
        matches!(self.pieces[place], Piece::Letter(letter) if letter.is_ascii_alphanumeric())
    }
}

/// Whether no other Latin letter stands right before this one.
fn begins_word(letters: &[Letter], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| letters[before].read);
    letters[at].after_gap || !before.is_some_and(|before| before.is_ascii_alphanumeric())
}

fn is_numeral(read: char) -> bool {
    read.is_numeric() || read == '%' || NUMERALS.contains(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(pattern: &str, text: &str) -> bool {
        let readings = Readings::default();
        let pattern = Pattern::parse(pattern, &readings).expect("a pattern");
        pattern.is_in(&readings.letters(text))
    }

    #[test]
    fn patterns_find_what_they_say() {
        for (pattern, text) in [
            ("全返", "消费全返"),
            ("全返", "全\u{200b} 返"),
            ("只涨不跌", "只，涨，不，跌"),
            ("保证…收益", "我们保证每月收益"),
            ("月入#", "轻松月入过万，月入3万"),
            ("月入#元", "月入一万二千元"),
            ("#倍返还", "两倍返还"),
            ("#倍返还", "返还：1.5 倍返还"),
            ("getrich", "Get rich now"),
            ("getrich", "g e t r i c h"),
            ("0成本", "真正0成本"),
        ] {
            assert!(finds(pattern, text), "{pattern} in {text}");
        }
    }

    #[test]
    fn patterns_find_nothing_else() {
        for (pattern, text) in [
            ("全返", "准备齐全。返校"),
            ("保证…收益", "保证新鲜。月底收益"),
            ("保证…收益", "保证一二三四五六七八九收益"),
            ("月入#", "月入园"),
            ("getrich", "budget richness"),
            ("getrich", "get richness"),
            ("0成本", "10成本"),
        ] {
            assert!(!finds(pattern, text), "{pattern} in {text}");
        }
    }

    #[test]
    fn a_pattern_that_says_too_little_is_none() {
        for pattern in ["", "返", "#", "…返还", "返还…", "返……还", " ·"] {
            assert!(Pattern::parse(pattern, &Readings::default()).is_none(), "{pattern}");
        }
        assert!(Pattern::parse("赚#", &Readings::default()).is_some());
    }
}
