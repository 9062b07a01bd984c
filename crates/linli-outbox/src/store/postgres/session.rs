//! A session with the server, and the tables. Must not be added here: a default of the server, the database or the role
//! that decides how the outbox is written.

use postgres::config::TargetSessionAttrs;
use postgres::{Client, Config, Error, GenericClient, NoTls};

/// What is recorded must be on disk: who forgets a delivery makes it again.
const SETTINGS: &str = "
    SET search_path = linli_outbox;
    SET default_transaction_isolation = 'read committed';
    SET statement_timeout = 0;
    SET lock_timeout = '5s';
    SET idle_in_transaction_session_timeout = '30s';
    SET idle_session_timeout = 0;
    SET jit = off;
    SELECT set_config('synchronous_commit', 'on', false)
        WHERE current_setting('synchronous_commit') <> 'remote_apply';
";

/// Held while tables are made: `IF NOT EXISTS` does not keep two who do it apart.
const MAKER: i64 = i64::from_be_bytes(*b"linliout");

const TABLES: &str = "
    CREATE TABLE checkpoint (
        one bigint PRIMARY KEY CHECK (one = 1),
        format bigint NOT NULL,
        seq bigint NOT NULL
    );
    INSERT INTO checkpoint VALUES (1, 1, 0);
    CREATE TABLE effect (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key text NOT NULL UNIQUE,
        kind text NOT NULL,
        target text NOT NULL,
        seq bigint NOT NULL,
        payload bytea NOT NULL,
        due_at bigint NOT NULL,
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'dead')),
        attempts bigint NOT NULL DEFAULT 0,
        is_claimed bigint NOT NULL DEFAULT 0,
        claims bigint NOT NULL DEFAULT 0,
        round bigint NOT NULL DEFAULT 0,
        ended_at bigint
    );
    CREATE INDEX effect_due ON effect (due_at, id) WHERE state = 'pending';
    CREATE INDEX effect_done ON effect (ended_at, id) WHERE state = 'done';
    CREATE INDEX effect_target ON effect (target, seq);
    CREATE TABLE attempt (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        effect bigint NOT NULL REFERENCES effect ON DELETE CASCADE,
        claim bigint NOT NULL,
        at bigint NOT NULL,
        status bigint,
        error text,
        duration_ms bigint NOT NULL,
        answer text NOT NULL,
        UNIQUE (effect, claim)
    );
    CREATE TABLE note (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key text NOT NULL UNIQUE,
        account text NOT NULL,
        kind text NOT NULL,
        template text NOT NULL,
        params text NOT NULL,
        seq bigint NOT NULL,
        at bigint NOT NULL,
        read_at bigint
    );
    CREATE INDEX note_account ON note (account, id);
    CREATE INDEX note_unread ON note (account, seq) WHERE read_at IS NULL;
";

/// Connects to the database and makes the tables if they are not there; or what is wrong with the database.
pub fn open(config: &Config) -> Result<Result<Client, String>, Error> {
    let mut config = config.clone();
    if config.get_application_name().is_none() {
        config.application_name(&format!("linli outbox, process {}", std::process::id()));
    }
    config.target_session_attrs(TargetSessionAttrs::ReadWrite);
    let mut client = config.connect(NoTls)?;
    let encoding: String = client.query_one("SELECT current_setting('server_encoding')", &[])?.try_get(0)?;
    if encoding != "UTF8" {
        return Ok(Err(format!("the database has the encoding {encoding}; the outbox needs UTF8")));
    }
    client.batch_execute(SETTINGS)?;
    make(&mut client)?;
    Ok(Ok(client))
}

/// Read from the tables of the server: what it remembers of names may be from before somebody else made them.
const HAS_TABLES: &str = "SELECT EXISTS (SELECT FROM pg_catalog.pg_tables
    WHERE schemaname = 'linli_outbox' AND tablename = 'checkpoint')";
const HAS_SCHEMA: &str = "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'linli_outbox')";

fn make(client: &mut Client) -> Result<(), Error> {
    if holds(client, HAS_TABLES)? {
        return Ok(());
    }
    let mut transaction = client.transaction()?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&MAKER])?;
    if !holds(&mut transaction, HAS_TABLES)? {
        // Who may not create schemas can be given this one, empty.
        if !holds(&mut transaction, HAS_SCHEMA)? {
            transaction.batch_execute("CREATE SCHEMA linli_outbox")?;
        }
        transaction.batch_execute(TABLES)?;
    }
    transaction.commit()
}

fn holds(client: &mut impl GenericClient, question: &str) -> Result<bool, Error> {
    client.query_one(question, &[])?.try_get(0)
}
