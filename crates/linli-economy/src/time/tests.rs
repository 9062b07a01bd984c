//! Instants as texts and as pairs, and the calendar there and back.

use super::*;

#[test]
fn instants_compare_whatever_their_offset() {
    let utc = Instant::parse("2026-01-01T00:00:00Z").expect("valid");
    assert_eq!(Instant::parse("2026-01-01T08:00:00+08:00"), Some(utc));
    assert_eq!(Instant::parse("2025-12-31t23:30:00.000-00:30"), Some(utc));
    assert_eq!(utc.seconds, 1_767_225_600);
    assert!(Instant::parse("2026-01-01T00:00:00.000000001z") > Some(utc));
    assert_eq!(Instant::parse("2016-12-31T23:59:60Z"), Instant::parse("2017-01-01T00:00:00Z"));
}

#[test]
fn what_is_not_rfc_3339_is_refused() {
    for text in [
        "",
        "2026-01-01",
        "2026-01-01T00:00:00",
        "2026-01-01 00:00:00Z",
        "2026-1-01T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2100-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-10T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:60Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00.1234567890Z",
        "2026-01-01T00:00:00+8:00",
        "2026-01-01T00:00:00+24:00",
        "2026-01-01T00:00:00Zx",
        "+2026-01-01T00:00:00Z",
        "２026-01-01T00:00:00Z",
    ] {
        assert_eq!(Instant::parse(text), None, "{text}");
    }
}

#[test]
fn a_date_is_that_of_its_offset() {
    let instant = Instant::parse("2026-01-01T16:30:00Z").expect("valid");
    assert_eq!(instant.date_at(0), (2026, 1, 1));
    assert_eq!(instant.date_at(8 * 3_600), (2026, 1, 2));
    assert_eq!(instant.date_at(-17 * 3_600), (2025, 12, 31));
    assert_eq!(instant.plus_days(365).to_string(), "2027-01-01T16:30:00Z");
}

#[test]
fn every_day_of_ten_millennia_goes_there_and_back() {
    for days in -719_528..2_932_897 {
        let (year, month, day) = civil_from_days(days);
        assert_eq!(days_since_epoch(year, month, day), Some(days));
    }
    for text in ["2024-02-29T23:59:59.5Z", "2000-02-29T00:00:00Z"] {
        assert_eq!(Instant::parse(text).expect("valid").to_string(), text);
    }
}

#[test]
fn a_pair_is_an_instant_where_a_text_can_be_one() {
    let instant = |text| Instant::parse(text).expect("valid");
    let first = instant("0000-01-01T00:00:00+23:59");
    let last = instant("9999-12-31T23:59:59.999999999-23:59");
    for instant in [first, Instant::EPOCH, last] {
        assert_eq!(Instant::try_from(<(i64, u32)>::from(instant)), Ok(instant));
    }
    let (day, years) = (86_400, "not an instant of the years 0 to 9999");
    for pair in
        [(first.seconds - day, 0), (last.seconds + day, 0), (i64::MIN, 0), (i64::MAX, 0), (0, 1_000_000_000)]
    {
        assert_eq!(Instant::try_from(pair), Err(years), "{pair:?}");
    }
}
