//! The tests of the read model: what follows the journal into tables, and the check of them. What makes random worlds is
//! there for other tests too. Must not be added here: a test.

mod bindings;
mod examples;
mod following;
mod interrupted;
mod ledger;
pub mod place;
mod values;
mod verify;
