//! Predicates: `points.cap * (1 - points.retention) > 1`, as rule files hold them. They compute exactly, know three
//! answers (a rule that reads what is unknown is not asked), and can do nothing but compare measurements.

mod evaluate;
mod parse;
mod tokens;

pub use evaluate::Answer;

use crate::fact::{Measure, Unit, Value};

/// What is wrong with a predicate, and at which byte of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// From 0.
    pub at: usize,
    /// What is wrong.
    pub reason: String,
}

/// A condition that holds or not.
#[derive(Clone, Debug)]
pub struct Predicate(Node);

/// Something with a value: a measurement, or what is computed of some.
#[derive(Clone, Debug)]
pub struct Expression(Node);

#[derive(Clone, Debug)]
enum Node {
    Literal(Value),
    Measure(&'static Measure),
    Not(Box<Node>),
    /// How many of these hold.
    HowMany(Vec<Node>),
    Pair(Operator, Box<Node>, Box<Node>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Or,
    And,
    Less,
    AtMost,
    More,
    AtLeast,
    Is,
    IsNot,
    Plus,
    Minus,
    Times,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Number,
    Flag,
    Word,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Flag => "a condition",
            Self::Word => "a word",
        }
    }
}

impl Predicate {
    /// Reads a predicate.
    ///
    /// # Errors
    /// What is wrong with it and where.
    pub fn parse(text: &str) -> Result<Self, Wrong> {
        let node = parse::whole(text)?;
        match kind(&node) {
            Kind::Flag => Ok(Self(node)),
            other => Err(Wrong { at: 0, reason: format!("must be a condition, not {}", other.name()) }),
        }
    }

    /// Every measurement that it reads.
    #[must_use]
    pub fn measures(&self) -> Vec<&'static Measure> {
        let mut found = Vec::new();
        collect(&self.0, &mut found);
        found
    }
}

impl Expression {
    /// Reads what stands between braces.
    ///
    /// # Errors
    /// What is wrong with it and where.
    pub fn parse(text: &str) -> Result<Self, Wrong> {
        parse::whole(text).map(Self)
    }
}

fn kind(node: &Node) -> Kind {
    match node {
        Node::Literal(Value::Number(_)) | Node::HowMany(_) => Kind::Number,
        Node::Literal(Value::Flag(_)) | Node::Not(_) => Kind::Flag,
        Node::Literal(Value::Word(_)) => Kind::Word,
        Node::Measure(measure) => match measure.unit {
            Unit::Flag => Kind::Flag,
            Unit::Word => Kind::Word,
            _ => Kind::Number,
        },
        Node::Pair(Operator::Plus | Operator::Minus | Operator::Times, ..) => Kind::Number,
        Node::Pair(..) => Kind::Flag,
    }
}

fn collect(node: &Node, found: &mut Vec<&'static Measure>) {
    match node {
        Node::Literal(_) => {}
        Node::Measure(measure) if found.contains(measure) => {}
        Node::Measure(measure) => found.push(measure),
        Node::Not(inner) => collect(inner, found),
        Node::HowMany(all) => all.iter().for_each(|inner| collect(inner, found)),
        Node::Pair(_, left, right) => {
            collect(left, found);
            collect(right, found);
        }
    }
}
