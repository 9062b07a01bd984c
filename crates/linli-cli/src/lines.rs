//! Lines of a file or of standard input, compressed or not, none longer than a limit: whoever sends an endless
//! line gets an error, not our memory.

use anyhow::{Context, Result};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, stdin};
use std::path::Path;

/// The longest line that is read, in bytes; the largest command is a plan's text.
pub const LINE_LIMIT: usize = 4 << 20;

/// Reads lines one by one into one buffer.
pub struct Lines {
    reader: BufReader<Box<dyn Read + Send>>,
    buffer: Vec<u8>,
    /// What is read, for messages.
    source: String,
    /// The number of the last line, from 1.
    pub number: u64,
}

/// Lines that are read together, because they are there, and used again and again.
#[derive(Default)]
pub struct Batch {
    bytes: Vec<u8>,
    /// The number of each line and where its bytes end; none where it was too long.
    lines: Vec<(u64, Option<usize>)>,
}

impl Batch {
    /// The lines with their numbers.
    pub fn lines(&self) -> impl Iterator<Item = (u64, Line<'_>)> {
        let mut start = 0;
        self.lines.iter().map(move |&(number, end)| {
            let Some(end) = end else { return (number, Line::TooLong) };
            (number, Line::Whole(&self.bytes[std::mem::replace(&mut start, end)..end]))
        })
    }
}

/// One line without its end.
pub enum Line<'a> {
    /// Its bytes.
    Whole(&'a [u8]),
    /// Longer than [`LINE_LIMIT`]; the rest of it was skipped.
    TooLong,
}

impl Lines {
    /// The lines of a file, or of standard input where there is none or it is `-`. A name that ends in `.zst`
    /// is decompressed; `tap` sees the bytes as they are read, for progress.
    pub fn open(path: Option<&Path>, tap: impl FnOnce(File) -> Box<dyn Read + Send>) -> Result<Self> {
        const BUFFER: usize = 1 << 18;
        let path = path.filter(|path| *path != Path::new("-"));
        let source = path.map_or("standard input".into(), |path| path.display().to_string());
        let bytes: Box<dyn Read + Send> = match path {
            None => Box::new(stdin()),
            Some(path) => {
                let unreadable = || format!("cannot read {source}");
                let bytes = tap(File::open(path).with_context(unreadable)?);
                match path.extension() {
                    Some(extension) if extension == "zst" => {
                        Box::new(zstd::Decoder::new(bytes).with_context(unreadable)?)
                    }
                    _ => bytes,
                }
            }
        };
        let reader = BufReader::with_capacity(BUFFER, bytes);
        Ok(Self { reader, buffer: Vec::new(), source, number: 0 })
    }

    /// Whether the next line may have to be waited for: a part of it can be here already.
    pub fn would_wait(&self) -> bool {
        !self.reader.buffer().contains(&b'\n')
    }

    /// Fills the batch with the next line and those that are there with it, at most `most`; false at the end.
    pub fn next_batch(&mut self, batch: &mut Batch, most: usize) -> Result<bool> {
        batch.bytes.clear();
        batch.lines.clear();
        while batch.lines.len() < most && (batch.lines.is_empty() || !self.would_wait()) {
            let start = batch.bytes.len();
            let Some(whole) = self.read_line(&mut batch.bytes)? else { break };
            if !whole {
                batch.bytes.truncate(start);
            }
            batch.lines.push((self.number, whole.then_some(batch.bytes.len())));
        }
        Ok(!batch.lines.is_empty())
    }

    /// The next line.
    pub fn next(&mut self) -> Result<Option<Line<'_>>> {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        let whole = self.read_line(&mut buffer);
        self.buffer = buffer;
        Ok(whole?.map(|whole| if whole { Line::Whole(&self.buffer) } else { Line::TooLong }))
    }

    /// Appends the next line without its newline and carriage return; gives whether it is whole, or none at
    /// the end.
    fn read_line(&mut self, buffer: &mut Vec<u8>) -> Result<Option<bool>> {
        let start = buffer.len();
        let limit = u64::try_from(LINE_LIMIT + 2).expect("64 bits");
        let read = self.reader.by_ref().take(limit).read_until(b'\n', buffer);
        let read = read.with_context(|| format!("cannot read {} after line {}", self.source, self.number))?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        let is_whole = buffer.last() == Some(&b'\n');
        if is_whole {
            buffer.pop();
            if buffer.len() > start {
                buffer.pop_if(|last| *last == b'\r');
            }
        }
        if buffer.len() - start <= LINE_LIMIT {
            return Ok(Some(true));
        }
        if !is_whole {
            self.reader.skip_until(b'\n').with_context(|| format!("cannot read {}", self.source))?;
        }
        Ok(Some(false))
    }
}
