//! Handles: dense numbers that stand for interned ids, so that the state is flat arrays. An `Option` of a
//! handle takes four bytes. Must not be added here: an id's text (see `names.rs`).

use serde::{Deserialize, Serialize};
use std::num::NonZeroU32;

macro_rules! handle {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(NonZeroU32);

        impl $name {
            /// The handle of the entry at this index, or `None` beyond the four billion that there can be.
            #[must_use]
            pub fn at(index: usize) -> Option<Self> {
                u32::try_from(index).ok()?.checked_add(1).and_then(NonZeroU32::new).map(Self)
            }

            /// The index of its entry.
            #[must_use]
            pub fn index(self) -> usize {
                self.0.get() as usize - 1
            }
        }
    )+};
}

handle! {
    /// A member, numbered in order of registration.
    MemberId,
    /// A store.
    StoreId,
    /// A supplier of the mall.
    SupplierId,
    /// An order, of a store or of the mall.
    OrderId,
    /// What is particular to a mall order.
    MallId,
    /// A version of the plan.
    PlanId,
    /// A withdrawal's money on its way out.
    PayoutId,
    /// A rank's name.
    RankId,
    /// A result kept whole for replays.
    ReceiptId,
    /// What an order pays by levels.
    LevelsId,
}
