//! The one catalogue of what notifications say, in two languages, with places for amounts and ids. Must not be added here: a
//! place for a person, or a word that promises an income.

use super::NoticeKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What stands in the places of a text, by their names.
pub type Params = BTreeMap<String, String>;

macro_rules! templates {
    ($($template:ident $kind:ident $name:literal $english:literal $chinese:literal;)+) => {
        /// What a notification says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Template {
            $(#[doc = $english] $template,)+
        }

        impl Template {
            /// Everything that is said.
            pub const ALL: &[Self] = &[$(Self::$template),+];

            /// Its stable name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$template => $name,)+ }
            }

            /// Of which kind it is.
            #[must_use]
            pub fn kind(self) -> NoticeKind {
                match self { $(Self::$template => NoticeKind::$kind,)+ }
            }

            fn texts(self) -> (&'static str, &'static str) {
                match self { $(Self::$template => ($english, $chinese),)+ }
            }
        }
    };
}

templates! {
    OrderPaid Order "order_paid" "You have paid {amount} yuan (order {order})." "您已支付 {amount} 元（订单 {order}）。";
    OrderSettled Order "order_settled" "Your order {order} of {amount} yuan is settled; you got {points} points."
        "您的订单 {order}（{amount} 元）已结算，获得积分 {points}。";
    OrderGivenBack Order "order_given_back" "{amount} yuan of your order {order} went back to you."
        "您的订单 {order} 已退回 {amount} 元。";
    Sold Order "sold" "Your store {store} was paid {amount} yuan (order {order})." "门店 {store} 收款 {amount} 元（订单 {order}）。";
    SoldGivenBack Order "sold_given_back" "{amount} yuan of order {order} in your store {store} went back to the buyer."
        "门店 {store} 的订单 {order} 已向买家退回 {amount} 元。";
    RefundAsked Order "refund_asked" "Somebody asks for {amount} yuan of order {order} in your store {store}; answer within three days."
        "门店 {store} 的订单 {order} 被申请退款 {amount} 元，请在三天内答复。";
    RefundAgreed Order "refund_agreed" "Your request for {amount} yuan of order {order} was agreed to."
        "您对订单 {order} 的 {amount} 元退款申请已同意。";
    RefundRefused Order "refund_refused" "Your request for {amount} yuan of order {order} was refused; you can see why."
        "您对订单 {order} 的 {amount} 元退款申请被拒绝，可查看原因。";
    RefundWaits Order "refund_waits" "A request for a refund of order {order} waits for the operator."
        "订单 {order} 的退款申请等待平台处理。";
    CommissionDirect Commission "commission_direct" "You got {amount} yuan from an order of somebody you invited."
        "您获得直推佣金 {amount} 元。";
    CommissionIndirect Commission "commission_indirect" "You got {amount} yuan from an order of somebody whom you invited indirectly."
        "您获得间推佣金 {amount} 元。";
    CommissionRecruit Commission "commission_recruit" "You got {amount} yuan from an order in a store that you brought in."
        "您获得招商佣金 {amount} 元。";
    CommissionRegion Commission "commission_region" "You got {amount} yuan from an order in your region."
        "您获得区域代理收益 {amount} 元。";
    CommissionLevels Commission "commission_levels" "You got {amount} yuan by your rank." "您获得级别收益 {amount} 元。";
    WithdrawalSubmitted Withdrawal "withdrawal_submitted" "Your withdrawal of {amount} yuan was submitted." "您的 {amount} 元提现已提交。";
    WithdrawalApproved Withdrawal "withdrawal_approved" "Your withdrawal of {amount} yuan was approved." "您的 {amount} 元提现已通过审核。";
    WithdrawalInPayment Withdrawal "withdrawal_in_payment" "The bank has your withdrawal of {amount} yuan." "您的 {amount} 元提现打款中。";
    WithdrawalPaid Withdrawal "withdrawal_paid" "Your withdrawal of {amount} yuan has arrived." "您的 {amount} 元提现已到账。";
    WithdrawalRejected Withdrawal "withdrawal_rejected" "Your withdrawal of {amount} yuan was refused, and the money is back; you can see why."
        "您的 {amount} 元提现被驳回，款项已退回，可查看原因。";
    WithdrawalFailed Withdrawal "withdrawal_failed" "The bank did not pay your withdrawal of {amount} yuan, and the money is back."
        "您的 {amount} 元提现打款失败，款项已退回。";
    WithdrawalWaits Withdrawal "withdrawal_waits" "A withdrawal of {amount} yuan waits for review ({withdrawal})."
        "有 {amount} 元提现等待审核（{withdrawal}）。";
    VoucherVerified Voucher "voucher_verified" "{uses} uses of your voucher {order} were verified; {left} are left."
        "您的券 {order} 已核销 {uses} 次，剩余 {left} 次。";
    VoucherUnverified Voucher "voucher_unverified" "The store took back a verification of your voucher {order}; {left} uses are left."
        "门店撤销了您的券 {order} 的核销，剩余 {left} 次。";
    VoucherExpired Voucher "voucher_expired" "Your voucher {order} has expired; what was unused went back to you."
        "您的券 {order} 已过期，未使用部分已退回。";
    Bound Binding "bound" "You are bound to an inviter now." "您已绑定推荐人。";
    Released Binding "released" "You are bound to nobody any more." "您已解除绑定。";
    Invited Binding "invited" "Somebody was bound to you." "有新会员与您绑定。";
    RulePublished Rule "rule_published" "New version of a rule: {title_en}. It holds from {from}." "规则更新：{title_zh}，自 {from} 起生效。";
    Announced Rule "announced" "Announcement: {title_en}." "公告：{title_zh}。";
    Redeemed Points "redeemed" "You redeemed {points} points for {amount} yuan." "您卖出积分 {points}，到账 {amount} 元。";
    Exited Points "exited" "You reached the cap: {points} points were redeemed for {amount} yuan." "您已达封顶：积分 {points} 已卖出，到账 {amount} 元。";
    WebhookDisabled Webhook "webhook_disabled" "Nothing is sent to the endpoint {name} any more ({state})." "回调地址「{name}」已停止推送（{state}）。";
}

impl Template {
    /// The template of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|template| template.name() == name)
    }

    /// What is read, in English and in Chinese.
    #[must_use]
    pub fn say(self, params: &Params) -> (String, String) {
        let (english, chinese) = self.texts();
        (fill(english, params), fill(chinese, params))
    }
}

/// The text with what stands in its places; what stands there is not looked at for places again.
fn fill(text: &str, params: &Params) -> String {
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = after.split_once('}').expect("the catalogue's places are closed");
        filled.push_str(params.get(name).map_or("", String::as_str));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn places(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn both_languages_say_the_same_of_what_there_is_and_promise_nothing() {
        let mut names = BTreeSet::new();
        for template in Template::ALL {
            let (english, chinese) = template.texts();
            let plain = |places: BTreeSet<&str>| -> BTreeSet<String> {
                places
                    .iter()
                    .map(|name| name.trim_end_matches("_en").trim_end_matches("_zh").into())
                    .collect()
            };
            assert_eq!(plain(places(english)), plain(places(chinese)), "{template:?}");
            assert!(names.insert(template.name()) && Template::named(template.name()) == Some(*template));
            for word in ["guarantee", "certain", "only rises", "保证", "稳赚", "只涨"] {
                assert!(!english.contains(word) && !chinese.contains(word), "{template:?}");
            }
            for person in ["member", "phone", "inviter}", "buyer}"] {
                assert!(!places(english).contains(person), "{template:?}");
            }
        }
    }

    #[test]
    fn what_stands_in_a_place_is_taken_as_it_is() {
        let params = Params::from([("amount".into(), "1.00".into()), ("order".into(), "{amount}".into())]);
        let (english, chinese) = Template::OrderPaid.say(&params);
        assert_eq!(english, "You have paid 1.00 yuan (order {amount}).");
        assert_eq!(chinese, "您已支付 1.00 元（订单 {amount}）。");
    }
}
