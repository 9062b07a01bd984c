//! Scenarios side by side: their figures in one table, their prices and cohorts in common charts.

use super::charts::{Axes, Line, lines, short};
use super::page::{Figure, Page, Table};
use super::sections::by_day;
use crate::measure::{Measured, Who, per_100};
use crate::sentences::sentences;
use crate::tables::price_text;

/// A figure of a scenario: its name in two languages, and its text.
type Row = (&'static str, &'static str, fn(&Measured) -> String);

/// The rows of the table.
const ROWS: [Row; 17] = [
    ("plan", "方案", |run| run.plan.name.clone()),
    ("members", "会员", |run| run.everyone.members.to_string()),
    ("orders", "订单", |run| run.sums.orders.to_string()),
    ("turnover", "流水", |run| run.who.turnover.to_string()),
    ("median, of 100 yuan", "中位数，每百元", |run| format!("{:.2}", run.everyone.median_per_100)),
    ("average, of 100 yuan", "平均，每百元", |run| format!("{:.2}", run.everyone.mean_per_100)),
    ("paid so far, of 100 yuan", "已到账，每百元", |run| format!("{:.2}", run.everyone.cash_per_100)),
    ("lowest tenth, of 100 yuan", "最低一成，每百元", |run| {
        format!("{:.2}", run.everyone.deciles_per_100[0])
    }),
    ("highest tenth, of 100 yuan", "最高一成，每百元", |run| {
        format!("{:.2}", run.everyone.deciles_per_100[8])
    }),
    ("worst month's median", "最差月份中位数", |run| {
        format!("{:.2}", crate::planning::Aim::WorstCohort.of(run))
    }),
    ("reached the cap", "达到封顶", |run| {
        format!("{} ({:.3}%)", run.everyone.capped, run.everyone.capped_share() * 100.0)
    }),
    ("Gini", "基尼系数", |run| format!("{:.3}", run.spread.gini)),
    ("stores, of 100 yuan", "门店，每百元", |run| of_100(run, Who::Stores)),
    ("inviters, of 100 yuan", "推荐人，每百元", |run| of_100(run, Who::Inviters)),
    ("platform, of 100 yuan", "平台，每百元", |run| of_100(run, Who::Platform)),
    ("pool at the end", "期末盈利池", |run| run.who.part(Who::Pool).to_string()),
    ("price at the end", "期末价格", |run| {
        run.rows.last().map_or_else(String::new, |row| price_text(row.price_micro))
    }),
];

fn of_100(run: &Measured, who: Who) -> String {
    format!("{:.2}", per_100(run.who.part(who), run.who.turnover))
}

/// The figures of all scenarios: a row for each figure, a column for each scenario.
#[must_use]
pub fn compared(names: &[String], runs: &[Measured]) -> Vec<Vec<String>> {
    let head = std::iter::once(String::new()).chain(names.iter().cloned()).collect();
    let rows = ROWS.iter().map(|(en, zh, figure)| {
        std::iter::once(format!("{en} {zh}")).chain(runs.iter().map(figure)).collect()
    });
    std::iter::once(head).chain(rows).collect()
}

/// The page.
#[must_use]
pub fn compare_page(names: &[String], runs: &[Measured]) -> String {
    let mut page = Page::new("Scenarios side by side · Linli");
    page.heading("Scenarios side by side 场景对比");
    for (name, run) in names.iter().zip(runs) {
        page.heading_small(name);
        page.sentences(&sentences(run)[..1]);
    }
    let all = compared(names, runs);
    let mut table =
        Table { head: all[0].iter().map(|name| (name.clone(), name.clone())).collect(), rows: Vec::new() };
    table.rows.extend(all[1..].iter().cloned());
    page.section("The figures", "数据");
    page.table(&table);
    page.figure(&prices(names, runs));
    page.figure(&medians(names, runs));
    page.finish()
}

fn prices(names: &[String], runs: &[Measured]) -> Figure {
    let drawn: Vec<Line> = names
        .iter()
        .zip(runs)
        .map(|(name, run)| Line {
            name: name.clone(),
            points: by_day(run, |row| row.price_micro as f64 / 1e6),
        })
        .collect();
    let mut table = Table { head: pairs(&["day 天"], names), rows: Vec::new() };
    let days: Vec<f64> = drawn.iter().flat_map(|line| line.points.iter().map(|point| point.0)).collect();
    let last = days.iter().copied().fold(0.0, f64::max);
    for step in 0..=40_u32 {
        let day = last * f64::from(step) / 40.0;
        let price = |line: &Line| {
            line.points
                .iter()
                .rev()
                .find(|point| point.0 <= day)
                .map_or_else(String::new, |point| format!("{:.6}", point.1))
        };
        table.rows.push(std::iter::once(format!("{day:.0}")).chain(drawn.iter().map(price)).collect());
    }
    Figure {
        title: ("The price of a point".into(), "积分价格".into()),
        note: (
            "Yuan a point, by day. It says nothing of what a member gets back.".into(),
            "元/积分，按天。它并不说明会员能拿回多少。".into(),
        ),
        svg: lines(&drawn, &[], &Axes { x: "day 天", y: "yuan a point 元/积分", x_text: &short }),
        table,
    }
}

fn medians(names: &[String], runs: &[Measured]) -> Figure {
    let drawn: Vec<Line> = names
        .iter()
        .zip(runs)
        .map(|(name, run)| {
            let points = run
                .cohorts
                .iter()
                .enumerate()
                .map(|(month, cohort)| (month as f64 + 1.0, cohort.median_per_100));
            Line { name: name.clone(), points: points.collect() }
        })
        .collect();
    let months = runs.iter().map(|run| run.cohorts.len()).max().unwrap_or(0);
    let mut table = Table { head: pairs(&["month 月"], names), rows: Vec::new() };
    for month in 0..months {
        let median = |run: &Measured| {
            run.cohorts.get(month).map_or_else(String::new, |cohort| format!("{:.2}", cohort.median_per_100))
        };
        table.rows.push(std::iter::once((month + 1).to_string()).chain(runs.iter().map(median)).collect());
    }
    Figure {
        title: (
            "What the median member gets back, by month of joining".into(),
            "中位数会员的返还，按加入月份".into(),
        ),
        note: ("Of 100 yuan spent; the first month is 1.".into(), "每消费 100 元；第一个月为 1。".into()),
        svg: lines(
            &drawn,
            &[],
            &Axes { x: "month of joining 加入月份", y: "of 100 yuan 每100元", x_text: &short },
        ),
        table,
    }
}

fn pairs(first: &[&str], names: &[String]) -> Vec<(String, String)> {
    let all = first.iter().map(|name| (*name).to_string()).chain(names.iter().cloned());
    all.map(|name| (name.clone(), name)).collect()
}
