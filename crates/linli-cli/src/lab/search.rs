//! `linli lab search`: plans within limits, measured by aims.

use super::source::Source;
use super::{csv, make_folder, readable};
use crate::args::LabSearchOptions;
use crate::{progress, text};
use anyhow::{Context, Result, anyhow, bail};
use linli_lab::Watch;
use linli_lab::many::cores;
use linli_lab::planning::{Aim, Vary, find_plans};
use linli_lab::report::{search_page, search_table};
use linli_lab::scenario::Arrivals;
use linli_lab::search::Effort;
use std::io::{self, Write};

pub fn run(options: &LabSearchOptions) -> Result<()> {
    let source = Source::open(&options.scenario, &options.options)?;
    if matches!(source.scenario.arrivals, Arrivals::File { .. }) {
        bail!("{}: a search needs a scenario that makes its own orders", options.scenario);
    }
    let vary =
        options.vary.iter().map(|text| Vary::parse(text).map_err(|reason| anyhow!("--vary: {reason}")));
    let vary: Vec<Vary> = vary.collect::<Result<_>>()?;
    let known: Vec<&str> = source.plan.plan.listed().into_iter().map(|(key, _)| key).collect();
    if let Some(unknown) = vary.iter().find(|vary| !known.contains(&vary.key.as_str())) {
        bail!("--vary: {} is not a key of a plan, such as points.cap", unknown.key);
    }
    let aims = options.aim.iter().map(|name| {
        Aim::find(name)
            .with_context(|| format!("--aim {name}: the aims are median, worst-cohort, stores, solvency"))
    });
    let mut aims: Vec<Aim> = aims.collect::<Result<_>>()?;
    if aims.is_empty() {
        aims = vec![Aim::Median, Aim::Stores];
    }
    make_folder(&options.out)?;
    let bar = progress::over_work();
    let counted = bar.clone();
    let watch = Watch { told: Some(Box::new(move |orders| counted.inc(orders))), ..Watch::default() };
    let effort = Effort { rounds: options.rounds, per_round: options.per_round, seed: source.scenario.seed };
    let found = find_plans(&source.scenario, &source.plan, &vary, &aims, effort, cores(), &watch);
    bar.finish_and_clear();
    let (candidates, on_it) = found?;
    if on_it.is_empty() {
        bail!("every plan within these limits is refused; `linli plan check` says why of one");
    }
    let table = search_table(&vary, &aims, &candidates, &on_it);
    let all: Vec<usize> =
        (0..candidates.len()).filter(|place| candidates[*place].figures.is_some()).collect();
    text::write_file(&options.out.join("frontier.csv"), csv(&table).as_bytes())?;
    let tried = search_table(&vary, &aims, &candidates, &all);
    text::write_file(&options.out.join("tried.csv"), csv(&tried).as_bytes())?;
    let page = search_page(&options.scenario, &vary, &aims, &candidates, &on_it);
    text::write_file(&options.out.join("report.html"), page.as_bytes())?;
    let mut out = io::stdout();
    write!(out, "{}", readable(&table, table.head.len()))?;
    writeln!(
        out,
        "\n{} of {} plans are on the frontier. The report is {}",
        on_it.len(),
        candidates.len(),
        options.out.join("report.html").display()
    )?;
    Ok(())
}
