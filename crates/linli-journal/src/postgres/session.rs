//! A session with the server: whether the server is safe, and what the session sets so that no default of the
//! server, the database or the role decides how the journal works.
//! Must not be added: statements of the journal itself.

use super::address::Address;
use super::failure::Failure;
use crate::fault::Fault;
use postgres::config::TargetSessionAttrs;
use postgres::{Client, NoTls};
use std::process;

/// The oldest release that the tests run on.
const OLDEST: i32 = 15;

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Read,
    /// To create the journal or to append to it: what it acknowledges must last.
    Append,
}

/// A `lock_timeout` keeps an append from waiting for ever on somebody's open transaction, and a client that is gone
/// in the middle of one is sent away. A timeout for statements would end a commit that only waits for its disk,
/// one for idle sessions a writer at night; plans compiled for one batch would take longer than the batch.
const SETTINGS: &str = "
    SET search_path = pg_catalog;
    SET default_transaction_isolation = 'read committed';
    SET statement_timeout = 0;
    SET lock_timeout = '5s';
    SET idle_in_transaction_session_timeout = '30s';
    SET idle_session_timeout = 0;
    SET tcp_keepalives_idle = 10;
    SET tcp_keepalives_interval = 5;
    SET tcp_keepalives_count = 3;
    SET jit = off;
    SELECT set_config('synchronous_commit', 'on', false)
        WHERE current_setting('synchronous_commit') <> 'remote_apply';
";

const SERVER: &str =
    "SELECT current_setting('server_version_num')::integer, current_setting('server_version'),
    current_setting('fsync') = 'on', current_setting('full_page_writes') = 'on'";

/// What of the server decides whether it may keep a journal.
#[derive(Clone)]
struct Server {
    number: i32,
    version: String,
    fsync: bool,
    full_page_writes: bool,
}

/// Connects to the database; of several hosts to the first that can do what is wanted.
pub fn open(address: &Address, purpose: Purpose) -> Result<Client, Failure> {
    let mut config = address.config();
    if config.get_application_name().is_none() {
        config.application_name(&format!("linli journal, process {}", process::id()));
    }
    if purpose == Purpose::Append {
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
    }
    let mut client = config.connect(NoTls)?;
    let row = client.query_one(SERVER, &[])?;
    let server = Server {
        number: row.try_get(0)?,
        version: row.try_get(1)?,
        fsync: row.try_get(2)?,
        full_page_writes: row.try_get(3)?,
    };
    if let Some(what) = server.complaint(purpose) {
        return Err(Fault::Unsafe { what }.into());
    }
    client.batch_execute(SETTINGS)?;
    Ok(client)
}

impl Server {
    fn complaint(&self, purpose: Purpose) -> Option<String> {
        if self.number / 10_000 < OLDEST {
            let version = &self.version;
            return Some(format!("the server is PostgreSQL {version}; the journal needs {OLDEST} or newer"));
        }
        let off = |name: &str, risk: &str| Some(format!("the server has {name}=off, with which {risk}"));
        match (purpose, self.fsync, self.full_page_writes) {
            (Purpose::Append, false, _) => off("fsync", "a crash loses what was acknowledged: set it on"),
            (Purpose::Append, true, false) => {
                off("full_page_writes", "a crash can damage what was acknowledged: set it on")
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(number: i32, version: &str) -> Server {
        Server { number, version: version.into(), fsync: true, full_page_writes: true }
    }

    #[test]
    fn an_old_server_is_named() {
        let complaint = server(140_013, "14.13 (Debian)").complaint(Purpose::Read).expect("too old");
        assert_eq!(complaint, "the server is PostgreSQL 14.13 (Debian); the journal needs 15 or newer");
        for number in [150_000, 180_001] {
            assert_eq!(server(number, "newer").complaint(Purpose::Append), None);
        }
    }

    #[test]
    fn what_a_crash_may_lose_is_no_place_to_append_but_can_be_read() {
        let safe = server(150_000, "15.0");
        for server in [
            Server { fsync: false, ..safe.clone() },
            Server { full_page_writes: false, ..safe.clone() },
            Server { fsync: false, full_page_writes: false, ..safe },
        ] {
            assert!(server.complaint(Purpose::Append).expect("not safe").contains("=off"));
            assert_eq!(server.complaint(Purpose::Read), None);
        }
    }
}
