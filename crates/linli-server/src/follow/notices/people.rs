//! What is told to members of their withdrawals, vouchers, requests and bindings, and to everybody of rules.

use super::Noting;
use crate::routes::text::yuan;
use linli_economy::command::{Command, Rebound};
use linli_platform::document::{Document, Kind};
use linli_platform::notice::Template;
use linli_platform::refund::{Request, Seller, Stage};
use linli_platform::withdrawal::{Owner, State};
use linli_platform::{Act, DealAct, DocumentAct, RefundAct, WithdrawalAct};

pub fn of_act(noting: &mut Noting<'_>, act: &Act) {
    match act {
        Act::Withdrawal(act) => of_withdrawal(noting, act),
        Act::Deal(act) => of_deal(noting, act),
        Act::Refund(act) => of_refund(noting, act),
        Act::Document(DocumentAct::Publish { id, .. }) => of_document(noting, id),
        _ => {}
    }
}

fn of_withdrawal(noting: &mut Noting<'_>, act: &WithdrawalAct) {
    let platform = noting.platform;
    for id in act.withdrawals() {
        let withdrawal = platform.withdrawals.get(id).expect("accepted: it is there");
        let template = match withdrawal.state() {
            State::Submitted => Template::WithdrawalSubmitted,
            State::Approved => Template::WithdrawalApproved,
            State::InPayment => Template::WithdrawalInPayment,
            State::Paid => Template::WithdrawalPaid,
            State::Rejected => Template::WithdrawalRejected,
            State::Failed => Template::WithdrawalFailed,
            State::InReview | State::TakenBack => continue,
        };
        let fen = yuan(withdrawal.fen);
        let params = [("amount", &*fen), ("withdrawal", id)];
        match &withdrawal.owner {
            Owner::Member(member) => noting.tell_member(member, template, &params),
            Owner::Store(store) => {
                if let Some(store) = noting.economy.store_id(store) {
                    noting.tell_owner(store, template, &params);
                }
            }
            Owner::Supplier(_) | Owner::Profit | Owner::Fees => {}
        }
    }
}

fn of_deal(noting: &mut Noting<'_>, act: &DealAct) {
    let (platform, now) = (noting.platform, noting.economy.state().clock());
    let (template, order) = match act {
        DealAct::Verify { order, .. } => (Template::VoucherVerified, order),
        DealAct::UndoVerify { order, .. } => (Template::VoucherUnverified, order),
        DealAct::Expire { order, .. } => (Template::VoucherExpired, order),
        _ => return,
    };
    let purchase = platform.deals.purchase(order).expect("accepted: it is there");
    let mut uses = String::new();
    if let DealAct::Verify { verification, .. } = act {
        // The same again is accepted and does nothing.
        match purchase.verification(verification) {
            Some(verified) if verified.at == now && !verified.is_undone => uses = verified.uses.to_string(),
            _ => return,
        }
    }
    let left = purchase.left().to_string();
    noting.tell_member(&purchase.member, template, &[("order", order), ("uses", &uses), ("left", &left)]);
}

fn of_refund(noting: &mut Noting<'_>, act: &RefundAct) {
    let (RefundAct::Ask { id, .. } | RefundAct::Answer { id, .. }) = act else { return };
    let platform = noting.platform;
    let Request { bought, fen, stage, .. } = platform.refunds.get(id).expect("accepted: it is there");
    let fen = yuan(*fen);
    let params = [("amount", &*fen), ("order", &*bought.order)];
    if matches!(act, RefundAct::Ask { .. }) {
        if let Seller::Store(store) = &bought.seller
            && let Some(found) = noting.economy.store_id(store)
        {
            let params = [params[0], params[1], ("store", store)];
            noting.tell_owner(found, Template::RefundAsked, &params);
        }
        return;
    }
    let template = match stage {
        Stage::Agreed => Template::RefundAgreed,
        Stage::Refused(_) | Stage::Rejected => Template::RefundRefused,
        Stage::AtSeller(_) | Stage::AtOperator | Stage::Withdrawn => return,
    };
    if let Some(member) = &bought.member {
        noting.tell_member(member, template, &params);
    }
}

fn of_document(noting: &mut Noting<'_>, id: &str) {
    let platform = noting.platform;
    let Document { kind, texts, from, .. } = platform.documents.get(id).expect("accepted: it is there");
    let template = match kind {
        Kind::Rule(_) => Template::RulePublished,
        Kind::Announcement => Template::Announced,
    };
    let from = from.map(|from| from.to_string()).unwrap_or_default();
    let params = [("title_zh", &*texts.title_zh), ("title_en", &*texts.title_en), ("from", &*from)];
    noting.tell_all(template, &params);
}

pub fn of_command(noting: &mut Noting<'_>, command: &Command<'_>) {
    match command {
        Command::OpenMember { member, inviter: Some(inviter) } | Command::Bind { member, inviter } => {
            bound(noting, member, inviter);
        }
        Command::Rebind { whom: Rebound::Members(members), to, .. } => {
            members.iter().for_each(|member| bound(noting, member, to));
        }
        Command::Release { member } => noting.tell_member(member, Template::Released, &[]),
        _ => {}
    }
}

fn bound(noting: &mut Noting<'_>, member: &str, inviter: &str) {
    noting.tell_member(member, Template::Bound, &[]);
    noting.tell_member(inviter, Template::Invited, &[]);
}
