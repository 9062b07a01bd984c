//! What a proof file claims and what the solver answered.
//!
//! A lemma is an `(echo "name: unsat")` or `(echo "name: sat")` and the `(check-sat)` after it; the echo
//! says what must come out. Every `(check-sat)` has its own lemma, so none can fail unnoticed.
//! Must not be added: running a solver (`command/proof.rs`), or an answer that passes for another.

mod forms;

use anyhow::{Result, bail};
use std::fmt;

/// What a solver can say that proves something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// There is an example: the lemma's assumptions do not contradict each other.
    Sat,
    /// There is no counterexample.
    Unsat,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sat => "sat",
            Self::Unsat => "unsat",
        })
    }
}

/// One claim of a proof file.
#[derive(Debug, PartialEq, Eq)]
pub struct Lemma {
    /// Its name, unique in the file.
    pub name: String,
    /// The answer that must come out.
    pub expected: Answer,
}

impl Lemma {
    fn from_echo(text: &str) -> Option<Self> {
        let (name, expected) = text.rsplit_once(": ")?;
        let expected = match expected.trim() {
            "sat" => Answer::Sat,
            "unsat" => Answer::Unsat,
            _ => return None,
        };
        Some(Self { name: name.trim().to_owned(), expected })
    }

    /// The line by which the solver announces this lemma.
    fn heading(&self) -> String {
        format!("{}: {}", self.name, self.expected)
    }
}

/// Reads the lemmas of a proof file; an error names the line.
pub fn lemmas(text: &str) -> Result<Vec<Lemma>> {
    let mut found: Vec<Lemma> = Vec::new();
    let mut announced: Option<Lemma> = None;
    for form in forms::read(text)? {
        let line = form.line;
        match form.head.as_str() {
            "echo" => {
                let text = form.text.unwrap_or_default();
                let Some(lemma) = Lemma::from_echo(&text) else {
                    bail!(
                        "line {line}: `{text}` is no lemma: write (echo \"name: unsat\") or (echo \"name: sat\")"
                    );
                };
                if let Some(earlier) = announced.replace(lemma) {
                    bail!("line {line}: the lemma `{}` before this one has no (check-sat)", earlier.name);
                }
            }
            "check-sat" => match announced.take() {
                Some(lemma) if found.iter().any(|other| other.name == lemma.name) => {
                    bail!("line {line}: a second lemma is called `{}`", lemma.name)
                }
                Some(lemma) => found.push(lemma),
                None => bail!("line {line}: this (check-sat) has no (echo \"name: unsat\") before it"),
            },
            other if other.starts_with("check-sat") => {
                bail!("line {line}: ({other} …) is not counted; use (push), (assert), (check-sat), (pop)")
            }
            _ => {}
        }
    }
    match announced {
        Some(lemma) => bail!("the last lemma, `{}`, has no (check-sat)", lemma.name),
        None if found.is_empty() => bail!("the file has no lemma"),
        None => Ok(found),
    }
}

/// What came out for one lemma: nothing to complain about, or the complaint.
pub type Verdict = Option<String>;

/// Compares the solver's output with the lemmas, in their order.
pub fn judge(lemmas: &[Lemma], output: &str) -> Vec<Verdict> {
    let mut lines = output.lines().map(|line| line.trim().trim_matches('"')).filter(|line| !line.is_empty());
    lemmas
        .iter()
        .map(|lemma| {
            let heading = lemma.heading();
            let mut complaint = None;
            for line in lines.by_ref() {
                if line == heading {
                    break;
                }
                if line.starts_with("(error") {
                    complaint = Some(line.to_owned());
                }
            }
            let answer = lines.next().unwrap_or("no answer");
            let right = answer == lemma.expected.to_string();
            complaint.or_else(|| (!right).then(|| format!("{answer} instead of {}", lemma.expected)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINT: &str = "; (check-sat) in a comment\n(declare-const P Int)\n(push)\n\
                        (echo \"mint holds: unsat\")\n(check-sat)\n(pop)\n\
                        (echo \"mint is possible: sat\") (assert (= |a) b| 1)) (check-sat)\n";

    #[test]
    fn each_check_belongs_to_the_echo_before_it() {
        let lemmas = lemmas(MINT).expect("the file is well formed");
        let names: Vec<_> = lemmas.iter().map(Lemma::heading).collect();
        assert_eq!(names, ["mint holds: unsat", "mint is possible: sat"]);
    }

    #[test]
    fn a_file_that_hides_a_check_is_refused() {
        let cases = [
            ("(check-sat)", "line 1: this (check-sat) has no"),
            ("(echo \"a: unsat\")\n(echo \"b: unsat\")(check-sat)", "line 2: the lemma `a`"),
            ("(echo \"a: unsat\")", "the last lemma, `a`"),
            ("(echo \"hello\")(check-sat)", "line 1: `hello` is no lemma"),
            ("(echo \"a: unsat\")(check-sat)\n(echo \"a: sat\")(check-sat)", "line 2: a second lemma"),
            ("\n(check-sat-assuming (a))", "line 2: (check-sat-assuming"),
            ("(declare-const P Int)", "the file has no lemma"),
            ("(assert (= 1 1)", "line 1: "),
        ];
        for (text, reason) in cases {
            let error = lemmas(text).expect_err(text).to_string();
            assert!(error.starts_with(reason), "{text}: {error}");
        }
    }

    #[test]
    fn the_expected_answers_pass() {
        let lemmas = lemmas(MINT).expect("the file is well formed");
        assert_eq!(judge(&lemmas, "mint holds: unsat\nunsat\nmint is possible: sat\nsat\n"), [None, None]);
    }

    #[test]
    fn every_other_answer_fails() {
        let lemmas = lemmas("(echo \"a: unsat\")(check-sat)").expect("the file is well formed");
        let cases = [
            ("a: unsat\nsat", "sat instead of unsat"),
            ("a: unsat\nunknown", "unknown instead of unsat"),
            ("a: unsat\ntimeout", "timeout instead of unsat"),
            ("a: unsat\n", "no answer instead of unsat"),
            ("", "no answer instead of unsat"),
            ("(error \"line 1\")\na: unsat\nunsat", "(error \"line 1\")"),
        ];
        for (output, complaint) in cases {
            assert_eq!(judge(&lemmas, output), [Some(complaint.to_owned())], "{output}");
        }
    }
}
