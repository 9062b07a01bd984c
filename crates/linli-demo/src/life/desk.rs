//! What the desk and the store's owner decide: proposals and plans in every state, people at the till, a code with an
//! amount. Must not be added here: a plan with other rates.

use super::{Cast, Fault, Life, Script};
use linli_economy::time::Instant;
use linli_platform::checkout::CheckoutAct;
use linli_platform::plan_change::PlanChangeAct;
use linli_platform::proposal::{ProposalAct, What};
use linli_platform::store_staff::{StoreRight, StoreStaffAct};

const DAY: i64 = 86_400;

/// What becomes of a proposal or a plan after it is made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Open,
    Approved,
    Refused,
    TakenBack,
}

pub fn write(script: &mut Script, cast: &Cast) {
    for (id, day, fate) in [
        ("proposal-open", 38, Fate::Open),
        ("proposal-open-2", 39, Fate::Open),
        ("proposal-carried-out", 20, Fate::Approved),
        ("proposal-refused", 22, Fate::Refused),
        ("proposal-taken-back", 24, Fate::TakenBack),
        // Nobody decides it in seven days.
        ("proposal-expired", 26, Fate::Open),
    ] {
        script.at((day, 1_000), move |life| propose(life, id));
        script.at((day, 1_020), move |life| decide(life, id, fate));
    }
    for (id, day, holds_in, fate) in [
        ("plan-active", 3, Some(10), Fate::Approved),
        ("plan-withdrawn", 16, Some(10), Fate::TakenBack),
        ("plan-approved", 37, Some(30), Fate::Approved),
        ("plan-submitted", 38, Some(40), Fate::Open),
        ("plan-draft", 39, None, Fate::Open),
    ] {
        script.at((day, 1_040), move |life| draft(life, id, holds_in));
        script.at((day, 1_060), move |life| answer(life, id, fate));
    }
    let (owner, store, member) = (cast.owner.clone(), cast.store.clone(), cast.cashier().to_string());
    script.at((1, 200), move |life| {
        let rights =
            [StoreRight::TakePayments, StoreRight::VerifyVouchers, StoreRight::SeeReceivables].into();
        life.member(&owner, StoreStaffAct::Admit { store, member, rights })
    });
    let (cashier, store) = (cast.cashier().to_string(), cast.store.clone());
    script.at((39, 1_435), move |life| {
        let code = "code-demo".to_string();
        life.member(&cashier, CheckoutAct::Collect { code, store, fen: 6_600, minutes: 30 })
    });
}

fn propose(life: &mut Life<'_>, id: &str) -> Result<(), Fault> {
    let what = What::Inject { fen: 10_000, note: Some("from the platform's own money".into()) };
    life.staff("finance", ProposalAct::Propose { id: id.into(), what, reason: "季度注资".into() })
}

fn decide(life: &mut Life<'_>, id: &str, fate: Fate) -> Result<(), Fault> {
    let id = id.to_string();
    match fate {
        Fate::Open => Ok(()),
        Fate::Approved => life.staff("operator", ProposalAct::Approve { id }),
        Fate::Refused => life.staff("operator", ProposalAct::Refuse { id, reason: "下季度再议".into() }),
        Fate::TakenBack => life.staff("finance", ProposalAct::TakeBack { id }),
    }
}

/// A plan with the rates of the year's end.
fn draft(life: &mut Life<'_>, id: &str, holds_in: Option<i64>) -> Result<(), Fault> {
    let (text, note) = (crate::world::later_plan(), "沿用现行比例".to_string());
    life.staff("operator", PlanChangeAct::Draft { id: id.into(), text, note })?;
    let Some(days) = holds_in else { return Ok(()) };
    let active_from = Instant { seconds: life.now.seconds + days * DAY, nanoseconds: 0 };
    life.staff("operator", PlanChangeAct::Submit { id: id.into(), active_from })
}

fn answer(life: &mut Life<'_>, id: &str, fate: Fate) -> Result<(), Fault> {
    let id = id.to_string();
    match fate {
        Fate::Open => Ok(()),
        Fate::Approved => life.staff("operator-2", PlanChangeAct::Approve { id }),
        Fate::Refused | Fate::TakenBack => {
            life.staff("operator", PlanChangeAct::Withdraw { id, reason: "数据待补充".into() })
        }
    }
}
