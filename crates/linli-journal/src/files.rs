//! Files beside the journal: uploaded pictures and documents, by names that are hashes, in a folder or in the database.
//! What is kept is on disk when it is answered, and what nobody uses any more can be taken away, which a journal never
//! allows. Must not be added here: what a file means, or who may see it.

mod folder;
mod postgres;

pub use self::folder::FileFolder;
pub use self::postgres::FileTable;

use crate::fault::Fault;

/// Digits of a name.
const NAME_DIGITS: usize = 64;

/// Where files are kept.
pub trait FileStore: Send + Sync {
    /// Keeps a file, or notes that it was asked for again; when it returns the file is on disk.
    ///
    /// # Errors
    /// What hinders it, also a name that is none.
    fn keep(&self, name: &str, bytes: &[u8], at_seconds: i64) -> Result<(), Fault>;

    /// Notes that a file is needed at this time; gives whether it is there.
    ///
    /// # Errors
    /// What hinders it.
    fn touch(&self, name: &str, at_seconds: i64) -> Result<bool, Fault>;

    /// The file of this name, if it is there.
    ///
    /// # Errors
    /// What hinders it.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Fault>;

    /// The names of all files that were last kept or touched before this time.
    ///
    /// # Errors
    /// What hinders it.
    fn untouched_since(&self, seconds: i64) -> Result<Vec<String>, Fault>;

    /// Takes a file away that was last kept or touched before this time; one that is not there is no fault.
    ///
    /// # Errors
    /// What hinders it.
    fn remove_untouched(&self, name: &str, since_seconds: i64) -> Result<(), Fault>;
}

/// Whether this can be the name of a file: 64 small hexadecimal digits, so that no name leads out of a folder.
#[must_use]
pub fn is_file_name(name: &str) -> bool {
    name.len() == NAME_DIGITS && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn check_name(name: &str) -> Result<(), Fault> {
    if is_file_name(name) {
        return Ok(());
    }
    Err(Fault::Unsafe { what: format!("{name:?} is no name of a file") })
}
