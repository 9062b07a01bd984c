//! The charts of a run, each with its table.

mod people;

use super::charts::{Axes, Fan, Line, lines, short};
use super::page::{Figure, Table};
use crate::many::bands;
use crate::measure::{LateJoiner, Measured};
use crate::run::Row;
use crate::tables::price_text;
use linli_economy::units::Fen;

/// Rows of a table at most; of a longer series every so many-th is shown, the last one always.
const TABLE_ROWS: usize = 120;
/// Points of a line at most.
const LINE_POINTS: usize = 800;

/// Few figures for the first screen.
pub fn key_figures(run: &Measured) -> Vec<((&'static str, &'static str), String)> {
    let everyone = &run.everyone;
    let price = run.rows.last().map_or_else(String::new, |row| price_text(row.price_micro));
    vec![
        (("median member, of 100 yuan", "中位数会员每 100 元"), format!("{:.2}", everyone.median_per_100)),
        (("average, of 100 yuan", "平均每 100 元"), format!("{:.2}", everyone.mean_per_100)),
        (
            ("reached the cap", "达到封顶"),
            format!("{:.3}% ({})", everyone.capped_share() * 100.0, everyone.capped),
        ),
        (("members", "会员"), everyone.members.to_string()),
        (("orders", "订单"), run.sums.orders.to_string()),
        (("turnover, yuan", "流水（元）"), run.who.turnover.to_string()),
        (("price, yuan a point", "价格（元/积分）"), price),
    ]
}

/// All charts, in their order.
pub fn figures(runs: &[Measured]) -> Vec<Figure> {
    let run = &runs[0];
    let mut figures = vec![people::cohorts(run), people::who_got_what(run), people::lorenz(run), price(runs)];
    figures.push(pool(run));
    figures.push(supply(run));
    figures.push(orders(run));
    figures.push(exits(run));
    figures.extend(late_joiner(run));
    figures
}

fn pair(en: &str, zh: &str) -> (String, String) {
    (en.to_string(), zh.to_string())
}

/// Every so many-th of a list, so that at most `most` are left, and the last one.
fn thinned<T>(all: &[T], most: usize) -> Vec<&T> {
    let step = all.len().div_ceil(most).max(1);
    let mut some: Vec<&T> = all.iter().step_by(step).collect();
    if !all.is_empty() && !(all.len() - 1).is_multiple_of(step) {
        some.extend(all.last());
    }
    some
}

fn date(run: &Measured, day: f64) -> String {
    run.start.plus(u32::try_from(crate::draw::whole(day)).unwrap_or(u32::MAX)).text()
}

/// Where a row stands on the axis: its day, or its place where there are several rows a day.
fn line_of(run: &Measured, name: &str, figure: impl Fn(&Row) -> f64) -> Line {
    let by_orders = by_orders(run);
    let points = thinned(&run.rows, LINE_POINTS).into_iter();
    let x = |row: &Row| if by_orders { row.sums.orders as f64 } else { f64::from(row.day) };
    Line { name: name.into(), points: points.map(|row| (x(row), figure(row))).collect() }
}

/// A figure by day, as a line.
pub fn by_day(run: &Measured, figure: impl Fn(&Row) -> f64) -> Vec<(f64, f64)> {
    thinned(&run.rows, LINE_POINTS).into_iter().map(|row| (f64::from(row.day), figure(row))).collect()
}

fn by_orders(run: &Measured) -> bool {
    run.rows.windows(2).any(|rows| rows[0].day == rows[1].day)
}

fn over_time(run: &Measured, drawn: &[Line], fans: &[Fan], y: &str) -> String {
    if by_orders(run) {
        return lines(drawn, fans, &Axes { x: "orders 订单", y, x_text: &short });
    }
    lines(drawn, fans, &Axes { x: "", y, x_text: &|day| date(run, day) })
}

fn table_over_time(run: &Measured, heads: &[(&str, &str)], cells: impl Fn(&Row) -> Vec<String>) -> Table {
    let mut table = Table::new(&[&[("date", "日期"), ("orders", "订单")], heads].concat());
    for row in thinned(&run.rows, TABLE_ROWS) {
        let mut line = vec![run.start.plus(row.day).text(), row.sums.orders.to_string()];
        line.extend(cells(row));
        table.rows.push(line);
    }
    table
}

fn yuan(fen: Fen) -> f64 {
    fen.0 as f64 / 100.0
}

fn price(runs: &[Measured]) -> Figure {
    let run = &runs[0];
    let line = line_of(run, "price 价格", |row| row.price_micro as f64 / 1e6);
    let mut fans = Vec::new();
    if runs.len() > 1 && !by_orders(run) {
        let bands = bands(runs);
        let edge = |of: fn(&crate::many::BandRow) -> f64| {
            thinned(&bands, LINE_POINTS).into_iter().map(|band| (f64::from(band.day), of(band))).collect()
        };
        fans.push(Fan { low: edge(|band| band.price.low), high: edge(|band| band.price.high) });
    }
    Figure {
        title: pair("The price of a point", "积分价格"),
        note: pair(
            "Yuan a point. It never falls; that says nothing of what a member gets back. A band, where there is one, holds eight of ten runs.",
            "元/积分。价格不会下跌，但这并不说明会员能拿回多少。若有色带，则十次运行中有八次落在其中。",
        ),
        svg: over_time(run, &[line], &fans, "yuan a point 元/积分"),
        table: table_over_time(run, &[("price", "价格")], |row| vec![price_text(row.price_micro)]),
    }
}

fn pool(run: &Measured) -> Figure {
    Figure {
        title: pair("The pool", "盈利池"),
        note: pair("The money behind all points, in yuan.", "支撑全部积分的资金，单位元。"),
        svg: over_time(run, &[line_of(run, "pool 盈利池", |row| yuan(row.pool))], &[], "yuan 元"),
        table: table_over_time(run, &[("pool", "盈利池"), ("injected", "注资")], |row| {
            vec![row.pool.to_string(), row.sums.injected.to_string()]
        }),
    }
}

fn supply(run: &Measured) -> Figure {
    Figure {
        title: pair("The supply", "积分总量"),
        note: pair(
            "All points that are held. Price = pool / supply.",
            "全部持有的积分。价格 = 盈利池 / 积分总量。",
        ),
        svg: over_time(
            run,
            &[line_of(run, "supply 积分总量", |row| row.supply.0 as f64 / 1e6)],
            &[],
            "points 积分",
        ),
        table: table_over_time(run, &[("supply", "积分总量")], |row| vec![row.supply.to_string()]),
    }
}

fn orders(run: &Measured) -> Figure {
    let drawn = [
        line_of(run, "orders 订单", |row| row.sums.orders as f64),
        line_of(run, "members 会员", |row| row.members as f64),
    ];
    Figure {
        title: pair("Orders and members", "订单与会员"),
        note: pair("Counted from the start.", "自开始以来的累计数。"),
        svg: over_time(run, &drawn, &[], ""),
        table: table_over_time(run, &[("members", "会员"), ("turnover", "流水")], |row| {
            vec![row.members.to_string(), row.sums.turnover.to_string()]
        }),
    }
}

fn exits(run: &Measured) -> Figure {
    let drawn = [
        line_of(run, "exits at the cap 封顶退出", |row| row.sums.exits as f64),
        line_of(run, "redemptions 卖出", |row| row.sums.redemptions as f64),
    ];
    Figure {
        title: pair("Exits and redemptions", "封顶退出与卖出"),
        note: pair("Counted from the start.", "自开始以来的累计次数。"),
        svg: over_time(run, &drawn, &[], ""),
        table: table_over_time(
            run,
            &[
                ("members", "会员"),
                ("exits", "封顶退出"),
                ("exits paid", "封顶兑付"),
                ("redemptions", "卖出"),
                ("redeemed", "卖出金额"),
                ("refunded", "退款"),
            ],
            |row| {
                let sums = &row.sums;
                vec![
                    row.members.to_string(),
                    sums.exits.to_string(),
                    sums.exits_paid.to_string(),
                    sums.redemptions.to_string(),
                    sums.redeemed.to_string(),
                    sums.refunded.to_string(),
                ]
            },
        ),
    }
}

fn late_joiner(run: &Measured) -> Option<Figure> {
    let joiner = LateJoiner::under(&run.last_plan)?;
    let orders = |row: &Row| joiner.orders_after(&run.last_plan, row);
    Some(Figure {
        title: pair("What a late joiner needs", "后来者需要多少增长"),
        note: (
            format!(
                "Further orders until somebody who joins on that day reaches the cap, if nobody redeems or exits meanwhile: the price must rise {:.1} times, the pool {:.0} times.",
                joiner.price_times, joiner.pool_times
            ),
            format!(
                "当天加入的人达到封顶还需要多少笔订单（假设期间无人卖出或退出）：价格需涨到 {:.1} 倍，盈利池需涨到 {:.0} 倍。",
                joiner.price_times, joiner.pool_times
            ),
        ),
        svg: over_time(run, &[line_of(run, "orders 订单", orders)], &[], "further orders 还需订单"),
        table: table_over_time(run, &[("further orders needed", "还需订单")], |row| {
            vec![format!("{:.0}", orders(row))]
        }),
    })
}
