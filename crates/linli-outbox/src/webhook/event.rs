//! The row of a webhook: an event with its type, its time and its data, for one endpoint. Must not be added here: which
//! events there are.

use crate::row::{NewRow, RowRefusal};
use serde::Serialize;

/// The kind of rows that are webhooks.
pub const KIND: &str = "webhook";

/// The type of an event that says only that the endpoint works.
const TEST: &str = "linli.test";

/// An event, as it stands in the body of a webhook.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Event<'a> {
    /// What has happened: words with dots between them, as `order.settled`.
    #[serde(rename = "type")]
    pub name: &'a str,
    /// When it happened, as `2026-01-01T00:00:00Z`.
    pub timestamp: &'a str,
    /// What is known of it.
    pub data: &'a serde_json::Value,
}

/// The row of the event number `nth`, from 0 on, of those that follow from the entry `seq`, for one endpoint.
///
/// # Errors
/// The endpoint is no name, or the event is too long.
pub fn event_row(
    endpoint: &str,
    seq: u64,
    nth: u32,
    event: &Event<'_>,
    due_at: i64,
) -> Result<NewRow, RowRefusal> {
    let key = match nth {
        0 => format!("{KIND}:{endpoint}:{seq}"),
        nth => format!("{KIND}:{endpoint}:{seq}:{nth}"),
    };
    NewRow::new(&key, KIND, endpoint, seq, body(event), due_at)
}

/// A row that tests an endpoint; `id` tells it from other tests.
///
/// # Errors
/// The endpoint or the id is no name.
pub fn test_row(endpoint: &str, id: &str, timestamp: &str, due_at: i64) -> Result<NewRow, RowRefusal> {
    let data = serde_json::json!({ "endpoint": endpoint });
    let event = Event { name: TEST, timestamp, data: &data };
    NewRow::new(&format!("{KIND}-test:{endpoint}:{id}"), KIND, endpoint, 0, body(&event), due_at)
}

fn body(event: &Event<'_>) -> Vec<u8> {
    serde_json::to_vec(event).expect("texts and JSON are JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_event_of_an_entry_has_a_key_of_its_own() {
        let data = serde_json::json!({ "order": "O1" });
        let event = Event { name: "order.settled", timestamp: "2026-01-01T00:00:00Z", data: &data };
        let row = |seq, nth| event_row("E1", seq, nth, &event, 7).expect("a row");
        assert_eq!(row(17, 0).key(), "webhook:E1:17");
        assert_eq!(row(17, 1).key(), "webhook:E1:17:1");
        assert_eq!(
            (row(17, 0).kind(), row(17, 0).target(), row(17, 0).seq(), row(17, 0).due_at()),
            ("webhook", "E1", 17, 7)
        );
        let body = r#"{"type":"order.settled","timestamp":"2026-01-01T00:00:00Z","data":{"order":"O1"}}"#;
        assert_eq!(std::str::from_utf8(row(17, 0).payload()), Ok(body));
    }

    #[test]
    fn a_test_is_an_event_that_follows_from_nothing() {
        let row = test_row("E1", "T1", "2026-01-01T00:00:00Z", 7).expect("a row");
        assert_eq!((row.key(), row.seq()), ("webhook-test:E1:T1", 0));
        test_row("E.1", "T1", "2026-01-01T00:00:00Z", 7).expect_err("a dot in a key");
    }
}
