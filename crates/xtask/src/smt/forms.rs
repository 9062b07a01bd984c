//! The top-level forms of an SMT-LIB file: the first word of each, its first string, and its line.
//!
//! Comments, strings and quoted symbols may hold parentheses; they never open or close a form here.
//! Must not be added: the meaning of any form (`smt.rs`).

use anyhow::{Result, bail};
use std::iter::Peekable;
use std::str::Chars;

/// One form between its outermost parentheses.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// The line on which it opens, from 1.
    pub line: usize,
    /// Its first word, as `check-sat`.
    pub head: String,
    /// Its first string, without the quotation marks.
    pub text: Option<String>,
}

/// Reads all forms; an unclosed or a surplus parenthesis is an error with its line.
pub fn read(text: &str) -> Result<Vec<Form>> {
    let mut reader = Reader { rest: text.chars().peekable(), line: 1 };
    let mut forms = Vec::new();
    let mut form = Form::default();
    let mut depth = 0_usize;
    while let Some(next) = reader.next() {
        match next {
            '(' => {
                if depth == 0 {
                    form = Form { line: reader.line, ..Form::default() };
                }
                depth += 1;
            }
            ')' if depth == 0 => bail!("line {}: a parenthesis closes nothing", reader.line),
            ')' => {
                depth -= 1;
                if depth == 0 {
                    forms.push(std::mem::take(&mut form));
                }
            }
            ';' => drop(reader.until('\n')),
            '|' => drop(reader.until('|')),
            '"' => {
                let string = reader.string();
                form.text.get_or_insert(string);
            }
            letter if !letter.is_whitespace() => {
                let word = reader.word(letter);
                if form.head.is_empty() {
                    form.head = word;
                }
            }
            _ => {}
        }
    }
    if depth > 0 {
        bail!("line {}: this form is never closed", form.line)
    }
    Ok(forms)
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    line: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let next = self.rest.next();
        self.line += usize::from(next == Some('\n'));
        next
    }

    fn until(&mut self, end: char) -> String {
        let mut passed = String::new();
        while let Some(next) = self.next().filter(|next| *next != end) {
            passed.push(next);
        }
        passed
    }

    /// A quotation mark inside a string is written twice.
    fn string(&mut self) -> String {
        let mut string = self.until('"');
        while self.rest.peek() == Some(&'"') {
            self.next();
            string.push('"');
            string += &self.until('"');
        }
        string
    }

    fn word(&mut self, first: char) -> String {
        let mut word = String::from(first);
        while let Some(letter) = self.rest.peek().copied() {
            if letter.is_whitespace() || "();\"|".contains(letter) {
                break;
            }
            self.next();
            word.push(letter);
        }
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_have_a_head_a_text_and_a_line() {
        let forms = read("(push)\n(echo \"a \"\"b\"\" (c\")\n").expect("both forms are closed");
        let echo = Form { line: 2, head: "echo".to_owned(), text: Some("a \"b\" (c".to_owned()) };
        assert_eq!(forms, [Form { line: 1, head: "push".to_owned(), text: None }, echo]);
    }

    #[test]
    fn comments_and_quoted_symbols_hide_parentheses() {
        let forms = read("; ((\n(assert |)| (> x 1)) ; )\n(pop)").expect("both forms are closed");
        assert_eq!(forms.iter().map(|form| form.head.as_str()).collect::<Vec<_>>(), ["assert", "pop"]);
    }

    #[test]
    fn unbalanced_parentheses_are_refused_with_their_line() {
        assert_eq!(
            read("\n(push").expect_err("never closed").to_string(),
            "line 2: this form is never closed"
        );
        assert_eq!(
            read("(pop)\n)").expect_err("surplus").to_string(),
            "line 2: a parenthesis closes nothing"
        );
    }
}
