//! `linli move-in`: members and stores of another system, from CSV. Every row is checked before the first is carried out,
//! and what is there already is passed over, so that a file can be given again. Must not be added here: balances; those
//! come as commands, which `linli ingest` takes.

mod members;
mod stores;

use crate::args::{DataOptions, MoveInCommand};
use crate::{data, progress};
use anyhow::{Context, Result, bail};
use linli_economy::command::Line;
use linli_engine::{Form, Group, Limits, Pending, Replica, Stamp, Writer, snapshots};
use linli_platform::{Act, Actor, Deed};
use serde::de::DeserializeOwned;
use std::collections::VecDeque;
use std::io::{self, Write};
use std::path::Path;

/// Rows that may wait for their commit.
const WAITING: usize = 256;

/// Reasons that are printed.
const SHOWN: usize = 20;

pub fn run(command: &MoveInCommand) -> Result<()> {
    let (data, file, what) = match command {
        MoveInCommand::Members { data, file } => (data, file, "members"),
        MoveInCommand::Stores { data, file } => (data, file, "stores"),
    };
    let place = data::place(data)?;
    let opened = snapshots::open(&*place.snapshots, &mut *place.store.read()?)?;
    data::tell_skipped(&opened.skipped);
    let mut vault = data::vault(data)?;
    let steps = match command {
        MoveInCommand::Members { .. } => members::read(file, &opened.replica, &mut vault)?,
        MoveInCommand::Stores { .. } => stores::read(file, &opened.replica)?,
    };
    let rows = steps.len();
    let steps: Vec<_> = steps.into_iter().filter(|step| !step.entries.is_empty()).collect();
    let moved = steps.len();
    carry_out(data, steps)?;
    writeln!(io::stdout(), "{moved} {what} moved in, {} were there", rows - moved)?;
    Ok(())
}

/// What a row comes to; nothing for what is there.
struct Step {
    line: u64,
    entries: Vec<Entry>,
}

enum Entry {
    Command(serde_json::Value),
    Act(Box<Act>),
}

/// A row with the line that it begins in.
struct Row<T> {
    line: u64,
    row: T,
}

/// The rows of a file, which has these columns and may have those.
fn rows<T: DeserializeOwned>(file: &Path, columns: &[&str], further: &[&str]) -> Result<Vec<Row<T>>> {
    let name = file.display();
    let reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(file);
    let mut reader = reader.with_context(|| format!("cannot read {name}"))?;
    let header = reader.headers().with_context(|| format!("cannot read {name}"))?;
    // Spreadsheets begin UTF-8 with a mark.
    let titles: csv::StringRecord = header.iter().map(|title| title.trim_start_matches('\u{feff}')).collect();
    if let Some(missing) = columns.iter().find(|column| !titles.iter().any(|title| title == **column)) {
        bail!("{name}:1: the column {missing} is missing");
    }
    if let Some(strange) = titles.iter().find(|title| !columns.contains(title) && !further.contains(title)) {
        bail!("{name}:1: there is no column {strange:?}");
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.with_context(|| format!("cannot read {name}"))?;
        let line = record.position().map_or(0, csv::Position::line);
        let row = record.deserialize(Some(&titles)).with_context(|| format!("cannot read {name}:{line}"))?;
        rows.push(Row { line, row });
    }
    Ok(rows)
}

/// Every reason against a file at once; a file without any is moved in.
fn refuse(file: &Path, rows: usize, reasons: &[(u64, String)]) -> Result<()> {
    if reasons.is_empty() {
        return Ok(());
    }
    let mut err = io::stderr();
    for (line, reason) in reasons.iter().take(SHOWN) {
        writeln!(err, "{}:{line}: {reason}", file.display())?;
    }
    bail!("{} of {rows} rows cannot be moved in, so none was", reasons.len())
}

fn carry_out(data: &DataOptions, steps: Vec<Step>) -> Result<()> {
    let (writer, view, skipped) = Writer::start_with_view(data::place(data)?, Limits::default())?;
    data::tell_skipped(&skipped);
    let ahead = view.read(|replica: &Replica| replica.platform().clock.ahead_seconds())?;
    let bar = progress::over_commands();
    bar.set_length(u64::try_from(steps.len()).expect("64 bits"));
    let mut waiting = VecDeque::new();
    for step in steps {
        let mut group = Group::new();
        for entry in step.entries {
            match entry {
                Entry::Command(command) => {
                    group.push(&Line::read(step.line, command.to_string().as_bytes()));
                }
                Entry::Act(act) => group.push_act(None, &Deed::new(Actor::Machine, *act)),
            }
        }
        waiting.push_back((step.line, writer.send(group, Stamp::ahead(ahead), Form::Refusals)));
        if waiting.len() >= WAITING {
            waiting.pop_front().map(done).transpose()?;
        }
        bar.inc(1);
    }
    waiting.into_iter().try_for_each(done)?;
    bar.finish_and_clear();
    writer.close()?;
    Ok(())
}

fn done((line, pending): (u64, Pending)) -> Result<()> {
    match pending.wait()?.refused.first() {
        Some((_, refusal)) => bail!("line {line}: {refusal}; the rows before it are moved in"),
        None => Ok(()),
    }
}
