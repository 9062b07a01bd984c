//! The server as tests see it: databases, and every way to end it and start it again. Its port stays the same, so
//! that addresses hold over a restart. Must not be added: knowledge of what tests keep in it.

mod guard;
mod port;

use crate::programs::Programs;
use crate::user::User;
use guard::{Guard, Order};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs};

/// The password of the server's one user, which no message may show.
pub const PASSWORD: &str = "not-for-messages";

const USER: &str = "postgres";

/// Another server may take a port between the look for a free one and the start.
const PORTS_TO_TRY: usize = 5;

/// A server that is small, but as safe as one should be: nothing here turns off what keeps data.
const SETTINGS: [&str; 4] =
    ["listen_addresses=127.0.0.1", "shared_buffers=32MB", "max_connections=60", "max_wal_size=256MB"];

/// A running server. Dropped, it ends; its folder goes soon after.
pub struct Server {
    guard: Option<Guard>,
    port: u16,
    settings: Vec<String>,
    databases: AtomicU32,
    programs: Programs,
    user: User,
    folder: PathBuf,
}

impl Server {
    /// Starts a server.
    ///
    /// # Panics
    /// With the server's own words if it does not start.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// Starts a server with further settings, each as `name=value`.
    ///
    /// # Panics
    /// As [`Server::start`].
    #[must_use]
    pub fn start_with(settings: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the server").keep();
        let user = User::for_folder(&folder);
        user.own(&folder).expect("root gives away what it made");
        let settings = SETTINGS.iter().chain(settings).map(|&setting| setting.to_owned()).collect();
        let programs = Programs::find();
        let databases = AtomicU32::new(0);
        let mut server = Self { guard: None, port: 0, settings, databases, programs, user, folder };
        server.init();
        server.start_on_a_free_port();
        server
    }

    /// The server that the tests of one binary share. It ends with the process.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Server> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// The port on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address of a database, which need not be there.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{USER}:{PASSWORD}@127.0.0.1:{}/{database}", self.port)
    }

    /// Creates an empty database; gives its address.
    ///
    /// # Panics
    /// While the server is down.
    pub fn database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let mut create = self.program("createdb");
        create.arg("--host").arg(&self.folder).args(["--port", &self.port.to_string()]);
        run(create.args(["--username", USER, &name]));
        self.url(&name)
    }

    /// Ends every process of the server at once, as a crash does. Returns when they are gone.
    pub fn kill(&mut self) {
        self.end(Order::Kill);
    }

    /// Ends the server in an orderly way, without waiting for its clients.
    pub fn stop(&mut self) {
        self.end(Order::Stop);
    }

    /// Starts the server again on what it kept.
    ///
    /// # Panics
    /// If it still runs, or does not start.
    pub fn start_again(&mut self) {
        assert!(self.guard.is_none(), "the server still runs");
        self.guard = Some(self.run_server().unwrap_or_else(|log| panic!("the server did not start:\n{log}")));
    }

    /// [`Server::stop`] and [`Server::start_again`].
    pub fn restart(&mut self) {
        self.stop();
        self.start_again();
    }

    fn end(&mut self, order: Order) {
        if let Some(guard) = self.guard.take() {
            guard.end(order);
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Makes the data folder. Passwords are asked for over TCP alone: the socket lies in a folder that only the
    /// server's user may enter.
    fn init(&self) {
        let secret = self.folder.join("secret");
        fs::write(&secret, PASSWORD).expect("the folder was just made");
        self.user.own(&secret).expect("root gives away what it made");
        let mut init = self.program("initdb");
        init.args(["--no-sync", "--no-locale", "--encoding=UTF8", "--username", USER]);
        init.args(["--auth-local=trust", "--auth-host=scram-sha-256"]);
        run(init.arg("--pwfile").arg(&secret).arg("--pgdata").arg(self.data()));
    }

    fn start_on_a_free_port(&mut self) {
        let mut log = String::new();
        for _ in 0..PORTS_TO_TRY {
            self.port = port::free();
            match self.run_server() {
                Ok(guard) => {
                    self.guard = Some(guard);
                    return;
                }
                Err(complaint) => log = complaint,
            }
        }
        panic!("the server did not start:\n{log}");
    }

    fn run_server(&self) -> Result<Guard, String> {
        let mut server = vec![self.programs.path("postgres").into_os_string()];
        server.extend(["-D".into(), self.data().into(), "-p".into(), self.port.to_string().into()]);
        server.extend(["-k".into(), self.folder.clone().into()]);
        server.extend(self.settings.iter().flat_map(|setting| ["-c".into(), setting.into()]));
        Guard::start(self.command("sh"), &self.folder, &server)
    }

    fn program(&self, name: &str) -> Command {
        self.command(self.programs.path(name))
    }

    /// A command of the server's user, in a folder that this user may enter, and without what the environment
    /// says of other servers.
    fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.current_dir(&self.folder).stdin(Stdio::null()).env("LC_ALL", "C");
        for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PG")) {
            command.env_remove(name);
        }
        self.user.run(&mut command);
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.guard.take().is_none() {
            // Without a server there is no guard that would do it. What cannot be removed is no reason to fail a test.
            fs::remove_dir_all(&self.folder).unwrap_or_default();
        }
    }
}

fn run(command: &mut Command) {
    let output = command.output().expect("the program was found");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{:?} failed:\n{complaint}", command.get_program());
}
