//! The rule `heads`: every file of Rust begins with what it is.
//!
//! A head says what the file is, what it keeps true and what must not be added. A rule can only see that
//! there is a sentence; whether it is a good one is for the reader. Must not be added: a fixed wording.

use super::Finding;
use super::repo::{Repo, Source};
use super::tokens::matches;

/// The fewest words that can say what a file is.
const WORDS: usize = 4;

/// Every file without a head.
pub fn check(repo: &Repo) -> Vec<Finding> {
    let files = repo.rust().filter(|source| !source.is_fixture() && !only_lists_tests(source));
    files
        .filter_map(|source| {
            let head: Vec<&str> = source.text.lines().map_while(|line| line.strip_prefix("//!")).collect();
            let words = head.iter().flat_map(|line| line.split_whitespace()).count();
            let complaint = match words {
                0 => "begin with `//! …`: what the file is, what it keeps true, what must not be added",
                few if few < WORDS => "the head is no sentence: say what the file is and keeps true",
                _ => return None,
            };
            Some(Finding::new(&source.path, 1, complaint))
        })
        .collect()
}

/// A file of tests that holds nothing but `mod name;` says all it has to say.
fn only_lists_tests(source: &Source) -> bool {
    let is_list = source.tokens.chunks(3).all(|item| item[0].is("mod") && matches(item, 2, &[";"]));
    source.is_test() && !source.tokens.is_empty() && is_list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_at_the_top_is_a_head() {
        let text = "//! The ledger: accounts and postings.\n\nfn a() {}\n";
        assert!(check(&Repo::of(&[("crates/a/src/ledger.rs", text)])).is_empty());
    }

    #[test]
    fn a_file_without_one_is_refused() {
        for text in ["", "fn a() {}\n", "\n//! The ledger: accounts and postings.\n", "//!\n", "//! Entry.\n"]
        {
            assert_eq!(check(&Repo::of(&[("crates/a/src/ledger.rs", text)])).len(), 1, "{text:?}");
        }
    }

    #[test]
    fn fixtures_lists_and_other_texts_need_none() {
        assert!(check(&Repo::of(&[("crates/a/tests/rules/mod.rs", "mod pay;\nmod refund;\n")])).is_empty());
        assert_eq!(check(&Repo::of(&[("crates/a/tests/rules/mod.rs", "mod pay;\nfn a() {}\n")])).len(), 1);
        assert!(check(&Repo::of(&[("crates/a/tests/data/a.rs", ""), ("README.md", "")])).is_empty());
    }
}
