//! The rule `purity`: what economy, platform and guard must not even name.
//!
//! The same command must give the same result on every machine and every day, so nothing here may know
//! the clock, the machine, the order of a hash table, or numbers that round. Clippy fences it too, but an
//! attribute can open clippy's fence. Must not be added: exceptions.

use super::Finding;
use super::repo::{Repo, Source};
use super::tokens::{Kind, Token, closing, matches};

const PLACES: [&str; 3] =
    ["crates/linli-economy/src/", "crates/linli-guard/src/", "crates/linli-platform/src/"];

/// A name and why it is refused.
type Refused = (&'static str, &'static str);

const WORDS: [Refused; 13] = [
    ("f32", "a float rounds where nobody sees it: use an integer of fen, micro-points or ppm"),
    ("f64", "a float rounds where nobody sees it: use an integer of fen, micro-points or ppm"),
    ("SystemTime", "the economy knows no clock: the command carries its time"),
    ("HashMap", "its order differs from run to run: use a BTreeMap or an index table"),
    ("HashSet", "its order differs from run to run: use a BTreeSet or an index table"),
    ("RandomState", "a hash that differs from run to run: use a fixed seed"),
    ("unsafe", "the economy is safe code"),
    ("async", "the economy waits for nothing"),
    ("await", "the economy waits for nothing"),
    ("println", "the economy prints nothing: return it"),
    ("print", "the economy prints nothing: return it"),
    ("eprintln", "the economy prints nothing: return it"),
    ("eprint", "the economy prints nothing: return it"),
];

/// A point in time is a word of the domain too; only asking the clock for one is refused.
const CLOCK: [&str; 4] = ["Instant", ":", ":", "now"];

const MODULES: [&str; 8] = ["env", "fs", "io", "net", "os", "process", "thread", "time"];

/// Every impure name in the pure crates' own code.
pub fn check(repo: &Repo) -> Vec<Finding> {
    let is_pure = |source: &&Source| PLACES.iter().any(|place| source.path.starts_with(place));
    repo.rust().filter(is_pure).flat_map(check_source).collect()
}

fn check_source(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (place, token) in source.tokens.iter().enumerate() {
        if let Some(reason) = refused_word(&source.tokens, place) {
            findings.push(Finding::new(&source.path, token.line, format!("`{}`: {reason}", token.text)));
        }
        if matches(&source.tokens, place, &CLOCK) {
            let message = "`Instant::now`: the economy knows no clock: the command carries its time";
            findings.push(Finding::new(&source.path, token.line, message));
        }
        for module in standard_modules(&source.tokens, place) {
            let message = format!("`std::{}`: the economy knows neither machine nor clock", module.text);
            findings.push(Finding::new(&source.path, module.line, message));
        }
    }
    findings
}

fn refused_word(tokens: &[Token], place: usize) -> Option<&'static str> {
    let token = &tokens[place];
    if token.kind == Kind::Literal {
        return is_float(&token.text).then_some("a float: use an integer");
    }
    let (_, reason) = WORDS.iter().find(|(word, _)| token.is(word))?;
    // `print` may be a name of ours; only the macro prints.
    let is_macro = token.text.ends_with("print") || token.text.ends_with("println");
    (!is_macro || matches(tokens, place + 1, &["!"])).then_some(reason)
}

/// A number with a point, an exponent or a float's suffix.
fn is_float(literal: &str) -> bool {
    let is_number = literal.starts_with(|first: char| first.is_ascii_digit());
    let is_other_base = ["0x", "0b", "0o"].iter().any(|base| literal.starts_with(base));
    let digits = literal.trim_end_matches("usize").trim_end_matches("isize");
    is_number
        && !is_other_base
        && (digits.contains(['.', 'e', 'E']) || digits.contains("f32") || digits.contains("f64"))
}

/// The refused modules named by the path that begins with `std` here, in a list of them too.
fn standard_modules(tokens: &[Token], place: usize) -> Vec<&Token> {
    if !matches(tokens, place, &["std", ":", ":"]) {
        return Vec::new();
    }
    let first = place + 3;
    let mut named = vec![first];
    if matches(tokens, first, &["{"]) {
        let end = closing(tokens, first).unwrap_or(first);
        named = branches(tokens, first, end);
    }
    let named = named.into_iter().filter_map(|place| tokens.get(place));
    named.filter(|token| MODULES.iter().any(|module| token.is(module))).collect()
}

/// Where each branch of a list of imports begins.
fn branches(tokens: &[Token], open: usize, end: usize) -> Vec<usize> {
    let mut starts = vec![open + 1];
    let mut place = open + 1;
    while place < end {
        if tokens[place].is("{") {
            place = closing(tokens, place).unwrap_or(end);
        } else if tokens[place].is(",") {
            starts.push(place + 1);
        }
        place += 1;
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        check(&Repo::of(&[("crates/linli-economy/src/a.rs", text)])).len()
    }

    #[test]
    fn pure_code_passes() {
        let text = "// f64, HashMap and SystemTime\nuse std::{collections::BTreeMap, fmt::{self, Display}};\n\
                    use crate::time::Instant;\nfn print(a: u64) -> u64 { let io = 1_000_000u64; a.0.max(0xfe) + io + 0usize }\n\
                    const TEXT: &str = \"1.5 std::fs\";\n";
        assert_eq!(count(text), 0);
    }

    #[test]
    fn each_impure_name_is_refused() {
        let texts = [
            "fn a(b: f64) {}",
            "const A: u8 = 1.5;",
            "const A: u8 = 1e3;",
            "const A: u8 = 2f32;",
            "fn a(b: SystemTime) {}",
            "use std::time::Instant;",
            "fn a() { Instant::now() }",
            "use std::collections::HashMap;",
            "use hashbrown::HashSet;",
            "use foldhash::fast::RandomState;",
            "use std::fs::read;",
            "use std::{fmt, io};",
            "use std::{fmt::{self, Display}, net::TcpStream};",
            "fn a() { std::env::var(\"A\"); }",
            "fn a() { std::thread::spawn(b); }",
            "fn a() { unsafe { b() } }",
            "async fn a() {}",
            "fn a() { println!(\"b\"); }",
        ];
        for text in texts {
            assert_eq!(count(text), 1, "{text}");
        }
    }

    #[test]
    fn other_crates_may_read_and_write() {
        assert_eq!(check(&Repo::of(&[("crates/linli-platform/src/a.rs", "use std::fs;\n")])).len(), 1);
        assert!(check(&Repo::of(&[("crates/linli-cli/src/a.rs", "use std::fs;\n")])).is_empty());
        assert!(check(&Repo::of(&[("crates/linli-economy/tests/main.rs", "use std::fs;\n")])).is_empty());
    }
}
