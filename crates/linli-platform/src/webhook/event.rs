//! The catalogue of events that webhooks tell of. Names are stable, and new ones come last. Must not be added here: an event
//! that shows what is of a person.

use serde::{Deserialize, Serialize};

macro_rules! events {
    ($($event:ident $name:literal $english:literal $chinese:literal;)+) => {
        /// A kind of event.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum EventKind {
            $(#[doc = $english] $event,)+
        }

        impl EventKind {
            /// Every kind there is.
            pub const ALL: &[Self] = &[$(Self::$event),+];

            /// The name in webhooks.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$event => $name,)+ }
            }

            /// When it is sent, in English and in Chinese.
            #[must_use]
            pub fn texts(self) -> (&'static str, &'static str) {
                match self { $(Self::$event => ($english, $chinese),)+ }
            }
        }
    };
}

events! {
    MemberOpened "member.opened" "There is a new member." "新增会员。";
    MemberBound "member.bound" "A member was bound to an inviter." "会员绑定推荐人。";
    MemberReleased "member.released" "A member is bound to nobody any more." "会员解除绑定。";
    MemberExited "member.exited" "A member has reached the cap, and the points were redeemed." "会员封顶退出。";
    PointsRedeemed "points.redeemed" "A member has redeemed points." "会员卖出积分。";
    StoreOpened "store.opened" "There is a new store." "新增门店。";
    StoreChanged "store.changed" "A store's owner, recruiter, district or rate changed." "门店资料变更。";
    StoreClosed "store.closed" "A store was closed." "门店关闭。";
    OrderPaid "order.paid" "An order was paid." "订单已支付。";
    OrderSettled "order.settled" "An order was settled." "订单已结算。";
    OrderCancelled "order.cancelled" "All or a part of an order was given back before settling." "订单结算前退款。";
    OrderRefunded "order.refunded" "All or a part of an order was given back after settling." "订单结算后退款。";
    RefundAsked "refund.asked" "A member asks for money back." "会员申请退款。";
    RefundAnswered "refund.answered" "A request for a refund was answered." "退款申请已答复。";
    VoucherVerified "voucher.verified" "Uses of a voucher were verified." "券已核销。";
    VoucherUnverified "voucher.unverified" "A verification was taken back." "撤销核销。";
    WithdrawalSubmitted "withdrawal.submitted" "Money is on its way out." "提现已提交。";
    WithdrawalInReview "withdrawal.in_review" "A withdrawal is being reviewed." "提现审核中。";
    WithdrawalApproved "withdrawal.approved" "A withdrawal was approved." "提现已通过。";
    WithdrawalInPayment "withdrawal.in_payment" "The bank has a withdrawal." "提现打款中。";
    WithdrawalPaid "withdrawal.paid" "A withdrawal has arrived." "提现已到账。";
    WithdrawalRejected "withdrawal.rejected" "A withdrawal was refused, and the money went back." "提现已驳回。";
    WithdrawalFailed "withdrawal.failed" "The bank did not pay, and the money went back." "提现打款失败。";
    WithdrawalTakenBack "withdrawal.taken_back" "A withdrawal was taken back by whose it is." "提现已撤回。";
    PlanChanged "plan.changed" "Another plan is in force." "方案已变更。";
}

impl EventKind {
    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}
