//! Rust files as a flat list of tokens, so that rules see code and never a comment or a string.
//!
//! Brackets are tokens like others; a documentation comment is the attribute that it stands for.
//! Must not be added: parsing of items; the rules look for short sequences only.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::str::FromStr;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name or a keyword.
    Word,
    /// A string, a character or a number.
    Literal,
    /// A bracket, or one character of an operator.
    Mark,
}

/// One token and its line.
#[derive(Clone, Debug)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// As it is written.
    pub text: String,
    /// Where it begins, from 1.
    pub line: usize,
}

impl Token {
    /// Whether this token is written so; a string that says `todo` is not the name `todo`.
    pub fn is(&self, text: &str) -> bool {
        self.kind != Kind::Literal && self.text == text
    }
}

/// The tokens of a file; none if it is not Rust.
pub fn lex(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    if let Ok(stream) = TokenStream::from_str(text) {
        flatten(stream, &mut tokens);
    }
    tokens
}

/// Whether these texts follow each other from `start` on.
pub fn matches(tokens: &[Token], start: usize, pattern: &[&str]) -> bool {
    let found = tokens.iter().skip(start).zip(pattern).filter(|(token, text)| token.is(text));
    found.count() == pattern.len()
}

/// The place of the bracket that closes the one at `open`.
pub fn closing(tokens: &[Token], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (place, token) in tokens.iter().enumerate().skip(open) {
        if ["(", "[", "{"].iter().any(|bracket| token.is(bracket)) {
            depth += 1;
        } else if [")", "]", "}"].iter().any(|bracket| token.is(bracket)) {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(place);
            }
        }
    }
    None
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Ident(word) => tokens.push(Token { kind: Kind::Word, text: word.to_string(), line }),
            TokenTree::Literal(literal) => {
                tokens.push(Token { kind: Kind::Literal, text: literal.to_string(), line });
            }
            TokenTree::Punct(mark) => {
                tokens.push(Token { kind: Kind::Mark, text: mark.as_char().to_string(), line });
            }
            TokenTree::Group(group) => {
                let (open, close) = brackets(group.delimiter());
                tokens.push(Token { kind: Kind::Mark, text: open.to_owned(), line });
                let end = group.span_close().end().line;
                flatten(group.stream(), tokens);
                tokens.push(Token { kind: Kind::Mark, text: close.to_owned(), line: end });
            }
        }
    }
}

fn brackets(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_not_code() {
        let tokens = lex("// todo!()\nfn a<'a>() { \"}todo!()\"; r#\"{\"#; '{'; /* { */ }\n");
        assert!(!(0..tokens.len()).any(|place| matches(&tokens, place, &["todo", "!"])));
        let open = tokens.iter().position(|token| token.is("{")).expect("the body opens");
        assert_eq!(closing(&tokens, open), Some(tokens.len() - 1));
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let lines: Vec<_> = lex("//! Head.\n\nfn a() {\n}\n").iter().map(|token| token.line).collect();
        assert_eq!(lines.first(), Some(&1));
        assert_eq!(lines.last(), Some(&4));
    }

    #[test]
    fn a_pattern_at_the_end_needs_all_its_tokens() {
        let tokens = lex("a . b");
        assert!(matches(&tokens, 1, &[".", "b"]));
        assert!(!matches(&tokens, 1, &[".", "b", "("]));
    }

    #[test]
    fn what_is_not_rust_has_no_tokens() {
        assert!(lex("fn a( {").is_empty());
    }
}
