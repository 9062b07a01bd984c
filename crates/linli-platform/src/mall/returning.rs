//! A return: some or all pieces of an order on their way back, from asked to refunded. Must not be added here: an
//! amount of money; what is refunded follows from the pieces and from what the economy has of the order.

use super::book::{Book, Entry};
use super::items::{Part, parts_fen};
use super::order::{Order, Parcel};
use crate::refusal::{Code, Refusal};
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// The returns that there are.
pub type Returns = Book<Return, ReturnState>;

/// Where a return stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ReturnState {
    /// The supplier is to answer.
    Asked,
    /// The platform is to answer: the supplier has not in time, or the member has appealed.
    Escalated,
    /// The member is to send the goods back.
    Agreed,
    /// The goods are on their way back.
    SentBack,
    /// The goods are there, or the member keeps them; the money is to follow.
    Arrived,
    /// The member has the money.
    Refunded,
    /// There is nothing to be returned.
    Refused,
    /// The member does not want it any more, or has not sent the goods back in time.
    Withdrawn,
}

impl ReturnState {
    /// Every state there is.
    pub const ALL: [Self; 8] = [
        Self::Asked,
        Self::Escalated,
        Self::Agreed,
        Self::SentBack,
        Self::Arrived,
        Self::Refunded,
        Self::Refused,
        Self::Withdrawn,
    ];

    /// The name by which people and programs know it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Escalated => "escalated",
            Self::Agreed => "agreed",
            Self::SentBack => "sent_back",
            Self::Arrived => "arrived",
            Self::Refunded => "refunded",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Where a return can go from here. Any that is not refunded ends when its order is given back whole.
    #[must_use]
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Asked => &[Self::Escalated, Self::Agreed, Self::Arrived, Self::Refused, Self::Withdrawn],
            Self::Escalated => &[Self::Agreed, Self::Arrived, Self::Refused, Self::Withdrawn],
            Self::Agreed => &[Self::SentBack, Self::Withdrawn],
            Self::SentBack => &[Self::Arrived, Self::Refused, Self::Withdrawn],
            Self::Arrived => &[Self::Refunded],
            Self::Refused => &[Self::Escalated],
            Self::Refunded | Self::Withdrawn => &[],
        }
    }

    /// Whether somebody is still to do something before the money is due: as long, the order is not final.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Asked | Self::Escalated | Self::Agreed | Self::SentBack)
    }

    /// Whether its pieces can be in no other return.
    #[must_use]
    pub fn holds_pieces(self) -> bool {
        self.is_open() || matches!(self, Self::Arrived | Self::Refunded)
    }
}

/// Why something is returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reason {
    /// The member does not want it after all.
    ChangedMind,
    /// It does not do what it should.
    Faulty,
    /// It is not what was described.
    NotAsDescribed,
    /// Something else came, or not all of it.
    WrongOrMissing,
    /// It never came.
    NeverCame,
}

/// Where the goods of a return are to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Goods {
    /// Back to the supplier.
    Back,
    /// Nowhere: the member keeps them, or never had them.
    Kept,
}

/// What becomes of goods that came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Restock {
    /// They are free stock again.
    Yes,
    /// They cannot be sold again, or nobody has looked at them.
    No,
}

/// A return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// Names it here, and its refund in the economy.
    pub id: String,
    /// Of which order.
    pub order: String,
    /// Who returns.
    pub member: String,
    /// To whom.
    pub supplier: String,
    /// What.
    pub parts: Vec<Part>,
    /// Why.
    pub reason: Reason,
    /// What the member says, sealed; may be empty.
    pub sealed_text: Vec<u8>,
    /// Ids of pictures.
    pub pictures: Vec<String>,
    /// Where it stands.
    pub state: ReturnState,
    /// When it was asked for.
    pub asked_at: Instant,
    /// When the service does what is due next.
    pub until: Option<Instant>,
    /// Until when the member may appeal a refusal; a refusal by the platform and a second one stand.
    pub appeal_until: Option<Instant>,
    /// Where to send the goods, or why not, sealed.
    pub sealed_answer: Vec<u8>,
    /// How the goods go back.
    pub parcel: Option<Parcel>,
}

impl Return {
    /// List prices of its pieces.
    #[must_use]
    pub fn list_fen(&self, order: &Order) -> u64 {
        parts_fen(&order.items, &self.parts)
    }

    /// Takes one edge.
    pub(super) fn go(&mut self, state: ReturnState, until: Option<Instant>) {
        assert!(self.state.next().contains(&state), "checked: the edge is there");
        self.state = state;
        self.until = until;
        self.appeal_until = None;
    }

    pub(super) fn check_state(&self, states: &[ReturnState]) -> Result<(), Refusal> {
        if states.contains(&self.state) {
            return Ok(());
        }
        let names: Vec<_> = states.iter().map(|state| state.name()).collect();
        let (id, is) = (&self.id, self.state.name());
        let message = format!("the return {id} is {is}, and this is for one that is {}", names.join(" or "));
        Err(Refusal::new(Code::ReturnState, message))
    }
}

impl Entry for Return {
    type State = ReturnState;

    fn id(&self) -> &str {
        &self.id
    }

    fn member(&self) -> &str {
        &self.member
    }

    fn supplier(&self) -> &str {
        &self.supplier
    }

    fn state(&self) -> ReturnState {
        self.state
    }

    fn deadline(&self) -> Option<Instant> {
        self.until
    }
}
