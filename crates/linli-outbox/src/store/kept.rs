//! The outbox over either database. Must not be added here: anything that only one of them knows.

use super::database::{Database, Purpose, Transaction, Value};
use super::rows::{self, Columns};
use super::{
    Again, Attempt, Changes, Claim, Due, Filter, Logged, NewNote, Next, Note, NoteFilter, Outbox,
    OutboxFault, Read, Which, sql,
};
use crate::row::{NewRow, Row, State};

/// An outbox in a database.
pub struct Kept<D>(pub D);

impl<D: Database> Kept<D> {
    /// Refuses what a later release has written.
    pub fn checked(mut self) -> Result<Self, OutboxFault> {
        let (_, format) = checkpoint(&mut *self.0.begin(Purpose::Read)?)?;
        if format != sql::FORMAT {
            return Err(OutboxFault::Format { found: format, known: sql::FORMAT });
        }
        Ok(self)
    }

    fn write<T>(
        &mut self,
        write: impl FnOnce(&mut dyn Transaction) -> Result<T, OutboxFault>,
    ) -> Result<T, OutboxFault> {
        let mut transaction = self.0.begin(Purpose::Write)?;
        let written = write(&mut *transaction)?;
        transaction.commit()?;
        Ok(written)
    }

    fn read(&mut self, statement: &'static str, values: &[Value]) -> Result<Vec<Vec<Value>>, OutboxFault> {
        self.0.begin(Purpose::Read)?.query(statement, values)
    }
}

impl<D: Database> Outbox for Kept<D> {
    fn checkpoint(&mut self) -> Result<u64, OutboxFault> {
        let (seq, _) = checkpoint(&mut *self.0.begin(Purpose::Read)?)?;
        Ok(seq)
    }

    fn follow_all(&mut self, from: u64, to: u64, changes: &Changes) -> Result<(), OutboxFault> {
        self.write(|transaction| {
            // The row stays locked until the commit, so that another follower waits here.
            let moved = transaction.execute(sql::MOVE_CHECKPOINT, &[seq(to), seq(from)])?;
            if moved != 1 || to < from {
                let (found, _) = checkpoint(transaction)?;
                return Err(OutboxFault::Fenced { from, to, found });
            }
            add(transaction, &changes.rows)?;
            changes.again.iter().try_for_each(|again| send_again(transaction, again).map(drop))?;
            changes.notes.iter().try_for_each(|note| add_note(transaction, note))?;
            changes.reads.iter().try_for_each(|read| mark_read(transaction, read))
        })
    }

    fn add(&mut self, rows: &[NewRow]) -> Result<(), OutboxFault> {
        self.write(|transaction| add(transaction, rows))
    }

    fn claim(&mut self, due: &Due<'_>) -> Result<Vec<Claim>, OutboxFault> {
        let statement = self.0.claim();
        let (kinds, but_targets) = (Value::list(due.kinds), Value::list(due.but_targets));
        let values = [due.until.into(), due.now.into(), kinds, but_targets, most(due.most)];
        self.write(|transaction| {
            transaction.query(statement, &values)?.into_iter().map(rows::claim).collect()
        })
    }

    fn release(&mut self, claims: &[Claim], due_at: i64) -> Result<(), OutboxFault> {
        self.write(|transaction| {
            for claim in claims {
                let values = [due_at.into(), seq(claim.row.id), claim.number.into()];
                transaction.execute(sql::RELEASE, &values)?;
            }
            Ok(())
        })
    }

    fn record(&mut self, claim: &Claim, attempt: &Attempt, next: Next) -> Result<bool, OutboxFault> {
        let id = seq(claim.row.id);
        self.write(|transaction| {
            log(transaction, claim, attempt)?;
            let number = Value::from(claim.number);
            let changed = match next {
                Next::Done { at } => transaction.execute(sql::DONE, &[at.into(), id, number]),
                Next::Dead { at } => transaction.execute(sql::DEAD, &[at.into(), id, number]),
                Next::Again { due_at, attempts } => {
                    let values = [due_at.into(), i64::from(attempts).into(), id, number];
                    transaction.execute(sql::AGAIN, &values)
                }
            };
            Ok(changed? == 1)
        })
    }

    fn next_due(&mut self) -> Result<Option<i64>, OutboxFault> {
        let row = self.read(sql::NEXT_DUE, &[])?.pop();
        row.map(|row| Columns::of(row).number("due_at")).transpose()
    }

    fn rows(&mut self, filter: &Filter<'_>, most: usize) -> Result<Vec<Row>, OutboxFault> {
        let rows = self.read(sql::ROWS, &values(filter, most))?;
        rows.into_iter().map(|row| Ok(rows::claim(row)?.row)).collect()
    }

    fn log(&mut self, filter: &Filter<'_>, most: usize) -> Result<Vec<Logged>, OutboxFault> {
        self.read(sql::ATTEMPTS, &values(filter, most))?.into_iter().map(rows::logged).collect()
    }

    fn replay(&mut self, key: &str, now: i64) -> Result<bool, OutboxFault> {
        let again = Again::One { key: key.into(), at: now };
        self.write(|transaction| Ok(send_again(transaction, &again)? == 1))
    }

    fn replay_range(&mut self, target: &str, first: u64, last: u64, now: i64) -> Result<u64, OutboxFault> {
        let again = Again::Range { target: target.into(), first, last, at: now };
        self.write(|transaction| send_again(transaction, &again))
    }

    fn notes(&mut self, filter: &NoteFilter<'_>, count: usize) -> Result<Vec<Note>, OutboxFault> {
        let NoteFilter { account, key, kind, unread_only, before } = *filter;
        let before = before.map_or(Value::Number(i64::MAX), seq);
        let unread_only = Value::Number(i64::from(unread_only));
        let values = [account.into(), key.into(), kind.into(), unread_only, before, most(count)];
        self.read(sql::NOTES, &values)?.into_iter().map(rows::note).collect()
    }

    fn unread(&mut self, account: &str) -> Result<u64, OutboxFault> {
        let row = self.read(sql::UNREAD, &[account.into()])?.pop();
        row.map_or(Ok(0), |row| Columns::of(row).number("count"))
    }

    fn prune(&mut self, done_before: i64, count: usize) -> Result<usize, OutboxFault> {
        let values = [done_before.into(), most(count)];
        let pruned = self.write(|transaction| transaction.execute(sql::PRUNE, &values))?;
        Ok(usize::try_from(pruned).expect("at most as many as were asked for"))
    }
}

fn checkpoint(transaction: &mut dyn Transaction) -> Result<(u64, i64), OutboxFault> {
    let rows = transaction.query(sql::CHECKPOINT, &[])?;
    let [row]: [_; 1] = rows.try_into().map_err(|rows: Vec<_>| {
        let what = format!("there are {} checkpoints; there must be one", rows.len());
        OutboxFault::Damaged { what }
    })?;
    let mut columns = Columns::of(row);
    Ok((columns.number("seq")?, columns.number("format")?))
}

fn add(transaction: &mut dyn Transaction, rows: &[NewRow]) -> Result<(), OutboxFault> {
    for row in rows {
        let (key, kind, target) = (row.key().into(), row.kind().into(), row.target().into());
        let values = [key, kind, target, seq(row.seq()), row.payload().into(), row.due_at().into()];
        if transaction.execute(sql::ADD, &values)? == 0 {
            let [key, content @ .., _] = values;
            let there = transaction.query(sql::CONTENT, &[key])?;
            if there != [content.to_vec()] {
                return Err(OutboxFault::Differs { key: row.key().into() });
            }
        }
    }
    Ok(())
}

fn add_note(transaction: &mut dyn Transaction, note: &NewNote) -> Result<(), OutboxFault> {
    let NewNote { key, account, kind, template, params, seq: follows_from, at } = note;
    let texts = [key, account, kind, template, params].map(|text| Value::from(text.as_str()));
    let values: Vec<Value> = texts.into_iter().chain([seq(*follows_from), (*at).into()]).collect();
    transaction.execute(sql::ADD_NOTE, &values).map(drop)
}

fn mark_read(transaction: &mut dyn Transaction, read: &Read) -> Result<(), OutboxFault> {
    let (at, account) = (Value::Number(read.at), Value::from(read.account.as_str()));
    match &read.which {
        Which::UpTo(last) => transaction.execute(sql::READ_UP_TO, &[at, account, seq(*last)]).map(drop),
        Which::Keys(keys) => keys.iter().try_for_each(|key| {
            let values = [at.clone(), account.clone(), key.as_str().into()];
            transaction.execute(sql::READ_ONE, &values).map(drop)
        }),
    }
}

/// Gives how many rows that were.
fn send_again(transaction: &mut dyn Transaction, again: &Again) -> Result<u64, OutboxFault> {
    match again {
        Again::One { key, at } => transaction.execute(sql::REPLAY, &[(*at).into(), key.as_str().into()]),
        Again::Range { target, first, last, at } => {
            let values = [(*at).into(), target.as_str().into(), seq(*first), seq(*last)];
            transaction.execute(sql::REPLAY_RANGE, &values)
        }
        Again::Held { target, at } => {
            transaction.execute(sql::HASTEN, &[(*at).into(), target.as_str().into()])
        }
    }
}

fn log(transaction: &mut dyn Transaction, claim: &Claim, attempt: &Attempt) -> Result<(), OutboxFault> {
    let Attempt { at, status, error, duration_ms, answer } = attempt;
    let values = [
        claim.number.into(),
        (*at).into(),
        status.map(i64::from).into(),
        error.as_deref().into(),
        i64::from(*duration_ms).into(),
        answer.as_str().into(),
        seq(claim.row.id),
    ];
    transaction.execute(sql::LOG, &values).map(drop)
}

fn values(filter: &Filter<'_>, count: usize) -> [Value; 5] {
    let before = filter.before.map_or(Value::Number(i64::MAX), seq);
    [filter.key.into(), filter.target.into(), filter.state.map(State::name).into(), before, most(count)]
}

/// What no store can hold is larger than all that it holds.
fn seq(seq: u64) -> Value {
    Value::Number(i64::try_from(seq).unwrap_or(i64::MAX))
}

fn most(most: usize) -> Value {
    Value::Number(i64::try_from(most).unwrap_or(i64::MAX))
}
