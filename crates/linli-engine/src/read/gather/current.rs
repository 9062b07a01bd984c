//! The rows of what is rewritten, as the economy has it now, and the way back from a stored key to the row that should
//! stand there. Must not be added here: when something happened; the economy does not know.

use super::super::changes::Changes;
use super::super::moment::{Moment, write_day, write_time};
use super::super::rows::Rows;
use super::super::schema::TableId;
use super::touched::{Dates, Touched};
use linli_economy::Economy;
use linli_economy::account::{Account, Asset};
use linli_economy::handle::{MemberId, OrderId, PayoutId, StoreId};
use linli_economy::order::{MallOrder, Phase, Seller};

/// Writes the rows of what was touched.
pub fn write(changes: &mut Changes, touched: &mut Touched, economy: &Economy) {
    touched.sort_accounts();
    for &(account, asset) in &touched.accounts {
        let amount = economy.state().balance(account, asset);
        let rows = if amount == 0 { &mut changes.emptied } else { changes.to(TableId::Balances) };
        balance(rows, economy, account, asset, amount);
    }
    for (&id, &dates) in &touched.orders {
        order(changes.to(TableId::Orders), economy, id, dates);
    }
    for (&id, &dates) in &touched.members {
        member(changes.to(TableId::Members), economy, id, dates);
    }
    for (&id, &dates) in &touched.stores {
        store(changes.to(TableId::Stores), economy, id, dates);
    }
    for (&id, &dates) in &touched.payouts {
        payout(changes.to(TableId::Payouts), economy, id, dates);
    }
}

pub fn balance(rows: &mut Rows, economy: &Economy, account: Account, asset: Asset, amount: i128) {
    rows.written(|out| economy.write_account(out, account)).text(asset.name()).number(amount);
}

pub fn order(rows: &mut Rows, economy: &Economy, id: OrderId, dates: Dates) {
    let state = economy.state();
    let order = &state.orders()[id.index()];
    let mall = state.mall_part(order);
    let (kind, store) = match order.seller {
        Seller::Store(store) => ("store", Some(economy.store_name(store))),
        Seller::Mall(_) => ("mall", None),
    };
    let phase = match order.phase {
        Phase::Paid => "paid",
        Phase::GivenBack => "given_back",
        Phase::Settled | Phase::SettledInOne => "settled",
    };
    rows.text(economy.order_name(id)).text(kind).text(phase);
    rows.optional_text(order.member.map(|member| economy.member_name(member))).optional_text(store);
    rows.optional_text(mall.map(|mall| economy.supplier_name(mall.supplier)));
    rows.number(count(order.terms.plan.index() + 1)).number(order.paid).number(order.from_spend);
    rows.optional_number(mall.map(|mall| mall.cost)).optional_number(mall.map(MallOrder::used));
    rows.number(order.cancelled).number(order.refunded).number(order.minted);
    moment(rows, dates.begun);
    moment(rows, dates.ended);
    match dates.ended {
        Some(settled) => rows.written(|out| write_day(out, settled.at)),
        None => rows.optional_text(None),
    };
}

pub fn member(rows: &mut Rows, economy: &Economy, id: MemberId, dates: Dates) {
    let state = economy.state();
    let member = &state.members()[id.index()];
    rows.text(economy.member_name(id));
    rows.optional_text(member.inviter.map(|inviter| economy.member_name(inviter)));
    rows.optional_text(member.rank.map(|rank| state.rank_name(rank)));
    rows.flag(member.suspended).number(member.exits);
    rows.number(member.points.0).number(member.earned.0).number(member.spent.0);
    rows.number(state.paybacks()[id.index()].received.0);
    moment(rows, dates.begun);
}

pub fn store(rows: &mut Rows, economy: &Economy, id: StoreId, dates: Dates) {
    let store = &economy.state().stores()[id.index()];
    rows.text(economy.store_name(id)).text(economy.member_name(store.owner));
    rows.optional_text(store.recruiter.map(|recruiter| economy.member_name(recruiter)));
    rows.text(&store.district.to_string()).optional_number(store.own_rate.map(|rate| rate.0));
    rows.flag(store.closed);
    moment(rows, dates.begun);
    moment(rows, dates.ended);
}

pub fn payout(rows: &mut Rows, economy: &Economy, id: PayoutId, dates: Dates) {
    let payout = &economy.state().payouts()[id.index()];
    let state = match (payout.open, dates.failed) {
        (true, _) => "open",
        (false, false) => "done",
        (false, true) => "failed",
    };
    rows.text(economy.payout_name(id)).written(|out| economy.write_account(out, payout.from));
    rows.number(payout.amount).text(state);
    moment(rows, dates.begun);
    moment(rows, dates.ended);
}

fn moment(rows: &mut Rows, moment: Option<Moment>) {
    match moment {
        Some(Moment { seq, at }) => rows.number(seq.get()).written(|out| write_time(out, at)),
        None => rows.optional_number(None::<u64>).optional_text(None),
    };
}

/// A count as a value.
pub fn count(count: usize) -> i128 {
    i128::try_from(count).expect("a count has 64 bits")
}
