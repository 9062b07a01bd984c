//! When a row is tried again: after the gaps that Standard Webhooks recommends, 75 hours in all, each a little longer
//! by a part that follows from the row's key. Must not be added here: a clock, or chance.

use sha2::{Digest, Sha256};

/// Seconds before each attempt; the first is made at once.
pub const GAPS: [i64; 10] = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// The longest that the other side may ask us to wait, in seconds.
pub const MOST_RETRY_AFTER: i64 = 86_400;

/// A gap grows by at most this part of it, so that rows that failed together do not come back together.
const JITTER_PART: i64 = 10;

/// When to try again after `attempts` that have failed, the last of them at `now`; none if that was the last.
/// `retry_after` is how many seconds the other side wants to have its peace.
#[must_use]
pub fn next(key: &str, attempts: u32, now: i64, retry_after: Option<i64>) -> Option<i64> {
    let gap = *GAPS.get(usize::try_from(attempts).ok()?)?;
    let wanted = retry_after.unwrap_or(0).clamp(0, MOST_RETRY_AFTER);
    Some(now.saturating_add(gap.saturating_add(jitter(key, attempts, gap)).max(wanted)))
}

/// Between 0 and a tenth of the gap, the same for the same key and attempt.
fn jitter(key: &str, attempts: u32, gap: i64) -> i64 {
    let digest = Sha256::new_with_prefix(attempts.to_be_bytes()).chain_update(key).finalize();
    let (first, _) = digest.split_first_chunk::<4>().expect("a digest has 32 bytes");
    i64::from(u32::from_be_bytes(*first)) % (gap / JITTER_PART + 1)
}

/// What `Retry-After` asks for, in seconds from now: a number of them, or a date.
#[must_use]
pub fn retry_after(value: &str, now: i64) -> Option<i64> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(value.parse().unwrap_or(i64::MAX));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    let seconds = date.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    Some(i64::try_from(seconds).ok()?.saturating_sub(now).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_767_225_600;

    #[test]
    fn the_gaps_are_those_of_standard_webhooks_with_at_most_a_tenth_more() {
        for (attempts, gap) in (1..).zip(&GAPS[1..]) {
            for key in ["webhook:E1:1", "webhook:E1:2", "webhook:E2:1"] {
                let due = next(key, attempts, NOW, None).expect("not the last") - NOW;
                assert!((*gap..=gap + gap / 10).contains(&due), "{due} after {attempts} attempts");
                assert_eq!(next(key, attempts, NOW, None), Some(NOW + due), "the same each time");
            }
        }
        assert_eq!(GAPS.iter().sum::<i64>(), 75 * 3_600 + 35 * 60 + 5);
    }

    #[test]
    fn the_tenth_attempt_is_the_last() {
        assert!(next("a", 9, NOW, None).is_some());
        for attempts in [10, 11, u32::MAX] {
            assert_eq!(next("a", attempts, NOW, Some(60)), None);
        }
    }

    #[test]
    fn rows_that_fail_together_do_not_come_back_together() {
        let mut times: Vec<_> = (0..100).map(|key| next(&format!("k{key}"), 3, NOW, None)).collect();
        times.sort_unstable();
        times.dedup();
        assert!(times.len() > 50, "{} times", times.len());
    }

    #[test]
    fn the_other_side_is_given_its_peace_within_a_day() {
        for (asked, least, most) in [
            (None, 5, 5),
            (Some(3), 5, 5),
            (Some(60), 60, 60),
            (Some(i64::MAX), 86_400, 86_400),
            (Some(-9), 5, 5),
        ] {
            let due = next("a", 1, NOW, asked).expect("not the last") - NOW;
            assert!((least..=most).contains(&due), "{asked:?}: {due}");
        }
    }

    #[test]
    fn retry_after_is_a_number_or_a_date() {
        for (value, seconds) in [
            ("120", Some(120)),
            (" 7 ", Some(7)),
            ("99999999999999999999", Some(i64::MAX)),
            ("Thu, 01 Jan 2026 00:01:00 GMT", Some(60)),
            ("Wed, 31 Dec 2025 00:00:00 GMT", Some(0)),
            ("", None),
            ("-5", None),
            ("soon", None),
        ] {
            assert_eq!(retry_after(value, NOW), seconds, "{value}");
        }
    }
}
