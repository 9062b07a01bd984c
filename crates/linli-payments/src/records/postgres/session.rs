//! A session with the server, and the tables. Must not be added here: a default of the server, the database or the role
//! that decides how records are written.

use super::fault;
use crate::error::Fault;
use crate::records::FORMAT;
use postgres::config::TargetSessionAttrs;
use postgres::{Client, Config, Error, GenericClient, NoTls, Statement, Transaction};

/// What is put must be on disk.
const SETTINGS: &str = "
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
const MAKER: i64 = i64::from_be_bytes(*b"linlipay");

/// The order of keys is that of their bytes, whatever the database's is.
const TABLES: &str = "
    CREATE TABLE meta (one bigint PRIMARY KEY CHECK (one = 1), format bigint NOT NULL);
    INSERT INTO meta VALUES (1, 1);
    CREATE TABLE record (
        space text COLLATE \"C\" NOT NULL,
        key text COLLATE \"C\" NOT NULL,
        value bytea NOT NULL,
        PRIMARY KEY (space, key)
    );
";

/// Locked until the transaction ends, so that one runs at a time.
const LOCK: &str = "SELECT format FROM meta FOR UPDATE";

/// What goes wrong before the place is known.
pub enum Failure {
    Sql(&'static str, Error),
    Fault(Fault),
}

impl Failure {
    pub fn at(self, place: &str) -> Fault {
        match self {
            Self::Sql(what, error) => fault(what, place, &error),
            Self::Fault(fault) => fault,
        }
    }
}

/// A connection whose tables are there.
pub struct Session {
    client: Client,
    lock: Statement,
    statements: Statements,
}

/// Statements that the server has prepared.
pub struct Statements {
    pub get: Statement,
    pub put: Statement,
    pub remove: Statement,
    pub range: Statement,
}

/// A transaction that has the records for itself.
pub struct Begun<'a> {
    pub transaction: Transaction<'a>,
    pub statements: &'a Statements,
}

impl Session {
    pub fn open(config: &Config, schema: &str) -> Result<Self, Failure> {
        let connected = connect(config, schema);
        let (mut client, encoding) = connected.map_err(|error| Failure::Sql("open", error))?;
        if encoding != "UTF8" {
            let what = format!("the database has the encoding {encoding}; the records need UTF8");
            return Err(Failure::Fault(Fault::Unavailable { what }));
        }
        let prepared = make(&mut client, schema).and_then(|()| prepare(&mut client));
        let (lock, statements) = prepared.map_err(|error| Failure::Sql("open", error))?;
        Ok(Self { client, lock, statements })
    }

    pub fn is_open(&self) -> bool {
        !self.client.is_closed()
    }

    pub fn begin(&mut self) -> Result<Begun<'_>, Failure> {
        let Self { client, lock, statements } = self;
        let mut transaction = client.transaction().map_err(|error| Failure::Sql("begin in", error))?;
        let format = transaction.query_one(&*lock, &[]).and_then(|row| row.try_get(0));
        let found: i64 = format.map_err(|error| Failure::Sql("begin in", error))?;
        if found != FORMAT {
            return Err(Failure::Fault(Fault::Format { found, known: FORMAT }));
        }
        Ok(Begun { transaction, statements })
    }
}

fn connect(config: &Config, schema: &str) -> Result<(Client, String), Error> {
    let mut config = config.clone();
    if config.get_application_name().is_none() {
        config.application_name(&format!("{schema}, process {}", std::process::id()));
    }
    config.target_session_attrs(TargetSessionAttrs::ReadWrite);
    let mut client = config.connect(NoTls)?;
    client.batch_execute(SETTINGS)?;
    client.batch_execute(&format!("SET search_path = {schema}"))?;
    let encoding = client.query_one("SELECT current_setting('server_encoding')", &[])?.try_get(0)?;
    Ok((client, encoding))
}

fn prepare(client: &mut Client) -> Result<(Statement, Statements), Error> {
    let statements = Statements {
        get: client.prepare("SELECT value FROM record WHERE space = $1 AND key = $2")?,
        put: client.prepare(
            "INSERT INTO record VALUES ($1, $2, $3)
            ON CONFLICT (space, key) DO UPDATE SET value = excluded.value",
        )?,
        remove: client.prepare("DELETE FROM record WHERE space = $1 AND key = $2")?,
        range: client.prepare(
            "SELECT key, value FROM record WHERE space = $1 AND key >= $2 AND key < $3
            ORDER BY key LIMIT $4",
        )?,
    };
    Ok((client.prepare(LOCK)?, statements))
}

/// Read from the tables of the server: what it remembers of names may be from before somebody else made them.
const HAS_TABLES: &str =
    "SELECT EXISTS (SELECT FROM pg_catalog.pg_tables WHERE schemaname = $1 AND tablename = 'meta')";
const HAS_SCHEMA: &str = "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1)";

fn make(client: &mut Client, schema: &str) -> Result<(), Error> {
    if holds(client, HAS_TABLES, schema)? {
        return Ok(());
    }
    let mut transaction = client.transaction()?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&MAKER])?;
    if !holds(&mut transaction, HAS_TABLES, schema)? {
        // Who may not create schemas can be given this one, empty.
        if !holds(&mut transaction, HAS_SCHEMA, schema)? {
            transaction.batch_execute(&format!("CREATE SCHEMA {schema}"))?;
        }
        transaction.batch_execute(TABLES)?;
    }
    transaction.commit()
}

fn holds(client: &mut impl GenericClient, question: &str, schema: &str) -> Result<bool, Error> {
    client.query_one(question, &[&schema])?.try_get(0)
}
