//! What the handlers share: the economy to write and to read, who may call, and what is counted. Must not be added
//! here: what a route does.

use crate::answered::Answered;
use crate::config::{Bounds, Clock, Config};
use crate::disclosing::Disclosing;
use crate::effects::{self, Outbox};
use crate::files::Files;
use crate::guard::Guard;
use crate::keys::Keys;
use crate::links::Links;
use crate::metrics::Metrics;
use crate::paying::{Paying, Payments};
use crate::people::{Codes, Enrolling, Secrets};
use crate::problem::{Code, Problem};
use crate::rates::Rates;
use crate::server::{Economy, Messages};
use crate::sheets::Sheets;
use crate::signature::Nonces;
use crate::sold::Sold;
use linli_economy::time::Instant;
use linli_engine::books::Ledger;
use linli_engine::{Books, EngineFault, Place, Replica, Request, View, Writer};
use linli_outbox::Client;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::{OnceCell, Semaphore, watch};

/// How long a request waits for the ledger to be read.
const LEDGER_WAIT: Duration = Duration::from_secs(3);

/// The service's state.
pub struct App {
    /// None once the service has ended.
    writer: RwLock<Option<Writer>>,
    pub view: View,
    /// The seq that the view has reached.
    pub seen: watch::Receiver<u64>,
    pub place: Place,
    pub keys: Arc<dyn Keys>,
    /// The service's time, which is ahead of the world's where people have moved the clock of a sandbox.
    pub clock: Clock,
    /// The world's time, by which programs sign and time-based codes are made.
    pub world_clock: Clock,
    ahead_seconds: Arc<AtomicI64>,
    pub bounds: Bounds,
    pub nonces: Nonces,
    pub answered: Arc<Answered>,
    /// Looking for old results replays a part of the journal: one after the other.
    pub replays: Semaphore,
    pub metrics: Metrics,
    pub speaks_tls: bool,
    pub behind_proxy: bool,
    pub rates: Rates,
    pub secrets: Secrets,
    pub messages: Messages,
    pub codes: Codes,
    /// The time-based codes that people are setting up.
    pub enrolling: Enrolling,
    /// Whether the ledger has been read from the journal.
    ledger: watch::Receiver<bool>,
    pub outbox: Outbox,
    /// What calls those who want to hear of events.
    pub client: Client,
    /// The file of the plan that the economy opened with, once somebody has asked for it.
    pub first_plan: OnceCell<String>,
    /// Who moves money.
    pub payments: Payments,
    pub paying: Arc<Paying>,
    pub files: Files,
    pub links: Links,
    pub sheets: Arc<Sheets>,
    pub sold: Sold,
    pub disclosing: Disclosing,
    pub guard: Guard,
}

impl App {
    pub fn new(config: &Config, links: Links, economy: Economy) -> Self {
        let Economy { place, writer, view, keys, vault, messages, outbox, payments, files } = economy;
        let (seeing, seen) = watch::channel(view.seq());
        let (reading, ledger) = watch::channel(false);
        view.keep_ledger(place.store.clone(), move |read| match read {
            Ok(()) => drop(reading.send_replace(true)),
            Err(fault) => tracing::error!(%fault, "the ledger cannot be read from the journal"),
        });
        view.on_advance(move |seq| {
            seeing.send_replace(seq);
        });
        let paying = Arc::new(Paying::default());
        let heard = paying.clone();
        view.on_entry(move |entry, answer| heard.hear(entry, answer));
        let ahead_seconds = Arc::new(AtomicI64::new(0));
        let (world_clock, ahead) = (config.clock.clone(), ahead_seconds.clone());
        let clock: Clock = Arc::new(move || world_clock() + ahead.load(Ordering::SeqCst));
        let guard = Guard::new(payments.provider.get().is_real());
        let app = Self {
            writer: RwLock::new(Some(writer)),
            view,
            seen,
            place,
            keys,
            clock,
            world_clock: config.clock.clone(),
            ahead_seconds,
            bounds: config.bounds,
            nonces: Nonces::default(),
            answered: Arc::new(Answered::of_at_most(config.bounds.answered_bytes)),
            replays: Semaphore::new(1),
            metrics: Metrics::new(),
            speaks_tls: config.tls.is_some(),
            behind_proxy: config.behind_proxy,
            rates: Rates::new(&config.rates),
            secrets: Secrets::new(vault),
            messages,
            codes: Codes::default(),
            enrolling: Enrolling::default(),
            ledger,
            outbox: Outbox::new(outbox),
            client: effects::client(config.webhooks.clone()),
            first_plan: OnceCell::new(),
            payments,
            paying,
            files: Files::new(files),
            links,
            sheets: Arc::new(Sheets::new()),
            sold: Sold::default(),
            disclosing: Disclosing::default(),
            guard,
        };
        app.set_clock();
        app
    }

    /// Brings the clock to where people have moved it.
    pub fn set_clock(&self) {
        // A view that shows nothing answers no request either.
        if let Ok(ahead) = self.look(|replica| replica.platform().clock.ahead_seconds()) {
            self.ahead_seconds.store(ahead, Ordering::SeqCst);
        }
    }

    /// The time by the service's clock.
    pub fn now(&self) -> Instant {
        Instant { seconds: (self.clock)(), nanoseconds: 0 }
    }

    /// How far the clock was moved.
    pub fn ahead_seconds(&self) -> i64 {
        self.ahead_seconds.load(Ordering::SeqCst)
    }

    /// Asks the writer something, if there still is one.
    pub fn with_writer<T>(&self, ask: impl FnOnce(&Writer) -> T) -> Option<T> {
        self.writer.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(ask)
    }

    /// Hands a request to the writer.
    pub fn submit(&self, request: Request) -> Result<(), Problem> {
        let submitted = self.with_writer(|writer| writer.submit(request));
        let Some(submitted) = submitted else {
            return Err(Problem::new(Code::Stopped, "the service is ending"));
        };
        submitted.map_err(|busy| match busy.retry_after {
            Some(after) => Problem::new(Code::Busy, busy.why).retry_after(after),
            None => Problem::new(Code::Stopped, busy.why),
        })
    }

    /// Looks at the state.
    pub fn look<T>(&self, look: impl FnOnce(&Replica) -> T) -> Result<T, Problem> {
        self.view.read(look).map_err(|stopped| Problem::new(Code::NotReady, stopped.to_string()))
    }

    /// Looks at the state, with the books of the same moment.
    pub fn look_up<T>(&self, look: impl FnOnce(&Replica, &Books) -> T) -> Result<T, Problem> {
        self.view.read_books(look).map_err(|stopped| Problem::new(Code::NotReady, stopped.to_string()))
    }

    /// Looks at the state with the ledger of the same moment; waits a moment where it is still being read.
    pub async fn look_ledger<T>(&self, look: impl FnOnce(&Replica, &Ledger) -> T) -> Result<T, Problem> {
        self.look_ledger_and_books(|replica, _, ledger| look(replica, ledger)).await
    }

    /// As [`App::look_ledger`], with the other books too.
    pub async fn look_ledger_and_books<T>(
        &self,
        look: impl FnOnce(&Replica, &Books, &Ledger) -> T,
    ) -> Result<T, Problem> {
        let mut ledger = self.ledger.clone();
        // Whoever has waited long enough is told so below.
        let _ = tokio::time::timeout(LEDGER_WAIT, ledger.wait_for(|is_read| *is_read)).await;
        let looked =
            self.look_up(|replica, books| books.ledger().map(|ledger| look(replica, books, ledger)))?;
        looked.ok_or_else(|| {
            let detail = "the statements are still being read from the journal";
            Problem::new(Code::NotReady, detail).retry_after(LEDGER_WAIT)
        })
    }

    /// Ends the writer after what it has taken.
    pub fn close(&self) -> Result<(), EngineFault> {
        let writer = self.writer.write().unwrap_or_else(PoisonError::into_inner).take();
        writer.map_or(Ok(()), |writer| writer.close().map(drop))
    }
}
