//! `linli lab earnings`: what the source promises, how it counts, what must stand beside it, and what a run says.

use super::source::Source;
use crate::args::{LabEarningsOptions, ScenarioOptions};
use crate::progress;
use anyhow::{Context, Result};
use linli_economy::decimal;
use linli_economy::limits::AMOUNT_LIMIT_FEN;
use linli_economy::units::Fen;
use linli_lab::earnings::{BottomUp, claims};
use linli_lab::run::orders_ahead;
use linli_lab::{Watch, run as run_once};
use std::io::{self, Write};

/// The run that stands beside the claims.
const RUN: &str = "city-franchise";

pub fn run(options: &LabEarningsOptions) -> Result<()> {
    let fen = decimal::parse(&options.spending, 2, AMOUNT_LIMIT_FEN).ok().filter(|fen| *fen > 0);
    let fen =
        fen.with_context(|| format!("--spending {}: not an amount such as 1000.00", options.spending))?;
    let mut out = io::stdout();
    writeln!(
        out,
        "Per month, if each member spends {} yuan 每月，每位会员消费 {} 元\n",
        Fen::from(fen),
        Fen::from(fen)
    )?;
    for claim in claims(Fen::from(fen)) {
        writeln!(out, "{} {}", claim.whose[0], claim.whose[1])?;
        writeln!(out, "  the source counts 来源算法   {} = {}", claim.counts, claim.comes_to)?;
        writeln!(out, "  but 但                       {}", claim.remark[0])?;
        writeln!(out, "                               {}", claim.remark[1])?;
        writeln!(
            out,
            "  it needs 需要                {} members spending {} 会员数与流水\n",
            claim.needs_members, claim.needs_turnover
        )?;
    }
    if options.claims_only {
        return Ok(());
    }
    let none = ScenarioOptions { plan: None, set: Vec::new(), orders: None, days: None };
    let source = Source::open(RUN, &none)?;
    let bar = progress::over_orders(orders_ahead(&source.scenario, None));
    let counted = bar.clone();
    let watch = Watch { told: Some(Box::new(move |orders| counted.inc(orders))), ..Watch::default() };
    let measured = run_once(&source.scenario, &source.input(), source.scenario.seed, &watch, None);
    bar.finish_and_clear();
    let stores = &source.scenario.stores;
    let bottom_up = BottomUp::of(&measured?, stores.count as usize, stores.recruiters as usize);
    write_bottom_up(&mut out, &bottom_up)
}

fn write_bottom_up(out: &mut impl Write, run: &BottomUp) -> Result<()> {
    writeln!(
        out,
        "From the bottom up, the preset {RUN} 自下而上的模拟：{} members 会员, {} stores 门店, {:.0} orders 订单 and {:.2} yuan of turnover a month 月流水; on average of {:.1} months:",
        run.members, run.stores, run.orders, run.turnover, run.months
    )?;
    writeln!(
        out,
        "  inviters, for each store 每店推荐人   {:.2} yuan a month 元/月",
        run.inviters_per_store
    )?;
    writeln!(out, "  a recruiter 每位招商人                {:.2}", run.per_recruiter)?;
    for (region, yuan) in &run.agents {
        writeln!(out, "  the agent of 区域代理 {region}          {yuan:.2}")?;
    }
    Ok(())
}
