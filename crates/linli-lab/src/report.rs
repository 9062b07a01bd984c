//! `report.html`: one file that needs no network and no script. The honest sentences stand on top; below them charts, each
//! with the table that it is drawn from; last the assumptions. Must not be added: a chart without its table, or anything
//! fetched from elsewhere.

mod charts;
mod compare;
mod findings;
mod page;
mod sections;

pub use compare::{compare_page, compared};
pub use findings::{
    mix_table, red_team_page, red_team_table, search_page, search_table, what_if_page, what_if_table,
};
pub use page::Table;

use crate::measure::Measured;
use crate::sentences::sentences;
use page::{Page, escape};

/// What the figures rest on.
pub struct Assumptions<'a> {
    /// The scenario's file.
    pub scenario: &'a str,
    /// The plan's file.
    pub plan: &'a str,
}

/// The report of a run, or of several from following seeds: the figures are the first one's, bands are of all.
///
/// # Panics
/// If there is no run.
#[must_use]
pub fn report(runs: &[Measured], assumptions: &Assumptions<'_>) -> String {
    let run = runs.first().expect("at least one run");
    let mut page = Page::new(&format!("{} · Linli", run.scenario));
    page.heading(&run.scenario);
    page.text("about", &run.about[0], &run.about[1]);
    page.sentences(&sentences(run));
    page.key_figures(&sections::key_figures(run));
    for figure in sections::figures(runs) {
        page.figure(&figure);
    }
    page.section("What it rests on", "所依据的假设");
    let seeds = (run.seed, runs.len());
    page.text(
        "note",
        &format!(
            "Seed {}, runs {}. The same scenario and seed give the same figures on any machine.",
            seeds.0, seeds.1
        ),
        &format!("种子 {}，共运行 {} 次。同一场景、同一种子在任何机器上得到相同的数字。", seeds.0, seeds.1),
    );
    page.folded("The scenario", "场景文件", &format!("<pre>{}</pre>", escape(assumptions.scenario)));
    page.folded("The plan", "方案文件", &format!("<pre>{}</pre>", escape(assumptions.plan)));
    page.finish()
}
