//! `linli demo`: the demo world in a folder or a database. A run that was interrupted goes on where it was.

mod last_days;
mod logins;

use crate::args::DemoOptions;
use crate::{data, progress, provider, sender, serve};
use anyhow::{Context, Result, bail};
use linli_demo::{PLAN, World};
use linli_economy::command::Line;
use linli_engine::{Form, Group, Limits, Origin, Pending, Place, Stamp, Writer};
use linli_journal::{Fault, Header};
use linli_outbox::Reach;
use linli_server::Config;
use logins::Logins;
use std::collections::VecDeque;
use std::io::{self, Write};
use std::net::SocketAddr;

/// The stream by which the world's commands are known in the journal.
const STREAM: &str = "demo";

/// Commands that are handed to the writer together.
const TOGETHER: usize = 1_000;

/// Groups of them that may wait for their commit.
const WAITING: usize = 32;

pub fn run(options: &DemoOptions) -> Result<()> {
    let place = data::place(&options.data)?;
    data::make_folder(&options.data)?;
    create(&place)?;
    let (made, world) = make(&place, World::new(options.size))?;
    let mut out = io::stdout();
    match made {
        0 => writeln!(out, "{} has the demo world already", place.store.place())?,
        made => writeln!(out, "{}: {made} commands of the demo world", place.store.place())?,
    }
    let logins = logins::ensure(&options.data, &place, world)?;
    match options.listen {
        Some(listen) => serve(options, &place, &logins, listen),
        None => Ok(()),
    }
}

/// Serves the world, and says who can log in.
fn serve(options: &DemoOptions, place: &Place, logins: &Logins, listen: SocketAddr) -> Result<()> {
    let messages = sender::sandbox();
    let webhooks = Reach::public_and_named(&options.webhooks_private)?;
    let config = Config { is_sandbox: true, webhooks, ..Config::new(listen) };
    config.check()?;
    write!(io::stdout(), "{logins}")?;
    let payments = provider::sandbox(&options.data)?;
    serve::start(&options.data, place, &config, messages, payments)
}

/// A journal that is new, or one of a demo.
fn create(place: &Place) -> Result<()> {
    match place.store.read() {
        Ok(journal) if journal.header().plan == PLAN => Ok(()),
        Ok(_) => bail!("{} holds something else than a demo", place.store.place()),
        Err(Fault::Missing { .. }) => {
            place.store.create(&Header::new(PLAN.into()))?;
            Ok(())
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Sends what is missing of the world; gives how many commands that were, and the world after them.
fn make(place: &Place, mut world: World) -> Result<(u64, World)> {
    let mut journal = place.store.write()?;
    let opened = linli_engine::snapshots::open(&*place.snapshots, &mut *journal)?;
    data::tell_skipped(&opened.skipped);
    let replica = opened.replica;
    let known = replica.streams().get(STREAM);
    if replica.tip().seq > 0 && known.is_none() {
        bail!("{} holds something else than a demo", place.store.place());
    }
    let mut after_line = known.map_or(0, |stream| stream.last_line);
    let writer = Writer::start_at(place.clone(), Limits::default(), journal, replica);
    let bar = progress::over_commands();
    let known = after_line;
    world.by_ref().take(usize::try_from(known).expect("64 bits")).for_each(drop);
    let mut waiting = VecDeque::new();
    loop {
        let mut group = Group::of_stream(STREAM.into(), after_line);
        for (number, line) in (after_line + 1..).zip(world.by_ref().take(TOGETHER)) {
            let bytes = line.as_bytes();
            group.push_line(Origin::of(number, bytes), &Line::read(number, bytes));
            after_line = number;
        }
        if group.count() == 0 {
            break;
        }
        waiting.push_back(writer.send(group, Stamp::AsSent, Form::Refusals));
        bar.set_length(world.estimate());
        bar.set_position(after_line);
        if waiting.len() >= WAITING {
            waiting.pop_front().map(Pending::wait).transpose()?;
        }
    }
    for pending in waiting {
        pending.wait()?;
    }
    bar.finish_and_clear();
    writer.close().context("the demo world is not complete")?;
    Ok((after_line - known, world))
}
