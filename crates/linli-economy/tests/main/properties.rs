//! What always holds, line by line, over random streams of all commands. Must not be added here: a property
//! that only one command has (that is a rule).

mod once;
mod sources;
mod streams;

use crate::rules::{balances, postings, unchanged};
use linli_economy::account::Asset;
use linli_economy::economy::Economy;
use std::collections::BTreeMap;
use streams::{Step, each_step};

/// The sum of all balances of an asset whose account fits.
fn sum(economy: &Economy, of: Asset, fits: impl Fn(&str) -> bool) -> i128 {
    let balances = economy.balances().into_iter();
    let fitting = balances.filter(|(account, asset, _)| *asset == of && fits(account));
    fitting.map(|(_, _, amount)| amount).sum()
}

fn balance(economy: &Economy, wanted: &str, asset: Asset) -> i128 {
    sum(economy, asset, |account| account == wanted)
}

// 1. Each asset's postings sum to zero, per command and in total; and cash covers every claim.

#[test]
fn postings_sum_to_zero_per_command_and_in_total() {
    each_step(|step| {
        if step.applied() {
            let mut sums: BTreeMap<Asset, i128> = BTreeMap::new();
            for (_, asset, amount) in postings(&step.result).expect("an accepted result") {
                *sums.entry(asset).or_default() += amount;
            }
            step.holds(sums.values().all(|sum| *sum == 0), "a command's postings sum to zero");
        }
        for asset in [Asset::Cny, Asset::Gp, Asset::Dp] {
            step.holds(sum(&step.after, asset, |_| true) == 0, "all balances of an asset sum to zero");
        }
    });
}

#[test]
fn cash_covers_every_claim() {
    each_step(|step| {
        let after = &step.after;
        let inside = -sum(after, Asset::Cny, |account| account.starts_with("external:"));
        let own = sum(after, Asset::Cny, |account| matches!(account, "platform:profit" | "platform:fees"));
        let (mut claims, mut debts) = (0, 0);
        for (account, asset, amount) in after.balances() {
            let of_others = !account.starts_with("external:") && !account.starts_with("platform:");
            if asset == Asset::Cny && of_others {
                claims += amount.max(0);
                debts += (-amount).max(0);
            }
        }
        step.holds(debts <= own, "all debts are covered by the platform's own money");
        step.holds(claims <= inside, "the cash inside covers all claims of others");
    });
}

// 2. The price never falls, and only six things touch it.

#[test]
fn the_price_never_falls() {
    each_step(|step| {
        let (old, new) = (step.before.state().pool(), step.after.state().pool());
        step.holds(new.price() >= old.price(), "the price does not fall");
        let product = |a: i128, b: i128| a.unsigned_abs().checked_mul(b.unsigned_abs());
        let (before, after) = (old.price(), new.price());
        let cross = (product(after.pool.0, before.supply.0), product(before.pool.0, after.supply.0));
        if let (Some(left), Some(right)) = cross {
            step.holds(left >= right, "P' * S >= P * S'");
        }
    });
}

#[test]
fn nothing_but_settling_redeeming_refunding_and_injecting_touches_the_pool() {
    const TOUCH: [&str; 5] = ["settle", "settle_mall", "redeem", "refund", "inject"];
    each_step(|step| {
        let untouched = step.before.state().pool() == step.after.state().pool();
        step.holds(untouched || (step.applied() && TOUCH.contains(&step.command())), "the pool is untouched");
    });
}

// 3. Supply = Σ members' points + genesis. The reserve is never negative, and every point could be redeemed
// today.

#[test]
fn the_supply_is_what_members_hold_and_the_genesis() {
    each_step(|step| {
        let after = &step.after;
        let held = sum(after, Asset::Gp, |account| account.ends_with(":points"));
        let genesis = balance(after, "platform:genesis", Asset::Gp);
        step.holds(held + genesis == after.state().pool().supply().0, "the supply is held");
        step.holds(-balance(after, "pool:issued", Asset::Gp) == held + genesis, "what is issued is held");
        let shown = step.result["supply"].as_str().filter(|_| step.applied());
        let supply = shown.map(|text| text.replace('.', "").parse::<i128>().expect("a supply"));
        step.holds(supply.is_none_or(|supply| supply == held + genesis), "the supply is shown");
    });
}

#[test]
fn every_point_outstanding_could_be_redeemed_today() {
    each_step(|step| {
        let pool = step.after.state().pool();
        step.holds(pool.reserve().0 >= 0, "the reserve is not negative");
        let members = step.after.state().members().iter();
        step.holds(members.clone().all(|member| member.points.0 >= 0), "nobody holds negative points");
        if pool.supply().0 > 0 {
            let worth: i128 = members.map(|member| pool.price().worth_floor(member.points).0).sum();
            step.holds(worth <= pool.reserve().0, "the reserve covers what all points are worth");
        }
    });
}

// 4. Nobody gets points or commissions without a settled order behind them: see `properties/sources.rs`.
// 5. A command is applied once: see `properties/once.rs`.

// 6. A refused command changes nothing, not even the clock.

#[test]
fn a_refused_command_changes_nothing_not_even_the_clock() {
    each_step(|step| {
        if step.result["ok"] == false {
            if let Err(what) = unchanged(&step.before, &step.after) {
                step.holds(false, &what);
            }
            step.holds(step.result["error"] != "overflow", "nothing here comes near the limits");
        }
    });
}

// 7. Refusals: what cannot be read first, then the id, then the time, then those of the command. The order
// among these is the table `rules/refusals.order`; overflow last: see `limits.rs`.

#[test]
fn what_cannot_be_read_is_refused_before_everything_else() {
    each_step(|step| {
        let line = step.line.trim_end().strip_suffix('}').map(|line| format!("{line},\"no_field\":1}}"));
        if let Some(line) = line {
            step.holds(step.instead(&line)["error"] == "malformed", "an unknown field is malformed");
        }
    });
}

#[test]
fn the_time_is_refused_after_the_id_and_before_everything_of_the_command() {
    each_step(|step| {
        let Some(line) = step.dated("1969-12-31T23:59:59Z") else { return };
        let (now, early) = (&step.result, step.instead(&line));
        let first = ["malformed", "id_reused"].iter().any(|code| now["error"] == *code);
        if first || now["replayed"] == true {
            step.holds(early["error"] == now["error"], "the time is not looked at");
        } else {
            step.holds(early["error"] == "time_reversed", "the time wins over every other refusal");
        }
    });
}

/// The balances, as the runner of rules sees them, are those that a stream's reader would add up.
#[test]
fn balances_change_by_the_postings_and_by_nothing_else() {
    each_step(|step: &Step| {
        let mut expected = balances(&step.before);
        if step.applied() {
            for (account, asset, amount) in postings(&step.result).expect("an accepted result") {
                step.holds(amount != 0, "no posting is zero");
                *expected.entry((account, asset)).or_default() += amount;
            }
            expected.retain(|_, amount| *amount != 0);
        }
        step.holds(expected == balances(&step.after), "balances change by the postings");
    });
}
