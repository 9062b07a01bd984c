//! Where a scenario comes from: a preset or a file, with its plan and, where it has one, its file of orders. Each fault
//! names file, line and column.

use crate::args::ScenarioOptions;
use crate::commas::Table;
use crate::lines::Lines;
use crate::settle::files;
use crate::{progress, text};
use anyhow::{Context, Result, anyhow, bail};
use indicatif::ProgressBar;
use linli_economy::decimal;
use linli_economy::limits::AMOUNT_LIMIT_FEN;
use linli_lab::orders_file::FileOrders;
use linli_lab::scenario::{Arrivals, ChosenPlan, changed_plan, shipped_plan};
use linli_lab::{Input, Scenario, presets};
use std::path::{Path, PathBuf};

/// A scenario with all it needs.
pub struct Source {
    pub scenario: Scenario,
    /// Its file.
    pub text: String,
    pub plan: ChosenPlan,
    pub orders: Option<FileOrders>,
}

impl Source {
    /// A preset or a file, with what the options change.
    pub fn open(name: &str, options: &ScenarioOptions) -> Result<Self> {
        let (text, file) = match presets::find(name) {
            Some(preset) => (preset.text.to_string(), None),
            None => (read(name)?, Some(Path::new(name))),
        };
        Self::of_text(name, &text, file, options)
    }

    /// A scenario of this text; `file` is where it lies, if it lies anywhere.
    pub fn of_text(name: &str, text: &str, file: Option<&Path>, options: &ScenarioOptions) -> Result<Self> {
        let mut scenario = Scenario::parse(text).map_err(|fault| anyhow!("{name}: {fault}"))?;
        let plan = plan(name, &scenario, text, file, options)?;
        if let Some(days) = options.days {
            scenario.set_days(days).map_err(|reason| anyhow!("--days: {reason}"))?;
        }
        let orders = orders(name, &scenario, file, options)?;
        Ok(Self { scenario, text: text.to_string(), plan, orders })
    }

    /// What a run is given; orders are forgotten where nobody asks for them.
    pub fn input(&self) -> Input<'_> {
        Input { orders: self.orders.as_ref(), ..Input::new(self.plan.clone()) }
    }
}

fn read(name: &str) -> Result<String> {
    if !Path::new(name).exists() {
        let names: Vec<_> = presets::PRESETS.iter().map(|preset| preset.name).collect();
        bail!("{name} is neither a file nor a preset; the presets are {}", names.join(", "));
    }
    text::read_file(Path::new(name))
}

/// The plan: of `--plan`, else the scenario's, which is a shipped one or a file beside it; with the keys of `--set`.
fn plan(
    name: &str,
    scenario: &Scenario,
    text: &str,
    file: Option<&Path>,
    options: &ScenarioOptions,
) -> Result<ChosenPlan> {
    let named = options.plan.as_deref();
    let base = match named {
        Some(plan) if shipped_plan(plan).is_none() => Some(text::read_file(Path::new(plan))?),
        Some(plan) => shipped_plan(plan).map(str::to_string),
        None => beside(file, scenario.plan.get_ref())
            .filter(|path| path.is_file())
            .map(|path| text::read_file(&path))
            .transpose()?,
    };
    let plan = scenario.opening_plan(text, base.as_deref()).map_err(|fault| match named {
        Some(plan) => anyhow!("{plan}, as {name} has it run: {}", fault.message),
        None => anyhow!("{name}: {fault}"),
    })?;
    let mut keys = Vec::new();
    for set in &options.set {
        let (key, value) = set.split_once('=').with_context(|| format!("--set {set}: write KEY=VALUE"))?;
        keys.push((key.trim(), value.trim().trim_matches('"')));
    }
    changed_plan(&plan.text, keys).map_err(|refused| anyhow!("--set: {}", refused.message))
}

/// A path that a scenario's file names, as seen from where that lies.
fn beside(file: Option<&Path>, path: &str) -> Option<PathBuf> {
    file.map(|file| file.parent().unwrap_or(Path::new("")).join(path))
}

fn orders(
    name: &str,
    scenario: &Scenario,
    file: Option<&Path>,
    options: &ScenarioOptions,
) -> Result<Option<FileOrders>> {
    let Arrivals::File { path } = &scenario.arrivals else {
        if options.orders.is_some() {
            bail!("{name} makes its own orders: --orders is for scenarios with arrivals from a file");
        }
        return Ok(None);
    };
    let named = options.orders.clone().or_else(|| path.as_ref().and_then(|path| beside(file, path)));
    let path =
        named.with_context(|| format!("{name} takes its orders from a file: name it with --orders"))?;
    read_orders(&path).map(Some)
}

const COLUMNS: &[&str] = &["order_id", "paid_at", "member_id", "store_id", "amount"];

/// The orders of a file, all of them or none.
pub fn read_orders(path: &Path) -> Result<FileOrders> {
    let mut bar = ProgressBar::hidden();
    let lines = Lines::open(Some(path), |file| {
        bar = progress::over_file(&file);
        progress::counted(&bar, file)
    })?;
    let mut table = Table::open(path, lines, COLUMNS)?;
    let mut orders = FileOrders::default();
    while let Some(row) = table.next()? {
        let row = row?;
        let at = files::instant(row.get(1));
        let at = at.ok_or_else(|| row.bad(1, "is not a time such as 2017-01-01T11:53:26"))?;
        let amount = decimal::parse(row.get(4), 2, AMOUNT_LIMIT_FEN).ok().filter(|fen| *fen > 0);
        let amount = amount.ok_or_else(|| row.bad(4, "is not an amount such as 12.34"))?;
        let (member, store) = (row.optional_id(2)?, row.id(3)?);
        orders.push(at, member, store, amount).map_err(|reason| row.bad(1, &reason))?;
    }
    bar.finish_and_clear();
    if orders.orders().is_empty() {
        bail!("{} has no orders", path.display());
    }
    Ok(orders)
}
