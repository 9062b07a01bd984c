//! The rule files that the program brings along, rule by rule, and how a rule file is refused.

mod cases;
mod judging;
mod refusals;
mod support;
