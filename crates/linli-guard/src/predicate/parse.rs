//! From a text to a tree: `or` binds least, then `and`, comparisons, sums, products, `not`.

use super::tokens::{self, Token};
use super::{Kind, Node, Operator, Wrong, kind};

/// No rule needs more, and a tree this deep is walked without fear for the stack.
const MOST_DEPTH: usize = 16;

pub fn whole(text: &str) -> Result<Node, Wrong> {
    let tokens = tokens::split(text)?;
    let mut parser = Parser { tokens: &tokens, next: 0, end: text.len() };
    let node = parser.pair(0, 0)?;
    match parser.tokens.get(parser.next) {
        None => Ok(node),
        Some((at, _)) => Err(Wrong { at: *at, reason: "what comes here does not belong to it".into() }),
    }
}

struct Parser<'t> {
    tokens: &'t [(usize, Token)],
    next: usize,
    end: usize,
}

impl Parser<'_> {
    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |(at, _)| *at)
    }

    fn wrong<T>(&self, reason: &str) -> Result<T, Wrong> {
        Err(Wrong { at: self.at(), reason: reason.into() })
    }

    fn sign(&self) -> Option<&'static str> {
        match self.tokens.get(self.next) {
            Some((_, Token::Sign(sign))) => Some(sign),
            _ => None,
        }
    }

    fn take(&mut self, sign: &str) -> Result<(), Wrong> {
        if self.sign() != Some(sign) {
            return self.wrong(&format!("{sign:?} is missing"));
        }
        self.next += 1;
        Ok(())
    }

    /// Operators that bind at least so strongly, with what they stand between.
    fn pair(&mut self, least: u8, depth: usize) -> Result<Node, Wrong> {
        let mut left = self.single(depth + 1)?;
        while let Some((operator, binds)) =
            self.sign().and_then(operator).filter(|(_, binds)| *binds >= least)
        {
            let at = self.at();
            self.next += 1;
            let right = self.pair(binds + 1, depth + 1)?;
            fits(operator, &left, &right).map_err(|reason| Wrong { at, reason })?;
            left = Node::Pair(operator, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn single(&mut self, depth: usize) -> Result<Node, Wrong> {
        if depth > MOST_DEPTH {
            return self.wrong("this is nested too deeply");
        }
        let Some((at, token)) = self.tokens.get(self.next) else {
            return self.wrong("something is missing at the end");
        };
        self.next += 1;
        match token {
            Token::Value(value) => Ok(Node::Literal(value.clone())),
            Token::Measure(measure) => Ok(Node::Measure(measure)),
            Token::Sign("(") => {
                let inner = self.pair(0, depth + 1)?;
                self.take(")").map(|()| inner)
            }
            Token::Sign("not") => {
                let inner = self.single(depth + 1)?;
                condition(&inner, *at).map(|()| Node::Not(Box::new(inner)))
            }
            Token::Sign("how_many") => self.how_many(depth),
            Token::Sign(sign) => Err(Wrong { at: *at, reason: format!("{sign:?} does not belong here") }),
        }
    }

    fn how_many(&mut self, depth: usize) -> Result<Node, Wrong> {
        self.take("(")?;
        let mut all = Vec::new();
        loop {
            let at = self.at();
            let inner = self.pair(0, depth + 1)?;
            condition(&inner, at)?;
            all.push(inner);
            if self.sign() != Some(",") {
                return self.take(")").map(|()| Node::HowMany(all));
            }
            self.next += 1;
        }
    }
}

/// An operator and how strongly it binds.
fn operator(sign: &str) -> Option<(Operator, u8)> {
    Some(match sign {
        "or" => (Operator::Or, 1),
        "and" => (Operator::And, 2),
        "<" => (Operator::Less, 3),
        "<=" => (Operator::AtMost, 3),
        ">" => (Operator::More, 3),
        ">=" => (Operator::AtLeast, 3),
        "=" => (Operator::Is, 3),
        "!=" => (Operator::IsNot, 3),
        "+" => (Operator::Plus, 4),
        "-" => (Operator::Minus, 4),
        "*" => (Operator::Times, 5),
        _ => return None,
    })
}

fn condition(node: &Node, at: usize) -> Result<(), Wrong> {
    match kind(node) {
        Kind::Flag => Ok(()),
        other => Err(Wrong { at, reason: format!("must be a condition, not {}", other.name()) }),
    }
}

/// Whether an operator can stand between these.
fn fits(operator: Operator, left: &Node, right: &Node) -> Result<(), String> {
    let kinds = (kind(left), kind(right));
    let fits = match operator {
        Operator::Or | Operator::And => kinds == (Kind::Flag, Kind::Flag),
        Operator::Is | Operator::IsNot => kinds.0 == kinds.1 && kinds.0 != Kind::Flag,
        _ => kinds == (Kind::Number, Kind::Number),
    };
    if fits {
        return Ok(());
    }
    Err(format!("this cannot stand between {} and {}", kinds.0.name(), kinds.1.name()))
}
