//! `linli lab compare`: two or three scenarios side by side.

use super::make_folder;
use super::source::Source;
use crate::args::LabCompareOptions;
use crate::report::Table;
use crate::{progress, text};
use anyhow::Result;
use linli_lab::many::cores;
use linli_lab::planning::run_side_by_side;
use linli_lab::report::{compare_page, compared};
use linli_lab::run::orders_ahead;
use linli_lab::{Input, Scenario, Watch};
use std::io::{self, Write};

pub fn run(options: &LabCompareOptions) -> Result<()> {
    let sources = options.scenarios.iter().map(|name| Source::open(name, &options.options));
    let sources: Vec<Source> = sources.collect::<Result<_>>()?;
    make_folder(&options.out)?;
    let ahead = sources.iter().map(|source| orders_ahead(&source.scenario, source.orders.as_ref())).sum();
    let bar = progress::over_orders(ahead);
    let counted = bar.clone();
    let watch = Watch { told: Some(Box::new(move |orders| counted.inc(orders))), ..Watch::default() };
    let inputs: Vec<(&Scenario, Input<'_>)> =
        sources.iter().map(|source| (&source.scenario, source.input())).collect();
    let runs = run_side_by_side(&inputs, cores(), &watch);
    bar.finish_and_clear();
    let (runs, names) = (runs?, &options.scenarios);
    let rows = compared(names, &runs);
    let csv: String = rows.iter().map(|row| row.join(",") + "\n").collect();
    text::write_file(&options.out.join("compare.csv"), csv.as_bytes())?;
    text::write_file(&options.out.join("report.html"), compare_page(names, &runs).as_bytes())?;
    let mut table = Table::new(&rows[0].iter().map(String::as_str).collect::<Vec<_>>());
    rows[1..].iter().for_each(|row| table.row(row));
    let mut out = io::stdout();
    write!(out, "{table}")?;
    writeln!(out, "\nThe report is {}", options.out.join("report.html").display())?;
    Ok(())
}
