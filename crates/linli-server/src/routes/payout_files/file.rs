//! A payout file as banks take it: a row a withdrawal and one with the totals, as CSV. The same
//! file gives the same bytes whenever it is made. Must not be added here: who may have it.

use crate::app::App;
use crate::problem::Problem;
use crate::routes::text::yuan;
use crate::routes::withdrawals::account::{self, BankAccount};
use linli_platform::withdrawal::{Batch, Owner};
use std::sync::Arc;

/// The columns.
const HEADER: [&str; 8] = ["序号", "提现单号", "收款账号", "收款户名", "收款银行", "金额", "币种", "附言"];

/// What spreadsheets know UTF-8 by.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// What an account is shown as whose owner's key is shredded.
const DELETED: &str = "已删除";

/// A payout file with its accounts open.
pub struct File {
    id: String,
    rows: Vec<Row>,
    fen: u64,
}

struct Row {
    withdrawal: String,
    account: Option<BankAccount>,
    fen: u64,
}

/// What a row needs to be opened.
struct Sealed {
    withdrawal: String,
    owner: Owner,
    fen: u64,
    account: Vec<u8>,
}

/// Opens the accounts of a file.
pub async fn open(app: &Arc<App>, batch: Batch) -> Result<File, Problem> {
    let sealed = app.look(|replica| {
        let all = &replica.platform().withdrawals;
        let rows = batch.withdrawals.iter().zip(&batch.sealed_accounts).map(|(id, account)| {
            let one = all.get(id).expect("what is in a file was submitted");
            Sealed {
                withdrawal: id.clone(),
                owner: one.owner.clone(),
                fen: one.fen,
                account: account.clone(),
            }
        });
        rows.collect::<Vec<_>>()
    })?;
    let mut rows = Vec::with_capacity(sealed.len());
    for Sealed { withdrawal, owner, fen, account } in sealed {
        rows.push(Row { withdrawal, account: account::open(app, &owner, account).await?, fen });
    }
    Ok(File { id: batch.id, rows, fen: batch.fen })
}

impl File {
    /// Row by row as texts: the header first, the totals last.
    fn lines(&self) -> impl Iterator<Item = [String; 8]> {
        let header = HEADER.map(str::to_string);
        let totals = [
            "合计".to_string(),
            format!("{}笔", self.rows.len()),
            String::new(),
            String::new(),
            String::new(),
            yuan(self.fen),
            "CNY".to_string(),
            self.id.clone(),
        ];
        let rows = self.rows.iter().zip(1..).map(|(row, number): (&Row, u32)| {
            let field = |of: fn(&BankAccount) -> &String| {
                row.account.as_ref().map_or_else(|| DELETED.to_string(), |account| of(account).clone())
            };
            [
                number.to_string(),
                row.withdrawal.clone(),
                field(|account| &account.number),
                field(|account| &account.name),
                field(|account| &account.bank),
                yuan(row.fen),
                "CNY".to_string(),
                format!("提现 {}", row.withdrawal),
            ]
        });
        std::iter::once(header).chain(rows).chain([totals])
    }

    /// As CSV in UTF-8 with the mark that spreadsheets know it by. Names and banks begin with a letter or digit, so no
    /// cell is taken for a formula.
    pub fn csv(&self) -> Vec<u8> {
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.to_vec());
        for line in self.lines() {
            writer.write_record(&line).expect("memory takes whatever is written");
        }
        writer.into_inner().expect("memory takes whatever is written")
    }
}
