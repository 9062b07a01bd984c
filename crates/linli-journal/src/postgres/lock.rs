//! The lock that makes a session the one writer: the server frees it when the session ends, which is after the last
//! statement of the session. Who has it next therefore sees every append of the writer before.
//! Must not be added: what keeps two writers apart on disk; that is the fence of `schema.rs`.

use super::failure::Failure;
use crate::fault::Fault;
use postgres::error::SqlState;
use postgres::{Client, Transaction};

/// The lock of a database; a number, because the server knows no names for locks.
const WRITER: i64 = i64::from_be_bytes(*b"linliwri");

/// Held while the journal is created: `IF NOT EXISTS` does not keep two creators apart.
const CREATOR: i64 = i64::from_be_bytes(*b"linlicre");

/// A writer that was cut off may still be in its last commit, which takes as long as its disk does. A living writer
/// does not go, and whoever comes second learns of it after this time.
const PATIENCE: &str = "SET lock_timeout = '2s'";
const USUAL: &str = "SET lock_timeout = '5s'";

const HOLDER: &str =
    "SELECT format('session %s (%s) from %s', pid, coalesce(nullif(application_name, ''), 'no name'),
        coalesce(host(client_addr), 'the server''s own machine'))
    FROM pg_locks LEFT JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND granted AND objsubid = 1
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (classid::bigint << 32) | objid::bigint = $1";

/// Makes the session the writer, for as long as it lasts.
///
/// # Errors
/// [`Fault::Taken`] with the session that has the lock.
pub fn take(client: &mut Client) -> Result<(), Failure> {
    client.batch_execute(PATIENCE)?;
    match client.execute("SELECT pg_advisory_lock($1)", &[&WRITER]) {
        Err(error) if error.code() == Some(&SqlState::LOCK_NOT_AVAILABLE) => {
            let row = client.query_opt(HOLDER, &[&WRITER])?;
            let holder = row.map_or_else(|| "a session that has just ended".into(), |row| row.get(0));
            Err(Fault::Taken { holder }.into())
        }
        taken => {
            taken?;
            Ok(client.batch_execute(USUAL)?)
        }
    }
}

/// Keeps other creators out until the transaction ends.
pub fn create(transaction: &mut Transaction<'_>) -> Result<(), Failure> {
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&CREATOR])?;
    Ok(())
}
