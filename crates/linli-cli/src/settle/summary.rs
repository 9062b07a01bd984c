//! The summary of a settlement: for programs as JSON, for people as a table that says where the money went.

use super::output::price_text;
use super::world::World;
use crate::report::Report;
use linli_economy::account::Account;
use linli_economy::units::{Fen, Points};
use std::fmt::Write;
use std::path::Path;

/// The figures of `summary.json`.
pub struct Summary {
    orders: u64,
    refused: u64,
    members: usize,
    stores: usize,
    turnover: Fen,
    stores_got: Fen,
    wallets_got: Fen,
    platform_got: Fen,
    pool: Fen,
    supply: Points,
    price: String,
    exits: u64,
    paid_on_exit: Fen,
}

impl Summary {
    pub fn of(world: &World) -> Self {
        let state = world.economy.state();
        let balances = state.balances();
        let sum = |wanted: fn(&Account) -> bool| {
            let wanted = balances.iter().filter(|(account, ..)| wanted(account));
            Fen(wanted.map(|(_, _, amount)| amount).sum())
        };
        Self {
            orders: world.rows,
            refused: world.refused.values().map(|(times, _)| times).sum(),
            members: world.members(),
            stores: state.stores().len(),
            turnover: world.turnover,
            stores_got: sum(|account| matches!(account, Account::Store(_))),
            wallets_got: sum(|account| matches!(account, Account::Wallet(_))),
            platform_got: sum(|account| *account == Account::PlatformProfit),
            pool: state.pool().reserve(),
            supply: state.pool().supply(),
            price: price_text(state.pool().price()),
            exits: world.exits,
            paid_on_exit: world.paid_on_exit,
        }
    }

    /// Counts as numbers, money and points as texts.
    pub fn to_json(&self) -> String {
        let value = serde_json::json!({
            "orders": self.orders,
            "refused": self.refused,
            "members": self.members,
            "stores": self.stores,
            "turnover": self.turnover.to_string(),
            "stores_got": self.stores_got.to_string(),
            "wallets_got": self.wallets_got.to_string(),
            "platform_got": self.platform_got.to_string(),
            "pool": self.pool.to_string(),
            "supply": self.supply.to_string(),
            "price": self.price,
            "exits": self.exits,
            "paid_on_exit": self.paid_on_exit.to_string(),
        });
        format!("{value:#}\n")
    }

    /// What a person wants to know first.
    pub fn readable(&self, world: &World, folder: &Path, skipped: usize) -> String {
        let mut text = String::new();
        let _ = writeln!(
            text,
            "{} orders of {} members in {} stores were settled 已结算订单.\n",
            world.settled, self.members, self.stores
        );
        let mut report = Report::new(["where the money went 钱的去向", "yuan 元", "of 100 yuan 每100元", ""]);
        let mut row = |label: &str, fen: Fen| {
            report.row(label, [fen.to_string(), self.per_hundred(fen), String::new()]);
        };
        row("stores 门店", self.stores_got);
        row("wallets, exits included 零钱余额（含封顶退出）", self.wallets_got);
        row("platform 平台", self.platform_got);
        row("pool 盈利池", self.pool);
        let rest = self.turnover - self.stores_got - self.wallets_got - self.platform_got - self.pool;
        if rest != Fen::ZERO {
            row("other accounts (genesis, dividend, spend balances) 其他", rest);
        }
        report.line();
        report.row(
            "turnover 流水",
            [self.turnover.to_string(), self.per_hundred(self.turnover), String::new()],
        );
        let _ = write!(text, "{report}");
        let _ = writeln!(
            text,
            "\n  price of a point 积分价格   {} yuan = {} / {} points (no promise 不作承诺)",
            self.price, self.pool, self.supply
        );
        let _ =
            writeln!(text, "  capped exits 封顶退出        {}, paid {} yuan", self.exits, self.paid_on_exit);
        for (code, (times, first)) in &world.refused {
            let _ = writeln!(text, "  refused 拒绝 {code}: {times}, the first {first}");
        }
        let repeated = self.orders - self.refused - world.settled;
        if repeated > 0 {
            let _ = writeln!(text, "  repeated, counted once 重复的行: {repeated}");
        }
        if skipped > 0 {
            let _ = writeln!(text, "  bad rows skipped 跳过的坏行: {skipped}");
        }
        let _ = writeln!(text, "\nOrder by order in {}", folder.join("statement.csv").display());
        text
    }

    /// A part of the turnover, of 100 yuan, rounded down to the fen.
    fn per_hundred(&self, part: Fen) -> String {
        if self.turnover == Fen::ZERO {
            "–".into()
        } else {
            Fen(part.0 * 10_000 / self.turnover.0).to_string()
        }
    }
}
