//! `linli lab`: presets by name, files with their faults, the same balances as `settle` and `replay`.

use super::settle_year::year;
use super::support::{Folder, SAMPLE_ORDERS};
use serde_json::Value;

const SMALL: &str = r#"
name = "small"
plan = "plan.toml"
days = 40
[arrivals.constant]
per_day = 5
[returns.regular]
every_days = "4"
lapse = "5%"
[stores]
count = 3
agents = ["440106"]
recruiters = 1
[inviting.preferential]
share = "50%"
otherwise = "first_store"
[[redeem]]
share = "40%"
how.hazard = { per_day = "3%" }
[refunds]
share = "5%"
after_days = 2
"#;

/// Orders of a file, all members bound to their first store, nobody redeems.
const REAL: &str = "name = \"real\"\nplan = \"plan.toml\"\ndays = 3660\ninviting = \"first_store\"\n\
                    [arrivals.file]\n[stores]\ndistricts = [\"000000\"]\n";

fn summary(folder: &Folder, out: &str) -> Value {
    serde_json::from_str(&folder.read(&format!("{out}/summary.json"))).expect("JSON")
}

fn run_small(folder: &Folder, further: &[&str]) -> Value {
    folder.write("small.toml", SMALL);
    let run = folder.run(&[&["lab", "run", "small.toml", "--out", "out"], further].concat());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    summary(folder, "out")
}

#[test]
fn every_preset_is_listed_and_printed() {
    let folder = Folder::new();
    let list = folder.run(&["lab", "presets"]).out;
    for name in
        ["source-table", "steady-street", "boom-and-stop", "panic-cycles", "funding-rounds", "city-franchise"]
    {
        assert!(list.contains(name), "{list}");
        let printed = folder.run(&["lab", "presets", name]);
        assert!(printed.out.contains(&format!("name = \"{name}\"")), "{}", printed.out);
    }
    let unknown = folder.run(&["lab", "presets", "no-such"]);
    assert_eq!(unknown.code, Some(1));
    assert!(unknown.err.contains("`linli lab presets` lists them"), "{}", unknown.err);
}

#[test]
fn the_first_screen_says_what_the_median_member_gets_who_pays_and_what_happens_when_growth_stops() {
    let folder = Folder::new();
    let run = folder.run(&["lab", "run", "source-table", "--days", "10", "--out", "out"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    for said in [
        "for the median member",
        "1 of",
        "reached the cap",
        "The stores pay for all of it",
        "When growth stops",
        "中位数会员",
        "增长停止时",
    ] {
        assert!(run.out.contains(said), "{said}: {}", run.out);
    }
    let summary = summary(&folder, "out");
    assert_eq!(summary["totals"]["orders"], 10_000);
    assert_eq!(summary["first_at_cap"][1]["order"], 3_702);
    assert_eq!(summary["totals"]["turnover"], "10000000.00");
}

#[test]
fn a_run_replayed_gives_the_same_pool_supply_and_stores() {
    let folder = Folder::new();
    let summary = run_small(&folder, &["--commands", "commands.jsonl", "--seed", "9"]);
    let arguments =
        ["replay", "--plan", "plan.toml", "--balances", "balances.json", "--strict", "commands.jsonl"];
    assert_eq!(folder.run(&arguments).code, Some(0));
    let balances: Value = serde_json::from_str(&folder.read("balances.json")).expect("JSON");
    assert_eq!(balances["pool:reserve"]["CNY"], summary["end"]["pool"]);
    assert_eq!(
        balances["pool:issued"]["GP"],
        format!("-{}", summary["end"]["supply"].as_str().expect("text"))
    );
    assert_eq!(balances["platform:profit"]["CNY"], summary["who_got_what"]["platform"]["yuan"]);
    assert_eq!(summary["seed"], 9);
}

#[test]
fn several_runs_give_bands_and_the_first_one_the_same_figures() {
    let folder = Folder::new();
    let one = run_small(&folder, &[]);
    let many = run_small(&folder, &["--runs", "5"]);
    assert_eq!((&one["bands"], &many["bands"]["runs"]), (&Value::Null, &5.into()));
    assert_eq!(one["everyone"], many["everyone"]);
    assert_eq!(folder.read("out/bands.csv").lines().count(), 1 + 40);
    assert_eq!(folder.read("out/series.csv").lines().count(), 1 + 40);
}

#[test]
fn real_orders_give_what_settle_gives() {
    let folder = Folder::with_sample();
    let settled = folder.settle(&[]);
    folder.write("real.toml", REAL);
    let run = folder.run(&["lab", "run", "real.toml", "--orders", "orders.csv", "--out", "lab"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let balances = settled.balances;
    assert_eq!(summary(&folder, "lab")["end"]["pool"], balances["pool:reserve"]["CNY"].as_str());
    assert!(SAMPLE_ORDERS.lines().count() > 100);
}

#[test]
fn a_year_of_real_orders_gives_its_golden_price() {
    let Some(year) = year() else { return };
    let folder = Folder::new();
    folder.write("real.toml", REAL);
    let year = year.to_str().expect("UTF-8");
    let run = folder.run(&["lab", "run", "real.toml", "--orders", year, "--out", "lab"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let summary = summary(&folder, "lab");
    assert_eq!(summary["end"]["price"], "133.499525");
    assert_eq!((&summary["totals"]["orders"], &summary["totals"]["exits"]), (&155_370.into(), &5.into()));
    let preset = folder.run(&["lab", "run", "completejourney", "--orders", year, "--out", "preset"]);
    assert_eq!((preset.code, preset.err.as_str()), (Some(0), ""));
}

#[test]
fn faults_name_their_file_and_place() {
    let folder = Folder::new();
    folder.write("bad.toml", SMALL.replace("count = 3", "count = \"3\""));
    folder.write("late.csv", "order_id,paid_at,member_id,store_id,amount\nO1,2026-01-02,M,S,1.00\nO2,2026-01-01T00:00:00,M,S,1.00\n");
    folder.write("real.toml", REAL);
    folder.write("small.toml", SMALL);
    for (arguments, said) in [
        (&["bad.toml"][..], "bad.toml: line 11, column 9: "),
        (&["nowhere.toml"], "nowhere.toml is neither a file nor a preset; the presets are source-table"),
        (&["real.toml"], "real.toml takes its orders from a file: name it with --orders"),
        (&["real.toml", "--orders", "late.csv"], "late.csv, line 2, column 4: "),
        (&["small.toml", "--orders", "late.csv"], "small.toml makes its own orders"),
        (&["small.toml", "--set", "points.cap=0.1"], "--set: the plan is refused: points.cap"),
        (&["small.toml", "--set", "points.cap"], "--set points.cap: write KEY=VALUE"),
        (&["small.toml", "--days", "0"], "--days: days must be from 1"),
    ] {
        let run = folder.run(&[&["lab", "run"], arguments, &["--out", "out"]].concat());
        assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{arguments:?}");
        assert!(run.err.contains(said), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn scenarios_stand_side_by_side() {
    let folder = Folder::new();
    folder.write("small.toml", SMALL);
    folder.write("other.toml", SMALL.replace("per_day = 5", "per_day = 9"));
    let run = folder.run(&["lab", "compare", "small.toml", "other.toml", "--out", "out"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let csv = folder.read("out/compare.csv");
    assert!(csv.starts_with(",small.toml,other.toml\n") && csv.contains("\nmembers 会员,200,360\n"), "{csv}");
    assert!(folder.read("out/report.html").contains("<svg "));
}

#[test]
fn a_history_is_replayed_under_another_plan_from_its_journal_and_from_its_export() {
    let folder = Folder::new();
    run_small(&folder, &["--commands", "commands.jsonl"]);
    let ingest = ["ingest", "--data", "shop", "--plan", "plan.toml", "commands.jsonl"];
    assert_eq!(folder.run(&ingest).code, Some(0));
    folder.write("new.toml", super::support::SEED_THREE);
    let from = |history: &[&str], out: &str| {
        let run = folder.run(&[&["lab", "whatif"], history, &["--plan", "new.toml", "--out", out]].concat());
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        folder.read(&format!("{out}/changes.csv"))
    };
    let journal = from(&["--data", "shop"], "a");
    let export = from(&["--commands", "commands.jsonl", "--opening", "plan.toml"], "b");
    assert_eq!(journal, export);
    assert!(journal.lines().count() > 200 && journal.contains("\npool,,"), "{journal}");
}

#[test]
fn attacks_and_plans_are_shown_as_tables() {
    let folder = Folder::new();
    let red =
        folder.run(&["lab", "redteam", "--days", "40", "--search", "100", "--rounds", "1", "--out", "red"]);
    assert_eq!((red.code, red.err.as_str()), (Some(0), ""));
    let csv = folder.read("red/redteam.csv");
    for attack in [
        "wash trading",
        "sock puppets",
        "whale",
        "last one out, genesis 0.00",
        "last one out, genesis 1000.00",
        "early tiny orders",
        "refund abuse",
        "farming deduction points",
    ] {
        assert!(csv.contains(attack), "{attack}: {csv}");
    }
    folder.write("small.toml", SMALL);
    let search = [
        "lab",
        "search",
        "small.toml",
        "--vary",
        "points.cap=1.0..1.5",
        "--vary",
        "take.rate=5%..20%",
        "--aim",
        "median",
        "--aim",
        "stores",
    ];
    let run = folder.run(&[&search[..], &["--rounds", "2", "--per-round", "6", "--out", "found"]].concat());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("of 12 plans are on the frontier"), "{}", run.out);
    assert!(
        folder
            .read("found/frontier.csv")
            .starts_with("points.cap,take.rate,median *,worst-cohort,stores *,solvency,")
    );
    let unknown = folder.run(&["lab", "search", "small.toml", "--vary", "points.cup=1..2", "--out", "found"]);
    assert!(unknown.err.contains("points.cup is not a key of a plan"), "{}", unknown.err);
}

#[test]
fn the_sources_claims_stand_beside_their_remarks() {
    let run = Folder::new().run(&["lab", "earnings", "--claims-only"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    for said in [
        "250000.00",
        "1,000 × 3 is 3,000",
        "1030000.00",
        "it names 11 districts: 1100000.00",
        "5460000.00",
        "54.6 million paying members",
    ] {
        assert!(run.out.contains(said), "{said}: {}", run.out);
    }
    let tenth = Folder::new().run(&["lab", "earnings", "--claims-only", "--spending", "100.00"]);
    assert!(tenth.out.contains("546000.00"), "{}", tenth.out);
}
