//! Offering, changing and buying deals.

use super::*;
use linli_economy::limits::AMOUNT_LIMIT_FEN;

fn offer(world: &World, deal: &str, store: &str) -> DealAct {
    DealAct::Offer { deal: deal.into(), store: store.into(), terms: world.terms(), sale: world.sale() }
}

fn publish(store: &str) -> DealAct {
    DealAct::Publish { deal: "D".into(), store: store.into() }
}

fn withdraw(store: &str) -> DealAct {
    DealAct::Withdraw { deal: "D".into(), store: store.into() }
}

#[test]
fn a_deal_is_drafted_published_and_withdrawn() {
    let mut world = World::new();
    assert_eq!(world.by("M", publish("S")), Err(Code::UnknownDeal));
    assert_eq!(world.by("M", offer(&world, "D", "S")), Ok(()));
    assert_eq!(world.deal().state, DealState::Draft);
    assert_eq!(world.by("M", offer(&world, "D", "S")), Err(Code::DealExists));
    assert_eq!(world.buy("O", 1), Err(Code::DealNotOnSale));
    assert_eq!(world.by("M", publish("S")), Ok(()));
    assert_eq!(world.by("M", publish("S")), Err(Code::DealState));
    assert_eq!(world.buy("O", 1), Ok(()));
    assert_eq!(world.by("M", withdraw("S")), Ok(()));
    assert_eq!(world.deal().state, DealState::Withdrawn);
    assert_eq!(world.by("M", withdraw("S")), Err(Code::DealState));
    assert_eq!(world.by("M", publish("S")), Err(Code::DealState));
    assert_eq!(world.buy("P", 1), Err(Code::DealNotOnSale));
    let (terms, sale) = (world.terms(), world.sale());
    assert_eq!(world.change(terms, sale), Err(Code::DealState));
    world.pay("O");
    assert_eq!(world.verify("v", "O", 1), Ok(()), "what was bought stays valid");
}

#[test]
fn a_draft_is_withdrawn_without_having_been_sold() {
    let mut world = World::new();
    assert_eq!(world.by("M", offer(&world, "D", "S")), Ok(()));
    assert_eq!(world.by("M", withdraw("S")), Ok(()));
    assert_eq!(world.by("M", publish("S")), Err(Code::DealState));
    assert_eq!(world.by("M", offer(&world, "D", "S")), Err(Code::DealExists), "an id is never used again");
}

#[test]
fn a_deal_is_its_stores() {
    let mut world = World::selling();
    let change =
        DealAct::Change { deal: "D".into(), store: "T".into(), terms: world.terms(), sale: world.sale() };
    for act in [publish("T"), withdraw("T"), change] {
        assert_eq!(world.by("M", act), Err(Code::DealOfAnother));
    }
    for by in [Actor::Service, Actor::Provider] {
        for act in [offer(&world, "E", "S"), withdraw("S")] {
            assert_eq!(world.stage.act(by.clone(), act), Err(Code::DealActor));
        }
    }
    assert_eq!(world.by("M", offer(&world, "E", "X")), Err(Code::DealStoreUnknown));
    world.stage.commands(r#"{"cmd":"close_store","store":"S"}"#);
    assert_eq!(world.by("M", offer(&world, "E", "S")), Err(Code::DealStoreClosed));
    assert_eq!(world.buy("O", 1), Err(Code::DealStoreClosed));
    let others = [Actor::Machine, Actor::Staff("s".into()), Actor::Key("till".into())];
    for (by, id) in others.into_iter().zip(["E", "F", "G"]) {
        assert_eq!(world.stage.act(by, offer(&world, id, "T")), Ok(()));
    }
    assert_eq!(world.deals().of_store("T").count(), 3);
    assert_eq!(world.deals().of_store("S").map(|(id, _)| id).collect::<Vec<_>>(), ["D"]);
    assert_eq!(world.deals().iter("D").count(), 3, "those after D");
}

#[test]
fn terms_that_break_a_rule_are_refused() {
    let mut world = World::selling();
    let (good, sale, now) = (world.terms(), world.sale(), world.stage.now);
    let yesterday = later(now, -DAY);
    for (terms, code) in [
        (DealTerms { uses: 0, ..good.clone() }, Code::BadDeal),
        (DealTerms { uses: 101, ..good.clone() }, Code::BadDeal),
        (DealTerms { price_fen: 2, ..good.clone() }, Code::BadDeal),
        (DealTerms { price_fen: AMOUNT_LIMIT_FEN + 1, ..good.clone() }, Code::BadDeal),
        (DealTerms { valid: Validity::Days(0), ..good.clone() }, Code::BadDeal),
        (DealTerms { valid: Validity::Days(3_651), ..good.clone() }, Code::BadDeal),
        (DealTerms { valid: Validity::Until(now), ..good.clone() }, Code::BadDeal),
        (DealTerms { valid: Validity::Until(yesterday), ..good.clone() }, Code::BadDeal),
        (DealTerms { title: String::new(), ..good.clone() }, Code::BadText),
        (DealTerms { title: "两\n行".into(), ..good.clone() }, Code::BadText),
        (DealTerms { text: String::new(), ..good.clone() }, Code::BadText),
        (DealTerms { text: "字".repeat(2_001), ..good.clone() }, Code::BadText),
        (DealTerms { text: "a\u{202e}b".into(), ..good.clone() }, Code::BadText),
        (DealTerms { text: "a\r\nb".into(), ..good.clone() }, Code::BadText),
    ] {
        let id =
            DealAct::Offer { deal: "E".into(), store: "S".into(), terms: terms.clone(), sale: sale.clone() };
        assert_eq!(world.by("M", id), Err(code), "{terms:?}");
        assert_eq!(world.change(terms, sale.clone()), Err(code));
    }
    for (stock, per_member, until) in
        [(Some(0), None, None), (None, Some(0), None), (None, None, Some(now)), (None, None, Some(yesterday))]
    {
        let sale = DealSale { stock, per_member, from: now, until };
        assert_eq!(world.change(good.clone(), sale), Err(Code::BadDeal));
    }
    let most =
        DealTerms { price_fen: AMOUNT_LIMIT_FEN, uses: 100, valid: Validity::Days(3_650), ..good.clone() };
    assert_eq!(world.change(most, sale.clone()), Ok(()));
    let least = DealTerms { price_fen: 1, uses: 1, valid: Validity::Days(1), ..good };
    assert_eq!(world.change(least, sale), Ok(()));
    assert_eq!(world.by("M", offer(&world, "a b", "S")), Err(Code::BadText));
}

#[test]
fn a_compared_price_is_complete_or_refused() {
    let mut world = World::selling();
    let sale = world.sale();
    let good = Compared {
        price_fen: 10_001,
        source: "本店菜单".into(),
        seen_at: world.stage.now,
        picture: "menu-2026".into(),
    };
    for (compared, expected) in [
        (good.clone(), Ok(())),
        (Compared { price_fen: 10_000, ..good.clone() }, Err(Code::BadComparison)),
        (Compared { price_fen: AMOUNT_LIMIT_FEN + 1, ..good.clone() }, Err(Code::BadComparison)),
        (Compared { seen_at: later(world.stage.now, 1), ..good.clone() }, Err(Code::BadComparison)),
        (Compared { source: String::new(), ..good.clone() }, Err(Code::BadText)),
        (Compared { picture: String::new(), ..good }, Err(Code::BadText)),
    ] {
        let terms = DealTerms { compared: Some(compared.clone()), ..world.terms() };
        assert_eq!(world.change(terms, sale.clone()), expected, "{compared:?}");
    }
}

#[test]
fn a_store_has_at_most_a_hundred_deals_that_are_not_withdrawn() {
    let mut world = World::selling();
    for number in 1..100 {
        assert_eq!(world.by("M", offer(&world, &format!("D{number}"), "S")), Ok(()));
    }
    assert_eq!(world.by("M", offer(&world, "E", "S")), Err(Code::TooManyDeals));
    assert_eq!(world.by("M", offer(&world, "E", "T")), Ok(()));
    assert_eq!(world.by("M", withdraw("S")), Ok(()));
    assert_eq!(world.by("M", offer(&world, "F", "S")), Ok(()));
}

#[test]
fn a_change_matters_only_for_later_purchases() {
    let mut world = World::selling();
    world.bought("O1", 1);
    let dear = DealTerms { price_fen: 20_000, uses: 1, ..world.terms() };
    let (seen, sale) = (world.buying("O2", 1), world.sale());
    assert_eq!(world.change(dear.clone(), sale.clone()), Ok(()));
    assert_eq!(world.by("A", DealAct::Buy(seen)), Err(Code::DealChanged), "the member saw other terms");
    world.bought("O2", 1);
    let (first, second) = (world.purchase("O1").clone(), world.purchase("O2").clone());
    assert_eq!((first.amount_fen, first.uses, second.amount_fen, second.uses), (10_000, 3, 20_000, 1));
    assert_eq!(world.deal().terms_of(first.version), Some(&world.terms()));
    assert_eq!(world.deal().terms_of(second.version), Some(&dear));
    assert_eq!(world.change(dear, DealSale { stock: Some(9), ..sale }), Ok(()));
    assert_eq!(world.deal().version(), 2, "a change of the sale alone is no change of the terms");
}

#[test]
fn terms_that_nobody_bought_under_are_not_kept() {
    let mut world = World::selling();
    let sale = world.sale();
    for price_fen in 10_001..10_201 {
        let terms = DealTerms { price_fen, ..world.terms() };
        assert_eq!(world.change(terms, sale.clone()), Ok(()));
    }
    assert_eq!((world.deal().version(), world.deal().terms_of(200)), (201, None));
    for number in 1..50 {
        world.bought(&format!("O{number}"), 1);
        let terms = DealTerms { price_fen: 20_000 + number, ..world.terms() };
        assert_eq!(world.change(terms, sale.clone()), Ok(()));
    }
    world.bought("O50", 1);
    let terms = DealTerms { price_fen: 30_000, ..world.terms() };
    assert_eq!(world.change(terms, sale.clone()), Err(Code::TooManyVersions));
    let same = world.deal().terms().clone();
    assert_eq!(world.change(same, sale), Ok(()), "without another version");
}

#[test]
fn a_deal_is_bought_within_its_times() {
    let mut world = World::new();
    let now = world.stage.now;
    let (terms, sale) = (world.terms(), world.sale());
    let sale = DealSale { from: later(now, DAY), until: Some(later(now, 2 * DAY)), ..sale };
    world.offer(terms.clone(), sale.clone());
    assert_eq!(world.buy("O1", 1), Err(Code::DealNotOnSale));
    world.later(DAY);
    assert_eq!(world.buy("O1", 1), Ok(()));
    world.later(DAY - 1);
    assert_eq!(world.buy("O2", 1), Ok(()));
    world.later(1);
    assert_eq!(world.buy("O3", 1), Err(Code::DealNotOnSale));
    let until = later(world.stage.now, RESERVATION_SECONDS);
    let sale = DealSale { until: None, ..sale };
    let short = DealTerms { valid: Validity::Until(until), ..terms.clone() };
    assert_eq!(world.change(short, sale.clone()), Ok(()));
    assert_eq!(world.buy("O3", 1), Err(Code::DealNotOnSale), "it could expire before it is paid");
    let enough = DealTerms { valid: Validity::Until(later(until, 1)), ..terms };
    assert_eq!(world.change(enough, sale), Ok(()));
    assert_eq!(world.buy("O3", 1), Ok(()));
}

#[test]
fn no_more_pieces_are_taken_than_there_are() {
    let mut world = World::new();
    let (terms, sale) = (world.terms(), world.sale());
    let sale = DealSale { stock: Some(5), per_member: Some(3), ..sale };
    world.offer(terms.clone(), sale.clone());
    assert_eq!(world.buy("O1", 4), Err(Code::MemberLimit));
    assert_eq!(world.buy("O1", 3), Ok(()));
    assert_eq!(world.buy("O2", 1), Err(Code::MemberLimit));
    let for_b = |buying: Buying| DealAct::Buy(Buying { member: "B".into(), ..buying });
    let three = world.buying("O2", 3);
    assert_eq!(world.by("B", for_b(three)), Err(Code::SoldOut));
    let two = world.buying("O2", 2);
    assert_eq!(world.by("B", for_b(two)), Ok(()));
    assert_eq!((world.deal().taken(), world.deal().taken_by("A")), (5, 3));
    assert_eq!(
        world.change(terms.clone(), DealSale { stock: Some(4), ..sale.clone() }),
        Err(Code::StockTaken)
    );
    assert_eq!(world.change(terms, DealSale { stock: Some(6), ..sale }), Ok(()));
    world.later(RESERVATION_SECONDS);
    assert_eq!(world.lapse("O1"), Ok(()));
    assert_eq!((world.deal().taken(), world.deal().taken_by("A")), (2, 0));
    assert_eq!(world.buy("O3", 3), Ok(()));
}

#[test]
fn a_deal_keeps_nothing_of_members_who_have_no_piece() {
    let mut world = World::selling();
    let mut after = Vec::new();
    for member in ["A", "B"] {
        let buying = Buying { member: member.into(), ..world.buying(member, 1) };
        assert_eq!(world.by(member, DealAct::Buy(buying)), Ok(()));
        world.later(RESERVATION_SECONDS);
        assert_eq!(world.lapse(member), Ok(()));
        after.push(world.deal().clone());
    }
    assert_eq!(after[0], after[1]);
}

#[test]
fn a_purchase_is_a_members_own_with_a_new_order_and_a_new_code() {
    let mut world = World::selling();
    let good = world.buying("O", 1);
    for (buying, code) in [
        (Buying { order: "a:b".into(), ..good.clone() }, Code::BadText),
        (Buying { sealed_code: Vec::new(), ..good.clone() }, Code::BadText),
        (Buying { sealed_code: vec![1; 257], ..good.clone() }, Code::BadText),
        (Buying { member: "B".into(), ..good.clone() }, Code::PurchaseOfAnother),
        (Buying { deal: "E".into(), ..good.clone() }, Code::UnknownDeal),
        (Buying { count: 0, ..good.clone() }, Code::BadCount),
        (Buying { count: 334, ..good.clone() }, Code::BadCount),
        (Buying { count: u32::MAX, ..good.clone() }, Code::BadCount),
        (Buying { version: 2, ..good.clone() }, Code::DealChanged),
    ] {
        assert_eq!(world.by("A", DealAct::Buy(buying.clone())), Err(code), "{buying:?}");
    }
    let of_nobody = Buying { member: "X".into(), ..good.clone() };
    assert_eq!(world.stage.by_machine(DealAct::Buy(of_nobody)), Err(Code::DealMemberUnknown));
    assert_eq!(world.service(DealAct::Buy(good.clone())), Err(Code::DealActor));
    world.stage.commands(r#"{"cmd":"pay","order":"O","store":"S","amount":"1.00"}"#);
    assert_eq!(world.by("A", DealAct::Buy(good.clone())), Err(Code::PurchaseExists));
    let good = Buying { order: "P".into(), ..good };
    assert_eq!(world.stage.by_machine(DealAct::Buy(good.clone())), Ok(()));
    assert_eq!(world.by("A", DealAct::Buy(good.clone())), Err(Code::PurchaseExists));
    let same_code = Buying { order: "Q".into(), ..good };
    assert_eq!(world.by("A", DealAct::Buy(same_code)), Err(Code::CodeTaken));
}

#[test]
fn a_purchase_is_within_the_economys_largest_order() {
    let mut world = World::new();
    let (terms, sale) = (world.terms(), world.sale());
    world.offer(DealTerms { price_fen: AMOUNT_LIMIT_FEN / 2, ..terms }, sale);
    assert_eq!(world.buy("O", 3), Err(Code::BadCount));
    assert_eq!(world.buy("O", 2), Ok(()));
    world.pay("O");
}

#[test]
fn a_member_keeps_at_most_five_purchases_unpaid() {
    let mut world = World::selling();
    for number in 1..=5 {
        assert_eq!(world.buy(&format!("O{number}"), 1), Ok(()));
    }
    assert_eq!(world.buy("O6", 1), Err(Code::TooManyUnpaid));
    let of_b = Buying { member: "B".into(), ..world.buying("B1", 1) };
    assert_eq!(world.by("B", DealAct::Buy(of_b)), Ok(()));
    world.pay("O3");
    assert_eq!(world.buy("O6", 1), Ok(()), "paid, though not confirmed yet");
}

/// As `Instant` is moved in these tests: seconds later.
fn later(from: Instant, seconds: i64) -> Instant {
    Instant { seconds: from.seconds + seconds, ..from }
}
