//! `linli lab redteam`: what attacks bring and cost under a plan, and the worst mix of them.

use super::source::Source;
use super::{csv, make_folder, readable};
use crate::args::LabRedTeamOptions;
use crate::{progress, text};
use anyhow::Result;
use linli_lab::Watch;
use linli_lab::many::cores;
use linli_lab::redteam::{STREET, red_team, worst_mix};
use linli_lab::report::{mix_table, red_team_page, red_team_table};
use linli_lab::search::Effort;
use std::io::{self, Write};

/// Mixes tried in a round.
const PER_ROUND: u32 = 24;

pub fn run(options: &LabRedTeamOptions) -> Result<()> {
    let source = match &options.scenario {
        Some(name) => Source::open(name, &options.options)?,
        None => Source::of_text("the red team's street", STREET, None, &options.options)?,
    };
    make_folder(&options.out)?;
    let bar = progress::over_work();
    let counted = bar.clone();
    let watch = Watch { told: Some(Box::new(move |orders| counted.inc(orders))), ..Watch::default() };
    let findings = red_team(&source.scenario, &source.plan, cores(), &watch)?;
    let effort = Effort { rounds: options.rounds, per_round: PER_ROUND, seed: source.scenario.seed };
    let search = |budget| worst_mix(&source.scenario, &source.plan, budget, effort, cores(), &watch);
    let mix = options.search.map(search).transpose()?;
    bar.finish_and_clear();
    let table = red_team_table(&findings);
    text::write_file(&options.out.join("redteam.csv"), csv(&table).as_bytes())?;
    let page = red_team_page(&source.plan.plan.name, &findings, mix.as_ref());
    text::write_file(&options.out.join("report.html"), page.as_bytes())?;
    let mut out = io::stdout();
    write!(out, "{}", readable(&table, 6))?;
    if let Some(mix) = &mix {
        let table = mix_table(mix);
        text::write_file(&options.out.join("mix.csv"), csv(&table).as_bytes())?;
        writeln!(out, "\nThe worst mix gains {} and costs honest members {}:", mix.profit, mix.honest_loss)?;
        write!(out, "{}", readable(&table, table.head.len()))?;
    }
    writeln!(out, "\nWhat stops each is in the report: {}", options.out.join("report.html").display())?;
    Ok(())
}
