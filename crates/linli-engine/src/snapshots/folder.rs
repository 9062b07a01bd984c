//! Snapshots as files of a folder, `{seq}.snapshot`: written beside, synced, then renamed, so that a file of that
//! name is whole.

use super::{Snapshots, WriteBytes};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// How many are kept: the newest may turn out damaged.
const KEPT: usize = 3;

const BUFFER: usize = 1 << 20;

/// A folder of snapshots.
#[derive(Clone, Debug)]
pub struct SnapshotFolder {
    path: PathBuf,
}

impl SnapshotFolder {
    /// The snapshots in this folder, which need not be there yet.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    fn file(&self, seq: u64) -> PathBuf {
        self.path.join(format!("{seq:020}.snapshot"))
    }
}

impl Snapshots for SnapshotFolder {
    fn list(&self) -> io::Result<Vec<u64>> {
        let files = match fs::read_dir(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            files => files?,
        };
        let mut seqs = Vec::new();
        for file in files {
            let name = file?.file_name();
            let seq: Option<u64> =
                name.to_str().and_then(|name| name.strip_suffix(".snapshot")?.parse().ok());
            seqs.extend(seq);
        }
        seqs.sort_unstable_by(|seq, other| other.cmp(seq));
        Ok(seqs)
    }

    fn load(&self, seq: u64) -> io::Result<Vec<u8>> {
        fs::read(self.file(seq))
    }

    fn save(&self, seq: u64, write: &mut WriteBytes<'_>) -> io::Result<()> {
        fs::create_dir_all(&self.path)?;
        let (file, unfinished) = (self.file(seq), self.path.join("unfinished"));
        let mut out = BufWriter::with_capacity(BUFFER, File::create(&unfinished)?);
        write(&mut out)?;
        out.flush()?;
        out.get_ref().sync_all()?;
        fs::rename(&unfinished, &file)?;
        File::open(&self.path)?.sync_all()?;
        for old in self.list()?.into_iter().skip(KEPT) {
            fs::remove_file(self.file(old))?;
        }
        Ok(())
    }

    fn place(&self, seq: u64) -> String {
        self.file(seq).display().to_string()
    }
}
