//! The rules between a plan's keys.

use super::file::File;
use super::{Claim, Plan};
use crate::rate::{Rate, WHOLE_PPM};

/// Refuses what breaks a rule between keys.
pub fn check(file: &mut File<'_>, plan: &Plan) {
    let take = &plan.take;
    let fixed = take.platform.0 + take.distribution.0;
    if fixed > take.min_rate.0 {
        let sum = Rate(fixed);
        file.refuse_read(
            "take.min_rate",
            format!("must be at least take.platform + take.distribution = {sum}"),
        );
    }
    if !(take.min_rate..=take.max_rate).contains(&take.rate) {
        let (low, high) = (take.min_rate, take.max_rate);
        file.refuse_read(
            "take.rate",
            format!("must be from take.min_rate = {low} to take.max_rate = {high}"),
        );
    }
    let claim = Claim::largest(plan);
    if !claim.fits(take.distribution) {
        let largest = Claim::percent(claim.total());
        let reason = format!(
            "must carry the largest claim of referral, recruit, region, levels and dividend: {largest}"
        );
        file.refuse_read("take.distribution", reason);
    }
    if plan.mall.store_rebate.0 + fixed > WHOLE_PPM {
        let left = Rate(WHOLE_PPM.saturating_sub(fixed));
        file.refuse_read(
            "mall.store_rebate",
            format!("must leave 100% - take.platform - take.distribution: at most {left}"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::Plan;

    const SEED_ONE: &str = include_str!("../../../../plans/seed-one.toml");

    /// Seed-one with its first line of each of these keys replaced.
    fn with(lines: &[(&str, &str)]) -> String {
        let mut text = SEED_ONE.to_string();
        for (key, value) in lines {
            let start = text.find(&format!("\n{key} = ")).expect("a line of the plan") + 1;
            let end = start + text[start..].find('\n').expect("a further line");
            text.replace_range(start..end, &format!("{key} = {value}"));
        }
        text
    }

    fn refusals(text: &str) -> String {
        Plan::parse(text).map_or_else(|refusals| refusals.to_string(), |_| String::new())
    }

    /// Asserts that beside these lines the first value of a key is the last that fits, and how the second is
    /// refused.
    fn assert_edge(beside: &[(&str, &str)], path: &str, [fits, breaks]: [&str; 2], reason: &str) {
        let (_, key) = path.split_once('.').expect("a table and a key");
        assert_eq!(refusals(&with(&[beside, &[(key, fits)]].concat())), "", "{path} = {fits}");
        let text = with(&[beside, &[(key, breaks)]].concat());
        let line = 1 + text.lines().position(|line| line.starts_with(key)).expect("its line");
        let column = 1 + key.len() + " = ".len();
        let refusal = format!("line {line}, column {column}: {path} = {breaks}: must {reason}");
        assert_eq!(refusals(&text), refusal);
    }

    #[test]
    fn rates_fit_each_other_to_the_ten_thousandth_of_a_percent() {
        let sum = "be at least take.platform + take.distribution = 4%";
        assert_edge(&[], "take.min_rate", [r#""4%""#, r#""3.9999%""#], sum);
        let range = "be from take.min_rate = 5% to take.max_rate = 50%";
        assert_edge(&[], "take.rate", [r#""5%""#, r#""4.9999%""#], range);
        assert_edge(&[], "take.rate", [r#""50%""#, r#""50.0001%""#], range);
        let left = "leave 100% - take.platform - take.distribution: at most 96%";
        assert_edge(&[], "mall.store_rebate", [r#""96%""#, r#""96.0001%""#], left);
    }

    #[test]
    fn the_budget_carries_the_largest_claim_exactly() {
        let claim = |largest: &str| {
            format!("carry the largest claim of referral, recruit, region, levels and dividend: {largest}")
        };
        let ranks = r#"[{ name = "V1", rate = "0.2%" }, { name = "V2", rate = "0.4%" }]"#;
        for (beside, edge, largest) in [
            // 0.3 + 0.2 to the inviters, 0.5 to the recruiter, 0.3 to whoever holds the province.
            (&[][..], [r#""1.3%""#, r#""1.2999%""#], "1.3%"),
            // Each agent its own: 0.1 + 0.2 + 0.3.
            (&[("mode", r#""additive""#)], [r#""1.6%""#, r#""1.5999%""#], "1.6%"),
            // 0.4 to the top rank, and a tenth of 0.2 and 0.4 to peers.
            (&[("ranks", ranks), ("peer", r#""10%""#)], [r#""1.76%""#, r#""1.7599%""#], "1.76%"),
            // Peers get a millionth of both: 0.4000006.
            (&[("ranks", ranks), ("peer", r#""0.0001%""#)], [r#""1.7001%""#, r#""1.7%""#], "1.7000006%"),
        ] {
            assert_edge(beside, "take.distribution", edge, &claim(largest));
        }
    }

    #[test]
    fn keys_are_refused_in_the_order_of_the_file() {
        let text = with(&[("min_rate", r#""1%""#), ("award_days", "-1"), ("direct", "0.3")]);
        let text = text.replace("\n[dividend]", "\n[dividend]\nshare = 1");
        let refusals = Plan::parse(&text).expect_err("three keys are wrong").0;
        let keys: Vec<_> = refusals.iter().map(|refusal| refusal.key.as_str()).collect();
        assert_eq!(keys, ["referral.direct", "dividend.share", "mall.award_days"]);
    }

    #[test]
    fn a_rule_between_keys_waits_until_every_key_is_known() {
        let text = with(&[("min_rate", r#""1%""#)]).replace("\n[dividend]", "\n[dividend]\nshare = 1");
        let refused = refusals(&text);
        assert!(refused.ends_with("dividend.share = 1: is not a key of a plan"), "{refused}");
        assert_eq!(refused.lines().count(), 1, "{refused}");
    }

    #[test]
    fn what_should_be_a_table_is_refused_once_with_its_place() {
        let text = SEED_ONE.replace("[recruit]\nstore = \"0.5%\"", "");
        let text = text.replace("\n[order]", "\nrecruit = 5\n[order]");
        assert_eq!(refusals(&text), "line 5, column 11: recruit = 5: must be a table, not integer");
    }
}
