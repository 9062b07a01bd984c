//! A session with the server: what it sets, so that no default of the server, the database or the role decides how the
//! read model is written. Must not be added here: a statement of the tables.

use postgres::config::TargetSessionAttrs;
use postgres::{Client, Config, Error, NoTls};

/// What a crash takes away is followed again, so a commit need not wait for the disk. One transaction is large, and a
/// plan compiled for it would take longer than it does.
const SETTINGS: &str = "
    SET search_path = linli_read;
    SET synchronous_commit = off;
    SET default_transaction_isolation = 'read committed';
    SET statement_timeout = 0;
    SET lock_timeout = '5s';
    SET idle_in_transaction_session_timeout = 0;
    SET idle_session_timeout = 0;
    SET jit = off;
";

/// Connects to the database; of several hosts to the first that is as wanted.
pub fn open(config: &Config, wanted: TargetSessionAttrs) -> Result<Client, Error> {
    let mut config = config.clone();
    if config.get_application_name().is_none() {
        config.application_name(&format!("linli read model, process {}", std::process::id()));
    }
    config.target_session_attrs(wanted);
    let mut client = config.connect(NoTls)?;
    client.batch_execute(SETTINGS)?;
    Ok(client)
}

/// The encoding of the database, which may lack letters that ids have.
pub fn encoding(client: &mut Client) -> Result<String, Error> {
    client.query_one("SELECT current_setting('server_encoding')", &[])?.try_get(0)
}
