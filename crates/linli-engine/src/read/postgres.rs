//! The read model on PostgreSQL 15 or newer: the schema `linli_read` in the journal's own database. A commit does not
//! wait for the disk, because what a crash takes away is followed again from the checkpoint that is left.
//! Must not be added here: what a row means.

mod rows;
mod session;
mod statements;

use super::changes::Changes;
use super::checkpoint::Checkpoint;
use super::database::{Database, Tables};
use super::fault::ReadFault;
use super::rows::{Row, Rows};
use super::schema::TableId;
use super::schema::sql::{self, Dialect};
use linli_journal::postgres::error_text;
use linli_journal::{PostgresStore, Store};
use postgres::config::TargetSessionAttrs;
use postgres::error::SqlState;
use postgres::types::ToSql;
use postgres::{Client, Config, Error};
use statements::Statements;

/// Held while tables are made or dropped: `IF NOT EXISTS` does not keep two who do it apart.
const MAKER: i64 = i64::from_be_bytes(*b"linlirea");

/// A read model in a database.
#[derive(Clone)]
pub struct PostgresTables {
    config: Config,
    place: String,
}

impl PostgresTables {
    /// The read model in the database of this journal, whether it is there or not.
    #[must_use]
    pub fn beside(journal: &PostgresStore) -> Self {
        Self { config: journal.config(), place: format!("{}, schema linli_read", journal.place()) }
    }

    fn connect(&self, wanted: TargetSessionAttrs) -> Result<Box<dyn Database>, ReadFault> {
        let fault = |error| fault("open", &self.place, &error);
        let mut client = session::open(&self.config, wanted).map_err(fault)?;
        let encoding = session::encoding(&mut client).map_err(fault)?;
        if encoding != "UTF8" {
            let place = &self.place;
            let what =
                format!("the database of {place} has the encoding {encoding}; the read model needs UTF8");
            return Err(ReadFault::Unfit { what });
        }
        let statements = Statements::default();
        Ok(Box::new(PostgresDatabase { place: self.place.clone(), client, statements }))
    }
}

impl std::fmt::Debug for PostgresTables {
    /// Without the address, which has the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("PostgresTables").field(&self.place).finish()
    }
}

impl Tables for PostgresTables {
    fn read(&self) -> Result<Box<dyn Database>, ReadFault> {
        self.connect(TargetSessionAttrs::Any)
    }

    fn write(&self) -> Result<Box<dyn Database>, ReadFault> {
        self.connect(TargetSessionAttrs::ReadWrite)
    }

    fn discard(&self) -> Result<(), ReadFault> {
        // A database that cannot be opened is not ours to remove.
        Ok(())
    }

    fn place(&self) -> String {
        self.place.clone()
    }
}

fn fault(what: &str, place: &str, error: &Error) -> ReadFault {
    const DAMAGE: [SqlState; 7] = [
        SqlState::DATA_CORRUPTED,
        SqlState::INDEX_CORRUPTED,
        SqlState::UNDEFINED_TABLE,
        SqlState::UNDEFINED_COLUMN,
        SqlState::UNDEFINED_OBJECT,
        SqlState::DATATYPE_MISMATCH,
        SqlState::DUPLICATE_TABLE,
    ];
    let what = format!("cannot {what} {place}: {}", error_text(error));
    match error.code() {
        Some(code) if DAMAGE.contains(code) => ReadFault::Damaged { what },
        _ => ReadFault::Unavailable { what },
    }
}

/// A connection to a read model in a database.
struct PostgresDatabase {
    place: String,
    client: Client,
    statements: Statements,
}

impl PostgresDatabase {
    fn named<T>(&self, what: &str, result: Result<T, Error>) -> Result<T, ReadFault> {
        result.map_err(|error| fault(what, &self.place, &error))
    }

    fn try_version(&mut self) -> Result<Option<i64>, Error> {
        let is_there = "SELECT to_regclass('linli_read.checkpoint') IS NOT NULL";
        if !self.client.query_one(is_there, &[])?.try_get::<_, bool>(0)? {
            return Ok(None);
        }
        let row = self.client.query_opt("SELECT version FROM checkpoint", &[])?;
        row.map(|row| row.try_get(0)).transpose()
    }

    fn try_drop(&mut self) -> Result<(), Error> {
        let mut transaction = self.client.transaction()?;
        transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&MAKER])?;
        for statement in sql::drop_all() {
            transaction.batch_execute(&statement)?;
        }
        transaction.commit()
    }

    fn try_create(&mut self, changes: &Changes, checkpoint: &Checkpoint) -> Result<(), Error> {
        let mut transaction = self.client.transaction()?;
        transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&MAKER])?;
        // Who may not create schemas can be given this one, empty.
        let is_there = "SELECT to_regnamespace('linli_read') IS NOT NULL";
        if !transaction.query_one(is_there, &[])?.try_get::<_, bool>(0)? {
            transaction.batch_execute("CREATE SCHEMA linli_read")?;
        }
        for statement in sql::create(Dialect::Postgres) {
            transaction.batch_execute(&statement)?;
        }
        let first = sql::first_checkpoint(Dialect::Postgres);
        transaction.execute(&first, &[&statements::seq(checkpoint), &checkpoint.hash])?;
        // Statements that were prepared for tables of before are of no use.
        self.statements = Statements::default();
        self.statements.write(&mut transaction, changes)?;
        transaction.commit()
    }

    fn try_create_indexes(&mut self) -> Result<(), Error> {
        let mut transaction = self.client.transaction()?;
        transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&MAKER])?;
        for statement in sql::create_indexes() {
            transaction.batch_execute(&statement)?;
        }
        transaction.commit()
    }

    /// Gives whether the checkpoint was where it was expected.
    fn try_write(&mut self, changes: &Changes, from: &Checkpoint, to: &Checkpoint) -> Result<bool, Error> {
        let mut transaction = self.client.transaction()?;
        let parameters: [&(dyn ToSql + Sync); 4] =
            [&statements::seq(to), &to.hash, &statements::seq(from), &from.hash];
        // The row stays locked until the commit, so that another follower waits here.
        let moved = transaction.execute(&sql::move_checkpoint(Dialect::Postgres), &parameters)?;
        if moved == 1 {
            self.statements.write(&mut transaction, changes)?;
            transaction.commit()?;
        }
        Ok(moved == 1)
    }
}

impl Database for PostgresDatabase {
    fn version(&mut self) -> Result<Option<i64>, ReadFault> {
        let version = self.try_version();
        self.named("read", version)
    }

    fn drop_tables(&mut self) -> Result<(), ReadFault> {
        let dropped = self.try_drop();
        self.named("drop the tables of", dropped)
    }

    fn create(&mut self, changes: &Changes, checkpoint: &Checkpoint) -> Result<(), ReadFault> {
        let created = self.try_create(changes, checkpoint);
        self.named("make the tables of", created)
    }

    fn create_indexes(&mut self) -> Result<(), ReadFault> {
        let created = self.try_create_indexes();
        self.named("make the indexes of", created)
    }

    fn checkpoint(&mut self) -> Result<Checkpoint, ReadFault> {
        let row = self.client.query_one("SELECT seq, hash FROM checkpoint", &[]);
        let row = self.named("read the checkpoint of", row)?;
        let (seq, hash): (i64, String) = (row.get(0), row.get(1));
        Ok(Checkpoint { seq: seq.unsigned_abs(), hash })
    }

    fn write(&mut self, changes: &Changes, from: &Checkpoint, to: &Checkpoint) -> Result<(), ReadFault> {
        let written = self.try_write(changes, from, to);
        if self.named("write", written)? {
            return Ok(());
        }
        Err(ReadFault::Overtaken { place: self.place.clone() })
    }

    fn freeze(&mut self) -> Result<(), ReadFault> {
        // The first look fixes what is seen from then on.
        let frozen = self
            .client
            .batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT seq FROM checkpoint");
        self.named("read", frozen)
    }

    fn read(
        &mut self,
        table: TableId,
        after: Option<Row<'_>>,
        most: usize,
        into: &mut Rows,
    ) -> Result<(), ReadFault> {
        let read = rows::read(&mut self.client, &mut self.statements, table.table(), after, most, into);
        self.named(&format!("read {} of", table.table().name), read)
    }
}
