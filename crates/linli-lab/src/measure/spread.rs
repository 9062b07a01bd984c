//! Inequality: quantiles, the Gini coefficient and the Lorenz curve of what came back to members.

/// The quantile of sorted figures, between two of them in proportion; none of none.
#[must_use]
pub fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = share * last as f64;
    let below = crate::draw::whole(place).min(last);
    let above = (below + 1).min(last);
    Some(sorted[below] + (sorted[above] - sorted[below]) * (place - below as f64))
}

/// How unequally an amount is spread over members.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// 0 where all have the same, towards 1 where one has all.
    pub gini: f64,
    /// What the poorest 0%, 1%, … 100% have together, as shares of all.
    pub lorenz: Vec<f64>,
    /// The share that the best-off hundredth has.
    pub top_hundredth: f64,
}

impl Spread {
    /// Of these amounts, in any order.
    #[must_use]
    pub fn of(mut amounts: Vec<i128>) -> Self {
        amounts.sort_unstable();
        let (count, total) = (amounts.len(), amounts.iter().sum::<i128>());
        if count == 0 || total <= 0 {
            return Self {
                gini: 0.0,
                lorenz: (0..=100).map(|part| f64::from(part) / 100.0).collect(),
                top_hundredth: 0.01,
            };
        }
        let (mut lorenz, mut sum, mut ranked, mut next) = (Vec::with_capacity(101), 0_i128, 0_f64, 0_usize);
        for (place, amount) in amounts.iter().enumerate() {
            while next <= 100 && place * 100 >= next * count {
                lorenz.push(sum as f64 / total as f64);
                next += 1;
            }
            sum += amount;
            ranked += (place as f64 + 1.0) * *amount as f64;
        }
        lorenz.resize(101, 1.0);
        let count = count as f64;
        let gini = 2.0 * ranked / (count * total as f64) - (count + 1.0) / count;
        Self { gini, top_hundredth: 1.0 - lorenz[99], lorenz }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_figures() {
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&[7.0], 0.9), Some(7.0));
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.5), Some(2.0));
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.75), Some(3.0));
    }

    #[test]
    fn equal_shares_have_no_inequality_and_one_owner_nearly_all() {
        let equal = Spread::of(vec![5; 1_000]);
        assert!(equal.gini.abs() < 1e-9 && (equal.lorenz[50] - 0.5).abs() < 1e-9, "{equal:?}");
        let mut one = vec![0; 999];
        one.push(100);
        let one = Spread::of(one);
        assert!((one.gini - 0.999).abs() < 1e-9, "{}", one.gini);
        assert!(one.lorenz[99] < 1e-9 && (one.lorenz[100] - 1.0).abs() < 1e-9);
        // 1, 2, 3, 4: 0.25 by hand.
        assert!((Spread::of(vec![4, 1, 3, 2]).gini - 0.25).abs() < 1e-12);
        assert_eq!(Spread::of(Vec::new()).gini, 0.0);
    }
}
