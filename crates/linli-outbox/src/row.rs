//! A row of the outbox: one effect on somebody else, with the key by which both sides know it. Must not be added here:
//! what a payload means.

use std::fmt;

/// The longest key, kind and target, in bytes.
pub const MOST_KEY_BYTES: usize = 128;
const MOST_NAME_BYTES: usize = 64;

/// The longest payload, in bytes.
pub const MOST_PAYLOAD_BYTES: usize = 256 * 1024;

/// Why something is no row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowRefusal {
    /// The key, the kind or the target has another form.
    #[error(
        "the {field} of a row has 1 to {most} letters, digits, colons, dashes and underscores of ASCII; this one has \
         {bytes} bytes"
    )]
    Name {
        /// Which of them.
        field: &'static str,
        /// The longest.
        most: usize,
        /// Its length.
        bytes: usize,
    },
    /// The payload is too long.
    #[error("the payload of a row has {bytes} bytes; {MOST_PAYLOAD_BYTES} are the most")]
    Payload {
        /// Its length.
        bytes: usize,
    },
    /// The seq is larger than any.
    #[error("the seq {seq} is larger than a store can hold")]
    Seq {
        /// The seq.
        seq: u64,
    },
}

impl RowRefusal {
    /// What the refusal is known by; it never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Name { .. } => "outbox_name_malformed",
            Self::Payload { .. } => "outbox_payload_too_long",
            Self::Seq { .. } => "outbox_seq_too_large",
        }
    }
}

/// A row that is to be added. Nobody can change it later.
#[derive(Clone, PartialEq, Eq)]
pub struct NewRow {
    key: String,
    kind: String,
    target: String,
    seq: u64,
    payload: Vec<u8>,
    due_at: i64,
}

impl NewRow {
    /// A row. The `key` names the effect for ever and is what the other side knows a repeat by; it is derived from what
    /// the effect follows from, as `webhook:E1:17`. The `kind` says who delivers it, the `target` to whom. `seq` is the
    /// entry of the journal that it follows from, 0 if it follows from none. It is tried first at `due_at`, in seconds
    /// since 1970.
    ///
    /// # Errors
    /// [`RowRefusal`].
    pub fn new(
        key: &str,
        kind: &str,
        target: &str,
        seq: u64,
        payload: Vec<u8>,
        due_at: i64,
    ) -> Result<Self, RowRefusal> {
        check_key(key)?;
        check_name("kind", kind, MOST_NAME_BYTES)?;
        check_name("target", target, MOST_NAME_BYTES)?;
        if payload.len() > MOST_PAYLOAD_BYTES {
            return Err(RowRefusal::Payload { bytes: payload.len() });
        }
        if i64::try_from(seq).is_err() {
            return Err(RowRefusal::Seq { seq });
        }
        Ok(Self { key: key.into(), kind: kind.into(), target: target.into(), seq, payload, due_at })
    }

    /// The key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Who delivers it.
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// To whom.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The entry of the journal that it follows from; 0 if it follows from none.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// What is delivered.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// When it is tried first.
    #[must_use]
    pub fn due_at(&self) -> i64 {
        self.due_at
    }
}

impl fmt::Debug for NewRow {
    /// Without the payload, which may hold what is of a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewRow").field("key", &self.key).field("seq", &self.seq).finish_non_exhaustive()
    }
}

/// Whether this can be the key of a row.
pub(crate) fn check_key(key: &str) -> Result<(), RowRefusal> {
    check_name("key", key, MOST_KEY_BYTES)
}

fn check_name(field: &'static str, name: &str, most: usize) -> Result<(), RowRefusal> {
    let fits = (1..=most).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":_-".contains(&byte));
    fits.then_some(()).ok_or(RowRefusal::Name { field, most, bytes: name.len() })
}

/// How a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It is tried at its time.
    Pending,
    /// The other side has it.
    Done,
    /// It was given up; a person may have it replayed.
    Dead,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Done, Self::Dead];

    /// Its name, as the tables have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Done => "done",
            Self::Dead => "dead",
        }
    }

    /// The state of this name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A row as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, in the order of adding.
    pub id: u64,
    /// What was added.
    pub row: NewRow,
    /// How it stands.
    pub state: State,
    /// The attempts that were made since it was added or replayed.
    pub attempts: u32,
    /// When it ended; none while it is pending.
    pub ended_at: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_header_or_a_table_could_mistake_is_no_key() {
        let row = |key: &str, kind: &str, target: &str| NewRow::new(key, kind, target, 1, Vec::new(), 0);
        assert!(row("webhook:E1:17", "webhook", "E1").is_ok());
        let long = "k".repeat(MOST_KEY_BYTES + 1);
        for key in ["", "a.b", "a b", "a\nb", "\u{90bb}", long.as_str()] {
            assert_eq!(row(key, "webhook", "E1").expect_err(key).code(), "outbox_name_malformed");
            assert!(row("a", key, "E1").is_err() && row("a", "webhook", key).is_err(), "{key}");
        }
    }

    #[test]
    fn a_row_has_its_limits() {
        let of =
            |bytes, seq| NewRow::new("a", "b", "c", seq, vec![0; bytes], 0).map_err(|error| error.code());
        assert!(of(MOST_PAYLOAD_BYTES, 1 << 62).is_ok());
        assert_eq!(of(MOST_PAYLOAD_BYTES + 1, 1).expect_err("too long"), "outbox_payload_too_long");
        assert_eq!(of(1, 1 << 63).expect_err("too large"), "outbox_seq_too_large");
    }

    #[test]
    fn a_payload_is_not_shown() {
        let row = NewRow::new("a", "b", "c", 1, b"13800000000".to_vec(), 0).expect("a row");
        assert!(!format!("{row:?}").contains("49"), "{row:?}");
    }

    #[test]
    fn each_state_is_found_by_its_name() {
        assert!(State::ALL.into_iter().all(|state| State::of(state.name()) == Some(state)));
        assert_eq!(State::of("gone"), None);
    }
}
