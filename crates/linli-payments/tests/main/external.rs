//! What only the operator's own system does: it fetches asks, and reports, and is not believed everything.

use crate::providers::{Driver, ExternalDriver, code, event, payment, payout, secret, split};
use crate::support::{NOW, database, fen, id, line, on_both};
use linli_payments::external::ExternalConfig;
use linli_payments::{
    Code, Day, Event, External, Happened, Hold, PostgresRecords, Provider, Records, Sandbox, Secret,
    SignedCall, SplitLimits, Subject,
};
use std::sync::Arc;

fn paid(payment: &str, charge: &str, amount: u64) -> Happened {
    Happened::Paid { payment: id(payment), charge: id(charge), amount: fen(amount), payer: None }
}

fn refunded(refund: &str, charge: &str, amount: u64) -> Happened {
    Happened::Refunded { refund: id(refund), payment: id("P1"), charge: id(charge), amount: fen(amount) }
}

#[test]
fn asks_are_fetched_once_each_in_their_order() {
    on_both(|records| {
        let driver = ExternalDriver::new(records);
        let asks = [payment("P1", 1_000, Hold::Nothing), payout("O1", 300), payout("O2", 400)];
        for ask in asks.iter().chain(&asks) {
            driver.external.ask(ask, NOW).expect("taken");
        }
        let fetched = driver.external.asked(0, 2).expect("fetched");
        assert_eq!(fetched.iter().map(|asked| asked.seq).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(fetched[0].ask, asks[0]);
        let rest = driver.external.asked(2, 99).expect("fetched");
        assert_eq!((rest.len(), &rest[0].ask, rest[0].at), (1, &asks[2], NOW));
        let text = serde_json::to_string(&rest[0]).expect("JSON");
        assert_eq!(
            text,
            r#"{"seq":3,"at":1767225600,"ask":{"ask":"payout","id":"O2","amount":400,"to":{"person":"openid-77"},"title":"提现"}}"#
        );
    });
}

#[test]
fn a_till_reports_payments_and_refunds_without_an_ask_and_nothing_else() {
    on_both(|records| {
        let driver = ExternalDriver::new(records);
        assert_eq!(code(driver.say(refunded("R1", "C1", 100), NOW)), Code::EventTooEarly);
        driver.say(paid("P1", "C1", 1_000), NOW).expect("a till");
        driver.say(refunded("R1", "C1", 900), NOW).expect("a till");
        assert_eq!(code(driver.say(refunded("R2", "C1", 101), NOW)), Code::OverRefund);
        let (why, charge) = (line("why"), id("C1"));
        for (happened, refused) in [
            (Happened::Declined { payment: id("P9"), why: why.clone() }, Code::UnknownPayment),
            (Happened::Closed { payment: id("P9") }, Code::UnknownPayment),
            (Happened::RefundFailed { refund: id("R9"), why: why.clone() }, Code::UnknownRefund),
            (Happened::PaidOut { payout: id("O9"), amount: fen(1) }, Code::UnknownPayout),
            (
                Happened::PayoutFailed { payout: id("O9"), amount: fen(1), why: why.clone() },
                Code::UnknownPayout,
            ),
            (Happened::Split { split: id("S9"), charge: charge.clone(), amount: fen(1) }, Code::UnknownSplit),
            (Happened::SplitFailed { split: id("S9"), why }, Code::UnknownSplit),
            (Happened::Released { payment: id("P1"), charge }, Code::EventContradicts),
        ] {
            let subject = happened.subject();
            assert_eq!(code(driver.say(happened, NOW)), refused, "{subject}");
            assert_eq!(driver.external.query(&subject, NOW).map(|events| events.len()), Ok(0), "{subject}");
        }
    });
}

#[test]
fn a_second_charge_is_news_and_a_repeated_report_is_none() {
    on_both(|records| {
        let driver = ExternalDriver::new(records);
        let first = event(paid("P1", "C1", 1_000), NOW);
        for _ in 0..3 {
            assert_eq!(driver.report(&first, NOW), Ok(first.clone()));
        }
        let told_anew = Event { id: id("another-id"), ..first.clone() };
        driver.report(&told_anew, NOW).expect("the same charge");
        driver.say(paid("P1", "C2", 1_000), NOW).expect("another charge");
        let events = driver.external.query(&Subject::Payment(id("P1")), NOW).expect("events");
        assert_eq!(events.len(), 2, "{events:?}");
    });
}

#[test]
fn what_contradicts_is_refused() {
    on_both(|records| {
        let driver = ExternalDriver::new(records);
        driver.external.ask(&payment("P1", 1_000, Hold::ForSplits), NOW).expect("taken");
        driver.external.ask(&payout("O1", 300), NOW).expect("taken");
        let first = driver.say(paid("P1", "C1", 1_000), NOW).expect("paid");
        driver.external.ask(&split("S1", "P1", &id("C1"), &[100]), NOW).expect("taken");
        for happened in [
            paid("P1", "C1", 999),
            paid("P2", "C1", 1_000),
            Happened::PaidOut { payout: id("O1"), amount: fen(299) },
            Happened::Split { split: id("S1"), charge: id("C1"), amount: fen(99) },
            Happened::Released { payment: id("P2"), charge: id("C1") },
        ] {
            assert_eq!(code(driver.say(happened.clone(), NOW)), Code::EventContradicts, "{happened:?}");
        }
        let same_id = Event { happened: paid("P3", "C3", 1), ..first };
        assert_eq!(code(driver.report(&same_id, NOW)), Code::EventContradicts);
    });
}

#[test]
fn an_event_from_later_than_now_waits() {
    on_both(|records| {
        let driver = ExternalDriver::new(records);
        let early = event(paid("P1", "C1", 1), NOW + 301);
        assert_eq!(code(driver.report(&early, NOW)), Code::EventFromFuture);
        driver.report(&early, NOW + 1).expect("300 seconds ahead");
        let old = event(paid("P2", "C2", 1), NOW - 86_400 * 30);
        driver.report(&old, NOW).expect("late");
    });
}

#[test]
fn only_who_has_the_secret_is_believed_also_while_it_is_replaced() {
    on_both(|records| {
        let new = Secret::new(&[9; 32]).expect("a secret");
        let config = |secrets| ExternalConfig { secrets, page_prefix: None, limits: SplitLimits::USUAL };
        let external = External::new(records.clone(), config(vec![new.clone(), secret()])).expect("external");
        let body = event(paid("P1", "C1", 1_000), NOW).write();
        for (secret, believed) in
            [(new, true), (secret(), true), (Secret::new(&[8; 32]).expect("a secret"), false)]
        {
            let call = SignedCall::sign(&secret, id("call"), NOW, body.clone());
            assert_eq!(external.read_callback(&call, NOW).is_ok(), believed);
            if !believed {
                assert_eq!(code(external.take_bill(&call, NOW)), Code::SignatureWrong);
            }
        }
        assert_eq!(code(External::new(records, config(Vec::new()))), Code::BadSecret);
    });
}

#[test]
fn a_day_has_one_bill() {
    on_both(|records| {
        let driver = ExternalDriver::new(records);
        let day = Day::of(NOW).expect("a day");
        let after = day.ends();
        assert_eq!(code(driver.external.bill(day, after)), Code::BillMissing);
        let bill =
            format!("kind,id,payment,charge,amount,at\npayment,P1,,C1,10.00,{NOW}\ntotal,1,,,10.00,{day}\n");
        let take =
            |text: &str, now| driver.external.take_bill(&driver.sign(text.as_bytes().to_vec(), now), now);
        assert_eq!(code(take(&bill, after - 1)), Code::BillNotReady);
        assert_eq!(code(take(&bill.replace("total,1", "total,2"), after)), Code::BadBill);
        assert_eq!(code(driver.external.bill(day, after)), Code::BillMissing);
        assert_eq!(take(&bill, after), Ok(day));
        assert_eq!(take(&bill, after + 9), Ok(day), "the same again");
        assert_eq!(code(take(&bill.replace("C1", "C2"), after)), Code::BillDiffers);
        assert_eq!(driver.external.bill(day, after).map(|bill| bill.write()), Ok(bill));
    });
}

#[test]
fn money_of_a_sandbox_is_never_taken_for_real() {
    let records: Arc<dyn Records> = Arc::new(PostgresRecords::sandbox(&database()));
    let driver = ExternalDriver::new(records.clone());
    assert!(driver.provider().is_real());
    let fault = Sandbox::new(records, secret(), "/").expect_err("another provider's");
    assert_eq!(fault.code(), "records_damaged");
    assert!(fault.to_string().ends_with("has the records of the provider external"), "{fault}");
}
