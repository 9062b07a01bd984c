//! The charts about people: what came back by month of joining, who got what, how unequally.

use super::pair;
use crate::measure::{Cohort, Measured, Who, per_100};
use crate::report::charts::{Axes, Fan, Line, bars, lines, short};
use crate::report::page::{Figure, Table};

pub fn cohorts(run: &Measured) -> Figure {
    let shown = if run.cohorts.len() > 1 { run.cohorts.clone() } else { vec![run.everyone.clone(); 2] };
    let months: Vec<String> = shown.iter().map(|cohort| cohort.month.clone()).collect();
    let along = |of: &dyn Fn(&Cohort) -> f64| -> Vec<(f64, f64)> {
        shown.iter().enumerate().map(|(place, cohort)| (place as f64, of(cohort))).collect()
    };
    let fan = |low: usize, high: usize| Fan {
        low: along(&|cohort| cohort.deciles_per_100[low]),
        high: along(&|cohort| cohort.deciles_per_100[high]),
    };
    let drawn = [
        Line { name: "median 中位数".into(), points: along(&|cohort| cohort.median_per_100) },
        Line { name: "average 平均".into(), points: along(&|cohort| cohort.mean_per_100) },
    ];
    let month = |place: f64| {
        let whole = crate::draw::whole(place + 0.5);
        let is_whole = (place - whole as f64).abs() < 0.01;
        if is_whole { months.get(whole).cloned().unwrap_or_default() } else { String::new() }
    };
    let axes =
        Axes { x: "month of the first order 首次消费月份", y: "of 100 yuan 每100元", x_text: &month };
    Figure {
        title: pair(
            "What came back of 100 yuan, by the month of the first order",
            "每消费 100 元的返还，按首次消费月份",
        ),
        note: pair(
            "Paid so far and redeemable at the end, after the retention. The bands hold the middle eight and the middle four of ten members.",
            "已到账加期末可兑现（已扣回流）。两条色带分别包含中间十分之八和十分之四的会员。",
        ),
        svg: lines(&drawn, &[fan(0, 8), fan(2, 6)], &axes),
        table: cohort_table(run),
    }
}

fn cohort_table(run: &Measured) -> Table {
    let mut table = Table::new(&[
        ("month", "月份"),
        ("members", "会员"),
        ("spent", "消费"),
        ("paid per 100", "每百元已到账"),
        ("redeemable per 100", "每百元可兑现"),
        ("average", "平均"),
        ("median", "中位数"),
        ("lowest tenth", "最低一成"),
        ("highest tenth", "最高一成"),
        ("reached the cap", "达到封顶"),
        ("days to the cap", "封顶天数"),
    ]);
    for cohort in run.cohorts.iter().chain([&run.everyone]) {
        let month = if cohort.month.is_empty() { "all 全部" } else { &cohort.month };
        let days = cohort.cap_days_median.map_or_else(|| "–".into(), |days| format!("{days:.0}"));
        let mut row = vec![month.into(), cohort.members.to_string(), cohort.spent.to_string()];
        let figures =
            [cohort.cash_per_100, cohort.redeemable_per_100, cohort.mean_per_100, cohort.median_per_100];
        row.extend(
            figures
                .iter()
                .chain([&cohort.deciles_per_100[0], &cohort.deciles_per_100[8]])
                .map(|figure| format!("{figure:.2}")),
        );
        row.push(format!("{} ({:.3}%)", cohort.capped, cohort.capped_share() * 100.0));
        row.push(days);
        table.rows.push(row);
    }
    table
}

fn who_name(who: Who) -> &'static str {
    match who {
        Who::Stores => "stores 门店",
        Who::Members => "members, for points 会员积分兑现",
        Who::Inviters => "inviters 推荐人",
        Who::Recruiters => "recruiters 招商人",
        Who::Agents => "agents 区域代理",
        Who::Platform => "platform 平台",
        Who::Dividend => "dividend 分红",
        Who::Pool => "pool 盈利池",
    }
}

pub fn who_got_what(run: &Measured) -> Figure {
    let of_100 = |fen| per_100(fen, run.who.turnover);
    let shown: Vec<_> =
        Who::ALL.into_iter().map(|who| (who_name(who).to_string(), of_100(run.who.part(who)))).collect();
    let mut table = Table::new(&[("who", "谁"), ("yuan", "元"), ("of 100 yuan", "每百元")]);
    for who in Who::ALL {
        let part = run.who.part(who);
        table.rows.push(vec![who_name(who).into(), part.to_string(), format!("{:.4}", of_100(part))]);
    }
    for (region, fen) in &run.who.agents {
        table.rows.push(vec![
            format!("agent of {region} 区代"),
            fen.to_string(),
            format!("{:.4}", of_100(*fen)),
        ]);
    }
    Figure {
        title: pair("Who got what", "谁得了多少"),
        note: pair("Of 100 yuan of turnover.", "每 100 元流水。"),
        svg: bars(&shown, "of 100 yuan 每100元"),
        table,
    }
}

pub fn lorenz(run: &Measured) -> Figure {
    let along = |share: &dyn Fn(usize) -> f64| -> Vec<(f64, f64)> {
        (0..=100).map(|part| (part as f64, share(part) * 100.0)).collect()
    };
    let drawn = [
        Line { name: "members 会员".into(), points: along(&|part| run.spread.lorenz[part]) },
        Line { name: "equal shares 完全平均".into(), points: along(&|part| part as f64 / 100.0) },
    ];
    let mut table =
        Table::new(&[("the poorest so many of 100", "最低的百分之几"), ("have together, %", "合计占 %")]);
    for part in (0..=90).step_by(10).chain(95..=100) {
        table.rows.push(vec![part.to_string(), format!("{:.3}", run.spread.lorenz[part] * 100.0)]);
    }
    let axes = Axes { x: "members, % 会员", y: "of all that came back, % 占全部返还", x_text: &short };
    Figure {
        title: pair("How unequally it came back", "返还的不平均程度"),
        note: (
            format!(
                "Gini {:.3}. What the members who got least have together of all that came back.",
                run.spread.gini
            ),
            format!("基尼系数 {:.3}。获得最少的会员合计占全部返还的比例。", run.spread.gini),
        ),
        svg: lines(&drawn, &[], &axes),
        table,
    }
}
