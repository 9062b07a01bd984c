//! The stated limits: orders of 10^13 fen, redemptions of 10^18 micro-points, caps of 10^12, pools beyond
//! 10^15 fen and supplies beyond 10^18 micro-points, compared with the naive model; amounts one above the
//! limit; and what is refused as `overflow`. Must not be added here: a limit that the rules do not state.

use crate::rules::{balances, plan_text};
use linli_economy::Economy;
use linli_economy::account::Asset;
use linli_economy::decimal;
use linli_economy::limits::{AMOUNT_LIMIT_FEN, AMOUNT_LIMIT_POINTS, Entered, WEIGHT_LIMIT};
use linli_economy::refusal::Code;
use linli_economy::units::Points;
use linli_naive::Naive;
use linli_random::Random;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The engine and the naive model side by side.
struct Both {
    engine: Economy,
    naive: Naive,
    exits: usize,
    payouts: usize,
}

impl Both {
    fn open(plan: &str) -> Self {
        let engine = Economy::open(plan).unwrap_or_else(|refusals| panic!("{refusals}"));
        Self { engine, naive: Naive::open(plan).expect("the naive model's plan"), exits: 0, payouts: 0 }
    }

    /// Applies a line to both, which must agree; gives the refusal, if it is one.
    fn apply(&mut self, line: &str) -> Option<String> {
        let price = self.engine.state().pool().price();
        let ours = sorted(serde_json::from_str(&self.engine.apply(line).to_json()).expect("JSON"));
        assert_eq!(ours, sorted(self.naive.apply(line)), "{line}");
        assert!(self.engine.state().pool().price() >= price, "the price fell: {line}");
        self.exits += ours["exits"].as_array().map_or(0, Vec::len);
        self.payouts += usize::from(ours["payout"].is_string());
        ours["error"].as_str().map(str::to_string)
    }

    fn accept(&mut self, line: &str) {
        assert_eq!(self.apply(line), None, "{line}");
    }

    fn check(&self) {
        self.engine.state().check().expect("what always holds");
        let mut ours: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for ((account, asset), amount) in balances(&self.engine) {
            let mut text = String::new();
            decimal::write(&mut text, amount, asset.decimals());
            ours.entry(account).or_default().insert(asset.name().to_string(), text);
        }
        assert_eq!(ours, self.naive.balances());
    }
}

/// A result without its message, the postings in a fixed order.
fn sorted(mut result: Value) -> Value {
    result.as_object_mut().expect("an object").remove("message");
    if let Some(postings) = result.get_mut("postings").and_then(Value::as_array_mut) {
        postings.sort_by_key(ToString::to_string);
    }
    result
}

/// All of an order is taken, at the lowest start price that there is: points by the billion.
fn plan(changes: &str) -> String {
    plan_text(&format!(
        "seed-one with points.start_price = \"0.01\", points.mint = \"100%\", take.max_rate = \"100%\", \
         take.rate = \"100%\", dividend.rate = \"0.1%\", mall.award = \"1000%\"{changes}"
    ))
    .expect("a plan")
}

fn opened(changes: &str) -> Both {
    let mut both = Both::open(&plan(changes));
    for line in [
        r#"{"cmd":"open_member","member":"M0"}"#,
        r#"{"cmd":"open_member","member":"M1","inviter":"M0"}"#,
        r#"{"cmd":"open_member","member":"M2","inviter":"M1"}"#,
        r#"{"cmd":"open_member","member":"M3","inviter":"M2"}"#,
        r#"{"cmd":"open_store","store":"S0","owner":"M0","recruiter":"M3","district":"440106"}"#,
        r#"{"cmd":"open_store","store":"S1","owner":"M0","district":"441900","take_rate":"5%"}"#,
        r#"{"cmd":"appoint","region":"440000","agent":"M1"}"#,
    ] {
        both.accept(line);
    }
    both
}

fn money(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// Amounts at the limit, just below it, a third of it, and a fen.
fn amount(random: &mut Random) -> String {
    let limit = AMOUNT_LIMIT_FEN;
    money(*random.pick(&[limit, limit, limit - 1, limit / 3, limit / 2 + 1, 1]))
}

/// One command at the limits.
fn line(random: &mut Random, number: u64) -> String {
    let (member, store) = (format!("M{}", random.below(4)), format!("S{}", random.below(2)));
    let (id, amount) = (format!("I{number}"), amount(random));
    let order = format!("I{}", random.below(number + 1));
    let points = *random.pick(&["1000000000000", "999999999999.999999", "333333333333.333333", "0.000001"]);
    let command = match random.below(20) {
        0..=7 => json!({"cmd": "settle", "order": id, "member": member, "store": store, "amount": amount}),
        8 => json!({"cmd": "settle", "order": id, "store": store, "amount": amount}),
        9..=10 => json!({
            "cmd": "settle_mall", "order": id, "member": member, "supplier": "U",
            "list_total": amount, "cost": "0.01"
        }),
        11..=13 => json!({"cmd": "redeem", "request": id, "member": member, "points": points}),
        14..=16 => json!({"cmd": "refund", "refund": id, "order": order, "amount": amount}),
        17 => json!({"cmd": "inject", "id": id, "amount": amount}),
        18 => json!({"cmd": "deposit", "id": id, "platform": "profit", "amount": amount}),
        _ => json!({"cmd": "distribute", "id": id, "weights": [
            {"member": member, "weight": WEIGHT_LIMIT}, {"member": "M0", "weight": WEIGHT_LIMIT - 1}
        ]}),
    };
    command.to_string()
}

/// A stream at the limits; gives what it reached.
fn run(seed: u64, changes: &str) -> Both {
    let (mut both, mut random) = (opened(changes), Random::new(seed));
    for number in 0..1_500 {
        both.apply(&line(&mut random, number));
    }
    both.check();
    both
}

#[test]
fn the_largest_orders_fill_the_largest_pool_and_supply_and_all_agrees() {
    for (seed, cap) in [(1, "1000000000000"), (2, "1000000000000"), (3, "1"), (4, "1.000001"), (5, "1.2")] {
        let both = run(seed, &format!(", points.cap = \"{cap}\""));
        let pool = both.engine.state().pool();
        assert!(pool.reserve().0 > 10_i128.pow(15), "a pool of {}", pool.reserve());
        if cap == "1000000000000" {
            assert!(pool.supply().0 > 10_i128.pow(20), "a supply of {}", pool.supply());
            assert!(both.payouts > 50, "only {} redemptions", both.payouts);
        } else {
            assert!(both.exits > 3, "only {} exits", both.exits);
        }
    }
}

#[test]
fn one_order_of_the_limit_mints_ten_million_million_points() {
    let mut both = opened("");
    both.accept(r#"{"cmd":"settle","order":"O","member":"M0","store":"S0","amount":"100000000000.00"}"#);
    // 10^13 fen: all taken, 0.5% to the recruiter, 0.3% to the province, 0.1% accrued, 2% and the unclaimed
    // 1.1% to the platform; 96% feed the pool and mint at 0.01: 9.6 * 10^12 points.
    let of = |account: &str, asset| balances(&both.engine).get(&(account.to_string(), asset)).copied();
    assert_eq!(of("pool:reserve", Asset::Cny), Some(9_600_000_000_000));
    assert_eq!(of("member:M0:points", Asset::Gp), Some(9_600_000_000_000_000_000));
    assert_eq!(of("member:M0:deduction", Asset::Dp), Some(100_000_000_000_000));
    assert_eq!(of("member:M3:wallet", Asset::Cny), Some(50_000_000_000));
    assert_eq!(of("platform:profit", Asset::Cny), Some(310_000_000_000));
    both.accept(r#"{"cmd":"redeem","request":"Q","member":"M0","points":"1000000000000"}"#);
    // 10^12 points at 0.01, less 20%.
    let wallet = balances(&both.engine)[&("member:M0:wallet".to_string(), Asset::Cny)];
    assert_eq!(wallet, 800_000_000_000);
    both.check();
}

#[test]
fn amounts_one_above_the_limit_are_bad_amounts() {
    let mut both = opened("");
    both.accept(r#"{"cmd":"settle","order":"P","member":"M0","store":"S0","amount":"1.00"}"#);
    both.accept(r#"{"cmd":"pay","order":"PAID","member":"M0","store":"S0","amount":"1.00"}"#);
    let lines = [
        r#"{"cmd":"settle","order":"O","member":"M0","store":"S0","amount":"LIMIT"}"#,
        r#"{"cmd":"pay","order":"O","member":"M0","store":"S0","amount":"LIMIT"}"#,
        r#"{"cmd":"pay","order":"O","member":"M0","store":"S0","amount":"1.00","from_spend":"LIMIT"}"#,
        r#"{"cmd":"pay_mall","order":"O","member":"M0","supplier":"U","list_total":"LIMIT","cost":"1.00"}"#,
        r#"{"cmd":"pay_mall","order":"O","member":"M0","supplier":"U","list_total":"9.00","cost":"LIMIT"}"#,
        r#"{"cmd":"cancel","cancel":"K","order":"PAID","amount":"LIMIT"}"#,
        r#"{"cmd":"refund","refund":"R","order":"P","amount":"LIMIT"}"#,
        r#"{"cmd":"inject","id":"I","amount":"LIMIT"}"#,
        r#"{"cmd":"deposit","id":"D","platform":"profit","amount":"LIMIT"}"#,
        r#"{"cmd":"withdraw","id":"W","store":"S0","amount":"LIMIT"}"#,
        r#"{"cmd":"fee","id":"F","member":"M0","region":"440106","amount":"LIMIT"}"#,
        r#"{"cmd":"write_off","id":"V","account":"dividend:accrued","amount":"LIMIT"}"#,
    ];
    for line in lines {
        for above in [money(AMOUNT_LIMIT_FEN + 1), money(u64::MAX), "9".repeat(60)] {
            let refusal = both.apply(&line.replace("LIMIT", &above));
            assert_eq!(refusal.as_deref(), Some("bad_amount"), "{line} with {above}");
        }
    }
    let redeem = r#"{"cmd":"redeem","request":"Q","member":"M0","points":"LIMIT"}"#;
    let points = |micro: u64| format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000);
    let above = both.apply(&redeem.replace("LIMIT", &points(AMOUNT_LIMIT_POINTS + 1)));
    assert_eq!(above.as_deref(), Some("bad_amount"));
    let at = both.apply(&redeem.replace("LIMIT", &points(AMOUNT_LIMIT_POINTS)));
    assert_eq!(at.as_deref(), Some("insufficient_points"));
}

#[test]
fn the_limit_itself_is_an_amount_for_every_command() {
    let limit = money(AMOUNT_LIMIT_FEN);
    let mut both = opened("");
    for line in [
        r#"{"cmd":"deposit","id":"D","platform":"profit","amount":"LIMIT"}"#,
        r#"{"cmd":"fee","id":"F","member":"M0","region":"440106","amount":"LIMIT"}"#,
        r#"{"cmd":"inject","id":"I","amount":"LIMIT"}"#,
        r#"{"cmd":"withdraw","id":"W","platform":"profit","amount":"LIMIT"}"#,
        r#"{"cmd":"pay","order":"O1","member":"M0","store":"S0","amount":"LIMIT"}"#,
        r#"{"cmd":"cancel","cancel":"K","order":"O1","amount":"LIMIT"}"#,
        r#"{"cmd":"deposit","id":"D2","store":"S0","amount":"LIMIT"}"#,
        r#"{"cmd":"settle","order":"O2","member":"M0","store":"S0","amount":"LIMIT"}"#,
        r#"{"cmd":"refund","refund":"R","order":"O2","amount":"LIMIT"}"#,
        r#"{"cmd":"settle_mall","order":"O3","member":"M1","supplier":"U","list_total":"LIMIT","cost":"1"}"#,
    ] {
        both.accept(&line.replace("LIMIT", &limit));
    }
    both.check();
}

/// What may be minted is counted before an order is taken: 10^6 micro-points for each of its fen.
#[test]
fn points_beyond_127_bits_are_overflow_and_not_one_sooner() {
    for fen in [1, 2, 999, AMOUNT_LIMIT_FEN - 1, AMOUNT_LIMIT_FEN] {
        let most = i128::from(fen) * 1_000_000;
        let mut entered = Entered::default();
        entered.add_points(Points(i128::MAX - most), 0);
        assert_eq!(entered.admits_order(fen), Ok(()), "{fen} fen still fit");
        let refused = entered.admits_order(fen + 1).expect_err("a fen more does not");
        assert_eq!(refused.code, Code::Overflow);
        entered.add_points(Points(1), 0);
        assert_eq!(entered.admits_order(fen).expect_err("nor beside a point more").code, Code::Overflow);
        // Money alone mints nothing.
        assert_eq!(entered.admits_money(AMOUNT_LIMIT_FEN), Ok(()));
    }
}

#[test]
fn an_economy_admits_the_largest_amounts_from_the_start() {
    let mut entered = Entered::default();
    assert_eq!(entered.admits_order(AMOUNT_LIMIT_FEN), Ok(()));
    entered.add_money(AMOUNT_LIMIT_FEN);
    entered.add_points(Points::from(AMOUNT_LIMIT_FEN * 1_000_000), AMOUNT_LIMIT_FEN * 10);
    assert_eq!(entered.admits_order(AMOUNT_LIMIT_FEN), Ok(()));
    assert_eq!(entered.admits_money(u64::MAX), Ok(()));
}
