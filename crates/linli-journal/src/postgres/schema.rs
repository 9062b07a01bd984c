//! The tables of a journal in a database, in a schema of their own. The database itself refuses to change or to skip
//! a batch, whoever asks: this is the fence, and it needs no lock.
//! Must not be added: a table that can be changed.

use super::failure::Failure;
use super::{lock, read};
use crate::header::Header;
use crate::stored::StoredHeader;
use postgres::error::SqlState;
use postgres::{Client, GenericClient, Transaction};

/// The SQLSTATE of an insert that does not follow on the last batch.
pub const DOES_NOT_FOLLOW: &str = "LJ001";

/// The channel on which an append is told, in the same transaction.
pub const LISTEN: &str = "LISTEN linli_journal";

/// A plan is kept as bytes, because a database may have an encoding that lacks its letters. Two appends after the
/// same batch have the same first seq: the second waits for the first and is refused by the primary key.
/// `ENABLE ALWAYS` holds in sessions that replay from elsewhere, too.
///
/// Every insert waits for `batch_follows`, so it does no more than it must: all its names say their schema, which
/// holds against any `search_path` as a `SET` would and costs nothing, and it tells of the append by an assignment,
/// which is no query of its own.
const TABLES: &str = "
    CREATE TABLE linli_journal.header (
        one integer PRIMARY KEY CHECK (one = 1),
        format bigint NOT NULL,
        plan bytea NOT NULL,
        root bytea NOT NULL
    );
    CREATE TABLE linli_journal.batch (
        first_seq bigint PRIMARY KEY,
        count bigint NOT NULL CHECK (count BETWEEN 1 AND 4294967295),
        entries bytea NOT NULL,
        results bytea NOT NULL,
        figures bytea NOT NULL,
        previous bytea NOT NULL,
        hash bytea NOT NULL
    );
    ALTER TABLE linli_journal.batch ALTER COLUMN entries SET STORAGE EXTERNAL;

    CREATE FUNCTION linli_journal.batch_follows() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        next_seq bigint;
        last_hash bytea;
        told text;
    BEGIN
        SELECT first_seq OPERATOR(pg_catalog.+) count, hash INTO next_seq, last_hash
            FROM linli_journal.batch ORDER BY first_seq DESC LIMIT 1;
        IF NOT FOUND THEN
            SELECT 1, root INTO next_seq, last_hash FROM linli_journal.header;
        END IF;
        IF (NEW.first_seq OPERATOR(pg_catalog.=) next_seq) IS NOT TRUE
            OR (NEW.previous OPERATOR(pg_catalog.=) last_hash) IS NOT TRUE THEN
            RAISE EXCEPTION 'a batch must follow on the last one' USING ERRCODE = 'LJ001';
        END IF;
        told := pg_catalog.pg_notify('linli_journal', '');
        RETURN NEW;
    END $$;
    CREATE FUNCTION linli_journal.stays() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        RAISE EXCEPTION 'the journal is append-only';
    END $$;

    CREATE TRIGGER batch_follows BEFORE INSERT ON linli_journal.batch
        FOR EACH ROW EXECUTE FUNCTION linli_journal.batch_follows();
    CREATE TRIGGER batch_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON linli_journal.batch
        FOR EACH STATEMENT EXECUTE FUNCTION linli_journal.stays();
    CREATE TRIGGER header_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON linli_journal.header
        FOR EACH STATEMENT EXECUTE FUNCTION linli_journal.stays();
    ALTER TABLE linli_journal.batch ENABLE ALWAYS TRIGGER batch_follows;
    ALTER TABLE linli_journal.batch ENABLE ALWAYS TRIGGER batch_stays;
    ALTER TABLE linli_journal.header ENABLE ALWAYS TRIGGER header_stays;
";

/// The header of a database, if it has one.
pub fn header(client: &mut Client) -> Result<Option<StoredHeader>, Failure> {
    match read_header(client) {
        Err(Failure::Sql(error)) if is_no_journal(error.code()) => Ok(None),
        header => header,
    }
}

fn is_no_journal(code: Option<&SqlState>) -> bool {
    code.is_some_and(|code| [SqlState::UNDEFINED_TABLE, SqlState::INVALID_SCHEMA_NAME].contains(code))
}

fn read_header(client: &mut impl GenericClient) -> Result<Option<StoredHeader>, Failure> {
    let row = client.query_opt("SELECT format, plan, root FROM linli_journal.header", &[])?;
    let Some(row) = row else { return Ok(None) };
    let plan = String::from_utf8(read::column(&row, "plan")?);
    let plan = plan.map_err(|_| Failure::Shape("the plan is not UTF-8".into()))?;
    let format = read::number(&row, "format")?;
    Ok(Some(StoredHeader { format, plan, root: read::hash(&row, "root")?.0 }))
}

/// Creates tables and header, unless they are there; gives the header that is there.
pub fn create(client: &mut Client, header: &Header) -> Result<StoredHeader, Failure> {
    let mut transaction = client.transaction()?;
    lock::create(&mut transaction)?;
    if holds(&mut transaction, "to_regclass('linli_journal.header') IS NOT NULL")?
        && let Some(stored) = read_header(&mut transaction)?
    {
        return Ok(stored);
    }
    // Who may not create schemas can be given this one, empty.
    if holds(&mut transaction, "to_regnamespace('linli_journal') IS NULL")? {
        transaction.batch_execute("CREATE SCHEMA linli_journal")?;
    }
    transaction.batch_execute(TABLES)?;
    let (format, plan, root) = (i64::from(header.format), header.plan.as_bytes(), header.root().0);
    let insert = "INSERT INTO linli_journal.header (one, format, plan, root) VALUES (1, $1, $2, $3)";
    transaction.execute(insert, &[&format, &plan, &root.as_slice()])?;
    transaction.commit()?;
    Ok(StoredHeader { format: header.format, plan: header.plan.clone(), root })
}

fn holds(transaction: &mut Transaction<'_>, condition: &str) -> Result<bool, Failure> {
    Ok(transaction.query_one(&format!("SELECT {condition}"), &[])?.try_get(0)?)
}
