//! What is counted for Prometheus: requests by route and status, how long they took, and where the journal is. Must not
//! be added here: a label that callers can choose, such as a path or an id.

use crate::app::App;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::time::Duration;

/// From a tenth of a millisecond to ten seconds.
const SECONDS: [f64; 14] =
    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0, 3.0, 10.0];

/// Which requests are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Answered {
    pub method: &'static str,
    pub route: String,
    pub status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Timed {
    route: String,
}

/// The counters.
pub struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Timed, Histogram>,
    in_flight: Gauge,
    view_seq: Gauge,
    waiting_entries: Gauge,
    is_writer_open: Gauge,
}

impl Metrics {
    pub fn new() -> Self {
        let metrics = Self {
            registry: Registry::with_prefix("linli"),
            requests: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            in_flight: Gauge::default(),
            view_seq: Gauge::default(),
            waiting_entries: Gauge::default(),
            is_writer_open: Gauge::default(),
        };
        metrics.registered()
    }

    fn registered(mut self) -> Self {
        let registry = &mut self.registry;
        registry.register("requests", "Requests answered", self.requests.clone());
        registry.register("request_seconds", "How long answers took", self.seconds.clone());
        registry.register("requests_in_flight", "Requests being worked on", self.in_flight.clone());
        registry.register("journal_seq", "The last command that readers see", self.view_seq.clone());
        registry.register(
            "waiting_commands",
            "Commands that wait for the writer",
            self.waiting_entries.clone(),
        );
        registry.register("writer_open", "Whether commands are taken: 1 or 0", self.is_writer_open.clone());
        self
    }

    /// A request has come.
    pub fn begin(&self) {
        self.in_flight.inc();
    }

    /// It has been answered, or whoever asked has gone.
    pub fn end(&self) {
        self.in_flight.dec();
    }

    pub fn count(&self, answered: &Answered, took: Duration) {
        self.seconds.get_or_create(&Timed { route: answered.route.clone() }).observe(took.as_secs_f64());
        self.requests.get_or_create(answered).inc();
    }

    /// Everything in the text form of OpenMetrics.
    pub fn text(&self, app: &App) -> String {
        let figure = |number: u64| i64::try_from(number).expect("far fewer than 2^63");
        self.view_seq.set(figure(app.view.seq()));
        let waiting_entries = app.with_writer(linli_engine::Writer::waiting_entries);
        self.waiting_entries.set(figure(waiting_entries.unwrap_or(0)));
        let is_open = app.with_writer(|writer| writer.check().is_ok()).unwrap_or(false);
        self.is_writer_open.set(is_open.into());
        let mut text = String::new();
        encode(&mut text, &self.registry).expect("a text takes whatever is written");
        text
    }
}
