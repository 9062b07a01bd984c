//! Lines of CSV cut into their fields, and the place of a field in its line. A quoted field ends in its line.

use csv_core::{ReadFieldResult, Reader};

/// Splits lines into their fields.
pub struct Splitter {
    reader: Reader,
    buffer: Vec<u8>,
}

impl Splitter {
    pub fn new() -> Self {
        Self { reader: Reader::new(), buffer: Vec::new() }
    }

    /// The fields of a line, or what is wrong with the field after those.
    pub fn split(&mut self, line: &[u8], fields: &mut Vec<String>) -> Result<(), &'static str> {
        let result = self.read(line, fields);
        if result.is_err() {
            // A line that was left in the middle must not colour the next one.
            self.reader = Reader::new();
        }
        result
    }

    fn read(&mut self, line: &[u8], fields: &mut Vec<String>) -> Result<(), &'static str> {
        fields.clear();
        self.buffer.resize(line.len() + 1, 0);
        let (mut read, mut filled, mut ended) = (0, 0, false);
        loop {
            // The end of the line ends the last field, unless its quotes are still open.
            let input = if ended { b"\n" } else { &line[read..] };
            let (result, taken, written) = self.reader.read_field(input, &mut self.buffer[filled..]);
            filled += written;
            match result {
                ReadFieldResult::InputEmpty if ended => {
                    return Err("a quoted field does not end in its line");
                }
                ReadFieldResult::InputEmpty => ended = true,
                ReadFieldResult::Field { record_end } => {
                    push(fields, &self.buffer[..filled])?;
                    filled = 0;
                    if record_end {
                        return Ok(());
                    }
                }
                ReadFieldResult::OutputFull | ReadFieldResult::End => return Err("the line is not CSV"),
            }
            read += taken;
        }
    }
}

fn push(fields: &mut Vec<String>, bytes: &[u8]) -> Result<(), &'static str> {
    let text = std::str::from_utf8(bytes).map_err(|_| "not UTF-8")?;
    fields.push(text.to_string());
    Ok(())
}

/// The column, in characters from 1, where the field of this place starts in its line; the end of the line where
/// there is no such field.
pub fn start_of_field(line: &str, place: usize) -> usize {
    let (mut quotes, mut fresh, mut open, mut commas) = (false, true, false, 0);
    for (index, character) in line.chars().enumerate() {
        if commas == place {
            return index + 1;
        }
        match character {
            // A quote means something only in a field that begins with one.
            '"' if fresh => (quotes, open) = (true, true),
            '"' if quotes => open = !open,
            ',' if !open => {
                commas += 1;
                (quotes, fresh) = (false, true);
                continue;
            }
            _ => {}
        }
        fresh = false;
    }
    line.chars().count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(line: &str) -> Result<Vec<String>, &'static str> {
        let mut fields = Vec::new();
        Splitter::new().split(line.as_bytes(), &mut fields).map(|()| fields)
    }

    #[test]
    fn lines_are_split_into_fields() {
        assert_eq!(fields("a,b,c"), Ok(vec!["a".into(), "b".into(), "c".into()]));
        assert_eq!(fields("a,,"), Ok(vec!["a".into(), String::new(), String::new()]));
        assert_eq!(fields(r#""a,""b",店"#), Ok(vec![r#"a,"b"#.into(), "店".into()]));
        assert_eq!(fields(r#"a,"b"#), Err("a quoted field does not end in its line"));
    }

    #[test]
    fn a_field_is_found_in_its_line() {
        assert_eq!(start_of_field("ab,c,d", 0), 1);
        assert_eq!(start_of_field("ab,c,d", 2), 6);
        assert_eq!(start_of_field(r#""a,b",c"#, 1), 7);
        assert_eq!(start_of_field(r#""a"",b",c"#, 1), 9);
        assert_eq!(start_of_field(r#"5",c"#, 1), 4);
        assert_eq!(start_of_field("a,", 1), 3);
        assert_eq!(start_of_field("a,b", 2), 4);
    }
}
