//! What is told of orders and points: to who bought, whose store it was, and who got a part of it.

use super::Noting;
use crate::routes::text::{amount, yuan};
use linli_economy::account::{Account, Asset};
use linli_economy::command::Command;
use linli_economy::handle::{MemberId, OrderId};
use linli_economy::legs::LegKind;
use linli_economy::order::Seller;
use linli_economy::outcome::Outcome;
use linli_platform::notice::Template;

pub fn of_command(noting: &mut Noting<'_>, command: &Command<'_>, outcome: &Outcome) {
    match command {
        Command::Pay { order, .. } | Command::PayMall { order, .. } => paid(noting, order),
        Command::SettleInOne { order, .. } | Command::SettleMallInOne { order, .. } => {
            paid(noting, order);
            settled(noting, order);
        }
        Command::Settle { order } | Command::SettleMall { order } => settled(noting, order),
        Command::Cancel { order, amount, .. } | Command::Refund { order, amount, .. } => {
            given_back(noting, order, amount);
        }
        Command::Redeem { member, points, .. } => {
            let payout = yuan(outcome.payout.map_or(0, |payout| payout.0));
            let params = [("points", &**points), ("amount", &*payout)];
            noting.tell_member(member, Template::Redeemed, &params);
        }
        _ => {}
    }
}

pub fn of_exits(noting: &mut Noting<'_>, outcome: &Outcome) {
    for exit in &outcome.exits {
        let (points, payout) = (amount(exit.points.0, Asset::Gp), yuan(exit.payout.0));
        noting.tell_one(exit.member, Template::Exited, &[("points", &points), ("amount", &payout)]);
    }
}

fn find(noting: &Noting<'_>, id: &str) -> (OrderId, Option<MemberId>, Seller) {
    let found = noting.economy.order_id(id).expect("accepted: it is there");
    let order = &noting.economy.state().orders()[found.index()];
    (found, order.member, order.seller)
}

fn paid(noting: &mut Noting<'_>, id: &str) {
    let (order, member, seller) = find(noting, id);
    let paid = yuan(noting.economy.state().orders()[order.index()].paid);
    if let Some(member) = member {
        noting.tell_one(member, Template::OrderPaid, &[("amount", &paid), ("order", id)]);
    }
    if let Seller::Store(store) = seller {
        let name = noting.economy.store_name(store);
        noting.tell_owner(store, Template::Sold, &[("store", name), ("amount", &paid), ("order", id)]);
    }
}

fn given_back(noting: &mut Noting<'_>, id: &str, given: &str) {
    let (_, member, seller) = find(noting, id);
    if let Some(member) = member {
        noting.tell_one(member, Template::OrderGivenBack, &[("amount", given), ("order", id)]);
    }
    if let Seller::Store(store) = seller {
        let name = noting.economy.store_name(store);
        let params = [("store", name), ("amount", given), ("order", id)];
        noting.tell_owner(store, Template::SoldGivenBack, &params);
    }
}

fn settled(noting: &mut Noting<'_>, id: &str) {
    let (order, member, _) = find(noting, id);
    let (economy, mut legs) = (noting.economy, Vec::new());
    economy.state().legs_of(order, &mut legs);
    let whole = &economy.state().orders()[order.index()];
    if let Some(member) = member {
        let (left, points) = (yuan(whole.left()), amount(whole.minted.into(), Asset::Gp));
        let params = [("order", id), ("amount", &*left), ("points", &*points)];
        noting.tell_one(member, Template::OrderSettled, &params);
    }
    for leg in legs.iter().filter(|leg| leg.fen > 0) {
        if let (Account::Wallet(member), Some(template)) = (leg.account, template_of(leg.kind)) {
            noting.tell_one(member, template, &[("amount", &yuan(leg.fen))]);
        }
    }
}

fn template_of(kind: LegKind) -> Option<Template> {
    match kind {
        LegKind::Direct => Some(Template::CommissionDirect),
        LegKind::Indirect => Some(Template::CommissionIndirect),
        LegKind::Recruit => Some(Template::CommissionRecruit),
        LegKind::Region(_) => Some(Template::CommissionRegion),
        LegKind::Levels => Some(Template::CommissionLevels),
        LegKind::Store | LegKind::Dividend | LegKind::Platform | LegKind::Supplier | LegKind::Rebate => None,
    }
}
