//! A stream of commands with everything that a line can be, and the results that `linli replay` gives for it: the
//! truth to which whatever survived a fault is compared.

use super::folder::Folder;

/// Lines, and a result for each that is not blank.
#[derive(Clone, Debug)]
pub struct Stream {
    /// Each with its newline.
    pub lines: Vec<String>,
    /// All result lines.
    pub results: String,
}

impl Stream {
    /// So many lines.
    pub fn new(folder: &Folder, count: usize) -> Self {
        let mut lines = vec![
            line(r#""open_member","member":"M0""#),
            line(r#""open_store","store":"S1","owner":"M0","district":"440106""#),
            line(r#""open_member","member":"M1","inviter":"M0""#),
        ];
        lines.extend((lines.len()..count).map(nth));
        lines.truncate(count);
        let results = folder.replay(&lines.concat());
        Self { lines, results }
    }

    /// The lines in one text.
    pub fn text(&self) -> String {
        self.lines.concat()
    }

    /// How many lines, from the first, have so many results.
    pub fn lines_of(&self, results: usize) -> usize {
        let answered = self.lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty());
        answered.take(results).last().map_or(0, |(place, _)| place + 1)
    }

    /// Where `found` is not the beginning of the results: what stands there, and what should.
    pub fn check(&self, found: &str) -> Result<(), String> {
        if self.results.starts_with(found) {
            return Ok(());
        }
        let lines = found.lines().zip(self.results.lines()).enumerate();
        let other = lines.filter(|(_, (is, should))| is != should).map(|(number, (is, should))| {
            format!("result {} is\n  {is}\nand should be\n  {should}", number + 1)
        });
        Err(other.take(1).next().unwrap_or_else(|| "there are more results than lines".into()))
    }
}

fn line(body: &str) -> String {
    format!("{{\"cmd\":{body}}}\n")
}

/// Orders, repeats, refusals, lines that are none, blank lines.
fn nth(number: usize) -> String {
    match number % 17 {
        3 => line(&format!(r#""deposit","id":"D{number}","member":"M1","amount":"{number}""#)),
        6 => line(&format!(r#""redeem","request":"R{number}","member":"M1","points":"0.5""#)),
        8 => format!("line {number} is none\r\n"),
        11 => "  \n".into(),
        13 => line(&format!(r#""settle",{}"#, order(number - 1, "M1"))),
        15 => line(&format!(r#""settle",{}"#, order(number, "nobody"))),
        _ => line(&format!(r#""settle",{}"#, order(number, ["M0", "M1"][number % 2]))),
    }
}

fn order(number: usize, member: &str) -> String {
    format!(r#""order":"O{number}","member":"{member}","store":"S1","amount":"{number}.25""#)
}
