//! The laboratory as its users see it: golden figures, determinism, the same balances as a replay.

mod attacks;
mod closed_form;
mod golden;
mod replay;
mod report;
mod runs;
mod support;
mod whatif;
