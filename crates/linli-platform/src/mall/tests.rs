//! The mall's rules, as tables of given, when, then.

mod addresses;
mod baskets;
mod deliveries;
mod forms;
mod past;
mod products;
mod refunds;
mod returns;
mod stage;
mod suppliers;
mod walk;
