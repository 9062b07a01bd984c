//! Tables for people to read in a terminal: a label at the left, figures at the right, aligned although Chinese
//! characters are two columns wide.

use std::fmt;

/// A table with a label and three columns of figures.
pub struct Report {
    rows: Vec<Option<[String; 4]>>,
}

impl Report {
    pub fn new(header: [&str; 4]) -> Self {
        Self { rows: vec![Some(header.map(str::to_string)), None] }
    }

    pub fn row(&mut self, label: &str, [a, b, c]: [String; 3]) {
        self.rows.push(Some([label.to_string(), a, b, c]));
    }

    /// A rule between the rows above and below.
    pub fn line(&mut self) {
        self.rows.push(None);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = [0, 1, 2, 3].map(|column| {
            let cells = self.rows.iter().flatten().map(|row| width(&row[column]));
            cells.max().unwrap_or(0)
        });
        let used: Vec<usize> = (1..4).filter(|&column| widths[column] > 0).collect();
        for row in &self.rows {
            let Some(row) = row else {
                let total = widths[0] + used.iter().map(|&column| widths[column] + 3).sum::<usize>();
                writeln!(f, "  {}", "─".repeat(total))?;
                continue;
            };
            let mut line = format!("  {}{}", row[0], " ".repeat(widths[0] - width(&row[0])));
            for &column in &used {
                let padding = widths[column] - width(&row[column]) + 3;
                line += &format!("{}{}", " ".repeat(padding), row[column]);
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// A table of any columns, as wide as they need; the last one, and every column of figures, is set to the right.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(header: &[&str]) -> Self {
        Self { rows: vec![header.iter().map(ToString::to_string).collect()] }
    }

    /// Adds a row of as many cells as the header has.
    pub fn row(&mut self, cells: &[String]) {
        self.rows.push(cells.to_vec());
    }

    fn is_of_figures(&self, column: usize) -> bool {
        let figure = |cell: &String| cell.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
        self.rows[1..].iter().all(|row| figure(&row[column]))
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = 0..self.rows[0].len();
        let measured = columns.map(|column| {
            let cells = self.rows.iter().map(|row| width(&row[column]));
            (cells.max().unwrap_or(0), self.is_of_figures(column))
        });
        let measured: Vec<_> = measured.collect();
        for row in &self.rows {
            let mut line = String::new();
            for (cell, (wide, is_of_figures)) in row.iter().zip(&measured) {
                let padding = " ".repeat(wide - width(cell));
                let (before, after) =
                    if *is_of_figures { (padding.as_str(), "") } else { ("", padding.as_str()) };
                line += &format!("  {before}{cell}{after}");
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// Terminal columns of a text: CJK characters and full-width signs take two.
fn width(text: &str) -> usize {
    text.chars().map(|character| if ('\u{2e80}'..='\u{ffe6}').contains(&character) { 2 } else { 1 }).sum()
}
