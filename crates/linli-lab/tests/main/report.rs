//! The report is one file that needs nothing else, says the honest sentences first, and has a table behind every chart.

use crate::support::{LIVELY, input, run_text, scenario, source_table};
use linli_lab::many::{cores, run_many};
use linli_lab::report::{Assumptions, report};
use linli_lab::sentences::{at_once_per_100, sentences};
use linli_lab::{Measured, Watch};

fn page(runs: &[Measured]) -> String {
    report(runs, &Assumptions { scenario: LIVELY, plan: "name = \"<plan>\"" })
}

#[test]
fn it_needs_no_network_and_no_script() {
    let page = page(&[run_text(LIVELY, 1)]);
    // The one address is the name of SVG's own language.
    assert_eq!(page.matches("http").count(), page.matches("http://www.w3.org/2000/svg").count());
    for outside in ["<script", "<link", "<img", "url(", "@import"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("name = &quot;&lt;plan&gt;&quot;"), "what is not ours is escaped");
}

#[test]
fn every_chart_has_its_table_and_both_languages() {
    let runs =
        run_many(&scenario(LIVELY), &input(LIVELY), 1, 3, cores(), &Watch::default()).expect("they end");
    let page = page(&runs);
    let (charts, tables) = (page.matches("<figure>").count(), page.matches("<table>").count());
    assert_eq!((charts, tables), (9, 9));
    assert_eq!(page.matches("class=\"en\"").count(), page.matches("class=\"zh\"").count());
    assert!(page.find("class=\"honest\"") < page.find("<figure>"), "the sentences come first");
}

#[test]
fn the_sentences_are_those_of_the_figures() {
    let run = run_text(&source_table(100_000, ""), 0);
    let all = sentences(&run);
    // 38 of 100,000 reach 1.2 times, which is one of 2,632.
    assert!(all[0].en.contains("1 of 2632 reached the cap"), "{}", all[0].en);
    assert!(all[0].zh.contains("每 2632 人中有 1 人达到封顶"), "{}", all[0].zh);
    let median = format!("{:.2} for the median member", run.everyone.median_per_100);
    assert!(all[0].en.contains(&median), "{}", all[0].en);
    assert!(all[1].en.contains("of 100 yuan the stores keep 80.00"), "{}", all[1].en);
    // 16% of the order, 70% of that minted, 80% of that after the retention.
    assert!((at_once_per_100(&run.plan) - 8.96).abs() < 1e-9);
    assert!(all[2].en.contains("whoever joined last has 8.96 of 100 yuan"), "{}", all[2].en);
    assert!(all[2].en.contains("the price to rise 10.7 times"), "{}", all[2].en);
    assert!(all.iter().any(|sentence| sentence.en.contains("The price is no promise")));
}
