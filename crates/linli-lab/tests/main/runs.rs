//! Runs repeat by seed on any number of cores, add up, and can be stopped.

use crate::support::{LIVELY, input, run_text, scenario};
use linli_lab::many::run_many;
use linli_lab::measure::Who;
use linli_lab::summary::summary;
use linli_lab::tables::{cohorts_csv, series_csv};
use linli_lab::{RunError, Scenario, Watch, run};
use std::num::NonZeroUsize;
use std::sync::atomic::Ordering;

#[test]
fn seeds_give_the_same_numbers_on_any_number_of_cores() {
    let (scenario, input) = (scenario(LIVELY), input(LIVELY));
    let files = |cores: usize| {
        let cores = NonZeroUsize::new(cores).expect("above 0");
        let runs = run_many(&scenario, &input, 5, 4, cores, &Watch::default()).expect("they end");
        (summary(&runs).to_json(), runs.iter().map(series_csv).collect::<String>())
    };
    let one = files(1);
    assert_eq!(one, files(3));
    assert!(one.0.contains("\"runs\": 4"));
    assert_ne!(run_text(LIVELY, 5).rows, run_text(LIVELY, 6).rows);
}

#[test]
fn whoever_got_something_got_all_that_came_in() {
    let run = run_text(LIVELY, 3);
    assert_eq!(run.who.together(), run.who.turnover + run.who.capital);
    for who in Who::ALL {
        assert!(run.who.part(who).0 > 0, "{}", who.name());
    }
    assert_eq!(run.who.agents.len(), 3);
    assert_eq!(run.cohorts.iter().map(|cohort| cohort.members).sum::<u64>(), run.everyone.members);
    assert_eq!(run.cohorts.len(), 4);
    assert_eq!(cohorts_csv(&run).lines().count(), 1 + 4 + 1);
    assert!(run.rows.is_sorted_by(|a, b| a.price_micro <= b.price_micro), "the price never falls");
}

#[test]
fn a_run_can_be_stopped_and_counts_its_orders() {
    let watch = Watch::default();
    run(&scenario(LIVELY), &input(LIVELY), 1, &watch, None).expect("it ends");
    let orders = watch.orders.load(Ordering::Relaxed);
    assert_eq!(orders, run_text(LIVELY, 1).sums.orders);
    watch.cancelled.store(true, Ordering::Relaxed);
    let stopped = run(&scenario(LIVELY), &input(LIVELY), 1, &watch, None);
    assert!(matches!(stopped, Err(RunError::Cancelled)));
}

#[test]
fn a_fault_is_named_with_its_line_and_column() {
    let good = "name = \"x\"\nplan = \"seed-one\"\ndays = 10\narrivals.constant.per_day = 3\n";
    Scenario::parse(good).expect("sound");
    for (bad, line, column, said) in [
        (good.replace("days = 10", "days = 0"), 3, 8, "from 1 to 18263"),
        (good.replace("days = 10", "days = \"10\""), 3, 8, "expected u32"),
        (good.replace("constant", "constantly"), 4, 10, "unknown variant"),
        (format!("{good}order.fixed.amount = \"1.234\"\n"), 5, 22, "not an amount above 0"),
        (format!("{good}colour = 1\n"), 5, 1, "unknown field"),
        (format!("{good}keys = {{ \"points.cup\" = \"2\" }}\n"), 5, 25, "not a key of a plan"),
        (
            format!(
                "{good}[[redeem]]\nshare = \"80%\"\nhow = \"never\"\n[[redeem]]\nshare = \"30%\"\nhow = \"never\"\n"
            ),
            8,
            1,
            "above 100%",
        ),
        (format!("{good}start = \"2026-13-01\"\n"), 5, 9, "not a day"),
        (good.replace("days = 10\n", ""), 1, 1, "missing field `days`"),
        (good.replace("name =", "name"), 1, 6, "TOML"),
    ] {
        let fault = Scenario::parse(&bad).expect_err(&bad);
        assert_eq!((fault.line, fault.column), (line, column), "{fault}\n{bad}");
        assert!(fault.message.contains(said) || said == "TOML", "{fault}");
    }
    let text = good.replace("seed-one", "seed-two");
    let fault = scenario(&text).opening_plan(&text, None).expect_err("no such plan");
    assert_eq!((fault.line, fault.column), (2, 8), "{fault}");
    let text = format!("{good}keys = {{ \"points.cap\" = \"0.5\" }}\n");
    let fault = scenario(&text).opening_plan(&text, None).expect_err("no such cap");
    assert_eq!((fault.line, fault.column), (5, 25), "{fault}");
}
