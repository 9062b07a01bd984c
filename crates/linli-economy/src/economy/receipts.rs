//! What a repeated id is answered with: the digest of the content it came with, and its first result, kept
//! whole only where it does not follow from the order.

use crate::command::{Digest, IdKind};
use crate::handle::{OrderId, ReceiptId};
use crate::outcome::Outcome;
use serde::{Deserialize, Serialize};

/// First results and the contents that they answered.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Receipts {
    kept: Vec<Outcome>,
    /// By order: the content that opened it, and the result if the order was only paid.
    orders: Vec<(Digest, Option<ReceiptId>)>,
    /// By kind of command and number of its id.
    own: [Vec<(Digest, ReceiptId)>; IdKind::COUNT],
}

impl Receipts {
    /// Keeps a result whole.
    pub fn keep(&mut self, outcome: &Outcome) -> ReceiptId {
        let postings = outcome.merged();
        let exits = outcome.exits.clone();
        self.kept.push(Outcome { postings, exits, ..*outcome });
        ReceiptId::at(self.kept.len() - 1).expect("fewer results than commands")
    }

    /// A result kept whole.
    pub fn get(&self, receipt: ReceiptId) -> &Outcome {
        &self.kept[receipt.index()]
    }

    /// Notes how an order was opened; orders come in the order of their handles.
    pub fn order_opened(&mut self, order: OrderId, content: Digest, receipt: Option<ReceiptId>) {
        debug_assert_eq!(order.index(), self.orders.len(), "every order is noted when it is opened");
        self.orders.push((content, receipt));
    }

    /// The content that opened an order.
    pub fn order_content(&self, order: OrderId) -> Digest {
        self.orders[order.index()].0
    }

    /// The result of paying for an order, if it was not settled in one.
    pub fn order_paid(&self, order: OrderId) -> Option<ReceiptId> {
        self.orders[order.index()].1
    }

    /// Notes a command with an id of its own; ids come in the order of their numbers.
    pub fn own_applied(&mut self, kind: IdKind, content: Digest, receipt: ReceiptId) {
        self.own[kind as usize].push((content, receipt));
    }

    /// The content and the result of a command with an id of its own.
    pub fn own(&self, kind: IdKind, number: usize) -> (Digest, ReceiptId) {
        self.own[kind as usize][number]
    }

    /// Bytes that it occupies, the results kept whole included.
    pub fn bytes(&self) -> usize {
        let lines = |outcome: &Outcome| {
            size_of_val(outcome) + size_of_val(&outcome.postings[..]) + size_of_val(&outcome.exits[..])
        };
        let own: usize = self.own.iter().map(|own| size_of_val(&own[..])).sum();
        self.kept.iter().map(lines).sum::<usize>() + size_of_val(&self.orders[..]) + own
    }
}
