//! The rules of shifts, given, when and then: whatever is done in a store by hand is counted once, to somebody.

use super::*;
use crate::checkout::{CheckoutAct, Planned};
use crate::refund::{Answer, Bought, RefundAct, Side};

fn open(id: &str, store: &str) -> StoreStaffAct {
    StoreStaffAct::OpenShift { id: id.into(), store: store.into() }
}

fn close(id: &str) -> StoreStaffAct {
    StoreStaffAct::CloseShift { id: id.into() }
}

/// M3 works in S1, where M1 is the owner.
fn working() -> Stage {
    let mut stage = stage();
    assert_eq!(stage.act(member("M1"), admit("S1", "M3", StoreRight::ALL)), Ok(()));
    stage
}

fn shows(stage: &mut Stage, by: &str, code: &str, fen: u64) {
    let collect = CheckoutAct::Collect { code: code.into(), store: "S1".into(), fen, minutes: 5 };
    assert_eq!(stage.act(member(by), collect), Ok(()));
}

/// M4 pays what a code says.
fn pays(stage: &mut Stage, code: &str, fen: u64) {
    let (payment, order) = (format!("P{code}"), format!("O{code}"));
    let code = Some(code.to_owned());
    let planned =
        Planned::Store { order: order.clone(), store: "S1".into(), amount: fen, from_spend: 0, code };
    let orders = vec![planned];
    let opened = CheckoutAct::Open {
        payment: payment.clone(),
        payer: Some("M4".into()),
        orders,
        device: None,
        address: None,
    };
    assert_eq!(stage.act(member("M4"), opened), Ok(()));
    let arrived = CheckoutAct::Arrived {
        payment: payment.clone(),
        event: format!("E{payment}"),
        charge: payment.clone(),
        fen,
        payer_account: None,
        at: stage.now,
    };
    assert_eq!(stage.act(Actor::Provider, arrived), Ok(()));
    assert_eq!(stage.act(Actor::Service, CheckoutAct::CarryOut { payment, order }), Ok(()));
}

fn totals(stage: &Stage, shift: &str) -> Totals {
    stage.platform.store_staff.shift(shift).expect("a shift").totals
}

#[test]
fn the_binary_form_of_each_act_stays() {
    let forms: [(StoreStaffAct, &[u8]); 2] =
        [(open("H", "S"), b"\x02\x01H\x01S"), (close("H"), b"\x03\x01H")];
    for (act, form) in forms {
        assert_eq!(postcard::to_stdvec(&act).as_deref(), Ok(form), "{act:?}");
        assert_eq!(act.subject(), "H");
    }
}

#[test]
fn a_code_counts_to_the_shift_in_which_it_was_shown() {
    let mut stage = working();
    shows(&mut stage, "M3", "C0", 100);
    assert_eq!(stage.act(member("M3"), open("H1", "S1")), Ok(()));
    shows(&mut stage, "M3", "C1", 500);
    shows(&mut stage, "M3", "C2", 700);
    shows(&mut stage, "M1", "C3", 900);
    assert_eq!(totals(&stage, "H1"), Totals::default(), "nobody has paid");
    pays(&mut stage, "C1", 500);
    assert_eq!(stage.act(member("M3"), close("H1")), Ok(()));
    for (code, fen) in [("C2", 700), ("C0", 100), ("C3", 900)] {
        pays(&mut stage, code, fen);
    }
    let counted = |collected, collected_fen| Totals { collected, collected_fen, ..Totals::default() };
    assert_eq!(totals(&stage, "H1"), counted(2, 1_200), "one was paid after the end");
    let staff = &stage.platform.store_staff;
    assert_eq!((staff.outside("S1", "M3"), staff.outside("S1", "M1")), (counted(1, 100), counted(1, 900)));
    assert!(staff.codes.is_empty());
}

#[test]
fn a_code_that_is_cancelled_counts_to_nobody() {
    let mut stage = working();
    shows(&mut stage, "M3", "C1", 500);
    assert_eq!(stage.act(member("M3"), CheckoutAct::CancelCode { code: "C1".into() }), Ok(()));
    assert!(stage.platform.store_staff.codes.is_empty());
    assert_eq!(stage.platform.store_staff.outside("S1", "M3"), Totals::default());
}

#[test]
fn refunds_count_to_who_agreed_or_offered() {
    let mut stage = working();
    stage.commands(r#"{"cmd":"pay","order":"O1","member":"M4","store":"S1","amount":"10.00"}"#);
    assert_eq!(stage.act(member("M3"), open("H1", "S1")), Ok(()));
    let bought = Bought::find(&stage.economy, "O1").expect("an order");
    let asks = RefundAct::Ask { id: "Q1".into(), bought: bought.clone(), fen: 300, sealed_reason: vec![1] };
    assert_eq!(stage.act(member("M4"), asks), Ok(()));
    let agrees = RefundAct::Answer { id: "Q1".into(), side: Side::Seller, answer: Answer::Agree };
    assert_eq!(stage.act(member("M3"), agrees), Ok(()));
    let offers = |id: &str, side| RefundAct::Offer {
        id: id.into(),
        bought: bought.clone(),
        fen: 200,
        side,
        sealed_reason: vec![1],
    };
    assert_eq!(stage.act(member("M3"), offers("Q2", Side::Seller)), Ok(()));
    assert_eq!(
        stage.act(Actor::Staff("ann".into()), offers("Q3", Side::Operator)),
        Ok(()),
        "not the store's"
    );
    assert_eq!(totals(&stage, "H1"), Totals { refunds: 2, refunded_fen: 500, ..Totals::default() });
}

#[test]
fn one_shift_of_a_member_is_open_in_a_store_and_its_end_is_theirs_or_the_owners() {
    let mut stage = working();
    for (by, act, code) in [
        (member("M4"), open("H1", "S1"), Code::UnknownStoreStaff),
        (member("M3"), open("H1", "S2"), Code::UnknownStoreStaff),
        (member("M3"), open("H1", "S9"), Code::UnknownStore),
        (member("M3"), open("H 1", "S1"), Code::BadText),
        (Actor::Staff("ann".into()), open("H1", "S1"), Code::WrongActor),
        (member("M3"), close("H1"), Code::UnknownShift),
    ] {
        assert_eq!(stage.act(by, act.clone()), Err(code), "{act:?}");
    }
    assert_eq!(stage.act(member("M3"), open("H1", "S1")), Ok(()));
    assert_eq!(stage.act(member("M3"), open("H1", "S1")), Err(Code::ShiftExists));
    assert_eq!(stage.act(member("M3"), open("H2", "S1")), Err(Code::ShiftOpen));
    assert_eq!(stage.act(member("M1"), open("H2", "S1")), Ok(()), "the owner has their own");
    assert_eq!(stage.act(member("M3"), close("H2")), Err(Code::NotStoreOwner));
    assert_eq!(stage.act(member("M1"), close("H1")), Ok(()));
    assert_eq!(stage.act(member("M3"), close("H1")), Err(Code::ShiftClosed));
    assert_eq!(stage.act(member("M3"), open("H3", "S1")), Ok(()));
    assert_eq!(stage.act(member("M1"), dismiss("S1", "M3")), Ok(()));
    let staff = &stage.platform.store_staff;
    assert!(staff.shift("H3").is_some_and(|shift| shift.closed.is_some()), "who goes has ended their shift");
    let listed: Vec<_> = staff.shifts_of("S1", u64::MAX).map(|(_, id, _)| id).collect();
    assert_eq!(listed, ["H3", "H2", "H1"]);
}
