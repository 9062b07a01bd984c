//! The same scenario from several seeds, on all cores. Each run has its own seed and its own state, and results are put in
//! the order of the seeds: the numbers are the same whatever the cores.

use crate::measure::{Measured, quantile};
use crate::run::{Input, RunError, Watch, run};
use crate::scenario::Scenario;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Does every piece of work on as many threads as there are cores, and gives the results in the order of the pieces.
///
/// # Panics
/// If a piece panics.
pub fn in_parallel<W: Sync, R: Send>(
    cores: NonZeroUsize,
    pieces: &[W],
    work: impl Fn(&W) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<Option<R>>> = Mutex::new(pieces.iter().map(|_| None).collect());
    thread::scope(|scope| {
        for _ in 0..cores.get().min(pieces.len()) {
            scope.spawn(|| {
                while let Some((place, piece)) = pieces.get(next.load(Ordering::Relaxed)).and_then(|_| {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    pieces.get(place).map(|piece| (place, piece))
                }) {
                    let result = work(piece);
                    results.lock().expect("no worker panics while it holds the list")[place] = Some(result);
                }
            });
        }
    });
    let results = results.into_inner().expect("every worker has ended");
    results.into_iter().map(|result| result.expect("every piece was taken")).collect()
}

/// The cores of this machine that we may use.
#[must_use]
pub fn cores() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Runs a scenario from `runs` seeds, the first of which is `seed`.
///
/// # Errors
/// The first run's that did not come to its end.
pub fn run_many(
    scenario: &Scenario,
    input: &Input<'_>,
    seed: u64,
    runs: u32,
    cores: NonZeroUsize,
    watch: &Watch,
) -> Result<Vec<Measured>, RunError> {
    let seeds: Vec<u64> = (0..u64::from(runs)).map(|run| seed.wrapping_add(run)).collect();
    in_parallel(cores, &seeds, |&seed| run(scenario, input, seed, watch, None)).into_iter().collect()
}

/// A figure over several seeds: the tenth, the middle and the ninetieth of a hundred.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// A tenth of the runs is below it.
    pub low: f64,
    /// Half of them.
    pub middle: f64,
    /// All but a tenth.
    pub high: f64,
}

impl Band {
    /// Of a figure of each run; there must be one.
    ///
    /// # Panics
    /// If there is no run.
    #[must_use]
    pub fn of(figures: impl Iterator<Item = f64>) -> Self {
        let mut figures: Vec<f64> = figures.collect();
        figures.sort_unstable_by(f64::total_cmp);
        let at = |share| quantile(&figures, share).expect("at least one run");
        Self { low: at(0.1), middle: at(0.5), high: at(0.9) }
    }
}

/// The bands of a row of the series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BandRow {
    /// The day, from 0.
    pub day: u32,
    /// The price in yuan a point.
    pub price: Band,
    /// Orders since the start.
    pub orders: Band,
    /// Exits since the start.
    pub exits: Band,
}

/// The bands of a series over several runs, as far as all of them have rows.
#[must_use]
pub fn bands(runs: &[Measured]) -> Vec<BandRow> {
    let rows = runs.iter().map(|run| run.rows.len()).min().unwrap_or(0);
    let row = |place: usize| {
        let of =
            |figure: fn(&crate::run::Row) -> f64| Band::of(runs.iter().map(|run| figure(&run.rows[place])));
        BandRow {
            day: runs[0].rows[place].day,
            price: of(|row| row.price_micro as f64 / 1e6),
            orders: of(|row| row.sums.orders as f64),
            exits: of(|row| row.sums.exits as f64),
        }
    };
    (0..rows).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_pieces() {
        let pieces: Vec<u64> = (0..100).collect();
        for cores in [1, 2, 7] {
            let cores = NonZeroUsize::new(cores).expect("above 0");
            assert_eq!(
                in_parallel(cores, &pieces, |piece| piece * 2),
                (0..100).map(|n| n * 2).collect::<Vec<_>>()
            );
        }
        assert!(in_parallel(NonZeroUsize::MIN, &Vec::<u8>::new(), |_| ()).is_empty());
    }

    #[test]
    fn a_band_has_a_tenth_of_the_runs_on_each_side() {
        let band = Band::of((0..=10).map(f64::from));
        assert_eq!(band, Band { low: 1.0, middle: 5.0, high: 9.0 });
    }
}
