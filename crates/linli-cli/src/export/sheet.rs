//! A table written row by row, as CSV or as an Excel workbook of constant memory. Figures go into Excel as numbers
//! where its 15 digits hold them, as text where they would be cut.

use anyhow::{Result, bail};
use csv::Writer;
use rust_xlsxwriter::{Format, Workbook};
use std::fs::File;
use std::path::{Path, PathBuf};

/// The digits that Excel keeps of a number.
const EXCEL_DIGITS: usize = 15;

/// The rows that a sheet of Excel has, the header included.
const EXCEL_ROWS: u32 = 1_048_576;

/// One cell.
#[derive(Clone, Copy)]
pub enum Cell<'a> {
    /// A text, whatever it looks like.
    Text(&'a str),
    /// A decimal number in its exact text form.
    Number(&'a str),
}

/// A table that is being written.
pub enum Sheet {
    Csv(Writer<File>),
    Excel { workbook: Box<Workbook>, path: PathBuf, rows: u32, number: Format },
}

impl Sheet {
    /// A table that is written to `path`, in the form that the ending of `named` says.
    pub fn create(path: &Path, named: &Path, header: &[&str]) -> Result<Self> {
        let ending = named.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let mut sheet = match ending {
            "csv" => Self::Csv(Writer::from_path(path)?),
            "xlsx" => {
                let mut workbook = Box::new(Workbook::new());
                workbook.add_worksheet_with_constant_memory()?;
                let number = Format::new().set_num_format("#,##0.00####");
                Self::Excel { workbook, path: path.to_path_buf(), rows: 0, number }
            }
            _ => bail!("the file's name must end with .csv or .xlsx"),
        };
        let header: Vec<_> = header.iter().copied().map(Cell::Text).collect();
        sheet.row(&header)?;
        Ok(sheet)
    }

    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        match self {
            Self::Csv(writer) => {
                Ok(writer.write_record(cells.iter().map(|(Cell::Text(text) | Cell::Number(text))| text))?)
            }
            Self::Excel { workbook, rows, number, .. } => {
                if *rows == EXCEL_ROWS {
                    bail!("a sheet of Excel has {EXCEL_ROWS} rows: export to .csv");
                }
                let sheet = workbook.worksheet_from_index(0)?;
                for (cell, column) in cells.iter().zip(0..) {
                    match *cell {
                        Cell::Number(text)
                            if text.bytes().filter(u8::is_ascii_digit).count() <= EXCEL_DIGITS =>
                        {
                            sheet.write_number_with_format(*rows, column, excel_number(text), number)?;
                        }
                        Cell::Text(text) | Cell::Number(text) => {
                            sheet.write_string(*rows, column, text)?;
                        }
                    }
                }
                *rows += 1;
                Ok(())
            }
        }
    }

    pub fn finish(self) -> Result<()> {
        match self {
            Self::Csv(mut writer) => Ok(writer.flush()?),
            Self::Excel { mut workbook, path, .. } => Ok(workbook.save(path)?),
        }
    }
}

/// Excel's own kind of number: up to 15 digits come back as they were.
fn excel_number(text: &str) -> f64 {
    text.parse().expect("an amount is a decimal number")
}
