//! Instants: RFC 3339 text to seconds and nanoseconds since 1970. There is no clock here; time
//! comes in with the commands, and is only ever compared and added to.

/// A point in time; the order of the fields is the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant {
    seconds: i128,
    nanos: u32,
}

impl Instant {
    /// 1970-01-01T00:00:00Z, where every economy begins.
    pub const EPOCH: Instant = Instant { seconds: 0, nanos: 0 };

    /// So many days of 24 hours later.
    pub fn plus_days(self, days: i64) -> Instant {
        Instant { seconds: self.seconds + i128::from(days) * 86_400, nanos: self.nanos }
    }

    /// Reads RFC 3339 with at most 9 decimals; `t` and `z` may be lower case, a space for `T` may not.
    pub fn read(text: &str) -> Option<Instant> {
        let mut rest = text;
        let year = number(&mut rest, 4)?;
        literal(&mut rest, "-")?;
        let month = number(&mut rest, 2)?;
        literal(&mut rest, "-")?;
        let day = number(&mut rest, 2)?;
        literal(&mut rest, "Tt")?;
        let hour = number(&mut rest, 2)?;
        literal(&mut rest, ":")?;
        let minute = number(&mut rest, 2)?;
        literal(&mut rest, ":")?;
        let second = number(&mut rest, 2)?;
        let nanos = fraction(&mut rest)?;
        let offset_minutes = offset(rest)?;
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let minutes = days_since_1970(year, month, day)? * 1440 + hour * 60 + minute - offset_minutes;
        // A leap second is inserted at the end of a UTC day, whatever the local time is then.
        if second == 60 && minutes.rem_euclid(1440) != 1439 {
            return None;
        }
        Some(Instant { seconds: i128::from(minutes) * 60 + i128::from(second), nanos })
    }
}

/// Exactly `width` digits from the front.
fn number(rest: &mut &str, width: usize) -> Option<i64> {
    let digits = rest.get(..width)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    *rest = &rest[width..];
    digits.parse().ok()
}

/// One of the given characters from the front.
fn literal(rest: &mut &str, allowed: &str) -> Option<()> {
    *rest = rest.strip_prefix(|letter| allowed.contains(letter))?;
    Some(())
}

/// `.1-9 digits`, or nothing, as nanoseconds.
fn fraction(rest: &mut &str) -> Option<u32> {
    let Some(after_point) = rest.strip_prefix('.') else { return Some(0) };
    let width = after_point.bytes().take_while(u8::is_ascii_digit).count();
    if width == 0 || width > 9 {
        return None;
    }
    *rest = &after_point[width..];
    format!("{:0<9}", &after_point[..width]).parse().ok()
}

/// The rest of the text: `Z` or `±hh:mm`, in minutes ahead of UTC.
fn offset(text: &str) -> Option<i64> {
    if text == "Z" || text == "z" {
        return Some(0);
    }
    let mut rest = text;
    let sign = if text.starts_with('-') { -1 } else { 1 };
    literal(&mut rest, "+-")?;
    let hours = number(&mut rest, 2)?;
    literal(&mut rest, ":")?;
    let minutes = number(&mut rest, 2)?;
    (rest.is_empty() && hours <= 23 && minutes <= 59).then_some(sign * (hours * 60 + minutes))
}

/// Counted year by year and month by month; None where there is no such day.
fn days_since_1970(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
        return None;
    }
    // Leap days from year 0 up to the end of the year before this one.
    let before = year - 1;
    let leap_days = before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400)
        - (1969 / 4 - 1969 / 100 + 1969 / 400);
    let months: i64 = (1..month).map(|earlier| days_in_month(year, earlier)).sum();
    Some((year - 1970) * 365 + leap_days + months + day - 1)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_strictly_and_compared_as_instants() {
        let same = ["2026-01-01T08:00:00Z", "2026-01-01t16:00:00.000+08:00", "2026-01-01T00:30:00-07:30"];
        for text in same {
            assert_eq!(Instant::read(text), Instant::read(same[0]), "{text}");
            assert!(Instant::read(text).is_some(), "{text}");
        }
        assert_eq!(Instant::read("1970-01-01T00:00:00z"), Some(Instant::EPOCH));
        assert_eq!(Instant::read("2000-03-01T00:00:00Z").expect("a day").seconds, 951_868_800);
        assert_eq!(Instant::read("0000-03-01T00:00:00Z").expect("a day").seconds, -62_162_035_200);
        assert!(Instant::read("2016-12-31T23:59:60Z").is_some());
        assert!(Instant::read("2017-01-01T07:59:60+08:00").is_some());
        for text in [
            "2026-01-01 08:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T08:00:60Z",
            "2026-01-01T08:00:00",
            "2026-01-01T08:00:00.Z",
            "2026-01-01T08:00:00.1234567890Z",
            "2026-1-01T08:00:00Z",
            "2026-01-01T08:00:00+24:00",
            "2026-01-01T08:00:00+0800",
            "2026-01-01T08:00:00ZZ",
            "２026-01-01T08:00:00Z",
            "",
        ] {
            assert_eq!(Instant::read(text), None, "{text}");
        }
    }
}
