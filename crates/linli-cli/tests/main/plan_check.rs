//! `linli plan check` of accepted plans: the waterfall of an order of 1000 yuan, the budget, the mall's share. The
//! figures are those that a person computes from the plan with a pencil.

use super::support::{Folder, SEED_ONE, SEED_THREE};

/// The printed table's rows with at least one figure, each as its cells; the label without its Chinese.
fn rows(out: &str) -> Vec<Vec<String>> {
    let table = out.lines().filter(|line| line.starts_with("  ") && !line.contains('─'));
    table
        .map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()))
        .map(|cells| cells.map(english).collect())
        .collect()
}

fn english(cell: &str) -> String {
    let words = cell.split(' ').filter(|word| word.is_ascii() || *word == "–");
    words.collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn checked(plan: &str, expected: &[&str]) -> String {
    let folder = Folder::new();
    folder.write("plan.toml", plan);
    let run = folder.run(&["plan", "check", "plan.toml"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let expected: Vec<Vec<&str>> =
        expected.iter().map(|row| row.split('|').map(str::trim).collect()).collect();
    assert_eq!(rows(&run.out), expected, "{}", run.out);
    run.out
}

const BUDGET_OF_SEED_ONE: [&str; 8] = [
    "of the order | per 100 yuan",
    "referral | 0.5% | 0.5",
    "recruiter | 0.5% | 0.5",
    "regions | 0.3% | 0.3",
    "levels | 0% | 0",
    "dividend | 0% | 0",
    "largest claim | 1.3% | 1.3",
    "budget | 2% | 2",
];

#[test]
fn seed_one_gives_everybody_their_part_of_1000_yuan() {
    let waterfall = [
        "everybody there | nobody else | no member",
        "store | 800.00 | 800.00 | 800.00",
        "direct referral 0.3% | 3.00 | – | –",
        "indirect referral 0.2% | 2.00 | – | –",
        "recruiter 0.5% | 5.00 | – | –",
        "district agent 0.1% | 1.00 | – | –",
        "city agent 0.2% | 1.00 | – | –",
        "province agent 0.3% | 1.00 | – | –",
        "platform | 27.00 | 40.00 | 200.00",
        "pool | 160.00 | 160.00 | 0.00",
        "together | 1000.00 | 1000.00 | 1000.00",
        "points minted | 112.000000 | 112.000000 | –",
    ];
    let out = checked(SEED_ONE, &[&waterfall[..], &BUDGET_OF_SEED_ONE].concat());
    assert!(out.starts_with("plan.toml: accepted. Plan \"seed-one\", jurisdiction \"cn\".\n"), "{out}");
    assert!(out.contains("1000.00 yuan in a store at the plan's rate of 20%"), "{out}");
    assert!(out.contains("cost may be at most 38% of its list price"), "{out}");
}

#[test]
fn seed_three_gives_everybody_their_part_of_1000_yuan() {
    let expected = [
        "everybody there | nobody else | no member",
        "store | 800.00 | 800.00 | 800.00",
        "direct referral 1% | 10.00 | – | –",
        "indirect referral 0.5% | 5.00 | – | –",
        "recruiter 1% | 10.00 | – | –",
        "district agent 0.1% | 1.00 | – | –",
        "city agent 0.05% | 0.50 | – | –",
        "province agent 0.01% | 0.10 | – | –",
        "platform | 20.00 | 46.60 | 200.00",
        "pool | 153.40 | 153.40 | 0.00",
        "together | 1000.00 | 1000.00 | 1000.00",
        "points minted | 107.380000 | 107.380000 | –",
        "of the order | per 100 yuan",
        "referral | 1.5% | 1.5",
        "recruiter | 1% | 1",
        "regions | 0.16% | 0.16",
        "levels | 0% | 0",
        "dividend | 0% | 0",
        "largest claim | 2.66% | 2.66",
        "budget | 2.66% | 2.66",
    ];
    let out = checked(SEED_THREE, &expected);
    assert!(out.contains("Plan \"seed-three\""), "{out}");
    assert!(out.contains("cost may be at most 37.67% of its list price"), "{out}");
}

/// Ranks of 0.2% and 0.4% with 10% among equals: a chain V1, V1, V2, V2 gets 2.00, 0.20, 2.00 and 0.20. The largest
/// claim is 0.4% + 10% of 0.6%. The unclaimed part goes to the pool, and 90% of the pool's part is minted at 2 yuan.
#[test]
fn ranks_dividend_and_macro_region_have_their_rows() {
    let plan = SEED_ONE
        .replace(
            "ranks = []",
            r#"ranks = [{ name = "V:1", rate = "0.2%" }, { name = "店长", rate = "0.4%" }]"#,
        )
        .replace("max_depth = 0", "max_depth = 4")
        .replace(r#"peer = "0%""#, r#"peer = "10%""#)
        .replace("[dividend]\nrate = \"0%\"", "[dividend]\nrate = \"0.05%\"")
        .replace(r#"macro = "0%""#, r#"macro = "0.35%""#)
        .replace(r#"unclaimed = "platform""#, r#"unclaimed = "pool""#)
        .replace(r#"start_price = "1.00""#, r#"start_price = "2.00""#)
        .replace(r#"mint = "70%""#, r#"mint = "90%""#);
    let expected = [
        "everybody there | nobody else | no member",
        "store | 800.00 | 800.00 | 800.00",
        "direct referral 0.3% | 3.00 | – | –",
        "indirect referral 0.2% | 2.00 | – | –",
        "recruiter 0.5% | 5.00 | – | –",
        "district agent 0.1% | 1.00 | – | –",
        "city agent 0.2% | 1.00 | – | –",
        "province agent 0.3% | 1.00 | – | –",
        "macro-region agent 0.35% | 0.50 | – | –",
        "levels | 4.40 | – | –",
        "dividend 0.05% | 0.50 | 0.50 | 0.50",
        "platform | 20.00 | 20.00 | 199.50",
        "pool | 161.60 | 179.50 | 0.00",
        "together | 1000.00 | 1000.00 | 1000.00",
        "points minted | 72.720000 | 80.775000 | –",
        "of the order | per 100 yuan",
        "referral | 0.5% | 0.5",
        "recruiter | 0.5% | 0.5",
        "regions | 0.35% | 0.35",
        "levels | 0.46% | 0.46",
        "dividend | 0.05% | 0.05",
        "largest claim | 1.86% | 1.86",
        "budget | 2% | 2",
    ];
    checked(&plan, &expected);
}

#[test]
fn a_plan_may_lack_its_optional_keys() {
    let folder = Folder::new();
    let (before, rest) = SEED_ONE.split_once("[order]").expect("the table of days");
    let (_, rest) = rest.split_once("[take]").expect("the next table");
    let without_order = format!("{before}[take]{rest}");
    let (before, rest) = SEED_ONE.split_once("[levels]\nmax_depth").expect("the table of levels");
    let (_, rest) = rest.split_once("[mall]").expect("the next table");
    for plan in [
        without_order,
        format!("{before}[mall]{rest}"),
        SEED_ONE.replace("ranks = []", ""),
        SEED_ONE.replace("hold_days = 7", ""),
        SEED_ONE.replace("refund_days = 7", ""),
        SEED_ONE.replace(r#"redeem = "money""#, ""),
    ] {
        assert_ne!(plan, SEED_ONE);
        folder.write("plan.toml", &plan);
        let run = folder.run(&["plan", "check", "plan.toml"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{plan}");
    }
}

#[test]
fn a_budget_that_is_met_to_the_last_ppm_is_accepted() {
    let folder = Folder::new();
    for plan in [
        SEED_ONE.replace(r#"distribution = "2%""#, r#"distribution = "1.3%""#),
        SEED_ONE.replace(r#"min_rate = "5%""#, r#"min_rate = "4%""#),
        SEED_ONE.replace("\nrate = \"20%\"", "\nrate = \"50%\""),
        SEED_ONE.replace(r#"cap = "1.2""#, r#"cap = "1""#),
        SEED_ONE.replace(r#"store_rebate = "20%""#, r#"store_rebate = "96%""#),
        SEED_ONE.replace(r#"award = "200%""#, r#"award = "1000%""#),
    ] {
        assert_ne!(plan, SEED_ONE);
        folder.write("plan.toml", &plan);
        let run = folder.run(&["plan", "check", "plan.toml"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{plan}");
    }
}
