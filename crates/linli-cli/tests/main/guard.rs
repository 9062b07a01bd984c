//! `linli guard check`: what is printed and with which exit code. The rules themselves are tested where they are.

use super::support::{Folder, Run, SEED_ONE, SEED_THREE};
use serde_json::Value;

const STREET: &str = include_str!("../../../../plans/street-cn.toml");

/// The ids of a verdict among the findings that are printed as JSON.
fn ids(run: &Run, verdict: &str) -> Vec<String> {
    let json: Value = serde_json::from_str(&run.out).expect("JSON");
    let findings = json["findings"].as_array().expect("a list");
    for finding in findings {
        for key in ["id", "verdict", "citation", "because", "because_zh", "mend", "mend_zh"] {
            assert!(!finding[key].as_str().expect("a text").is_empty(), "{key} of {finding}");
        }
    }
    let found = findings.iter().filter(|finding| finding["verdict"] == verdict);
    found.map(|finding| finding["id"].as_str().expect("a text").to_string()).collect()
}

fn checked(plan: &str, arguments: &[&str]) -> Run {
    let folder = Folder::new();
    folder.write("plan.toml", plan);
    let run = folder.run(&[&["guard", "check", "plan.toml", "--on", "2026-11-30"], arguments].concat());
    assert_eq!(run.err, "");
    run
}

#[test]
fn the_sources_plans_are_denied_with_exit_code_1() {
    for plan in [SEED_ONE, SEED_THREE] {
        let run = checked(plan, &["--profile", "cn", "--json"]);
        assert_eq!(run.code, Some(1));
        assert_eq!(ids(&run, "DENY"), ["EN-1"]);
        let proofs = ids(&run, "PROOF");
        for id in ["PS-3b", "IF-5", "FR-2", "FR-9"] {
            assert!(proofs.iter().any(|found| found == id), "{id} in {proofs:?}");
        }
    }
}

#[test]
fn a_cap_of_two_and_any_levels_are_denied() {
    let cap = checked(&SEED_ONE.replace("cap = \"1.2\"", "cap = \"2\""), &["--profile", "cn", "--json"]);
    assert!(ids(&cap, "DENY").contains(&"IF-4".to_string()), "{}", cap.out);
    let levels = SEED_ONE.replace("ranks = []", r#"ranks = [{ name = "V1", rate = "0.2%" }]"#);
    let levels = checked(&levels, &["--profile", "cn", "--json"]);
    assert!(ids(&levels, "DENY").contains(&"PS-3a".to_string()), "{}", levels.out);
}

#[test]
fn the_street_plan_passes_with_exit_code_0_under_its_own_jurisdiction() {
    let run = checked(STREET, &["--json"]);
    assert_eq!(run.code, Some(0));
    assert!(ids(&run, "DENY").is_empty() && ids(&run, "PROOF").is_empty(), "{}", run.out);
    assert!(ids(&run, "SHOW").contains(&"SH-1".to_string()), "{}", run.out);
}

#[test]
fn people_read_reason_law_and_remedy_in_both_languages() {
    let run = checked(SEED_ONE, &["--profile", "cn"]);
    assert_eq!(run.code, Some(1));
    for text in [
        "plan.toml under cn (mainland China 中国大陆): 1 DENY, 10 PROOF, 1 ALARM",
        "DENY  正式运营时拒绝 live refuses",
        "why 原因   genesis is 0.00 yuan; at least 1000.00 is asked",
        "创世注资 0.00 元，至少 1000.00 元",
        "law 依据   《禁止传销条例》 国务院令第444号 2005-08-23, art. 7(3)",
        "mend 改法  set referral.indirect to 0%",
        "Not asked, as not measured here 未测量故未查: PS-1,",
        "Not asked, as there is no such function yet 功能尚未提供: PZ-1,",
    ] {
        assert!(run.out.contains(text), "{text}\n{}", run.out);
    }
}

#[test]
fn settings_are_asked_too() {
    let folder = Folder::new();
    folder.write("plan.toml", STREET);
    folder.write("platform.toml", "\"balance.top_up\" = \"true\"\n\"privacy.export\" = \"true\"\n");
    let check =
        ["guard", "check", "plan.toml", "--on", "2026-11-30", "--json", "--settings", "platform.toml"];
    let run = folder.run(&check);
    assert_eq!((run.code, ids(&run, "DENY")), (Some(1), vec!["CR-3".to_string()]));
    folder.write("platform.toml", "\"balance.top_up\" = \"yes\"\npoints.cap = \"1\"\n");
    let run = folder.run(&check);
    assert_eq!(
        run.err,
        "linli: platform.toml is refused:\n\
         \u{20} line 1, column 20: balance.top_up must be true or false\n\
         \u{20} line 2, column 1: points must be in quotes as a whole, such as \"points.cap\"\n"
    );
}

#[test]
fn a_rule_file_of_ones_own_is_a_profile_too() {
    let folder = Folder::new();
    folder.write("plan.toml", STREET);
    folder.write("own.toml", include_str!("../../../../rules/none.toml"));
    let run = folder.run(&["guard", "check", "plan.toml", "--profile", "own.toml"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("Nothing can be live under this profile."), "{}", run.out);
    folder.write("own.toml", "profile = 1\n");
    let run = folder.run(&["guard", "check", "plan.toml", "--profile", "own.toml"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.err.contains("line 1, column 11: profile must be a text in quotes, not integer"),
        "{}",
        run.err
    );
}

#[test]
fn old_citations_are_alarms_and_unknown_profiles_and_days_are_told() {
    let folder = Folder::new();
    folder.write("plan.toml", STREET);
    let old = folder.run(&["guard", "check", "plan.toml", "--on", "2028-01-01"]);
    assert!(old.out.contains("was last checked on 2026-11-30"), "{}", old.out);
    let profile = folder.run(&["guard", "check", "plan.toml", "--profile", "mars"]);
    assert_eq!(
        (profile.code, profile.err.as_str()),
        (Some(1), "linli: there is no profile \"mars\"; there are cn, none, and rule files (.toml)\n")
    );
    let day = folder.run(&["guard", "check", "plan.toml", "--on", "tomorrow"]);
    assert_eq!(day.err, "linli: tomorrow is no date such as 2026-11-30\n");
}

#[test]
fn texts_are_read_with_file_line_and_column() {
    let folder = Folder::new();
    folder.write("plan.toml", STREET);
    std::fs::create_dir_all(folder.path("texts/deep")).expect("a folder of its own");
    folder.write("texts/shop.txt", "新品上市，第二杯半价\n安全返程\n");
    let check = ["guard", "check", "plan.toml", "--on", "2026-11-30", "--texts", "texts"];
    assert_eq!(folder.run(&check).code, Some(0));
    folder.write("texts/deep/bad.md", "欢迎光临\n本店 穩\u{200b}賺不賠，国家级评价\n");
    let run = folder.run(&[&check[..], &["--json"]].concat());
    assert_eq!((run.code, ids(&run, "DENY")), (Some(1), vec!["CR-2".to_string()]));
    assert!(run.out.contains(r#""where": "texts/deep/bad.md:2:4""#), "{}", run.out);
    let run = folder.run(&check);
    assert!(run.out.contains("where 何处 texts/deep/bad.md:2:4"), "{}", run.out);
    assert!(run.out.contains("“国家级”"), "{}", run.out);
    folder.write("texts/logo.png", [0x89, 0x50, 0xff]);
    let run = folder.run(&check);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("texts/logo.png is no text in UTF-8"), "{}", run.err);
}
