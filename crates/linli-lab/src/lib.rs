//! The laboratory: what a plan will do to people, before anybody is exposed to it. A scenario is a source of commands
//! for the very economy that runs live; statistics are taken of what that made of them.
//!
//! Here chance and floats have their place: in who comes when and spends how much, and in means, deciles and charts.
//! No float ever comes near a balance, because only the economy computes money. Must not be added: a second copy of
//! one of its rules.

pub mod arrivals;
pub mod books;
pub mod draw;
pub mod earnings;
pub mod many;
pub mod measure;
pub mod orders_file;
pub mod people;
pub mod planning;
pub mod presets;
pub mod redteam;
pub mod report;
pub mod run;
pub mod scenario;
pub mod search;
pub mod sentences;
pub mod summary;
pub mod tables;
pub mod whatif;

pub use measure::Measured;
pub use run::{Input, Run, RunError, Watch, run};
pub use scenario::Scenario;
