//! The commands: one variant each, with the line and the examples that `cargo xtask --help` prints.
//!
//! Each command lives in the file of its name. Must not be added: a command that can be an option of
//! another one, or a default that needs a network other than the package registries.

mod api;
mod bench;
mod check;
mod deny;
mod generate;
mod mutants;
mod proof;
mod run;
mod sim;
mod soak;
mod test;

use crate::tidy;
use crate::workspace::Workspace;
use anyhow::Result;
use clap::{Parser, Subcommand};

const EXAMPLES: &str = "\
Examples:
  cargo xtask run                      settle the sample of orders and print where the money went
  cargo xtask run my-orders.csv        the same with orders of your own
  cargo xtask test                     everything that must hold before a change is shown to others
  cargo xtask check                    how the code must look: format, lints, licences, tidy
  cargo xtask tidy                     the fast part of `check`
  cargo xtask proof                    ask the solver for every lemma
  cargo xtask api --seconds 600        ask the service everything its document describes, for ten minutes
  cargo xtask gen                      write the types of the TypeScript client anew
  cargo xtask bench -- 1000000         what an order costs with a million members, and whole files
  cargo xtask mutants --shard 0/8      one eighth of the mutants of the economy
  cargo xtask sim --minutes 60         the whole system with faults, against the naive model
  cargo xtask soak --minutes 60        compare for an hour, from where the last hour ended";

/// Every chore of the project.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about, after_help = EXAMPLES)]
pub struct Xtask {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the release program, settle a file of orders, and say where the statement is.
    Run(run::Run),
    /// Install what the tests need, run them all, then the proofs, and print the minutes each part took.
    Test(test::Test),
    /// Check format, lints, documentation, dependencies and tidiness; every failed part is named at the end.
    Check(check::Check),
    /// Check what no compiler checks: crate arrows, sizes, heads, forgotten files, links, refused words.
    Tidy(tidy::Tidy),
    /// Ask the solver for every lemma in proofs/*.smt2; any answer but the expected one fails.
    Proof(proof::Proof),
    /// Ask the running program everything that its document describes; any fault or undocumented answer fails.
    Api(api::Api),
    /// Write the types of the TypeScript client anew, from the document of the running service.
    Gen(generate::Gen),
    /// Measure the economy; further arguments go to the benchmark.
    Bench(bench::Bench),
    /// Change the economy in small ways and report which changes no test notices.
    Mutants(mutants::Mutants),
    /// Simulate the whole system with faults; a seed that fails becomes a regression.
    Sim(sim::Sim),
    /// Compare random streams and test mutants for as long as you say; goes on where it stopped.
    Soak(soak::Soak),
}

impl Xtask {
    /// Runs the command that was asked for.
    pub fn run(self) -> Result<()> {
        let workspace = Workspace::find()?;
        match self.command {
            Command::Run(command) => command.run(&workspace),
            Command::Test(command) => command.run(&workspace),
            Command::Check(command) => command.run(&workspace),
            Command::Tidy(command) => command.run(&workspace),
            Command::Proof(command) => command.run(&workspace),
            Command::Api(command) => command.run(&workspace),
            Command::Gen(command) => command.run(&workspace),
            Command::Bench(command) => command.run(&workspace),
            Command::Mutants(command) => command.run(&workspace),
            Command::Sim(command) => command.run(&workspace),
            Command::Soak(command) => command.run(&workspace),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Xtask::command().debug_assert();
    }

    #[test]
    fn every_command_has_a_line_and_an_example() {
        for command in Xtask::command().get_subcommands() {
            let name = command.get_name();
            assert!(command.get_about().is_some(), "{name} has no line");
            assert!(EXAMPLES.contains(&format!("cargo xtask {name}")), "{name} has no example");
        }
    }
}
