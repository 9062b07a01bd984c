//! Ids to handles and back: each id's text is kept once, in one arena, and found by hash. Only look-ups use
//! the hash; the order of everything is the order of insertion. Must not be added here: removal.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::hash::BuildHasher;

/// A set of texts, numbered from 0 in order of insertion.
#[derive(Clone, Debug, Default)]
pub struct Names {
    arena: String,
    /// Where each text ends in the arena; it begins where the one before ends.
    ends: Vec<usize>,
    table: HashTable<u32>,
}

impl Names {
    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The number of a text.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<usize> {
        let same = |&number: &u32| self.text(number as usize) == text;
        self.table.find(hash(text), same).map(|&number| number as usize)
    }

    /// The text of a number.
    ///
    /// # Panics
    /// If no text has this number.
    #[must_use]
    pub fn text(&self, number: usize) -> &str {
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.arena[start..self.ends[number]]
    }

    /// Adds a text that is not there yet and gives its number.
    ///
    /// # Panics
    /// Beyond 2^32 texts; callers make a handle of the number before they add it.
    pub fn insert(&mut self, text: &str) -> usize {
        debug_assert!(self.find(text).is_none(), "an id is inserted once");
        let number = self.ends.len();
        self.arena.push_str(text);
        self.ends.push(self.arena.len());
        let Self { arena, ends, table } = self;
        let start = |number: usize| if number == 0 { 0 } else { ends[number - 1] };
        let rehash = |&number: &u32| hash(&arena[start(number as usize)..ends[number as usize]]);
        table.insert_unique(hash(text), u32::try_from(number).expect("below 2^32"), rehash);
        number
    }

    /// Bytes that it occupies.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.arena.capacity() + self.ends.capacity() * size_of::<usize>() + self.table.allocation_size()
    }
}

impl Serialize for Names {
    /// The texts in their order; the table follows from them.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((0..self.len()).map(|number| self.text(number)))
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Texts)
    }
}

struct Texts;

impl<'de> Visitor<'de> for Texts {
    type Value = Names;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("texts, each different")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut texts: A) -> Result<Names, A::Error> {
        let mut names = Names::default();
        while let Some(text) = texts.next_element::<&str>()? {
            if names.find(text).is_some() {
                return Err(A::Error::custom("a text stands twice"));
            }
            names.insert(text);
        }
        Ok(names)
    }
}

fn hash(text: &str) -> u64 {
    FixedState::default().hash_one(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_their_number_through_growth() {
        let mut names = Names::default();
        assert!(names.is_empty());
        for number in 0..5_000 {
            assert_eq!(names.insert(&format!("会员-{number}")), number);
        }
        assert_eq!(names.len(), 5_000);
        for number in 0..5_000 {
            let text = format!("会员-{number}");
            assert_eq!(names.find(&text), Some(number));
            assert_eq!(names.text(number), text);
        }
        assert_eq!(names.find("会员-5000"), None);
    }

    #[test]
    fn a_set_occupies_what_texts_ends_and_numbers_need_and_not_thrice_as_much() {
        let mut names = Names::default();
        assert_eq!(names.bytes(), 0);
        for number in 0..8_192 {
            names.insert(&format!("{number:04}"));
        }
        let needed = 8_192 * ("0000".len() + size_of::<usize>() + size_of::<u32>());
        let occupied = names.bytes();
        assert!(needed <= occupied && occupied < 3 * needed, "{occupied} bytes for {needed}");
    }

    #[test]
    fn a_set_is_read_only_from_texts_each_different() {
        let read = |json: &str| serde_json::from_str::<Names>(json).map_err(|error| error.to_string());
        let names = read(r#"["a", "b"]"#).expect("two texts");
        assert_eq!((names.len(), names.find("a"), names.find("b")), (2, Some(0), Some(1)));
        assert_eq!(serde_json::to_string(&names).expect("a list"), r#"["a","b"]"#);
        assert!(read(r#"["a", "b", "a"]"#).is_err_and(|error| error.contains("a text stands twice")));
        assert!(read("7").is_err_and(|error| error.contains("expected texts, each different")));
    }
}
