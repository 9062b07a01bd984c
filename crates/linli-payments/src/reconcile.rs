//! Reconciliation of a day: what the platform recorded = what the provider's bill says = what the journal posted. Each
//! difference is listed with its cause and the amounts on all three sides. Must not be added here: mending one.
//!
//! Not all money that arrived is in the journal: some waits for its orders, some is due back because it paid none. The
//! platform says of each movement how much of it stands apart so; the journal has the rest.

mod cause;

pub use cause::Cause;

use crate::amount::{Amount, yuan};
use crate::bill::{BillLine, Kind};
use crate::day::Day;
use crate::id::Id;
use std::collections::BTreeMap;
use std::fmt;

/// A movement of money as one side has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What moved.
    pub kind: Kind,
    /// What it is known by on all sides: of a payment the provider's id of the charge, else the id of the refund, the
    /// payout or the split.
    pub key: Id,
    /// How much.
    pub amount: Amount,
    /// When, by the provider's clock, in seconds since 1970.
    pub at: i64,
}

impl Entry {
    /// A line of a bill.
    #[must_use]
    pub fn of_line(line: &BillLine) -> Self {
        let key = match (line.kind, &line.charge) {
            (Kind::Payment, Some(charge)) => charge,
            _ => &line.id,
        };
        Self { kind: line.kind, key: key.clone(), amount: line.amount, at: line.at }
    }
}

/// A movement as the platform has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The movement.
    pub entry: Entry,
    /// How much of it the journal does not have, in fen, because it waits for its orders or paid none.
    pub apart_fen: u64,
}

/// The three sides of a day.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'a> {
    /// What the platform recorded: a movement each.
    pub platform: &'a [Recorded],
    /// The lines of the provider's bill.
    pub provider: &'a [Entry],
    /// What the journal posted: of one movement there may be several, an order each.
    pub journal: &'a [Entry],
}

/// What came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciliation {
    /// Of which day.
    pub day: Day,
    /// By kind: how much each side has.
    pub totals: BTreeMap<Kind, Totals>,
    /// Every difference, by kind and key.
    pub differences: Vec<Difference>,
}

impl Reconciliation {
    /// Whether all three sides have the same.
    #[must_use]
    pub fn is_even(&self) -> bool {
        self.differences.is_empty()
    }
}

/// How much each side has of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The platform.
    pub platform: Sum,
    /// What of it stands apart from the journal, in fen.
    pub apart_fen: u128,
    /// The provider's bill.
    pub provider: Sum,
    /// The journal.
    pub journal: Sum,
}

/// Movements together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many.
    pub count: u64,
    /// How much, in fen.
    pub fen: u128,
}

impl Sum {
    fn add(&mut self, amount: Amount) {
        self.count += 1;
        self.fen += u128::from(amount.fen());
    }
}

/// A movement that the sides do not have alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What moved.
    pub kind: Kind,
    /// Which one.
    pub key: Id,
    /// Why.
    pub cause: Cause,
    /// What the platform has, in fen; none if it has nothing.
    pub platform_fen: Option<u128>,
    /// What of it stands apart from the journal, in fen.
    pub apart_fen: u128,
    /// What the bill has.
    pub provider_fen: Option<u128>,
    /// What the journal has.
    pub journal_fen: Option<u128>,
}

impl Difference {
    /// What it is known by; it never changes.
    #[must_use]
    pub fn code(&self) -> String {
        self.cause.code(self.kind)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |fen: Option<u128>| fen.map_or("nothing".to_owned(), text);
        write!(
            f,
            "{} {}: {}; platform {} ({} apart), bill {}, journal {}",
            self.kind.as_str(),
            self.key,
            self.cause,
            side(self.platform_fen),
            text(self.apart_fen),
            side(self.provider_fen),
            side(self.journal_fen)
        )
    }
}

/// Sums of at most 2^64 amounts of 10^13 fen.
fn text(fen: u128) -> String {
    yuan(i128::try_from(fen).expect("below 2^127"))
}

/// Compares the sides of a day.
#[must_use]
pub fn reconcile(day: Day, sides: &Sides<'_>) -> Reconciliation {
    let mut found: BTreeMap<(Kind, &Id), Found> = BTreeMap::new();
    let mut totals: BTreeMap<Kind, Totals> = BTreeMap::new();
    for Recorded { entry, apart_fen } in sides.platform {
        let of_kind = totals.entry(entry.kind).or_default();
        of_kind.platform.add(entry.amount);
        of_kind.apart_fen += u128::from(*apart_fen);
        let of_key = found.entry((entry.kind, &entry.key)).or_default();
        of_key.platform.add(day, entry);
        of_key.apart_fen += u128::from(*apart_fen);
    }
    for entry in sides.provider {
        totals.entry(entry.kind).or_default().provider.add(entry.amount);
        found.entry((entry.kind, &entry.key)).or_default().provider.add(day, entry);
    }
    for entry in sides.journal {
        totals.entry(entry.kind).or_default().journal.add(entry.amount);
        found.entry((entry.kind, &entry.key)).or_default().journal.add(day, entry);
    }
    let differences = found.iter().flat_map(|((kind, key), found)| found.differences(*kind, key)).collect();
    Reconciliation { day, totals, differences }
}

/// One movement on all sides.
#[derive(Default)]
struct Found {
    platform: Side,
    apart_fen: u128,
    provider: Side,
    journal: Side,
}

/// One movement on one side.
#[derive(Default)]
struct Side {
    sum: Sum,
    /// Some of it is of another day.
    is_of_other_day: bool,
}

impl Side {
    fn add(&mut self, day: Day, entry: &Entry) {
        self.sum.add(entry.amount);
        self.is_of_other_day |= !day.has(entry.at);
    }

    fn fen(&self) -> Option<u128> {
        (self.sum.count > 0).then_some(self.sum.fen)
    }
}

impl Found {
    fn differences(&self, kind: Kind, key: &Id) -> Vec<Difference> {
        let difference = |cause| Difference {
            kind,
            key: key.clone(),
            cause,
            platform_fen: self.platform.fen(),
            apart_fen: self.apart_fen,
            provider_fen: self.provider.fen(),
            journal_fen: self.journal.fen(),
        };
        self.causes().into_iter().map(difference).collect()
    }
}
