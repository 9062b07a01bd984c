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
    reader: BufReader<Box<dyn Read>>,
    buffer: Vec<u8>,
    /// The number of the last line, from 1.
    pub number: u64,
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
    pub fn open(path: Option<&Path>, tap: impl FnOnce(File) -> Box<dyn Read>) -> Result<Self> {
        const BUFFER: usize = 1 << 18;
        let bytes: Box<dyn Read> = match path.filter(|path| *path != Path::new("-")) {
            None => Box::new(stdin()),
            Some(path) => {
                let unreadable = || format!("cannot read {}", path.display());
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
        Ok(Self { reader, buffer: Vec::new(), number: 0 })
    }

    /// Whether the next line may have to be waited for.
    pub fn would_wait(&self) -> bool {
        self.reader.buffer().is_empty()
    }

    /// The next line, without its newline and carriage return.
    pub fn next(&mut self) -> Result<Option<Line<'_>>> {
        self.buffer.clear();
        let limit = u64::try_from(LINE_LIMIT + 2).expect("64 bits");
        let read = self.reader.by_ref().take(limit).read_until(b'\n', &mut self.buffer)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if self.buffer.last() == Some(&b'\n') {
            self.buffer.pop();
            if self.buffer.last() == Some(&b'\r') {
                self.buffer.pop();
            }
        } else if self.buffer.len() > LINE_LIMIT {
            self.reader.skip_until(b'\n')?;
            return Ok(Some(Line::TooLong));
        }
        Ok(Some(Line::Whole(&self.buffer)))
    }
}
