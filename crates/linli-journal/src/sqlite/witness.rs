//! The witness: the last tip that was acknowledged, written in place after each commit and never synced. After
//! a crash it is the tip or an older one, so a journal that ends before it has lost its end.

use super::beside;
use crate::batch::{Hash, Tip};
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Seq, hash, and the hash of both.
const BYTES: usize = 8 + 32 + 32;

pub struct Witness {
    /// None on a disk that cannot be written, where nothing is acknowledged.
    file: Option<File>,
}

impl Witness {
    /// The witness beside the journal in this file.
    pub fn open(journal: &Path) -> io::Result<Self> {
        let path = beside(journal, ".witness");
        match OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path) {
            Ok(file) => Ok(Self { file: Some(file) }),
            Err(error) if is_read_only(&error) => Ok(Self { file: File::open(&path).ok() }),
            Err(error) => Err(error),
        }
    }

    /// The tip that the witness beside this journal saw, if there is one; nothing is made.
    pub fn look(journal: &Path) -> io::Result<Option<Tip>> {
        match File::open(beside(journal, ".witness")) {
            Ok(file) => Self { file: Some(file) }.tip(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The tip that it saw, if it saw one and was written whole.
    pub fn tip(&self) -> io::Result<Option<Tip>> {
        let mut bytes = [0; BYTES];
        let Some(file) = &self.file else { return Ok(None) };
        match file.read_exact_at(&mut bytes, 0) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            read => read?,
        }
        let (seq, hash, check) = (&bytes[..8], &bytes[8..40], &bytes[40..]);
        let seq = u64::from_le_bytes(seq.try_into().expect("8 bytes"));
        let tip = Tip { seq, hash: Hash(hash.try_into().expect("32 bytes")) };
        Ok((check_of(tip).0 == check).then_some(tip))
    }

    /// Notes a tip that is on disk.
    pub fn note(&self, tip: Tip) -> io::Result<()> {
        let Some(file) = &self.file else { return Err(io::ErrorKind::ReadOnlyFilesystem.into()) };
        let mut bytes = [0; BYTES];
        bytes[..8].copy_from_slice(&tip.seq.to_le_bytes());
        bytes[8..40].copy_from_slice(&tip.hash.0);
        bytes[40..].copy_from_slice(&check_of(tip).0);
        file.write_all_at(&bytes, 0)
    }
}

fn check_of(tip: Tip) -> Hash {
    Hash::of_fields(&[b"linli witness", &tip.seq.to_le_bytes(), &tip.hash.0])
}

fn is_read_only(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied)
}
