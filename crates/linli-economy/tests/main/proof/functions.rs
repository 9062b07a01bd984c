//! Every modelled function that can be called by itself, run against its lemma's formula: on all small
//! numbers and on random ones up to 2^126. Must not be added here: what only a whole economy can do
//! (`engine.rs`).

use super::formulas::{Pair, big, ceil_of, falls, floor_of};
use super::pools::{LIMIT, any_pool, number, pair, pool, rate, small_pools, up_to};
use linli_economy::exits::Target;
use linli_economy::limits::Entered;
use linli_economy::member::Payback;
use linli_economy::pool::{Pool, Price, retained};
use linli_economy::rate::Rate;
use linli_economy::refusal::Code;
use linli_economy::units::{Fen, Points};
use linli_economy::wide::{compare_products, mul_div_ceil, mul_div_floor, mul3_div2_floor};
use linli_random::Random;

const RUNS: u32 = 100_000;
const MILLION: u32 = 1_000_000;

/// Every small pool, then random ones.
fn pools(random: &mut Random) -> Vec<Pool> {
    let mut pools = small_pools();
    pools.extend((0..RUNS).map(|_| any_pool(random)));
    pools
}

fn unsigned(number: i128) -> u128 {
    number.unsigned_abs()
}

#[test]
fn quotients_are_what_the_inequalities_say() {
    let mut random = Random::new(1);
    let small = (0..20_u128).flat_map(|a| (0..20).flat_map(move |b| (1..20).map(move |d| (a, b, d))));
    let wide = (0..RUNS).map(|_| {
        let [a, b, d] = [(); 3].map(|()| unsigned(number(&mut random)));
        (a, b, d.max(a.min(b)))
    });
    for (a, b, d) in small.chain(wide) {
        let n = big(a) * b;
        assert!(floor_of(&big(mul_div_floor(a, b, d)), &n, &big(d)), "⌊{a} · {b} / {d}⌋");
        assert!(ceil_of(&big(mul_div_ceil(a, b, d)), &n, &big(d)), "⌈{a} · {b} / {d}⌉");
    }
    for _ in 0..RUNS {
        let [a, b, c, d, e] = [(); 5].map(|()| unsigned(number(&mut random)));
        let (d, e) = (d.max(a), e.max(b));
        let quotient = big(mul3_div2_floor([a, b, c], [d, e]));
        assert!(floor_of(&quotient, &(big(a) * b * c), &(big(d) * e)), "⌊{a} · {b} · {c} / ({d} · {e})⌋");
        let order = (big(a) * b * c).cmp(&(big(d) * e));
        assert_eq!(compare_products([a, b, c], [d, e, 1]), order);
    }
}

#[test]
fn shares_and_retentions_never_add() {
    let mut random = Random::new(2);
    for run in 0..RUNS {
        let share = rate(&mut random);
        let amount = if run < 2_000 { u64::from(run) } else { random.magnitude(u64::MAX) };
        let v = share.share_floor(amount);
        assert!(floor_of(&big(v), &(big(amount) * share.0), &big(MILLION)), "{share} of {amount}");
        assert!(v <= amount, "{share} of {amount}");
        let gross = up_to(&mut random, LIMIT);
        let payout = retained(Fen(gross), share).0;
        assert!(floor_of(&big(payout), &(big(gross) * (MILLION - share.0)), &big(MILLION)));
        assert!(0 <= payout && payout <= gross, "{gross} less {share}");
    }
}

#[test]
fn an_economy_opens_at_its_start_price_or_above() {
    let mut random = Random::new(3);
    for _ in 0..RUNS {
        let start = random.magnitude(10_000_000_000_000);
        let genesis = if random.percent(10) { 0 } else { random.magnitude(10_000_000_000_000) };
        let pool = Pool::open(genesis, start);
        assert_eq!(pool.reserve(), Fen::from(genesis));
        assert!(floor_of(&big(pool.supply().0), &(big(genesis) * MILLION), &big(start)));
        let (opening, first) = ((big(start), big(MILLION)), pair(pool.price()));
        assert!(!falls(&opening, &first), "{genesis} at {start}");
        assert!(pool.supply() > Points::ZERO || first == opening);
    }
}

#[test]
fn a_mint_is_the_lemmas_and_never_lowers_the_price() {
    let mut random = Random::new(4);
    for (index, mut pool) in pools(&mut random).into_iter().enumerate() {
        let inflow = if index % 10 == 0 { 0 } else { random.magnitude(10_000_000_000_000) };
        let mint = rate(&mut random);
        let (reserve, supply, before) = (pool.reserve(), pool.supply(), pair(pool.price()));
        let (v, m) = (big(mint.share_floor(inflow)), pool.mint(inflow, mint));
        assert!(v <= big(inflow) && m >= Points::ZERO);
        assert!(floor_of(&big(m.0), &(v * &before.1), &before.0), "{m} minted at {before:?}");
        assert_eq!((pool.reserve(), pool.supply()), (reserve + Fen::from(inflow), supply + m));
        let is_empty = pool.supply() == Points::ZERO;
        let after = if is_empty { before.clone() } else { (big(pool.reserve().0), big(pool.supply().0)) };
        assert_eq!(pair(pool.price()), after);
        assert!(!falls(&before, &after), "from {before:?} to {after:?}");
        assert!(big(m.0) <= big(inflow) * MILLION, "{m} for {inflow} at {before:?}");
    }
}

#[test]
fn a_redemption_is_the_lemmas_and_never_lowers_the_price() {
    let mut random = Random::new(5);
    for mut pool in pools(&mut random).into_iter().filter(|pool| pool.supply() > Points::ZERO) {
        let points = Points(up_to(&mut random, pool.supply().0).max(1));
        let retention = rate(&mut random);
        let (reserve, supply, before) = (pool.reserve(), pool.supply(), pair(pool.price()));
        assert_eq!(before, (big(reserve.0), big(supply.0)));
        let (gross, payout) = (pool.price().worth_floor(points), pool.redemption(points, retention));
        assert!(floor_of(&big(gross.0), &(big(points.0) * &before.0), &before.1));
        assert_eq!(payout, retained(gross, retention));
        assert!(Fen::ZERO <= payout && payout <= gross && gross <= reserve);
        assert!(points < supply || gross == reserve, "all points are worth the whole pool");
        pool.burn(points, payout);
        assert_eq!((pool.reserve(), pool.supply()), (reserve - payout, supply - points));
        check_burned(&pool, &before);
    }
}

#[test]
fn a_refund_is_the_lemmas_and_never_lowers_the_price() {
    let mut random = Random::new(6);
    for mut pool in pools(&mut random) {
        let (reserve, supply, before) = (pool.reserve(), pool.supply(), pair(pool.price()));
        let burned = Points(up_to(&mut random, supply.0));
        let asked = if random.percent(10) { -up_to(&mut random, 9) } else { up_to(&mut random, LIMIT) };
        let x = pool.refund_part(Fen(asked), burned).0;
        if supply == Points::ZERO {
            assert_eq!(x, 0);
        } else {
            let limit = pool.price().worth_floor(burned).0;
            assert!(floor_of(&big(limit), &(big(burned.0) * &before.0), &before.1));
            assert!(burned < supply || limit == reserve.0);
            assert_eq!(x, asked.min(limit));
        }
        let surplus = if random.percent(50) { 0 } else { up_to(&mut random, LIMIT / 4) };
        pool.refund(burned, Fen(x - surplus));
        assert_eq!((pool.reserve(), pool.supply()), (reserve - Fen(x - surplus), supply - burned));
        check_burned(&pool, &before);
    }
}

/// After a burn the price is the new pair, or the one of before where no point is left; nothing is overdrawn.
fn check_burned(pool: &Pool, before: &Pair) {
    let (reserve, supply) = (pool.reserve(), pool.supply());
    let is_empty = supply == Points::ZERO;
    let after = if is_empty { before.clone() } else { (big(reserve.0), big(supply.0)) };
    assert_eq!(pair(pool.price()), after);
    assert!(!falls(before, &after), "from {before:?} to {after:?}");
    assert!(reserve >= Fen::ZERO && supply >= Points::ZERO && (is_empty || reserve > Fen::ZERO));
}

#[test]
fn an_injection_is_the_lemmas_and_never_lowers_the_price() {
    let mut random = Random::new(7);
    for mut pool in pools(&mut random) {
        let amount = Fen::from(random.magnitude(10_000_000_000_000));
        let (reserve, supply, before) = (pool.reserve(), pool.supply(), pair(pool.price()));
        pool.inject(amount);
        assert_eq!((pool.reserve(), pool.supply()), (reserve + amount, supply));
        let after =
            if supply == Points::ZERO { before.clone() } else { (big(pool.reserve().0), big(supply.0)) };
        assert_eq!(pair(pool.price()), after);
        assert!(!falls(&before, &after));
    }
}

#[test]
fn prices_compare_as_the_lemmas_do() {
    let mut random = Random::new(8);
    let mut price = || Price { pool: Fen(number(&mut random)), supply: Points(number(&mut random)) };
    for _ in 0..RUNS {
        let prices = [price(), price(), price()];
        let [first, second, third] = prices;
        assert_eq!(second < first, falls(&pair(first), &pair(second)));
        assert!(!(first <= second && second <= third) || first <= third, "{prices:?}");
        assert!(first > second || keeps_worth(first, second), "{prices:?}");
    }
}

/// Whether some points are worth no less at the later price.
fn keeps_worth(before: Price, after: Price) -> bool {
    let held = [1, 2, 3, 999_999, 1_000_000, LIMIT].map(|held| held.min(before.supply.0).min(after.supply.0));
    held.iter().all(|&held| before.worth_floor(Points(held)) <= after.worth_floor(Points(held)))
}

#[test]
fn who_is_due_is_due_by_the_lemmas_formula() {
    let mut random = Random::new(9);
    let mut due = 0;
    for _ in 0..RUNS {
        let (supply, cap_ppm) = (number(&mut random), 1_000_000 + random.magnitude(u64::MAX >> 4));
        let earned = up_to(&mut random, supply).max(1);
        let points = up_to(&mut random, earned).max(1);
        let spent = (number(&mut random) >> random.below(80)).max(1);
        let price = Price { pool: Fen(number(&mut random)), supply: Points(supply) };
        let target = Target { cap_ppm, spent: unsigned(spent), earned: unsigned(earned) };
        let k = big(cap_ppm) * spent;
        let reached = big(MILLION) * earned * price.pool.0 >= &k * supply;
        assert_eq!(target.reached(price), reached);
        if !reached {
            continue;
        }
        due += 1;
        let factors = [cap_ppm.into(), unsigned(spent), unsigned(points)];
        let capped = mul3_div2_floor(factors, [MILLION.into(), unsigned(earned)]);
        assert!(floor_of(&big(capped), &(&k * points), &(big(MILLION) * earned)));
        assert!(big(capped) <= big(price.worth_floor(Points(points)).0));
        assert!(big(capped) * MILLION <= k);
    }
    assert!(due > 1_000, "only {due} were due");
}

#[test]
fn the_least_price_that_is_due_is_the_cap_exactly() {
    let mut random = Random::new(11);
    for _ in 0..1_000 {
        let (cap_ppm, spent) = (random.magnitude(1 << 60), random.magnitude(1 << 60));
        let earned = random.magnitude(1 << 60);
        // A million times T times P is the cap times C times S.
        let (pool, supply) =
            (u128::from(cap_ppm) * u128::from(spent), u128::from(earned) * u128::from(MILLION));
        let target = Target { cap_ppm, spent: spent.into(), earned: earned.into() };
        let price = |pool| Price { pool: Fen::from_unsigned(pool), supply: Points::from_unsigned(supply) };
        assert!(target.reached(price(pool)), "{target:?}");
        assert!(!target.reached(price(pool - 1)), "{target:?}");
    }
}

#[test]
fn the_best_rate_covers_every_payment() {
    let mut random = Random::new(10);
    for _ in 0..RUNS / 10 {
        let mut payback = Payback::default();
        let payments: Vec<(i128, i128)> =
            (0..random.between(1, 5)).map(|_| (up_to(&mut random, LIMIT / 8), number(&mut random))).collect();
        for &(payout, points) in &payments {
            payback.note(Fen(payout), Points(points));
        }
        let (best, of) = payback.best.expect("there was a payment");
        let rate = (big(best.0), big(of.0));
        assert!(payments.contains(&(best.0, of.0)));
        assert!(payments.iter().all(|&(payout, points)| !falls(&(big(payout), big(points)), &rate)));
        assert_eq!(payback.received.0, payments.iter().map(|payment| payment.0).sum::<i128>());
    }
}

#[test]
fn an_order_is_admitted_when_a_million_points_a_fen_fit() {
    for amount in [1, 2, 16_000, 9_999_999_999_999, 10_000_000_000_000_u64] {
        let most = i128::from(amount) * i128::from(MILLION);
        let entered = |points: i128| {
            let mut entered = Entered::default();
            entered.add_points(Points(points), 0);
            entered.admits_order(amount).map_err(|refusal| refusal.code)
        };
        assert_eq!(entered(i128::MAX - most), Ok(()));
        assert_eq!(entered(i128::MAX - most + 1), Err(Code::Overflow));
        // A mint at the lowest price there is, of everything, is exactly that much.
        assert_eq!(pool(0, 0, (1, 1_000_000)).mint(amount, Rate::WHOLE).0, most);
    }
}
