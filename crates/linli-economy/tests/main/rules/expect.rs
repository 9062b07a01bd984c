//! What a rule says follows from a command: balances, refusals, and the figures of the result. Must not be
//! added here: an expectation that two readings of one sentence would both meet.

use super::run::{World, balances, postings};
use linli_economy::account::Asset;
use linli_economy::decimal;
use serde_json::Value;

/// What a rule need not say: that a command is accepted, and not as a repeat.
pub fn unsaid(result: &Value, then: &[super::text::Item]) -> Option<String> {
    let says = |word: &str| then.iter().any(|item| item.text.split(' ').next() == Some(word));
    if result["ok"] != true && !says("refused") {
        return Some(format!("it is refused with {}: {}", result["error"], result["message"]));
    }
    if result["replayed"] == true && !says("replayed") {
        return Some("it is answered as a repeat".into());
    }
    None
}

/// Checks one expectation.
pub fn check(world: &World, result: &Value, text: &str) -> Result<(), String> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    match word {
        "accepted" => same("ok", &result["ok"], &Value::Bool(true)),
        "replayed" => same("replayed", &result["replayed"], &Value::Bool(true)),
        "refused" => same("the refusal", &result["error"], &Value::String(rest.to_string())),
        "minted" => figure(result, word, rest, 6),
        "payout" => figure(result, word, rest, 2),
        "pool" => figure(result, word, rest, 2),
        "supply" | "price" => figure(result, word, rest, 6),
        "exits" => exits(result, rest),
        "moves" => moves(result, rest),
        account if account.contains(':') => balance(world, account, rest),
        other => Err(format!("unknown word {other:?}")),
    }
}

fn same(what: &str, actual: &Value, expected: &Value) -> Result<(), String> {
    if actual == expected { Ok(()) } else { Err(format!("{what} is {actual}, not {expected}")) }
}

/// A figure of the result, or `none` where it must be absent.
fn figure(result: &Value, field: &str, expected: &str, decimals: usize) -> Result<(), String> {
    let Some(actual) = result[field].as_str() else {
        return if expected == "none" { Ok(()) } else { Err(format!("there is no {field}, not {expected}")) };
    };
    if expected != "none" && units(actual, decimals)? == units(expected, decimals)? {
        return Ok(());
    }
    Err(format!("{field} is {actual}, not {expected}"))
}

/// `exits none`, or `exits A 112 paid 960.00, B …` in their order.
fn exits(result: &Value, expected: &str) -> Result<(), String> {
    let list = result["exits"].as_array().ok_or("there are no exits in a refusal")?;
    let mut actual = Vec::new();
    for exit in list {
        let text = |field: &str| exit[field].as_str().ok_or_else(|| format!("no {field}"));
        let (points, payout) = (units(text("points")?, 6)?, units(text("payout")?, 2)?);
        actual.push((text("member")?.to_string(), points, payout));
    }
    let mut wanted = Vec::new();
    for exit in expected.split(',').map(str::trim).filter(|exit| *exit != "none") {
        let [member, points, "paid", payout] = exit.split(' ').collect::<Vec<_>>()[..] else {
            return Err(format!("not MEMBER POINTS paid MONEY: {exit}"));
        };
        wanted.push((member.to_string(), units(points, 6)?, units(payout, 2)?));
    }
    if actual == wanted { Ok(()) } else { Err(format!("the exits are {}, not {expected}", result["exits"])) }
}

/// `moves nothing`, or every posting, `moves order:O 10.00, external:payments -10.00`.
fn moves(result: &Value, expected: &str) -> Result<(), String> {
    let mut wanted = Vec::new();
    for posting in expected.split(',').map(str::trim).filter(|posting| *posting != "nothing") {
        let (account, amount) = posting.split_once(' ').ok_or_else(|| format!("not a posting: {posting}"))?;
        let (asset, amount) = amount_of(account, amount)?;
        wanted.push((account.to_string(), asset, amount));
    }
    let mut actual = postings(result)?;
    actual.sort();
    wanted.sort();
    if actual == wanted { Ok(()) } else { Err(format!("the postings are {}", result["postings"])) }
}

/// `ACCOUNT AMOUNT`; an account that is not there has 0.
fn balance(world: &World, account: &str, expected: &str) -> Result<(), String> {
    known(world, account)?;
    let (asset, expected_units) = amount_of(account, expected)?;
    let actual = balances(&world.economy).get(&(account.to_string(), asset)).copied().unwrap_or(0);
    if actual == expected_units {
        return Ok(());
    }
    let mut shown = String::new();
    decimal::write(&mut shown, actual, asset.decimals());
    Err(format!("{account} is {shown}, not {expected}"))
}

/// A rule that asks for the balance of somebody who is not there has a slip of the pen.
fn known(world: &World, account: &str) -> Result<(), String> {
    let economy = &world.economy;
    let parts: Vec<&str> = account.split(':').collect();
    let there = match parts[..] {
        ["member", id, "wallet" | "spend" | "points" | "deduction"] => economy.member_id(id).is_some(),
        ["store", id] => economy.store_id(id).is_some(),
        ["order", id] => economy.order_id(id).is_some(),
        ["supplier" | "payout", _] => true,
        ["external", "payments" | "payouts" | "capital"] => true,
        ["platform", "profit" | "fees" | "genesis"] => true,
        ["pool", "reserve" | "issued"] | ["mall", "issued"] | ["dividend", "accrued"] => true,
        _ => false,
    };
    if there { Ok(()) } else { Err(format!("there is no account {account}")) }
}

/// The asset of an account, and the amount in its unit; `DP 5.00` where an order holds deduction points.
fn amount_of(account: &str, text: &str) -> Result<(Asset, i128), String> {
    if let Some(points) = text.strip_prefix("DP ") {
        return Ok((Asset::Dp, units(points, 2)?));
    }
    let asset = match account {
        "platform:genesis" | "pool:issued" => Asset::Gp,
        "mall:issued" => Asset::Dp,
        _ if account.ends_with(":points") => Asset::Gp,
        _ if account.ends_with(":deduction") => Asset::Dp,
        _ => Asset::Cny,
    };
    Ok((asset, units(text, asset.decimals())?))
}

/// The asset of this name.
pub fn asset(name: &str) -> Result<Asset, String> {
    let assets = [Asset::Cny, Asset::Gp, Asset::Dp];
    assets.into_iter().find(|asset| asset.name() == name).ok_or_else(|| format!("no asset {name}"))
}

/// A signed decimal in units of 10^-`decimals`.
pub fn units(text: &str, decimals: usize) -> Result<i128, String> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    if whole.is_empty() || fraction.len() > decimals {
        return Err(format!("{text:?} is not an amount with at most {decimals} decimals"));
    }
    let digits: i128 =
        format!("{whole}{fraction:0<decimals$}").parse().map_err(|_| format!("{text:?} is not an amount"))?;
    Ok(if unsigned == text { digits } else { -digits })
}
