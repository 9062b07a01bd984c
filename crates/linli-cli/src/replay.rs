//! `linli replay`: a stream of commands in, a result line for each out. Results are handed on whenever the
//! input pauses, so that a program can talk to it line by line.

use crate::args::ReplayOptions;
use crate::lines::{LINE_LIMIT, Line, Lines};
use crate::text;
use anyhow::Result;
use linli_economy::Economy;
use linli_economy::refusal::Code;
use std::io::{self, Write};
use std::process::ExitCode;

pub fn run(options: &ReplayOptions) -> Result<ExitCode> {
    let mut economy = text::open_economy(&options.plan)?;
    let mut lines = Lines::open(options.file.as_deref(), |file| Box::new(file))?;
    let mut output = io::stdout().lock();
    let mut results = String::new();
    loop {
        if lines.would_wait() || results.len() > 1 << 18 {
            output.write_all(results.as_bytes())?;
            output.flush()?;
            results.clear();
        }
        let number = lines.number + 1;
        let Some(line) = lines.next()? else { break };
        let malformed = apply(&mut economy, number, &line, &mut results);
        if malformed && options.strict {
            output.write_all(results.as_bytes())?;
            // Where nobody listens any more, the exit code still tells.
            let _ = writeln!(io::stderr(), "linli: line {number} is malformed: stopped, as --strict says");
            return Ok(ExitCode::from(2));
        }
    }
    output.write_all(results.as_bytes())?;
    output.flush()?;
    if let Some(path) = &options.balances {
        text::write_file(path, text::balances_json(&economy).as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
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
