//! `linli lab`: scenarios in, reports out. What happens in them is the laboratory's and the economy's; here files are
//! read, progress is shown and results are written.

mod compare;
mod earnings;
mod redteam;
mod run;
mod search;
mod source;
mod whatif;

use crate::args::LabCommand;
use crate::report::Table;
use anyhow::{Context, Result};
use linli_lab::Scenario;
use linli_lab::presets::{self, PRESETS};
use std::io::{self, Write};
use std::path::Path;

pub fn run(command: &LabCommand) -> Result<()> {
    match command {
        LabCommand::Presets { name } => list(name.as_deref()),
        LabCommand::Run(options) => run::run(options),
        LabCommand::Compare(options) => compare::run(options),
        LabCommand::WhatIf(options) => whatif::run(options),
        LabCommand::RedTeam(options) => redteam::run(options),
        LabCommand::Search(options) => search::run(options),
        LabCommand::Earnings(options) => earnings::run(options),
    }
}

/// A folder to write to, which need not be there.
fn make_folder(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot create the folder {}", folder.display()))
}

/// A table as CSV, its English heads first.
fn csv(table: &linli_lab::report::Table) -> String {
    let quote = |cell: &str| {
        if cell.contains([',', '"']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_string()
        }
    };
    let head = table.head.iter().map(|(en, _)| quote(en)).collect::<Vec<_>>();
    let rows = table.rows.iter().map(|row| row.iter().map(|cell| quote(cell)).collect());
    std::iter::once(head).chain(rows).map(|row: Vec<String>| row.join(",") + "\n").collect()
}

/// A table for the terminal, of its first columns.
fn readable(table: &linli_lab::report::Table, columns: usize) -> Table {
    let columns = columns.min(table.head.len());
    let heads: Vec<String> = table.head[..columns].iter().map(|(en, _)| en.clone()).collect();
    let mut readable = Table::new(&heads.iter().map(String::as_str).collect::<Vec<_>>());
    table.rows.iter().for_each(|row| readable.row(&row[..columns]));
    readable
}

fn list(name: Option<&str>) -> Result<()> {
    let mut out = io::stdout();
    if let Some(name) = name {
        let preset = presets::find(name);
        let preset =
            preset.with_context(|| format!("there is no preset {name:?}; `linli lab presets` lists them"))?;
        out.write_all(preset.text.as_bytes())?;
        return Ok(());
    }
    let mut table = Table::new(&["preset", "what it tries"]);
    for preset in &PRESETS {
        let scenario = Scenario::parse(preset.text).with_context(|| format!("the preset {}", preset.name))?;
        table.row(&[preset.name.into(), scenario.about.en.clone()]);
        table.row(&[String::new(), scenario.about.zh.clone()]);
    }
    write!(out, "{table}")?;
    Ok(())
}
