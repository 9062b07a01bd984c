//! A statement as CSV, from the oldest line to the newest that was there when it was asked for. It is made piece by piece,
//! so that a million lines need no more memory than a thousand and hold nobody up. Must not be added here: a figure that
//! is not a line's.

use super::{Named, StatementLine, find, line};
use crate::app::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::routes::period::Period;
use crate::routes::text::amount;
use crate::up_to_date::UpToDate;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use hyper::body::Frame;
use linli_economy::account::{Account, Asset};
use std::fmt::Write;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// Lines that are made at once.
const TOGETHER: usize = 1_000;

const HEADER: &str = "seq,at,what,act,order,id,amount,balance\r\n";

/// A statement that is being made.
struct Making {
    app: Arc<App>,
    account: Account,
    asset: Asset,
    period: Period,
    /// Lines before this one are made.
    next: u64,
    /// Lines from this one on came later.
    end: u64,
}

impl Making {
    /// The next lines; none when all are made.
    fn piece(&mut self) -> Result<Option<String>, Problem> {
        let Self { account, asset, period, next, end, .. } = *self;
        let (from, until) = period.instants();
        let (text, last) = self.app.look_up(|replica, books| {
            let Some(ledger) = books.ledger() else { return (String::new(), None) };
            let all = ledger.statement(account, asset, from, until).before(end).since(next);
            let mut last = None;
            let text = all.oldest_first().take(TOGETHER).fold(String::new(), |mut text, written| {
                last = Some(written.line);
                write_row(&mut text, &line(replica.economy(), asset, &written));
                text
            });
            (text, last)
        })?;
        let Some(last) = last else { return Ok(None) };
        self.next = u64::from(last) + 1;
        Ok(Some(text))
    }
}

fn write_row(text: &mut String, line: &StatementLine) {
    let (seq, act) = (line.seq.to_string(), line.act.unwrap_or_default());
    let (order, id) = (line.order.as_deref().unwrap_or_default(), line.id.as_deref().unwrap_or_default());
    for cell in [seq.as_str(), &line.at, line.what, act, order, id, &line.amount] {
        write_cell(text, cell);
        text.push(',');
    }
    writeln!(text, "{}\r", line.balance).expect("a text takes what is written");
}

/// A cell as RFC 4180 has it. What a table would take for a formula is told apart by a quote in front of it; an amount
/// below zero is none.
fn write_cell(text: &mut String, cell: &str) {
    let is_number = cell
        .strip_prefix('-')
        .is_some_and(|rest| rest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.')));
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number { "'" } else { "" };
    if cell.contains([',', '"', '\n', '\r']) {
        write!(text, "\"{guard}{}\"", cell.replace('"', "\"\"")).expect("a text takes what is written");
    } else {
        text.push_str(guard);
        text.push_str(cell);
    }
}

/// The statement of an account as CSV
///
/// All lines of the days that are asked for, the oldest first, as they were when it was asked for.
#[utoipa::path(
    get,
    path = "/v1/accounts/{id}/statement.csv",
    tag = "Statements",
    params(
        ("id" = String, Path, description = "The account's name"),
        ("from" = Option<String>, Query, description = "The first day, such as 2026-01-01, in Asia/Shanghai"),
        ("to" = Option<String>, Query, description = "The last day"),
    ),
    responses((status = 200, description = "Its lines, the oldest first", body = String, content_type = "text/csv; charset=utf-8")),
)]
pub async fn table(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Named(name): Named,
    period: Period,
) -> Result<Response, Problem> {
    let (account, asset, end, sums) = app
        .look_ledger(|replica, ledger| {
            let (account, asset) = find(replica, &caller, &name)?;
            let (from, until) = period.instants();
            let all = ledger.statement(account, asset, from, until);
            let sums = [amount(all.opening(), asset), amount(all.closing(), asset)];
            Ok::<_, Problem>((account, asset, ledger.end(), sums))
        })
        .await??;
    let making = Making { app, account, asset, period, next: 0, end: end.into() };
    let [opening, closing] = sums;
    let head = format!("{HEADER},,opening,,,,,{opening}\r\n");
    let foot = format!(",,closing,,,,,{closing}\r\n");
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"statement.csv\""),
    ];
    let pieces = Pieces { head: Some(head), making: Some(making), foot: Some(foot) };
    Ok((headers, Body::new(pieces)).into_response())
}

/// The pieces of a body: the head, the lines, the foot.
struct Pieces {
    head: Option<String>,
    making: Option<Making>,
    foot: Option<String>,
}

impl Pieces {
    fn next(&mut self) -> Result<Option<String>, Problem> {
        if let Some(head) = self.head.take() {
            return Ok(Some(head));
        }
        if let Some(making) = &mut self.making
            && let Some(piece) = making.piece()?
        {
            return Ok(Some(piece));
        }
        self.making = None;
        Ok(self.foot.take())
    }
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    /// What cannot be looked at any more is cut off, so that nobody takes it for the whole.
    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let next = self.next().map_err(|_| io::Error::other("the statement cannot be read any more"));
        Poll::Ready(next.transpose().map(|piece| piece.map(|text| Frame::data(Bytes::from(text)))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_a_text_and_an_amount_a_number() {
        let cell = |text: &str| {
            let mut written = String::new();
            write_cell(&mut written, text);
            written
        };
        for (text, written) in [
            ("O1", "O1"),
            ("-12.34", "-12.34"),
            ("=1+1", "'=1+1"),
            ("-1+1", "'-1+1"),
            ("@a", "'@a"),
            ("a,\"b\"", "\"a,\"\"b\"\"\""),
            ("=a,b", "\"'=a,b\""),
            ("", ""),
        ] {
            assert_eq!(cell(text), written, "{text:?}");
        }
    }
}
