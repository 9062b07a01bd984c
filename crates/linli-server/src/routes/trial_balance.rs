//! `/v1/trial-balance`: what all accounts of a kind hold together at the end of a day, which sums to zero, and what that
//! means: what points are worth, what is on its way out, and the cash against what is owed. Nothing is computed here: the
//! economy keeps the totals.

use super::text::{amount, price_floor, yuan};
use crate::app::App;
use crate::input::Asked;
use crate::problem::{Code, Problem};
use crate::routes::day::Day;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use linli_economy::account::Asset;
use linli_economy::totals::Closing;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// The three assets.
const ASSETS: [Asset; 3] = [Asset::Cny, Asset::Gp, Asset::Dp];

/// The totals at the end of a day.
#[derive(Serialize, ToSchema)]
pub struct TrialBalance {
    /// The day.
    #[schema(example = "2026-01-31")]
    day: String,
    /// When it ends: at midnight of Asia/Shanghai.
    #[schema(example = "2026-01-31T16:00:00Z")]
    ends_at: String,
    /// Whether it has ended; otherwise the totals are those of now.
    is_final: bool,
    /// The last command that this includes.
    seq: u64,
    /// A row for each kind of account and asset.
    rows: Vec<Row>,
    /// Debit and credit of each asset, which are the same.
    sums: Vec<Sum>,
    /// What it means.
    figures: BalanceFigures,
}

/// What accounts of a kind hold together.
#[derive(Serialize, ToSchema)]
struct Row {
    /// The kind, in which all ids are left out.
    #[schema(example = "member:wallet")]
    accounts: &'static str,
    /// The same in Chinese.
    #[schema(example = "会员零钱")]
    accounts_zh: &'static str,
    /// `CNY`, `GP` or `DP`.
    asset: &'static str,
    /// What they owe together, or what has come in from outside.
    debit: String,
    /// What they have together.
    #[schema(example = "12.34")]
    credit: String,
}

/// The sums of an asset.
#[derive(Serialize, ToSchema)]
struct Sum {
    /// `CNY`, `GP` or `DP`.
    asset: &'static str,
    /// All rows' debit.
    debit: String,
    /// All rows' credit.
    credit: String,
}

/// What a trial balance means, in yuan but for the price.
#[derive(Serialize, ToSchema)]
struct BalanceFigures {
    /// Money that is there: what has come in from outside, less what has gone out.
    cash: String,
    /// What of it is owed to others: members, stores, suppliers, orders, payouts, dividends, the pool.
    claims: String,
    /// What of it is the platform's own: profit and fees.
    own: String,
    /// What accounts that are below zero owe, which the platform's own must cover.
    debts: String,
    /// Payouts in flight.
    payouts_in_flight: String,
    /// Yuan per point, rounded down.
    #[schema(example = "1.4285")]
    price: String,
    /// Points that members hold.
    points: String,
    /// What they are worth at that price: the liability before a redemption's retention.
    points_worth: String,
    /// What of that would be paid out, at the retention of the plan in force.
    points_payout: String,
}

/// Which day.
#[derive(Deserialize)]
pub struct Which {
    day: Option<String>,
}

fn name_zh(name: &str) -> &'static str {
    match name {
        "external:payments" => "外部收款",
        "external:payouts" => "外部付款",
        "external:capital" => "外部资本",
        "order" => "未结算订单",
        "store" => "门店应付",
        "supplier" => "供应商应付",
        "member:wallet" => "会员零钱",
        "member:spend" => "会员消费余额",
        "member:points" => "会员增值积分",
        "member:deduction" => "会员抵扣积分",
        "platform:profit" => "平台利润",
        "platform:fees" => "代理费",
        "platform:genesis" => "创世积分",
        "pool:reserve" => "盈利池",
        "pool:issued" => "已铸造积分",
        "mall:issued" => "已发抵扣积分",
        "dividend:accrued" => "应付分红",
        "payout" => "打款在途",
        _ => "其他",
    }
}

/// The closing of a day, and whether the day has ended.
fn closing(app: &App, which: &Which) -> Result<(Day, Closing, bool), Problem> {
    let now = app.now();
    let day = which.day.as_deref().map_or_else(|| Ok(Day::of(now)), Day::parse)?;
    if day > Day::of(now) {
        return Err(Problem::new(Code::BadParameter, format!("{day} has not begun in Asia/Shanghai")));
    }
    app.look(|replica| {
        let (economy, chronicle) = (replica.economy(), replica.chronicle());
        // The economy's clock begins in 1970, with the totals of its opening.
        let past = (day < Day::of(economy.state().clock())).then(|| chronicle.closing(day.number().max(0)));
        let closing = past.flatten().cloned().unwrap_or_else(|| chronicle.now(economy));
        (day, closing, day < Day::of(now))
    })
}

fn shown((day, closing, is_final): (Day, Closing, bool)) -> TrialBalance {
    let totals = &closing.totals;
    let rows = totals.iter().map(|(kind, units)| {
        let side = |units: i128| amount(units.max(0), kind.asset);
        let (debit, credit) = (side(-units), side(units));
        Row { accounts: kind.name, accounts_zh: name_zh(kind.name), asset: kind.asset.name(), debit, credit }
    });
    let sum = |asset: Asset| {
        let (debit, credit) = (amount(totals.debit(asset), asset), amount(totals.credit(asset), asset));
        Sum { asset: asset.name(), debit, credit }
    };
    TrialBalance {
        day: day.to_string(),
        ends_at: day.end().to_string(),
        is_final,
        seq: closing.seq,
        rows: rows.collect(),
        sums: ASSETS.map(sum).into(),
        figures: BalanceFigures {
            cash: yuan(totals.cash().0),
            claims: yuan(closing.claims().0),
            own: yuan(totals.own().0),
            debts: yuan(closing.debts.0),
            payouts_in_flight: yuan(totals.get("payout", Asset::Cny)),
            price: price_floor(closing.price),
            points: amount(totals.get("member:points", Asset::Gp), Asset::Gp),
            points_worth: yuan(closing.points_worth().0),
            points_payout: yuan(closing.points_payout().0),
        },
    }
}

/// The trial balance of a day
///
/// Days are those of Asia/Shanghai; the totals are those before the first entry of the next. Without a day it is today's.
#[utoipa::path(
    get,
    path = "/v1/trial-balance",
    tag = "Trial balance",
    params(("day" = Option<String>, Query, description = "A day of Asia/Shanghai, such as `2026-01-31`")),
    responses((status = 200, description = "Totals, sums and what they mean", body = TrialBalance)),
)]
pub async fn of_day(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Asked(which): Asked<Which>,
) -> Result<Json<TrialBalance>, Problem> {
    Ok(Json(shown(closing(&app, &which)?)))
}

/// The trial balance of a day, as CSV
#[utoipa::path(
    get,
    path = "/v1/trial-balance/csv",
    tag = "Trial balance",
    params(("day" = Option<String>, Query, description = "A day of Asia/Shanghai, such as `2026-01-31`")),
    responses((status = 200, description = "The rows, the sums last", body = String, content_type = "text/csv; charset=utf-8")),
)]
pub async fn csv(
    _: UpToDate,
    State(app): State<Arc<App>>,
    Asked(which): Asked<Which>,
) -> Result<([(HeaderName, HeaderValue); 2], Vec<u8>), Problem> {
    let balance = shown(closing(&app, &which)?);
    let mark = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(mark);
    let mut line = |cells: [&str; 6]| writer.write_record(cells).expect("memory takes whatever is written");
    line(["日期", "科目", "accounts", "asset", "借方", "贷方"]);
    for row in &balance.rows {
        line([&balance.day, row.accounts_zh, row.accounts, row.asset, &row.debit, &row.credit]);
    }
    for sum in &balance.sums {
        line([&balance.day, "合计", "", sum.asset, &sum.debit, &sum.credit]);
    }
    let bytes = writer.into_inner().expect("memory takes whatever is written");
    let disposition = format!("attachment; filename=\"trial-balance-{}.csv\"", balance.day);
    let disposition = HeaderValue::from_str(&disposition).expect("a date is ASCII");
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    Ok(([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, disposition)], bytes))
}
