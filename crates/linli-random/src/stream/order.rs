//! Random commands of orders.

use super::{Pending, Stream, money};

impl Stream {
    pub(super) fn settle(&mut self) -> String {
        let (order, member, store, amount) =
            (self.new_order(), self.maybe_member(), self.store(), self.amount());
        self.pending = Some(Pending::Order(order.clone(), amount));
        format!(r#""cmd":"settle","order":"{order}"{member},"store":"{store}","amount":"{}""#, money(amount))
    }

    pub(super) fn pay(&mut self) -> String {
        let (order, member, store, amount) =
            (self.new_order(), self.maybe_member(), self.store(), self.amount());
        self.pending = Some(Pending::Order(order.clone(), amount));
        let from_spend = if !member.is_empty() && self.random.percent(30) {
            format!(r#","from_spend":"{}""#, money(self.random.magnitude(amount)))
        } else {
            String::new()
        };
        format!(
            r#""cmd":"pay","order":"{order}"{member},"store":"{store}","amount":"{}"{from_spend}"#,
            money(amount)
        )
    }

    pub(super) fn mall(&mut self, name: &str) -> String {
        let (order, member, list) = (self.new_order(), self.member(), self.amount());
        let cost = self.random.magnitude((list / 3).max(1));
        self.pending = Some(Pending::Order(order.clone(), list - list / 2));
        let supplier = self.random.below(3);
        format!(
            r#""cmd":"{name}","order":"{order}","member":"{member}","supplier":"U{supplier}","list_total":"{}","cost":"{}""#,
            money(list),
            money(cost)
        )
    }

    pub(super) fn about_order(&mut self, name: &str) -> String {
        let (order, _) = self.order();
        format!(r#""cmd":"{name}","order":"{order}""#)
    }

    pub(super) fn give_back(&mut self, name: &str) -> String {
        let (order, amount) = self.order();
        let part = match self.random.below(4) {
            0 => amount,
            1 => (amount / 2).max(1),
            2 => self.random.below(3) + 1,
            _ => self.random.magnitude(amount.max(1)),
        };
        let id = self.id();
        format!(r#""cmd":"{name}","{name}":"{id}","order":"{order}","amount":"{}""#, money(part))
    }
}
