//! Codes with an amount: valid for minutes, paid once.

use super::*;
use crate::checkout::CodeState;

fn collect(code: &str, store: &str, fen: u64, minutes: u8) -> CheckoutAct {
    CheckoutAct::Collect { code: code.into(), store: store.into(), fen, minutes }
}

fn cancel(code: &str) -> CheckoutAct {
    CheckoutAct::CancelCode { code: code.into() }
}

impl testing::Stage {
    fn collects(&mut self, code: &str, fen: u64) {
        assert_eq!(self.act(member("M1"), collect(code, "S1", fen, 5)), Ok(()));
    }

    fn code_is(&self, code: &str) -> CodeState {
        self.platform.checkout.code(code).expect("a code").state.clone()
    }

    fn shown(&self) -> Vec<&str> {
        self.platform.checkout.codes_of_store("S1").collect()
    }

    /// A member tries to pay 1.00 by a code.
    fn pays_by(&mut self, payment: &str, code: &str) -> Result<(), Code> {
        let order = by_code(&format!("order-{payment}"), 100, code);
        self.act(member("M2"), open(payment, Some("M2"), &[order]))
    }
}

#[test]
fn what_is_no_code_is_refused() {
    let mut stage = stage();
    stage.commands(r#"{"cmd":"close_store","store":"S2"}"#);
    stage.collects("K", 100);
    for (by, act, code) in [
        (member("M1"), collect("", "S1", 100, 5), Code::BadText),
        (Actor::Provider, collect("L", "S1", 100, 5), Code::WrongActor),
        (Actor::Service, collect("L", "S1", 100, 5), Code::WrongActor),
        (member("M1"), collect("L", "S1", 0, 5), Code::BadAmount),
        (member("M1"), collect("L", "S1", 100, 0), Code::BadAmount),
        (member("M1"), collect("L", "S1", 100, 31), Code::BadAmount),
        (member("M1"), collect("K", "S1", 100, 5), Code::CodeExists),
        (member("M1"), collect("L", "S9", 100, 5), Code::UnknownStore),
        (member("M1"), collect("L", "S2", 100, 5), Code::StoreClosed),
        (Actor::Provider, cancel("K"), Code::WrongActor),
        (member("M1"), cancel("L"), Code::UnknownCode),
    ] {
        assert_eq!(stage.act(by, act.clone()), Err(code), "{act:?}");
    }
    assert_eq!(stage.act(Actor::Key("till".into()), collect("L", "S1", 1, 30)), Ok(()));
}

#[test]
fn a_code_is_paid_once() {
    let mut stage = stage();
    stage.collects("K", 100);
    assert_eq!((stage.code_is("K"), stage.shown()), (CodeState::Offered, vec!["K"]));
    assert_eq!(stage.pays_by("P1", "K"), Ok(()));
    assert_eq!((stage.code_is("K"), stage.shown()), (CodeState::Held("P1".into()), vec!["K"]));
    assert_eq!(stage.pays_by("P2", "K"), Err(Code::CodeUsed));
    assert_eq!(stage.act(member("M1"), cancel("K")), Err(Code::CodeUsed));
    stage.arrives("P1", "c1", 100);
    assert_eq!(stage.pump(), [""; 0]);
    assert_eq!((stage.code_is("K"), stage.shown()), (CodeState::Used("P1".into()), vec![]));
    assert_eq!(stage.pays_by("P2", "K"), Err(Code::CodeUsed));
    assert_eq!(stage.act(member("M1"), cancel("K")), Err(Code::CodeUsed));
    stage.collects("L", 100);
    let twice = [by_code("O1", 100, "L"), by_code("O2", 100, "L")];
    assert_eq!(stage.act(member("M2"), open("P3", Some("M2"), &twice)), Err(Code::CodeUsed));
}

#[test]
fn a_code_is_paid_with_its_amount_in_its_store_and_time() {
    let mut stage = stage();
    stage.collects("K", 100);
    stage.collects("L", 100);
    let other_store = Planned::Store {
        order: "O1".into(),
        store: "S2".into(),
        amount: 100,
        from_spend: 0,
        code: Some("K".into()),
    };
    for (order, code) in [
        (by_code("O1", 99, "K"), Code::CodeDiffers),
        (other_store, Code::CodeDiffers),
        (by_code("O1", 100, "N"), Code::UnknownCode),
    ] {
        assert_eq!(stage.act(member("M2"), open("P", Some("M2"), &[order])), Err(code));
    }
    assert_eq!(stage.act(member("M1"), cancel("L")), Ok(()));
    assert_eq!(stage.pays_by("P", "L"), Err(Code::CodeCancelled));
    assert_eq!(stage.act(member("M1"), cancel("L")), Err(Code::CodeCancelled));
    stage.later(300);
    assert_eq!(stage.pays_by("P", "K"), Err(Code::CodeExpired));
    stage.later(-1);
    assert_eq!(stage.pays_by("P", "K"), Ok(()));
}

#[test]
fn a_code_is_free_again_when_its_payment_ends_without_money() {
    let mut stage = stage();
    stage.collects("K", 100);
    for (payment, ends) in [("P1", declined("P1")), ("P2", closed("P2"))] {
        assert_eq!(stage.pays_by(payment, "K"), Ok(()));
        assert_eq!(stage.by_provider(ends), Ok(()));
        assert_eq!(stage.code_is("K"), CodeState::Offered);
    }
    assert_eq!(stage.pays_by("P3", "K"), Ok(()));
    stage.arrives("P3", "c3", 100);
    stage.arrives("P1", "c1", 100);
    assert_eq!(stage.pump(), ["code_used"], "the late money of the first goes back");
    assert_eq!((stage.stage_of("P3"), stage.stage_of("P1")), (Stage::CarriedOut, Stage::GivingBack));
    assert_eq!((stage.owed_back("P3"), stage.owed_back("P1")), (0, 100));
    assert_eq!(stage.code_is("K"), CodeState::Used("P3".into()));
}

#[test]
fn late_money_pays_an_expired_code_that_nobody_else_paid_and_no_cancelled_one() {
    let mut stage = stage();
    stage.collects("K", 100);
    stage.collects("L", 100);
    assert_eq!((stage.pays_by("P1", "K"), stage.pays_by("P2", "L")), (Ok(()), Ok(())));
    stage.later(3600);
    assert_eq!(stage.pump(), [""; 0]);
    assert_eq!(stage.act(member("M1"), cancel("L")), Ok(()));
    stage.arrives("P1", "c1", 100);
    assert_eq!(stage.code_is("K"), CodeState::Held("P1".into()), "nobody comes between");
    stage.arrives("P2", "c2", 100);
    assert_eq!(stage.pump(), ["code_cancelled"]);
    assert_eq!((stage.stage_of("P1"), stage.stage_of("P2")), (Stage::CarriedOut, Stage::GivingBack));
}

#[test]
fn an_order_that_is_given_up_frees_its_code() {
    let mut stage = stage();
    stage.collects("K", 100);
    assert_eq!(stage.pays_by("P1", "K"), Ok(()));
    stage.arrives("P1", "c1", 100);
    assert_eq!(stage.by_service(give_up("P1", "order-P1", "store_closed")), Ok(()));
    assert_eq!(stage.code_is("K"), CodeState::Offered);
}

#[test]
fn a_new_code_takes_the_expired_ones_off_the_list() {
    let mut stage = stage();
    stage.collects("K1", 100);
    stage.collects("K2", 100);
    assert_eq!(stage.pays_by("P1", "K2"), Ok(()));
    stage.later(301);
    stage.collects("K3", 100);
    assert_eq!(stage.shown(), ["K2", "K3"], "the one that is being paid stays");
}
