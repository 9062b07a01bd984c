//! What rules are about: one catalogue, with names in two languages. New topics come last. Must not be added here: a text.

use serde::{Deserialize, Serialize};

macro_rules! topics {
    ($($topic:ident $name:literal $english:literal $chinese:literal;)+) => {
        /// What a rule is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Topic {
            $(#[doc = $english] $topic,)+
        }

        impl Topic {
            /// Every topic there is.
            pub const ALL: &[Self] = &[$(Self::$topic),+];

            /// The name in addresses and interfaces.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$topic => $name,)+ }
            }

            /// What people call it, in English and in Chinese.
            #[must_use]
            pub fn texts(self) -> (&'static str, &'static str) {
                match self { $(Self::$topic => ($english, $chinese),)+ }
            }
        }
    };
}

topics! {
    Terms "terms" "Terms of use" "用户协议";
    Privacy "privacy" "Personal information" "个人信息处理规则";
    Binding "binding" "Being bound to an inviter" "推荐绑定规则";
    Points "points" "Points" "积分规则";
    Stores "stores" "Stores" "商家规则";
    Mall "mall" "Mall" "商城规则";
    Refunds "refunds" "Refunds" "退款规则";
    Withdrawals "withdrawals" "Withdrawals" "提现规则";
    Cases "cases" "Reports of cheating" "举报与处理规则";
}

impl Topic {
    /// The topic of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|topic| topic.name() == name)
    }
}
