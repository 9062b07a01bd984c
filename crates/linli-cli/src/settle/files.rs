//! What is known beforehand of stores and agents, from their files.

use crate::commas::Table;
use crate::lines::Lines;
use anyhow::{Result, bail};
use linli_economy::time::Instant;
use std::collections::BTreeMap;
use std::path::Path;

/// One row of `--stores`.
#[derive(Clone, Debug)]
pub struct StoreRow {
    /// Where it stands, for messages.
    pub place: String,
    pub owner: Option<String>,
    pub district: String,
    pub take_rate: Option<String>,
    pub recruiter: Option<String>,
}

/// One row of `--agents`.
#[derive(Clone, Debug)]
pub struct AgentRow {
    /// Where it stands, for messages.
    pub place: String,
    pub region: String,
    pub member: String,
}

/// The stores by id.
pub fn read_stores(path: &Path) -> Result<BTreeMap<String, StoreRow>> {
    let columns = &["store_id", "owner_id", "district", "take_rate", "recruiter_id"];
    let mut table = Table::open(path, Lines::open(Some(path), |file| Box::new(file))?, columns)?;
    let mut stores = BTreeMap::new();
    while let Some(row) = table.next()? {
        let row = row?;
        let id = row.id(0)?;
        let text = |column| Some(row.get(column)).filter(|text| !text.is_empty()).map(str::to_string);
        let store = StoreRow {
            place: row.place(),
            owner: row.optional_id(1)?.map(str::to_string),
            district: text(2).unwrap_or_else(|| "000000".into()),
            take_rate: text(3),
            recruiter: row.optional_id(4)?.map(str::to_string),
        };
        if stores.insert(id.to_string(), store).is_some() {
            bail!(row.bad(0, "stands twice"));
        }
    }
    Ok(stores)
}

/// The agents in the order of the file.
pub fn read_agents(path: &Path) -> Result<Vec<AgentRow>> {
    let mut table =
        Table::open(path, Lines::open(Some(path), |file| Box::new(file))?, &["region", "member_id"])?;
    let mut agents = Vec::new();
    while let Some(row) = table.next()? {
        let row = row?;
        agents.push(AgentRow { place: row.place(), region: row.get(0).into(), member: row.id(1)?.into() });
    }
    Ok(agents)
}

/// A time; without an offset it is Asia/Shanghai, and a space may stand for the T.
pub fn instant(text: &str) -> Option<Instant> {
    let text = text.replacen(' ', "T", 1);
    Instant::parse(&text).or_else(|| Instant::parse(&format!("{text}+08:00")))
}
