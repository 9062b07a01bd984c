//! The words of a predicate, each with its place.

use super::Wrong;
use crate::fact::{self, Measure, Value};
use crate::number::Number;

#[derive(Clone, Debug)]
pub enum Token {
    Value(Value),
    Measure(&'static Measure),
    /// `and`, `or`, `not`, `how_many`, or a sign.
    Sign(&'static str),
}

/// Longer ones first, so that `>=` is not `>`.
const SIGNS: [&str; 12] = ["<=", ">=", "!=", "<", ">", "=", "+", "-", "*", "(", ")", ","];
const WORDS: [&str; 4] = ["and", "or", "not", "how_many"];

/// The tokens of a text, and the byte at which each begins.
pub fn split(text: &str) -> Result<Vec<(usize, Token)>, Wrong> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let (token, length) = match first {
            ' ' => {
                at += 1;
                continue;
            }
            'a'..='z' => name(rest),
            '0'..='9' => number(rest),
            '"' | '\'' => word(rest, first),
            _ => sign(rest),
        }
        .map_err(|reason| Wrong { at, reason })?;
        tokens.push((at, token));
        at += length;
    }
    Ok(tokens)
}

type Read = Result<(Token, usize), String>;

fn name(rest: &str) -> Read {
    let end = rest.find(|letter: char| !letter.is_ascii_lowercase() && letter != '.' && letter != '_');
    let name = &rest[..end.unwrap_or(rest.len())];
    let token = match name {
        "true" => Token::Value(Value::Flag(true)),
        "false" => Token::Value(Value::Flag(false)),
        _ => match WORDS.iter().find(|word| **word == name) {
            Some(word) => Token::Sign(word),
            None => Token::Measure(fact::find(name).ok_or_else(|| format!("{name} is no measurement"))?),
        },
    };
    Ok((token, name.len()))
}

fn number(rest: &str) -> Read {
    let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != '%');
    let digits = &rest[..end.unwrap_or(rest.len())];
    let number = Number::parse(digits).ok_or_else(|| format!("{digits} is no number"))?;
    Ok((Token::Value(Value::Number(number)), digits.len()))
}

fn word(rest: &str, quote: char) -> Read {
    let length = rest[1..].find(quote).ok_or("a word in quotes must be closed")?;
    Ok((Token::Value(Value::Word(rest[1..=length].to_string())), length + 2))
}

fn sign(rest: &str) -> Read {
    let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
    let sign = sign.ok_or_else(|| format!("{:?} has no meaning here", rest.chars().next().unwrap_or(' ')))?;
    Ok((Token::Sign(sign), sign.len()))
}
