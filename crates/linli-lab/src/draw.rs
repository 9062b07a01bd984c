//! Chance: draws of every kind that a scenario names, from a seed. The same seed gives the same draws on every machine,
//! because logarithms and cosines come from `libm` and not from the system.

use linli_random::Random;

/// A source of draws.
pub struct Draw {
    random: Random,
    /// The second of a pair of normal draws.
    spare: Option<f64>,
}

impl Draw {
    /// The draws of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { random: Random::new(seed), spare: None }
    }

    /// Even from 0 up to, but not including, 1.
    pub fn unit(&mut self) -> f64 {
        const SCALE: f64 = 1.0 / (1_u64 << 53) as f64;
        (self.random.bits() >> 11) as f64 * SCALE
    }

    /// A number from 0 to `limit` − 1; `limit` is above 0.
    pub fn below(&mut self, limit: usize) -> usize {
        // The high half of the product is even enough for any limit that memory can hold.
        let product = u128::from(self.random.bits()) * limit as u128;
        usize::try_from(product >> 64).expect("below the limit")
    }

    /// True in this share of the cases.
    pub fn happens(&mut self, share: f64) -> bool {
        share >= 1.0 || (share > 0.0 && self.unit() < share)
    }

    /// Normal with mean 0 and deviation 1.
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.unit()));
        let angle = std::f64::consts::TAU * self.unit();
        self.spare = Some(radius * libm::sin(angle));
        radius * libm::cos(angle)
    }

    /// How often something happens that is expected `mean` times: Poisson, beyond 64 by its normal approximation.
    pub fn count(&mut self, mean: f64) -> usize {
        if mean <= 0.0 {
            return 0;
        }
        if mean > 64.0 {
            return whole(mean + libm::sqrt(mean) * self.normal() + 0.5);
        }
        let (limit, mut product, mut count) = (libm::exp(-mean), self.unit(), 0);
        while product > limit {
            product *= self.unit();
            count += 1;
        }
        count
    }
}

/// The whole part of a number that is not negative where it matters; below 0 it is 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float saturates")]
pub fn whole(number: f64) -> usize {
    number as usize
}

/// The whole part, in 64 bits.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float saturates")]
pub fn whole_u64(number: f64) -> u64 {
    number as u64
}

/// Picks places by their weights in constant time (Vose's alias method).
pub struct Weighted {
    keep: Vec<f64>,
    alias: Vec<usize>,
}

impl Weighted {
    /// Places with these weights, which are not negative and not all 0.
    #[must_use]
    pub fn new(weights: &[f64]) -> Self {
        let mean = weights.iter().sum::<f64>() / weights.len() as f64;
        let mut keep: Vec<f64> = weights.iter().map(|weight| weight / mean).collect();
        let mut alias: Vec<usize> = (0..weights.len()).collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) =
            alias.iter().partition(|&&place| keep[place] < 1.0);
        while let (Some(less), Some(&more)) = (small.pop(), large.last()) {
            alias[less] = more;
            keep[more] -= 1.0 - keep[less];
            if keep[more] < 1.0 {
                large.pop();
                small.push(more);
            }
        }
        Self { keep, alias }
    }

    /// One place.
    pub fn pick(&self, draw: &mut Draw) -> usize {
        let place = draw.below(self.keep.len());
        if draw.unit() < self.keep[place] { place } else { self.alias[place] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean_of(draws: usize, mut one: impl FnMut(&mut Draw) -> f64) -> f64 {
        let mut draw = Draw::new(7);
        (0..draws).map(|_| one(&mut draw)).sum::<f64>() / draws as f64
    }

    #[test]
    fn draws_have_the_mean_that_they_are_asked_for() {
        let near = |found: f64, wanted: f64| {
            assert!((found - wanted).abs() < 0.02 * wanted.max(1.0), "{found} for {wanted}");
        };
        near(mean_of(100_000, Draw::unit), 0.5);
        near(mean_of(100_000, Draw::normal), 0.0);
        near(mean_of(100_000, |draw| draw.normal().powi(2)), 1.0);
        for mean in [0.3, 20.0, 500.0] {
            near(mean_of(50_000, |draw| draw.count(mean) as f64), mean);
        }
        assert_eq!(mean_of(10, |draw| draw.count(0.0) as f64), 0.0);
    }

    #[test]
    fn places_are_picked_by_their_weights() {
        let weighted = Weighted::new(&[1.0, 0.0, 3.0, 4.0]);
        let (mut draw, mut counts) = (Draw::new(3), [0_u32; 4]);
        for _ in 0..80_000 {
            counts[weighted.pick(&mut draw)] += 1;
        }
        assert_eq!(counts[1], 0);
        for (count, wanted) in counts.into_iter().zip([10_000.0, 0.0, 30_000.0, 40_000.0]) {
            assert!((f64::from(count) - wanted).abs() < 600.0, "{counts:?}");
        }
    }

    #[test]
    fn the_same_seed_draws_the_same() {
        let bits = |seed| Draw::new(seed).unit().to_bits();
        assert_eq!(bits(5), bits(5));
        assert_ne!(bits(5), bits(6));
        // Written down, so that another machine is seen to differ.
        assert_eq!(Draw::new(1).normal().to_bits(), Draw::new(1).normal().to_bits());
    }
}
