//! Where an economy's data is: a folder with `journal.db`, `keys.db`, `outbox.db`, `payments.db`, `files/`, `read.db` and
//! `snapshots/`, or a database of PostgreSQL.

use crate::args::DataOptions;
use anyhow::{Context, Result, bail};
use linli_engine::read::{PostgresTables, ReadPlace, SqliteTables, Tables};
use linli_engine::snapshots::{Skipped, SnapshotTable};
use linli_engine::{Place, SnapshotFolder};
use linli_journal::files::{FileFolder, FileStore, FileTable};
use linli_journal::vault::{KeyStore, PostgresKeys, SqliteKeys, Vault};
use linli_journal::{Header, PostgresStore, SqliteStore, Store};
use linli_outbox::{PostgresOutbox, SqliteOutbox};
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// The place that the options name.
pub fn place(options: &DataOptions) -> Result<Place> {
    if let Some(url) = &options.database {
        let store = PostgresStore::new(url)?;
        return Ok(Place { store: Arc::new(store.clone()), snapshots: Arc::new(SnapshotTable::new(store)) });
    }
    let dir = options.data.as_ref().context("neither --data nor --database")?;
    Ok(Place {
        store: Arc::new(SqliteStore::new(dir.join("journal.db"))),
        snapshots: Arc::new(SnapshotFolder::new(dir.join("snapshots"))),
    })
}

/// What keeps people's names and programs' secrets readable: beside the journal, and in none of its backups.
pub fn vault(options: &DataOptions) -> Result<Vault> {
    let keys: Box<dyn KeyStore> = match (&options.database, &options.data) {
        (Some(url), _) => Box::new(PostgresKeys::open(&PostgresStore::new(url)?)?),
        (None, Some(dir)) => Box::new(SqliteKeys::open(&dir.join("keys.db"))?),
        (None, None) => bail!("neither --data nor --database"),
    };
    Ok(Vault::new(keys))
}

/// Where effects on others wait until they are done: beside the journal, which cannot make it again.
pub fn outbox(options: &DataOptions) -> Result<Arc<dyn linli_outbox::Store>> {
    let store: Arc<dyn linli_outbox::Store> = match (&options.database, &options.data) {
        (Some(url), _) => Arc::new(PostgresOutbox::beside(&PostgresStore::new(url)?)),
        (None, Some(dir)) => Arc::new(SqliteOutbox::new(dir.join("outbox.db"))),
        (None, None) => bail!("neither --data nor --database"),
    };
    // One that cannot be used is told before anything is served.
    store.open()?;
    Ok(store)
}

/// Where uploaded pictures and documents are: beside the journal, and in none of its backups.
pub fn files(options: &DataOptions) -> Result<Arc<dyn FileStore>> {
    match (&options.database, &options.data) {
        (Some(url), _) => Ok(Arc::new(FileTable::open(PostgresStore::new(url)?)?)),
        (None, Some(dir)) => Ok(Arc::new(FileFolder::new(dir.join("files")))),
        (None, None) => bail!("neither --data nor --database"),
    }
}

/// The same with the tables of the read model.
pub fn read_place(options: &DataOptions) -> Result<ReadPlace> {
    let engine = place(options)?;
    let tables: Arc<dyn Tables> = match (&options.database, &options.data) {
        (Some(url), _) => Arc::new(PostgresTables::beside(&PostgresStore::new(url)?)),
        (None, Some(dir)) => Arc::new(SqliteTables::new(dir.join("read.db"))),
        (None, None) => bail!("neither --data nor --database"),
    };
    Ok(ReadPlace { engine, tables })
}

/// Makes sure that there is a journal, opened with this plan if it is new.
pub fn create(options: &DataOptions, store: &dyn Store, plan: Option<&Path>) -> Result<()> {
    let text = plan.map(read_sound_plan).transpose()?;
    match (store.read(), text) {
        (Ok(journal), Some(text)) => check_plan(&journal.header().plan, &text, store),
        (Ok(_), None) => Ok(()),
        (Err(linli_journal::Fault::Missing { place }), None) => {
            bail!("there is no journal at {place}: --plan PLAN opens one")
        }
        (Err(linli_journal::Fault::Missing { .. }), Some(text)) => {
            make_folder(options)?;
            let header = store.create(&Header::new(text.clone()))?;
            check_plan(&header.plan, &text, store)
        }
        (Err(fault), _) => Err(fault.into()),
    }
}

/// Makes the folder, unless it is there or the data is in a database.
pub fn make_folder(options: &DataOptions) -> Result<()> {
    let Some(dir) = &options.data else { return Ok(()) };
    let made = std::path::absolute(dir).and_then(|dir| {
        let missing: Vec<_> = dir.ancestors().take_while(|folder| !folder.exists()).collect();
        fs::create_dir_all(&dir)?;
        // A new folder is on the disk once the one that it is in has been synced.
        missing
            .iter()
            .filter_map(|folder| folder.parent())
            .try_for_each(|parent| File::open(parent)?.sync_all())
    });
    made.with_context(|| format!("cannot make {}", dir.display()))
}

fn read_sound_plan(path: &Path) -> Result<String> {
    crate::text::read_plan(path)?;
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn check_plan(opened_with: &str, text: &str, store: &dyn Store) -> Result<()> {
    if opened_with == text {
        return Ok(());
    }
    bail!(
        "{} was opened with another plan; leave --plan out, or change the plan by a change_plan command",
        store.place()
    )
}

/// Tells which snapshots could not be used; the journal makes up for them.
pub fn tell_skipped(skipped: &[Skipped]) {
    for Skipped { place, why } in skipped {
        // Where nobody listens, the work goes on.
        let _ = writeln!(std::io::stderr(), "linli: passed over {place}: {why}");
    }
}
