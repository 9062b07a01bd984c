//! What every provider must do, over every store: the sentences of `provider.rs`.

use crate::providers::{Driver, code, on_each, payment, payout, refund, split};
use crate::support::{NOW, fen, id, line};
use linli_payments::sandbox::Failing;
use linli_payments::{
    Ask, BillLine, Code, Day, Event, Happened, Hold, Id, Kind, Provider, Receipt, Subject, standing,
};

fn ask(driver: &dyn Driver, what: &Ask) -> Receipt {
    driver.provider().ask(what, NOW).expect("taken")
}

/// A payment that is paid; gives its charge.
fn paid(driver: &dyn Driver, name: &str, amount: u64, hold: Hold) -> Id {
    let receipt = ask(driver, &payment(name, amount, hold));
    driver.pay(name, &receipt, NOW)
}

fn events(provider: &dyn Provider, subject: &Subject) -> Vec<Event> {
    provider.query(subject, NOW + 10).expect("events")
}

#[test]
fn an_ask_that_is_repeated_gets_the_first_receipt_and_does_nothing() {
    on_each(|driver| {
        let first = payment("P1", 1_000, Hold::Nothing);
        let receipt = ask(driver, &first);
        assert!(receipt.page.as_ref().is_some_and(|page| page.starts_with(['/', 'h'])), "{receipt:?}");
        assert_eq!(driver.provider().ask(&first, NOW + 5), Ok(receipt.clone()));
        let charge = driver.pay("P1", &receipt, NOW);
        assert_eq!(driver.provider().ask(&first, NOW + 9_999), Ok(receipt), "though it has expired by now");
        let back = refund("R1", "P1", &charge, 1_000);
        assert_eq!(ask(driver, &back), ask(driver, &back));
        let more = refund("R2", "P1", &charge, 1);
        assert_eq!(code(driver.provider().ask(&more, NOW)), Code::OverRefund);
    });
}

#[test]
fn an_id_with_other_content_is_refused_before_anything_else() {
    on_each(|driver| {
        let charge = paid(driver, "P1", 1_000, Hold::ForSplits);
        ask(driver, &refund("X", "P1", &charge, 10));
        ask(driver, &payout("X", 10));
        ask(driver, &split("X", "P1", &charge, &[10]));
        for other in [
            payment("P1", 999, Hold::ForSplits),
            payment("P1", 1_000, Hold::Nothing),
            refund("X", "P9", &charge, 9_999),
            payout("X", 11),
            split("X", "P1", &charge, &[5, 5]),
        ] {
            assert_eq!(code(driver.provider().ask(&other, NOW)), Code::IdReused, "{other:?}");
        }
    });
}

#[test]
fn asks_are_refused_in_the_order_that_the_trait_says() {
    on_each(|driver| {
        let provider = driver.provider();
        let charge = paid(driver, "P1", 1_000, Hold::Nothing);
        ask(driver, &payment("P2", 1_000, Hold::Nothing));
        let close = |name: &str| Ask::Close { payment: id(name) };
        let finish = |name: &str| Ask::Finish { payment: id(name), charge: charge.clone() };
        for (what, refused) in [
            (refund("R1", "P9", &charge, 9_999), Code::UnknownPayment),
            (refund("R1", "P2", &charge, 9_999), Code::UnknownCharge),
            (refund("R1", "P1", &id("C9"), 9_999), Code::UnknownCharge),
            (refund("R1", "P1", &charge, 1_001), Code::OverRefund),
            (split("S1", "P9", &charge, &[9_999]), Code::UnknownPayment),
            (split("S1", "P2", &charge, &[9_999]), Code::UnknownCharge),
            (split("S1", "P1", &charge, &[9_999]), Code::NotHeld),
            (finish("P9"), Code::UnknownPayment),
            (finish("P1"), Code::NotHeld),
            (close("P9"), Code::UnknownPayment),
            (close("P1"), Code::PaymentEnded),
        ] {
            assert_eq!(code(provider.ask(&what, NOW)), refused, "{what:?}");
        }
        let late = payment("P3", 1, Hold::Nothing);
        assert_eq!(code(provider.ask(&late, NOW + 900)), Code::AlreadyExpired);
        ask(driver, &refund("R1", "P1", &charge, 1_000));
    });
}

#[test]
fn what_was_refused_left_nothing_behind() {
    on_each(|driver| {
        let charge = paid(driver, "P1", 1_000, Hold::Nothing);
        let refused = driver.provider().ask(&refund("R1", "P1", &charge, 1_001), NOW);
        assert_eq!(code(refused), Code::OverRefund);
        ask(driver, &refund("R1", "P1", &charge, 1_000));
    });
}

#[test]
fn two_refunds_never_exceed_the_charge_and_one_that_failed_is_free_again() {
    on_each(|driver| {
        let charge = paid(driver, "P1", 1_000, Hold::Nothing);
        driver.fail_next(Failing::Refund, NOW);
        ask(driver, &refund("R1", "P1", &charge, 700));
        assert_eq!(code(driver.provider().ask(&refund("R2", "P1", &charge, 301), NOW)), Code::OverRefund);
        let why = line("the sandbox was told to let this fail");
        driver.end(Happened::RefundFailed { refund: id("R1"), why }, NOW + 3);
        driver.provider().ask(&refund("R2", "P1", &charge, 1_000), NOW + 4).expect("free again");
        let (payment, amount) = (id("P1"), fen(1_000));
        driver.end(Happened::Refunded { refund: id("R2"), payment, charge: charge.clone(), amount }, NOW + 7);
        let told = |refund: &str| events(driver.provider(), &Subject::Refund(id(refund)));
        assert!(matches!(told("R1")[..], [Event { happened: Happened::RefundFailed { .. }, .. }]));
        assert!(matches!(told("R2")[..], [Event { happened: Happened::Refunded { .. }, .. }]));
        assert_eq!(code(driver.provider().ask(&refund("R3", "P1", &charge, 1), NOW + 8)), Code::OverRefund);
    });
}

#[test]
fn a_payout_may_be_done_and_come_back_later() {
    on_each(|driver| {
        ask(driver, &payout("O1", 300));
        driver.end(Happened::PaidOut { payout: id("O1"), amount: fen(300) }, NOW + 3);
        let of = Subject::Payout(id("O1"));
        let done = events(driver.provider(), &of);
        assert!(matches!(standing(&done), Some(Event { happened: Happened::PaidOut { .. }, .. })));
        driver.return_payout("O1", NOW + 10);
        let both = events(driver.provider(), &of);
        assert_eq!((both.len(), &both[0]), (2, &done[0]), "what was told is told again as it was");
        assert!(matches!(standing(&both), Some(Event { happened: Happened::PayoutFailed { .. }, .. })));
    });
}

#[test]
fn splits_keep_the_usual_limits_and_end_with_the_hold() {
    on_each(|driver| {
        let charge = paid(driver, "P1", 1_000, Hold::ForSplits);
        let provider = driver.provider();
        driver.fail_next(Failing::Split, NOW);
        ask(driver, &split("S1", "P1", &charge, &[200, 100]));
        assert_eq!(code(provider.ask(&split("S2", "P1", &charge, &[1]), NOW)), Code::SplitOverRate);
        let why = line("the sandbox was told to let this fail");
        driver.end(Happened::SplitFailed { split: id("S1"), why }, NOW + 3);
        provider.ask(&split("S2", "P1", &charge, &[250]), NOW + 4).expect("free again");
        driver.end(Happened::Split { split: id("S2"), charge: charge.clone(), amount: fen(250) }, NOW + 7);
        assert_eq!(code(provider.ask(&split("S3", "P1", &charge, &[51]), NOW + 8)), Code::SplitOverRate);
        provider.ask(&refund("R1", "P1", &charge, 1_000), NOW + 8).expect("a refund waits for no split");
        assert_eq!(code(provider.ask(&split("S3", "P1", &charge, &[1]), NOW + 8)), Code::SplitOverCharge);
        let finish = Ask::Finish { payment: id("P1"), charge: charge.clone() };
        provider.ask(&finish, NOW + 9).expect("finished");
        assert_eq!(code(provider.ask(&split("S3", "P1", &charge, &[1]), NOW + 10)), Code::NotHeld);
        let day_200 = NOW + 200 * 86_400;
        assert_eq!(provider.query(&Subject::Split(id("S3")), day_200), Ok(Vec::new()));
    });
}

#[test]
fn failed_splits_count_as_requests() {
    on_each(|driver| {
        let charge = paid(driver, "P1", 10_000, Hold::ForSplits);
        for number in 0..50 {
            ask(driver, &split(&format!("S{number}"), "P1", &charge, &[1]));
        }
        let one_more = split("S50", "P1", &charge, &[1]);
        assert_eq!(code(driver.provider().ask(&one_more, NOW)), Code::SplitTooManyRequests);
    });
}

#[test]
fn a_bill_is_there_when_its_day_is_over_and_never_changes() {
    on_each(|driver| {
        let provider = driver.provider();
        let charge = paid(driver, "P1", 1_000, Hold::Nothing);
        let day = Day::of(NOW).expect("a day");
        assert_eq!(code(provider.bill(day, day.ends() - 1)), Code::BillNotReady);
        let (id, payment) = (id("P1"), None);
        let line = BillLine {
            kind: Kind::Payment,
            id,
            payment,
            charge: Some(charge.clone()),
            amount: fen(1_000),
            at: NOW,
        };
        driver.close_day(std::slice::from_ref(&line), day.ends());
        let bill = provider.bill(day, day.ends()).expect("there");
        assert_eq!((bill.day, &bill.lines), (day, &vec![line]));
        // A clock that is behind adds nothing to a day that is over.
        provider.ask(&refund("R1", "P1", &charge, 1), NOW + 20).expect("taken");
        assert_eq!(provider.bill(day, day.ends() + 100), Ok(bill));
    });
}

#[test]
fn nothing_is_known_of_what_was_never_asked() {
    on_each(|driver| {
        for subject in [
            Subject::Payment(id("X")),
            Subject::Refund(id("X")),
            Subject::Payout(id("X")),
            Subject::Split(id("X")),
            Subject::Hold(id("X")),
        ] {
            assert_eq!(driver.provider().query(&subject, NOW), Ok(Vec::new()));
        }
        let is_sandbox = driver.provider().name() == "sandbox";
        assert_ne!(driver.provider().is_real(), is_sandbox);
    });
}
