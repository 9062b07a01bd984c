//! Files in a folder, each written whole under another name first, so that none is ever seen half. When one was last asked
//! for is its time of modification. Must not be added here: a second place for anything.

use super::{FileStore, check_name, is_file_name};
use crate::fault::Fault;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The files beneath a folder, which is made when the first one is kept.
pub struct FileFolder {
    folder: PathBuf,
    /// A look at a file's time and what is done because of it are one.
    changing: Mutex<()>,
}

impl FileFolder {
    /// The files in this folder.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, changing: Mutex::new(()) }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn write(&self, name: &str, bytes: &[u8], at: SystemTime) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let half = self.folder.join(format!("{name}.half"));
        let mut file = File::create(&half)?;
        file.write_all(bytes)?;
        file.set_modified(at)?;
        file.sync_all()?;
        fs::rename(&half, self.path(name))?;
        File::open(&self.folder)?.sync_all()
    }

    fn fault(&self, what: &str, error: &io::Error) -> Fault {
        let folder = self.folder.display();
        Fault::Unavailable { what: format!("cannot {what} the files in {folder}: {error}") }
    }
}

fn time(seconds: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(u64::try_from(seconds).unwrap_or_default())
}

fn touch(path: &Path, at: SystemTime) -> io::Result<()> {
    let file = OpenOptions::new().write(true).open(path)?;
    if file.metadata()?.modified()? < at {
        file.set_modified(at)?;
    }
    Ok(())
}

/// None for what is not there.
fn there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

impl FileStore for FileFolder {
    fn keep(&self, name: &str, bytes: &[u8], at_seconds: i64) -> Result<(), Fault> {
        check_name(name)?;
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let at = time(at_seconds);
        let kept = there(touch(&self.path(name), at)).and_then(|touched| match touched {
            Some(()) => Ok(()),
            None => self.write(name, bytes, at),
        });
        kept.map_err(|error| self.fault("add to", &error))
    }

    fn touch(&self, name: &str, at_seconds: i64) -> Result<bool, Fault> {
        check_name(name)?;
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let touched = there(touch(&self.path(name), time(at_seconds)));
        touched.map(|touched| touched.is_some()).map_err(|error| self.fault("look at", &error))
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        check_name(name)?;
        there(fs::read(self.path(name))).map_err(|error| self.fault("read", &error))
    }

    fn untouched_since(&self, seconds: i64) -> Result<Vec<String>, Fault> {
        let listed = there(fs::read_dir(&self.folder)).and_then(|entries| {
            let mut names = Vec::new();
            for entry in entries.into_iter().flatten() {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if is_file_name(&name) && entry.metadata()?.modified()? < time(seconds) {
                    names.push(name);
                }
            }
            Ok(names)
        });
        listed.map_err(|error| self.fault("list", &error))
    }

    fn remove_untouched(&self, name: &str, since_seconds: i64) -> Result<(), Fault> {
        check_name(name)?;
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let removed = there(fs::metadata(self.path(name))).and_then(|found| match found {
            Some(found) if found.modified()? < time(since_seconds) => fs::remove_file(self.path(name)),
            _ => Ok(()),
        });
        removed.map_err(|error| self.fault("take away one of", &error))
    }
}
