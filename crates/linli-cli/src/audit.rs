//! `linli audit`: replays everything and names the first thing that is not as it was written.

use crate::args::DataOptions;
use crate::{data, progress};
use anyhow::{Context, Result};
use linli_engine::audit::{Sound, audit};
use linli_engine::read::{ReadFault, ReadPlace, verify};
use linli_journal::Hash;
use std::fmt::{self, Write as _};
use std::io::{self, Write as _};

pub fn run(options: &DataOptions) -> Result<()> {
    let place = data::read_place(options)?;
    let bar = progress::over_commands();
    let audited = audit(&place.engine, |seq, end| {
        bar.set_length(end);
        bar.set_position(seq);
    });
    bar.finish_and_clear();
    let sound = audited.with_context(|| format!("{} is not sound", place.engine.store.place()))?;
    let tables = read_model(&place)?;
    let mut text = String::new();
    write_sound(&mut text, &sound, &tables)?;
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}

/// Compares every row of the read model, if there is one, and says up to where it is sound.
fn read_model(place: &ReadPlace) -> Result<String> {
    let bar = progress::over_commands();
    let mut reached = 0;
    let verified = verify(place, |seq, end| {
        reached = seq;
        bar.set_length(end);
        bar.set_position(seq);
    });
    bar.finish_and_clear();
    match verified {
        Ok(()) => Ok(format!("seq {reached}")),
        Err(ReadFault::Missing { .. }) => Ok("–".into()),
        Err(fault) => Err(fault).with_context(|| format!("{} is not sound", place.tables.place())),
    }
}

fn write_sound(text: &mut String, sound: &Sound, tables: &str) -> fmt::Result {
    let (replica, economy) = (&sound.replica, sound.replica.economy());
    let state = economy.state();
    let refused: u64 = sound.refused.values().sum();
    writeln!(text, "Sound 无误: the chain, the digests, the invariants, the snapshots and the tables.\n")?;
    writeln!(text, "commands   流水 {:>14}  in {} batches", replica.tip().seq, sound.batches)?;
    writeln!(text, "refused    拒绝 {refused:>14}")?;
    for (code, count) in &sound.refused {
        writeln!(text, "  {code:<15} {count:>12}")?;
    }
    writeln!(text, "members    会员 {:>14}", state.members().len())?;
    writeln!(text, "stores     门店 {:>14}", state.stores().len())?;
    writeln!(text, "orders     订单 {:>14}", state.orders().len())?;
    writeln!(text, "pool     盈利池 {:>14}", state.pool().reserve().to_string())?;
    writeln!(text, "supply   积分数 {:>14}", state.pool().supply().to_string())?;
    let snapshots: Vec<String> = sound.snapshots.iter().map(u64::to_string).collect();
    writeln!(
        text,
        "snapshots  快照 {:>14}",
        if snapshots.is_empty() { "–".into() } else { snapshots.join(", ") }
    )?;
    writeln!(text, "tables   读模型 {tables:>14}")?;
    writeln!(text, "\nchain    {}", replica.tip().hash)?;
    writeln!(text, "economy  {}", Hash(economy.digest()))
}
