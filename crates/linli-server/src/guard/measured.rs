//! What is so on this platform, for rules that ask more than the plan: what the program has and does not have, and what is
//! set in it. What only the operator knows is not here, and leaves its rules unasked. Must not be added here: a wish; who
//! builds or takes away a function changes its line.

use linli_engine::Replica;
use linli_guard::Facts;

/// What holds in every instance of this program.
const OF_THE_PROGRAM: [(&str, &str); 20] = [
    // Everybody registers free of charge, and nobody is paid for heads.
    ("members.entry_fee", "0"),
    ("members.entry_purchase", "0"),
    ("rewards.per_head", "0"),
    // Every reward is a leg of an order in the journal.
    ("rewards.outside_journal", "false"),
    ("rewards.for_reports_rebind", "false"),
    ("points.for_equity", "false"),
    ("goods.buy_back", "false"),
    // A deposit to a wallet pays only what is owed; there is no transfer and no interest.
    ("balance.top_up", "false"),
    ("balance.transfer", "false"),
    ("balance.interest", "false"),
    // A compared price is not taken without source, date and picture.
    ("price.compared", "true"),
    ("price.compared_proved", "true"),
    // Being bound is agreed to by itself, paying goes on without it, and one act releases.
    ("privacy.consent_apart", "true"),
    ("privacy.refuses_without", "false"),
    ("privacy.release_steps", "1"),
    ("privacy.inviter_sees_names", "false"),
    // The phone's pages give members all that is known of them as one file.
    ("privacy.export", "true"),
    // What is not built yet.
    ("privacy.deletion", "false"),
    ("tax.withheld", "false"),
    ("tax.certificates", "false"),
];

/// What is so here.
pub fn here(replica: &Replica) -> Facts {
    let mut facts = Facts::default();
    let mut set = |name: &str, text: &str| facts.set(name, text).expect("a measurement in its form");
    for (name, text) in OF_THE_PROGRAM {
        set(name, text);
    }
    let platform = replica.platform();
    let notice = platform.documents.notice_days().min(platform.plan_changes.notice_days());
    set("rules.notice_days", &notice.to_string());
    facts
}
