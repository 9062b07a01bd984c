//! Reading rows back: what has another type, or does not fit, is damage. Must not be added here: a statement.

use super::database::Value;
use super::{Attempt, Claim, Logged, NewNote, Note, OutboxFault};
use crate::row::{NewRow, Row, State};

/// The columns of one row, from the first on.
pub struct Columns(std::vec::IntoIter<Value>);

impl Columns {
    pub fn of(row: Vec<Value>) -> Self {
        Self(row.into_iter())
    }

    pub fn number<T: TryFrom<i64>>(&mut self, name: &str) -> Result<T, OutboxFault> {
        self.optional_number(name)?.ok_or_else(|| damaged(name))
    }

    fn optional_number<T: TryFrom<i64>>(&mut self, name: &str) -> Result<Option<T>, OutboxFault> {
        match self.0.next() {
            Some(Value::Null) => Ok(None),
            Some(Value::Number(number)) => T::try_from(number).map(Some).map_err(|_| damaged(name)),
            _ => Err(damaged(name)),
        }
    }

    fn optional_text(&mut self, name: &str) -> Result<Option<String>, OutboxFault> {
        match self.0.next() {
            Some(Value::Null) => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            _ => Err(damaged(name)),
        }
    }

    pub fn text(&mut self, name: &str) -> Result<String, OutboxFault> {
        self.optional_text(name)?.ok_or_else(|| damaged(name))
    }

    pub fn bytes(&mut self, name: &str) -> Result<Vec<u8>, OutboxFault> {
        if let Some(Value::Bytes(bytes)) = self.0.next() { Ok(bytes) } else { Err(damaged(name)) }
    }
}

/// A row with the number of its last claim.
pub fn claim(row: Vec<Value>) -> Result<Claim, OutboxFault> {
    let mut columns = Columns::of(row);
    let id = columns.number("id")?;
    let (key, kind, target) = (columns.text("key")?, columns.text("kind")?, columns.text("target")?);
    let (seq, payload, due_at) =
        (columns.number("seq")?, columns.bytes("payload")?, columns.number("due_at")?);
    let new = NewRow::new(&key, &kind, &target, seq, payload, due_at);
    let row = new.map_err(|refusal| OutboxFault::Damaged { what: format!("row {id}: {refusal}") })?;
    let state = State::of(&columns.text("state")?).ok_or_else(|| damaged("state"))?;
    let attempts = columns.number("attempts")?;
    let ended_at = columns.optional_number("ended_at")?;
    Ok(Claim { row: Row { id, row, state, attempts, ended_at }, number: columns.number("claims")? })
}

/// A note.
pub fn note(row: Vec<Value>) -> Result<Note, OutboxFault> {
    let mut columns = Columns::of(row);
    let id = columns.number("id")?;
    let note = NewNote {
        key: columns.text("key")?,
        account: columns.text("account")?,
        kind: columns.text("kind")?,
        template: columns.text("template")?,
        params: columns.text("params")?,
        seq: columns.number("seq")?,
        at: columns.number("at")?,
    };
    Ok(Note { id, note, read_at: columns.optional_number("read_at")? })
}

/// An attempt of the log.
pub fn logged(row: Vec<Value>) -> Result<Logged, OutboxFault> {
    let mut columns = Columns::of(row);
    let id = columns.number("id")?;
    let (key, target) = (columns.text("key")?, columns.text("target")?);
    let attempt = Attempt {
        at: columns.number("at")?,
        status: columns.optional_number("status")?,
        error: columns.optional_text("error")?,
        duration_ms: columns.number("duration_ms")?,
        answer: columns.text("answer")?,
    };
    Ok(Logged { id, key, target, attempt })
}

fn damaged(column: &str) -> OutboxFault {
    OutboxFault::Damaged { what: format!("a row has a {column} that was never written") }
}
