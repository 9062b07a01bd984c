//! Plans as rules name them: a shipped plan, `with` some keys set otherwise, or `without` some keys. Must
//! not be added here: a plan that is nowhere to be read.

const SEED_ONE: &str = include_str!("../../../../../plans/seed-one.toml");
const SEED_THREE: &str = include_str!("../../../../../plans/seed-three.toml");

/// The plan file's text of a phrase such as `seed-one with points.cap = "2", points.redeem = "spend"`.
pub fn text(phrase: &str) -> Result<String, String> {
    let (name, changes) = phrase.split_once(' ').unwrap_or((phrase, ""));
    let seed = match name {
        "seed-one" => SEED_ONE,
        "seed-three" => SEED_THREE,
        other => return Err(format!("no plan {other:?}")),
    };
    let changes = changes.trim();
    if let Some(changes) = changes.strip_prefix("with ") {
        return parts(changes).into_iter().try_fold(seed.to_string(), |plan, change| set(&plan, change));
    }
    if let Some(keys) = changes.strip_prefix("without ") {
        return parts(keys).into_iter().try_fold(seed.to_string(), |plan, key| replace(&plan, key, None));
    }
    if changes.is_empty() {
        Ok(seed.to_string())
    } else {
        Err(format!("neither with nor without: {changes}"))
    }
}

fn set(plan: &str, change: &str) -> Result<String, String> {
    let (key, value) = change.split_once('=').ok_or_else(|| format!("not a key = value: {change}"))?;
    replace(plan, key.trim(), Some(value.trim()))
}

/// The plan with the key's line replaced, removed, or added to its table where it was not there.
fn replace(plan: &str, key: &str, value: Option<&str>) -> Result<String, String> {
    let (table, name) = key.split_once('.').unwrap_or(("", key));
    let line = value.map(|value| format!("{name} = {value}"));
    let (mut out, mut here, mut found, mut done) = (Vec::new(), table.is_empty(), table.is_empty(), false);
    for old in plan.lines() {
        if old.starts_with('[') {
            if here && !done {
                out.extend(line.clone());
                done = true;
            }
            here = old.split(['[', ']']).nth(1) == Some(table);
            found |= here;
        }
        if here && !done && old.split('=').next().map(str::trim) == Some(name) {
            out.extend(line.clone());
            done = true;
        } else {
            out.push(old.to_string());
        }
    }
    if !done {
        out.extend(line);
    }
    if found { Ok(out.join("\n") + "\n") } else { Err(format!("no table [{table}]")) }
}

/// Cut at commas, but not within brackets.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0);
    for (place, letter) in text.char_indices() {
        match letter {
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(text[start..place].trim());
                start = place + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts
}
