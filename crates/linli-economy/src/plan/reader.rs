//! Reads a plan's TOML: every key once, every refusal with its place in the file. The rules between keys are
//! checked when all keys are well (see `rules.rs`). Must not be added here: what a single value may be (see
//! `keys.rs`).

use super::file::{File, Section, find};
use super::keys::{self, Reason};
use super::rules;
use super::{
    Levels, Mall, OrderDays, Plan, PlanRefusals, PointRules, Rank, RedeemTo, RegionMode, RegionRates, Take,
    Unclaimed,
};
use crate::rate::Rate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The plan of the text, or every reason to refuse it.
pub fn read(text: &str) -> Result<Plan, PlanRefusals> {
    let mut file = File::new(text);
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            file.refuse("", error.span().unwrap_or(0..0), false, format!("is not TOML: {}", error.message()));
            return Err(PlanRefusals(file.refusals));
        }
    };
    let plan = plan(&mut file, &table);
    match plan {
        Some(plan) if file.refusals.is_empty() => {
            rules::check(&mut file, &plan);
            if file.refusals.is_empty() { Ok(plan) } else { Err(PlanRefusals(file.refusals)) }
        }
        _ => {
            file.refusals.sort_by_key(|refusal| (refusal.line, refusal.column));
            Err(PlanRefusals(file.refusals))
        }
    }
}

fn plan<'d>(file: &mut File<'_>, root: &'d Spanned<DeTable<'d>>) -> Option<Plan> {
    let mut top = Section::top(file, root.get_ref());
    let name = top.required("name", |value| keys::text(value).map(str::to_string));
    let jurisdiction = top.required("jurisdiction", |value| keys::text(value).map(str::to_string));
    let tables = ["order", "take", "points", "referral", "recruit", "region", "dividend", "levels", "mall"];
    let [order, take, points, referral, recruit, region, dividend, levels, mall] =
        tables.map(|key| top.find(key));
    top.close();
    let order = if order.is_some() {
        order_days(file, order)
    } else {
        Some(OrderDays { hold_days: 7, refund_days: 7 })
    };
    let take = take_rates(file, take);
    let points = point_rules(file, points);
    let referral = rates(file, "referral", referral, ["direct", "indirect"]);
    let recruit = rates(file, "recruit", recruit, ["store"]);
    let region = region_rates(file, region);
    let dividend = rates(file, "dividend", dividend, ["rate"]);
    let levels = level_rules(file, levels);
    let mall = mall_rules(file, mall);
    let ([direct, indirect], [recruit], [dividend]) = (referral?, recruit?, dividend?);
    Some(Plan {
        name: name?,
        jurisdiction: jurisdiction?,
        order: order?,
        take: take?,
        points: points?,
        direct,
        indirect,
        recruit,
        region: region?,
        dividend,
        levels: levels?,
        mall: mall?,
    })
}

type Value<'d> = Option<&'d Spanned<DeValue<'d>>>;

/// A table of nothing but rates.
fn rates<const N: usize>(
    file: &mut File<'_>,
    name: &'static str,
    value: Value<'_>,
    keys: [&'static str; N],
) -> Option<[Rate; N]> {
    let mut section = Section::of(file, name, value);
    let rates: Vec<Rate> = keys.into_iter().filter_map(|key| section.rate(key)).collect();
    section.close();
    rates.try_into().ok()
}

fn order_days(file: &mut File<'_>, value: Value<'_>) -> Option<OrderDays> {
    let mut section = Section::of(file, "order", value);
    let hold_days = section.optional("hold_days", 7, keys::days);
    let refund_days = section.optional("refund_days", 7, keys::days);
    section.close();
    Some(OrderDays { hold_days: hold_days?, refund_days: refund_days? })
}

fn take_rates(file: &mut File<'_>, value: Value<'_>) -> Option<Take> {
    let words = [("platform", Unclaimed::Platform), ("pool", Unclaimed::Pool)];
    let mut section = Section::of(file, "take", value);
    let [rate, min_rate, max_rate] = ["rate", "min_rate", "max_rate"].map(|key| section.rate(key));
    let [platform, distribution] = ["platform", "distribution"].map(|key| section.rate(key));
    let unclaimed = section.required("unclaimed", |value| keys::word(value, &words));
    section.close();
    Some(Take {
        rate: rate?,
        min_rate: min_rate?,
        max_rate: max_rate?,
        platform: platform?,
        distribution: distribution?,
        unclaimed: unclaimed?,
    })
}

fn point_rules(file: &mut File<'_>, value: Value<'_>) -> Option<PointRules> {
    let words = [("money", RedeemTo::Money), ("spend", RedeemTo::Spend)];
    let mut section = Section::of(file, "points", value);
    let start_price_fen = section.required("start_price", keys::price);
    let genesis_fen = section.required("genesis", keys::fen);
    let mint = section.rate("mint");
    let retention = section.rate("retention");
    let cap = section.required("cap", keys::cap);
    let redeem = section.optional("redeem", RedeemTo::Money, |value| keys::word(value, &words));
    section.close();
    Some(PointRules {
        start_price_fen: start_price_fen?,
        genesis_fen: genesis_fen?,
        mint: mint?,
        retention: retention?,
        cap: cap?,
        redeem: redeem?,
    })
}

fn region_rates(file: &mut File<'_>, value: Value<'_>) -> Option<RegionRates> {
    let words = [("additive", RegionMode::Additive), ("differential", RegionMode::Differential)];
    let mut section = Section::of(file, "region", value);
    let mode = section.required("mode", |value| keys::word(value, &words));
    let [district, city, province, macro_region] =
        ["district", "city", "province", "macro"].map(|key| section.rate(key));
    section.close();
    Some(RegionRates { mode: mode?, rates: [district?, city?, province?, macro_region?] })
}

/// Empty by default: the table, or any key of it, may be absent.
fn level_rules(file: &mut File<'_>, value: Value<'_>) -> Option<Levels> {
    if value.is_none() {
        return Some(Levels::default());
    }
    let mut section = Section::of(file, "levels", value);
    let max_depth = section.optional("max_depth", 0, keys::count);
    let peer = section.optional("peer", Rate::ZERO, keys::rate);
    let ranks = section.optional("ranks", Vec::new(), ranks);
    section.close();
    Some(Levels { max_depth: max_depth?, peer: peer?, ranks: ranks? })
}

fn ranks(value: &DeValue<'_>) -> Result<Vec<Rank>, Reason> {
    let form = r#"must be a list of { name = "V1", rate = "0.2%" }"#;
    let mut ranks: Vec<Rank> = Vec::new();
    for entry in value.as_array().ok_or(form)?.iter() {
        let table = entry.get_ref().as_table().filter(|table| table.len() == 2).ok_or(form)?;
        let (name, rate) = (find(table, "name").ok_or(form)?, find(table, "rate").ok_or(form)?);
        let name = keys::text(name.get_ref()).map_err(|reason| format!("name {reason}"))?;
        let rate = keys::rate(rate.get_ref()).map_err(|reason| format!("the rate of {name:?} {reason}"))?;
        if ranks.last().is_some_and(|below| below.rate >= rate) {
            return Err(format!("the rate of {name:?} must be above that of the rank before"));
        }
        if ranks.iter().any(|rank| rank.name == name) {
            return Err(format!("the name {name:?} must stand once"));
        }
        ranks.push(Rank { name: name.to_string(), rate });
    }
    Ok(ranks)
}

fn mall_rules(file: &mut File<'_>, value: Value<'_>) -> Option<Mall> {
    let mut section = Section::of(file, "mall", value);
    let deduct = section.rate("deduct");
    let award = section.required("award", |value| keys::rate_up_to(value, keys::AWARD_LIMIT));
    let store_rebate = section.rate("store_rebate");
    let award_days = section.required("award_days", keys::days);
    section.close();
    Some(Mall { deduct: deduct?, award: award?, store_rebate: store_rebate?, award_days: award_days? })
}
