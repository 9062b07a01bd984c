//! The page `docs/soak.md`: the last figures of the soak, in a table.
//!
//! Must not be added: older figures; the history of the file has them.

use super::state::State;
use crate::command::mutants::Score;

/// What the page shows.
pub struct Figures<'a> {
    /// The day of the last round, as `2026-01-31`.
    pub day: String,
    /// The seeds that were compared.
    pub state: &'a State,
    /// How many shards of mutants are finished.
    pub finished: u32,
    /// How many shards there are.
    pub shards: u32,
    /// What the finished shards found.
    pub score: Score,
}

impl Figures<'_> {
    /// The whole page.
    pub fn page(&self) -> String {
        let Self { day, state, finished, shards, score } = self;
        let streams = state.next_seed - state.first_seed;
        let seeds = format!("{} to {}", state.first_seed, state.next_seed.saturating_sub(1));
        format!(
            "# Soak\n\n\
             `cargo xtask soak` compares the economy with the naive model on one random stream of commands\n\
             after another, and tests mutants of the economy between them. It writes this page after each\n\
             round; the figures are those of the code of the last round.\n\n\
             | figure | value |\n\
             | --- | --- |\n\
             | last round | {day} |\n\
             | streams that agreed | {streams} |\n\
             | their seeds | {seeds} |\n\
             | shards of mutants | {finished} of {shards} |\n\
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn the_page_shows_the_figures_of_todays_code() {
        let mut state = State::load(Path::new("no-such-state")).expect("an absent state is a new one");
        state.next_seed = 2001;
        let score = Score { caught: 9, missed: 1, ..Score::default() };
        let page =
            Figures { day: "2026-01-31".to_owned(), state: &state, finished: 3, shards: 16, score }.page();
        for row in [
            "| streams that agreed | 2000 |",
            "| their seeds | 1 to 2000 |",
            "| 3 of 16 |",
            "| score | 90.0 % |",
        ] {
            assert!(page.contains(row), "{row} is not in\n{page}");
        }
        assert!(page.lines().all(|line| line.trim_end() == line));
    }
}
