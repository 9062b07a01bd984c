//! The tables of the ledger: what was received, what it posted, what is held, and what is on its way out.

use super::{Kind::*, Role::*, Table, column, index, index_only};

pub const COMMANDS: Table = Table {
    name: "commands",
    about: "Every line that was received, refused and repeated ones too. Seq 0 is the opening by the journal's \
            header, of the kind `genesis`.",
    columns: &[
        column("seq", Number, Key, "its number in the journal"),
        column("at", Text, Fixed, "the economy's time when it was answered; never runs back"),
        column("kind", Text, Fixed, "the name of the command or act, or `malformed`"),
        column("id", Text, Fixed, "whom or what it names first: an order, a member, its own id").or_null(),
        column("order_id", Text, Fixed, "the order that a `cancel` or `refund` is about").or_null(),
        column("error", Text, Fixed, "why it was refused; absent where it was accepted").or_null(),
        column("replayed", Flag, Fixed, "whether it was applied before and only answered again"),
    ],
    indexes: &[
        index_only(&["id"], "id IS NOT NULL"),
        index_only(&["order_id", "seq"], "order_id IS NOT NULL"),
        index_only(&["error", "seq"], "error IS NOT NULL"),
    ],
};

pub const POSTINGS: Table = Table {
    name: "postings",
    about: "The postings of each accepted command as its result shows them: one an account and asset. Those of \
            seq 0 are the genesis.",
    columns: &[
        column("seq", Number, Key, "the command"),
        column("line", Number, Key, "its place in the result, from 1"),
        column("account", Text, Fixed, "such as `member:M1:wallet`"),
        column("asset", Text, Fixed, "`CNY`, `GP` or `DP`"),
        column("amount", Units, Fixed, "what came in, or went out below zero, in units of the asset"),
    ],
    indexes: &[index(&["account", "seq"])],
};

pub const BALANCES: Table = Table {
    name: "balances",
    about: "Every balance that is not zero.",
    columns: &[
        column("account", Text, Key, "such as `store:S1`"),
        column("asset", Text, Key, "`CNY`, `GP` or `DP`"),
        column("amount", Units, Current, "in units of the asset"),
    ],
    indexes: &[],
};

pub const PAYOUTS: Table = Table {
    name: "payouts",
    about: "Withdrawals, by the id of their command.",
    columns: &[
        column("id", Text, Key, "the withdrawal's id"),
        column("account", Text, Fixed, "what it was taken from"),
        column("amount_fen", Number, Fixed, "how much"),
        column("state", Text, Current, "`open`, `done` or `failed`"),
        column("opened_seq", Number, Fixed, "the command that opened it").or_null(),
        column("opened_at", Text, Fixed, "when").or_null(),
        column("closed_seq", Number, Once, "the command that ended it").or_null(),
        column("closed_at", Text, Once, "when").or_null(),
    ],
    indexes: &[index(&["account", "opened_seq"]), index_only(&["opened_seq"], "state = 'open'")],
};
