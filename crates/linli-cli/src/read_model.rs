//! `linli follow` and `linli rebuild`: the tables for people who use SQL, brought up to the journal's end, or made anew.

use crate::args::{DataOptions, FollowOptions};
use crate::{data, progress};
use anyhow::{Context, Result};
use linli_engine::read::{self, Follower, ReadPlace};
use std::io::{self, Write};
use std::time::Duration;

/// How often the watch looks whether its follower still runs.
const LOOK: Duration = Duration::from_secs(3_600);

pub fn follow(options: &FollowOptions) -> Result<()> {
    let place = data::read_place(&options.data)?;
    let end = place.engine.store.read()?.tip()?.seq;
    let bar = progress::over_commands();
    bar.set_length(end);
    let mut follower = Follower::open(&place)?;
    let followed = follower.catch_up(|seq| bar.set_position(seq));
    bar.finish_and_clear();
    followed?;
    tell(&place, follower.seq())?;
    drop(follower);
    if options.watch {
        let following = Follower::start(place);
        while !following.has_ended() {
            let _ = following.wait(u64::MAX, LOOK);
        }
        following.end()?;
    }
    Ok(())
}

pub fn rebuild(options: &DataOptions) -> Result<()> {
    let place = data::read_place(options)?;
    let end = place.engine.store.read()?.tip()?.seq;
    let bar = progress::over_commands();
    bar.set_length(end);
    let mut reached = 0;
    let rebuilt = read::rebuild(&place, |seq| {
        reached = seq;
        bar.set_position(seq);
    });
    bar.finish_and_clear();
    rebuilt.with_context(|| format!("cannot rebuild {}", place.tables.place()))?;
    tell(&place, reached)
}

fn tell(place: &ReadPlace, seq: u64) -> Result<()> {
    writeln!(io::stdout(), "{}: has every command up to seq {seq}", place.tables.place())?;
    Ok(())
}
