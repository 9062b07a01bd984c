//! `linli replay`: a stream of commands in, a result line for each out. Results are handed on whenever the
//! input pauses, so that a program can talk to it line by line.

use crate::args::ReplayOptions;
use crate::lines::{LINE_LIMIT, Line, Lines};
use crate::printer::Printer;
use crate::text;
use anyhow::{Context, Result};
use linli_economy::Economy;
use linli_economy::refusal::Code;
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
    let mut results = String::with_capacity(2 * BLOCK);
    loop {
        if (lines.would_wait() || results.len() > BLOCK) && !printer.print(&mut results) {
            // The printer's fault is the one to report.
            return Ok(None);
        }
        let number = lines.number + 1;
        let Some(line) = lines.next()? else { break };
        if apply(economy, number, &line, &mut results) && strict {
            printer.print(&mut results);
            return Ok(Some(number));
        }
    }
    printer.print(&mut results);
    Ok(None)
}

/// Applies one line, unless it is blank, and appends its result; gives whether it was malformed.
fn apply(economy: &mut Economy, number: u64, line: &Line<'_>, results: &mut String) -> bool {
    let answer = match line {
        Line::TooLong => economy.refuse_malformed(number, &format!("longer than {LINE_LIMIT} bytes")),
        Line::Whole(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => return false,
        Line::Whole(bytes) => match std::str::from_utf8(bytes) {
            Ok(line) => economy.apply_numbered(number, line),
            Err(error) => economy.refuse_malformed(number, &format!("not UTF-8: {error}")),
        },
    };
    answer.write_json(results);
    results.push('\n');
    answer.outcome().is_err_and(|refusal| refusal.code == Code::Malformed)
}
