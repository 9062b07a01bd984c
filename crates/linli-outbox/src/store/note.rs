//! A note: something that somebody is told where they look, and whether they have read it. Must not be added here: what
//! its words are.

/// A note that is to be added.
#[derive(Clone, PartialEq, Eq)]
pub struct NewNote {
    /// Names it for ever; derived from what it follows from.
    pub key: String,
    /// For whom.
    pub account: String,
    /// Of which kind it is, by which its reader looks for it.
    pub kind: String,
    /// What it says, by name.
    pub template: String,
    /// What stands in the places of that, as JSON.
    pub params: String,
    /// The entry of the journal that it follows from.
    pub seq: u64,
    /// When that happened, in seconds since 1970.
    pub at: i64,
}

impl std::fmt::Debug for NewNote {
    /// Without what it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewNote")
            .field("key", &self.key)
            .field("template", &self.template)
            .finish_non_exhaustive()
    }
}

/// A note as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its number, in the order of adding.
    pub id: u64,
    /// What was added.
    pub note: NewNote,
    /// When it was read, if it was.
    pub read_at: Option<i64>,
}

/// Notes of one account that it has read, at a time in seconds since 1970. What was read before stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Whose.
    pub account: String,
    /// Which.
    pub which: Which,
    /// When.
    pub at: i64,
}

/// Which notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those of these keys.
    Keys(Vec<String>),
    /// Those that follow from entries up to this one.
    UpTo(u64),
}

/// Which notes of an account are listed.
#[derive(Clone, Copy, Debug)]
pub struct NoteFilter<'a> {
    /// Whose.
    pub account: &'a str,
    /// The one of this key.
    pub key: Option<&'a str>,
    /// Those of this kind.
    pub kind: Option<&'a str>,
    /// Those that were not read.
    pub unread_only: bool,
    /// Those with a smaller number: the last one of the page before.
    pub before: Option<u64>,
}
