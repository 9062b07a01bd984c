//! The source's own earnings arithmetic, as a calculator: each claim with the count that it rests on and the remark that
//! belongs beside it, and next to it what a run from the bottom up says. Figures are per month, in fen. Must not be added: a
//! claim without its remark.

use crate::measure::{Measured, Who};
use linli_economy::rate::Rate;
use linli_economy::units::Fen;

/// One claim of the source's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Who is promised it: English, Chinese.
    pub whose: [&'static str; 2],
    /// How the source counts.
    pub counts: String,
    /// What it comes to.
    pub comes_to: Fen,
    /// What must stand beside it: English, Chinese.
    pub remark: [String; 2],
    /// The turnover a month that it needs.
    pub needs_turnover: Fen,
    /// The paying members that it needs.
    pub needs_members: u64,
}

/// People, each with this spending a month, at a rate.
fn part(people: u64, spending: Fen, rate: Rate) -> Fen {
    Fen(i128::from(people) * spending.0 * i128::from(rate.0) / 1_000_000)
}

/// All claims, where each member spends this much a month; the source says 1000 yuan.
#[must_use]
pub fn claims(spending: Fen) -> Vec<Claim> {
    let of = |people, ppm| part(people, spending, Rate(ppm));
    let all = |people: u64| Fen(i128::from(people) * spending.0);
    let yuan = |fen: Fen| fen.0 / 100;
    // 20 stores with 5,000 yuan a day at 1000 yuan a member and month: 3,000 members' spending.
    let recruited = all(3_000);
    vec![
        Claim {
            whose: [
                "a store whose 1,000 locked members \"share with 3 each\"",
                "一家门店，锁定 1000 名会员，每人“分享 3 人”",
            ],
            counts: format!(
                "10,000 direct × {0} × 1% = {1}; 30,000 indirect × {0} × 0.5% = {2}",
                yuan(spending),
                of(10_000, 10_000),
                of(30_000, 5_000)
            ),
            comes_to: of(10_000, 10_000) + of(30_000, 5_000),
            remark: [
                format!(
                    "1,000 × 3 is 3,000: {} + {} = {} at these rates, {} at seed-one's 0.3% / 0.2%",
                    of(1_000, 10_000),
                    of(3_000, 5_000),
                    of(1_000, 10_000) + of(3_000, 5_000),
                    of(1_000, 3_000) + of(3_000, 2_000)
                ),
                format!(
                    "1000 × 3 是 3000：按此费率为 {} + {} = {}，按 seed-one 的 0.3% / 0.2% 为 {}",
                    of(1_000, 10_000),
                    of(3_000, 5_000),
                    of(1_000, 10_000) + of(3_000, 5_000),
                    of(1_000, 3_000) + of(3_000, 2_000)
                ),
            ],
            needs_turnover: all(40_000),
            needs_members: 40_000,
        },
        Claim {
            whose: [
                "a recruiter of 20 stores with 5,000 yuan a day each",
                "招商 20 家门店，每家每天 5000 元",
            ],
            counts: format!(
                "{} × 1% = {}; their 200,000 members × {} × 0.5% = {}",
                recruited,
                of(3_000, 10_000),
                yuan(spending),
                of(200_000, 5_000)
            ),
            comes_to: of(3_000, 10_000) + of(200_000, 5_000),
            remark: [
                "needs 200,000 active members of one recruiter".into(),
                "需要一个招商人名下有 20 万活跃会员".into(),
            ],
            needs_turnover: all(200_000),
            needs_members: 200_000,
        },
        Claim {
            whose: ["the district agent of Tianhe", "天河区代"],
            counts: format!(
                "200 stores × 1,000 members = 200,000 × {} × 0.1% = {}",
                yuan(spending),
                of(200_000, 1_000)
            ),
            comes_to: of(200_000, 1_000),
            remark: ["fee 20,000–50,000 (elsewhere 50,000)".into(), "代理费 2–5 万（别处写 5 万）".into()],
            needs_turnover: all(200_000),
            needs_members: 200_000,
        },
        Claim {
            whose: ["the city agent of Guangzhou", "广州市代"],
            counts: format!("13 districts × {} × 0.05% = {}", all(200_000), of(13 * 200_000, 500)),
            comes_to: of(13 * 200_000, 500),
            remark: [
                format!("it names 11 districts: {}; fee 100,000–300,000", of(11 * 200_000, 500)),
                format!("文中只列出 11 个区：{}；代理费 10–30 万", of(11 * 200_000, 500)),
            ],
            needs_turnover: all(13 * 200_000),
            needs_members: 13 * 200_000,
        },
        Claim {
            whose: ["the province agent of Guangdong", "广东省代"],
            counts: format!("21 cities × {} × 0.01% = {}", all(2_600_000), of(21 * 2_600_000, 100)),
            comes_to: of(21 * 2_600_000, 100),
            remark: [
                "54.6 million paying members; fee 1–3 million; macro-region 3–10 million, rate not given"
                    .into(),
                "5460 万付费会员；代理费 100–300 万；大区 300–1000 万，未给出费率".into(),
            ],
            needs_turnover: all(21 * 2_600_000),
            needs_members: 21 * 2_600_000,
        },
    ]
}

/// What a run from the bottom up gave in an average month.
#[derive(Clone, Debug, PartialEq)]
pub struct BottomUp {
    /// Months of the run.
    pub months: f64,
    /// Members who bought in all.
    pub members: u64,
    /// Stores.
    pub stores: usize,
    /// Orders a month.
    pub orders: f64,
    /// Turnover a month, in yuan.
    pub turnover: f64,
    /// What inviters got a month, in yuan, for each store.
    pub inviters_per_store: f64,
    /// What a recruiter got a month, in yuan.
    pub per_recruiter: f64,
    /// What each region's agent got a month, in yuan.
    pub agents: Vec<(String, f64)>,
}

impl BottomUp {
    /// Of a run with so many stores and recruiters.
    #[must_use]
    pub fn of(run: &Measured, stores: usize, recruiters: usize) -> Self {
        let days = run.rows.last().map_or(0, |row| row.day + 1);
        let months = f64::from(days) / 30.0;
        let monthly = |fen: Fen| if months > 0.0 { fen.0 as f64 / 100.0 / months } else { 0.0 };
        Self {
            months,
            members: run.everyone.members,
            stores,
            orders: run.sums.orders as f64 / months,
            turnover: monthly(run.who.turnover),
            inviters_per_store: monthly(run.who.part(Who::Inviters)) / stores.max(1) as f64,
            per_recruiter: monthly(run.who.part(Who::Recruiters)) / recruiters.max(1) as f64,
            agents: run.who.agents.iter().map(|(region, fen)| (region.clone(), monthly(*fen))).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sources_figures_come_out_as_it_counts_them() {
        let all = claims(Fen(100_000));
        let comes_to: Vec<String> = all.iter().map(|claim| claim.comes_to.to_string()).collect();
        assert_eq!(comes_to, ["250000.00", "1030000.00", "200000.00", "1300000.00", "5460000.00"]);
        assert!(
            all[0].remark[0].contains("10000.00 + 15000.00 = 25000.00 at these rates, 9000.00 at seed-one's"),
            "{:?}",
            all[0]
        );
        assert!(all[3].remark[0].contains("11 districts: 1100000.00"));
        assert_eq!(all[4].needs_members, 54_600_000);
        assert_eq!(
            all[1].counts,
            "3000000.00 × 1% = 30000.00; their 200,000 members × 1000 × 0.5% = 1000000.00"
        );
    }

    #[test]
    fn at_a_hundred_yuan_everything_is_a_tenth() {
        for (tenth, whole) in claims(Fen(10_000)).iter().zip(claims(Fen(100_000))) {
            assert_eq!(tenth.comes_to.0 * 10, whole.comes_to.0);
        }
    }
}
