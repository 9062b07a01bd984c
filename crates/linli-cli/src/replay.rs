//! `linli replay`: a stream of commands in, a result line for each out. Results are handed on whenever the
//! input pauses, so that a program can talk to it line by line.

use crate::args::ReplayOptions;
use crate::lines::{Batch, LINE_LIMIT, Line, Lines};
use crate::printer::Printer;
use crate::text;
use anyhow::{Context, Result};
use linli_economy::Economy;
use linli_economy::command::{self, Received, malformed};
use linli_economy::state::BATCH;
use linli_journal::Hash;
use std::io::{self, Write};
use std::process::ExitCode;

/// Bytes of results that are printed at once.
const BLOCK: usize = 1 << 18;

pub fn run(options: &ReplayOptions) -> Result<ExitCode> {
    let mut economy = text::open_economy(&options.plan)?;
    let mut lines = Lines::open(options.file.as_deref(), |file| Box::new(file))?;
    let printer = Printer::start();
    let stopped = apply_all(&mut economy, &mut lines, &printer, options.strict);
    printer.finish().context("cannot write the results")?;
    if let Some(number) = stopped? {
        // Where nobody listens any more, the exit code still tells.
        let _ = writeln!(io::stderr(), "linli: line {number} is malformed: stopped, as --strict says");
        return Ok(ExitCode::from(2));
    }
    if options.digest {
        writeln!(io::stderr(), "economy  {}", Hash(economy.digest()))?;
    }
    if let Some(path) = &options.balances {
        text::write_file(path, text::balances_json(&economy).as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Applies line after line and prints the results; gives the number of a malformed line that stopped it.
fn apply_all(
    economy: &mut Economy,
    lines: &mut Lines,
    printer: &Printer,
    strict: bool,
) -> Result<Option<u64>> {
    let (mut batch, mut results) = (Batch::default(), String::with_capacity(2 * BLOCK));
    while lines.next_batch(&mut batch, BATCH)? {
        let received: Vec<_> = batch.lines().filter_map(|(number, line)| read(number, &line)).collect();
        economy.read_ahead(received.iter().map(|(_, received)| received));
        for (number, received) in &received {
            economy.receive(received).write_json(&mut results);
            results.push('\n');
            if received.is_err() && strict {
                printer.print(&mut results);
                return Ok(Some(*number));
            }
        }
        if (lines.would_wait() || results.len() > BLOCK) && !printer.print(&mut results) {
            // The printer's fault is the one to report.
            return Ok(None);
        }
    }
    Ok(None)
}

/// What a line is, unless it is blank.
pub fn read<'l>(number: u64, line: &Line<'l>) -> Option<(u64, Received<'l>)> {
    let received = match line {
        Line::TooLong => Err(malformed(number, &format!("longer than {LINE_LIMIT} bytes"))),
        Line::Whole(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => return None,
        Line::Whole(bytes) => command::Line::read(number, bytes),
    };
    Some((number, received))
}
