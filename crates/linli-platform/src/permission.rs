//! The catalogue of what people at a desk may do, and which roles may: it drives the checks, and the texts of refusals.
//! Must not be added here: what members may do with what is theirs.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What somebody at a desk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    /// Plans, stores, regions, the mall.
    Operator,
    /// Withdrawals, the provider's bills, injections and dividends.
    Finance,
    /// Answers members and stores.
    Support,
    /// Reads everything and changes nothing.
    Auditor,
    /// Keys and webhooks.
    Developer,
    /// Sees and ships the orders of one supplier.
    Supplier,
}

impl Role {
    /// Every role there is.
    pub const ALL: [Self; 6] =
        [Self::Operator, Self::Finance, Self::Support, Self::Auditor, Self::Developer, Self::Supplier];

    /// The name by which people and programs know it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Finance => "finance",
            Self::Support => "support",
            Self::Auditor => "auditor",
            Self::Developer => "developer",
            Self::Supplier => "supplier",
        }
    }

    /// The role of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// The permissions in one table: name here, name for people and programs, the roles that have it, and what it lets
/// one do, in English and in Chinese.
macro_rules! permissions {
    ($($permission:ident $name:literal [$($role:ident)+] $english:literal $chinese:literal;)+) => {
        /// What somebody at a desk may do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Permission {
            $(#[doc = $english] $permission,)+
        }

        impl Permission {
            /// Every permission there is.
            pub const ALL: &[Self] = &[$(Self::$permission),+];

            /// The name by which people and programs know it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$permission => $name,)+ }
            }

            /// The roles that have it.
            #[must_use]
            pub fn roles(self) -> &'static [Role] {
                match self { $(Self::$permission => &[$(Role::$role),+],)+ }
            }

            /// What it lets one do, in English and in Chinese.
            #[must_use]
            pub fn texts(self) -> (&'static str, &'static str) {
                match self { $(Self::$permission => ($english, $chinese),)+ }
            }
        }
    };
}

permissions! {
    ReadMembers "members.read" [Operator Finance Support Auditor] "see members and their balances" "查看会员与余额";
    RevealPersons "persons.reveal" [Operator Support] "see a person's phone number and name" "查看手机号与姓名";
    ManageMembers "members.manage" [Operator Support] "help members who lost their phone" "协助会员更换手机号";
    ReadStores "stores.read" [Operator Finance Support Auditor] "see stores and their turnover" "查看商家与营业额";
    ReviewStores "stores.review" [Operator] "decide on stores' applications" "审核商家申请";
    ReadOrders "orders.read" [Operator Finance Support Auditor] "see orders" "查看订单";
    DecideRefunds "refunds.decide" [Operator Support] "decide on refunds that stores have not" "裁定退款";
    ReadMoney "money.read" [Operator Finance Auditor] "see withdrawals, bills and balances of the platform" "查看资金";
    ReviewWithdrawals "withdrawals.review" [Finance] "review withdrawals and send payout files" "审核提现并出款";
    Reconcile "money.reconcile" [Finance] "hand in bills and compare them" "对账";
    Propose "proposals.make" [Operator Finance] "propose what two people must agree to" "发起需双人复核的操作";
    Approve "proposals.approve" [Operator Finance] "approve what somebody else has proposed" "复核他人发起的操作";
    EditPlans "plans.edit" [Operator] "draft plans" "编辑方案";
    ApprovePlans "plans.approve" [Operator] "approve plans that somebody else has drafted" "复核他人起草的方案";
    ReadPlans "plans.read" [Operator Finance Auditor Support] "see plans and drafts" "查看方案";
    EditRules "rules.edit" [Operator] "publish rules and announcements" "发布规则与公告";
    ManageRegions "regions.manage" [Operator] "appoint agents" "管理区域代理";
    ReadMall "mall.read" [Operator Finance Support Auditor] "see suppliers, products and orders of the mall" "查看商城";
    ManageMall "mall.manage" [Operator] "manage suppliers and products" "管理商城";
    ManageStaff "staff.manage" [Operator] "manage accounts of the desk" "管理员工账号";
    ManageKeys "keys.manage" [Operator Developer] "manage keys and webhooks" "管理密钥与回调";
    ReadRecords "records.read" [Operator Finance Auditor] "read who did what" "查看操作记录";
    MoveSandbox "sandbox.move" [Operator Developer] "move the sandbox's clock and payments" "操作沙箱";
}

impl Permission {
    /// Whether one of these roles has it.
    #[must_use]
    pub fn is_granted_to(self, roles: &BTreeSet<Role>) -> bool {
        self.roles().iter().any(|role| roles.contains(role))
    }

    /// What is missing and who has it, for people.
    #[must_use]
    pub fn refusal(self) -> String {
        let roles: Vec<_> = self.roles().iter().map(|role| role.name()).collect();
        format!(
            "to {} needs the permission {}, which {} has",
            self.texts().0,
            self.name(),
            roles.join(" or ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_auditor_changes_nothing_and_suppliers_have_no_permission() {
        let of = |role| Permission::ALL.iter().filter(move |permission| permission.roles().contains(&role));
        assert!(of(Role::Auditor).all(|permission| permission.name().ends_with(".read")));
        assert_eq!(of(Role::Supplier).count(), 0);
        let names: BTreeSet<_> = Permission::ALL.iter().map(|permission| permission.name()).collect();
        assert_eq!(names.len(), Permission::ALL.len());
    }

    #[test]
    fn a_refusal_names_what_is_missing_and_who_has_it() {
        assert_eq!(
            Permission::Propose.refusal(),
            "to propose what two people must agree to needs the permission proposals.make, which operator or finance has"
        );
    }
}
