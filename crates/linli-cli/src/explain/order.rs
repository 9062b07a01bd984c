//! The story of one order as text: what it was paid under, each leg with its rule and its rounding, the points it
//! minted, and what came after.

use crate::report::Table;
use crate::text::amount;
use linli_economy::Economy;
use linli_economy::account::Posting;
use linli_economy::order::{Order, Phase, Seller};
use linli_economy::units::Fen;
use linli_engine::explain::{Event, OrderStory, Rule, Rules};
use std::fmt::Write;

pub fn explain(story: &OrderStory, id: &str) -> String {
    let economy = story.replica.economy();
    let order = &economy.state().orders()[story.order.index()];
    let mut text = head(story, economy, order, id);
    for event in &story.events {
        let said = format!("{} {}, seq {}, {}", event.command, event.id, event.seq, event.at);
        writeln!(text, "\n{said}\n").expect("a text takes what is written");
        if event.settles && order.is_settled() {
            text.push_str(&legs(story, economy, order, event));
        } else {
            text.push_str(&postings(economy, &event.postings));
        }
    }
    text
}

fn head(story: &OrderStory, economy: &Economy, order: &Order, id: &str) -> String {
    let plan = economy.state().plan_at(order.terms.plan);
    let seller = match order.seller {
        Seller::Store(store) => format!("store:{}", economy.store_name(store)),
        Seller::Mall(_) => "the mall".to_string(),
    };
    let member = order.member.map_or("nobody known", |member| economy.member_name(member));
    let phase = match order.phase {
        Phase::Paid => "paid, not settled 已支付",
        Phase::GivenBack => "given back 已退回",
        Phase::Settled | Phase::SettledInOne => "settled 已结算",
    };
    let since = story.plan_seq.map_or("of the opening".to_string(), |seq| format!("since seq {seq}"));
    let mut text = format!("Order 订单 {id}: {phase}\n\n");
    let mut line = |name: &str, value: String| {
        writeln!(text, "  {name:<10} {value}").expect("a text takes what is written");
    };
    line("paid", format!("{} by {member} to {seller}", Fen::from(order.paid)));
    line("cancelled", Fen::from(order.cancelled).to_string());
    line("refunded", Fen::from(order.refunded).to_string());
    line(
        "plan",
        format!("version {} {:?}, {since}; frozen when it was paid", order.terms.plan.index() + 1, plan.name),
    );
    text
}

/// The legs of the settlement with their rules.
fn legs(story: &OrderStory, economy: &Economy, order: &Order, event: &Event) -> String {
    let (state, mut legs) = (economy.state(), Vec::new());
    let inflow = state.legs_of(story.order, &mut legs);
    let plan = state.plan_at(order.terms.plan);
    let rules = Rules::new(plan, order, &legs);
    let mut table = Table::new(&["who 谁", "rule 规则", "how 算法", "amount 金额"]);
    for leg in legs.iter().filter(|leg| leg.fen > 0) {
        let rule = rules.of(leg);
        table.row(&[
            economy.account_name(leg.account),
            text(&rule),
            rule.how,
            Fen::from(leg.fen).to_string(),
        ]);
    }
    if order.member.is_some() {
        let rest = "what the legs leave".to_string();
        table.row(&["pool:reserve".into(), "盈利池".into(), rest, Fen::from(inflow).to_string()]);
    }
    let mut text = table.to_string();
    if let Some(minted) = event.minted {
        let mint = plan.points.mint;
        let how = if event.supply.0 == 0 {
            "at the price of the last supply, at first the start price".to_string()
        } else {
            format!("with S = {} and P = {} just before", event.supply, event.pool)
        };
        let formula = format!("⌊⌊{} × {mint}⌋ × S / P⌋", Fen::from(inflow));
        writeln!(text, "\n  minted 铸造 {minted} = {formula} {how} (points.mint)")
            .expect("a text takes what is written");
    }
    writeln!(text, "\n  postings 分录\n").expect("a text takes what is written");
    text + &postings(economy, &event.postings)
}

fn postings(economy: &Economy, postings: &[Posting]) -> String {
    let mut table = Table::new(&["account 账户", "", "amount 金额"]);
    for Posting { account, asset, amount: units } in postings {
        let units = amount(*units, asset.decimals());
        table.row(&[economy.account_name(*account), asset.name().to_string(), units]);
    }
    table.to_string()
}

/// A rule's key with its rate and what else is said of it.
fn text(rule: &Rule) -> String {
    let rate = rule.rate.map_or(String::new(), |rate| rate.to_string());
    let said = [rule.key, &rate, rule.note].into_iter().filter(|part| !part.is_empty());
    said.collect::<Vec<_>>().join(" ")
}
