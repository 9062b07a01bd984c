//! `linli lab whatif`: a journal, or what was exported of one, under another plan.

use super::{make_folder, readable};
use crate::args::{DataOptions, LabWhatIfOptions};
use crate::lines::Lines;
use crate::{data, progress, text};
use anyhow::{Context, Result, bail};
use linli_economy::command;
use linli_economy::plan::Plan;
use linli_engine::walk::walk;
use linli_lab::report::{what_if_page, what_if_table};
use linli_lab::whatif::WhatIf;
use std::io::{self, Write};
use std::path::Path;

pub fn run(options: &LabWhatIfOptions) -> Result<()> {
    let other = text::read_plan(&options.plan)?;
    make_folder(&options.out)?;
    let other_name = other.name.clone();
    let (what_if, real_name) = match &options.commands {
        Some(commands) => of_commands(commands, options.opening.as_deref(), other)?,
        None => of_journal(options, other)?,
    };
    let compared = what_if.compare();
    text::write_file(&options.out.join("changes.csv"), compared.csv().as_bytes())?;
    let page = what_if_page(&real_name, &other_name, &compared);
    text::write_file(&options.out.join("report.html"), page.as_bytes())?;
    let mut out = io::stdout();
    let table = what_if_table(&compared);
    write!(out, "{}", readable(&table, table.head.len()))?;
    writeln!(out, "\n{} commands under the other plan", compared.applied)?;
    for (kind, count) in &compared.adapted {
        writeln!(out, "  {count} adapted: {kind}")?;
    }
    for (code, (count, message)) in &compared.refused {
        writeln!(out, "  {count} refused: {code} ({message})")?;
    }
    writeln!(out, "Everybody is in {}", options.out.join("changes.csv").display())?;
    Ok(())
}

fn of_journal(options: &LabWhatIfOptions, other: Plan) -> Result<(WhatIf, String)> {
    let place = data::place(&DataOptions { data: options.data.clone(), database: options.database.clone() })?;
    let opening = place.store.read()?.header().plan.clone();
    let real = Plan::parse(&opening).context("the plan of the journal")?;
    let name = real.name.clone();
    let mut what_if = WhatIf::new(real, other);
    let bar = progress::over_commands();
    walk(
        &*place.store,
        |seq, end| {
            bar.set_length(end);
            bar.set_position(seq);
        },
        |entry, answered| {
            let applied = answered.outcome().is_ok() && !answered.replayed();
            if let Some(command) = entry.body.command().filter(|_| applied) {
                what_if.apply(command, Some(answered.economy().state().clock()));
            }
        },
    )?;
    bar.finish_and_clear();
    Ok((what_if, name))
}

fn of_commands(path: &Path, opening: Option<&Path>, other: Plan) -> Result<(WhatIf, String)> {
    let real = text::read_plan(opening.context("--opening names the plan that the history opened with")?)?;
    let name = real.name.clone();
    let mut what_if = WhatIf::new(real, other);
    let mut lines = Lines::open(Some(path), |file| Box::new(file))?;
    let mut acts = 0_u64;
    while let Some(line) = lines.next()? {
        let crate::lines::Line::Whole(bytes) = line else { bail!("{}: a line is too long", path.display()) };
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match command::Line::read(0, bytes) {
            Ok(line) => what_if.apply(&line.command, line.at),
            // Acts of the platform stand in an export too; the commands that they carried do not.
            Err(_) => acts += 1,
        }
    }
    if acts > 0 {
        writeln!(
            io::stderr(),
            "linli: {acts} lines are no commands of the economy and were left out: of a journal with acts, name the journal itself"
        )?;
    }
    Ok((what_if, name))
}
