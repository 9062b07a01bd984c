//! Members from CSV: each with a phone number of its own, and an inviter who is there before.

use super::{Entry, Row, Step, refuse, rows};
use anyhow::Result;
use linli_engine::Replica;
use linli_journal::vault::Vault;
use linli_platform::{PersonAct, Reference};
use linli_server::Phone;
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

#[derive(Deserialize)]
struct Member {
    member: String,
    phone: String,
    #[serde(default)]
    inviter: String,
}

pub fn read(file: &Path, replica: &Replica, vault: &mut Vault) -> Result<Vec<Step>> {
    let rows: Vec<Row<Member>> = rows(file, &["member", "phone"], &["inviter"])?;
    let mut reading = Reading { replica, members: BTreeSet::new(), phones: BTreeMap::new() };
    let (mut steps, mut reasons) = (Vec::new(), Vec::new());
    for Row { line, row } in &rows {
        let Some(phone) = Phone::parse(&row.phone) else {
            reasons.push((*line, format!("{:?} is no phone number", row.phone)));
            continue;
        };
        let whole = phone.whole().as_bytes();
        let digest = vault.digest(linli_server::REFERENCES, "phone", whole)?;
        let (reference, _) = digest.split_first_chunk().expect("16 of 32 bytes");
        match reading.reason(row, *reference) {
            Some(reason) => reasons.push((*line, reason)),
            None => {
                steps.push(Step { line: *line, entries: reading.entries(row, *reference, whole, vault)? });
            }
        }
        reading.members.insert(row.member.clone());
        reading.phones.insert(*reference, row.member.clone());
    }
    refuse(file, rows.len(), &reasons)?;
    Ok(steps)
}

/// What is there, and what the rows before bring.
struct Reading<'r> {
    replica: &'r Replica,
    members: BTreeSet<String>,
    phones: BTreeMap<Reference, String>,
}

impl Reading<'_> {
    fn is_there(&self, member: &str) -> bool {
        self.members.contains(member) || self.replica.economy().member_id(member).is_some()
    }

    /// Why a row cannot be moved in.
    fn reason(&self, row: &Member, phone: Reference) -> Option<String> {
        let people = &self.replica.platform().people;
        let known = people.with_phone(&phone).or(self.phones.get(&phone).map(String::as_str));
        if row.member.is_empty() {
            return Some("the member has no id".into());
        }
        if self.members.contains(&row.member) {
            return Some(format!("{} stands further up already", row.member));
        }
        if let Some(other) = known.filter(|other| *other != row.member) {
            return Some(format!("the phone number is that of {other}"));
        }
        if people.get(&row.member).is_some_and(|person| person.phone != phone) {
            return Some(format!("{} has another phone number", row.member));
        }
        if !row.inviter.is_empty() && !self.is_there(&row.inviter) {
            return Some(format!("there is no inviter {}: they come before whom they invited", row.inviter));
        }
        None
    }

    /// What is missing of a row that can be moved in.
    fn entries(&self, row: &Member, phone: Reference, whole: &[u8], vault: &mut Vault) -> Result<Vec<Entry>> {
        let mut entries = Vec::new();
        if self.replica.economy().member_id(&row.member).is_none() {
            let mut command = json!({ "cmd": "open_member", "member": row.member });
            if !row.inviter.is_empty() {
                command["inviter"] = json!(row.inviter);
            }
            entries.push(Entry::Command(command));
        }
        if self.replica.platform().people.get(&row.member).is_none() {
            let sealed_phone = vault.seal(&format!("member:{}", row.member), "phone", whole)?;
            let attach = PersonAct::Attach { member: row.member.clone(), phone, sealed_phone };
            entries.push(Entry::Act(Box::new(attach.into())));
        }
        Ok(entries)
    }
}
