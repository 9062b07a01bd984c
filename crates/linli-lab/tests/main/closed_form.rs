//! Without exits the price after n equal orders of seed-one is p(n) = Γ(0.7)·Γ(n+1)/Γ(n+0.7), which is the product of
//! k / (k − 0.3) for k from 1 to n.

use crate::support::{run_text, source_table};

/// The whole way to a million: it takes a second.
const ORDERS: u32 = 1_000_000;

#[test]
fn the_price_without_exits_follows_the_closed_form() {
    let keys = "every_orders = 1000\nkeys = { \"points.cap\" = \"1000000000\" }";
    let run = run_text(&source_table(ORDERS, keys), 0);
    assert_eq!((run.sums.exits, run.rows.len()), (0, 1_000));
    let (mut expected, mut rows) = (1.0_f64, run.rows.iter());
    for order in 1..=ORDERS {
        expected *= f64::from(order) / (f64::from(order) - 0.3);
        if order.is_multiple_of(1_000) {
            let row = rows.next().expect("a row for each thousand");
            // Pool in fen and supply in micro-points: more digits than the six that are shown.
            let price = row.pool.0 as f64 / 100.0 / (row.supply.0 as f64 / 1e6);
            let off = (price / expected - 1.0).abs();
            assert!(off <= 2e-6, "order {order}: {price} is {off:e} off {expected}");
        }
    }
    // It grows like 1.298 · n^0.3.
    let power = 1.298 * f64::from(ORDERS).powf(0.3);
    assert!((expected / power - 1.0).abs() < 1e-3, "{expected} beside {power}");
}
