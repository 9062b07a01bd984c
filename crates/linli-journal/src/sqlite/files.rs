//! The files of a journal as the system keeps them: whether they hold anything, and whether they and their names are
//! on the disk. Must not be added here: what is in them.

use super::beside;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

/// Whether the file is there and not empty.
pub fn has_bytes(path: &Path) -> io::Result<bool> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(metadata.len() > 0),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Puts the file on the disk, if it is there. Its bytes are written again first: after a sync that failed the system
/// takes them for written, and no later sync would write them.
pub fn settle(path: &Path) -> io::Result<()> {
    let mut file = match OpenOptions::new().read(true).write(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        file => file?,
    };
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    file.write_all_at(&bytes, 0)?;
    file.sync_all()
}

/// Puts the names of the files in the journal's folder on the disk, and the folder's own. SQLite goes on when it
/// cannot sync the name of its log; we do not.
pub fn sync_names(journal: &Path) -> io::Result<()> {
    let folder = fs::canonicalize(journal)?;
    for folder in folder.ancestors().skip(1).take(2) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Whether the journal has no log and lies in a folder in which nothing can be made.
pub fn is_closed_for_good(journal: &Path) -> bool {
    let has_log = has_bytes(&beside(journal, "-wal")).unwrap_or(true);
    let can_write = OpenOptions::new().append(true).open(journal).is_ok();
    !has_log && !can_write
}

/// The address under which SQLite reads a file that nobody changes: special characters are written in hexadecimal.
pub fn unchanging(journal: &Path) -> PathBuf {
    let path = std::path::absolute(journal).unwrap_or_else(|_| journal.to_path_buf());
    let mut address = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                address.push(char::from(*byte));
            }
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address.push_str("?immutable=1");
    address.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_every_byte_of_the_path() {
        let address = unchanging(Path::new("/a b/店?#%.db"));
        assert_eq!(address, Path::new("file:/a%20b/%E5%BA%97%3F%23%25.db?immutable=1"));
    }
}
