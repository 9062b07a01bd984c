//! The entries of a batch in their compact binary form. A batch is a list of groups; a group is what one caller
//! sent together, with the name of the stream that its lines come from, if they come from one.
//!
//! ```text
//! batch  = group*
//! group  = stream name (empty: none), count, entry*
//! entry  = [line number, digest of the line's bytes: only in a stream], form, length, bytes
//! bytes  = a command with its time | why a line was none | a time and an act
//! ```
//!
//! Numbers are varints. A change to this form is a new format of the journal's header.

mod group;

pub use group::Group;

use linli_economy::command::{Command, Line, Received};
use linli_economy::refusal::{Code, Refusal};
use linli_economy::time::Instant;
use linli_platform::{Carried, Deed};

/// A digest of a line's bytes, by which a line that is sent again is known.
pub type LineDigest = [u8; 16];

/// Where in its stream a line stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its number, blank lines counted.
    pub line: u64,
    /// The digest of its bytes.
    pub digest: LineDigest,
}

impl Origin {
    /// The origin of a line.
    #[must_use]
    pub fn of(line: u64, bytes: &[u8]) -> Self {
        let hash: [u8; 32] = blake3::hash(bytes).into();
        let (digest, _) = hash.split_at(size_of::<LineDigest>());
        Self { line, digest: digest.try_into().expect("16 of 32 bytes") }
    }
}

/// One entry as it was read.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The stream and the place in it that it comes from.
    pub origin: Option<(&'a str, Origin)>,
    /// What it is.
    pub body: Body<'a>,
}

/// What an entry is.
#[derive(Clone, Debug)]
pub enum Body<'a> {
    /// A command of the economy, or why a line was none.
    Line(Received<'a>),
    /// An act of the platform; acts are few, and some are long.
    Act(Box<Performed>),
}

/// An act, and what came of it.
#[derive(Clone, Debug)]
pub struct Performed {
    /// When it was done; without it, at the time of the entry before.
    pub at: Option<Instant>,
    /// Who did what.
    pub deed: Deed,
    /// The command that was carried out with it. It follows from the act and is not written: none until it is applied.
    pub carried: Carried,
}

impl<'a> Body<'a> {
    /// The command of the economy, if it is one or an act has carried one out.
    #[must_use]
    pub fn command(&self) -> Option<&Command<'a>> {
        match self {
            Self::Line(received) => received.as_ref().ok().map(|line| &line.command),
            Self::Act(performed) => performed.carried.as_ref(),
        }
    }

    /// The name of its kind and what it is about, as statements show them.
    #[must_use]
    pub fn name(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Line(Ok(line)) => (line.command.name(), Some(line.command.subject())),
            Self::Line(Err(_)) => ("malformed", None),
            Self::Act(performed) => (performed.deed.act.name(), Some(performed.deed.act.subject())),
        }
    }
}

/// The form of an entry's bytes.
const COMMAND: u8 = 0;
const MALFORMED: u8 = 1;
const ACT: u8 = 2;

/// The entries of a batch, one after the other.
#[derive(Clone, Debug)]
pub struct Entries<'a> {
    bytes: &'a [u8],
    stream: &'a str,
    left: u32,
    one_group: bool,
}

impl<'a> Entries<'a> {
    /// The entries of a batch's bytes.
    #[must_use]
    pub fn of_batch(bytes: &'a [u8]) -> Self {
        Self { bytes, stream: "", left: 0, one_group: false }
    }

    fn next_entry(&mut self) -> Result<Entry<'a>, String> {
        while self.left == 0 {
            (self.stream, self.left) = self.take()?;
        }
        let origin = if self.stream.is_empty() {
            None
        } else {
            let (line, digest) = self.take()?;
            Some((self.stream, Origin { line, digest }))
        };
        let (form, length): (u8, usize) = self.take()?;
        let (body, rest) = self.bytes.split_at_checked(length).ok_or("an entry is longer than its batch")?;
        self.bytes = rest;
        self.left -= 1;
        Ok(Entry { origin, body: read_body(form, body)? })
    }

    fn take<T: serde::Deserialize<'a>>(&mut self) -> Result<T, String> {
        let (value, rest) = postcard::take_from_bytes(self.bytes).map_err(|error| error.to_string())?;
        self.bytes = rest;
        Ok(value)
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = Result<Entry<'a>, String>;

    /// The next entry; what follows an error means nothing.
    fn next(&mut self) -> Option<Self::Item> {
        let is_over = self.left == 0 && (self.one_group || self.bytes.is_empty());
        (!is_over).then(|| self.next_entry())
    }
}

fn read_body(form: u8, body: &[u8]) -> Result<Body<'_>, String> {
    match form {
        COMMAND => {
            let line = Line::decode(body).map_err(|error| format!("an entry is no command: {error}"))?;
            Ok(Body::Line(Ok(line)))
        }
        MALFORMED => {
            let message = std::str::from_utf8(body).map_err(|error| error.to_string())?;
            Ok(Body::Line(Err(Refusal::new(Code::Malformed, message.to_string()))))
        }
        ACT => {
            let (at, deed) = postcard::take_from_bytes(body).map_err(|error| error.to_string())?;
            let deed = Deed::decode(deed).map_err(|error| format!("an entry is no act: {error}"))?;
            Ok(Body::Act(Box::new(Performed { at, deed, carried: None })))
        }
        _ => Err(format!("an entry has the unknown form {form}")),
    }
}
