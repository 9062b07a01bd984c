//! The sentences that stand above every chart and table: what came back, to whom, who paid for it, and what happens when
//! growth stops. Each is made from the run's own figures, in English and Chinese. Must not be added: a sentence that sounds
//! better than its figures.

use crate::measure::{Cohort, LateJoiner, Measured, Who, per_100};
use linli_economy::plan::Plan;
use linli_economy::rate::Rate;

/// One sentence in two languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// In English.
    pub en: String,
    /// In Chinese.
    pub zh: String,
}

/// All sentences of a run, the most important first.
#[must_use]
pub fn sentences(run: &Measured) -> Vec<Sentence> {
    let mut all = vec![returned(&run.everyone, "members", "会员"), who_pays(run), growth_stops(run)];
    if run.cohorts.len() > 1 {
        let of_month = |cohort: &Cohort| {
            let (en, zh) =
                (format!("those who joined in {}", cohort.month), format!("{} 加入的会员", cohort.month));
            returned(cohort, &en, &zh)
        };
        all.extend([run.cohorts.first(), run.cohorts.last()].into_iter().flatten().map(of_month));
    }
    all.push(redeem_all(run));
    all.push(spread(run));
    all.push(Sentence {
        en: "These are figures of a simulation under stated assumptions. The price is no promise, and neither is the past.".into(),
        zh: "以上是在所列假设下的模拟结果。价格不是承诺，过去也不是。".into(),
    });
    all
}

/// The sentence that a member must be able to read.
fn returned(cohort: &Cohort, who_en: &str, who_zh: &str) -> Sentence {
    let (mean, median) = (cohort.mean_per_100, cohort.median_per_100);
    let (capped_en, capped_zh) = match cohort.capped {
        0 => ("none of them reached the cap".into(), "没有人达到封顶".into()),
        capped => {
            let one_of = cohort.members as f64 / capped as f64;
            // Where many reach it, a whole number would say that all do.
            let one_of = if one_of < 10.0 { format!("{one_of:.1}") } else { format!("{one_of:.0}") };
            (format!("1 of {one_of} reached the cap"), format!("每 {one_of} 人中有 1 人达到封顶"))
        }
    };
    Sentence {
        en: format!(
            "Of 100 yuan spent by {who_en}, {mean:.2} came back or could be redeemed today on average ({:.2} paid so far), {median:.2} for the median member; {capped_en}.",
            cohort.cash_per_100
        ),
        zh: format!(
            "{who_zh}每消费 100 元，平均已返还或今天可兑现 {mean:.2} 元（其中已到账 {:.2} 元），中位数会员为 {median:.2} 元；{capped_zh}。",
            cohort.cash_per_100
        ),
    }
}

fn who_pays(run: &Measured) -> Sentence {
    let of_100 = |whos: &[Who]| {
        let sum = whos.iter().fold(linli_economy::units::Fen::ZERO, |sum, who| sum + run.who.part(*who));
        per_100(sum, run.who.turnover)
    };
    let stores = of_100(&[Who::Stores]);
    let platform = of_100(&[Who::Platform, Who::Dividend]);
    let commissions = of_100(&[Who::Inviters, Who::Recruiters, Who::Agents]);
    let (members, pool) = (of_100(&[Who::Members]), of_100(&[Who::Pool]));
    let capital = per_100(run.who.capital, run.who.turnover);
    let payers = if capital > 0.0 {
        ("The stores and whoever puts capital in", "门店和注资者")
    } else {
        ("The stores", "门店")
    };
    let (payers_en, payers_zh) = payers;
    let (capital_en, capital_zh) = if capital > 0.0 {
        (
            format!(", of which {capital:.2} is capital put in from outside"),
            format!("（其中 {capital:.2} 元为外部注资）"),
        )
    } else {
        (String::new(), String::new())
    };
    Sentence {
        en: format!(
            "{payers_en} pay for all of it: of 100 yuan the stores keep {stores:.2}; {platform:.2} goes to the platform, {commissions:.2} to inviters, recruiters and agents; members were paid {members:.2} and {pool:.2} is in the pool{capital_en}. Members together can never get more than what goes into the pool."
        ),
        zh: format!(
            "这些钱都由{payers_zh}承担：每 100 元门店留下 {stores:.2} 元，平台得 {platform:.2} 元，推荐、招商、区域代理共得 {commissions:.2} 元，会员已得 {members:.2} 元，盈利池余 {pool:.2} 元{capital_zh}。会员总共能拿回的永远不超过进入盈利池的钱。"
        ),
    }
}

/// What of 100 yuan a new member could redeem at once.
#[must_use]
pub fn at_once_per_100(plan: &Plan) -> f64 {
    let part = |rate: Rate| f64::from(rate.0) / 1e6;
    100.0 * part(plan.pool_rate()) * part(plan.points.mint) * part(plan.points.retention.complement())
}

fn growth_stops(run: &Measured) -> Sentence {
    let at_once = at_once_per_100(&run.last_plan);
    let (Some(joiner), Some(row)) = (LateJoiner::under(&run.last_plan), run.rows.last()) else {
        return Sentence {
            en: format!(
                "Whoever joins on the last day could redeem {at_once:.2} of 100 yuan at once; under this plan orders do not raise the price, so it stays at that."
            ),
            zh: format!(
                "最后一天加入的会员当天可兑现 100 元中的 {at_once:.2} 元；此方案下订单不会推高价格，因此不会再增加。"
            ),
        };
    };
    let (orders, times) = (joiner.orders_after(&run.last_plan, row), joiner.price_times);
    let days = orders / pace(run).max(f64::MIN_POSITIVE);
    let (days_en, days_zh) = if pace(run) > 0.0 {
        (
            format!(", {days:.0} days at the pace of the last 30"),
            format!("，按最近 30 天的速度需要 {days:.0} 天"),
        )
    } else {
        (", and none has come in the last 30 days".into(), "，而最近 30 天没有订单".into())
    };
    Sentence {
        en: format!(
            "When growth stops, whoever joined last has {at_once:.2} of 100 yuan and nothing more: to reach the cap they need the price to rise {times:.1} times, which takes {orders:.0} further orders if nobody redeems meanwhile{days_en}."
        ),
        zh: format!(
            "增长停止时，最后加入的人只有 100 元中的 {at_once:.2} 元：要达到封顶，价格需再涨到 {times:.1} 倍，若期间无人卖出，还需 {orders:.0} 笔订单{days_zh}。"
        ),
    }
}

/// Orders a day over the last thirty days.
fn pace(run: &Measured) -> f64 {
    let Some(last) = run.rows.last() else { return 0.0 };
    let from = last.day.saturating_sub(29);
    let before = run.rows.iter().rev().find(|row| row.day < from).map_or(0, |row| row.sums.orders);
    (last.sums.orders - before) as f64 / f64::from(last.day - from + 1)
}

fn redeem_all(run: &Measured) -> Sentence {
    let of_100 = |fen| per_100(fen, run.who.turnover);
    let (one, after) = (of_100(run.redeem_all.at_one_price), of_100(run.redeem_all.one_after_another));
    Sentence {
        en: format!(
            "If everybody redeemed today at one price they would get {one:.2} of each 100 yuan of turnover; one after another, the first comer first, {after:.2}, the last ones far more than the first."
        ),
        zh: format!(
            "如果今天所有人按同一价格卖出，共得每 100 元流水中的 {one:.2} 元；若先来先卖、逐个卖出，共得 {after:.2} 元，而且最后卖出的人远多于最先卖出的人。"
        ),
    }
}

fn spread(run: &Measured) -> Sentence {
    let (gini, top) = (run.spread.gini, run.spread.top_hundredth * 100.0);
    Sentence {
        en: format!(
            "The best-off hundredth of the members has {top:.1}% of all that came back (Gini {gini:.2})."
        ),
        zh: format!("获益最多的百分之一会员占全部返还的 {top:.1}%（基尼系数 {gini:.2}）。"),
    }
}
