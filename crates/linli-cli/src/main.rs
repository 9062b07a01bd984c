//! The `linli` binary: wiring and printing. Every rule is the engine's; nothing here computes money.

mod acts;
mod args;
mod audit;
mod backup;
mod commas;
mod data;
mod demo;
mod explain;
mod export;
mod guard;
mod ingest;
mod key;
mod lab;
mod lines;
mod move_in;
mod plan_check;
mod printer;
mod progress;
mod provider;
mod read_model;
mod replay;
mod report;
mod sender;
mod serve;
mod settle;
mod staff;
mod text;

use args::{Args, Command, GuardCommand, PlanCommand};
use clap::Parser;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    outlive_file_limits();
    let result = match Args::parse().command {
        Command::Plan { command: PlanCommand::Check { file } } => {
            plan_check::run(&file).map(|()| ExitCode::SUCCESS)
        }
        Command::Audit(options) => audit::run(&options).map(|()| ExitCode::SUCCESS),
        Command::Backup(options) => backup::backup(&options).map(|()| ExitCode::SUCCESS),
        Command::Restore(options) => backup::restore(&options).map(|()| ExitCode::SUCCESS),
        Command::Demo(options) => demo::run(&options).map(|()| ExitCode::SUCCESS),
        Command::Explain(options) => explain::run(&options).map(|()| ExitCode::SUCCESS),
        Command::Export { command } => export::run(&command).map(|()| ExitCode::SUCCESS),
        Command::Guard { command: GuardCommand::Check(options) } => guard::check(&options),
        Command::Ingest(options) => ingest::run(&options),
        Command::Follow(options) => read_model::follow(&options).map(|()| ExitCode::SUCCESS),
        Command::Rebuild(options) => read_model::rebuild(&options).map(|()| ExitCode::SUCCESS),
        Command::Staff { command } => staff::run(&command).map(|()| ExitCode::SUCCESS),
        Command::Key { command } => key::run(&command).map(|()| ExitCode::SUCCESS),
        Command::MoveIn { command } => move_in::run(&command).map(|()| ExitCode::SUCCESS),
        Command::Lab { command } => lab::run(&command).map(|()| ExitCode::SUCCESS),
        Command::Replay(options) => replay::run(&options),
        Command::Serve(options) => serve::run(&options).map(|()| ExitCode::SUCCESS),
        Command::Settle(options) => settle::run(&options).map(|()| ExitCode::SUCCESS),
    };
    match result {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Where nobody listens any more, the exit code still tells.
            let _ = writeln!(std::io::stderr(), "linli: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// A file that may not grow is told by the write that failed; the signal would end the program without a word.
fn outlive_file_limits() {
    let handled = signal_hook::flag::register(libc::SIGXFSZ, Arc::default());
    handled.expect("the signal is none of those that cannot be handled");
}

/// Whoever read our output has read enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = error.downcast_ref::<std::io::Error>();
    io.is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}
