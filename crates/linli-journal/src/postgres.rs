//! The journal on PostgreSQL 15 or newer: two tables in a schema of their own. The fence stands in the database; a
//! lock of the session keeps a second writer out early, and an append tells those who wait.
//!
//! Acknowledged means that the server has it on its disk. Nothing is tried again here: a connection that broke
//! stays broken, and its journal must be opened anew.

mod address;
mod append;
mod failure;
mod lock;
mod read;
mod schema;
mod session;

use crate::batch::{Batch, Tip};
use crate::fault::Fault;
use crate::header::Header;
use crate::journal::{Journal, Store};
use crate::stored;
use address::Address;
use failure::Failure;
pub use failure::error_text;
use postgres::error::SqlState;
use postgres::fallible_iterator::FallibleIterator;
use postgres::{Client, Statement};
use session::Purpose;
use std::time::{Duration, Instant};

/// How often a waiting reader looks even though nobody told it of an append.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// The same on a server that lets nobody listen, as one that follows another.
const POLL: Duration = Duration::from_millis(20);

/// A journal in a database.
#[derive(Clone, Debug)]
pub struct PostgresStore {
    address: Address,
}

impl PostgresStore {
    /// The journal in the database of this address (`postgres://user:password@host:port/database`, or `key=value`
    /// pairs), whether it is there or not. Nothing is reached yet.
    ///
    /// # Errors
    /// [`Fault::Unsafe`] if the address is not understood, or asks for TLS, which this release does not have.
    pub fn new(address: &str) -> Result<Self, Fault> {
        Ok(Self { address: Address::parse(address)? })
    }

    /// How to reach the database, for whoever keeps other tables beside the journal.
    #[must_use]
    pub fn config(&self) -> postgres::Config {
        self.address.config()
    }

    fn connect(&self, purpose: Purpose) -> Result<Client, Fault> {
        session::open(&self.address, purpose).map_err(|failure| self.fault("open", failure))
    }

    fn open(&self, role: Role) -> Result<Box<dyn Journal>, Fault> {
        let mut client = self.connect(role.purpose())?;
        if role == Role::Writer {
            lock::take(&mut client).map_err(|failure| self.fault("take the lock of", failure))?;
        }
        let header = schema::header(&mut client);
        let header = header.map_err(|failure| self.fault("read the header of", failure))?;
        let header = header.ok_or_else(|| Fault::Missing { place: self.place() })?.checked()?;
        let mut prepare = |statement| {
            client.prepare(statement).map_err(|error| self.fault("read the tables of", error.into()))
        };
        let statements = Statements {
            last: prepare(read::LAST)?,
            from: prepare(read::FROM)?,
            insert: prepare(append::INSERT)?,
        };
        let store = self.clone();
        Ok(Box::new(PostgresJournal { store, client, header, role, statements, told: Told::NotYet }))
    }

    fn fault(&self, what: &str, failure: Failure) -> Fault {
        failure.fault(what, self.address.place())
    }
}

impl Store for PostgresStore {
    fn create(&self, header: &Header) -> Result<Header, Fault> {
        let mut client = self.connect(Purpose::Append)?;
        let header = schema::create(&mut client, header);
        header.map_err(|failure| self.fault("create", failure))?.checked()
    }

    fn read(&self) -> Result<Box<dyn Journal>, Fault> {
        self.open(Role::Reader)
    }

    fn write(&self) -> Result<Box<dyn Journal>, Fault> {
        self.open(Role::Writer)
    }

    fn rival(&self) -> Result<Box<dyn Journal>, Fault> {
        self.open(Role::Rival)
    }

    fn place(&self) -> String {
        self.address.place().into()
    }
}

/// What a connection may do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Reader,
    /// The one writer, as long as its session holds the lock.
    Writer,
    /// Appends without the lock.
    Rival,
}

impl Role {
    fn purpose(self) -> Purpose {
        match self {
            Self::Reader => Purpose::Read,
            Self::Writer | Self::Rival => Purpose::Append,
        }
    }
}

struct Statements {
    last: Statement,
    from: Statement,
    insert: Statement,
}

/// Whether the server tells this connection of appends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    NotYet,
    Yes,
    Never,
}

/// A connection to a journal in a database.
struct PostgresJournal {
    store: PostgresStore,
    client: Client,
    header: Header,
    role: Role,
    statements: Statements,
    told: Told,
}

impl PostgresJournal {
    /// Asks to be told of appends from now on.
    fn listen(&mut self) -> Result<Told, Failure> {
        match self.client.batch_execute(schema::LISTEN) {
            Err(error) if error.code() == Some(&SqlState::READ_ONLY_SQL_TRANSACTION) => Ok(Told::Never),
            listens => Ok(listens.map(|()| Told::Yes)?),
        }
    }

    /// Forgets what was told before now, so that it does not wake anybody again.
    fn forget(&mut self) -> Result<(), Failure> {
        let mut notifications = self.client.notifications();
        let mut notifications = notifications.iter();
        while notifications.next()?.is_some() {}
        Ok(())
    }

    /// Waits until something is told, or for so long.
    fn pause(&mut self, at_most: Duration) -> Result<(), Failure> {
        let mut notifications = self.client.notifications();
        notifications.timeout_iter(at_most).next()?;
        Ok(())
    }
}

impl Journal for PostgresJournal {
    fn header(&self) -> &Header {
        &self.header
    }

    fn tip(&mut self) -> Result<Tip, Fault> {
        let tip = read::tip(&mut self.client, &self.statements.last);
        let tip = tip.map_err(|failure| self.store.fault("read the end of", failure))?;
        Ok(tip.unwrap_or_else(|| self.header.tip()))
    }

    fn append(&mut self, batches: &[Batch]) -> Result<(), Fault> {
        if self.role == Role::Reader {
            return Err(Fault::Unsafe { what: "this connection was opened to read".into() });
        }
        let Some(first) = batches.first() else { return Ok(()) };
        append::in_order(batches)?;
        match append::append(&mut self.client, &self.statements.insert, batches) {
            Err(error) if append::is_fenced(&error) => {
                let found = self.tip()?;
                Err(Fault::Fenced { expected: first.follows(), found })
            }
            appended => appended.map_err(|error| self.store.fault("append to", error.into())),
        }
    }

    fn read(&mut self, after: u64, most_bytes: usize) -> Result<Vec<Batch>, Fault> {
        let rows = read::rows(&mut self.client, &self.statements.from, after, most_bytes);
        let rows = rows.map_err(|failure| self.store.fault("read", failure))?;
        stored::checked(rows, after)
    }

    fn wait(&mut self, after: u64, timeout: Duration) -> Result<bool, Fault> {
        let deadline = Instant::now() + timeout;
        loop {
            // In this order: what is told after the look at the tip ends the next pause.
            self.forget().map_err(|failure| self.store.fault("wait for", failure))?;
            if self.tip()?.seq > after {
                return Ok(true);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(false);
            }
            if self.told == Told::NotYet {
                self.told = self.listen().map_err(|failure| self.store.fault("wait for", failure))?;
                continue;
            }
            let pause = if self.told == Told::Yes { LOOK_AGAIN } else { POLL };
            self.pause(left.min(pause)).map_err(|failure| self.store.fault("wait for", failure))?;
        }
    }
}
