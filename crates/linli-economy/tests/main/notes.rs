//! What the state notes of members and orders beside their balances, for later commands and for whoever looks:
//! cycles, debts of points, frozen levels, and which results are kept whole. Must not be added here: what
//! a result or a balance shows (see `rules/`).

use crate::rules::plan_text;
use linli_economy::Economy;
use linli_economy::order::Order;
use linli_economy::refusal::Code;
use linli_economy::time::Instant;

/// An economy with member M, invited by A, and A's store S.
fn opened(plan: &str) -> Economy {
    let mut economy = Economy::open(&plan_text(plan).expect("a plan")).expect("a plan");
    for line in [
        r#"{"cmd":"open_member","member":"A"}"#,
        r#"{"cmd":"open_member","member":"M","inviter":"A"}"#,
        r#"{"cmd":"open_store","store":"S","owner":"A","district":"440106"}"#,
    ] {
        accept(&mut economy, line);
    }
    economy
}

fn accept(economy: &mut Economy, line: &str) {
    let answer = economy.apply(line);
    assert!(answer.outcome().is_ok(), "{line}: {}", answer.to_json());
}

fn settle(economy: &mut Economy, order: &str, amount: &str, at: &str) {
    accept(
        economy,
        &format!(
            r#"{{"cmd":"settle","order":"{order}","member":"M","store":"S","amount":"{amount}","at":"{at}T00:00:00Z"}}"#
        ),
    );
}

fn order<'e>(economy: &'e Economy, id: &str) -> &'e Order {
    &economy.state().orders()[economy.order_id(id).expect("it was opened").index()]
}

#[test]
fn an_entry_that_is_no_command_has_a_number_and_a_time_and_moves_nothing() {
    let mut economy = opened("seed-one");
    let (balances, at) = (economy.balances(), Instant::parse("2026-01-01T00:00:00Z").expect("a time"));
    assert_eq!(economy.skip(), 4);
    let answer = economy.pass(Some(at));
    assert_eq!(
        (answer.seq, answer.replayed, answer.outcome().map(|done| done.postings.len())),
        (5, false, Ok(0))
    );
    assert_eq!(economy.state().clock(), at);
    assert_eq!(economy.pass(None).seq, 6);
    let early = economy.pass(Some(Instant::EPOCH));
    assert_eq!(
        (early.seq, early.outcome().map_err(|refusal| refusal.code).err()),
        (7, Some(Code::TimeReversed))
    );
    assert_eq!((economy.seq(), economy.state().clock(), economy.balances()), (7, at, balances));
}

#[test]
fn an_order_that_mints_nothing_begins_no_cycle() {
    let mut economy = opened("seed-one");
    let plan =
        serde_json::json!({"cmd": "change_plan", "id": "P", "plan": plan_text("seed-one").expect("a plan")});
    accept(&mut economy, &plan.to_string());
    // One fen feeds the pool; 70% of it buy nothing.
    settle(&mut economy, "O1", "0.01", "2026-01-01");
    let cycle = |economy: &Economy| economy.state().members()[1].cycle.index();
    assert_eq!((economy.state().members()[1].spent.0, cycle(&economy)), (1, 0));
    settle(&mut economy, "O2", "100.00", "2026-01-01");
    assert_eq!(cycle(&economy), 1);
}

#[test]
fn a_member_owes_deduction_points_only_beyond_what_the_lot_holds() {
    let mut economy = opened("seed-one");
    settle(&mut economy, "O", "10.00", "2026-01-01");
    accept(&mut economy, r#"{"cmd":"deposit","id":"D","store":"S","amount":"10.00"}"#);
    let owes = |economy: &Economy| economy.state().members()[1].owes_deduction;
    // All 20.00 that the order awarded, in two parts.
    accept(&mut economy, r#"{"cmd":"refund","refund":"R1","order":"O","amount":"4.00"}"#);
    accept(&mut economy, r#"{"cmd":"refund","refund":"R2","order":"O","amount":"6.00"}"#);
    assert!(!owes(&economy));
    settle(&mut economy, "O2", "10.00", "2026-01-01");
    accept(
        &mut economy,
        r#"{"cmd":"pay_mall","order":"U","member":"M","supplier":"U","list_total":"1.00","cost":"0.10"}"#,
    );
    accept(&mut economy, r#"{"cmd":"refund","refund":"R3","order":"O2","amount":"9.75"}"#);
    assert!(!owes(&economy), "0.50 of 20.00 points were used, and 19.50 withdrawn");
    accept(&mut economy, r#"{"cmd":"refund","refund":"R4","order":"O2","amount":"0.25"}"#);
    assert!(owes(&economy));
    settle(&mut economy, "O3", "10.00", "2026-01-01");
    assert!(!owes(&economy), "a later award has paid it");
}

#[test]
fn lots_expire_only_where_points_are_lost() {
    let mut economy = opened("seed-one");
    settle(&mut economy, "O1", "10.00", "2026-01-01");
    accept(
        &mut economy,
        r#"{"cmd":"pay_mall","order":"U","member":"M","supplier":"U","list_total":"40.00","cost":"1.00"}"#,
    );
    // The lot of O1 was used up; of the one of O2 nothing was.
    settle(&mut economy, "O2", "10.00", "2027-06-01");
    assert!(!economy.state().outcome().lots_expired);
    settle(&mut economy, "O3", "10.00", "2028-12-01");
    assert!(economy.state().outcome().lots_expired);
    let kept = ["O1", "O2", "O3"].map(|id| order(&economy, id).receipt.is_some());
    assert_eq!(kept, [false, false, true], "only the last result does not follow from its order");
}

#[test]
fn a_settlement_is_kept_whole_only_where_it_does_not_follow_from_its_order() {
    let mut economy = opened("seed-one");
    // The pool stays without a supply: the price is that of before.
    accept(&mut economy, r#"{"cmd":"settle","order":"O0","store":"S","amount":"5.00"}"#);
    settle(&mut economy, "O1", "1000.00", "2026-01-01");
    accept(&mut economy, r#"{"cmd":"pay","order":"O2","member":"M","store":"S","amount":"5.00"}"#);
    accept(&mut economy, r#"{"cmd":"settle","order":"O2"}"#);
    accept(&mut economy, r#"{"cmd":"settle","order":"O3","store":"S","amount":"5.00"}"#);
    accept(&mut economy, r#"{"cmd":"inject","id":"I","amount":"1040.00"}"#);
    accept(&mut economy, r#"{"cmd":"settle","order":"O4","member":"A","store":"S","amount":"1000.00"}"#);
    let mall = r#"{"cmd":"settle_mall","order":"O5","member":"A","supplier":"U","list_total":"40.00","cost":"1.00"}"#;
    accept(&mut economy, mall);
    for (id, kept) in [("O0", true), ("O1", false), ("O2", false), ("O3", false), ("O4", true), ("O5", true)]
    {
        assert_eq!(order(&economy, id).receipt.is_some(), kept, "{id}");
    }
}

#[test]
fn levels_are_frozen_only_where_the_plan_pays_somebody() {
    const RANKS: &str = r#"referral.direct = "0%", levels.ranks = [{ name = "V1", rate = "0.2%" }]"#;
    for (changes, buyer, frozen) in [
        (format!("{RANKS}, levels.max_depth = 1"), "M", true),
        (format!("{RANKS}, levels.max_depth = 1"), "A", false),
        (format!("{RANKS}, levels.max_depth = 0"), "M", false),
        ("levels.max_depth = 1".to_string(), "M", false),
    ] {
        let mut economy = opened(&format!("seed-one with {changes}"));
        let line = format!(r#"{{"cmd":"pay","order":"O","member":"{buyer}","store":"S","amount":"9.00"}}"#);
        accept(&mut economy, &line);
        assert_eq!(order(&economy, "O").terms.levels.is_some(), frozen, "{buyer} with {changes}");
    }
}

#[test]
fn what_members_got_back_is_told_of_those_who_spent_by_the_median() {
    use linli_economy::given_back::GivenBack;
    use linli_economy::units::Fen;
    let mut economy = opened("seed-one");
    assert_eq!(GivenBack::of(economy.state()), GivenBack::default(), "nobody has spent anything");
    settle(&mut economy, "O1", "1000.00", "2026-01-01");
    let nothing = GivenBack { members: 1, median_of_100: Fen::ZERO, capped: 0 };
    assert_eq!(GivenBack::of(economy.state()), nothing);
    accept(&mut economy, r#"{"cmd":"redeem","request":"R1","member":"M","points":"10"}"#);
    let paid = economy.state().paybacks()[1].received;
    let told = GivenBack::of(economy.state());
    assert!(paid > Fen::ZERO);
    assert_eq!(told.median_of_100, Fen(paid.0 * 10_000 / 100_000), "of the 1000 yuan that M spent");
    // Two more who got nothing: the one in the middle got nothing either.
    for (member, order) in [("B", "O2"), ("C", "O3")] {
        accept(&mut economy, &format!(r#"{{"cmd":"open_member","member":"{member}"}}"#));
        let fields = format!(r#""member":"{member}","store":"S","amount":"10.00""#);
        accept(&mut economy, &format!(r#"{{"cmd":"settle","order":"{order}",{fields}}}"#));
    }
    let told = GivenBack::of(economy.state());
    assert_eq!((told.members, told.median_of_100), (3, Fen::ZERO));
    // What was refunded was not spent.
    accept(&mut economy, r#"{"cmd":"refund","order":"O3","refund":"F1","amount":"10.00"}"#);
    assert_eq!(GivenBack::of(economy.state()).members, 2);
}

#[test]
fn nobody_gets_anything_of_an_order_that_was_given_back() {
    let mut economy = opened("seed-one");
    let mall =
        r#"{"cmd":"pay_mall","order":"X","member":"M","supplier":"U","list_total":"100.00","cost":"38.00"}"#;
    accept(&mut economy, mall);
    let id = economy.order_id("X").expect("it was paid");
    let mut legs = Vec::new();
    economy.state().legs_of(id, &mut legs);
    assert_eq!(legs[0].fen, 3_800, "the supplier's cost");
    accept(&mut economy, r#"{"cmd":"cancel","cancel":"C","order":"X","amount":"100.00"}"#);
    assert_eq!((economy.state().legs_of(id, &mut legs), legs.len()), (0, 0));
}
