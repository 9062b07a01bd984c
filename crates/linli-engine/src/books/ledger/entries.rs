//! The entries that posted something: number, time, name, and the order that they are about. Must not be added here: what
//! they posted.

use crate::answered::Answered;
use crate::entries::{Body, Entry};
use linli_economy::command::Command;
use linli_economy::handle::OrderId;
use linli_economy::names::Names;
use linli_economy::time::Instant;

const NONE: u32 = u32::MAX;

/// All of them in their order.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    notes: Vec<Note>,
    /// The names of commands and acts that came, by the numbers that notes have.
    names: Vec<&'static str>,
    ids: Names,
    /// The last note about each order, by its place.
    of_order: Vec<u32>,
}

/// One entry.
#[derive(Clone, Copy, Debug)]
struct Note {
    seq: u64,
    at: Instant,
    first_line: u32,
    /// The place of its own id, if it has one beside its order's.
    id: u32,
    order: Option<OrderId>,
    /// The note before it that is about the same order.
    before: u32,
    command: u8,
    act: u8,
}

/// An entry that posted something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noted<'l> {
    /// Its number in the journal; 0 is the opening.
    pub seq: u64,
    /// Its time.
    pub at: Instant,
    /// The command, such as `refund`.
    pub command: &'static str,
    /// The act that carried it out, if one did.
    pub act: Option<&'static str>,
    /// Its own id, if it has one beside its order's.
    pub id: Option<&'l str>,
    /// The order that it is about.
    pub order: Option<OrderId>,
}

impl Notes {
    /// The opening.
    pub fn genesis(&mut self, at: Instant) {
        let command = self.name("genesis");
        let act = self.name("");
        self.notes.push(Note {
            seq: 0,
            at,
            first_line: 0,
            id: NONE,
            order: None,
            before: NONE,
            command,
            act,
        });
    }

    /// Adds an entry whose lines begin here.
    pub fn add(&mut self, entry: &Entry<'_>, command: &Command<'_>, answer: &Answered<'_>, first_line: u32) {
        let economy = answer.economy();
        let order = command.order().map(|order| economy.order_id(order).expect("its command was accepted"));
        let id = match command.order() {
            Some(order) if command.subject() == &**order => NONE,
            _ => self.id(command.subject()),
        };
        let act = match &entry.body {
            Body::Act(performed) => performed.deed.act.name(),
            Body::Line(_) => "",
        };
        let (command, act) = (self.name(command.name()), self.name(act));
        let place = u32::try_from(self.notes.len()).expect("fewer entries than lines");
        let before = order.map_or(NONE, |order| self.replace_last(order, place));
        let (seq, at) = (answer.seq(), economy.state().clock());
        self.notes.push(Note { seq, at, first_line, id, order, before, command, act });
    }

    fn id(&mut self, text: &str) -> u32 {
        let place = self.ids.find(text).unwrap_or_else(|| self.ids.insert(text));
        u32::try_from(place).expect("fewer ids than lines")
    }

    /// The place of a name; there are some dozens.
    fn name(&mut self, name: &'static str) -> u8 {
        let place = self.names.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        });
        u8::try_from(place).expect("fewer names than commands and acts that carry one")
    }

    fn replace_last(&mut self, order: OrderId, place: u32) -> u32 {
        if self.of_order.len() <= order.index() {
            self.of_order.resize(order.index() + 1, NONE);
        }
        std::mem::replace(&mut self.of_order[order.index()], place)
    }

    /// The entry at a place.
    pub fn at(&self, place: usize) -> Noted<'_> {
        let note = &self.notes[place];
        let act = self.names[usize::from(note.act)];
        Noted {
            seq: note.seq,
            at: note.at,
            command: self.names[usize::from(note.command)],
            act: (!act.is_empty()).then_some(act),
            id: (note.id != NONE).then(|| self.ids.text(note.id as usize)),
            order: note.order,
        }
    }

    /// The place of the entry that a line is of.
    pub fn of_line(&self, line: u32) -> usize {
        self.notes.partition_point(|note| note.first_line <= line) - 1
    }

    /// The first line of the entry at a place and of the one after it.
    pub fn lines(&self, place: usize, end: u32) -> std::ops::Range<u32> {
        self.notes[place].first_line..self.notes.get(place + 1).map_or(end, |next| next.first_line)
    }

    /// The first line at or after a time.
    pub fn first_line_since(&self, at: Instant, end: u32) -> u32 {
        let place = self.notes.partition_point(|note| note.at < at);
        self.notes.get(place).map_or(end, |note| note.first_line)
    }

    /// The places of the entries about an order, the oldest first.
    pub fn about(&self, order: OrderId) -> Vec<usize> {
        let last = self.of_order.get(order.index()).copied().unwrap_or(NONE);
        let place = |place: u32| (place != NONE).then_some(place as usize);
        let mut places: Vec<usize> =
            std::iter::successors(place(last), |&at| place(self.notes[at].before)).collect();
        places.reverse();
        places
    }
}
