//! The results of the latest writes, at hand for whoever sends the same again because the answer was lost. They are
//! a shortcut: what is not here is found in the journal (`repeat.rs`). Must not be added here: anything that is true
//! only here.

use linli_engine::{Answers, Origin};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

/// What a write was answered with.
#[derive(Debug)]
pub struct Written {
    /// Where each of its lines stood, and the digest of its bytes.
    pub lines: Vec<Origin>,
    /// The results.
    pub answers: Answers,
}

/// The latest results, by the name of the stream that the write was.
pub struct Answered {
    kept: Mutex<Kept>,
    most_bytes: usize,
}

#[derive(Default)]
struct Kept {
    by_name: HashMap<String, Arc<Written>>,
    /// Oldest first.
    order: VecDeque<String>,
    bytes: usize,
}

impl Answered {
    pub fn of_at_most(most_bytes: usize) -> Self {
        Self { kept: Mutex::default(), most_bytes }
    }

    pub fn find(&self, name: &str) -> Option<Arc<Written>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).by_name.get(name).cloned()
    }

    /// Keeps a result, and forgets the oldest until there is room.
    pub fn keep(&self, name: String, result: Arc<Written>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = result.bytes();
        if bytes > self.most_bytes || kept.by_name.contains_key(&name) {
            return;
        }
        while kept.bytes + bytes > self.most_bytes {
            let oldest = kept.order.pop_front().expect("something takes the room");
            let gone = kept.by_name.remove(&oldest).expect("what has an order has a result");
            kept.bytes -= gone.bytes();
        }
        kept.bytes += bytes;
        kept.order.push_back(name.clone());
        kept.by_name.insert(name, result);
    }
}

impl Written {
    /// What it takes, about.
    fn bytes(&self) -> usize {
        size_of::<Origin>() * self.lines.len() + self.answers.json.len() + 512
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(json: &str) -> Arc<Written> {
        Arc::new(Written { lines: Vec::new(), answers: Answers { json: json.into(), ..Answers::default() } })
    }

    #[test]
    fn the_oldest_are_forgotten_first() {
        let answered = Answered::of_at_most(1_100);
        for name in ["A", "B", "C"] {
            answered.keep(name.into(), result(name));
        }
        let found = ["A", "B", "C"].map(|name| answered.find(name).map(|kept| kept.answers.json.clone()));
        assert_eq!(found, [None, Some("B".into()), Some("C".into())]);
    }

    #[test]
    fn what_is_larger_than_the_room_is_not_kept() {
        let answered = Answered::of_at_most(600);
        answered.keep("A".into(), result("A"));
        answered.keep("B".into(), result(&"B".repeat(600)));
        assert!(answered.find("A").is_some() && answered.find("B").is_none());
    }
}
