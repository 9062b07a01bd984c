//! The tests of the payment providers, in one binary.

mod conformance;
mod external;
mod providers;
mod reconciling;
mod records;
mod sandbox;
mod signatures;
mod support;
mod walk;
