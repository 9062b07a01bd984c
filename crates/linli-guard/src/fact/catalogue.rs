//! The catalogue of measurements: everything that a rule may ask for. Whoever measures fills in what is so; whoever
//! writes a rule says what of it is allowed.

use super::Measure;
use super::Unit::{self, Count, Days, Flag, Rate, Times, Word, Yuan};

const fn measure(name: &'static str, unit: Unit, meaning: &'static str) -> Measure {
    Measure { name, unit, meaning }
}

/// Every measurement, by what it is of: the plan, the settings of the platform, its relations, its orders.
pub const MEASURES: &[Measure] = &[
    // Keys of the plan, as plan files have them.
    measure("order.hold_days", Days, "from paid to final"),
    measure("order.refund_days", Days, "in which a refund can be asked for"),
    measure("take.rate", Rate, "what is taken of an order in a store without a rate of its own"),
    measure("take.min_rate", Rate, "the lowest rate that a store may have"),
    measure("take.max_rate", Rate, "the highest rate that a store may have"),
    measure("take.platform", Rate, "the platform's profit"),
    measure("take.distribution", Rate, "the budget of all rewards"),
    measure("take.unclaimed", Word, "who gets what nobody claims of the budget"),
    measure("points.start_price", Yuan, "per point, before the first mint"),
    measure("points.genesis", Yuan, "that the platform puts in before the first order"),
    measure("points.mint", Rate, "of the pool's inflow, as value of new points"),
    measure("points.retention", Rate, "of a redemption's value that stays in the pool"),
    measure("points.cap", Times, "counted spending at which points are redeemed by rule"),
    measure("points.redeem", Word, "\"money\" to the wallet, or \"spend\" to a balance that pays in stores"),
    measure("referral.direct", Rate, "to the inviter"),
    measure("referral.indirect", Rate, "to the inviter's inviter"),
    measure("recruit.store", Rate, "to whoever brought the store in"),
    measure("region.mode", Word, "\"differential\" or \"additive\""),
    measure("region.district", Rate, "to the district's agent"),
    measure("region.city", Rate, "to the city's agent"),
    measure("region.province", Rate, "to the province's agent"),
    measure("region.macro", Rate, "to the macro-region's agent"),
    measure("dividend.rate", Rate, "accrued for shareholders"),
    measure("levels.max_depth", Count, "ancestors that are looked at"),
    measure("levels.peer", Rate, "of what the level below was paid"),
    measure("levels.ranks", Count, "ranks that are paid"),
    measure("mall.deduct", Rate, "of the list price payable in deduction points"),
    measure("mall.award", Rate, "deduction points for a store order"),
    measure("mall.store_rebate", Rate, "of the mall's cash part, to the stores that awarded the points"),
    measure("mall.award_days", Days, "until awarded points expire"),
    // What follows from the plan.
    measure("take.pool", Rate, "what the pool gets of an order when the whole budget is claimed"),
    measure("levels.largest", Rate, "the most that levels can claim of an order"),
    measure("region.largest", Rate, "the most that regions can claim of an order"),
    measure("chain.paid_depth", Count, "people above a buyer, each inviting the one below, who can be paid"),
    // What the platform does with people who join, and with money.
    measure("members.entry_fee", Yuan, "to become able to earn or to recruit"),
    measure("members.entry_purchase", Yuan, "to buy to become able to earn or to recruit"),
    measure("rewards.per_head", Yuan, "for each person recruited"),
    measure("rewards.outside_journal", Flag, "whether any reward is paid outside the journal"),
    measure("rewards.for_reports_rebind", Flag, "whether a reporter is rewarded with other people's members"),
    measure("points.for_equity", Flag, "whether points can become shares"),
    measure("goods.buy_back", Flag, "whether goods are bought back, consigned or resold without a real sale"),
    measure("balance.top_up", Flag, "whether a balance can be topped up"),
    measure("balance.transfer", Flag, "whether members can transfer balances or points to each other"),
    measure("balance.interest", Flag, "whether a balance earns interest"),
    measure(
        "payments.collects_for_others",
        Flag,
        "whether buyers' money comes to the platform and is paid on",
    ),
    measure("fundraising.licensed", Flag, "whether an authority has licensed the taking of money"),
    measure("fundraising.public", Flag, "whether it is promoted in public"),
    measure("fundraising.promised", Flag, "whether a return is promised"),
    measure("fundraising.anybody", Flag, "whether anybody may take part"),
    // The payment provider.
    measure("provider.split_limit", Rate, "of an order that may be split off"),
    measure("provider.receivers", Count, "receivers in a request of the provider"),
    measure("provider.requests", Count, "requests for an order"),
    measure("provider.freeze_days", Days, "after which unsplit money goes to the store"),
    measure("provider.settlement_days", Days, "from final to split"),
    measure("store.take_rate", Rate, "a store's own rate"),
    measure("order.receivers", Count, "who can be paid of one order"),
    // Region agents.
    measure("agency.fee", Yuan, "that an agent pays"),
    measure(
        "agency.turnover_only",
        Flag,
        "whether the fee buys only a share of turnover: no brand, manual, training",
    ),
    // Draws and blind boxes.
    measure("draw.prize", Yuan, "the highest prize, at market price"),
    measure(
        "draw.published_before",
        Flag,
        "whether odds or count of every prize are published before the start",
    ),
    measure("draw.changeable", Flag, "whether rules or odds can change after the start"),
    measure("draw.rigged", Flag, "whether winners can be chosen or prizes held back"),
    measure("draw.record_days", Days, "for which records are kept"),
    measure("blind_box.min_age", Count, "the youngest buyer, in years"),
    measure("blind_box.guardian_consent", Flag, "whether a guardian consents to a buyer under 18"),
    measure("blind_box.odds_shown", Flag, "whether rules, odds and range are shown before"),
    measure("blind_box.value_shown", Flag, "whether the value of what is inside is shown"),
    measure(
        "blind_box.listed_goods",
        Flag,
        "whether drugs, devices, live animals or dangerous goods can be inside",
    ),
    measure("blind_box.buy_back", Flag, "whether the seller buys back or resells what was drawn"),
    // Prices, rules, records.
    measure("price.compared", Flag, "whether a higher price is shown beside the price"),
    measure("price.compared_proved", Flag, "whether a dated proof of that price is on file"),
    measure("rules.notice_days", Days, "from publishing changed rules to their force"),
    measure("records.kept_days", Days, "for which goods and transactions are kept"),
    measure("licence.shown", Flag, "whether licence and rules stand on the first page"),
    // What is personal.
    measure("privacy.consent_apart", Flag, "whether consent to binding is asked apart from payment"),
    measure("privacy.refuses_without", Flag, "whether who declines the binding is refused service"),
    measure("privacy.release_steps", Count, "taps that a member needs to be released from the inviter"),
    measure("privacy.inviter_sees_names", Flag, "whether an inviter sees the name or phone of an invitee"),
    measure(
        "privacy.passes_on_unasked",
        Flag,
        "whether data goes to a store or inviter without separate consent",
    ),
    measure("privacy.export", Flag, "whether members can export what is known of them"),
    measure("privacy.deletion", Flag, "whether members can have their account deleted"),
    measure("tax.withheld", Flag, "whether tax is withheld on commissions to people"),
    measure("tax.certificates", Flag, "whether each person gets a certificate of it"),
    // Relations, one inviter at a time.
    measure("chain.levels", Count, "levels of people below an inviter"),
    measure("chain.people", Count, "people below an inviter, at any depth"),
    measure("chain.paid_in", Yuan, "that the people below an inviter have paid to take part"),
    measure("inviter.earned", Yuan, "that an inviter earned in a period"),
    measure("inviter.own_sales", Yuan, "that the inviter's own invitees bought in it"),
    // Orders, one person, device or ring at a time.
    measure("orders.ring", Count, "people and stores whose orders go round in a circle"),
    measure("orders.fictitious", Flag, "whether a fee was paid without a real order behind it"),
    measure("device.accounts", Count, "accounts that one device uses"),
    measure("card.accounts", Count, "accounts that one card pays for"),
    measure("device.shared_with_store", Flag, "whether a member pays from a device of the store"),
    measure("sale.minutes", Count, "from buying to giving points back"),
    measure("refund.to_other_account", Flag, "whether a refund goes to another account than paid"),
];
