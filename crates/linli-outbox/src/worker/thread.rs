//! The store on a thread of its own: its calls wait for a disk or a server. A connection that broke is opened anew.
//! Must not be added here: what is asked of it.

use crate::store::{Outbox, OutboxFault, Store};
use std::sync::{Arc, mpsc};
use std::thread;
use tokio::sync::oneshot;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// The store, as tasks ask it. The thread ends with the last of them.
#[derive(Clone)]
pub struct StoreThread {
    jobs: mpsc::Sender<Job>,
}

impl std::fmt::Debug for StoreThread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StoreThread")
    }
}

struct Connection {
    store: Arc<dyn Store>,
    open: Option<Box<dyn Outbox>>,
}

impl StoreThread {
    /// Begins; the outbox is opened when it is first asked.
    #[must_use]
    pub fn start(store: Arc<dyn Store>) -> Self {
        let (jobs, queue) = mpsc::channel::<Job>();
        thread::spawn(move || {
            let mut connection = Connection { store, open: None };
            queue.into_iter().for_each(|job| job(&mut connection));
        });
        Self { jobs }
    }

    /// Asks the store something.
    ///
    /// # Errors
    /// Those of opening and of what is asked.
    pub async fn call<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut dyn Outbox) -> Result<T, OutboxFault> + Send + 'static,
    ) -> Result<T, OutboxFault> {
        let (sender, receiver) = oneshot::channel();
        let job = move |connection: &mut Connection| {
            // Whoever asked may be gone.
            let _ = sender.send(connection.ask(ask));
        };
        let gone = || OutboxFault::Unavailable { what: "a bug has ended the thread of the outbox".into() };
        self.jobs.send(Box::new(job)).map_err(|_| gone())?;
        receiver.await.map_err(|_| gone())?
    }
}

impl Connection {
    fn ask<T>(
        &mut self,
        ask: impl FnOnce(&mut dyn Outbox) -> Result<T, OutboxFault>,
    ) -> Result<T, OutboxFault> {
        let mut outbox = match self.open.take() {
            Some(outbox) => outbox,
            None => self.store.open()?,
        };
        let answer = ask(&mut *outbox);
        if !answer.as_ref().is_err_and(OutboxFault::is_retryable) {
            self.open = Some(outbox);
        }
        answer
    }
}
