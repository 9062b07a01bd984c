//! The catalogue of what a store's owner can let others do there. Must not be added here: what stays the owner's alone
//! (who works there, the store's page, its payout account).

use serde::{Deserialize, Serialize};

/// The rights in one table: name here, name for people and programs, and what it lets one do, in English and in
/// Chinese. Their order is the journal's, new ones come last.
macro_rules! rights {
    ($($right:ident $name:literal $english:literal $chinese:literal;)+) => {
        /// What somebody may do in a store.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum StoreRight {
            $(#[doc = $english] $right,)+
        }

        impl StoreRight {
            /// Every right there is.
            pub const ALL: &[Self] = &[$(Self::$right),+];

            /// The name by which people and programs know it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$right => $name,)+ }
            }

            /// What it lets one do, in English and in Chinese.
            #[must_use]
            pub fn texts(self) -> (&'static str, &'static str) {
                match self { $(Self::$right => ($english, $chinese),)+ }
            }
        }
    };
}

rights! {
    TakePayments "payments.take" "show codes to be paid" "收款";
    VerifyVouchers "vouchers.verify" "look vouchers up and verify them" "核销团购券";
    AnswerRefunds "refunds.answer" "answer requests for refunds and offer some" "处理退款";
    SeeReceivables "receivables.see" "see orders, figures and what the store is owed" "查看订单与应收";
    ManageDeals "deals.manage" "draft, change, publish and withdraw deals" "管理团购";
}

impl StoreRight {
    /// The right of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|right| right.name() == name)
    }
}
