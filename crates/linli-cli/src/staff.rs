//! `linli staff`: the accounts of the desk, from the server's own machine: the first one is made here.

use crate::args::{DataOptions, StaffCommand};
use crate::{acts, data};
use anyhow::Result;
use linli_engine::snapshots;
use linli_platform::{Role, StaffAct};
use std::io::{self, Write};

/// Random bytes of a first password, which is their text in hexadecimal.
const PASSWORD_BYTES: usize = 10;

pub fn run(command: &StaffCommand) -> Result<()> {
    match command {
        StaffCommand::Add { data, id, name, roles } => add(data, id, name.as_deref().unwrap_or(id), roles),
        StaffCommand::Password { data, id } => {
            let (password, sealed_password) = new_password(data, id)?;
            acts::act(data, StaffAct::SetPassword { id: id.clone(), sealed_password })?;
            show(id, &password)
        }
        StaffCommand::End { data, id } => {
            acts::act(data, StaffAct::End { id: id.clone() })?;
            Ok(writeln!(io::stdout(), "the account {id} has ended")?)
        }
        StaffCommand::List { data } => list(data),
    }
}

fn add(data: &DataOptions, id: &str, name: &str, roles: &[Role]) -> Result<()> {
    let (password, sealed_password) = new_password(data, id)?;
    let (id, name, roles) = (id.to_string(), name.to_string(), roles.iter().copied().collect());
    acts::act(data, StaffAct::Add { id: id.clone(), name, roles, sealed_password })?;
    show(&id, &password)
}

/// A password, and its hash as it is sealed.
fn new_password(data: &DataOptions, id: &str) -> Result<(String, Vec<u8>)> {
    // A data set that is not there must not get a vault.
    data::place(data)?.store.read()?;
    let password = acts::random_hex::<PASSWORD_BYTES>()?;
    let hash = linli_server::hash_password(&password);
    let sealed = data::vault(data)?.seal(&format!("staff:{id}"), "password", hash.as_bytes())?;
    Ok((password, sealed))
}

fn show(id: &str, password: &str) -> Result<()> {
    let mut out = io::stdout();
    writeln!(out, "account  {id}")?;
    writeln!(out, "password {password}")?;
    writeln!(io::stderr(), "The password is shown this once, and must be changed at the first log-in.")?;
    Ok(())
}

fn list(data: &DataOptions) -> Result<()> {
    let place = data::place(data)?;
    let opened = snapshots::open(&*place.snapshots, &mut *place.store.read()?)?;
    data::tell_skipped(&opened.skipped);
    let mut out = io::stdout();
    for (id, account) in opened.replica.platform().staff.iter() {
        let roles: Vec<_> = account.roles.iter().map(|role| role.name()).collect();
        let state = if account.has_ended { "ended" } else { "in use" };
        let codes = if account.sealed_totp.is_some() { "codes" } else { "-" };
        writeln!(out, "{id:<20} {state:<7} {codes:<6} {:<20} {}", roles.join(","), account.name)?;
    }
    Ok(())
}
