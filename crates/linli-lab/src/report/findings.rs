//! The pages of the red team, of the search for plans and of the what-if: a sentence, a table, where it helps a chart.

use super::charts::{Axes, scatter, short};
use super::page::{Figure, Page, Table};
use crate::planning::{Aim, Candidate, Vary};
use crate::redteam::{Finding, Mix, words};
use crate::whatif::{Compared, Holder};
use linli_economy::units::Fen;

/// Rows of people that a page shows at each end.
const PEOPLE: usize = 25;

/// The red team's page.
#[must_use]
pub fn red_team_page(plan: &str, findings: &[Finding], mix: Option<&Mix>) -> String {
    let mut page = Page::new(&format!("Red team: {plan} · Linli"));
    page.heading(&format!("Red team 红队：{plan}"));
    let paying = findings.iter().filter(|finding| finding.profit > Fen::ZERO).count();
    page.text(
        "note",
        &format!("{paying} of {} attacks pay under this plan. Profit is what all accounts of the attacker have at the end less what they paid in; of the whale and the last one out it is what they gain over redeeming at once and before the others.", findings.len()),
        &format!("在此方案下，{} 种攻击中有 {paying} 种有利可图。利润为攻击者所有账户期末所得减去投入；大户和最后离场者为比“一次卖出、先于他人卖出”多得的部分。", findings.len()),
    );
    page.table(&red_team_table(findings));
    if let Some(mix) = mix {
        page.section("The worst mix that was found", "找到的最坏组合");
        page.text(
            "note",
            &format!("Together they gain {} and cost honest members {}.", mix.profit, mix.honest_loss),
            &format!("合计获利 {}，使诚实会员损失 {}。", mix.profit, mix.honest_loss),
        );
        page.table(&mix_table(mix));
    }
    page.finish()
}

/// One row for each attack.
#[must_use]
pub fn red_team_table(findings: &[Finding]) -> Table {
    let mut table = Table::new(&[
        ("attack", "攻击"),
        ("orders", "订单"),
        ("paid in", "投入"),
        ("profit", "利润"),
        ("honest members lose", "诚实会员损失"),
        ("it pays", "何时有利可图"),
        ("what stops it", "由什么规则阻止"),
    ]);
    for finding in findings {
        let words = words(finding.kind);
        table.rows.push(vec![
            format!("{} {}", finding.name, words.zh),
            finding.attacked.orders.to_string(),
            finding.attacked.paid.to_string(),
            finding.profit.to_string(),
            finding.honest_loss.to_string(),
            finding.pays.text(),
            format!("{} {}", words.rule_en, words.rule_zh),
        ]);
    }
    table
}

/// One row for each attack of a mix.
#[must_use]
pub fn mix_table(mix: &Mix) -> Table {
    let mut table = Table::new(&[
        ("attack", "攻击"),
        ("orders", "订单"),
        ("amount", "单笔金额"),
        ("accounts", "账户"),
        ("first day", "首日"),
        ("days", "天数"),
        ("days held", "持有天数"),
        ("steps", "分批"),
        ("lowest take", "最低抽成"),
        ("paid in", "投入"),
        ("has", "所得"),
    ]);
    for (attack, attacked) in &mix.attacks {
        table.rows.push(vec![
            format!("{} {}", words(attack.kind).en, words(attack.kind).zh),
            attacked.orders.to_string(),
            Fen::from(attack.amount).to_string(),
            attack.accounts.to_string(),
            attack.from_day.to_string(),
            attack.days.to_string(),
            attack.hold_days.to_string(),
            attack.steps.to_string(),
            if attack.lowest_take { "yes 是" } else { "no 否" }.into(),
            attacked.paid.to_string(),
            (attacked.has + attacked.goods).to_string(),
        ]);
    }
    table
}

/// The page of a search for plans.
#[must_use]
pub fn search_page(
    scenario: &str,
    vary: &[Vary],
    aims: &[Aim],
    candidates: &[Candidate],
    on_it: &[usize],
) -> String {
    let mut page = Page::new(&format!("Plans for {scenario} · Linli"));
    page.heading(&format!("Plans for {scenario} 方案搜索"));
    page.text(
        "note",
        &format!("{} plans were tried; {} are on the frontier: no other one is better in one aim without being worse in another.", candidates.len(), on_it.len()),
        &format!("共尝试 {} 个方案，其中 {} 个在前沿上：没有别的方案能在某一目标上更好而不在另一目标上更差。", candidates.len(), on_it.len()),
    );
    let place_of = |aim: Aim| Aim::ALL.iter().position(|known| *known == aim).unwrap_or(0);
    let (first, second) = (place_of(aims[0]), place_of(aims.get(1).copied().unwrap_or(Aim::Stores)));
    let point = |candidate: &Candidate| candidate.figures.map(|figures| (figures[second], figures[first]));
    let all: Vec<(f64, f64)> = candidates.iter().filter_map(point).collect();
    let best: Vec<(f64, f64)> = on_it.iter().filter_map(|at| point(&candidates[*at])).collect();
    page.figure(&Figure {
        title: ("The frontier".into(), "前沿".into()),
        note: (
            "Each point is a plan; those on the frontier are dark.".into(),
            "每个点是一个方案，深色为前沿上的方案。".into(),
        ),
        svg: scatter(
            &all,
            &best,
            &Axes { x: Aim::ALL[second].name(), y: Aim::ALL[first].name(), x_text: &short },
        ),
        table: search_table(vary, aims, candidates, on_it),
    });
    page.finish()
}

/// The frontier as a table.
#[must_use]
pub fn search_table(vary: &[Vary], aims: &[Aim], candidates: &[Candidate], on_it: &[usize]) -> Table {
    let aimed = |aim: &Aim| format!("{}{}", aim.name(), if aims.contains(aim) { " *" } else { "" });
    let heads = vary.iter().map(|vary| vary.key.clone()).chain(Aim::ALL.iter().map(aimed));
    let mut table = Table { head: heads.map(|head| (head.clone(), head)).collect(), rows: Vec::new() };
    table.head.push(("rules that deny it live".into(), "正式运行时禁止它的规则".into()));
    for at in on_it {
        let candidate = &candidates[*at];
        let figures = candidate.figures.iter().flatten().map(|figure| format!("{figure:.3}"));
        let denied =
            if candidate.denied.is_empty() { "–".to_string() } else { candidate.denied.join(", ") };
        table.rows.push(candidate.values.iter().cloned().chain(figures).chain([denied]).collect());
    }
    table
}

/// The page of a what-if.
#[must_use]
pub fn what_if_page(real: &str, other: &str, compared: &Compared) -> String {
    let mut page = Page::new(&format!("What if {other} · Linli"));
    page.heading(&format!("What if {other} instead of {real} 若改用 {other}"));
    let adapted: u64 = compared.adapted.values().sum();
    let refused: u64 = compared.refused.values().map(|(count, _)| count).sum();
    page.text(
        "note",
        &format!("{} commands of the history were applied under the other plan; {adapted} depended on how much somebody had and were adapted, {refused} were refused. People are taken to have done the same; they might not have.", compared.applied),
        &format!("历史中的 {} 条指令按另一方案重放；其中 {adapted} 条取决于当时余额而作了调整，{refused} 条被拒绝。此处假定人们的行为不变，实际未必如此。", compared.applied),
    );
    page.table(&what_if_table(compared));
    for (count, message) in compared.refused.values() {
        page.text(
            "note",
            &format!("{count} refused, first: {message}"),
            &format!("{count} 条被拒绝，首条：{message}"),
        );
    }
    for holder in [Holder::Store, Holder::Agent, Holder::Member] {
        let of_kind: Vec<_> = compared
            .changes
            .iter()
            .filter(|change| change.holder == holder && change.real != change.other)
            .collect();
        let mut table = Table::new(&[
            (holder.name(), holder.name()),
            ("as it was", "实际"),
            ("under the other plan", "另一方案"),
            ("difference", "差额"),
        ]);
        let ends = of_kind
            .iter()
            .take(PEOPLE)
            .chain(of_kind.iter().skip(PEOPLE.max(of_kind.len().saturating_sub(PEOPLE))));
        table.rows.extend(ends.map(|change| {
            vec![
                change.id.clone(),
                change.real.to_string(),
                change.other.to_string(),
                change.difference().to_string(),
            ]
        }));
        if !table.rows.is_empty() {
            page.section(
                &format!("{}s: who loses most, who gains most", holder.name()),
                "损失最多与获益最多者",
            );
            page.table(&table);
        }
    }
    page.finish()
}

/// Totals by kind.
#[must_use]
pub fn what_if_table(compared: &Compared) -> Table {
    let mut table = Table::new(&[
        ("who", "谁"),
        ("get more", "更多"),
        ("get less", "更少"),
        ("as it was", "实际"),
        ("under the other plan", "另一方案"),
        ("difference", "差额"),
    ]);
    for holder in
        [Holder::Member, Holder::Agent, Holder::Store, Holder::Platform, Holder::Dividend, Holder::Pool]
    {
        let totals = compared.totals(holder);
        table.rows.push(vec![
            holder.name().into(),
            totals.more.to_string(),
            totals.less.to_string(),
            totals.real.to_string(),
            totals.other.to_string(),
            (totals.other - totals.real).to_string(),
        ]);
    }
    table
}
