//! The table of orders.

use super::{Kind::*, Role::*, Table, column, index_only};

pub const ORDERS: Table = Table {
    name: "orders",
    about: "Orders of stores and of the mall.",
    columns: &[
        column("id", Text, Key, "the order's id"),
        column("kind", Text, Fixed, "`store` or `mall`"),
        column("phase", Text, Current, "`paid`, `given_back` or `settled`"),
        column("member", Text, Fixed, "the buyer").or_null(),
        column("store", Text, Fixed, "the store, of a store order").or_null(),
        column("supplier", Text, Fixed, "the supplier, of a mall order").or_null(),
        column("plan_version", Number, Fixed, "the plan that it was paid under"),
        column("paid_fen", Number, Fixed, "what was paid"),
        column("from_spend_fen", Number, Fixed, "the part of it from the spend balance"),
        column("cost_fen", Number, Fixed, "what the supplier gets, of a mall order").or_null(),
        column("deduction_hundredths", Number, Fixed, "deduction points used, of a mall order").or_null(),
        column("cancelled_fen", Number, Current, "what was given back before it was settled"),
        column("refunded_fen", Number, Current, "what was refunded after"),
        column("minted_micro_points", Units, Current, "growth points minted for the buyer"),
        column("paid_seq", Number, Fixed, "the command that paid it").or_null(),
        column("paid_at", Text, Fixed, "when").or_null(),
        column("settled_seq", Number, Once, "the command that settled it").or_null(),
        column("settled_at", Text, Once, "when").or_null(),
        column("settled_day", Text, Once, "that day in UTC+8").or_null(),
    ],
    indexes: &[
        index_only(&["member", "paid_seq"], "member IS NOT NULL"),
        index_only(&["store", "paid_seq"], "store IS NOT NULL"),
        index_only(&["supplier", "paid_seq"], "supplier IS NOT NULL"),
        index_only(&["settled_day"], "settled_day IS NOT NULL"),
        index_only(&["paid_seq"], "phase = 'paid'"),
    ],
};
