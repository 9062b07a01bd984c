//! What is paid for with an order that another part of the platform keeps: a deal, a basket of the mall. The checkout
//! asks for it when a payment is opened, and again when the order is carried out. Must not be added here: a price.

use crate::platform::Platform;
use serde::{Deserialize, Serialize};

/// An order that can be paid now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlannedOrder {
    /// Of a store, as `pay` takes it.
    Store {
        /// Where.
        store: String,
        /// Who buys.
        member: String,
        /// Its amount.
        fen: u64,
    },
    /// Of the mall, as `pay_mall` takes it.
    Mall {
        /// Who buys.
        member: String,
        /// Who supplies it.
        supplier: String,
        /// L in fen, of which deduction points pay a part.
        list_total: u64,
        /// What the supplier gets, in fen.
        cost: u64,
    },
}

impl PlannedOrder {
    /// Who buys.
    #[must_use]
    pub fn member(&self) -> &str {
        match self {
            Self::Store { member, .. } | Self::Mall { member, .. } => member,
        }
    }
}

impl Platform {
    /// What the parts that list orders would have paid for this one, if one of them knows it and it can be paid now.
    #[must_use]
    pub fn planned(&self, order: &str) -> Option<PlannedOrder> {
        #[cfg(test)]
        if let Some(planned) = self.listed_in_tests.get(order) {
            return Some(planned.clone());
        }
        let of_deal = self.deals.planned(order).map(|planned| PlannedOrder::Store {
            store: planned.store.into(),
            member: planned.member.into(),
            fen: planned.amount_fen,
        });
        of_deal.or_else(|| {
            self.mall.planned(order).map(|planned| PlannedOrder::Mall {
                member: planned.member.into(),
                supplier: planned.supplier.into(),
                list_total: planned.list_total_fen,
                cost: planned.cost_fen,
            })
        })
    }
}
