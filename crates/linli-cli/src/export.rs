//! `linli export`: the journal's commands as a stream, its plan, and balances and statements as CSV or Excel. What
//! the file's name ends with says which.

mod sheet;

use crate::args::{ExportCommand, ExportOptions};
use crate::text::amount;
use crate::{data, progress};
use anyhow::{Context, Result};
use indicatif::ProgressBar;
use linli_engine::statement::statement;
use linli_engine::walk::walk;
use linli_engine::{Body, Place};
use serde_json::json;
use sheet::{Cell, Sheet};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

pub fn run(command: &ExportCommand) -> Result<()> {
    match command {
        ExportCommand::Commands(options) => commands(options),
        ExportCommand::Plan(options) => plan(options),
        ExportCommand::Balances(options) => balances(options),
        ExportCommand::Statement { account, options } => statement_of(account, options),
    }
}

/// Writes what `write` gives to a partial file, which gets its name when all is there.
fn whole(path: &Path, write: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let name = path.file_name().with_context(|| format!("{} names no file", path.display()))?;
    let partial = path.with_file_name(format!(".{}.partial", name.to_string_lossy()));
    let written = write(&partial).and_then(|()| Ok(std::fs::rename(&partial, path)?));
    written.with_context(|| format!("cannot write {}", path.display())).inspect_err(|_| {
        // What could not be written may be impossible to remove too; the first fault is the one to report.
        let _ = std::fs::remove_file(&partial);
    })
}

fn with_bar<T>(work: impl FnOnce(&ProgressBar) -> T) -> T {
    let bar = progress::over_commands();
    let done = work(&bar);
    bar.finish_and_clear();
    done
}

fn show(bar: &ProgressBar, seq: u64, end: u64) {
    bar.set_length(end);
    bar.set_position(seq);
}

/// One line a command, refused ones included, so that `replay` and `ingest` give the same results under the same
/// numbers. A line that was no command is one again.
fn commands(options: &ExportOptions) -> Result<()> {
    let place = data::place(&options.data)?;
    whole(&options.to, |path| {
        let mut out = BufWriter::new(File::create(path)?);
        let mut written = Ok(());
        with_bar(|bar| {
            walk(
                &*place.store,
                |seq, end| show(bar, seq, end),
                |entry, _| {
                    let line = match &entry.body {
                        Body::Line(Ok(line)) => line.to_json(),
                        Body::Line(Err(refusal)) => json!({ "malformed": refusal.message }).to_string(),
                        Body::Act(performed) => {
                            let deed = &performed.deed;
                            let (act, id) = (deed.act.name(), deed.act.subject());
                            json!({ "act": act, "id": id, "by": deed.by.to_string() }).to_string()
                        }
                    };
                    if written.is_ok() {
                        written = writeln!(out, "{line}");
                    }
                },
            )
        })?;
        written?;
        Ok(out.flush()?)
    })
}

fn plan(options: &ExportOptions) -> Result<()> {
    let place = data::place(&options.data)?;
    let journal = place.store.read()?;
    whole(&options.to, |path| Ok(std::fs::write(path, &journal.header().plan)?))
}

fn balances(options: &ExportOptions) -> Result<()> {
    let place: Place = data::place(&options.data)?;
    let mut journal = place.store.read()?;
    let opened = linli_engine::snapshots::open(&*place.snapshots, &mut *journal)?;
    data::tell_skipped(&opened.skipped);
    whole(&options.to, |path| {
        let mut sheet = Sheet::create(path, &options.to, &["account", "asset", "amount"])?;
        for (account, asset, units) in opened.replica.economy().balances() {
            let cells = [
                Cell::Text(&account),
                Cell::Text(asset.name()),
                Cell::Number(&amount(units, asset.decimals())),
            ];
            sheet.row(&cells)?;
        }
        sheet.finish()
    })
}

fn statement_of(account: &str, options: &ExportOptions) -> Result<()> {
    let place = data::place(&options.data)?;
    whole(&options.to, |path| {
        let header = ["seq", "at", "command", "id", "asset", "amount", "balance"];
        let mut sheet = Sheet::create(path, &options.to, &header)?;
        let mut written = Ok(());
        let mut lines = 0_u64;
        with_bar(|bar| {
            statement(
                &*place.store,
                account,
                |seq, end| show(bar, seq, end),
                |line| {
                    lines += 1;
                    let units = |units| amount(units, line.asset.decimals());
                    let cells = [
                        Cell::Number(&line.seq.to_string()),
                        Cell::Text(&line.at.to_string()),
                        Cell::Text(line.command),
                        Cell::Text(&line.id),
                        Cell::Text(line.asset.name()),
                        Cell::Number(&units(line.amount)),
                        Cell::Number(&units(line.balance)),
                    ];
                    if written.is_ok() {
                        written = sheet.row(&cells);
                    }
                },
            )
        })?;
        written?;
        anyhow::ensure!(lines > 0, "nothing was ever posted to {account}");
        sheet.finish()
    })
}
