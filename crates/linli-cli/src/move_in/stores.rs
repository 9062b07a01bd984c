//! Stores from CSV: each with an owner who is a member, in a published district, with a page.

use super::{Entry, Row, Step, refuse, rows};
use anyhow::Result;
use linli_engine::Replica;
use linli_platform::division;
use linli_platform::storefront::{Page, StorefrontAct};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;

#[derive(Deserialize)]
struct Store {
    store: String,
    owner: String,
    district: String,
    name: String,
    address: String,
    #[serde(default)]
    recruiter: String,
}

pub fn read(file: &Path, replica: &Replica) -> Result<Vec<Step>> {
    let columns = ["store", "owner", "district", "name", "address"];
    let rows: Vec<Row<Store>> = rows(file, &columns, &["recruiter"])?;
    let (mut steps, mut reasons, mut above) = (Vec::new(), Vec::new(), BTreeSet::new());
    for Row { line, row } in &rows {
        match reason(replica, row, &above) {
            Some(reason) => reasons.push((*line, reason)),
            None => steps.push(Step { line: *line, entries: entries(replica, row) }),
        }
        above.insert(&row.store);
    }
    refuse(file, rows.len(), &reasons)?;
    Ok(steps)
}

/// Why a row cannot be moved in.
fn reason(replica: &Replica, row: &Store, above: &BTreeSet<&String>) -> Option<String> {
    let is_member = |id: &str| replica.economy().member_id(id).is_some();
    if row.store.is_empty() {
        return Some("the store has no id".into());
    }
    if above.contains(&row.store) {
        return Some(format!("{} stands further up already", row.store));
    }
    if !is_member(&row.owner) {
        return Some(format!("there is no member {}: members are moved in before their stores", row.owner));
    }
    if !row.recruiter.is_empty() && !is_member(&row.recruiter) {
        return Some(format!("there is no member {}", row.recruiter));
    }
    if row.district.len() != 6 || division::find(&row.district).is_none() {
        return Some(format!("{:?} is no published district", row.district));
    }
    page(row).check().err().map(|refusal| refusal.message)
}

/// What is missing of a row that can be moved in.
fn entries(replica: &Replica, row: &Store) -> Vec<Entry> {
    let mut entries = Vec::new();
    if replica.economy().store_id(&row.store).is_none() {
        let mut command =
            json!({ "cmd": "open_store", "store": row.store, "owner": row.owner, "district": row.district });
        if !row.recruiter.is_empty() {
            command["recruiter"] = json!(row.recruiter);
        }
        entries.push(Entry::Command(command));
    }
    if replica.platform().storefronts.get(&row.store).is_none() {
        let change = StorefrontAct::Change { store: row.store.clone(), page: page(row) };
        entries.push(Entry::Act(Box::new(change.into())));
    }
    entries
}

fn page(row: &Store) -> Page {
    Page {
        name: row.name.clone(),
        address: row.address.clone(),
        place: None,
        hours: Vec::new(),
        description: String::new(),
        phone: None,
        photos: Vec::new(),
    }
}
