//! Who may ask, for what, how often and until when; and offers that nobody asked for.

use super::*;
use crate::refund::Origin;
use linli_economy::order::Phase;

#[test]
fn a_request_waits_three_days_for_the_seller() {
    let mut stage = stage();
    stage.asks("Q1", "O1", 400);
    let until = linli_economy::time::Instant { seconds: stage.now.seconds + 3 * DAY, ..stage.now };
    let request = stage.request("Q1");
    assert_eq!((request.stage, request.fen, request.origin), (Stage::AtSeller(until), 400, Origin::Asked));
    assert_eq!(request.since, stage.now);
    let (refunds, seller) = (&stage.platform.refunds, Seller::Store("S1".into()));
    let ids =
        |requests: Vec<(&str, &Request)>| requests.iter().map(|(id, _)| (*id).to_owned()).collect::<Vec<_>>();
    assert_eq!(ids(refunds.at_seller(&seller).collect()), ["Q1"]);
    assert_eq!(ids(refunds.at_seller(&Seller::Store("S2".into())).collect()), [""; 0]);
    assert_eq!(ids(refunds.of_member("M2").collect()), ["Q1"]);
    assert_eq!(ids(refunds.of_order("O1").collect()), ["Q1"]);
    assert_eq!((refunds.open_of("O1"), refunds.open_of("O3")), (Some("Q1"), None));
    assert_eq!(stage.order("O1").cancelled, 0, "asking moves no money");
}

#[test]
fn what_cannot_be_asked_for_is_refused() {
    let mut stage = stage();
    stage.asks("Q1", "O1", 400);
    let with = |act: &RefundAct, change: fn(&mut Bought, &mut Vec<u8>)| {
        let mut act = act.clone();
        let RefundAct::Ask { bought, sealed_reason, .. } = &mut act else { panic!("it asks") };
        change(bought, sealed_reason);
        act
    };
    let good = stage.asking("Q2", "O3", 400);
    for (by, act, code) in [
        ("M2", stage.asking("", "O3", 400), Code::BadText),
        ("M2", with(&good, |_, reason| reason.clear()), Code::BadText),
        ("M2", with(&good, |_, reason| *reason = vec![0; 8193]), Code::BadText),
        ("M2", stage.asking("Q1", "O3", 400), Code::RequestExists),
        ("M2", with(&good, |bought, _| bought.order = "N".into()), Code::UnknownOrder),
        ("M3", with(&good, |bought, _| bought.member = Some("M3".into())), Code::OrderChanged),
        ("M2", with(&good, |bought, _| bought.seller = Seller::Store("S2".into())), Code::OrderChanged),
        ("M3", good.clone(), Code::NotYours),
        ("M2", stage.asking("Q2", "O2", 400), Code::NotYours),
        ("M2", stage.asking("Q2", "O1", 400), Code::RequestOpen),
        ("M2", stage.asking("Q2", "O3", 0), Code::BadAmount),
        ("M2", stage.asking("Q2", "O3", u64::MAX), Code::BadAmount),
        ("M2", stage.asking("Q2", "O3", 1001), Code::OverRefund),
        ("M2", stage.asking("Q2", "B1", 1999), Code::WholeOnly),
        ("M2", stage.asking("Q2", "B1", 2001), Code::OverRefund),
    ] {
        assert_eq!(stage.act(member(by), act.clone()), Err(code), "{act:?}");
    }
    assert_eq!(stage.by_operator(good.clone()), Err(Code::NotYours), "whoever is no member offers");
    assert_eq!(stage.act(member("M2"), good), Ok(()));
    stage.asks("Q3", "B1", 2000);
}

#[test]
fn a_member_asks_within_the_days_of_the_plan() {
    for (order, days) in [("O1", 7), ("O3", 7)] {
        let mut stage = stage();
        stage.later(days * DAY + 1);
        let act = stage.asking("Q1", order, 1);
        assert_eq!(stage.act(member("M2"), act), Err(Code::RefundLate), "{order}");
        stage.later(-1);
        stage.asks("Q1", order, 1);
    }
    let mut stage = stage();
    stage.later(8 * DAY);
    stage.commands(r#"{"cmd":"settle","order":"O1","at":"2026-01-08T00:00:00Z"}"#);
    stage.asks("Q1", "O1", 1);
}

#[test]
fn an_order_is_asked_back_at_most_twenty_times() {
    let mut stage = stage();
    let offered = stage.offering("offer", "O3", 1, Side::Operator);
    assert_eq!(stage.by_operator(offered), Ok(()));
    for number in 0..20 {
        let id = format!("Q{number}");
        stage.asks(&id, "O3", 1);
        assert_eq!(stage.act(member("M2"), withdraw(&id)), Ok(()));
    }
    let act = stage.asking("Q20", "O3", 1);
    assert_eq!(stage.act(member("M2"), act), Err(Code::TooManyRequests));
    stage.asks("Q21", "O1", 1);
}

#[test]
fn an_offer_gives_back_at_once_and_at_any_age() {
    let mut stage = stage();
    stage.later(400 * DAY);
    for (id, order, side, by) in
        [("Q1", "O1", Side::Seller, member("M1")), ("Q2", "O3", Side::Operator, staff())]
    {
        let act = stage.offering(id, order, 400, side);
        assert_eq!(stage.act(by, act), Ok(()), "{order}");
        assert_eq!((stage.request_is(id), stage.request(id).origin), (Stage::Agreed, Origin::Offered(side)));
    }
    assert_eq!((stage.order("O1").cancelled, stage.order("O3").refunded), (400, 400));
    let act = stage.offering("Q3", "O2", 1000, Side::Seller);
    assert_eq!(stage.act(Actor::Key("till".into()), act), Ok(()), "an order without a member too");
    assert_eq!(stage.order("O2").phase, Phase::GivenBack);
    let act = stage.offering("Q4", "B1", 2000, Side::Operator);
    assert_eq!(stage.act(Actor::Machine, act), Ok(()));
    assert_eq!(stage.request("Q4").bought.seller, Seller::Supplier("U1".into()));
}

#[test]
fn what_cannot_be_offered_is_refused() {
    let mut stage = stage();
    stage.asks("Q1", "O1", 1000);
    let seller = |id: &str, order: &str, fen: u64| stage.offering(id, order, fen, Side::Seller);
    let operator = stage.offering("Q2", "O3", 1, Side::Operator);
    let moved = {
        let mut act = seller("Q2", "O3", 1);
        let RefundAct::Offer { bought, .. } = &mut act else { panic!("it offers") };
        bought.member = None;
        act
    };
    let acts = [
        (member("M1"), seller("Q1", "O3", 1), Code::RequestExists),
        (member("M1"), seller("Q 2", "O3", 1), Code::BadText),
        (member("M1"), moved, Code::OrderChanged),
        (member("M1"), seller("Q2", "O3", 0), Code::BadAmount),
        (member("M1"), seller("Q2", "O3", 1001), Code::OverRefund),
        (member("M1"), seller("Q2", "B1", 1), Code::WholeOnly),
        (Actor::Service, seller("Q2", "O3", 1), Code::WrongActor),
        (Actor::Provider, seller("Q2", "O3", 1), Code::WrongActor),
        (Actor::Machine, seller("Q2", "O3", 1), Code::WrongActor),
        (member("M1"), operator, Code::WrongActor),
        (member("M2"), seller("Q2", "O3", 1), Code::OwnRequest),
        (member("M2"), seller("Q2", "B1", 2000), Code::OwnRequest),
    ];
    for (by, act, code) in acts {
        assert_eq!(stage.act(by.clone(), act.clone()), Err(code), "{by} {act:?}");
    }
}

#[test]
fn who_owns_the_store_may_give_their_own_order_back() {
    let mut stage = stage();
    stage.commands(r#"{"cmd":"pay","order":"OWN","member":"M1","store":"S1","amount":"1.00"}"#);
    let act = stage.offering("Q1", "OWN", 100, Side::Seller);
    assert_eq!(stage.by_seller(act), Ok(()));
}
