//! What is particular to the journal on a server: what its tables refuse, what it says of damage, of servers that
//! are not safe or not there, and of other writers.

mod cuts;
mod ends;
mod proxy;

use linli_journal::{Batch, Content, Fault, Hash, Header, Journal, PostgresStore, Store, Tip};
use linli_test_postgres::{PASSWORD, Server};
use postgres::error::SqlState;
use postgres::{Client, NoTls};
use std::error::Error;
use std::process;
use std::thread;
use std::time::{Duration, Instant};

fn header() -> Header {
    Header::new("name = \"plan\"".into())
}

fn store(url: &str) -> PostgresStore {
    PostgresStore::new(url).expect("an address")
}

/// A batch of two entries.
fn batch(tip: Tip, entries: &[u8]) -> Batch {
    let entries = entries.to_vec();
    Batch::after(tip, Content { count: 2, entries, results: Hash::of(b"r"), figures: Hash::of(b"f") })
}

/// Appends so many batches; gives them.
fn append(journal: &mut dyn Journal, batches: u32) -> Vec<Batch> {
    let mut tip = journal.tip().expect("a tip");
    let mut appended = Vec::new();
    for number in 0..batches {
        let batch = batch(tip, &number.to_le_bytes());
        tip = batch.tip();
        journal.append(std::slice::from_ref(&batch)).expect("appended");
        appended.push(batch);
    }
    appended
}

/// The address of a journal of so many batches, closed.
fn journal(batches: u32) -> String {
    let url = Server::shared().database();
    store(&url).create(&header()).expect("created");
    append(&mut *store(&url).write().expect("opened"), batches);
    url
}

fn client(url: &str) -> Client {
    Client::connect(url, NoTls).expect("connected")
}

fn sql(url: &str, statements: &str) {
    client(url).batch_execute(statements).expect(statements);
}

/// Changes what the triggers guard.
fn unguarded(url: &str, statement: &str) {
    let guard = |which: &str| format!("ALTER TABLE linli_journal.batch {which} TRIGGER ALL");
    sql(url, &format!("{}; {statement}; {}", guard("DISABLE"), guard("ENABLE")));
}

fn damage(url: &str) -> String {
    match store(url).read().and_then(|mut journal| journal.read(0, usize::MAX)) {
        Err(Fault::Damaged { what }) => what,
        other => panic!("{other:?}"),
    }
}

fn refusal(opened: Result<Box<dyn Journal>, Fault>) -> Fault {
    opened.map(|_| ()).expect_err("refused")
}

#[test]
fn the_database_refuses_to_change_or_skip_a_batch() {
    let url = journal(3);
    let row = "count, entries, results, figures, previous, hash FROM linli_journal.batch";
    for statement in [
        "UPDATE linli_journal.batch SET entries = ''",
        "UPDATE linli_journal.batch SET entries = '' WHERE false",
        "DELETE FROM linli_journal.batch",
        "TRUNCATE linli_journal.batch",
        "UPDATE linli_journal.header SET plan = ''",
        "DELETE FROM linli_journal.header",
        "TRUNCATE linli_journal.header, linli_journal.batch",
        "SET session_replication_role = replica; DELETE FROM linli_journal.batch",
        "INSERT INTO linli_journal.header SELECT 2, format, plan, root FROM linli_journal.header",
        &format!("INSERT INTO linli_journal.batch SELECT 9, {row} WHERE first_seq = 5"),
        &format!("INSERT INTO linli_journal.batch SELECT 5, {row} WHERE first_seq = 5"),
        // The right seq, but not the hash of the last batch.
        &format!("INSERT INTO linli_journal.batch SELECT 7, {row} WHERE first_seq = 5"),
    ] {
        client(&url).batch_execute(statement).expect_err(statement);
    }
    assert_eq!(store(&url).read().expect("opened").read(0, usize::MAX).expect("sound").len(), 3);
}

#[test]
fn the_fence_stands_whatever_an_operator_means_to_a_session() {
    let url = journal(2);
    let all_equal = |of: &str| {
        format!(
            "CREATE FUNCTION other.equal({of}, {of}) RETURNS boolean LANGUAGE sql AS 'SELECT true';
            CREATE OPERATOR other.= (LEFTARG = {of}, RIGHTARG = {of}, FUNCTION = other.equal);"
        )
    };
    sql(&url, &format!("CREATE SCHEMA other; {} {}", all_equal("bigint"), all_equal("bytea")));
    let mut client = client(&url);
    client.batch_execute("SET search_path = other, pg_catalog").expect("set");
    let is_equal: bool = client.query_one("SELECT 1::bigint = 2::bigint", &[]).expect("asked").get(0);
    assert!(is_equal, "the operator of this session is the other one");
    let row = "count, entries, results, figures, previous, hash FROM linli_journal.batch LIMIT 1";
    let refused = client.batch_execute(&format!("INSERT INTO linli_journal.batch SELECT 9, {row}"));
    assert_eq!(refused.expect_err("refused").code().map(SqlState::code), Some("LJ001"));
}

#[test]
fn a_changed_batch_and_a_missing_one_are_named() {
    let url = journal(4);
    unguarded(&url, "UPDATE linli_journal.batch SET entries = 'x' WHERE first_seq = 3");
    let what = damage(&url);
    assert!(what.starts_with("the batch that begins at seq 3: its hash is "), "{what}");
    unguarded(&url, "DELETE FROM linli_journal.batch WHERE first_seq = 3");
    assert_eq!(damage(&url), "seq 3 is missing: the batch found there begins at seq 5");
    unguarded(&url, "DELETE FROM linli_journal.batch WHERE first_seq = 1");
    assert_eq!(damage(&url), "seq 1 is missing: the batch found there begins at seq 5");
}

#[test]
fn values_and_tables_of_another_shape_are_damage() {
    for (change, complaint) in [
        ("UPDATE linli_journal.batch SET hash = 'short'", "hash has 5 bytes"),
        (
            "ALTER TABLE linli_journal.batch DROP CONSTRAINT batch_count_check, ALTER count TYPE text",
            "bigint - text",
        ),
        ("ALTER TABLE linli_journal.batch ALTER results TYPE text USING 'text'", "results: "),
        ("ALTER TABLE linli_journal.batch RENAME figures TO other", "\"figures\""),
        ("ALTER TABLE linli_journal.header ALTER root TYPE text", "root: "),
    ] {
        let url = journal(1);
        unguarded(&url, change);
        let what = damage(&url);
        assert!(what.contains(complaint), "{change}: {what}");
    }
    let url = journal(1);
    sql(&url, "DROP TABLE linli_journal.batch");
    assert!(damage(&url).contains("\"linli_journal.batch\" does not exist"));
}

#[test]
fn another_plan_under_old_commands_is_damage_and_a_newer_format_is_named() {
    let url = journal(1);
    let guards = "ALTER TABLE linli_journal.header DISABLE TRIGGER ALL";
    sql(&url, &format!("{guards}; UPDATE linli_journal.header SET plan = 'name = \"other\"'"));
    assert!(damage(&url).starts_with("the header's hash is "));
    sql(&url, "UPDATE linli_journal.header SET format = 2");
    let fault = refusal(store(&url).read());
    assert_eq!(fault.to_string(), "the journal has format 2; this release reads formats up to 1");
}

#[test]
fn a_schema_may_be_there_before_the_journal_and_a_database_may_not() {
    let url = Server::shared().database();
    sql(&url, "CREATE SCHEMA linli_journal");
    assert!(matches!(refusal(store(&url).write()), Fault::Missing { .. }));
    let created = |plan: &'static str| {
        let store = store(&url);
        thread::spawn(move || store.create(&Header::new(plan.into())).expect("created"))
    };
    let both = ["one", "other"].map(created).map(|created| created.join().expect("no panic"));
    assert_eq!(both[0], both[1], "who comes second gets what the first created");
    let fault = refusal(store(&Server::shared().url("nowhere")).read());
    assert!(matches!(&fault, Fault::Missing { place } if place.ends_with("/nowhere")), "{fault}");
}

#[test]
fn a_second_writer_learns_who_is_the_first() {
    let url = journal(0);
    let first = store(&url).write().expect("opened");
    let fault = refusal(store(&format!("{url}?application_name=second")).write());
    let Fault::Taken { holder } = fault else { panic!("{fault:?}") };
    let name = format!("(linli journal, process {}) from 127.0.0.1", process::id());
    assert!(holder.starts_with("session ") && holder.ends_with(&name), "{holder}");
    // Another database has a writer of its own.
    store(&journal(0)).write().expect("free");
    drop(first);
}

#[test]
fn what_the_database_sets_does_not_decide_how_the_journal_works() {
    let url = journal(0);
    let database = url.rsplit('/').next().expect("a name");
    for setting in [
        "synchronous_commit = off",
        "statement_timeout = '50s'",
        "default_transaction_isolation = 'serializable'",
        "search_path = ''",
        "bytea_output = 'escape'",
        "enable_indexscan = off",
    ] {
        sql(&url, &format!("ALTER DATABASE {database} SET {setting}"));
    }
    let witness = "CREATE TABLE public.witness (value text);
        CREATE FUNCTION public.witness() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO public.witness
                SELECT concat_ws(' ', current_setting('synchronous_commit'), current_setting('statement_timeout'));
            RETURN NULL;
        END $$;
        CREATE TRIGGER witness AFTER INSERT ON linli_journal.batch EXECUTE FUNCTION public.witness()";
    sql(&url, witness);
    let (mut writer, mut rival) =
        (store(&url).write().expect("opened"), store(&url).rival().expect("opened"));
    let appended = append(&mut *writer, 3);
    assert!(matches!(rival.append(&appended[..1]), Err(Fault::Fenced { .. })));
    assert_eq!(writer.read(0, usize::MAX).expect("read"), appended);
    let rows = client(&url).query("SELECT value FROM public.witness", &[]).expect("read");
    assert_eq!(rows.iter().map(|row| row.get(0)).collect::<Vec<&str>>(), ["on 0"; 3]);
}

#[test]
fn a_database_that_is_read_only_can_be_read_and_may_be_writable_later() {
    let url = journal(2);
    let database = url.rsplit('/').next().expect("a name");
    sql(&url, &format!("ALTER DATABASE {database} SET default_transaction_read_only = on"));
    for fault in [refusal(store(&url).write()), store(&url).create(&header()).expect_err("refused")] {
        assert!(matches!(fault, Fault::Unavailable { .. }) && fault.is_retryable(), "{fault:?}");
    }
    assert_eq!(store(&url).read().expect("opened").tip().expect("a tip").seq, 4);
}

#[test]
fn a_waiting_reader_is_told_at_once() {
    let url = journal(0);
    let mut writer = store(&url).write().expect("opened");
    let mut reader = store(&url).read().expect("opened");
    let start = Instant::now();
    for round in 0..20 {
        let waiting = thread::spawn(move || {
            assert!(reader.wait(2 * round, Duration::from_secs(60)).expect("waited"));
            reader
        });
        append(&mut *writer, 1);
        reader = waiting.join().expect("no panic");
    }
    // Who only looked again would take a second a round.
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn no_message_has_the_password() {
    let url = journal(0);
    let port = format!(":{}/", Server::shared().port());
    for url in [
        url.replace(PASSWORD, &format!("{PASSWORD}-but-wrong")),
        url.replace(&port, ":1/"),
        url.replace("postgres:not", "nobody:not"),
    ] {
        let store = store(&url);
        let fault = refusal(store.write());
        assert!(fault.is_retryable(), "{fault:?}");
        let mut texts = format!("{fault:?} {fault} {store:?} {}", store.place());
        let mut source = fault.source();
        while let Some(error) = source {
            texts.push_str(&format!(" {error} {error:?}"));
            source = error.source();
        }
        assert!(!texts.contains(PASSWORD), "{texts}");
    }
}
