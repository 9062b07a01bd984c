//! Nobody gets points or commissions without a settled order behind them: whose balance rises, and why.

use super::streams::{Step, each_step, each_stream, result};
use super::sum;
use crate::rules::{balances, postings};
use linli_economy::Economy;
use linli_economy::account::Asset;
use linli_economy::order::Seller;
use linli_economy::plan::RedeemTo;

/// What a command moved into, or out of, a member's accounts that end so, by member.
fn moved<'a>(step: &'a Step, suffix: &'a str) -> impl Iterator<Item = (String, i128)> + 'a {
    let all = if step.applied() { postings(&step.result).expect("an accepted result") } else { Vec::new() };
    all.into_iter().filter_map(move |(account, _, amount)| {
        let member = account.strip_prefix("member:")?.strip_suffix(suffix)?;
        Some((member.to_string(), amount))
    })
}

/// What exits and a redemption paid the member to this account, in fen.
fn paid_for_points(step: &Step, member: &str, account: &str) -> i128 {
    let to = match step.before.state().plan().points.redeem {
        RedeemTo::Money => ":wallet",
        RedeemTo::Spend => ":spend",
    };
    if account != to {
        return 0;
    }
    let fen = |value: &serde_json::Value| -> i128 {
        value.as_str().map_or(0, |text| text.replace('.', "").parse().expect("an amount"))
    };
    let exits = step.result["exits"].as_array().expect("exits").iter();
    let own = exits.filter(|exit| exit["member"] == member).map(|exit| fen(&exit["payout"])).sum::<i128>();
    let redeemed = step.line.contains(&format!(r#""member":"{member}""#));
    own + if redeemed { fen(&step.result["payout"]) } else { 0 }
}

#[test]
fn points_come_from_the_settling_of_the_members_own_order() {
    each_step(|step| {
        for (member, points) in moved(step, ":points").filter(|(_, points)| *points > 0) {
            step.holds(matches!(step.command(), "settle" | "settle_mall"), "only settling gives points");
            let minted = step.result["minted"].as_str().expect("minted").replace('.', "");
            step.holds(minted.parse() == Ok(points), "the points are those minted");
            let order = order(step);
            let id = step.after.member_id(&member);
            step.holds(order.member == id && order.is_settled(), "the order is the member's");
        }
    });
}

/// The order that a command settled.
fn order(step: &Step) -> &linli_economy::order::Order {
    let id = step.line.split(r#""order":""#).nth(1).and_then(|rest| rest.split('"').next());
    let order = id.and_then(|id| step.after.order_id(id)).expect("an order of this id");
    &step.after.state().orders()[order.index()]
}

#[test]
fn commissions_come_from_a_settled_order_and_are_within_its_budget() {
    each_step(|step| {
        let mut commissions = 0;
        for account in [":wallet", ":spend"] {
            for (member, amount) in moved(step, account).filter(|(_, amount)| *amount > 0) {
                let income = amount - paid_for_points(step, &member, account);
                match step.command() {
                    "settle" | "settle_mall" => commissions += income.max(0),
                    "redeem" | "inject" => step.holds(income <= 0, "only points are paid for"),
                    "refund" | "cancel" => {
                        step.holds(income <= 0 || account == ":spend", "only the buyer's money comes back");
                    }
                    "deposit" | "write_off" => {
                        let owed = -step.before.state().members()
                            [step.before.member_id(&member).expect("a member").index()]
                        .wallet
                        .0;
                        step.holds(income <= owed && account == ":wallet", "only what is owed is made up");
                    }
                    "payout_failed" => step.holds(account == ":wallet", "only what went out comes back"),
                    "distribute" => step.holds(account == ":wallet", "dividends go to wallets"),
                    _ => step.holds(false, "no other command gives a member money"),
                }
            }
        }
        if commissions > 0 {
            let order = order(step);
            let plan = step.after.state().plan_at(order.terms.plan);
            let budget = plan.take.distribution.share_floor(order.left());
            step.holds(commissions <= budget.into(), "the budget of the order is not exceeded");
        }
    });
}

#[test]
fn dividends_are_what_settled_orders_accrued() {
    each_step(|step| {
        let accrued = |economy: &Economy| sum(economy, Asset::Cny, |account| account == "dividend:accrued");
        let (before, after) = (accrued(&step.before), accrued(&step.after));
        if after > before {
            let made_up = step.command() == "write_off" && after <= 0;
            let settled = matches!(step.command(), "settle" | "settle_mall");
            step.holds(settled || made_up, "only settling accrues");
        }
        if step.command() == "distribute" && step.applied() {
            let paid: i128 = moved(step, ":wallet").map(|(_, amount)| amount).sum();
            step.holds(paid == before - after && after >= 0, "no more is paid than was accrued");
        }
    });
}

#[test]
fn deduction_points_come_from_the_settling_of_a_store_order_or_come_back() {
    each_step(|step| {
        for (_, points) in moved(step, ":deduction").filter(|(_, points)| *points > 0) {
            match step.command() {
                "settle" => {
                    step.holds(matches!(order(step).seller, Seller::Store(_)), "a store order awards");
                }
                "cancel" | "refund" => {}
                _ => step.holds(points <= 0, "no other command gives deduction points"),
            }
        }
    });
}

#[test]
fn where_nothing_is_settled_nobody_has_points_or_money() {
    each_stream(|seed, stream| {
        let mut economy = Economy::open(&stream.plan()).expect("the stream's plan");
        for number in 0..300 {
            if number % 8 == 0 {
                stream.look(crate::support::seen(&economy));
            }
            let line = stream.line();
            if line.contains(r#""settle"#) {
                stream.learn(false);
                continue;
            }
            let result = result(&mut economy, &line);
            stream.learn(result["ok"] == true);
        }
        let of_members = balances(&economy).into_keys().find(|(account, _)| account.starts_with("member:"));
        assert_eq!(of_members, None, "seed {seed}");
    });
}
