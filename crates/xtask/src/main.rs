//! The entry of `cargo xtask`: reads the command line, runs one command, turns an error into exit code 1.
//!
//! Every chore of the project is a command here, so that a machine needs no other tool than cargo.
//! Must not be added: business rules, or a second way to do what a command already does.

mod budget;
mod cargo_tool;
mod command;
mod debian;
mod demo;
mod python;
mod smt;
mod step;
mod tidy;
mod web;
mod workspace;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    match command::Xtask::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
