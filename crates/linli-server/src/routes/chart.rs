//! `GET /v1/prices/chart.svg`: the price day by day as a line, drawn here so that no browser computes with prices. It has no
//! numbers in it; who shows it says them in words. Must not be added here: a line that goes on after today.

use super::period::Period;
use super::prices::{MOST, USUAL, points};
use crate::app::App;
use crate::problem::Problem;
use crate::up_to_date::UpToDate;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use linli_engine::books::day_of;
use std::fmt::Write;
use std::sync::Arc;

/// The picture in its own units.
const WIDTH: u128 = 640;
const HEIGHT: u128 = 240;
const MARGIN: u128 = 8;

/// A chart of the price
///
/// The same days as `/v1/prices` tells, from the lowest price of them to the highest.
#[utoipa::path(
    get,
    path = "/v1/prices/chart.svg",
    tag = "Economy",
    params(
        ("from" = Option<String>, Query, description = "The first day, such as 2026-01-01, in Asia/Shanghai"),
        ("to" = Option<String>, Query, description = "The last day; 1098 days at most"),
    ),
    responses((status = 200, description = "A line", body = Vec<u8>, content_type = "image/svg+xml")),
)]
pub async fn chart(_: UpToDate, State(app): State<Arc<App>>, period: Period) -> Result<Response, Problem> {
    let today = day_of(app.now());
    let days = period.days(today, USUAL, MOST)?;
    let prices =
        app.look_ledger(|_, ledger| points(ledger, *days.start()..=(*days.end()).min(today))).await?;
    Ok(([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "no-cache")], draw(&prices)).into_response())
}

/// The line through the last price of each day, in micro-yuan.
fn draw(prices: &[u128]) -> String {
    let low = prices.iter().copied().min().unwrap_or_default();
    let range = prices.iter().copied().max().unwrap_or_default().saturating_sub(low).max(1);
    let last = u128::try_from(prices.len().saturating_sub(1)).unwrap_or_default().max(1);
    let mut line = String::new();
    for (day, price) in (0_u128..).zip(prices) {
        let x = MARGIN + day * (WIDTH - 2 * MARGIN) / last;
        let y = HEIGHT - MARGIN - (price - low) * (HEIGHT - 2 * MARGIN) / range;
        write!(line, "{}{x},{y}", if day == 0 { "" } else { " " }).expect("a text takes whatever is written");
    }
    let grid: String = (0..=4)
        .map(|step| {
            let y = MARGIN + step * (HEIGHT - 2 * MARGIN) / 4;
            format!(
                "<line x1=\"0\" x2=\"{WIDTH}\" y1=\"{y}\" y2=\"{y}\" stroke=\"#888\" stroke-opacity=\".35\"/>"
            )
        })
        .collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\">{grid}\
         <polyline points=\"{line}\" fill=\"none\" stroke=\"#178f63\" stroke-width=\"4\" stroke-linejoin=\"round\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_price_is_at_the_bottom_and_the_last_day_at_the_right() {
        let svg = draw(&[1_000_000, 1_500_000, 2_000_000]);
        assert!(svg.contains("points=\"8,232 320,120 632,8\""), "{svg}");
    }

    #[test]
    fn one_day_and_none_are_drawn_too() {
        assert!(draw(&[5]).contains("points=\"8,232\""));
        assert!(draw(&[]).contains("points=\"\""));
    }
}
