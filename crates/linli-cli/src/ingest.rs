//! `linli ingest`: a stream of commands, applied durably. Each result line is printed only after its commit, and a
//! stream that was interrupted can be sent again whole: what was applied is answered with what it got.

mod again;

use crate::args::IngestOptions;
use crate::lines::{Batch, Line, Lines};
use crate::{data, progress, replay};
use again::Again;
use anyhow::{Context, Result, bail};
use indicatif::ProgressBar;
use linli_engine::snapshots::{self, USUAL_EVERY};
use linli_engine::{Form, Group, Keeper, Limits, Origin, Pending, Place, Stamp, Writer};
use std::io::{self, BufWriter, StdoutLock, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Lines that are handed to the writer together.
const TOGETHER: usize = 1_000;

/// Groups of lines that may wait for their commit.
const WAITING: usize = 32;

pub fn run(options: &IngestOptions) -> Result<ExitCode> {
    let place = data::place(&options.data)?;
    data::create(&options.data, &*place.store, options.plan.as_deref())?;
    let mut bar = ProgressBar::hidden();
    let mut lines = Lines::open(options.file.as_deref(), |file| {
        bar = progress::over_file(&file);
        progress::counted(&bar, file)
    })?;
    let mut batch = Batch::default();
    if !lines.next_batch(&mut batch, TOGETHER)? {
        return Ok(ExitCode::SUCCESS);
    }
    let name = options.stream.clone().unwrap_or_else(|| name_of(&batch));
    let mut out = BufWriter::new(io::stdout().lock());
    let ingested = ingest(&place, Input { name, lines, batch }, &mut out);
    bar.finish_and_clear();
    ingested?;
    Ok(ExitCode::SUCCESS)
}

/// What comes in: the stream's name, its lines, and the batch of them that was read last.
struct Input {
    name: String,
    lines: Lines,
    batch: Batch,
}

/// A stream without a name is known by its first line.
fn name_of(batch: &Batch) -> String {
    let first = batch.lines().next();
    let bytes = first.map_or(&b""[..], |(_, line)| if let Line::Whole(bytes) = line { bytes } else { b"" });
    let hash = blake3::hash(bytes).to_hex();
    format!("stream-{}", &hash[..16])
}

fn ingest(place: &Place, mut input: Input, out: &mut BufWriter<StdoutLock<'_>>) -> Result<()> {
    let mut journal = place.store.write()?;
    let opened = snapshots::open(&*place.snapshots, &mut *journal)?;
    data::tell_skipped(&opened.skipped);
    let mut replica = opened.replica;
    let known = replica.streams().get(&input.name);
    if let Some(stream) = known {
        drop(replica);
        let mut again = Again::new(&mut input, out);
        let resumed = linli_engine::resume::resume(
            &*place.snapshots,
            &mut *journal,
            &again.name(),
            stream,
            |origin, answer| again.answer(origin, answer),
        )?;
        match (again.finish()?, resumed) {
            (true, Some(resumed)) => replica = resumed,
            _ => return out.flush().context("cannot write the results"),
        }
    }
    out.flush().context("cannot write the results")?;
    let keeper = Keeper::start(place.clone(), USUAL_EVERY);
    let after_line = known.map_or(0, |stream| stream.last_line);
    let written =
        write(Writer::start_at(place.clone(), Limits::default(), journal, replica), input, after_line, out);
    written?;
    keeper.end().context("the commands are applied, but a snapshot failed")
}

/// Hands the lines after this one to the writer and prints their results in order. What reads the input is left alone
/// when something fails: it may wait for a line that never comes.
fn write(writer: Writer, input: Input, after_line: u64, out: &mut BufWriter<StdoutLock<'_>>) -> Result<()> {
    let (sender, pending) = sync_channel(WAITING);
    let writer = Arc::new(writer);
    let sends = writer.clone();
    let reading = thread::spawn(move || send_all(&sends, input, after_line, &sender));
    print_all(&pending, out)?;
    reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    let writer = Arc::into_inner(writer).expect("whoever sent has ended");
    writer.close()?;
    Ok(())
}

/// Sends batch after batch until the input ends or the results go nowhere.
fn send_all(
    writer: &Writer,
    mut input: Input,
    mut after_line: u64,
    sender: &SyncSender<Pending>,
) -> Result<()> {
    loop {
        let mut group = Group::of_stream(input.name.clone(), after_line);
        for (number, line) in input.batch.lines().filter(|&(number, _)| number > after_line) {
            let Some((_, received)) = replay::read(number, &line) else { continue };
            group.push_line(origin(number, &line), &received);
        }
        if let Some(last) = group.last_line() {
            after_line = last;
            if sender.send(writer.send(group, Stamp::AsSent, Form::Json)).is_err() {
                return Ok(());
            }
        }
        if !input.lines.next_batch(&mut input.batch, TOGETHER)? {
            return Ok(());
        }
    }
}

/// Where a line stands; one that is too long is known by that alone.
fn origin(number: u64, line: &Line<'_>) -> Origin {
    match line {
        Line::Whole(bytes) => Origin::of(number, bytes),
        Line::TooLong => Origin::of(number, b""),
    }
}

/// Prints what is answered, each group after its commit.
fn print_all(pending: &Receiver<Pending>, out: &mut BufWriter<StdoutLock<'_>>) -> Result<()> {
    for pending in pending {
        match pending.wait() {
            Ok(answers) => {
                let written = out.write_all(answers.json.as_bytes()).and_then(|()| out.flush());
                written.context("cannot write the results")?;
            }
            Err(unanswered) => {
                bail!(
                    "stopped: {unanswered}\nWhat was printed is applied. Send the stream again whole to go on."
                )
            }
        }
    }
    Ok(())
}
