//! The demo's last days in the journal: what is lived in memory first, with texts sealed by the vault, is sent entry by
//! entry, each at its time. Must not be added here: what happens.

use super::WAITING;
use anyhow::{Result, bail};
use linli_demo::life::{Entry, Sealer};
use linli_economy::command::Line;
use linli_economy::time::Instant;
use linli_engine::{Form, Group, Pending, Stamp, Writer};
use linli_journal::vault::Vault;
use std::collections::VecDeque;

/// The vault of the demo.
pub struct Sealing<'v>(pub &'v mut Vault);

impl Sealer for Sealing<'_> {
    fn seal(&mut self, person: &str, field: &str, plain: &[u8]) -> Result<Vec<u8>, String> {
        self.0.seal(person, field, plain).map_err(|fault| fault.to_string())
    }

    fn digest(&mut self, person: &str, field: &str, plain: &[u8]) -> Result<[u8; 32], String> {
        self.0.digest(person, field, plain).map_err(|fault| fault.to_string())
    }
}

/// Sends what happened.
pub fn send(writer: &Writer, entries: &[(Instant, Entry)]) -> Result<()> {
    let mut waiting = VecDeque::new();
    for (at, entry) in entries {
        waiting.push_back(send_one(writer, *at, entry));
        if waiting.len() >= WAITING {
            waiting.pop_front().map(all_done).transpose()?;
        }
    }
    waiting.into_iter().try_for_each(all_done)
}

fn send_one(writer: &Writer, at: Instant, entry: &Entry) -> Pending {
    let mut group = Group::new();
    match entry {
        Entry::Act(deed) => group.push_act(None, deed),
        Entry::Command(line) => group.push(&Line::read(1, line.as_bytes())),
    }
    writer.send(group, Stamp::At(at), Form::Refusals)
}

fn all_done(pending: Pending) -> Result<()> {
    match pending.wait()?.refused.first() {
        Some((seq, refusal)) => bail!("entry {seq} of the demo's last days was refused: {refusal}"),
        None => Ok(()),
    }
}
