//! How a rule file is refused: every reason at once, each with its line and column.

use linli_guard::Rules;

const HEAD: &str = r#"profile = "x"
name_zh = "甲"
name_en = "x"
live = true
stale_after_days = 180
"#;

const RULE: &str = r#"[[rule]]
id = "X-1"
verdict = "DENY"
title_zh = "甲"
title_en = "x"
citation = [{ law = "某法", date = "2020-01-01", article = "1" }]
basis = "wording"
checked_on = "2026-11-30"
mend_zh = "改"
mend_en = "change it"
[[rule.check]]
when = "points.cap > 1"
because_zh = "为 {points.cap}"
because_en = "is {points.cap}"
"#;

fn refused(text: &str) -> String {
    Rules::parse(text).map_or_else(|refusals| refusals.to_string(), |_| String::new())
}

#[test]
fn a_rule_file_is_read() {
    let rules = Rules::parse(&format!("{HEAD}{RULE}")).unwrap_or_else(|refusals| panic!("{refusals}"));
    let rule = rules.rule("X-1").expect("there");
    assert_eq!(rule.citation(), "《某法》 2020-01-01, art. 1");
}

#[test]
fn what_is_wrong_with_a_key_is_told_with_its_place() {
    for (from, to, reason) in [
        (
            "when = \"points.cap > 1\"",
            "when = \"points.cup > 1\"",
            "line 17, column 8: X-1.check.when points.cup is no measurement",
        ),
        (
            "when = \"points.cap > 1\"",
            "when = \"points.cap > 'a'\"",
            "line 17, column 20: X-1.check.when this cannot stand between a number and a word",
        ),
        (
            "when = \"points.cap > 1\"",
            "when = \"points.cap\"",
            "line 17, column 8: X-1.check.when must be a condition, not a number",
        ),
        (
            "when = \"points.cap > 1\"",
            "when = 1",
            "line 17, column 8: X-1.check.when must be a text in quotes, not integer",
        ),
        (
            "is {points.cap}",
            "is {points.cap",
            "line 19, column 18: X-1.check.because_en a brace must hold a measurement and be closed",
        ),
        (
            "verdict = \"DENY\"",
            "verdict = \"NO\"",
            "line 8, column 11: X-1.verdict must be DENY, PROOF, ALARM, SHOW or DATA",
        ),
        (
            "basis = \"wording\"",
            "basis = \"memory\"",
            "line 12, column 9: X-1.basis must be wording, report, unconfirmed or soundness",
        ),
        (
            "checked_on = \"2026-11-30\"",
            "checked_on = \"2026-11-31\"",
            "line 13, column 14: X-1.checked_on must be a date such as \"2026-11-30\"",
        ),
        ("checked_on = \"2026-11-30\"\n", "", "line 6, column 1: X-1.checked_on is missing"),
        ("mend_en = \"change it\"", "mend_en = \"\"", "line 15, column 11: X-1.mend_en must not be empty"),
        (
            "title_zh = \"甲\"\ntitle_en",
            "colour = \"red\"\ntitle_zh = \"甲\"\ntitle_en",
            "line 9, column 1: X-1.colour is no key of a rule file",
        ),
        (
            "citation = [{ law = \"某法\", date = \"2020-01-01\", article = \"1\" }]\n",
            "",
            "line 6, column 1: X-1.citation must be a list with at least one table",
        ),
        ("law = \"某法\", ", "", "line 11, column 13: X-1.citation.law is missing"),
        (
            "stale_after_days = 180",
            "stale_after_days = -1",
            "line 5, column 20: stale_after_days must be a whole number of days",
        ),
        ("live = true", "live = \"yes\"", "line 4, column 8: live must be true or false"),
        ("name_en = \"x\"\n", "name_en = \"x\n", "line 3, column 13: is not TOML: "),
    ] {
        let text = format!("{HEAD}{RULE}");
        assert!(text.contains(from), "{from}");
        let refusal = refused(&text.replacen(from, to, 1));
        assert!(refusal.starts_with(reason) && refusal.lines().count() == 1, "{reason}\n{refusal}");
    }
}

#[test]
fn every_reason_is_told_in_the_order_of_the_file() {
    let text =
        format!("{HEAD}{RULE}{RULE}").replace("live = true", "live = 1").replace("points.cap > 1", "1");
    assert_eq!(
        refused(&text),
        "line 4, column 8: live must be true or false\n\
         line 17, column 8: X-1.check.when must be a condition, not a number\n\
         line 31, column 8: X-1.check.when must be a condition, not a number"
    );
}

#[test]
fn a_rule_stands_once_and_a_live_profile_has_some() {
    assert_eq!(refused(&format!("{HEAD}{RULE}{RULE}")), "line 20, column 1: X-1 stands more than once");
    assert_eq!(refused(HEAD), "line 1, column 1: rule must be a list with at least one table");
    assert_eq!(refused(&HEAD.replace("true", "false")), "");
}

#[test]
fn what_is_given_must_be_measurements_in_their_form() {
    let given = |line: &str| refused(&format!("{HEAD}[given]\n{line}\n{RULE}"));
    assert_eq!(given("\"provider.split_limit\" = \"30%\""), "");
    assert_eq!(
        given("\"provider.split_limit\" = \"30\""),
        "line 7, column 26: given.provider.split_limit must be a rate such as \"20%\""
    );
    assert_eq!(
        given("\"provider.speed\" = \"3\""),
        "line 7, column 1: given.provider.speed is no measurement"
    );
    assert!(given("provider.split_limit = \"30%\"").contains("must be in quotes as a whole"));
}
