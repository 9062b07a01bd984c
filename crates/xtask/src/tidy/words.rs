//! The rule `words`: what is refused in code, in the program or in tests or in both.
//!
//! Clippy has some of these too; here they cannot be allowed by an attribute. Must not be added: what only
//! the economy refuses (`purity.rs`).

use super::Finding;
use super::repo::{Repo, Source};
use super::tokens::{closing, matches};

/// Where a word is refused.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Everywhere,
    Program,
}

struct Refused {
    pattern: &'static [&'static str],
    place: Place,
    message: &'static str,
}

const REFUSED: [Refused; 8] = [
    Refused {
        pattern: &["todo", "!"],
        place: Place::Everywhere,
        message: "`todo!`: finish it, or leave out what needs it",
    },
    Refused {
        pattern: &["unimplemented", "!"],
        place: Place::Everywhere,
        message: "`unimplemented!`: finish it, or leave out what needs it",
    },
    Refused { pattern: &["dbg", "!"], place: Place::Everywhere, message: "`dbg!` is left over: remove it" },
    Refused {
        pattern: &[".", "unwrap", "(", ")"],
        place: Place::Program,
        message: "`.unwrap()`: return the error, or `expect(\"why it holds\")`",
    },
    Refused {
        pattern: &[":", ":", "unwrap"],
        place: Place::Program,
        message: "`::unwrap`: return the error, or `expect(\"why it holds\")`",
    },
    Refused {
        pattern: &["thread", ":", ":", "sleep"],
        place: Place::Everywhere,
        message: "a sleep: wait for the event itself, or hand the time in",
    },
    Refused {
        pattern: &["time", ":", ":", "sleep"],
        place: Place::Everywhere,
        message: "a sleep: wait for the event itself, or hand the time in",
    },
    Refused {
        pattern: &["sleep", "("],
        place: Place::Everywhere,
        message: "a sleep: wait for the event itself, or hand the time in",
    },
];

/// Every refused word, and every test that is ignored.
pub fn check(repo: &Repo) -> Vec<Finding> {
    repo.rust().filter(|source| !source.is_fixture()).flat_map(check_source).collect()
}

fn check_source(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (place, token) in source.tokens.iter().enumerate() {
        let here = REFUSED.iter().filter(|refused| refused.place == Place::Everywhere || !source.is_test());
        for refused in here.filter(|refused| matches(&source.tokens, place, refused.pattern)) {
            findings.push(Finding::new(&source.path, token.line, refused.message));
        }
        if ignores_a_test(source, place) {
            let message = "an ignored test: make it pass and fast, or remove it";
            findings.push(Finding::new(&source.path, token.line, message));
        }
    }
    // `thread::sleep(…)` is both a path and a call: one sleep is one finding.
    findings.dedup();
    findings
}

/// Whether an attribute opens here that has the word `ignore`, alone or behind a condition.
fn ignores_a_test(source: &Source, place: usize) -> bool {
    let tokens = &source.tokens;
    let is_attribute = matches(tokens, place, &["#", "["]);
    let end = if is_attribute { closing(tokens, place + 1) } else { None };
    end.is_some_and(|end| tokens[place..end].iter().any(|token| token.is("ignore")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM: &str = "crates/a/src/b.rs";
    const TEST: &str = "crates/a/tests/main/b.rs";

    fn count(path: &str, text: &str) -> usize {
        check(&Repo::of(&[(path, text)])).len()
    }

    #[test]
    fn words_in_comments_and_strings_pass() {
        let text = "// todo!() and x.unwrap()\n/// ```\n/// a.unwrap();\n/// ```\nfn a() { \"dbg!(a)\"; unwrap_or(0) }\n";
        assert_eq!(count(PROGRAM, text), 0);
    }

    #[test]
    fn each_word_is_refused() {
        let bodies = [
            "todo!()",
            "unimplemented!(\"later\")",
            "dbg!(a)",
            "a.unwrap()",
            "a.map(Result::unwrap)",
            "std::thread::sleep(a)",
            "sleep(a)",
        ];
        for body in bodies {
            assert_eq!(count(PROGRAM, &format!("fn f() {{ {body} }}\n")), 1, "{body}");
        }
    }

    #[test]
    fn tests_may_unwrap_but_neither_sleep_nor_be_ignored() {
        assert_eq!(count(TEST, "#[test]\nfn a() { b.unwrap() }\n"), 0);
        assert_eq!(count(TEST, "fn a() { thread::sleep(b) }\n"), 1);
        assert_eq!(count(TEST, "#[test]\n#[ignore = \"slow\"]\nfn a() {}\n"), 1);
        assert_eq!(count(TEST, "#[cfg_attr(windows, ignore)]\nfn a() {}\n"), 1);
    }
}
