//! Pools in any state, for the tests of single functions: from an empty one to 2^126 fen and micro-points.

use super::formulas::{Pair, big};
use linli_economy::pool::{Pool, Price};
use linli_economy::rate::Rate;
use linli_economy::units::{Fen, Points};
use linli_random::Random;

/// The largest pool and supply of these tests; twice that still fits.
pub const LIMIT: i128 = 1 << 126;

/// Numbers at which something changes: a rounding, a word, the limit.
const SEAMS: &[i128] = &[
    1,
    2,
    3,
    999_999,
    1_000_000,
    1_000_001,
    10_000_000_000_000,
    1_000_000_000_000_000_000,
    (1 << 63) - 1,
    1 << 64,
    (1 << 64) + 1,
    LIMIT - 1,
    LIMIT,
];

/// A number from 1 to 2^126 of any magnitude, often a seam.
pub fn number(random: &mut Random) -> i128 {
    if random.percent(20) {
        return *random.pick(SEAMS);
    }
    let bits = u32::try_from(random.between(1, 126)).expect("small");
    let wide = u128::from(random.bits()) << 64 | u128::from(random.bits());
    i128::try_from(wide >> (128 - bits)).expect("126 bits").max(1)
}

/// A number from 0 to this limit, often one of the two.
pub fn up_to(random: &mut Random, limit: i128) -> i128 {
    match random.below(10) {
        0 => 0,
        1 => limit,
        2 => (limit - 1).max(0),
        _ => number(random) % (limit + 1),
    }
}

/// A rate of 0 to 100 %.
pub fn rate(random: &mut Random) -> Rate {
    let ppm = *random.pick(&[0, 1, 200_000, 700_000, 999_999, 1_000_000]);
    let any = u32::try_from(random.below(1_000_001)).expect("a million");
    Rate(if random.percent(50) { ppm } else { any })
}

/// A pool of this reserve and supply; without a supply the pair `last` is remembered.
pub fn pool(reserve: i128, supply: i128, last: (i128, i128)) -> Pool {
    let mut pool = Pool::open(0, 1);
    pool.refund(Points(-last.1), Fen(-last.0));
    pool.refund(Points(last.1), Fen(last.0));
    pool.refund(Points(-supply), Fen(-reserve));
    assert_eq!((pool.reserve(), pool.supply()), (Fen(reserve), Points(supply)));
    pool
}

/// A pool as the lemmas assume it: its price is at least one fen a point, and sometimes it has no supply.
pub fn any_pool(random: &mut Random) -> Pool {
    let (supply, last_supply) = (number(random), number(random));
    let backed = |random: &mut Random, supply: i128| number(random).max((supply + 999_999) / 1_000_000);
    let (reserve, last_reserve) = (backed(random, supply), backed(random, last_supply));
    let last = (last_reserve, last_supply);
    if random.percent(25) { pool(up_to(random, LIMIT), 0, last) } else { pool(reserve, supply, last) }
}

/// Every small pool, with and without a supply.
pub fn small_pools() -> Vec<Pool> {
    let mut pools = Vec::new();
    for a in 1..=9 {
        for b in 1..=9 {
            pools.push(pool(a, b, (1, 1)));
            pools.push(pool(a - 1, 0, (a, b)));
        }
    }
    pools
}

/// A price as the lemmas have it.
pub fn pair(price: Price) -> Pair {
    (big(price.pool.0), big(price.supply.0))
}
