//! What administrative acts change, as records show it: the thing that an act is about, before and after, in JSON, with
//! money as texts and without what is a person's. Must not be added here: a figure of a person, sealed or not; what an act
//! changes in the economy, which its postings tell.

mod shape;
#[cfg(test)]
mod tests;

use crate::act::{Act, Actor, Deed};
use crate::mall::MallAct;
use crate::person::PersonAct;
use crate::plan_change::PlanChangeAct;
use crate::platform::Platform;
use crate::withdrawal::WithdrawalAct;
use serde::Serialize;
use serde_json::{Value, json};

/// Whether a deed is one that records show: of people at a desk, of the machine's own command line, and what the service
/// does with what two people have decided.
#[must_use]
pub fn is_administrative(deed: &Deed) -> bool {
    match &deed.by {
        Actor::Staff(_) | Actor::Machine => true,
        Actor::Service => {
            matches!(deed.act, Act::Proposal(_) | Act::PlanChange(_) | Act::Withdrawal(_) | Act::Staff(_))
        }
        Actor::Key(_) | Actor::Member(_) | Actor::Provider | Actor::Visitor => false,
    }
}

/// What an act is about, as it stands now; none if there is no such thing, or it is nobody's but a person's.
#[must_use]
pub fn subject(platform: &Platform, act: &Act) -> Option<Value> {
    let id = act.subject();
    match act {
        Act::Key(_) => shown(platform.keys.get(id)),
        Act::Person(
            PersonAct::ReportLost { .. } | PersonAct::ConfirmLost { .. } | PersonAct::DropLost { .. },
        ) => shown(platform.people.lost_phone(id)),
        Act::Person(_) => shown(platform.people.get(id)),
        Act::Staff(_) => shown(platform.staff.get(id)),
        Act::Mall(MallAct::Supplier(_)) => shown(platform.mall.suppliers().get(id)),
        Act::Mall(MallAct::Product(_)) => shown(platform.mall.products().get(id)),
        Act::Mall(_) => {
            shown(platform.mall.orders().get(id)).or_else(|| shown(platform.mall.returns().get(id)))
        }
        Act::Withdrawal(act) => withdrawal(platform, act),
        Act::Proposal(_) => shown(platform.proposals.get(id)),
        Act::PlanChange(PlanChangeAct::SetNotice { .. }) => {
            Some(json!({ "notice_days": platform.plan_changes.notice_days() }))
        }
        Act::PlanChange(_) => shown(platform.plan_changes.get(id)),
        Act::Deal(_) => shown(platform.deals.get(id)),
        Act::Refund(_) => shown(platform.refunds.get(id)),
        Act::Agency(_) => shown(platform.agencies.get(id)),
        Act::Clock(_) => Some(json!({ "ahead_seconds": platform.clock.ahead_seconds() })),
        // What people do with what is theirs, and what takes place by itself.
        _ => None,
    }
}

fn withdrawal(platform: &Platform, act: &WithdrawalAct) -> Option<Value> {
    let all = &platform.withdrawals;
    match act {
        WithdrawalAct::SetAccount { owner, .. } => shown(all.account(owner)),
        WithdrawalAct::SetLimits { .. } => shown(Some(all.limits())),
        WithdrawalAct::Batch { batch, .. } | WithdrawalAct::ReadFile { batch } => shown(all.batch(batch)),
        _ => shown(all.get(act.subject())),
    }
}

fn shown<T: Serialize>(thing: Option<&T>) -> Option<Value> {
    let value = serde_json::to_value(thing?).expect("what is kept can be written as JSON");
    Some(shape::shaped(value))
}
