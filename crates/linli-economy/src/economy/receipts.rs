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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Account, Posting};
    use crate::handle::MemberId;
    use crate::outcome::Exit;
    use crate::pool::Pool;
    use crate::units::{Fen, Points};

    #[test]
    fn each_note_occupies_its_own_bytes_beside_the_others() {
        let mut receipts = Receipts::default();
        assert_eq!(receipts.bytes(), 0);
        let bare = Outcome::new(&Pool::open(0, 100));
        let mut moved = bare.clone();
        moved.money(Account::ExternalCapital, Fen(-1));
        moved.money(Account::PoolReserve, Fen(1));
        let mut exited = moved.clone();
        let member = MemberId::at(0).expect("the first");
        exited.exits.push(Exit { member, points: Points(1), payout: Fen(1) });
        let moves = 2 * size_of::<Posting>();
        for (outcome, lines) in [(&bare, 0), (&moved, moves), (&exited, moves + size_of::<Exit>())] {
            let before = receipts.bytes();
            let receipt = receipts.keep(outcome);
            assert_eq!(receipts.bytes() - before, size_of::<Outcome>() + lines);
            assert_eq!(receipts.get(receipt), outcome);
        }
        let receipt = ReceiptId::at(0).expect("the first");
        let before = receipts.bytes();
        receipts.order_opened(OrderId::at(0).expect("the first"), Digest::default(), Some(receipt));
        let opened = receipts.bytes();
        receipts.own_applied(IdKind::Inject, Digest::default(), receipt);
        receipts.own_applied(IdKind::Fee, Digest::default(), receipt);
        assert_eq!(opened - before, size_of::<(Digest, Option<ReceiptId>)>());
        assert_eq!(receipts.bytes() - opened, 2 * size_of::<(Digest, ReceiptId)>());
    }
}
