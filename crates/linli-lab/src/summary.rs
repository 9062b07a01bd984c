//! `summary.json`: the figures of a run, or of several seeds, in the form that `docs/lab-summary.md` describes. Amounts
//! are texts in yuan, shares and returns are numbers. Must not be added: a field that the page does not have.

mod form;

pub use form::{
    BandFigures, Bands, CohortFigures, End, First, Inequality, Joiner, MemoryFigures, Part, RedeemAllFigures,
    Summary, Totals,
};

use crate::many::Band;
use crate::measure::{Cohort, LateJoiner, Measured, Who};
use crate::tables::price_text;
use linli_economy::units::Fen;

/// The version of the form.
pub const FORM: u32 = 1;

/// The summary of several runs from following seeds; the figures outside of `bands` are the first one's.
///
/// # Panics
/// If there is no run.
#[must_use]
pub fn summary(runs: &[Measured]) -> Summary {
    let run = runs.first().expect("at least one run");
    let (sums, last) = (&run.sums, run.rows.last());
    Summary {
        form: FORM,
        scenario: run.scenario.clone(),
        plan: run.plan.name.clone(),
        seed: run.seed,
        start: run.start.text(),
        days: last.map_or(0, |row| u64::from(row.day) + 1),
        totals: Totals {
            members: run.everyone.members,
            orders: sums.orders,
            turnover: sums.turnover.to_string(),
            exits: sums.exits,
            exits_paid: sums.exits_paid.to_string(),
            redemptions: sums.redemptions,
            redeemed: sums.redeemed.to_string(),
            refunds: sums.refunds,
            refunded: sums.refunded.to_string(),
            refunds_refused: run.refunds_refused,
            injected: sums.injected.to_string(),
        },
        end: End {
            pool: last.map_or_else(|| Fen::ZERO.to_string(), |row| row.pool.to_string()),
            supply: last.map_or_else(String::new, |row| row.supply.to_string()),
            price: last.map_or_else(String::new, |row| price_text(row.price_micro)),
        },
        everyone: cohort_figures(&run.everyone),
        cohorts: run.cohorts.iter().map(cohort_figures).collect(),
        inequality: Inequality {
            gini: run.spread.gini,
            top_hundredth: run.spread.top_hundredth,
            lorenz: run.spread.lorenz.clone(),
        },
        who_got_what: Who::ALL.into_iter().map(|who| (who.name(), part(run, who))).collect(),
        agents: run.who.agents.iter().map(|(region, fen)| (region.clone(), fen.to_string())).collect(),
        first_at_cap: run
            .firsts
            .iter()
            .map(|first| First { member: first.member, order: first.order, day: first.day })
            .collect(),
        redeem_all: RedeemAllFigures {
            at_one_price: run.redeem_all.at_one_price.to_string(),
            one_after_another: run.redeem_all.one_after_another.to_string(),
            left_in_pool: run.redeem_all.left_in_pool.to_string(),
        },
        late_joiner: late_joiner(run),
        memory: MemoryFigures { member_bytes: run.memory.member_bytes, order_bytes: run.memory.order_bytes },
        bands: (runs.len() > 1).then(|| bands(runs)),
    }
}

impl Summary {
    /// The file's text.
    ///
    /// # Panics
    /// Never: it holds nothing that JSON has no form for.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("texts, numbers, lists");
        text.push('\n');
        text
    }
}

fn part(run: &Measured, who: Who) -> Part {
    let (fen, all) = (run.who.part(who), run.who.together());
    Part { yuan: fen.to_string(), share: if all.0 > 0 { fen.0 as f64 / all.0 as f64 } else { 0.0 } }
}

fn late_joiner(run: &Measured) -> Option<Joiner> {
    let (joiner, row) = (LateJoiner::under(&run.last_plan)?, run.rows.last()?);
    let orders = joiner.orders_after(&run.last_plan, row);
    Some(Joiner { price_times: joiner.price_times, pool_times: joiner.pool_times, orders })
}

fn cohort_figures(cohort: &Cohort) -> CohortFigures {
    CohortFigures {
        month: Some(cohort.month.clone()).filter(|month| !month.is_empty()),
        members: cohort.members,
        spent: cohort.spent.to_string(),
        cash: cohort.cash.to_string(),
        redeemable: cohort.redeemable.to_string(),
        cash_per_100: cohort.cash_per_100,
        redeemable_per_100: cohort.redeemable_per_100,
        mean_per_100: cohort.mean_per_100,
        median_per_100: cohort.median_per_100,
        deciles_per_100: cohort.deciles_per_100,
        capped: cohort.capped,
        capped_share: cohort.capped_share(),
        cap_days_median: cohort.cap_days_median,
        cap_orders_median: cohort.cap_orders_median,
    }
}

fn bands(runs: &[Measured]) -> Bands {
    let of = |figure: fn(&Measured) -> f64| {
        let Band { low, middle, high } = Band::of(runs.iter().map(figure));
        BandFigures { low, middle, high }
    };
    Bands {
        runs: runs.len(),
        median_per_100: of(|run| run.everyone.median_per_100),
        mean_per_100: of(|run| run.everyone.mean_per_100),
        capped_share: of(|run| run.everyone.capped_share()),
        price: of(|run| run.rows.last().map_or(0.0, |row| row.price_micro as f64 / 1e6)),
        gini: of(|run| run.spread.gini),
    }
}
