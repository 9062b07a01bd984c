//! `linli key`: the keys of programs that use the open interface. A secret is printed once, when its key is made, and
//! kept sealed in the journal, under a key of its own that lies beside it.

use crate::args::{DataOptions, KeyCommand};
use crate::{acts, data};
use anyhow::Result;
use linli_engine::snapshots;
use linli_platform::{KeyAct, Scope};
use std::io::{self, Write};

/// Random bytes of a secret, which is their text in hexadecimal.
const SECRET_BYTES: usize = 32;

pub fn run(command: &KeyCommand) -> Result<()> {
    match command {
        KeyCommand::Add { data, id, name, scopes } => add(data, id, name, scopes),
        KeyCommand::End { data, id } => {
            acts::act(data, KeyAct::End { id: id.clone() })?;
            Ok(writeln!(io::stdout(), "the key {id} has ended")?)
        }
        KeyCommand::List { data } => list(data),
    }
}

fn add(data: &DataOptions, id: &str, name: &str, scopes: &[Scope]) -> Result<()> {
    // A data set that is not there must not get a vault.
    data::place(data)?.store.read()?;
    // The text as it is shown is what signs: a shell can use it as it is.
    let secret = acts::random_hex::<SECRET_BYTES>()?;
    let sealed = data::vault(data)?.seal(&format!("key:{id}"), "secret", secret.as_bytes())?;
    let mut scopes = scopes.to_vec();
    scopes.sort_unstable();
    scopes.dedup();
    acts::act(data, KeyAct::Add { id: id.into(), name: name.into(), scopes, sealed_secret: sealed })?;
    let mut out = io::stdout();
    writeln!(out, "key    {id}")?;
    writeln!(out, "secret {secret}")?;
    writeln!(io::stderr(), "The secret is shown this once: keep it where only the program can read it.")?;
    Ok(())
}

fn list(data: &DataOptions) -> Result<()> {
    let place = data::place(data)?;
    let opened = snapshots::open(&*place.snapshots, &mut *place.store.read()?)?;
    data::tell_skipped(&opened.skipped);
    let mut out = io::stdout();
    for (id, key) in opened.replica.platform().keys.iter() {
        let scopes: Vec<_> = key.scopes.iter().map(|scope| scope.name()).collect();
        let state = match (key.has_ended, key.is_in_force()) {
            (true, _) => "ended",
            (_, true) => "in use",
            (_, false) => "waits",
        };
        writeln!(out, "{id:<20} {state:<7} {:<16} {}", scopes.join(","), key.name)?;
    }
    Ok(())
}
