//! What a bank says became of a payout file: a table with a row a withdrawal. Rows that are understood become acts, all
//! together; each of the others is told why it is none. Must not be added here: what a report does to a withdrawal.

mod lines;

use crate::app::App;
use crate::caller::Caller;
use crate::problem::{Code, Problem};
use crate::routes::payout_files::find;
use crate::routes::subject::Subject;
use crate::routes::withdrawals::account::without_numbers;
use crate::write::{Outcome, Write};
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use csv::StringRecord;
use lines::Lines;
use linli_economy::decimal;
use linli_economy::limits::AMOUNT_LIMIT_FEN;
use linli_engine::{Origin, Stamp};
use linli_platform::{Deed, WithdrawalAct};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// Rows that are read: a file has a thousand withdrawals, and a bank may report some twice.
const MOST_ROWS: usize = 5_000;

/// The names of columns, by what they hold.
const WITHDRAWAL: &[&str] = &["提现单号", "商户订单号", "withdrawal", "id"];
const RESULT: &[&str] = &["结果", "状态", "交易状态", "result", "status"];
const AMOUNT: &[&str] = &["金额", "金额(元)", "amount"];
const REASON: &[&str] = &["原因", "失败原因", "reason"];

/// How banks say that they have paid, and that they have not.
const PAID: &[&str] = &["成功", "交易成功", "已到账", "paid", "success"];
const FAILED: &[&str] = &["失败", "交易失败", "退票", "退汇", "failed"];

/// What became of a bank's report.
#[derive(Serialize, ToSchema)]
pub struct Report {
    /// The payout file.
    id: String,
    /// Withdrawals that have arrived now.
    paid: usize,
    /// Withdrawals whose money has gone back now.
    failed: usize,
    /// Rows that changed nothing.
    refused: usize,
    /// Each row.
    rows: Vec<RowReport>,
}

/// What became of a row.
#[derive(Serialize, ToSchema)]
pub struct RowReport {
    /// The line in the table, the header being the first.
    line: u64,
    /// The withdrawal, as the row has it; of what looks like an account's number only the end.
    withdrawal: String,
    /// `paid`, `failed` or `refused`.
    #[schema(example = "paid")]
    outcome: &'static str,
    /// The code of the refusal.
    code: Option<String>,
    /// Why it is refused.
    why: Option<String>,
    /// The entry in the journal.
    seq: Option<u64>,
}

/// Where each thing stands in a row.
struct Columns {
    withdrawal: usize,
    result: usize,
    amount: Option<usize>,
    reason: Option<usize>,
}

/// What a row says.
struct Row {
    line: u64,
    withdrawal: String,
    said: Result<WithdrawalAct, (&'static str, String)>,
}

/// Hand in what the bank says
///
/// A table as CSV in UTF-8 with the columns 提现单号 (or `withdrawal`), 结果 (`result`: 成功 or 失败, `paid` or `failed`),
/// and, if the bank gives them, 金额 (`amount`), which then must be the right one, and 原因 (`reason`). What failed goes
/// back to its owner. Rows that are refused do not hinder the others.
#[utoipa::path(
    post,
    path = "/v1/payout-files/{id}/results",
    tag = "Withdrawals",
    params(("id" = String, Path, description = "The file's id")),
    request_body(content = String, content_type = "text/csv", example = "提现单号,结果,原因\nW0123456789abcdef0123,成功,\n"),
    responses((status = 200, description = "What became of each row", body = Report)),
)]
pub async fn results(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    body: Bytes,
) -> Result<Response, Problem> {
    let amounts = app.look(|replica| {
        let all = &replica.platform().withdrawals;
        let batch = find(replica, &id)?;
        let amounts = batch.withdrawals.iter().filter_map(|id| Some((id.clone(), all.get(id)?.fen)));
        Ok(amounts.collect::<BTreeMap<_, _>>())
    })??;
    let rows = read(&body, &amounts)?;
    let mut write = Write::of(&caller);
    for row in &rows {
        if let Ok(act) = &row.said {
            // Whoever sends another table under the same key is told, whichever row differs.
            let origin = Origin { line: row.line, digest: caller.origin.digest };
            write.push_act(origin, &Deed::new(caller.actor(), act.clone()));
        }
    }
    if write.count() == 0 {
        return Ok(axum::Json(report(&id, &rows, None)).into_response());
    }
    let outcome = write.carry_out(&app, Stamp::At(app.now())).await?;
    Ok(outcome.into_answer("application/json", |outcome| {
        axum::Json(report(&id, &rows, Some(outcome))).into_response()
    }))
}

/// The rows of a table.
fn read(body: &[u8], amounts: &BTreeMap<String, u64>) -> Result<Vec<Row>, Problem> {
    let bad = |detail: &str| Problem::new(Code::BadBody, detail);
    let text = std::str::from_utf8(body).map_err(|_| bad("the table is not UTF-8: save it as CSV UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|_| bad("the first line has no columns"))?;
    let columns = columns(header).ok_or_else(|| {
        bad("the first line has the columns 提现单号 (or withdrawal) and 结果 (or result), each once")
    })?;
    let (mut rows, mut lines) = (Vec::new(), Lines::of(text));
    for record in reader.records() {
        let record = record.map_err(|_| bad("a line is not CSV"))?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() == MOST_ROWS {
            return Err(bad("a table has 5000 rows at most"));
        }
        let line = lines.at(record.position().map_or(0, csv::Position::byte));
        rows.push(row(line, &record, &columns, amounts));
    }
    if rows.is_empty() { Err(bad("the table has no row")) } else { Ok(rows) }
}

fn columns(header: &StringRecord) -> Option<Columns> {
    let place = |names: &[&str]| {
        let mut places = header
            .iter()
            .enumerate()
            .filter(|(_, name)| names.contains(&name.trim().to_ascii_lowercase().as_str()));
        let (place, _) = places.next()?;
        places.next().is_none().then_some(place)
    };
    Some(Columns {
        withdrawal: place(WITHDRAWAL)?,
        result: place(RESULT)?,
        amount: place(AMOUNT),
        reason: place(REASON),
    })
}

fn row(line: u64, record: &StringRecord, columns: &Columns, amounts: &BTreeMap<String, u64>) -> Row {
    let cell = |place: usize| record.get(place).unwrap_or_default().trim();
    let optional = |place: Option<usize>| place.map(cell).filter(|cell| !cell.is_empty());
    let id = cell(columns.withdrawal);
    let said =
        said(id, amounts.get(id), cell(columns.result), optional(columns.amount), optional(columns.reason));
    let mut withdrawal = without_numbers(id);
    if amounts.contains_key(id) {
        withdrawal = id.to_string();
    } else {
        withdrawal = withdrawal.chars().take(64).collect();
    }
    Row { line, withdrawal, said }
}

fn said(
    id: &str,
    fen: Option<&u64>,
    result: &str,
    amount: Option<&str>,
    reason: Option<&str>,
) -> Result<WithdrawalAct, (&'static str, String)> {
    let fen = fen.ok_or(("not_in_file", "this payout file has no such withdrawal".to_string()))?;
    if let Some(amount) = amount {
        let plain: String = amount.chars().filter(|mark| !matches!(mark, ',' | '¥' | '￥')).collect();
        if decimal::parse(&plain, 2, AMOUNT_LIMIT_FEN).ok() != Some(*fen) {
            return Err(("amount_differs", "the amount is not that of the withdrawal".into()));
        }
    }
    let result = result.to_ascii_lowercase();
    if PAID.contains(&&*result) {
        return Ok(WithdrawalAct::Paid { id: id.into() });
    }
    if FAILED.contains(&&*result) {
        let reason = without_numbers(reason.unwrap_or("银行未说明原因"));
        return Ok(WithdrawalAct::Failed { id: id.into(), reason });
    }
    Err(("unknown_result", format!("a result is one of {} or {}", PAID.join(", "), FAILED.join(", "))))
}

fn report(id: &str, rows: &[Row], outcome: Option<&Outcome>) -> Report {
    let mut answers = outcome.iter().flat_map(|outcome| outcome.written.answers.json.lines());
    let rows: Vec<_> = rows.iter().map(|row| row_report(row, &mut answers)).collect();
    let count = |outcome| rows.iter().filter(|row| row.outcome == outcome).count();
    let (paid, failed, refused) = (count("paid"), count("failed"), count("refused"));
    Report { id: id.into(), paid, failed, refused, rows }
}

/// What became of a row; each that was understood has the next result line.
fn row_report<'a>(row: &Row, answers: &mut impl Iterator<Item = &'a str>) -> RowReport {
    let (line, withdrawal) = (row.line, row.withdrawal.clone());
    let refused = |code: &str, why: &str, seq| {
        let (code, why) = (Some(code.to_string()), Some(why.to_string()));
        RowReport { line, withdrawal: withdrawal.clone(), outcome: "refused", code, why, seq }
    };
    let act = match &row.said {
        Ok(act) => act,
        Err((code, why)) => return refused(code, why, None),
    };
    let answer = answers.next().expect("each act has a result line");
    let answer: serde_json::Value = serde_json::from_str(answer).expect("a result line is JSON");
    let seq = answer["seq"].as_u64();
    if answer["ok"] == true {
        let outcome = if matches!(act, WithdrawalAct::Paid { .. }) { "paid" } else { "failed" };
        return RowReport { line, withdrawal, outcome, code: None, why: None, seq };
    }
    refused(answer["error"].as_str().unwrap_or_default(), answer["message"].as_str().unwrap_or_default(), seq)
}
