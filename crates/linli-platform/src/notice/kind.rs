//! The kinds of notifications, by which people say what they want. New ones come last.

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($kind:ident $name:literal $english:literal $chinese:literal;)+) => {
        /// A kind of notification.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum NoticeKind {
            $(#[doc = $english] $kind,)+
        }

        impl NoticeKind {
            /// Every kind there is.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// The name in interfaces.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)+ }
            }

            /// What people call it, in English and in Chinese.
            #[must_use]
            pub fn texts(self) -> (&'static str, &'static str) {
                match self { $(Self::$kind => ($english, $chinese),)+ }
            }
        }
    };
}

kinds! {
    Order "order" "Orders and refunds" "订单与退款";
    Commission "commission" "Commissions" "佣金";
    Withdrawal "withdrawal" "Withdrawals" "提现";
    Voucher "voucher" "Vouchers" "券";
    Binding "binding" "Invitations" "推荐关系";
    Rule "rule" "Rules and announcements" "规则与公告";
    Points "points" "Points" "积分";
    Webhook "webhook" "Webhooks" "回调";
}

impl NoticeKind {
    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}
