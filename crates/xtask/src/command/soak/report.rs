//! The page `docs/soak.md`: the last figures of the soak, in a table.
//!
//! Must not be added: older figures; the history of the file has them.

use super::state::Run;
use crate::command::mutants::Score;
use std::fmt::Write;

/// What the page shows.
pub struct Figures {
    /// The day of the last round, as `2026-01-31`.
    pub day: String,
    /// What was tried, and with which seeds.
    pub rows: Vec<(&'static str, Run)>,
    /// Kills of one round of faults, under load and during snapshots.
    pub kills: u64,
    /// How many shards of mutants are finished.
    pub finished: u32,
    /// How many shards there are.
    pub shards: u32,
    /// What the finished shards found.
    pub score: Score,
}

impl Figures {
    /// The whole page.
    pub fn page(&self) -> String {
        let Self { day, rows, kills, finished, shards, score } = self;
        let mut page = format!(
            "# Soak\n\n\
             `cargo xtask soak` runs without end what CI runs in slices, and tests mutants of the economy in\n\
             between. It writes this page after each part of a round; the figures are those of the code of\n\
             the last round. A round of faults kills the binary {kills} times.\n\n\
             | figure | value |\n\
             | --- | --- |\n\
             | last round | {day} |\n"
        );
        for (what, run) in rows {
            let Run { first_seed, next_seed, .. } = run;
            let row = match next_seed - first_seed {
                0 => format!("| {what} | 0 |"),
                tried => format!("| {what} | {tried}, seeds {first_seed} to {} |", next_seed - 1),
            };
            writeln!(page, "{row}").expect("a string takes all");
        }
        write!(
            page,
            "| shards of mutants | {finished} of {shards} |\n\
             | mutants tested | {} |\n\
             | caught | {} |\n\
             | out of time | {} |\n\
             | missed | {} |\n\
             | score | {} |\n",
            score.tested(),
            score.caught,
            score.timeout,
            score.missed,
            score.share(),
        )
        .expect("a string takes all");
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_shows_the_figures_of_todays_code() {
        let run = |next_seed| Run { fingerprint: String::new(), first_seed: 1, next_seed };
        let rows = vec![("streams", run(2001)), ("rounds", run(1))];
        let score = Score { caught: 9, missed: 1, ..Score::default() };
        let day = "2026-01-31".to_owned();
        let page = Figures { day, rows, kills: 1500, finished: 3, shards: 16, score }.page();
        for row in [
            "| streams | 2000, seeds 1 to 2000 |",
            "| rounds | 0 |",
            "binary 1500 times",
            "| 3 of 16 |",
            "| score | 90.0 % |",
        ] {
            assert!(page.contains(row), "{row} is not in\n{page}");
        }
        assert!(page.lines().all(|line| line.trim_end() == line));
    }
}
