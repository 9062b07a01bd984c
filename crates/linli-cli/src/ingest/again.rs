//! The lines of a stream that was sent before: each is compared with the one that was applied under its number and
//! gets the result that that one got, or `id_reused` if its bytes are others.

use super::{Input, TOGETHER, origin};
use crate::lines::Batch;
use crate::replay;
use anyhow::{Context, Error, Result};
use linli_economy::json::write_text;
use linli_engine::{Answered, Origin};
use std::io::{BufWriter, StdoutLock, Write};

/// The input, beside the journal.
pub struct Again<'a, 'o> {
    input: &'a mut Input,
    out: &'a mut BufWriter<StdoutLock<'o>>,
    /// The number of the last line that was looked at.
    looked_at: u64,
    fault: Option<Error>,
    is_over: bool,
    text: String,
}

impl<'a, 'o> Again<'a, 'o> {
    pub fn new(input: &'a mut Input, out: &'a mut BufWriter<StdoutLock<'o>>) -> Self {
        Self { input, out, looked_at: 0, fault: None, is_over: false, text: String::new() }
    }

    pub fn name(&self) -> String {
        self.input.name.clone()
    }

    /// Prints the result of the input's line with this number; false when there is no more input or no output.
    pub fn answer(&mut self, applied: Origin, answer: &Answered<'_>) -> bool {
        let answered = self.try_answer(applied, answer);
        let goes_on = matches!(answered, Ok(true));
        self.is_over |= !goes_on;
        self.fault = self.fault.take().or(answered.err());
        goes_on
    }

    /// Whether there is input after the lines that were applied before.
    ///
    /// # Errors
    /// What hindered reading the input or writing the results.
    pub fn finish(self) -> Result<bool> {
        self.fault.map_or(Ok(!self.is_over), Err)
    }

    fn try_answer(&mut self, applied: Origin, answer: &Answered<'_>) -> Result<bool> {
        loop {
            let Some(sent) = self.next_line()? else { return Ok(false) };
            if sent.line > applied.line {
                // The input has a blank line where one was applied; the line just read is still to come.
                return Ok(true);
            }
            self.looked_at = sent.line;
            self.text.clear();
            if sent == applied {
                answer.write_json(&mut self.text);
            } else {
                self.write_reused(sent.line, answer.seq());
            }
            self.text.push('\n');
            self.out.write_all(self.text.as_bytes()).context("cannot write the results")?;
            if sent.line == applied.line {
                return Ok(true);
            }
        }
    }

    /// The next line that is not blank.
    fn next_line(&mut self) -> Result<Option<Origin>> {
        loop {
            if let Some(next) = next_in(&self.input.batch, self.looked_at) {
                return Ok(Some(next));
            }
            // Whoever sends line by line waits for these before the next.
            self.out.flush().context("cannot write the results")?;
            if !self.input.lines.next_batch(&mut self.input.batch, TOGETHER)? {
                return Ok(None);
            }
        }
    }

    fn write_reused(&mut self, line: u64, seq: u64) {
        let message =
            format!("line {line} of stream {} was applied before with other bytes", self.input.name);
        self.text.push_str(&format!(r#"{{"seq":{seq},"ok":false,"error":"id_reused","message":"#));
        write_text(&mut self.text, &message);
        self.text.push('}');
    }
}

/// The first line of the batch after this number that is not blank.
fn next_in(batch: &Batch, looked_at: u64) -> Option<Origin> {
    let mut lines = batch.lines().filter(|&(number, _)| number > looked_at);
    lines.find_map(|(number, line)| replay::read(number, &line).map(|_| origin(number, &line)))
}
