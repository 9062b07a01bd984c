//! A second implementation of the economy (docs: economy.md), written from the words of the
//! specification alone, to be compared with the real one, command by command.
//!
//! What it keeps true: it shares no code with `linli-economy`; every number is an unbounded integer
//! computed as the sentence says it; whatever can be found by looking at everything is found so.
//! What must not be added: caches, indexes, clever sums, or anything read in the other crate - two
//! implementations that think alike prove nothing.
//!
//! Not modelled: `overflow`. Numbers here have no bound, so a stream that overflows the real
//! economy goes on here, and the two may differ from there. Refusals carry no `message`.

mod distribution;
mod exits;
mod freeze;
mod json;
mod ledger;
mod lots;
mod mall;
mod money;
mod naive;
mod number;
mod orders;
mod plan;
mod points;
mod refund;
mod region;
mod relations;
mod request;
mod settle;
mod shape;
mod state;
mod stores;
mod text;
mod time;

pub use naive::Naive;
