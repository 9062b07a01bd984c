//! `linli explain`: each leg of an order with its rule and its rounding, in every phase of an order; accounts.

use super::support::Folder;

const PLAN: [&str; 5] = ["ingest", "--data", "shop", "--plan", "plan.toml"];

/// An economy in which an order is paid, cancelled in part, settled under an older plan, and refunded in part.
fn folder() -> Folder {
    let folder = Folder::new();
    let plan = folder.read("plan.toml").replace("direct = \"0.3%\"", "direct = \"0.4%\"");
    let plan = serde_json::to_string(&plan).expect("a text");
    let lines = [
        r#"{"cmd":"open_member","member":"owner"}"#.to_string(),
        r#"{"cmd":"open_member","member":"buyer","inviter":"owner"}"#.to_string(),
        r#"{"cmd":"open_store","store":"S","owner":"owner","recruiter":"owner","district":"440106"}"#
            .to_string(),
        r#"{"cmd":"pay","order":"O1","member":"buyer","store":"S","amount":"1100.00"}"#.to_string(),
        format!(r#"{{"cmd":"change_plan","id":"P2","plan":{plan}}}"#),
        r#"{"cmd":"cancel","cancel":"C1","order":"O1","amount":"100.00"}"#.to_string(),
        r#"{"cmd":"settle","order":"O1"}"#.to_string(),
        r#"{"cmd":"settle","order":"O2","store":"S","amount":"9.99"}"#.to_string(),
        r#"{"cmd":"settle","order":"O3","member":"buyer","store":"S","amount":"1000.00"}"#.to_string(),
        r#"{"cmd":"refund","refund":"R1","order":"O1","amount":"10.00"}"#.to_string(),
    ];
    let run = folder.run_with(&PLAN, lines.join("\n").as_bytes());
    assert!(run.code == Some(0) && !run.out.contains("\"ok\":false"), "{}", run.out);
    folder
}

#[track_caller]
fn explains(subject: &str, parts: &[&str]) {
    let run = folder().run(&["explain", subject, "--data", "shop"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let squeezed: Vec<&str> = run.out.split_whitespace().collect();
    let squeezed = squeezed.join(" ");
    for part in parts {
        assert!(squeezed.contains(part), "{part:?} is not in\n{}", run.out);
    }
}

#[test]
fn each_leg_has_its_rule_and_its_rounding() {
    explains(
        "O1",
        &[
            "paid 1100.00 by buyer to store:S cancelled 100.00 refunded 10.00",
            "plan version 1 \"seed-one\", of the opening; frozen when it was paid",
            "pay O1, seq 4, 1970-01-01T00:00:00Z",
            "cancel C1, seq 6",
            "settle O1, seq 7",
            "store:S take.rate 20% of the store 1000.00 − ⌈1000.00 × 20%⌉ 800.00",
            "member:owner:wallet referral.direct 0.3% ⌊1000.00 × 0.3%⌋ 3.00",
            "member:owner:wallet recruit.store 0.5% ⌊1000.00 × 0.5%⌋ 5.00",
            "platform:profit take.platform 2% and what nobody claims ⌊1000.00 × 2%⌋ + ⌊1000.00 × 2%⌋ − 8.00 32.00",
            "pool:reserve 盈利池 what the legs leave 160.00",
            "minted 铸造 112.000000 = ⌊⌊160.00 × 70%⌋ × S / P⌋ at the price of the last supply",
            "refund R1, seq 10",
            "store:S CNY -8.0",
        ],
    );
}

#[test]
fn the_plan_that_was_in_force_is_named_by_its_command() {
    explains(
        "O3",
        &[
            "version 2 \"seed-one\", since seq 5",
            "referral.direct 0.4% ⌊1000.00 × 0.4%⌋ 4.00",
            "with S = 112.000000 and P = 160.00 just before",
        ],
    );
}

#[test]
fn without_a_member_the_pools_part_is_the_platforms() {
    explains("O2", &["by nobody known to store:S", "+ the pool's part, since no member is known"]);
}

#[test]
fn an_account_is_explained_by_its_last_lines() {
    explains("store:S", &["settle O1 CNY 800.00 800.00", "settle O2 CNY", "refund R1 CNY"]);
    let run = folder().run(&["explain", "store:S", "--data", "shop", "--last", "1"]);
    assert!(run.out.contains("3 earlier lines are not shown") && !run.out.contains(" O2 "), "{}", run.out);
}

#[test]
fn what_is_not_there_is_said() {
    let folder = folder();
    let fails =
        |subject: &str, part: &str| folder.run(&["explain", subject, "--data", "shop"]).fails_with(part);
    fails("O9", "there is no order O9; an account has a colon in its name, as in member:M1:wallet");
    fails("member:nobody:wallet", "nothing was ever posted to member:nobody:wallet");
}
