//! A plan key by key, with values as a plan file writes them: for laying two plans side by side, and for writing a file
//! that means the same. Must not be added here: a key that the reader does not know.

use super::{Plan, RedeemTo, RegionMode, Unclaimed};
use crate::units::Fen;
use std::fmt::Write as _;

/// A key with its table, such as `take.rate`, and its value in TOML.
pub type Listed = (&'static str, String);

impl Plan {
    /// Every key, in the order of the file, with its value; also those that a file may leave out.
    #[must_use]
    pub fn listed(&self) -> Vec<Listed> {
        let rate = |rate: crate::rate::Rate| format!("\"{rate}\"");
        let yuan = |fen: u64| format!("\"{}\"", Fen::from(fen));
        let [district, city, province, macro_region] = self.region.rates.map(rate);
        let (take, points, mall) = (&self.take, &self.points, &self.mall);
        vec![
            ("name", quoted(&self.name)),
            ("jurisdiction", quoted(&self.jurisdiction)),
            ("order.hold_days", self.order.hold_days.to_string()),
            ("order.refund_days", self.order.refund_days.to_string()),
            ("take.rate", rate(take.rate)),
            ("take.min_rate", rate(take.min_rate)),
            ("take.max_rate", rate(take.max_rate)),
            ("take.platform", rate(take.platform)),
            ("take.distribution", rate(take.distribution)),
            ("take.unclaimed", unclaimed(take.unclaimed).into()),
            ("points.start_price", yuan(points.start_price_fen)),
            ("points.genesis", yuan(points.genesis_fen)),
            ("points.mint", rate(points.mint)),
            ("points.retention", rate(points.retention)),
            ("points.cap", format!("\"{}\"", points.cap)),
            ("points.redeem", redeem(points.redeem).into()),
            ("referral.direct", rate(self.direct)),
            ("referral.indirect", rate(self.indirect)),
            ("recruit.store", rate(self.recruit)),
            ("region.mode", mode(self.region.mode).into()),
            ("region.district", district),
            ("region.city", city),
            ("region.province", province),
            ("region.macro", macro_region),
            ("dividend.rate", rate(self.dividend)),
            ("levels.max_depth", self.levels.max_depth.to_string()),
            ("levels.peer", rate(self.levels.peer)),
            ("levels.ranks", self.listed_ranks()),
            ("mall.deduct", rate(mall.deduct)),
            ("mall.award", rate(mall.award)),
            ("mall.store_rebate", rate(mall.store_rebate)),
            ("mall.award_days", mall.award_days.to_string()),
        ]
    }

    fn listed_ranks(&self) -> String {
        let ranks = self.levels.ranks.iter();
        let ranks: Vec<_> = ranks
            .map(|rank| format!("{{ name = {}, rate = \"{}\" }}", quoted(&rank.name), rank.rate))
            .collect();
        format!("[{}]", ranks.join(", "))
    }

    /// A plan file that means this plan; comments and what a file left out are not in it.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let mut table = "";
        for (key, value) in self.listed() {
            let (of, name) = key.split_once('.').unwrap_or(("", key));
            if of != table {
                table = of;
                writeln!(text, "\n[{table}]").expect("a text takes whatever is written");
            }
            writeln!(text, "{name} = {value}").expect("a text takes whatever is written");
        }
        text
    }
}

fn unclaimed(unclaimed: Unclaimed) -> &'static str {
    match unclaimed {
        Unclaimed::Platform => "\"platform\"",
        Unclaimed::Pool => "\"pool\"",
    }
}

fn redeem(redeem: RedeemTo) -> &'static str {
    match redeem {
        RedeemTo::Money => "\"money\"",
        RedeemTo::Spend => "\"spend\"",
    }
}

fn mode(mode: RegionMode) -> &'static str {
    match mode {
        RegionMode::Additive => "\"additive\"",
        RegionMode::Differential => "\"differential\"",
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control.is_control() => {
                write!(quoted, "\\u{:04X}", u32::from(control)).expect("a text takes whatever is written");
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_of_a_plan_is_read_as_the_same_plan() {
        let seeds = [
            include_str!("../../../../plans/seed-one.toml"),
            include_str!("../../../../plans/seed-three.toml"),
        ];
        for text in seeds {
            let mut plan = Plan::parse(text).expect("a plan");
            assert_eq!(Plan::parse(&plan.to_text()), Ok(plan.clone()));
            plan.name = "a \"name\" \\ with\u{1}\n 名字".into();
            assert_eq!(Plan::parse(&plan.to_text()), Ok(plan));
        }
    }

    #[test]
    fn ranks_and_every_other_word_are_written_as_they_are_read() {
        let text = include_str!("../../../../plans/seed-one.toml");
        let text = text
            .replace("unclaimed = \"platform\"", "unclaimed = \"pool\"")
            .replace("redeem = \"money\"", "redeem = \"spend\"")
            .replace("mode = \"differential\"", "mode = \"additive\"")
            .replace("max_depth = 0", "max_depth = 3")
            .replace(
                "ranks = []",
                "ranks = [{ name = \"V1\", rate = \"0.1%\" }, { name = \"二\", rate = \"0.2%\" }]",
            );
        let plan = Plan::parse(&text).expect("a plan");
        assert_eq!(plan.levels.ranks.len(), 2);
        assert_eq!(Plan::parse(&plan.to_text()), Ok(plan));
    }
}
