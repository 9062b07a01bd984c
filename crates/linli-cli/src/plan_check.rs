//! `linli plan check`: whether a plan is accepted, who gets what of an order of 1000 yuan, and how close the
//! plan's claims come to its budgets. The figures come from the engine, which settles such an order.

use crate::report::Report;
use crate::text;
use anyhow::Result;
use linli_economy::legs::LegKind;
use linli_economy::plan::{Claim, Plan, mall_cost_share};
use linli_economy::rate::Rate;
use linli_economy::units::Fen;
use linli_platform::plan_change::{SAMPLE_AMOUNT, Sample, samples};
use std::fmt::{self, Write as _};
use std::io::{self, Write as _};
use std::path::Path;

pub fn run(path: &Path) -> Result<()> {
    let plan = text::read_plan(path)?;
    let mut text = format!("{}: accepted. ", path.display());
    writeln!(text, "Plan {:?}, jurisdiction {:?}.\n", plan.name, plan.jurisdiction)?;
    write_waterfall(&mut text, &plan)?;
    write_budget(&mut text, &plan)?;
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}

fn write_waterfall(text: &mut String, plan: &Plan) -> fmt::Result {
    let columns = samples(plan);
    writeln!(
        text,
        "An order of {SAMPLE_AMOUNT} yuan in a store at the plan's rate of {} 订单 {SAMPLE_AMOUNT} 元的去向:\n",
        plan.take.rate
    )?;
    let mut report =
        Report::new(["", "everybody there 人人都在", "nobody else 只有会员", "no member 无会员"]);
    for (kind, label) in LABELS {
        let rate = rate_of(plan, *kind).map_or(String::new(), |rate| format!(" {rate}"));
        let cells = columns.each_ref().map(|column| cell(column, *kind));
        if cells.iter().any(|cell| cell != "–") {
            report.row(&format!("{label}{rate}"), cells);
        }
    }
    report.row("pool 盈利池", columns.each_ref().map(|column| Fen::from(column.inflow).to_string()));
    report.line();
    report.row(
        "together 合计",
        columns.each_ref().map(|column| {
            let legs: u64 = column.legs.iter().map(|leg| leg.fen).sum();
            Fen::from(legs + column.inflow).to_string()
        }),
    );
    report.row(
        "points minted 铸造积分",
        columns.each_ref().map(|column| column.minted.map_or("–".into(), |minted| minted.to_string())),
    );
    write!(text, "{report}")
}

const LABELS: &[(LegKind, &str)] = &[
    (LegKind::Store, "store 门店"),
    (LegKind::Direct, "direct referral 直推"),
    (LegKind::Indirect, "indirect referral 间推"),
    (LegKind::Recruit, "recruiter 招商人"),
    (LegKind::Region(0), "district agent 区代"),
    (LegKind::Region(1), "city agent 市代"),
    (LegKind::Region(2), "province agent 省代"),
    (LegKind::Region(3), "macro-region agent 大区"),
    (LegKind::Levels, "levels 级差"),
    (LegKind::Dividend, "dividend 分红"),
    (LegKind::Platform, "platform 平台"),
];

/// The plan's own rate of a kind of leg, where it has one.
fn rate_of(plan: &Plan, kind: LegKind) -> Option<Rate> {
    match kind {
        LegKind::Direct => Some(plan.direct),
        LegKind::Indirect => Some(plan.indirect),
        LegKind::Recruit => Some(plan.recruit),
        LegKind::Region(place) => Some(plan.region.rates[usize::from(place)]),
        LegKind::Dividend => Some(plan.dividend),
        _ => None,
    }
}

fn cell(column: &Sample, kind: LegKind) -> String {
    let fen: u64 = column.legs.iter().filter(|leg| leg.kind == kind).map(|leg| leg.fen).sum();
    if fen == 0 { "–".into() } else { Fen::from(fen).to_string() }
}

fn write_budget(text: &mut String, plan: &Plan) -> fmt::Result {
    let claim = Claim::largest(plan);
    writeln!(text, "\nLargest claim on the distribution budget 分配预算的最大支出:\n")?;
    let mut report = Report::new(["", "of the order 占订单", "per 100 yuan 每100元", ""]);
    let parts = [
        ("referral 直推、间推", claim.referral),
        ("recruiter 招商人", claim.recruit),
        ("regions 区域", claim.region),
        ("levels 级差", claim.levels),
        ("dividend 分红", claim.dividend),
    ];
    for (label, part) in parts {
        report.row(label, [Claim::percent(part), per_hundred(part), String::new()]);
    }
    report.line();
    let budget = Claim::of(plan.take.distribution);
    report.row(
        "largest claim 最大支出",
        [Claim::percent(claim.total()), per_hundred(claim.total()), String::new()],
    );
    report.row("budget 预算", [Claim::percent(budget), per_hundred(budget), String::new()]);
    write!(text, "{report}")?;
    let share = Claim::percent(mall_cost_share(plan));
    writeln!(
        text,
        "\nMall 商城: a product's cost may be at most {share} of its list price 成本最多为标价的 {share}."
    )
}

/// Yuan of 100 yuan, all decimals that there are.
fn per_hundred(part: u128) -> String {
    Claim::percent(part).trim_end_matches('%').to_string()
}
