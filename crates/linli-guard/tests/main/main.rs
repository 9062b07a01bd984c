//! The rule files that the program brings along, rule by rule, and how a rule file is refused.

mod cases;
mod evasions;
mod judging;
mod own_texts;
mod refusals;
mod support;
mod words;
