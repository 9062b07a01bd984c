//! The plans of a scenario: the shipped ones by name, and any plan with some of its keys changed.

use linli_economy::plan::Plan;
use std::sync::LazyLock;

/// The names of the shipped plans.
pub const NAMES: [&str; 2] = ["seed-one", "seed-three"];

/// A plan with its text, which a stream of commands or a change of plan needs.
#[derive(Clone, Debug)]
pub struct ChosenPlan {
    /// As a file.
    pub text: String,
    /// As the economy takes it.
    pub plan: Plan,
}

/// Why a changed plan is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedPlan {
    /// The key at fault; empty where it is the whole.
    pub key: String,
    /// What is wrong.
    pub message: String,
}

/// The text of a shipped plan.
#[must_use]
pub fn shipped_plan(name: &str) -> Option<&'static str> {
    match name {
        "seed-one" => Some(include_str!("../../../../plans/seed-one.toml")),
        "seed-three" => Some(include_str!("../../../../plans/seed-three.toml")),
        _ => None,
    }
}

/// The keys that a plan can have.
pub fn is_plan_key(key: &str) -> bool {
    static KEYS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let plan = Plan::parse(include_str!("../../../../plans/seed-one.toml")).expect("a shipped plan");
        plan.listed().into_iter().map(|(key, _)| key).collect()
    });
    KEYS.contains(&key)
}

/// A plan with these keys changed. Values are written without the quotes of a text: `20%`, `1.2`, `pool`.
///
/// # Errors
/// What is wrong with the plan or a key.
pub fn changed_plan<'k>(
    base: &str,
    keys: impl IntoIterator<Item = (&'k str, &'k str)>,
) -> Result<ChosenPlan, RefusedPlan> {
    let whole =
        |refused: &dyn std::fmt::Display| RefusedPlan { key: String::new(), message: refused.to_string() };
    let plan = Plan::parse(base).map_err(|refused| whole(&refused))?;
    let mut listed = plan.listed();
    let mut changed = Vec::new();
    for (key, value) in keys {
        let Some(entry) = listed.iter_mut().find(|(known, _)| *known == key) else {
            let message = format!("{key} is not a key of a plan, such as points.cap");
            return Err(RefusedPlan { key: key.into(), message });
        };
        // A number, a list and a text are told apart by what stood there.
        entry.1 = if entry.1.starts_with('"') { format!("{value:?}") } else { value.to_string() };
        changed.push(key.to_string());
    }
    if changed.is_empty() {
        return Ok(ChosenPlan { text: base.to_string(), plan });
    }
    let text = plan_text(&listed);
    let plan = Plan::parse(&text).map_err(|refused| {
        let first = &refused.0[0];
        let key = if changed.contains(&first.key) { first.key.clone() } else { changed[0].clone() };
        let value = if first.value.is_empty() { String::new() } else { format!(" = {}", first.value) };
        RefusedPlan { key, message: format!("the plan is refused: {}{value}: {}", first.key, first.reason) }
    })?;
    Ok(ChosenPlan { text, plan })
}

fn plan_text(listed: &[(&'static str, String)]) -> String {
    let mut text = String::new();
    let mut table = "";
    for (key, value) in listed {
        let (of, name) = key.split_once('.').unwrap_or(("", key));
        if of != table {
            table = of;
            text += &format!("\n[{table}]\n");
        }
        text += &format!("{name} = {value}\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_key_is_the_only_difference() {
        let base = shipped_plan("seed-one").expect("shipped");
        let plan = Plan::parse(base).expect("a plan");
        let changed =
            changed_plan(base, [("points.cap", "2"), ("mall.award_days", "30")]).expect("sound").plan;
        let differing: Vec<_> = plan
            .listed()
            .into_iter()
            .zip(changed.listed())
            .filter(|(old, new)| old != new)
            .map(|(_, new)| new)
            .collect();
        assert_eq!(differing, [("points.cap", "\"2\"".into()), ("mall.award_days", "30".into())]);
    }

    #[test]
    fn a_refused_plan_names_the_key() {
        let base = shipped_plan("seed-one").expect("shipped");
        let refused = |key, value| changed_plan(base, [(key, value)]).expect_err("refused");
        assert_eq!(
            refused("points.cup", "2").message,
            "points.cup is not a key of a plan, such as points.cap"
        );
        let cap = refused("points.cap", "0.5");
        assert_eq!(cap.key, "points.cap");
        assert!(cap.message.contains("points.cap = \"0.5\""), "{}", cap.message);
    }
}
