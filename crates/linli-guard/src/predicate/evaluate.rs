//! Asking a predicate. What is unknown stays unknown unless it does not matter: `true or unknown` is true.

use super::{Expression, Node, Operator, Predicate};
use crate::fact::{Facts, Value};
use crate::number::{Number, TooLarge};
use std::cmp::Ordering;

/// What a predicate says of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// It reads what is not known.
    Unknown,
    /// Its numbers are too large to compute with; whoever asks must not take that for a no.
    TooLarge,
}

impl Predicate {
    /// Asks it.
    #[must_use]
    pub fn ask(&self, facts: &Facts) -> Answer {
        match value(&self.0, facts) {
            Ok(Some(Value::Flag(true))) => Answer::Yes,
            Ok(Some(_)) => Answer::No,
            Ok(None) => Answer::Unknown,
            Err(TooLarge) => Answer::TooLarge,
        }
    }
}

impl Expression {
    /// Its value as people read it; `?` where it is not known.
    #[must_use]
    pub fn show(&self, facts: &Facts) -> String {
        match (&self.0, value(&self.0, facts)) {
            (Node::Measure(measure), Ok(Some(value))) => measure.show(&value),
            (_, Ok(Some(Value::Number(number)))) => number.to_text(0),
            (_, Ok(Some(Value::Flag(flag)))) => flag.to_string(),
            (_, Ok(Some(Value::Word(word)))) => word,
            (_, Ok(None) | Err(TooLarge)) => "?".into(),
        }
    }
}

type Asked = Result<Option<Value>, TooLarge>;

fn value(node: &Node, facts: &Facts) -> Asked {
    Ok(match node {
        Node::Literal(value) => Some(value.clone()),
        Node::Measure(measure) => facts.get(measure).cloned(),
        Node::Not(inner) => flag(inner, facts)?.map(|holds| Value::Flag(!holds)),
        Node::HowMany(all) => {
            let mut held = 0;
            for inner in all {
                match flag(inner, facts)? {
                    None => return Ok(None),
                    Some(holds) => held += i128::from(holds),
                }
            }
            Some(Value::Number(Number::new(held, 0)))
        }
        Node::Pair(Operator::Or, left, right) => either(flag(left, facts)?, flag(right, facts)?, true),
        Node::Pair(Operator::And, left, right) => either(flag(left, facts)?, flag(right, facts)?, false),
        Node::Pair(operator, left, right) => match (value(left, facts)?, value(right, facts)?) {
            (Some(left), Some(right)) => Some(pair(*operator, &left, &right)?),
            _ => None,
        },
    })
}

fn flag(node: &Node, facts: &Facts) -> Result<Option<bool>, TooLarge> {
    Ok(value(node, facts)?.map(|value| matches!(value, Value::Flag(true))))
}

/// `or` where `decides` is true, `and` where it is false.
fn either(left: Option<bool>, right: Option<bool>, decides: bool) -> Option<Value> {
    if left == Some(decides) || right == Some(decides) {
        return Some(Value::Flag(decides));
    }
    (left.is_some() && right.is_some()).then_some(Value::Flag(!decides))
}

fn pair(operator: Operator, left: &Value, right: &Value) -> Result<Value, TooLarge> {
    let (left, right) = match (left, right) {
        (Value::Number(left), Value::Number(right)) => (*left, *right),
        (Value::Word(left), Value::Word(right)) => {
            return Ok(Value::Flag((left == right) == (operator == Operator::Is)));
        }
        _ => unreachable!("the parser lets operators stand only between numbers or between words"),
    };
    let compared = |holds: fn(Ordering) -> bool| left.compare(right).map(|order| Value::Flag(holds(order)));
    match operator {
        Operator::Less => compared(Ordering::is_lt),
        Operator::AtMost => compared(Ordering::is_le),
        Operator::More => compared(Ordering::is_gt),
        Operator::AtLeast => compared(Ordering::is_ge),
        Operator::Is => compared(Ordering::is_eq),
        Operator::IsNot => compared(Ordering::is_ne),
        Operator::Plus => left.plus(right).map(Value::Number),
        Operator::Minus => left.minus(right).map(Value::Number),
        Operator::Times => left.times(right).map(Value::Number),
        Operator::Or | Operator::And => unreachable!("these are asked before their sides are known"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        let mut facts = Facts::default();
        for (name, text) in [
            ("points.cap", "2"),
            ("points.retention", "20%"),
            ("points.genesis", "999.99"),
            ("points.redeem", "money"),
            ("levels.ranks", "0"),
            ("balance.top_up", "false"),
            ("balance.interest", "true"),
        ] {
            facts.set(name, text).expect("a measurement");
        }
        facts
    }

    #[test]
    fn predicates_are_asked_exactly() {
        for (text, answer) in [
            ("points.cap * (1 - points.retention) > 1", Answer::Yes),
            ("points.cap * (1 - points.retention) > 1.6", Answer::No),
            ("points.cap * (1 - points.retention) = 160%", Answer::Yes),
            ("1 - 20% - 30% = 0.5", Answer::Yes),
            ("2 + 3 * 4 = 14", Answer::Yes),
            ("points.genesis < 1000.00", Answer::Yes),
            ("points.redeem = 'money' and not balance.top_up", Answer::Yes),
            ("points.redeem != \"money\"", Answer::No),
            ("balance.top_up or balance.interest and levels.ranks > 0", Answer::No),
            ("(balance.top_up or balance.interest) and levels.ranks <= 0", Answer::Yes),
            ("how_many(balance.top_up, balance.interest, points.cap >= 2) >= 2", Answer::Yes),
            ("members.entry_fee > 0", Answer::Unknown),
            ("members.entry_fee > 0 or balance.interest", Answer::Yes),
            ("members.entry_fee > 0 and balance.top_up", Answer::No),
            ("not (members.entry_fee > 0)", Answer::Unknown),
            ("how_many(balance.transfer, balance.interest) >= 1", Answer::Unknown),
            ("true", Answer::Yes),
        ] {
            let predicate = Predicate::parse(text).unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"));
            assert_eq!(predicate.ask(&facts()), answer, "{text}");
        }
    }

    #[test]
    fn numbers_too_large_are_no_answer() {
        let big = "1000000000000000000";
        let text = format!("{big} * {big} * {big} > 1");
        assert_eq!(Predicate::parse(&text).expect("well-formed").ask(&facts()), Answer::TooLarge);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (text, at, reason) in [
            ("points.colour > 1", 0, "points.colour is no measurement"),
            ("points.cap > ", 13, "something is missing at the end"),
            ("points.cap", 0, "must be a condition, not a number"),
            ("points.cap > 'money'", 11, "this cannot stand between a number and a word"),
            ("points.cap and true", 11, "this cannot stand between a number and a condition"),
            ("not points.cap > 1", 0, "must be a condition, not a number"),
            ("(points.cap > 1", 15, "\")\" is missing"),
            ("points.cap > 1 2", 15, "what comes here does not belong to it"),
            ("points.cap > 1.0000001", 13, "1.0000001 is no number"),
            ("points.cap ≥ 1", 11, "'≥' has no meaning here"),
            ("points.redeem = \"money", 16, "a word in quotes must be closed"),
            ("how_many(points.cap) > 1", 9, "must be a condition, not a number"),
            ("> 1", 0, "\">\" does not belong here"),
        ] {
            let wrong = Predicate::parse(text).expect_err(text);
            assert_eq!((wrong.at, wrong.reason.as_str()), (at, reason), "{text}");
        }
        let deep = format!("{}true{}", "(".repeat(40), ")".repeat(40));
        assert_eq!(Predicate::parse(&deep).expect_err("deep").reason, "this is nested too deeply");
    }
}
