//! `linli backup` and `linli restore`: the journal, copied to a file and back. All else follows from it.

use crate::args::{BackupOptions, RestoreOptions};
use crate::{data, progress};
use anyhow::{Context, Result, bail};
use linli_engine::copy::{Copied, copy};
use linli_journal::{SqliteStore, Store};
use std::io::{self, Write};

pub fn backup(options: &BackupOptions) -> Result<()> {
    let place = data::place(&options.data)?;
    let target = SqliteStore::new(options.to.clone());
    let Copied { before, tip } = copied(&*place.store, &target)?;
    let new = tip.seq - before;
    writeln!(
        io::stdout(),
        "{}: {} commands, {new} of them new; ends with {}",
        target.place(),
        tip.seq,
        tip.hash
    )?;
    Ok(())
}

pub fn restore(options: &RestoreOptions) -> Result<()> {
    let source = SqliteStore::new(options.from.clone());
    let place = data::place(&options.data)?;
    if let Ok(mut journal) = place.store.read()
        && journal.tip()?.seq > 0
    {
        bail!("{} has commands already: restore into a place that has none", place.store.place());
    }
    data::make_folder(&options.data)?;
    let tip = copied(&source, &*place.store)?.tip;
    writeln!(io::stdout(), "{}: {} commands; ends with {}", place.store.place(), tip.seq, tip.hash)?;
    Ok(())
}

fn copied(from: &dyn Store, to: &dyn Store) -> Result<Copied> {
    let bar = progress::over_commands();
    let copied = copy(from, to, |seq, end| {
        bar.set_length(end);
        bar.set_position(seq);
    });
    bar.finish_and_clear();
    copied.with_context(|| format!("cannot copy {} to {}", from.place(), to.place()))
}
