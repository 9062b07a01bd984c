//! A model of a disk: which changes to files and names a power cut must keep, because they were synced, and which it
//! may lose or tear. From a recorded run it makes the states that a power cut could leave.
//!
//! It promises less than most file systems do: the name of a new file is kept only by a sync of its folder, changes
//! may be lost in any combination, and bytes that a failed sync did not write no later sync does.

use super::chance::Chance;
use super::trace::Action;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

/// The files of a folder by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// One change; it belongs to a file, whatever that is called.
struct Change {
    file: usize,
    what: What,
    is_settled: bool,
    /// A sync has failed, so that none settles it any more.
    is_given_up: bool,
}

enum What {
    /// The file got a name.
    Name(String),
    /// The name is gone.
    NoName(String),
    /// The name became another.
    Renamed(String, String),
    Folder(String),
    Write(usize, Vec<u8>),
    Cut(usize),
}

/// How much of a change a power cut leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    None,
    All,
    /// The sectors before the one with this place in the file.
    Before(usize),
    /// That one and those after it.
    From(usize),
}

/// A state that a power cut could leave, and how it came about.
pub struct State {
    pub how: String,
    pub files: Files,
}

/// The disk as the recorded actions made it.
#[derive(Default)]
pub struct Disk {
    changes: Vec<Change>,
    names: HashMap<String, usize>,
    files: usize,
}

impl Disk {
    /// Takes the next action in.
    pub fn take(&mut self, action: &Action) {
        match action {
            Action::Open { path, empties } => {
                let file = self.names.get(path).copied();
                let file = file.unwrap_or_else(|| self.new_file(path));
                if *empties {
                    self.change(file, What::Cut(0));
                }
            }
            Action::Write { path, at, bytes } => {
                self.change(self.names[path], What::Write(*at, bytes.clone()));
            }
            Action::Cut { path, length } => self.change(self.names[path], What::Cut(*length)),
            Action::Sync { path, done } => self.sync(path, *done),
            Action::Rename { from, to } => {
                let file = self.names.remove(from).expect("a file that is renamed is there");
                self.names.insert(to.clone(), file);
                self.change(file, What::Renamed(from.clone(), to.clone()));
            }
            Action::Remove { path } => {
                if let Some(file) = self.names.remove(path) {
                    self.change(file, What::NoName(path.clone()));
                }
            }
            Action::MakeFolder { path } => {
                self.files += 1;
                self.change(self.files - 1, What::Folder(path.clone()));
            }
            Action::Print { .. } => {}
        }
    }

    fn new_file(&mut self, path: &str) -> usize {
        self.files += 1;
        self.names.insert(path.into(), self.files - 1);
        self.change(self.files - 1, What::Name(path.into()));
        self.files - 1
    }

    fn change(&mut self, file: usize, what: What) {
        self.changes.push(Change { file, what, is_settled: false, is_given_up: false });
    }

    /// A file's sync settles its bytes, a folder's the names in it.
    fn sync(&mut self, path: &str, done: bool) {
        let file = self.names.get(path).copied();
        let is_meant = |change: &Change| match &change.what {
            What::Write(..) | What::Cut(_) => Some(change.file) == file,
            What::Name(name) | What::NoName(name) | What::Renamed(_, name) | What::Folder(name) => {
                file.is_none() && folder_of(name) == path
            }
        };
        for change in self.changes.iter_mut().filter(|change| is_meant(change)) {
            change.is_settled |= done && !change.is_given_up;
            change.is_given_up |= !done && !change.is_of_a_name();
        }
    }

    /// Everything that happened, as the process sees it.
    pub fn whole(&self) -> Files {
        self.state(|_, _| Part::All)
    }

    /// Only what must be there.
    pub fn settled(&self) -> Files {
        self.state(|_, _| Part::None)
    }

    /// What is there if the changes that are not settled are kept so.
    fn state(&self, mut part: impl FnMut(usize, &Change) -> Part) -> Files {
        let mut contents = vec![Vec::new(); self.files];
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        let mut folders = BTreeSet::from([""]);
        for (place, change) in self.changes.iter().enumerate() {
            let part = if change.is_settled { Part::All } else { part(place, change) };
            if part == Part::None {
                continue;
            }
            match &change.what {
                What::Name(name) => drop(names.insert(name, change.file)),
                What::Renamed(from, to) => {
                    if names.get(from.as_str()) == Some(&change.file) {
                        names.remove(from.as_str());
                    }
                    names.insert(to, change.file);
                }
                What::NoName(name) => drop(names.remove(name.as_str())),
                What::Folder(name) => drop(folders.insert(name)),
                What::Cut(length) => contents[change.file].resize(*length, 0),
                What::Write(at, bytes) => write(&mut contents[change.file], *at, bytes, part),
            }
        }
        let there = names.into_iter().filter(|(name, _)| folders.contains(folder_of(name)));
        there.map(|(name, file)| (name.to_string(), contents[file].clone())).collect()
    }

    /// The states that a power cut now could leave: the systematic ones, and so many by chance.
    pub fn states(&self, chance: &mut Chance, by_chance: usize) -> Vec<State> {
        let mut states = vec![
            State { how: "all that was done".into(), files: self.whole() },
            State { how: "only what was synced".into(), files: self.settled() },
        ];
        let loose: Vec<(usize, &Change)> =
            self.changes.iter().enumerate().filter(|(_, change)| !change.is_settled).collect();
        let mut add = |how: String, part: &mut dyn FnMut(usize, &Change) -> Part| {
            states.push(State { how, files: self.state(part) });
        };
        for part in [Part::All, Part::None] {
            let opposite = if part == Part::All { Part::None } else { Part::All };
            let how = format!("names {part:?}, bytes {opposite:?}");
            add(how, &mut |_, change| if change.is_of_a_name() { part } else { opposite });
            for file in loose.iter().map(|(_, change)| change.file).collect::<BTreeSet<_>>() {
                let how = format!("file {file} {part:?}, others {opposite:?}");
                add(how, &mut |_, change| if change.file == file { part } else { opposite });
            }
        }
        let torn = loose.iter().rev().find_map(|(place, change)| Some((*place, change.middle()?)));
        if let Some((last, middle)) = torn {
            for part in [Part::Before(middle), Part::From(middle)] {
                let how = format!("change {last} torn, {part:?}");
                add(how, &mut |place, _| if place == last { part } else { Part::All });
            }
            let (how, part) =
                (format!("only what was synced and half of change {last}"), Part::Before(middle));
            add(how, &mut |place, _| if place == last { part } else { Part::None });
        }
        let by_chance = if loose.is_empty() { 0 } else { by_chance };
        for number in 0..by_chance {
            add(format!("chance {number}"), &mut |_, change| change.by_chance(chance));
        }
        states
    }
}

impl Change {
    fn is_of_a_name(&self) -> bool {
        !matches!(self.what, What::Write(..) | What::Cut(_))
    }

    /// The sector in the middle of a write of more than one.
    fn middle(&self) -> Option<usize> {
        let What::Write(at, bytes) = &self.what else { return None };
        let (first, last) = (at / SECTOR, (at + bytes.len()).saturating_sub(1) / SECTOR);
        (last > first).then(|| (first + last).div_ceil(2) * SECTOR)
    }

    fn by_chance(&self, chance: &mut Chance) -> Part {
        match (chance.within(0..8), self.middle()) {
            (0, Some(middle)) => Part::Before(middle),
            (1, Some(middle)) => Part::From(middle),
            (0..4, _) => Part::None,
            _ => Part::All,
        }
    }
}

/// Writes the part of the bytes that is kept; what was not written before is zero.
fn write(content: &mut Vec<u8>, at: usize, bytes: &[u8], part: Part) {
    let end = at + bytes.len();
    let (from, to) = match part {
        Part::None => return,
        Part::All => (at, end),
        Part::Before(place) => (at, place.clamp(at, end)),
        Part::From(place) => (place.clamp(at, end), end),
    };
    if content.len() < to {
        content.resize(to, 0);
    }
    content[from..to].copy_from_slice(&bytes[from - at..to - at]);
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[test]
fn only_what_was_synced_must_be_there() {
    let path = || "a".to_string();
    let write = |at, bytes: &[u8]| Action::Write { path: path(), at, bytes: bytes.to_vec() };
    let mut disk = Disk::default();
    let texts = |files: Files| files.into_values().collect::<Vec<_>>();
    for action in [
        Action::Open { path: path(), empties: false },
        write(0, b"one"),
        Action::Sync { path: path(), done: true },
    ] {
        disk.take(&action);
    }
    assert!(disk.settled().is_empty(), "its folder was not synced");
    disk.take(&Action::Sync { path: String::new(), done: true });
    disk.take(&write(3, &[b'x'; 2 * SECTOR]));
    assert_eq!(texts(disk.settled()), [b"one".to_vec()]);
    let torn = |state: &State| state.how.contains("torn");
    let torn: Vec<usize> = disk
        .states(&mut Chance::new(1), 0)
        .iter()
        .filter(|state| torn(state))
        .map(|state| state.files["a"].len())
        .collect();
    assert_eq!(torn, [SECTOR, 3 + 2 * SECTOR]);
    disk.take(&Action::Sync { path: path(), done: false });
    disk.take(&Action::Sync { path: path(), done: true });
    assert_eq!(texts(disk.settled()), [b"one".to_vec()], "a sync that failed has lost it");
}
