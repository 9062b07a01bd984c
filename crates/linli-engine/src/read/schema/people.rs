//! The tables of members and stores, and of how they hang together. Who was bound to whom and who held which region
//! are facts with a date and a source: a change is a new row, and nothing rewrites the old ones.

use super::{Kind::*, Role::*, Table, View, column, index, index_only};

pub const MEMBERS: Table = Table {
    name: "members",
    about: "Members as they are now; what they hold is in `balances`.",
    columns: &[
        column("id", Text, Key, "the member's id"),
        column("inviter", Text, Current, "to whom the member is bound").or_null(),
        column("rank", Text, Current, "the rank held").or_null(),
        column("suspended", Flag, Current, "whether suspended"),
        column("exits", Number, Current, "how often the member has exited"),
        column("held_micro_points", Units, Current, "growth points held"),
        column("earned_micro_points", Units, Current, "growth points earned in this cycle"),
        column("spent_fen", Units, Current, "spending counted in this cycle"),
        column("received_fen", Units, Current, "ever paid for growth points, less what refunds charged"),
        column("registered_seq", Number, Fixed, "the command that registered the member").or_null(),
        column("registered_at", Text, Fixed, "when").or_null(),
    ],
    indexes: &[index_only(&["inviter", "id"], "inviter IS NOT NULL")],
};

pub const STORES: Table = Table {
    name: "stores",
    about: "Stores as they are now; what they hold is in `balances`.",
    columns: &[
        column("id", Text, Key, "the store's id"),
        column("owner", Text, Current, "the member who owns it"),
        column("recruiter", Text, Current, "the member who brought it in").or_null(),
        column("district", Text, Current, "six digits of GB/T 2260"),
        column("own_rate_ppm", Number, Current, "its own take rate; without one it pays the plan's")
            .or_null(),
        column("closed", Flag, Current, "whether it takes no new orders"),
        column("opened_seq", Number, Fixed, "the command that opened it").or_null(),
        column("opened_at", Text, Fixed, "when").or_null(),
        column("closed_seq", Number, Once, "the command that closed it").or_null(),
        column("closed_at", Text, Once, "when").or_null(),
    ],
    indexes: &[
        index(&["owner", "id"]),
        index_only(&["recruiter", "id"], "recruiter IS NOT NULL"),
        index(&["district", "id"]),
    ],
};

pub const RELATIONS: Table = Table {
    name: "relations",
    about: "Each change of a member's inviter. The view `bindings` shows from when to when each held.",
    columns: &[
        column("seq", Number, Key, "the command that changed it"),
        column("line", Number, Key, "its place among those of the command, from 1"),
        column("member", Text, Fixed, "whose inviter"),
        column("inviter", Text, Fixed, "the inviter from then on; absent after a release").or_null(),
        column("source", Text, Fixed, "`registration`, `bind`, `release` or `rebind`"),
        column("case_id", Text, Fixed, "the decided case of a `rebind`").or_null(),
    ],
    indexes: &[index(&["member", "seq"]), index_only(&["inviter", "seq"], "inviter IS NOT NULL")],
};

pub const BINDINGS: View = View {
    name: "bindings",
    about: "Who was bound to whom from which seq on, until which other (absent while it holds), by which source.",
    query: "SELECT * FROM (SELECT member, inviter, seq AS from_seq,
        lead(seq) OVER (PARTITION BY member ORDER BY seq) AS until_seq, source, case_id FROM relations) AS facts
        WHERE inviter IS NOT NULL",
};

pub const AGENTS: Table = Table {
    name: "agents",
    about: "Each appointment and dismissal of a region's agent. The view `agencies` shows from when to when.",
    columns: &[
        column("seq", Number, Key, "the command"),
        column("region", Text, Fixed, "six digits of GB/T 2260, or a macro-region's name"),
        column("agent", Text, Fixed, "the member who holds it from then on; absent after a dismissal")
            .or_null(),
    ],
    indexes: &[index(&["region", "seq"]), index_only(&["agent", "seq"], "agent IS NOT NULL")],
};

pub const AGENCIES: View = View {
    name: "agencies",
    about: "Who held which region from which seq on, until which other (absent while it holds).",
    query: "SELECT * FROM (SELECT region, agent, seq AS from_seq,
        lead(seq) OVER (PARTITION BY region ORDER BY seq) AS until_seq FROM agents) AS facts
        WHERE agent IS NOT NULL",
};
