//! `linli settle`: a file of orders becomes commands, row by row, and a folder shows who got what. The files
//! are written beside the folder first and moved in when all went well, so that a fault leaves nothing behind.

pub mod files;
mod output;
mod summary;
mod world;

use crate::args::SettleOptions;
use crate::commas::{BadRow, Row, Table};
use crate::lines::Lines;
use crate::{progress, text};
use anyhow::{Context, Result, bail};
use indicatif::ProgressBar;
use linli_economy::decimal::is_amount_text;
use linli_economy::time::Instant;
use output::Output;
use std::io::{self, Write};
use summary::Summary;
use world::World;

const COLUMNS: &[&str] = &["order_id", "paid_at", "member_id", "store_id", "amount"];

/// One order as its row has it, well-formed.
pub struct OrderRow<'r> {
    pub order: &'r str,
    pub paid_at: Instant,
    pub member: Option<&'r str>,
    pub store: &'r str,
    pub amount: &'r str,
}

pub fn run(options: &SettleOptions) -> Result<()> {
    let stores = options.stores.as_deref().map(files::read_stores).transpose()?.unwrap_or_default();
    let agents = options.agents.as_deref().map(files::read_agents).transpose()?.unwrap_or_default();
    let mut world = World::new(text::read_plan(&options.plan)?, stores);
    agents.iter().try_for_each(|agent| world.appoint(agent))?;
    let mut bar = ProgressBar::hidden();
    let lines = Lines::open(Some(&options.orders), |file| {
        bar = progress::over_file(&file);
        progress::counted(&bar, file)
    })?;
    let mut table = Table::open(&options.orders, lines, COLUMNS)?;
    let mut output = Output::create(&options.out)?;
    let mut skipped = Vec::new();
    while let Some(row) = table.next()? {
        if let Err(error) = settle(row, &mut world, &mut output) {
            let bad = error.downcast::<BadRow>()?;
            if !options.skip_bad {
                bail!("{bad}\nNothing was written. --skip-bad goes on past bad rows and lists every one.");
            }
            skipped.push(bad);
        }
        if world.rows.is_multiple_of(10_000) {
            bar.set_message(format!("{} orders", world.rows));
        }
    }
    bar.finish_and_clear();
    let summary = Summary::of(&world);
    output.finish(&world, &summary)?;
    let mut list = io::stderr().lock();
    for bad in &skipped {
        writeln!(list, "skipped: {bad}")?;
    }
    io::stdout().write_all(summary.readable(&world, &options.out, skipped.len()).as_bytes())?;
    Ok(())
}

fn settle(row: Result<Row<'_>, BadRow>, world: &mut World, output: &mut Output) -> Result<()> {
    let row = row?;
    let order = parse(&row)?;
    if world.settle(&order)? {
        output.order(&order, world).context("cannot write the files of the settlement")?;
    }
    Ok(())
}

fn parse<'r>(row: &'r Row<'_>) -> Result<OrderRow<'r>, BadRow> {
    let order = row.id(0)?;
    let paid_at = files::instant(row.get(1));
    let paid_at = paid_at.ok_or_else(|| row.bad(1, "is not a time such as 2017-01-01T11:53:26"))?;
    let (member, store, amount) = (row.optional_id(2)?, row.id(3)?, row.get(4));
    if !is_amount_text(amount) {
        return Err(row.bad(4, "is not an amount such as 12.34"));
    }
    Ok(OrderRow { order, paid_at, member, store, amount })
}
