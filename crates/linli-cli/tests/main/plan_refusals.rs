//! `linli plan check` of plans that are refused: an edit of seed-one, and the place, key, value and reason that the
//! message must have.

use super::support::{Folder, SEED_ONE, SEED_THREE};

/// What stands in seed-one, what an edit makes of it, and a part of what the program says.
type Case = (&'static str, &'static str, &'static str);

#[track_caller]
fn refused(cases: &[Case]) {
    let folder = Folder::new();
    for (from, to, says) in cases {
        assert_eq!(SEED_ONE.matches(from).count(), 1, "{from} stands once in seed-one");
        folder.write("edited.toml", SEED_ONE.replace(from, to));
        let run = folder.run(&["plan", "check", "edited.toml"]);
        run.fails_with(&format!("edited.toml is refused:\n  {says}"));
    }
}

#[test]
fn a_key_that_no_plan_has_is_named() {
    refused(&[
        ("hold_days = 7 ", "hold_day = 8 ", "line 6, column 12: order.hold_day = 8: is not a key of a plan"),
        (
            "\n[recruit]",
            "\n[recruit]\nshop = \"1%\"",
            "line 30, column 8: recruit.shop = \"1%\": is not a key of a plan",
        ),
        (
            "name = \"seed-one\"",
            "name = \"a\"\nnote = 'b'",
            "line 3, column 8: note = 'b': is not a key of a plan",
        ),
        ("[mall]", "[shop]\n[mall]", "line 47, column 2: shop: is not a key of a plan"),
        (
            "\n[dividend]",
            "\n[dividend.extra]\na = 1\n[dividend]",
            "line 39, column 11: dividend.extra: is not a key",
        ),
    ]);
}

#[test]
fn a_key_that_is_missing_is_named_at_its_table() {
    refused(&[
        ("platform = \"2%\" ", "# ", "line 9, column 1: take.platform: is missing"),
        ("direct = \"0.3%\"", "", "line 25, column 1: referral.direct: is missing"),
        ("award_days = 365", "", "line 47, column 1: mall.award_days: is missing"),
        ("deduct = \"50%\"", "", "line 47, column 1: mall.deduct: is missing"),
        ("name = \"seed-one\"", "", "line 1, column 1: name: is missing"),
        ("jurisdiction = \"cn\"", "", "line 1, column 1: jurisdiction: is missing"),
        ("[recruit]\nstore = \"0.5%\"", "", "line 1, column 1: recruit: is missing"),
    ]);
}

#[test]
fn a_value_of_another_type_is_refused() {
    refused(
        &[
            (
                "name = \"seed-one\"",
                "name = 1",
                "line 2, column 8: name = 1: must be a text in quotes, not integer",
            ),
            (
                "direct = \"0.3%\"",
                "direct = 0.3",
                "line 26, column 10: referral.direct = 0.3: must be a text in quotes",
            ),
            (
                "award_days = 365",
                "award_days = \"365\"",
                "line 51, column 14: mall.award_days = \"365\": must be a whole number, not string",
            ),
            (
                "hold_days = 7",
                "hold_days = 7.5",
                "line 6, column 13: order.hold_days = 7.5: must be a whole number",
            ),
            (
                "hold_days = 7",
                "hold_days = -1",
                "line 6, column 13: order.hold_days = -1: must be a whole number from 0",
            ),
            ("ranks = []", "ranks = \"V1\"", "line 45, column 9: levels.ranks = \"V1\": must be a list of"),
            (
                "ranks = []",
                "ranks = [{ name = \"V1\" }]",
                "line 45, column 9: levels.ranks = [{ name = \"V1\" }]: must be",
            ),
            (
                "mode = \"differential\"",
                "mode = \"both\"",
                "line 33, column 8: region.mode = \"both\": must be \"additive\" or \"differential\"",
            ),
            (
                "unclaimed = \"platform\"",
                "unclaimed = \"me\"",
                "line 15, column 13: take.unclaimed = \"me\": must be \"platform\" or \"pool\"",
            ),
            (
                "redeem = \"money\"",
                "redeem = \"gold\"",
                "line 23, column 10: points.redeem = \"gold\": must be \"money\" or \"spend\"",
            ),
        ]
        .map(|(from, to, says)| (from, to, says)),
    );
}

#[test]
fn a_table_that_is_none_is_refused() {
    let plan = SEED_ONE
        .replace("[recruit]\nstore = \"0.5%\"", "")
        .replace("jurisdiction", "recruit = 5\njurisdiction");
    let folder = Folder::new();
    folder.write("plan.toml", plan);
    let run = folder.run(&["plan", "check", "plan.toml"]);
    run.fails_with("line 3, column 11: recruit = 5: must be a table, not integer");
}

#[test]
fn a_rate_is_from_0_to_100_percent_and_its_text_has_the_unit() {
    refused(&[
        (
            "\nrate = \"20%\"",
            "\nrate = \"101%\"",
            "line 10, column 8: take.rate = \"101%\": must be from 0% to 100%",
        ),
        (
            "\nrate = \"20%\"",
            "\nrate = \"100.0001%\"",
            "line 10, column 8: take.rate = \"100.0001%\": must be from 0% to",
        ),
        (
            "\nrate = \"20%\"",
            "\nrate = \"20\"",
            "line 10, column 8: take.rate = \"20\": must be a rate such as \"0.3%\"",
        ),
        (
            "\nrate = \"20%\"",
            "\nrate = \"-20%\"",
            "line 10, column 8: take.rate = \"-20%\": must be a rate such as",
        ),
        (
            "\nrate = \"20%\"",
            "\nrate = \"20 %\"",
            "line 10, column 8: take.rate = \"20 %\": must be a rate such as",
        ),
        (
            "\nrate = \"20%\"",
            "\nrate = \"0.2\"",
            "line 10, column 8: take.rate = \"0.2\": must be a rate such as",
        ),
        ("\nrate = \"20%\"", "\nrate = \"\"", "line 10, column 8: take.rate = \"\": must be a rate such as"),
        (
            "direct = \"0.3%\"",
            "direct = \"0.30001%\"",
            "line 26, column 10: referral.direct = \"0.30001%\": must be a rate such as \"0.3%\", with at most 4 decimals",
        ),
        (
            "award = \"200%\"",
            "award = \"1000.0001%\"",
            "line 49, column 9: mall.award = \"1000.0001%\": must be from 0% to 1000%",
        ),
        (
            "deduct = \"50%\"",
            "deduct = \"101%\"",
            "line 48, column 10: mall.deduct = \"101%\": must be from 0% to 100%",
        ),
    ]);
}

#[test]
fn prices_and_the_cap_have_their_lowest_value_and_their_decimals() {
    refused(&[
        (
            "start_price = \"1.00\"",
            "start_price = \"0.00\"",
            "line 18, column 15: points.start_price = \"0.00\": must be above 0",
        ),
        (
            "start_price = \"1.00\"",
            "start_price = \"1.001\"",
            "line 18, column 15: points.start_price = \"1.001\": must have at most 2 decimals",
        ),
        (
            "start_price = \"1.00\"",
            "start_price = \"one\"",
            "line 18, column 15: points.start_price = \"one\": must be an amount of yuan",
        ),
        (
            "genesis = \"0.00\"",
            "genesis = \"100000000000.01\"",
            "line 19, column 11: points.genesis = \"100000000000.01\": must be at most",
        ),
        (
            "genesis = \"0.00\"",
            "genesis = \"-1.00\"",
            "line 19, column 11: points.genesis = \"-1.00\": must be an amount",
        ),
        (
            "cap = \"1.2\"",
            "cap = \"0.999999\"",
            "line 22, column 7: points.cap = \"0.999999\": must be at least 1",
        ),
        (
            "cap = \"1.2\"",
            "cap = \"1.2000001\"",
            "line 22, column 7: points.cap = \"1.2000001\": must have at most 6 decimals",
        ),
        (
            "cap = \"1.2\"",
            "cap = \"120%\"",
            "line 22, column 7: points.cap = \"120%\": must be a multiple such as",
        ),
    ]);
}

#[test]
fn the_rates_must_fit_each_other() {
    refused(&[
        (
            "min_rate = \"5%\"",
            "min_rate = \"3.9999%\"",
            "line 11, column 12: take.min_rate = \"3.9999%\": must be at least take.platform + take.distribution = 4%",
        ),
        (
            "\nrate = \"20%\"",
            "\nrate = \"4.9999%\"",
            "line 10, column 8: take.rate = \"4.9999%\": must be from take.min_rate = 5% to take.max_rate = 50%",
        ),
        (
            "\nrate = \"20%\"",
            "\nrate = \"50.0001%\"",
            "line 10, column 8: take.rate = \"50.0001%\": must be from",
        ),
        (
            "max_rate = \"50%\"",
            "max_rate = \"4%\"",
            "line 10, column 8: take.rate = \"20%\": must be from take.min_rate = 5% to take.max_rate = 4%",
        ),
        (
            "distribution = \"2%\"",
            "distribution = \"1.2999%\"",
            "line 14, column 16: take.distribution = \"1.2999%\": must carry the largest claim of referral, recruit, region, levels and dividend: 1.3%",
        ),
        (
            "store_rebate = \"20%\"",
            "store_rebate = \"96.0001%\"",
            "line 50, column 16: mall.store_rebate = \"96.0001%\": must leave 100% - take.platform - take.distribution: at most 96%",
        ),
        (
            "\nrate = \"0%\"",
            "\nrate = \"0.7001%\"",
            "line 14, column 16: take.distribution = \"2%\": must carry the largest claim of referral, recruit, region, levels and dividend: 2.0001%",
        ),
    ]);
}

#[test]
fn ranks_must_rise_and_fit_the_budget() {
    refused(&[
        (
            "ranks = []",
            "ranks = [{ name = \"V1\", rate = \"0.2%\" }, { name = \"V2\", rate = \"0.2%\" }]",
            "line 45, column 9: levels.ranks = [{ name = \"V1\", rate = \"0.2%\" }, { name = \"V2\", rate = \"0.2%\" }]: the rate of \"V2\" must be above that of the rank before",
        ),
        (
            "ranks = []",
            "ranks = [{ name = \"V1\", rate = \"0.1%\" }, { name = \"V1\", rate = \"0.2%\" }]",
            "line 45, column 9: levels.ranks = [{ name = \"V1\", rate = \"0.1%\" }, { name = \"V1\", rate = \"0.2%\" }]: the name \"V1\" must stand once",
        ),
        (
            "ranks = []",
            "ranks = [{ name = \"V1\", rate = \"2\" }]",
            "line 45, column 9: levels.ranks = [{ name = \"V1\", rate = \"2\" }]: the rate of \"V1\" must be a rate such as",
        ),
        (
            "ranks = []",
            "ranks = [{ name = \"V1\", rate = \"0.8%\" }]",
            "line 14, column 16: take.distribution = \"2%\": must carry the largest claim of referral, recruit, region, levels and dividend: 2.1%",
        ),
        (
            "peer = \"0%\"",
            "ranks = [{ name = \"V1\", rate = \"0.7%\" }]\npeer = \"1%\"",
            "line 46, column 1: is not TOML: duplicate key",
        ),
    ]);
}

/// The top rank's 0.6% and 20% of 0.3% + 0.6% make 0.78%: 0.08% too much with the other 1.3%.
#[test]
fn pay_among_equals_counts_for_every_rank() {
    let ranks = r#"ranks = [{ name = "V1", rate = "0.3%" }, { name = "V2", rate = "0.6%" }]"#;
    let folder = Folder::new();
    let plan = SEED_ONE.replace("ranks = []", ranks).replace("peer = \"0%\"", "peer = \"20%\"");
    folder.write("plan.toml", plan);
    folder.run(&["plan", "check", "plan.toml"]).fails_with("levels and dividend: 2.08%");
}

#[test]
fn seed_three_does_not_fit_a_budget_of_2_percent() {
    let folder = Folder::new();
    folder.write("plan.toml", SEED_THREE.replace("distribution = \"2.66%\"", "distribution = \"2%\""));
    let run = folder.run(&["plan", "check", "plan.toml"]);
    run.fails_with("line 14, column 16: take.distribution = \"2%\": must carry the largest claim of referral, recruit, region, levels and dividend: 2.66%");
}

#[test]
fn what_is_not_toml_is_refused_with_its_place() {
    refused(&[
        ("\n[recruit]", "\n[recruit", "line 29, column 9: is not TOML: "),
        ("cap = \"1.2\"", "cap = 1.2.3", "line 22, column "),
        ("cap = \"1.2\" ", "cap = \"1.2\"\ncap = \"1.2\" ", "line 23, column 1: is not TOML: duplicate key"),
        ("\n[recruit]", "\n[referral]", "line 29, column 2: is not TOML: duplicate key"),
    ]);
}

#[test]
fn all_faults_of_a_plan_are_listed_in_the_order_of_the_file() {
    let folder = Folder::new();
    let plan =
        SEED_ONE.replace("cap = \"1.2\"", "cap = \"0\"").replace("direct = \"0.3%\"", "directly = \"0.3%\"");
    folder.write("plan.toml", plan.replace("award_days = 365", "award_days = 4294967296"));
    let run = folder.run(&["plan", "check", "plan.toml"]);
    run.fails_with("plan.toml is refused:");
    let lines: Vec<&str> = run.err.lines().collect();
    let expected = [
        "linli: plan.toml is refused:",
        "  line 22, column 7: points.cap = \"0\": must be at least 1",
        "  line 25, column 1: referral.direct: is missing",
        "  line 26, column 12: referral.directly = \"0.3%\": is not a key of a plan",
        "  line 51, column 14: mall.award_days = 4294967296: must be at most 4294967295 days",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_place_counts_characters_not_bytes() {
    let folder = Folder::new();
    folder.write(
        "plan.toml",
        SEED_ONE.replace("ranks = []", "ranks = [{ name = \"店长\", rate = \"1%\" }] 店"),
    );
    folder.run(&["plan", "check", "plan.toml"]).fails_with("line 45, column 40: is not TOML: ");
}

#[test]
fn a_plan_that_cannot_be_read_is_named() {
    let folder = Folder::new();
    folder.write("latin.toml", b"name = \"caf\xe9\"\n");
    folder.run(&["plan", "check", "none.toml"]).fails_with("cannot read none.toml: No such file");
    folder.run(&["plan", "check", "latin.toml"]).fails_with("cannot read latin.toml: ");
    folder.run(&["plan", "check", "."]).fails_with("cannot read .: Is a directory");
}

#[test]
fn replay_and_settle_refuse_a_bad_plan_alike() {
    let folder = Folder::with_orders(&[]);
    folder.write("plan.toml", SEED_ONE.replace("cap = \"1.2\"", "cap = \"0.9\""));
    let says = "plan.toml is refused:\n  line 22, column 7: points.cap = \"0.9\": must be at least 1";
    folder.run(&["replay", "--plan", "plan.toml"]).fails_with(says);
    folder.try_settle(&[]).fails_with(says);
    assert_eq!(folder.names(), ["orders.csv", "plan.toml"]);
}
