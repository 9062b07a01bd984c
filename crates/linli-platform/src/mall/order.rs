//! An order of the mall: one supplier's part of a basket, on its way from placed to settled. Whether its money is there
//! only the economy knows. Must not be added here: an amount that does not follow from its items and freight.

use super::book::{Book, Entry};
use super::items::{Item, cost_fen, list_fen};
use crate::refusal::{Code, Refusal};
use linli_economy::plan::OrderDays;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// The orders that there are.
pub type Orders = Book<Order, OrderState>;

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum OrderState {
    /// Its pieces are reserved until it is paid.
    Placed,
    /// Its money is there; the supplier is to ship it.
    Paid,
    /// It is on its way.
    Shipped,
    /// The member has it; it is final some days later.
    Received,
    /// Everybody has their part of it.
    Settled,
    /// It was given back, or given up before it was paid.
    Cancelled,
    /// Nobody paid it in time.
    Lapsed,
}

impl OrderState {
    /// Every state there is.
    pub const ALL: [Self; 7] = [
        Self::Placed,
        Self::Paid,
        Self::Shipped,
        Self::Received,
        Self::Settled,
        Self::Cancelled,
        Self::Lapsed,
    ];

    /// The name by which people and programs know it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Paid => "paid",
            Self::Shipped => "shipped",
            Self::Received => "received",
            Self::Settled => "settled",
            Self::Cancelled => "cancelled",
            Self::Lapsed => "lapsed",
        }
    }

    /// Where an order can go from here.
    #[must_use]
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Placed => &[Self::Paid, Self::Cancelled, Self::Lapsed],
            Self::Paid => &[Self::Shipped, Self::Cancelled],
            Self::Shipped => &[Self::Received, Self::Cancelled],
            Self::Received => &[Self::Settled, Self::Cancelled],
            Self::Settled | Self::Cancelled | Self::Lapsed => &[],
        }
    }
}

/// A parcel with its carrier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Who carries it.
    pub carrier: String,
    /// The carrier's number of it.
    pub number: String,
    /// When this was said.
    pub at: Instant,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Names it here and in the economy.
    pub id: String,
    /// The basket that it was placed with.
    pub basket: String,
    /// Who ordered.
    pub member: String,
    /// From whom.
    pub supplier: String,
    /// What.
    pub items: Vec<Item>,
    /// What is paid for freight, 0 for none.
    pub freight_fen: u64,
    /// Where to, sealed; empty once the order has ended.
    pub sealed_address: Vec<u8>,
    /// Where it stands.
    pub state: OrderState,
    /// When it was placed.
    pub placed_at: Instant,
    /// When the service does what is due next.
    pub until: Option<Instant>,
    /// The days of the plan that it was paid under, from its confirmation on.
    pub days: Option<OrderDays>,
    /// What was said of the shipment: the last is true, those before were corrected.
    pub parcels: Vec<Parcel>,
    /// When the member had it.
    pub received_at: Option<Instant>,
    /// Its returns, in order of coming.
    pub returns: Vec<String>,
    /// List prices of the pieces that were refunded.
    pub refunded_list_fen: u64,
    /// Why it was cancelled, sealed; empty where nobody said.
    pub sealed_reason: Vec<u8>,
}

impl Order {
    /// List prices of all pieces.
    #[must_use]
    pub fn items_fen(&self) -> u64 {
        list_fen(&self.items)
    }

    /// L: list prices and freight.
    #[must_use]
    pub fn list_total_fen(&self) -> u64 {
        self.items_fen() + self.freight_fen
    }

    /// What the supplier gets: the pieces' costs and the freight.
    #[must_use]
    pub fn cost_fen(&self) -> u64 {
        cost_fen(&self.items) + self.freight_fen
    }

    /// The days of its plan.
    pub(super) fn days(&self) -> OrderDays {
        self.days.expect("an order has them from its confirmation on, before it is shipped")
    }

    /// Takes one edge. An order that has ended needs no address.
    pub(super) fn go(&mut self, state: OrderState, until: Option<Instant>) {
        assert!(self.state.next().contains(&state), "checked: the edge is there");
        self.state = state;
        self.until = until;
        if state.next().is_empty() {
            self.sealed_address = Vec::new();
        }
    }

    pub(super) fn check_state(&self, states: &[OrderState]) -> Result<(), Refusal> {
        if states.contains(&self.state) {
            return Ok(());
        }
        let names: Vec<_> = states.iter().map(|state| state.name()).collect();
        let (id, is) = (&self.id, self.state.name());
        let message = format!("the order {id} is {is}, and this is for one that is {}", names.join(" or "));
        Err(Refusal::new(Code::MallOrderState, message))
    }

    /// Whether the moment has come until which it waits.
    pub(super) fn check_due(&self, now: Instant) -> Result<(), Refusal> {
        match self.until {
            Some(until) if until <= now => Ok(()),
            until => Err(too_early(&format!("the order {}", self.id), until, now)),
        }
    }
}

impl Entry for Order {
    type State = OrderState;

    fn id(&self) -> &str {
        &self.id
    }

    fn member(&self) -> &str {
        &self.member
    }

    fn supplier(&self) -> &str {
        &self.supplier
    }

    fn state(&self) -> OrderState {
        self.state
    }

    fn deadline(&self) -> Option<Instant> {
        self.until
    }
}

/// The refusal of what the service does before its time.
pub fn too_early(what: &str, until: Option<Instant>, now: Instant) -> Refusal {
    let until = until.map_or_else(|| "somebody has acted".to_owned(), |until| until.to_string());
    Refusal::new(Code::MallTooEarly, format!("{what} waits until {until}, and now it is {now}"))
}
