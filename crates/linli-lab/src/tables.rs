//! The tables of a run as CSV: `series.csv`, `cohorts.csv`, `bands.csv`. Amounts are exact texts, prices have six decimals,
//! rounded down.

use crate::many::BandRow;
use crate::measure::{Cohort, LateJoiner, Measured};
use linli_economy::decimal;
use std::fmt::Write;

/// A price of 10^-6 yuan a point as text.
#[must_use]
pub fn price_text(micro: u128) -> String {
    let mut text = String::new();
    decimal::write(&mut text, i128::try_from(micro).unwrap_or(i128::MAX), 6);
    text
}

/// The rows of the series.
#[must_use]
pub fn series_csv(run: &Measured) -> String {
    let mut out = String::from(
        "date,day,members,orders,turnover,pool,supply,price,price_growth,exits,exits_paid,redemptions,redeemed,refunds,refunded,injected,late_joiner_orders\n",
    );
    let joiner = LateJoiner::under(&run.last_plan);
    let mut last: Option<u128> = None;
    for row in &run.rows {
        let sums = &row.sums;
        let growth = last.filter(|&last| last > 0).map(|last| row.price_micro as f64 / last as f64 - 1.0);
        let growth = growth.map_or(String::new(), |growth| format!("{growth:.8}"));
        let needed =
            joiner.map_or(String::new(), |joiner| format!("{:.0}", joiner.orders_after(&run.last_plan, row)));
        let _ = writeln!(
            out,
            "{},{},{},{},{},{},{},{},{growth},{},{},{},{},{},{},{},{needed}",
            run.start.plus(row.day).text(),
            row.day,
            row.members,
            sums.orders,
            sums.turnover,
            row.pool,
            row.supply,
            price_text(row.price_micro),
            sums.exits,
            sums.exits_paid,
            sums.redemptions,
            sums.redeemed,
            sums.refunds,
            sums.refunded,
            sums.injected,
        );
        last = Some(row.price_micro);
    }
    out
}

/// A row for each month of first orders, and one for everybody.
#[must_use]
pub fn cohorts_csv(run: &Measured) -> String {
    let mut out = String::from(
        "month,members,spent,cash,redeemable,cash_per_100,redeemable_per_100,mean_per_100,median_per_100",
    );
    for tenth in 1..=9 {
        let _ = write!(out, ",d{tenth}");
    }
    out.push_str(",capped,capped_share,cap_days_median,cap_orders_median\n");
    for cohort in run.cohorts.iter().chain([&run.everyone]) {
        write_cohort(&mut out, cohort);
    }
    out
}

fn write_cohort(out: &mut String, cohort: &Cohort) {
    let month = if cohort.month.is_empty() { "all" } else { &cohort.month };
    let _ = write!(out, "{month},{},{},{},{}", cohort.members, cohort.spent, cohort.cash, cohort.redeemable);
    let figures =
        [cohort.cash_per_100, cohort.redeemable_per_100, cohort.mean_per_100, cohort.median_per_100];
    for figure in figures.iter().chain(&cohort.deciles_per_100) {
        let _ = write!(out, ",{figure:.4}");
    }
    let optional = |figure: Option<f64>| figure.map_or(String::new(), |figure| format!("{figure:.1}"));
    let _ = writeln!(
        out,
        ",{},{:.6},{},{}",
        cohort.capped,
        cohort.capped_share(),
        optional(cohort.cap_days_median),
        optional(cohort.cap_orders_median)
    );
}

/// The bands over several seeds.
#[must_use]
pub fn bands_csv(rows: &[BandRow]) -> String {
    let mut out = String::from(
        "day,price_low,price_middle,price_high,orders_low,orders_middle,orders_high,exits_low,exits_middle,exits_high\n",
    );
    for row in rows {
        let _ = write!(out, "{}", row.day);
        let _ = write!(out, ",{:.6},{:.6},{:.6}", row.price.low, row.price.middle, row.price.high);
        for band in [row.orders, row.exits] {
            let _ = write!(out, ",{:.1},{:.1},{:.1}", band.low, band.middle, band.high);
        }
        out.push('\n');
    }
    out
}
