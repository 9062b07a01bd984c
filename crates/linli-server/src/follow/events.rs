//! Which events follow from an entry, as webhooks tell them: ids, amounts as texts, and states; nothing of a person, and no
//! free text, in which there could be something. The same entry gives the same events in the same order, always. Must not
//! be added here: who hears of them.

use crate::routes::orders;
use crate::routes::text::{amount, yuan};
use linli_economy::Economy;
use linli_economy::account::Asset;
use linli_economy::command::{Command, Rebound};
use linli_economy::outcome::Outcome;
use linli_engine::{Answered, Body, Entry};
use linli_platform::deal::Purchase;
use linli_platform::refund::Request;
use linli_platform::webhook::EventKind;
use linli_platform::withdrawal::{State, Withdrawal};
use linli_platform::{Act, DealAct, Platform, RefundAct, WithdrawalAct};
use serde_json::{Value, json};

/// What has happened, and what is known of it.
pub type Happened = Vec<(EventKind, Value)>;

/// The events of an entry that was accepted.
pub fn of(entry: &Entry<'_>, answer: &Answered<'_>, outcome: &Outcome, platform: &Platform) -> Happened {
    let mut happened = Happened::new();
    let economy = answer.economy();
    let act = match &entry.body {
        Body::Act(performed) => Some(&performed.deed.act),
        Body::Line(_) => None,
    };
    if let Some(act) = act {
        of_act(&mut happened, act, platform, economy);
    }
    // A withdrawal's own act has told of it.
    let is_told = matches!(act, Some(Act::Withdrawal(_)));
    if let Some(command) = entry.body.command().filter(|_| !is_told) {
        of_command(&mut happened, command, answer, outcome);
    }
    for exit in &outcome.exits {
        let (member, points) = (economy.member_name(exit.member), amount(exit.points.0, Asset::Gp));
        let data = json!({ "member": member, "points": points, "payout": yuan(exit.payout.0) });
        happened.push((EventKind::MemberExited, data));
    }
    happened
}

fn of_act(happened: &mut Happened, act: &Act, platform: &Platform, economy: &Economy) {
    match act {
        Act::Withdrawal(act) => of_withdrawal_act(happened, act, platform),
        Act::Refund(act) => of_refund_act(happened, act, platform),
        Act::Deal(DealAct::Verify { verification, order, .. }) => {
            let purchase = platform.deals.purchase(order).expect("accepted: it is there");
            // The same again is accepted and does nothing.
            let verified = purchase.verification(verification).expect("accepted: it is there");
            if verified.at == economy.state().clock() && !verified.is_undone {
                happened.push((EventKind::VoucherVerified, voucher(purchase, verification, verified.uses)));
            }
        }
        Act::Deal(DealAct::UndoVerify { verification, order, .. }) => {
            let purchase = platform.deals.purchase(order).expect("accepted: it is there");
            let undone = purchase.verification(verification).map_or(0, |undone| undone.uses);
            happened.push((EventKind::VoucherUnverified, voucher(purchase, verification, undone)));
        }
        _ => {}
    }
}

fn voucher(purchase: &Purchase, verification: &str, uses: u32) -> Value {
    json!({
        "order": purchase.order,
        "deal": purchase.deal,
        "store": purchase.store,
        "verification": verification,
        "uses": uses,
        "uses_left": purchase.left(),
    })
}

fn of_withdrawal_act(happened: &mut Happened, act: &WithdrawalAct, platform: &Platform) {
    for id in act.withdrawals() {
        let withdrawal = platform.withdrawals.get(id).expect("accepted: it is there");
        // The first of two approvals changes nothing yet.
        if matches!(act, WithdrawalAct::Approve { .. }) && withdrawal.state() != State::Approved {
            continue;
        }
        happened.push((kind_of(withdrawal.state()), told(withdrawal)));
    }
}

fn kind_of(state: State) -> EventKind {
    match state {
        State::Submitted => EventKind::WithdrawalSubmitted,
        State::InReview => EventKind::WithdrawalInReview,
        State::Approved => EventKind::WithdrawalApproved,
        State::InPayment => EventKind::WithdrawalInPayment,
        State::Paid => EventKind::WithdrawalPaid,
        State::Rejected => EventKind::WithdrawalRejected,
        State::Failed => EventKind::WithdrawalFailed,
        State::TakenBack => EventKind::WithdrawalTakenBack,
    }
}

fn told(withdrawal: &Withdrawal) -> Value {
    json!({
        "withdrawal": withdrawal.id,
        "state": withdrawal.state().name(),
        "owner_kind": withdrawal.owner.kind(),
        "owner": withdrawal.owner.id(),
        "amount": yuan(withdrawal.fen),
        "promised": withdrawal.last().promised.map(|promised| promised.to_string()),
    })
}

fn of_refund_act(happened: &mut Happened, act: &RefundAct, platform: &Platform) {
    let (kind, id) = match act {
        RefundAct::Ask { id, .. } => (EventKind::RefundAsked, id),
        RefundAct::Answer { id, .. } | RefundAct::Offer { id, .. } => (EventKind::RefundAnswered, id),
        RefundAct::Appeal { .. } | RefundAct::Withdraw { .. } | RefundAct::Escalate { .. } => return,
    };
    let Request { bought, fen, stage, .. } = platform.refunds.get(id).expect("accepted: it is there");
    let data = json!({
        "refund": id,
        "order": bought.order,
        "amount": yuan(*fen),
        "state": stage.name(),
    });
    happened.push((kind, data));
}

fn of_command(happened: &mut Happened, command: &Command<'_>, answer: &Answered<'_>, outcome: &Outcome) {
    let economy = answer.economy();
    let order = |id: &str| {
        let found = economy.order_id(id).expect("accepted: it is there");
        let order = orders::look(economy, found, answer.seq());
        serde_json::to_value(order).expect("texts and numbers are JSON")
    };
    let given_back = |id: &str, given: &str, fen: &str| {
        let mut data = order(id);
        data["given_back"] = json!({ "id": given, "amount": fen });
        data
    };
    let one = match command {
        Command::OpenMember { member, inviter } => {
            (EventKind::MemberOpened, json!({ "member": &**member, "inviter": inviter.as_deref() }))
        }
        Command::Bind { member, inviter } => (EventKind::MemberBound, bound(member, inviter)),
        Command::Rebind { whom: Rebound::Members(members), to, .. } => {
            happened.extend(members.iter().map(|member| (EventKind::MemberBound, bound(member, to))));
            return;
        }
        Command::Rebind { whom: Rebound::AllOf(from), to, .. } => {
            (EventKind::MemberBound, json!({ "all_of": &**from, "inviter": &**to }))
        }
        Command::Release { member } => (EventKind::MemberReleased, json!({ "member": &**member })),
        Command::OpenStore { store, .. } => (EventKind::StoreOpened, store_told(economy, store)),
        Command::UpdateStore { store, .. } => (EventKind::StoreChanged, store_told(economy, store)),
        Command::CloseStore { store } => (EventKind::StoreClosed, store_told(economy, store)),
        Command::Pay { order: id, .. } | Command::PayMall { order: id, .. } => {
            (EventKind::OrderPaid, order(id))
        }
        Command::SettleInOne { order: id, .. }
        | Command::SettleMallInOne { order: id, .. }
        | Command::Settle { order: id }
        | Command::SettleMall { order: id } => (EventKind::OrderSettled, order(id)),
        Command::Cancel { cancel, order: id, amount } => {
            (EventKind::OrderCancelled, given_back(id, cancel, amount))
        }
        Command::Refund { refund, order: id, amount } => {
            (EventKind::OrderRefunded, given_back(id, refund, amount))
        }
        Command::Redeem { request, member, points } => {
            let payout = outcome.payout.map(|payout| yuan(payout.0));
            let data = json!({
                "request": &**request,
                "member": &**member,
                "points": &**points,
                "payout": payout,
            });
            (EventKind::PointsRedeemed, data)
        }
        Command::Withdraw { id, amount, .. } => {
            (EventKind::WithdrawalSubmitted, json!({ "withdrawal": &**id, "amount": &**amount }))
        }
        Command::PayoutDone { id } => (EventKind::WithdrawalPaid, json!({ "withdrawal": &**id })),
        Command::PayoutFailed { id } => (EventKind::WithdrawalFailed, json!({ "withdrawal": &**id })),
        Command::ChangePlan { .. } => {
            (EventKind::PlanChanged, json!({ "plan": economy.state().plan().name }))
        }
        _ => return,
    };
    happened.push(one);
}

fn bound(member: &str, inviter: &str) -> Value {
    json!({ "member": member, "inviter": inviter })
}

fn store_told(economy: &Economy, id: &str) -> Value {
    let found = economy.store_id(id).expect("accepted: it is there");
    let store = &economy.state().stores()[found.index()];
    json!({
        "store": id,
        "owner": economy.member_name(store.owner),
        "recruiter": store.recruiter.map(|recruiter| economy.member_name(recruiter)),
        "is_closed": store.closed,
    })
}
