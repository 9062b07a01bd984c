//! The tables of what happens to the pool and the plan over time.

use super::{Kind::*, Role::*, Table, column, index};

pub const EXITS: Table = Table {
    name: "exits",
    about: "Capped exits.",
    columns: &[
        column("seq", Number, Key, "the command that set it off"),
        column("line", Number, Key, "its place in the result, from 1"),
        column("member", Text, Fixed, "who"),
        column("burned_micro_points", Units, Fixed, "the growth points that went back to the pool"),
        column("payout_fen", Units, Fixed, "what the pool paid for them"),
    ],
    indexes: &[index(&["member", "seq"])],
};

pub const PRICES: Table = Table {
    name: "prices",
    about: "Each day in UTC+8 on which a command was accepted: the price of a growth point, the pool behind it, and \
            the orders settled.",
    columns: &[
        column("day", Text, Key, "such as `2026-01-31`"),
        column("first_seq", Number, Fixed, "the first command accepted on it"),
        column("last_seq", Number, Current, "the last"),
        column(
            "first_price_micro_yuan",
            Units,
            Fixed,
            "the price after the first, in 10⁻⁶ yuan, rounded down",
        ),
        column("last_price_micro_yuan", Units, Current, "the price after the last"),
        column("lowest_price_micro_yuan", Units, Current, "the lowest"),
        column("highest_price_micro_yuan", Units, Current, "the highest"),
        column("pool_fen", Units, Current, "the pool's money after the last"),
        column("supply_micro_points", Units, Current, "the points outstanding after the last"),
        column("orders", Number, Current, "orders settled on it"),
        column("settled_fen", Units, Current, "their sum, without what was cancelled before"),
    ],
    indexes: &[],
};

pub const PLANS: Table = Table {
    name: "plans",
    about: "The plans that were put in force.",
    columns: &[
        column("version", Number, Key, "from 1, which the journal's header has"),
        column("seq", Number, Fixed, "the command, or 0"),
        column("at", Text, Fixed, "when"),
        column("name", Text, Fixed, "its name"),
        column("text", Text, Fixed, "the plan, in TOML"),
    ],
    indexes: &[],
};
