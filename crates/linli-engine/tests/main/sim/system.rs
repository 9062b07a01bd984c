//! One simulated system: a caller that sends a stream and learns only what it is told, the engine, and the naive
//! model beside them.

use super::rotten::Rotten;
use super::weather::{Event, Weather};
use crate::support::faulty::Faulty;
use linli_economy::Economy;
use linli_economy::command::Line;
use linli_engine::resume::resume;
use linli_engine::{Form, Group, Limits, Origin, Place, Replica, Stamp, Unanswered, Writer, snapshots};
use linli_journal::{Header, Store};
use linli_naive::Naive;
use linli_random::Stream;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// Groups of lines in one simulation.
const GROUPS: usize = 60;

const STREAM: &str = "simulated";

/// Doubt ends at once: a simulation has no time.
const LIMITS: Limits = Limits {
    waiting_entries: 100,
    batch_entries: 50,
    batch_bytes: 10_000,
    pause: Duration::from_micros(10),
    doubt: Duration::ZERO,
};

pub struct System {
    seed: u64,
    stream: Stream,
    weather: Weather,
    store: Faulty,
    rotten: Rotten,
    place: Place,
    naive: Naive,
    /// Follows the journal beside the writer.
    replica: Replica,
    /// The lines so far.
    lines: Vec<String>,
}

impl System {
    pub fn new(seed: u64) -> Self {
        let mut stream = Stream::new(seed);
        let plan = stream.plan();
        let (store, rotten) = (Faulty::new(&plan), Rotten::default());
        let place = Place { store: Arc::new(store.clone()), snapshots: Arc::new(rotten.clone()) };
        let naive = Naive::open(&plan).expect("a sound plan");
        let replica = Replica::genesis(&Header::new(plan)).expect("a sound plan");
        let weather = Weather::new(seed);
        Self { seed, stream, weather, store, rotten, place, naive, replica, lines: Vec::new() }
    }

    pub fn run(mut self) {
        let mut writer = self.start();
        for _ in 0..GROUPS {
            let sent = self.lines.len();
            for _ in 0..self.weather.lines() {
                let line = self.stream.line();
                self.lines.push(line);
            }
            let group = self.lines[sent..].to_vec();
            self.send(&writer, sent as u64, &group);
            match self.weather.event() {
                Event::Nothing => {}
                Event::Restart => {
                    // It may be on its way back from a fault; then it has nothing to finish.
                    drop(writer.close());
                    writer = self.start();
                }
                Event::Snapshot => {
                    snapshots::make(&*self.place.snapshots, &mut *self.reader()).expect("made");
                }
                Event::Rot => self.rotten.rot(|bytes| self.weather.rot(bytes)),
                Event::Follow => self.follow(),
            }
        }
        let left = writer.close().or_else(|_| self.start().close()).expect("nothing fails any more");
        self.follow();
        self.check(left.economy());
    }

    fn start(&self) -> Writer {
        self.store.unreachable(0);
        Writer::start(self.place.clone(), LIMITS)
            .unwrap_or_else(|fault| panic!("seed {}: {fault}", self.seed))
            .0
    }

    /// A connection, however often it takes.
    fn reader(&self) -> Box<dyn linli_journal::Journal> {
        self.store.unreachable(0);
        self.store.read().expect("it can be reached")
    }

    /// Sends a group until it is known to be applied, and compares its results with the naive model's.
    fn send(&mut self, writer: &Writer, after: u64, lines: &[String]) {
        let group = group(after, lines);
        let last = after + lines.len() as u64;
        let json = loop {
            self.weather.before_append(&self.store);
            match writer.ask(group.clone(), Stamp::AsSent, Form::Json) {
                Ok(answers) => break answers.json,
                Err(Unanswered::NotApplied { .. }) => {}
                // It may have been applied: then the journal has the answers.
                Err(
                    Unanswered::InDoubt { .. } | Unanswered::OutOfTurn { .. } | Unanswered::Stopped { .. },
                ) => {
                    if let Some(json) = self.answers_in_journal(after, last) {
                        break json;
                    }
                }
            }
        };
        for (line, ours) in lines.iter().zip(json.lines()) {
            let theirs = self.naive.apply(line);
            let ours = result(ours);
            self.stream.learn(ours["ok"] == true);
            assert!(ours == theirs, "seed {}, {line}\nengine {ours}\nnaive  {theirs}", self.seed);
        }
        assert_eq!(json.lines().count(), lines.len(), "seed {}", self.seed);
    }

    /// The results of these lines, if the journal has them.
    fn answers_in_journal(&self, after: u64, last: u64) -> Option<String> {
        let mut journal = self.reader();
        let opened = snapshots::open(&*self.place.snapshots, &mut *journal).expect("it opens");
        let stream = opened.replica.streams().get(STREAM)?;
        if stream.last_line < last {
            return None;
        }
        let mut json = String::new();
        let resumed = resume(&*self.place.snapshots, &mut *journal, STREAM, stream, |origin, answer| {
            if origin.line > after {
                answer.write_json(&mut json);
                json.push('\n');
            }
            true
        });
        resumed.expect("it replays");
        Some(json)
    }

    fn follow(&mut self) {
        let mut journal = self.reader();
        let end = journal.tip().expect("an end").seq;
        self.replica.catch_up(&mut *journal, end, |_| ()).expect("it replays");
    }

    /// At the end all agree: who wrote, who followed, who starts anew, and the naive model.
    fn check(&self, left: &Economy) {
        let seed = self.seed;
        let opened = snapshots::open(&*self.place.snapshots, &mut *self.reader()).expect("it opens");
        assert_eq!(left.digest(), self.replica.economy().digest(), "seed {seed}: the replica");
        assert_eq!(left.digest(), opened.replica.economy().digest(), "seed {seed}: a new start");
        assert_eq!(left.seq(), self.lines.len() as u64, "seed {seed}: each line once");
        left.state().check().unwrap_or_else(|broken| panic!("seed {seed}: {broken}"));
        assert_eq!(balances(left), self.naive.balances(), "seed {seed}");
    }
}

fn group(after: u64, lines: &[String]) -> Group {
    let mut group = Group::of_stream(STREAM.into(), after);
    for (line, number) in lines.iter().zip(after + 1..) {
        group.push_line(Origin::of(number, line.as_bytes()), &Line::read(number, line.as_bytes()));
    }
    group
}

/// A result line without its message, its postings in one order.
fn result(line: &str) -> Value {
    let mut value: Value = serde_json::from_str(line).expect("a result is JSON");
    value.as_object_mut().expect("an object").remove("message");
    if let Some(postings) = value.get_mut("postings").and_then(Value::as_array_mut) {
        postings.sort_by_key(|posting| (posting["account"].to_string(), posting["asset"].to_string()));
    }
    value
}

fn balances(economy: &Economy) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut balances: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (account, asset, amount) in economy.balances() {
        let mut text = String::new();
        linli_economy::decimal::write(&mut text, amount, asset.decimals());
        balances.entry(account).or_default().insert(asset.name().to_string(), text);
    }
    balances
}
