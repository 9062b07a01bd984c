//! The vault: what a journal holds of a person is sealed under a key of that person, which is kept outside the
//! journal. The journal can never be changed; shredding the key makes what was sealed unreadable for ever, in every
//! copy of the journal. Must not be added here: what is sealed.

mod postgres;
mod sqlite;

pub use self::postgres::PostgresKeys;
pub use self::sqlite::SqliteKeys;

use crate::batch::Hash;
use crate::fault::Fault;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};

/// Bytes of a key, and of the number used once that stands before what it sealed.
const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// The key of one person. It is never shown.
pub struct PersonKey([u8; KEY_BYTES]);

/// What is known of a person's key.
pub enum Kept {
    /// There never was one.
    Never,
    /// It is there.
    Key(PersonKey),
    /// It was shredded.
    Shredded,
}

/// Where keys are kept.
pub trait KeyStore: Send {
    /// The key of a person.
    ///
    /// # Errors
    /// What hinders looking.
    fn find(&mut self, person: &str) -> Result<Kept, Fault>;

    /// Keeps a new key; when it returns the key is on disk.
    ///
    /// # Errors
    /// What hinders it, also that the person has one or had one.
    fn keep(&mut self, person: &str, key: &PersonKey) -> Result<(), Fault>;

    /// Forgets the key and remembers that there was one; when it returns the key is nowhere in the store's files.
    ///
    /// # Errors
    /// What hinders it; shredding again is no fault.
    fn shred(&mut self, person: &str) -> Result<(), Fault>;
}

/// What was sealed, as far as it can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// As it was.
    Plain(Vec<u8>),
    /// The person's key was shredded.
    Shredded,
}

/// Seals and opens with the keys of a store.
pub struct Vault {
    keys: Box<dyn KeyStore>,
}

impl Vault {
    /// The vault of these keys.
    #[must_use]
    pub fn new(keys: Box<dyn KeyStore>) -> Self {
        Self { keys }
    }

    /// Seals what belongs to a person, whose key is made if there is none. What is sealed for one field or person
    /// opens for no other.
    ///
    /// # Errors
    /// The store's, and [`Fault::Unsafe`] if the person's key was shredded.
    pub fn seal(&mut self, person: &str, field: &str, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let key = match self.keys.find(person)? {
            Kept::Key(key) => key,
            Kept::Never => self.make(person)?,
            Kept::Shredded => return Err(shredded()),
        };
        let nonce: [u8; NONCE_BYTES] = random()?;
        let payload = Payload { msg: plain, aad: &bound_to(person, field).0 };
        let sealed = key.cipher().encrypt(&nonce.into(), payload);
        let sealed = sealed.map_err(|_| Fault::Unsafe { what: "this is too long to be sealed".into() })?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens what was sealed for this field of this person.
    ///
    /// # Errors
    /// The store's, and [`Fault::Damaged`] if it was sealed with another key, for another field or person, or has
    /// been changed.
    pub fn open(&mut self, person: &str, field: &str, sealed: &[u8]) -> Result<Opened, Fault> {
        let key = match self.keys.find(person)? {
            Kept::Key(key) => key,
            Kept::Shredded => return Ok(Opened::Shredded),
            Kept::Never => return Err(damaged("there never was a key of this person")),
        };
        let (nonce, sealed) =
            sealed.split_first_chunk::<NONCE_BYTES>().ok_or_else(|| damaged("what was sealed is cut off"))?;
        let payload = Payload { msg: sealed, aad: &bound_to(person, field).0 };
        let plain = key.cipher().decrypt(&(*nonce).into(), payload);
        plain
            .map(Opened::Plain)
            .map_err(|_| damaged("what was sealed does not open with the key of this person"))
    }

    /// A digest by which something is known again without being known: only who has the person's key can make it, and
    /// nobody can go back from it.
    ///
    /// # Errors
    /// As [`Vault::seal`].
    pub fn digest(&mut self, person: &str, field: &str, plain: &[u8]) -> Result<[u8; 32], Fault> {
        let key = match self.keys.find(person)? {
            Kept::Key(key) => key,
            Kept::Never => self.make(person)?,
            Kept::Shredded => return Err(shredded()),
        };
        let bound = Hash::of_fields(&[b"linli digest", person.as_bytes(), field.as_bytes(), plain]);
        Ok(*blake3::keyed_hash(&key.0, &bound.0).as_bytes())
    }

    /// Makes everything that was sealed for a person unreadable.
    ///
    /// # Errors
    /// The store's.
    pub fn shred(&mut self, person: &str) -> Result<(), Fault> {
        self.keys.shred(person)
    }

    fn make(&mut self, person: &str) -> Result<PersonKey, Fault> {
        let key = PersonKey(random()?);
        self.keys.keep(person, &key)?;
        Ok(key)
    }
}

impl PersonKey {
    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }

    /// A key as it was stored.
    fn stored(bytes: &[u8]) -> Result<Self, Fault> {
        bytes.try_into().map(Self).map_err(|_| damaged("the key of a person has another length"))
    }
}

/// What the seal is bound to.
fn bound_to(person: &str, field: &str) -> Hash {
    Hash::of_fields(&[b"linli seal", person.as_bytes(), field.as_bytes()])
}

fn random<const BYTES: usize>() -> Result<[u8; BYTES], Fault> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes)
        .map_err(|error| Fault::Unavailable { what: format!("the system gives no randomness: {error}") })?;
    Ok(bytes)
}

fn shredded() -> Fault {
    Fault::Unsafe { what: "the key of this person was shredded: nothing more is sealed".into() }
}

fn damaged(what: &str) -> Fault {
    Fault::Damaged { what: what.into() }
}
