//! The functions of a file, from the line of `fn` to the line of the bracket that closes the body.
//!
//! Functions inside macros count like others. Must not be added: limits (`sizes.rs`).

use super::tokens::{Kind, Token, closing};

/// One function that has a body.
#[derive(Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name, without the type it belongs to.
    pub name: String,
    /// The line of `fn`.
    pub line: usize,
    /// Its lines, the first and the last included.
    pub lines: usize,
}

/// All functions, outer and inner.
pub fn find(tokens: &[Token]) -> Vec<Function> {
    let starts = (0..tokens.len()).filter(|place| tokens[*place].is("fn"));
    starts.filter_map(|place| function_at(tokens, place)).collect()
}

/// A type such as `fn(u32) -> u32` has no name, a declaration no body: neither is a function here.
fn function_at(tokens: &[Token], place: usize) -> Option<Function> {
    let name = tokens.get(place + 1).filter(|token| token.kind == Kind::Word)?;
    let mut next = place + 2;
    loop {
        let token = tokens.get(next)?;
        if token.is("{") {
            break;
        }
        if token.is(";") {
            return None;
        }
        next = if token.is("(") || token.is("[") { closing(tokens, next)? } else { next } + 1;
    }
    let first = tokens[place].line;
    let last = tokens[closing(tokens, next)?].line;
    Some(Function { name: name.text.clone(), line: first, lines: last - first + 1 })
}

#[cfg(test)]
mod tests {
    use super::super::tokens::lex;
    use super::*;

    fn sizes(text: &str) -> Vec<(String, usize)> {
        find(&lex(text)).into_iter().map(|function| (function.name, function.lines)).collect()
    }

    #[test]
    fn a_function_ends_with_its_body() {
        let text = "impl A {\n  fn a(&self, b: [u8; { 2 }])\n  where\n    A: B,\n  {\n    \"}\";\n  }\n  fn c() {}\n}\n";
        assert_eq!(sizes(text), [("a".to_owned(), 6), ("c".to_owned(), 1)]);
    }

    #[test]
    fn declarations_and_types_are_no_functions() {
        assert!(sizes("trait A { fn a(&self) -> [u8; 4]; }\ntype B = fn(u32) -> u32;\n").is_empty());
    }

    #[test]
    fn functions_inside_macros_and_functions_count() {
        let text = "proptest! {\n  fn a(x in 0..9) {\n    fn b() {}\n  }\n}\n";
        assert_eq!(sizes(text), [("a".to_owned(), 3), ("b".to_owned(), 1)]);
    }
}
