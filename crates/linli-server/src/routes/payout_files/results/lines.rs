//! Which line of a table a row begins on, as whoever opens it in an editor counts. Must not be added here: what a row says.

/// Counts the lines of a text. The reader's own count is one too low where lines end with CR and LF: it takes a row to
/// begin between the two.
pub struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u64,
}

impl<'t> Lines<'t> {
    /// The lines of this text, the first of which is 1.
    pub fn of(text: &'t str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The line of the row that begins at this byte, which is none before the last one asked for.
    pub fn at(&mut self, byte: u64) -> u64 {
        let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let bytes = self.text.as_bytes();
        let byte = usize::try_from(byte).expect("it is in the text");
        let begin = byte + bytes[byte..].iter().take_while(|byte| is_end(byte)).count();
        let passed = bytes[self.at..begin].iter().filter(|byte| **byte == b'\n').count();
        self.line += u64::try_from(passed).expect("64 bits");
        self.at = begin;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_on_the_lines_of_an_editor_however_lines_end() {
        for text in ["a,b\n1,2\n\n3,4", "a,b\r\n1,2\r\n\r\n3,4"] {
            let mut lines = Lines::of(text);
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let rows = reader.records().map(|record| record.expect("a row"));
            let found: Vec<_> = rows.map(|row| lines.at(row.position().expect("a place").byte())).collect();
            assert_eq!(found, [2, 4], "{text:?}");
        }
    }
}
