//! Ids to handles and back; an unknown one is refused with its kind's code.

use super::Economy;
use crate::command::IdKind;
use crate::handle::{MemberId, OrderId, PayoutId, StoreId, SupplierId};
use crate::names::Names;
use crate::refusal::{Code, Refusal};
use serde::{Deserialize, Serialize};

/// The texts of all ids.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Ids {
    pub members: Names,
    pub stores: Names,
    pub suppliers: Names,
    pub orders: Names,
    /// The ids of commands that have one of their own; those of withdrawals are the payouts'.
    pub own: [Names; IdKind::COUNT],
}

impl Economy {
    pub(super) fn member(&self, id: &str) -> Result<MemberId, Refusal> {
        let found = self.ids.members.find(id).and_then(MemberId::at);
        found.ok_or_else(|| Refusal::new(Code::UnknownMember, format!("there is no member {id}")))
    }

    pub(super) fn optional_member(&self, id: Option<&str>) -> Result<Option<MemberId>, Refusal> {
        id.map(|id| self.member(id)).transpose()
    }

    pub(super) fn store(&self, id: &str) -> Result<StoreId, Refusal> {
        let found = self.ids.stores.find(id).and_then(StoreId::at);
        found.ok_or_else(|| Refusal::new(Code::UnknownStore, format!("there is no store {id}")))
    }

    pub(super) fn supplier(&self, id: &str) -> Result<SupplierId, Refusal> {
        let found = self.ids.suppliers.find(id).and_then(SupplierId::at);
        let exists = found.filter(|&supplier| self.state.supplier_exists(supplier));
        exists.ok_or_else(|| {
            Refusal::new(Code::UnknownSupplier, format!("no order of a supplier {id} has been settled"))
        })
    }

    /// The handle of a member by id.
    #[must_use]
    pub fn member_id(&self, id: &str) -> Option<MemberId> {
        self.member(id).ok()
    }

    /// The handle of an order by id.
    #[must_use]
    pub fn order_id(&self, id: &str) -> Option<OrderId> {
        self.ids.orders.find(id).and_then(OrderId::at)
    }

    /// The handle of a store by id.
    #[must_use]
    pub fn store_id(&self, id: &str) -> Option<StoreId> {
        self.store(id).ok()
    }

    /// The handle of a payout by the id of its withdrawal.
    #[must_use]
    pub fn payout_id(&self, id: &str) -> Option<PayoutId> {
        self.ids.own[IdKind::Withdraw as usize].find(id).and_then(PayoutId::at)
    }

    /// The id of a member.
    #[must_use]
    pub fn member_name(&self, member: MemberId) -> &str {
        self.ids.members.text(member.index())
    }

    /// The id of a store.
    #[must_use]
    pub fn store_name(&self, store: StoreId) -> &str {
        self.ids.stores.text(store.index())
    }

    /// The id of a supplier.
    #[must_use]
    pub fn supplier_name(&self, supplier: SupplierId) -> &str {
        self.ids.suppliers.text(supplier.index())
    }

    /// The id of an order.
    #[must_use]
    pub fn order_name(&self, order: OrderId) -> &str {
        self.ids.orders.text(order.index())
    }

    /// The id of a payout, which is its withdrawal's.
    #[must_use]
    pub fn payout_name(&self, payout: PayoutId) -> &str {
        self.ids.own[IdKind::Withdraw as usize].text(payout.index())
    }

    /// Bytes that the ids and the kept results occupy.
    #[must_use]
    pub fn id_bytes(&self) -> usize {
        let Ids { members, stores, suppliers, orders, own } = &self.ids;
        let own: usize = own.iter().map(Names::bytes).sum();
        members.bytes() + stores.bytes() + suppliers.bytes() + orders.bytes() + own + self.receipts.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A first id of every kind, each longer by what `N` stands for.
    const LINES: [&str; 6] = [
        r#"{"cmd":"open_member","member":"MN"}"#,
        r#"{"cmd":"open_store","store":"SN","owner":"MN","district":"440106"}"#,
        r#"{"cmd":"settle","order":"ON","store":"SN","amount":"1.00"}"#,
        r#"{"cmd":"settle_mall","order":"LN","member":"MN","supplier":"UN","list_total":"9.00","cost":"1.00"}"#,
        r#"{"cmd":"inject","id":"IN","amount":"1.00"}"#,
        r#"{"cmd":"fee","id":"FN","member":"MN","region":"440106","amount":"1.00"}"#,
    ];

    #[test]
    fn every_id_is_counted_with_its_length_and_every_kept_result() {
        let plan = include_str!("../../../../plans/seed-one.toml");
        let [mut short, mut long] = [(); 2].map(|()| Economy::open(plan).expect("a shipped plan"));
        assert_eq!(short.id_bytes(), 0);
        for line in LINES {
            let (bytes, more) = (short.id_bytes(), long.id_bytes() - short.id_bytes());
            for (economy, rest) in [(&mut short, ""), (&mut long, &"n".repeat(63)[..])] {
                let line = line.replace('N', rest);
                assert!(economy.apply(&line).outcome().is_ok(), "{line}");
            }
            assert!(short.id_bytes() > bytes, "{line}");
            // The text of a short id has room for 8 bytes at least.
            assert!(long.id_bytes() >= short.id_bytes() + more + 64 - 8, "{line}");
        }
        let results = short.id_bytes();
        short.apply(r#"{"cmd":"pay","order":"P","store":"S","amount":"1.00"}"#);
        assert!(short.id_bytes() >= results + size_of::<crate::outcome::Outcome>());
        assert!(short.id_bytes() < 8 << 10, "{} bytes for a dozen of ids", short.id_bytes());
    }
}
