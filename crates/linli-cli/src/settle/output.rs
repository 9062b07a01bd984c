//! The files of a settlement, written beside the folder and moved in at the end.

use super::OrderRow;
use super::summary::Summary;
use super::world::World;
use crate::text::amount;
use anyhow::{Context, Result, bail};
use csv::Writer;
use linli_economy::legs::{Leg, LegKind};
use linli_economy::pool::Price;
use linli_economy::units::Fen;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

const LEGS: [(&str, LegKind); 11] = [
    ("store", LegKind::Store),
    ("direct", LegKind::Direct),
    ("indirect", LegKind::Indirect),
    ("recruit", LegKind::Recruit),
    ("district", LegKind::Region(0)),
    ("city", LegKind::Region(1)),
    ("province", LegKind::Region(2)),
    ("macro", LegKind::Region(3)),
    ("levels", LegKind::Levels),
    ("dividend", LegKind::Dividend),
    ("platform", LegKind::Platform),
];

const FILES: [&str; 5] = ["statement.csv", "balances.csv", "exits.csv", "prices.csv", "summary.json"];

/// Day boundaries are those of Asia/Shanghai.
const SHANGHAI_SECONDS: i64 = 8 * 3_600;

/// The files being written.
pub struct Output {
    folder: PathBuf,
    partial: PathBuf,
    /// The folders made for it, innermost first.
    made: Vec<PathBuf>,
    statement: Writer<File>,
    exits: Writer<File>,
    prices: Writer<File>,
    day: Option<Day>,
    legs: Vec<Leg>,
    row: Vec<String>,
    finished: bool,
}

/// The day at work.
struct Day {
    date: String,
    orders: u64,
    turnover: Fen,
    pool: String,
    supply: String,
    price: String,
}

impl Output {
    pub fn create(folder: &Path) -> Result<Self> {
        let name =
            folder.file_name().with_context(|| format!("--out {} names no folder", folder.display()))?;
        refuse_what_is_in_the_way(folder)?;
        let partial = folder.with_file_name(format!(".{}.partial", name.to_string_lossy()));
        let missing = partial.ancestors().skip(1).take_while(|parent| !parent.exists());
        let made = missing.map(Path::to_path_buf).collect();
        if partial.exists() {
            fs::remove_dir_all(&partial).with_context(|| format!("cannot remove {}", partial.display()))?;
        }
        fs::create_dir_all(&partial).with_context(|| format!("cannot create {}", partial.display()))?;
        let open = |name: &str| {
            Writer::from_path(partial.join(name)).with_context(|| format!("cannot write {name}"))
        };
        let mut output = Self {
            statement: open("statement.csv")?,
            exits: open("exits.csv")?,
            prices: open("prices.csv")?,
            folder: folder.to_path_buf(),
            partial,
            made,
            day: None,
            legs: Vec::new(),
            row: Vec::new(),
            finished: false,
        };
        let legs = LEGS.iter().map(|(name, _)| *name);
        let head = ["order_id", "paid_at", "member_id", "store_id", "amount"];
        output.statement.write_record(head.into_iter().chain(legs).chain(["inflow", "minted", "price"]))?;
        output.exits.write_record(["order_id", "at", "member_id", "points", "payout"])?;
        output.prices.write_record(["date", "orders", "turnover", "pool", "supply", "price"])?;
        Ok(output)
    }

    /// Writes the order that the world has just settled.
    pub fn order(&mut self, order: &OrderRow<'_>, world: &World) -> Result<()> {
        let id = world.last.expect("an order was settled");
        let state = world.economy.state();
        let outcome = state.outcome();
        let at = order.paid_at.to_string();
        for exit in &outcome.exits {
            let member = world.economy.member_name(exit.member);
            self.exits.write_record([
                order.order,
                &at,
                member,
                &exit.points.to_string(),
                &exit.payout.to_string(),
            ])?;
        }
        let inflow = Fen::from(state.legs_of(id, &mut self.legs));
        let amount = Fen::from(state.orders()[id.index()].left());
        self.row.clear();
        self.row.extend([order.order, &at, order.member.unwrap_or(""), order.store].map(str::to_string));
        self.row.push(amount.to_string());
        for (_, kind) in LEGS {
            let of_kind = self.legs.iter().filter(|leg| leg.kind == kind);
            self.row.push(Fen::from(of_kind.map(|leg| leg.fen).sum::<u64>()).to_string());
        }
        self.row.push(inflow.to_string());
        self.row.push(outcome.minted.map_or(String::new(), |minted| minted.to_string()));
        self.row.push(price_text(outcome.price));
        self.statement.write_record(&self.row)?;
        let (pool, supply) = (outcome.pool.to_string(), outcome.supply.to_string());
        let price = price_text(outcome.price);
        self.of_day(order, amount, [pool, supply, price])
    }

    fn of_day(
        &mut self,
        order: &OrderRow<'_>,
        amount: Fen,
        [pool, supply, price]: [String; 3],
    ) -> Result<()> {
        let (year, month, day) = order.paid_at.date_at(SHANGHAI_SECONDS);
        let date = format!("{year:04}-{month:02}-{day:02}");
        let (orders, turnover) = match self.day.take() {
            Some(day) if day.date == date => (day.orders, day.turnover),
            before => {
                self.close_day(before)?;
                (0, Fen::ZERO)
            }
        };
        self.day = Some(Day { date, orders: orders + 1, turnover: turnover + amount, pool, supply, price });
        Ok(())
    }

    fn close_day(&mut self, day: Option<Day>) -> Result<()> {
        if let Some(day) = day {
            let (orders, turnover) = (day.orders.to_string(), day.turnover.to_string());
            self.prices.write_record([day.date, orders, turnover, day.pool, day.supply, day.price])?;
        }
        Ok(())
    }

    /// Writes what is known at the end, and moves everything into the folder.
    pub fn finish(mut self, world: &World, summary: &Summary) -> Result<()> {
        let into = self.partial.clone();
        self.write_end(world, summary).with_context(|| format!("cannot write into {}", into.display()))?;
        fs::create_dir_all(&self.folder)
            .with_context(|| format!("cannot create {}", self.folder.display()))?;
        for name in FILES {
            let (from, to) = (self.partial.join(name), self.folder.join(name));
            fs::rename(&from, &to).with_context(|| format!("cannot write {}", to.display()))?;
        }
        fs::remove_dir(&self.partial).with_context(|| format!("cannot remove {}", self.partial.display()))?;
        self.finished = true;
        Ok(())
    }

    fn write_end(&mut self, world: &World, summary: &Summary) -> Result<()> {
        let day = self.day.take();
        self.close_day(day)?;
        for writer in [&mut self.statement, &mut self.exits, &mut self.prices] {
            writer.flush()?;
        }
        let mut balances = Writer::from_path(self.partial.join("balances.csv"))?;
        balances.write_record(["account", "asset", "amount"])?;
        for (account, asset, units) in world.economy.balances() {
            balances.write_record([&account, asset.name(), &amount(units, asset.decimals())])?;
        }
        balances.flush()?;
        fs::write(self.partial.join("summary.json"), summary.to_json())?;
        Ok(())
    }
}

impl Drop for Output {
    /// A settlement that did not finish leaves nothing behind.
    fn drop(&mut self) {
        if !self.finished {
            // The fault that stopped the settlement is the one to report.
            let _ = fs::remove_dir_all(&self.partial);
            self.made.iter().for_each(|folder| drop(fs::remove_dir(folder)));
        }
    }
}

/// Says beforehand what would stop the files from being moved in, so that none is moved in alone.
fn refuse_what_is_in_the_way(folder: &Path) -> Result<()> {
    if folder.exists() && !folder.is_dir() {
        bail!("cannot write to {}: it is a file, not a folder", folder.display());
    }
    match FILES.iter().map(|name| folder.join(name)).find(|path| path.is_dir()) {
        Some(path) => bail!("cannot write {}: it is a folder", path.display()),
        None => Ok(()),
    }
}

/// Yuan per point with six decimals, rounded down.
pub fn price_text(price: Price) -> String {
    amount(i128::try_from(price.micro_yuan_floor()).expect("at most 127 bits"), 6)
}
