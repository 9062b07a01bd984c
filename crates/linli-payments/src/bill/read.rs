//! Reading a bill, row by row; the first thing that is wrong is named. Must not be added here: guessing what was meant.

use super::{Bill, BillLine, COLUMNS, Kind, MOST_BILL_BYTES, TOTAL};
use crate::amount::{Amount, yuan};
use crate::day::Day;
use crate::error::{Code, Refusal};
use crate::id::Id;
use csv::{ReaderBuilder, StringRecord};

impl Bill {
    /// Reads the CSV.
    ///
    /// # Errors
    /// [`Code::BadBill`] with line, column and reason.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.len() > MOST_BILL_BYTES {
            let message = format!("a bill has at most {MOST_BILL_BYTES} bytes, not {}", bytes.len());
            return Err(Refusal::new(Code::BadBill, message));
        }
        let mut rows = rows(bytes)?;
        let last = rows.pop().filter(|row| row.fields.get(0) == Some(TOTAL));
        let last = last.ok_or_else(|| {
            Refusal::new(Code::BadBill, "the last line of a bill begins with total: it was cut off")
        })?;
        let day = last.read(5, Day::parse)?;
        let lines: Result<Vec<_>, _> = rows.iter().map(|row| row.line(day)).collect();
        let bill = Self { day, lines: lines? };
        last.check_total(&bill)?;
        Ok(bill)
    }
}

fn rows(bytes: &[u8]) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::new();
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    for record in reader.records() {
        let fields = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            Refusal::new(Code::BadBill, format!("line {line}: not UTF-8"))
        })?;
        let line = fields.position().map_or(0, csv::Position::line);
        let row = Row { line, fields };
        if row.fields.len() != COLUMNS.len() {
            let message = format!("line {line}: {} columns, not {}", row.fields.len(), COLUMNS.len());
            return Err(Refusal::new(Code::BadBill, message));
        }
        rows.push(row);
    }
    let is_head = rows.first().is_some_and(|row| row.fields == COLUMNS[..]);
    if !is_head {
        let message = format!("line 1: the first line of a bill is {}", COLUMNS.join(","));
        return Err(Refusal::new(Code::BadBill, message));
    }
    rows.remove(0);
    Ok(rows)
}

/// A row of six columns.
struct Row {
    line: u64,
    fields: StringRecord,
}

impl Row {
    fn line(&self, day: Day) -> Result<BillLine, Refusal> {
        let kind = self.read(0, |text| {
            let known = Kind::ALL.into_iter().find(|kind| kind.as_str() == text);
            known.ok_or_else(|| Refusal::new(Code::BadBill, "no kind of movement that is known"))
        })?;
        let (has_payment, has_charge) = kind.has();
        let at = self.read(5, |text| {
            let number = text.parse().ok().filter(|at: &i64| at.to_string() == text);
            let at = number.ok_or_else(|| Refusal::new(Code::BadBill, "no number of seconds since 1970"))?;
            if !day.has(at) {
                return Err(Refusal::new(Code::BadBill, format!("{at} is not of {day}")));
            }
            Ok(at)
        })?;
        Ok(BillLine {
            kind,
            id: self.read(1, Id::new)?,
            payment: self.id_if(2, has_payment)?,
            charge: self.id_if(3, has_charge)?,
            amount: self.read(4, Amount::parse)?,
            at,
        })
    }

    fn check_total(&self, bill: &Bill) -> Result<(), Refusal> {
        let (count, sum) = (bill.lines.len().to_string(), yuan(bill.sum_fen()));
        for (column, should_be) in [(1, &*count), (2, ""), (3, ""), (4, &*sum)] {
            self.read(column, |text| {
                let message = format!("it is {text}, and the lines make it {should_be}");
                (text == should_be).then_some(()).ok_or_else(|| Refusal::new(Code::BadBill, message))
            })?;
        }
        Ok(())
    }

    fn id_if(&self, column: usize, is_there: bool) -> Result<Option<Id>, Refusal> {
        self.read(column, |text| match (is_there, text) {
            (true, text) => Id::new(text).map(Some),
            (false, "") => Ok(None),
            (false, _) => Err(Refusal::new(Code::BadBill, "empty for this kind")),
        })
    }

    fn read<T>(&self, column: usize, read: impl Fn(&str) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let text = self.fields.get(column).expect("six columns");
        read(text).map_err(|refusal| {
            let message = format!("line {}, {}: {}", self.line, COLUMNS[column], refusal.message);
            Refusal::new(Code::BadBill, message)
        })
    }
}
