//! Days that a request asks about, as `from` and `to`: days of Asia/Shanghai, both included. Must not be added here: a
//! clock.

use crate::problem::{Code, Problem};
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use linli_economy::time::Instant;
use linli_engine::books::{beginning_of, day_of};
use serde::Deserialize;
use std::ops::RangeInclusive;

/// By how much Asia/Shanghai is ahead of UTC.
const AHEAD_SECONDS: i64 = 8 * 3_600;

/// Which days are asked about: days since 1970-01-01 in Asia/Shanghai.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    pub from: Option<i64>,
    pub to: Option<i64>,
}

#[derive(Deserialize)]
struct Asked {
    from: Option<String>,
    to: Option<String>,
}

/// The day of a text such as `2026-01-31`.
pub fn day(text: &str) -> Result<i64, Problem> {
    let bad = || Problem::new(Code::BadParameter, "a day is written as 2026-01-31");
    let at = (text.len() == 10).then(|| Instant::parse(&format!("{text}T00:00:00+08:00"))).flatten();
    at.map(day_of).ok_or_else(bad)
}

/// The text of a day.
pub fn day_text(day: i64) -> String {
    let (year, month, day) = beginning_of(day).date_at(AHEAD_SECONDS);
    format!("{year:04}-{month:02}-{day:02}")
}

impl Period {
    /// The days, where those that are not asked about end today and are so many.
    ///
    /// # Errors
    /// They are more than `most`.
    pub fn days(self, today: i64, usual: i64, most: i64) -> Result<RangeInclusive<i64>, Problem> {
        let to = self.to.unwrap_or(today);
        let from = self.from.unwrap_or_else(|| (to - usual + 1).max(0));
        if to - from >= most {
            return Err(Problem::new(
                Code::BadParameter,
                format!("{most} days at most are asked about at once"),
            ));
        }
        Ok(from..=to)
    }

    /// When the first day begins, and when the last has ended.
    pub fn instants(self) -> (Option<Instant>, Option<Instant>) {
        (self.from.map(beginning_of), self.to.map(|to| beginning_of(to + 1)))
    }
}

impl<S: Sync> FromRequestParts<S> for Period {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let bad = |_| Problem::new(Code::BadParameter, "from and to are days such as 2026-01-31");
        let Asked { from, to } = Query::<Asked>::try_from_uri(&parts.uri).map_err(bad)?.0;
        let read = |text: Option<String>| text.map(|text| day(&text)).transpose();
        let (from, to) = (read(from)?, read(to)?);
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            return Err(Problem::new(Code::BadParameter, "from is not after to"));
        }
        Ok(Self { from, to })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_sixteen_o_clock_utc_of_the_day_before() {
        let first = day("2026-01-01").expect("a day");
        assert_eq!(beginning_of(first).to_string(), "2025-12-31T16:00:00Z");
        assert_eq!((day_text(first), day_of(beginning_of(first))), ("2026-01-01".into(), first));
        for text in ["", "2026-1-1", "2026-02-30", "2026-01-01T", "20260101", "２026-01-01"] {
            assert!(day(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn days_that_are_not_asked_about_end_today() {
        let days = |from, to| Period { from, to }.days(100, 30, 92).map_err(|_| ());
        assert_eq!(days(None, None), Ok(71..=100));
        assert_eq!(days(Some(9), Some(100)), Ok(9..=100));
        assert_eq!(days(Some(8), Some(100)), Err(()));
        assert_eq!(days(None, Some(50)), Ok(21..=50));
    }
}
