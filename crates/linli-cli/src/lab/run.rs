//! `linli lab run`: one scenario, from one seed or several, and its folder of results.

use super::make_folder;
use super::source::Source;
use crate::args::LabRunOptions;
use crate::report::Report;
use crate::{progress, text};
use anyhow::{Context, Result};
use linli_lab::many::{bands, cores, run_many};
use linli_lab::measure::{Who, per_100};
use linli_lab::report::{Assumptions, report};
use linli_lab::run::orders_ahead;
use linli_lab::sentences::sentences;
use linli_lab::summary::summary;
use linli_lab::tables::{bands_csv, cohorts_csv, price_text, series_csv};
use linli_lab::{Measured, Watch, run as run_once};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::Instant;

pub fn run(options: &LabRunOptions) -> Result<()> {
    let source = Source::open(&options.scenario, &options.options)?;
    make_folder(&options.out)?;
    let seed = options.seed.unwrap_or(source.scenario.seed);
    let started = Instant::now();
    let runs = run_all(&source, options, seed)?;
    let took = started.elapsed();
    write_folder(&options.out, &runs, &source)?;
    let orders: u64 = runs.iter().map(|run| run.sums.orders).sum();
    let mut out = io::stdout();
    out.write_all(readable(&runs[0])?.as_bytes())?;
    writeln!(
        out,
        "\n{orders} orders in {:.2} s; {} bytes a member, {} an order. The report is {}",
        took.as_secs_f64(),
        runs[0].memory.member_bytes,
        runs[0].memory.order_bytes,
        options.out.join("report.html").display()
    )?;
    Ok(())
}

fn run_all(source: &Source, options: &LabRunOptions, seed: u64) -> Result<Vec<Measured>> {
    let ahead = orders_ahead(&source.scenario, source.orders.as_ref());
    let runs = if options.commands.is_some() { u64::from(options.runs) + 1 } else { options.runs.into() };
    let bar = progress::over_orders(ahead * runs);
    let counted = bar.clone();
    let watch = Watch { told: Some(Box::new(move |orders| counted.inc(orders))), ..Watch::default() };
    if let Some(path) = &options.commands {
        let cannot = || format!("cannot write {}", path.display());
        let mut file = BufWriter::new(File::create(path).with_context(cannot)?);
        run_once(&source.scenario, &source.input(), seed, &watch, Some(&mut file)).with_context(cannot)?;
        file.flush().with_context(cannot)?;
    }
    let all = run_many(&source.scenario, &source.input(), seed, options.runs, cores(), &watch);
    bar.finish_and_clear();
    Ok(all?)
}

fn write_folder(folder: &Path, runs: &[Measured], source: &Source) -> Result<()> {
    let write = |name: &str, content: String| text::write_file(&folder.join(name), content.as_bytes());
    write("series.csv", series_csv(&runs[0]))?;
    write("cohorts.csv", cohorts_csv(&runs[0]))?;
    if runs.len() > 1 {
        write("bands.csv", bands_csv(&bands(runs)))?;
    }
    write("summary.json", summary(runs).to_json())?;
    let assumptions = Assumptions { scenario: &source.text, plan: &source.plan.text };
    write("report.html", report(runs, &assumptions))
}

/// The first screen: the sentences, then who got what.
fn readable(run: &Measured) -> Result<String> {
    let mut text = String::new();
    for sentence in sentences(run) {
        writeln!(text, "{}\n{}\n", sentence.en, sentence.zh)?;
    }
    let mut report = Report::new(["who got what 谁得了多少", "yuan 元", "of 100 yuan 每100元", ""]);
    for who in Who::ALL {
        let part = run.who.part(who);
        let of_100 = format!("{:.2}", per_100(part, run.who.turnover));
        report.row(label(who), [part.to_string(), of_100, String::new()]);
    }
    report.line();
    report.row("came in 合计流入", [run.who.together().to_string(), String::new(), String::new()]);
    write!(text, "{report}")?;
    let last = run.rows.last().map_or_else(String::new, |row| price_text(row.price_micro));
    writeln!(
        text,
        "\n{} members 会员, {} orders 订单, {} exits at the cap 封顶退出, {} redemptions 卖出; price 价格 {last}",
        run.everyone.members, run.sums.orders, run.sums.exits, run.sums.redemptions
    )?;
    Ok(text)
}

/// A part's name in two languages.
pub fn label(who: Who) -> &'static str {
    match who {
        Who::Stores => "stores 门店",
        Who::Members => "members, for points 会员（积分兑现）",
        Who::Inviters => "inviters 推荐人",
        Who::Recruiters => "recruiters 招商人",
        Who::Agents => "agents 区域代理",
        Who::Platform => "platform 平台",
        Who::Dividend => "dividend 分红",
        Who::Pool => "pool 盈利池",
    }
}
