//! What a program did to a folder's files, read from strace's log: every change, every sync, every answer, in their
//! order. A call that changes files in a way that is not known here is an error, so that nothing is left out.

use std::collections::HashMap;

/// What is recorded.
pub const CALLS: &str = "trace=openat,creat,write,writev,pwrite64,pwritev,pwritev2,ftruncate,truncate,fallocate,\
    fsync,fdatasync,sync_file_range,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,mkdir,mkdirat,\
    rmdir,sendfile,copy_file_range,mmap";

/// SQLite's shared memory is left out: whoever opens first builds it anew.
const LEFT_OUT: &str = "-shm";

/// One thing that happened, with paths from the root of the recorded folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A file was opened to be written; it is new if there was none of this name, and empty if `empties`.
    Open {
        path: String,
        empties: bool,
    },
    Write {
        path: String,
        at: usize,
        bytes: Vec<u8>,
    },
    Cut {
        path: String,
        length: usize,
    },
    /// A file or a folder was synced, or could not be.
    Sync {
        path: String,
        done: bool,
    },
    Rename {
        from: String,
        to: String,
    },
    Remove {
        path: String,
    },
    MakeFolder {
        path: String,
    },
    /// The process began to print bytes on its standard output.
    Print {
        bytes: Vec<u8>,
    },
}

/// Reads a log line by line.
pub struct Reader {
    root: String,
    /// Calls of threads that have not returned yet.
    begun: HashMap<String, String>,
    /// Where the next write through a descriptor goes.
    offsets: HashMap<String, usize>,
    actions: Vec<Action>,
}

/// A call that has returned.
struct Call<'a> {
    name: &'a str,
    arguments: Vec<&'a str>,
    result: &'a str,
}

/// The actions of a log on the files under this folder.
pub fn read(log: &str, root: &str) -> Result<Vec<Action>, String> {
    let root = format!("{}/", root.trim_end_matches('/'));
    let mut reader = Reader { root, begun: HashMap::new(), offsets: HashMap::new(), actions: Vec::new() };
    for line in log.lines() {
        reader
            .line(line)
            .map_err(|what| format!("{what}: {}", line.chars().take(300).collect::<String>()))?;
    }
    Ok(reader.actions)
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), String> {
        let (thread, event) = line.split_once(' ').ok_or("a line without a thread")?;
        let event = event.trim_start();
        if event.starts_with("+++") || event.starts_with("---") {
            return Ok(());
        }
        if let Some(begun) = event.strip_suffix(" <unfinished ...>") {
            self.print(begun)?;
            self.begun.insert(thread.into(), begun.into());
            return Ok(());
        }
        let Some(resumed) = event.strip_prefix("<... ") else {
            self.print(event)?;
            return self.returned(event);
        };
        let (_, end) = resumed.split_once(" resumed>").ok_or("a call that resumes without a name")?;
        let begun = self.begun.remove(thread).ok_or("a call that was not begun")?;
        self.returned(&(begun + end))
    }

    /// Whoever reads the output may have read it as soon as the call began.
    fn print(&mut self, call: &str) -> Result<(), String> {
        if !call.starts_with("write(1<") {
            return Ok(());
        }
        let text = call.split(", ").nth(1).ok_or("a write of nothing")?;
        self.actions.push(Action::Print { bytes: quoted(text)? });
        Ok(())
    }

    fn returned(&mut self, event: &str) -> Result<(), String> {
        let call = Call::of(event)?;
        let argument = |place: usize| call.arguments.get(place).ok_or("too few arguments".to_string());
        let failed = call.result.starts_with('-') || call.result.starts_with('?');
        let action = match call.name {
            "fsync" | "fdatasync" if call.result.starts_with('?') => return Ok(()),
            "fsync" | "fdatasync" => {
                self.inside(argument(0)?)?.map(|path| Action::Sync { path, done: !failed })
            }
            _ if failed => return Ok(()),
            "openat" => self.opened(&call)?,
            "write" => self.wrote(&call)?,
            "pwrite64" => self.inside(argument(0)?)?.map(|path| written(path, &call)).transpose()?,
            "ftruncate" => {
                let length = number(argument(1)?)?;
                self.inside(argument(0)?)?.map(|path| Action::Cut { path, length })
            }
            "unlink" => self.inside(argument(0)?)?.map(|path| Action::Remove { path }),
            "mkdir" => self.inside(argument(0)?)?.map(|path| Action::MakeFolder { path }),
            "rename" => self
                .inside(argument(0)?)?
                .zip(self.inside(argument(1)?)?)
                .map(|(from, to)| Action::Rename { from, to }),
            "mmap" if !shares_writing(&call) => None,
            name => {
                let touched = call.arguments.iter().map(|text| self.inside(text));
                let touched: Vec<_> = touched.filter_map(Result::ok).flatten().collect();
                if touched.is_empty() {
                    None
                } else {
                    return Err(format!("{name} of {touched:?} is not known"));
                }
            }
        };
        self.actions.extend(action);
        Ok(())
    }

    fn opened(&mut self, call: &Call<'_>) -> Result<Option<Action>, String> {
        let descriptor = call.result.split('<').next().unwrap_or_default().to_string();
        self.offsets.insert(descriptor, 0);
        let flags = call.arguments.get(2).ok_or("an open without flags")?;
        if !flags.contains("O_CREAT") && !flags.contains("O_TRUNC") {
            return Ok(None);
        }
        let path = self.inside(call.result)?;
        Ok(path.map(|path| Action::Open { path, empties: flags.contains("O_TRUNC") }))
    }

    /// A write without a place goes on where the last one ended.
    fn wrote(&mut self, call: &Call<'_>) -> Result<Option<Action>, String> {
        let target = call.arguments.first().ok_or("a write to nothing")?;
        let Some(path) = self.inside(target)? else { return Ok(None) };
        let descriptor = target.split('<').next().unwrap_or_default();
        let offset = self.offsets.get_mut(descriptor).ok_or("a write to a file that was not opened")?;
        let bytes = content(call)?;
        let at = *offset;
        *offset += bytes.len();
        Ok(Some(Action::Write { path, at, bytes }))
    }

    /// The path from the root, unless it is elsewhere or left out.
    fn inside(&self, text: &str) -> Result<Option<String>, String> {
        let is_path = text.starts_with('"') || text.contains('<');
        if !is_path || text.ends_with("(deleted)") {
            return Ok(None);
        }
        let path = if text.starts_with('"') { quoted(text)? } else { decorated(text)? };
        let path = String::from_utf8(path).map_err(|error| error.to_string())?;
        if path == self.root.trim_end_matches('/') {
            return Ok(Some(String::new()));
        }
        let Some(path) = path.strip_prefix(&self.root) else { return Ok(None) };
        Ok((!path.ends_with(LEFT_OUT)).then(|| path.to_string()))
    }
}

impl<'a> Call<'a> {
    /// Texts are in hexadecimal, so that no bracket or comma is in them.
    fn of(event: &'a str) -> Result<Self, String> {
        let (name, rest) = event.split_once('(').ok_or("no call")?;
        let (arguments, result) = rest.rsplit_once(" = ").ok_or("a call without a result")?;
        let arguments = arguments.trim_end().strip_suffix(')').ok_or("a call without an end")?;
        Ok(Self { name, arguments: arguments.split(", ").collect(), result: result.trim() })
    }
}

fn written(path: String, call: &Call<'_>) -> Result<Action, String> {
    let at = number(call.arguments.get(3).ok_or("a write to no place")?)?;
    Ok(Action::Write { path, at, bytes: content(call)? })
}

/// The bytes that were written, which may be fewer than were given.
fn content(call: &Call<'_>) -> Result<Vec<u8>, String> {
    let text = call.arguments.get(1).ok_or("a write of nothing")?;
    let mut bytes = quoted(text)?;
    bytes.truncate(number(call.result)?);
    Ok(bytes)
}

fn shares_writing(call: &Call<'_>) -> bool {
    let has = |place: usize, flag: &str| call.arguments.get(place).is_some_and(|text| text.contains(flag));
    has(2, "PROT_WRITE") && has(3, "MAP_SHARED")
}

fn number(text: &str) -> Result<usize, String> {
    let digits = text.split(' ').next().unwrap_or_default();
    digits.parse().map_err(|_| format!("{text} is no number"))
}

/// `"\x41\x42"`
fn quoted(text: &str) -> Result<Vec<u8>, String> {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    hexadecimal(inner.ok_or("a text that is cut off")?)
}

/// `3<\x41\x42>`
fn decorated(text: &str) -> Result<Vec<u8>, String> {
    let inner = text.split_once('<').and_then(|(_, path)| path.strip_suffix('>'));
    hexadecimal(inner.ok_or("a descriptor without a path")?)
}

fn hexadecimal(text: &str) -> Result<Vec<u8>, String> {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len() / 4), text);
    while !rest.is_empty() {
        let (byte, after) = rest.split_at_checked(4).ok_or("half a byte")?;
        let digits = byte.strip_prefix("\\x").ok_or("a text that is not in hexadecimal")?;
        bytes.push(u8::from_str_radix(digits, 16).map_err(|error| error.to_string())?);
        rest = after;
    }
    Ok(bytes)
}

#[test]
fn calls_of_two_threads_are_put_together() {
    let log = "1 pwrite64(3<\\x2f\\x61\\x2f\\x62>, \"\\x01\\x02\", 2, 7 <unfinished ...>\n\
        2 write(1<\\x70>, \"\\x7b\", 1 <unfinished ...>\n1 <... pwrite64 resumed>) = 1\n\
        2 <... write resumed>)  = 1\n1 fsync(3<\\x2f\\x61\\x2f\\x62>) = -1 EIO (Input/output error) (INJECTED)\n\
        1 mkdir(\"\\x2f\\x61\\x2f\\x63\", 0777) = 0\n1 +++ killed by SIGKILL +++\n";
    let path = "b".to_string();
    let expected = [
        Action::Print { bytes: b"{".to_vec() },
        Action::Write { path: path.clone(), at: 7, bytes: vec![1] },
        Action::Sync { path, done: false },
        Action::MakeFolder { path: "c".into() },
    ];
    assert_eq!(read(log, "/a").expect("a log"), expected);
    assert!(read("1 rmdir(\"\\x2f\\x61\\x2f\\x63\") = 0", "/a").is_err());
}
