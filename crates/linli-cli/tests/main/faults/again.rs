//! A state that a power cut left, and the program started on it: it must open by itself, have what was acknowledged,
//! and take the whole stream again. Must not be added here: how such states are made.

use super::disk::Files;
use super::folder::{Folder, PLAN, told};
use super::judge;
use super::stream::Stream;
use std::fs;
use std::path::Path;

/// Where a state that failed is kept to be looked at; cargo has this folder for tests.
const KEPT: &str = env!("CARGO_TARGET_TMPDIR");

/// Writes the files into a folder.
pub fn put(files: &Files, root: &Path) {
    for (name, bytes) in files {
        let path = root.join(name);
        fs::create_dir_all(path.parent().expect("a folder around it")).expect("a folder");
        fs::write(path, bytes).expect("a file of an own folder");
    }
}

/// Keeps a state that failed; gives where.
pub fn keep(files: &Files, name: &str) -> String {
    let root = Path::new(KEPT).join("faults").join(name);
    if root.is_dir() {
        fs::remove_dir_all(&root).expect("what was kept before");
    }
    put(files, &root);
    root.display().to_string()
}

/// Opens the state in this process; gives how many results it has, which are the first of the stream and nothing else.
pub fn opens(files: &Files, stream: &Stream) -> Result<usize, String> {
    let folder = Folder::in_memory();
    fs::create_dir(folder.data()).expect("a new folder");
    put(files, &folder.path("."));
    let results = judge::start(&folder.data(), PLAN).map_err(|fault| fault.to_string())?;
    stream.check(&results)?;
    Ok(results.matches('\n').count())
}

/// Sends the whole stream again to the real program, which must give what `linli replay` gives.
pub fn takes_the_stream(files: &Files, stream: &Stream) -> Result<(), String> {
    let folder = Folder::in_memory();
    put(files, &folder.path("."));
    let output = folder.run(folder.ingest("tills"), &stream.text());
    if !output.status.success() {
        return Err(format!("sent again: {}", told(&output)));
    }
    let results = String::from_utf8(output.stdout).expect("UTF-8");
    stream.check(&results)?;
    if results == stream.results { Ok(()) } else { Err("sent again: lines are missing at the end".into()) }
}
