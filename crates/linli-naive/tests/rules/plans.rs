//! What a plan may say.

use linli_naive::Naive;

use crate::world::{SEED_ONE, plan_with};

#[test]
fn the_seed_plans_are_sound() {
    assert!(Naive::open(SEED_ONE).is_ok());
    let three = include_str!("../../../../plans/seed-three.toml");
    assert!(Naive::open(three).is_ok());
    assert!(Naive::open(&three.replace("2.66%\"", "2%\"")).is_err());
}

#[test]
fn each_refusal_names_its_key() {
    let cases = [
        ("name = \"seed-one\"", "name = 1", "name"),
        ("name = \"seed-one\"", "", "name"),
        ("name = \"seed-one\"", "name = \"x\"\nextra = 1", "extra"),
        ("hold_days = 7", "hold_days = \"7\"", "order.hold_days"),
        ("rate = \"20%\"", "rate = \"20\"", "take.rate"),
        ("rate = \"20%\"", "rate = \"4%\"", "take.rate"),
        ("rate = \"20%\"", "rate = \"101%\"", "take.rate"),
        ("rate = \"20%\"", "rate = \"20.00001%\"", "take.rate"),
        ("platform = \"2%\"", "platform = \"3.0001%\"", "take.min_rate"),
        ("unclaimed = \"platform\"", "unclaimed = \"store\"", "take.unclaimed"),
        ("start_price = \"1.00\"", "start_price = \"0\"", "points.start_price"),
        ("start_price = \"1.00\"", "start_price = \"1.001\"", "points.start_price"),
        ("cap = \"1.2\"", "cap = \"0.999999\"", "points.cap"),
        ("cap = \"1.2\"", "cap = 1.2", "points.cap"),
        ("redeem = \"money\"", "redeem = \"gold\"", "points.redeem"),
        ("store = \"0.5%\"", "store = \"1.3%\"", "take.distribution"),
        (
            "ranks = []",
            "ranks = [{ name = \"V1\", rate = \"0.2%\" }, { name = \"V2\", rate = \"0.2%\" }]",
            "levels.ranks",
        ),
        ("ranks = []", "ranks = [{ name = \"V1\", rate = \"0.8%\" }]", "take.distribution"),
        ("ranks = []", "ranks = [{ name = \"V1\" }]", "levels.ranks[0].rate"),
        ("award = \"200%\"", "award = \"1000.0001%\"", "mall.award"),
        ("store_rebate = \"20%\"", "store_rebate = \"96.0001%\"", "mall.store_rebate"),
        ("award_days = 365", "award_days = -1", "mall.award_days"),
    ];
    for (old, new, key) in cases {
        let reason = Naive::open(&plan_with(&[(old, new)])).err().unwrap_or_default();
        assert!(reason.starts_with(key), "{new}: {reason:?}");
    }
}

#[test]
fn what_is_optional_may_be_left_out() {
    let start = SEED_ONE.find("\n[levels]").expect("a table");
    let end = SEED_ONE.find("\n[mall]").expect("a table");
    let without = format!("{}{}", &SEED_ONE[..start], &SEED_ONE[end..]);
    let redeem = without.lines().filter(|line| !line.starts_with("redeem") && !line.starts_with("hold_days"));
    assert!(Naive::open(&redeem.collect::<Vec<_>>().join("\n")).is_ok());
    assert!(
        Naive::open(&plan_with(&[("ranks = []", "ranks = [{ name = \"V1\", rate = \"0.7%\" }]")])).is_ok()
    );
    assert!(Naive::open(&plan_with(&[("award = \"200%\"", "award = \"1000%\"")])).is_ok());
}
