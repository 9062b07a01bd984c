//! Small stores made by the real program, to be damaged: one that was closed, and one that was killed and still has
//! its write-ahead log. Must not be added here: how they are damaged.

use super::folder::{Folder, files};
use super::judge;
use super::outsider::{Outsider, PATIENCE};
use super::stream::Stream;
use linli_journal::{Batch, Header, Store as _, Tip};
use std::fs;
use std::path::Path;

/// The files of a store, and what they hold.
#[derive(Clone)]
pub struct Sample {
    pub files: Vec<(String, Vec<u8>)>,
    pub header: Header,
    pub batches: Vec<Batch>,
}

/// How the program ended that made it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Closed,
    Killed,
}

impl Sample {
    /// A store with so many lines, each committed by itself; everything in it was acknowledged.
    pub fn new(lines: usize, ended: Ended) -> Self {
        let folder = Folder::new();
        let stream = Stream::new(&folder, lines);
        let mut outsider = Outsider::start(folder.ingest("tills"));
        for (line, count) in stream.lines.iter().filter(|line| !line.trim().is_empty()).zip(1..) {
            outsider.say(line);
            assert_eq!(outsider.listen(count, PATIENCE), count, "each line is answered by itself");
        }
        match ended {
            Ended::Closed => drop(outsider.end()),
            Ended::Killed => drop(outsider.kill()),
        }
        let files = files(&folder.data());
        let has_log = files.iter().any(|(name, bytes)| name == "journal.db-wal" && !bytes.is_empty());
        assert_eq!(has_log, ended == Ended::Killed, "only a killed program leaves its log");
        let mut journal = judge::store(&folder.data()).read().expect("a sound store");
        let batches = judge::batches(&mut *journal).expect("a sound store");
        Self { files, header: journal.header().clone(), batches }
    }

    /// Where it ends.
    pub fn tip(&self) -> Tip {
        self.batches.last().map_or(self.header.tip(), Batch::tip)
    }

    /// The bytes of one of its files.
    pub fn bytes(&self, name: &str) -> &[u8] {
        let file = self.files.iter().find(|(file, _)| file == name);
        &file.unwrap_or_else(|| panic!("the store has no {name}")).1
    }

    /// Writes the files into a folder, and nothing else is in it then.
    pub fn put(&self, data: &Path) {
        fs::create_dir_all(data).expect("a folder");
        for entry in fs::read_dir(data).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if !self.files.iter().any(|(file, _)| *file == name) {
                fs::remove_file(path).expect("a file of an own folder");
            }
        }
        for (name, bytes) in &self.files {
            fs::write(data.join(name), bytes).expect("a file of an own folder");
        }
    }
}
