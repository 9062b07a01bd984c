//! Withdrawals of the store, of a member and of a supplier, one in every state. Must not be added here: money that nobody
//! has.

use super::{Cast, Fault, Life, Script};
use linli_platform::WithdrawalAct;
use linli_platform::withdrawal::Owner;
use serde_json::json;

/// Fen of each withdrawal.
const AMOUNT: u64 = 1_200;

/// What is done with a withdrawal, in turn.
#[derive(Clone, Copy)]
enum Move {
    Submit,
    TakeBack,
    TakeUp,
    Approve,
    Reject,
    Batch,
    Paid,
    Failed,
}

use Move::{Approve, Batch, Failed, Paid, Reject, Submit, TakeBack, TakeUp};

/// Who has submitted a withdrawal.
#[derive(Clone, Copy)]
enum Whose {
    Store,
    Member,
    Supplier,
}

/// A withdrawal, and on which days what is done with it.
type Planned = (&'static str, Whose, &'static [(i64, Move)]);

const WITHDRAWALS: [Planned; 10] = [
    ("withdrawal-submitted", Whose::Store, &[(39, Submit)]),
    ("withdrawal-submitted-2", Whose::Member, &[(39, Submit)]),
    ("withdrawal-in-review", Whose::Store, &[(38, Submit), (39, TakeUp)]),
    ("withdrawal-approved", Whose::Supplier, &[(37, Submit), (38, TakeUp), (39, Approve)]),
    ("withdrawal-in-payment", Whose::Store, &[(36, Submit), (37, TakeUp), (38, Approve), (39, Batch)]),
    ("withdrawal-paid", Whose::Member, &[(20, Submit), (21, TakeUp), (21, Approve), (22, Batch), (23, Paid)]),
    (
        "withdrawal-paid-2",
        Whose::Supplier,
        &[(24, Submit), (25, TakeUp), (25, Approve), (26, Batch), (27, Paid)],
    ),
    ("withdrawal-rejected", Whose::Member, &[(28, Submit), (29, TakeUp), (29, Reject)]),
    (
        "withdrawal-failed",
        Whose::Store,
        &[(30, Submit), (31, TakeUp), (31, Approve), (32, Batch), (33, Failed)],
    ),
    ("withdrawal-taken-back", Whose::Member, &[(34, Submit), (34, TakeBack)]),
];

pub fn write(script: &mut Script, cast: &Cast) {
    // A good month, so that there is something to withdraw.
    for (number, amount) in (1..).zip(["880.00", "1280.00"]) {
        let (store, member) = (cast.store.clone(), cast.buyer(number));
        let order = format!("order-banquet-{number}");
        script.at((1, 900), move |life| {
            life.command(
                json!({"cmd": "settle", "order": order, "member": member, "store": store, "amount": amount}),
            )
        });
    }
    let member = cast.member.clone();
    script.at((1, 905), move |life| earn(life, &member));
    for (minute, whose) in (910..).zip([Whose::Store, Whose::Member, Whose::Supplier]) {
        let cast = cast.clone();
        script.at((1, minute), move |life| set_account(life, &cast, whose));
    }
    for (id, whose, moves) in WITHDRAWALS {
        for (minute, &(day, step)) in (920..).step_by(5).zip(moves) {
            let cast = cast.clone();
            script.at((day, minute), move |life| take(life, &cast, (id, whose), step));
        }
    }
}

/// The member redeems some points, of which the wallet has the money.
fn earn(life: &mut Life<'_>, member: &str) -> Result<(), Fault> {
    let economy = &life.lived.economy;
    let points = economy.member_id(member).map(|id| economy.state().members()[id.index()].points.0);
    let some = points.unwrap_or_default() / 2;
    let text = format!("{}.{:06}", some / 1_000_000, some % 1_000_000);
    life.command(json!({"cmd": "redeem", "request": "redeem-demo", "member": member, "points": text}))
}

fn owner(cast: &Cast, whose: Whose) -> Owner {
    match whose {
        Whose::Store => Owner::Store(cast.store.clone()),
        Whose::Member => Owner::Member(cast.member.clone()),
        Whose::Supplier => Owner::Supplier("P01".into()),
    }
}

/// Whoever the money belongs to acts: a member, or a supplier's account.
fn own(life: &mut Life<'_>, cast: &Cast, whose: Whose, act: WithdrawalAct) -> Result<(), Fault> {
    match whose {
        Whose::Store => life.member(&cast.owner, act),
        Whose::Member => life.member(&cast.member, act),
        Whose::Supplier => life.staff("supplier", act),
    }
}

fn set_account(life: &mut Life<'_>, cast: &Cast, whose: Whose) -> Result<(), Fault> {
    let (owner, number) = match whose {
        Whose::Store => (owner(cast, whose), "6225880100000001"),
        Whose::Member => (owner(cast, whose), "6225880100000002"),
        Whose::Supplier => (owner(cast, whose), "6225880100000003"),
    };
    let (kind, id) = (owner.kind(), owner.id().to_string());
    let account = json!({"bank": "招商银行", "number": number, "name": format!("演示 {id}")}).to_string();
    let reference = life.reference("payout_account", number)?;
    let sealed_account = life.sealer.seal(&format!("{kind}:{id}"), "payout_account", account.as_bytes())?;
    let masked = format!("招商银行 尾号 {}", &number[number.len() - 4..]);
    own(life, cast, whose, WithdrawalAct::SetAccount { owner, sealed_account, masked, reference })
}

fn take(life: &mut Life<'_>, cast: &Cast, (id, whose): (&str, Whose), step: Move) -> Result<(), Fault> {
    let id = id.to_string();
    match step {
        Submit => {
            let from = owner(cast, whose);
            own(life, cast, whose, WithdrawalAct::Submit { id, from, fen: AMOUNT })
        }
        TakeBack => own(life, cast, whose, WithdrawalAct::TakeBack { id }),
        TakeUp => life.staff("finance", WithdrawalAct::TakeUp { id }),
        Approve => life.staff("finance", WithdrawalAct::Approve { id }),
        Reject => life.staff("finance", WithdrawalAct::Reject { id, reason: "户名与实名不一致".into() }),
        Batch => {
            let batch = format!("batch-{id}");
            life.staff("finance", WithdrawalAct::Batch { batch, withdrawals: vec![id] })
        }
        Paid => life.staff("finance", WithdrawalAct::Paid { id }),
        Failed => life.staff("finance", WithdrawalAct::Failed { id, reason: "账户已注销".into() }),
    }
}
