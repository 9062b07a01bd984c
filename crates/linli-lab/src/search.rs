//! The searcher: it looks for the best of many points whose worth is only known by running something. It starts with points
//! spread evenly by chance and goes on around those that are best so far, closer each round. The red team and the search
//! for plans both use it. Must not be added: what a point means.

use crate::draw::Draw;
use crate::many::in_parallel;
use std::num::NonZeroUsize;

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Rounds.
    pub rounds: u32,
    /// Points tried in a round.
    pub per_round: u32,
    /// The seed of all chance in it.
    pub seed: u64,
}

/// A point and what it is worth.
#[derive(Clone, Debug)]
pub struct Tried<V> {
    /// Its coordinates, each from 0 to 1.
    pub point: Vec<f64>,
    /// What became of it.
    pub value: V,
}

/// Tries points and gives all of them in the order in which they were tried. `best` picks, of all tried so far, those
/// around which the next round looks.
pub fn search<V: Send>(
    dimensions: usize,
    effort: Effort,
    cores: NonZeroUsize,
    evaluate: impl Fn(&[f64]) -> V + Sync,
    best: impl Fn(&[Tried<V>]) -> Vec<usize>,
    mut told: impl FnMut(u64),
) -> Vec<Tried<V>> {
    let mut draw = Draw::new(effort.seed);
    let mut tried: Vec<Tried<V>> = Vec::new();
    for round in 0..effort.rounds {
        let parents = if tried.is_empty() { Vec::new() } else { best(&tried) };
        let width = 0.3 / f64::from(round.max(1));
        let points: Vec<Vec<f64>> = (0..effort.per_round)
            .map(|number| {
                // A third of each round looks anywhere, so that no corner is forgotten.
                if parents.is_empty() || number % 3 == 0 {
                    return (0..dimensions).map(|_| draw.unit()).collect();
                }
                let parent = &tried[parents[draw.below(parents.len())]].point;
                parent.iter().map(|place| (place + width * draw.normal()).clamp(0.0, 1.0)).collect()
            })
            .collect();
        let values = in_parallel(cores, &points, |point| evaluate(point));
        tried.extend(points.into_iter().zip(values).map(|(point, value)| Tried { point, value }));
        told(effort.per_round.into());
    }
    tried
}

/// The places of the few with the highest score.
pub fn highest<V>(tried: &[Tried<V>], few: usize, score: impl Fn(&V) -> f64) -> Vec<usize> {
    let mut places: Vec<usize> = (0..tried.len()).collect();
    places.sort_by(|&a, &b| score(&tried[b].value).total_cmp(&score(&tried[a].value)).then(a.cmp(&b)));
    places.truncate(few);
    places
}

/// The places of those that no other one beats in every aim at once; more is better in each.
pub fn frontier<V>(tried: &[Tried<V>], aims: impl Fn(&V) -> Vec<f64>) -> Vec<usize> {
    let all: Vec<Vec<f64>> = tried.iter().map(|tried| aims(&tried.value)).collect();
    let beats =
        |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| a >= b) && a.iter().zip(b).any(|(a, b)| a > b);
    let unbeaten = |place: &usize| {
        all.iter()
            .enumerate()
            .all(|(other, aims)| !beats(aims, &all[*place]) && (aims != &all[*place] || other >= *place))
    };
    (0..tried.len()).filter(unbeaten).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::many::cores;

    const EFFORT: Effort = Effort { rounds: 12, per_round: 30, seed: 3 };

    fn hill(point: &[f64]) -> f64 {
        -(point[0] - 0.3).powi(2) - (point[1] - 0.8).powi(2)
    }

    #[test]
    fn it_finds_the_top_of_a_hill_and_repeats_itself() {
        let find = |cores| {
            let tried = search(2, EFFORT, cores, hill, |tried| highest(tried, 4, |value| *value), |_| ());
            tried[highest(&tried, 1, |value| *value)[0]].clone()
        };
        let found = find(cores());
        assert!(found.value > -1e-3, "{found:?}");
        assert_eq!(found.point, find(NonZeroUsize::MIN).point);
    }

    #[test]
    fn nobody_on_the_frontier_is_beaten_in_every_aim() {
        let tried: Vec<_> = [[1.0, 5.0], [2.0, 4.0], [1.5, 3.0], [2.0, 4.0], [0.0, 6.0]]
            .map(|value| Tried { point: Vec::new(), value })
            .into();
        assert_eq!(frontier(&tried, |value| value.to_vec()), [0, 1, 4]);
    }
}
