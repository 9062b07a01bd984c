//! Who runs the server. PostgreSQL refuses root, so root lends the server's folder to another user; everybody else
//! runs it as they are. Must not be added: creating a user.

use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::{fs, io};

/// Debian's package brings the first; the second is everywhere.
const NAMES: [&str; 2] = ["postgres", "nobody"];

/// The user of the server's processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum User {
    /// Whoever runs the test.
    Same,
    /// Another, by their numbers.
    Other { user: u32, group: u32 },
}

impl User {
    /// The user for a server in this folder, which was made by whoever runs the test.
    ///
    /// # Panics
    /// As root on a system without any other user.
    pub fn for_folder(folder: &Path) -> Self {
        let made_by = fs::metadata(folder).expect("the folder was just made").uid();
        if made_by != 0 {
            return Self::Same;
        }
        let users = fs::read_to_string("/etc/passwd").expect("every system lists its users");
        let found = NAMES.iter().find_map(|name| in_list(&users, name));
        found.expect("PostgreSQL refuses to run as root, and this system has no other user for it")
    }

    /// Gives the user a folder or a file.
    pub fn own(self, path: &Path) -> io::Result<()> {
        match self {
            Self::Same => Ok(()),
            Self::Other { user, group } => chown(path, Some(user), Some(group)),
        }
    }

    /// Lets the user run this.
    pub fn run(self, command: &mut Command) {
        if let Self::Other { user, group } = self {
            // Further groups of root go with the change of the user.
            command.uid(user).gid(group);
        }
    }
}

/// The user of this name in the form of the system's list: `name:x:user:group:…`.
fn in_list(users: &str, name: &str) -> Option<User> {
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        if fields.next() != Some(name) {
            return None;
        }
        let user = fields.nth(1)?.parse().ok()?;
        let group = fields.next()?.parse().ok()?;
        Some(User::Other { user, group })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_the_whole_name() {
        let users = "root:x:0:0::/:/bin/sh\npostgresql:x:1:1::/:\npostgres:x:101:104:a, b:/var:/bin/sh\n";
        assert_eq!(in_list(users, "postgres"), Some(User::Other { user: 101, group: 104 }));
        assert_eq!(in_list(users, "nobody"), None);
        assert_eq!(in_list("postgres:x:no:number", "postgres"), None);
    }
}
