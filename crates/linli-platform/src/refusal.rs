//! Refusals of acts: expected, part of the contract, with a stable code and what it means in two languages. A refused
//! act changes nothing.

use std::fmt;

/// What kind of refusal a code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// It could not be done whatever there is.
    Unfit,
    /// What it is about is not there.
    Missing,
    /// What there is speaks against it.
    Conflict,
    /// Whoever asks may not.
    Forbidden,
}

/// The codes in one table: name here, name in results, class, and what it means in English and in Chinese.
macro_rules! codes {
    ($($code:ident $name:literal $class:ident $english:literal $chinese:literal;)+) => {
        /// The stable code of a refusal.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $english] $code,)+
        }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Self] = &[$(Self::$code),+];

            /// The name in results.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$code => $name,)+ }
            }

            /// What kind of refusal it is.
            #[must_use]
            pub fn class(self) -> Class {
                match self { $(Self::$code => Class::$class,)+ }
            }

            /// What it means, in English and in Chinese.
            #[must_use]
            pub fn messages(self) -> (&'static str, &'static str) {
                match self { $(Self::$code => ($english, $chinese),)+ }
            }
        }
    };
}

codes! {
    BadText "bad_text" Unfit "This text cannot be taken." "文字不符合要求。";
    KeyExists "key_exists" Conflict "There is such a key." "密钥已存在。";
    UnknownKey "unknown_key" Missing "There is no such key." "密钥不存在。";
    KeyEnded "key_ended" Conflict "The key has ended." "密钥已停用。";
    NotYours "not_yours" Forbidden "This belongs to somebody else." "此项属于他人。";
    SecondPersonNeeded "second_person_needed" Forbidden "This takes another person." "此操作须由另一人完成。";
    UnknownPerson "unknown_person" Missing "There is no such account." "账号不存在。";
    PersonExists "person_exists" Conflict "The member has an account." "该会员已有账号。";
    PhoneTaken "phone_taken" Conflict "The phone number belongs to another account." "手机号已属于其他账号。";
    UnknownReport "unknown_report" Missing "There is no such report." "没有此报失记录。";
    ReportExists "report_exists" Conflict "A report waits already." "已有待处理的报失。";
    UnknownStaff "unknown_staff" Missing "There is no such account of the desk." "员工账号不存在。";
    StaffExists "staff_exists" Conflict "There is such an account of the desk." "员工账号已存在。";
    BadRoles "bad_roles" Unfit "These roles do not go together." "角色组合不正确。";
    LastOperator "last_operator" Conflict "One operator must stay." "至少保留一名运营。";
    TotpEnrolled "totp_enrolled" Conflict "Codes are set up already." "动态码已绑定。";
    TotpNotEnrolled "totp_not_enrolled" Conflict "Codes are not set up." "动态码未绑定。";
    UnknownSession "unknown_session" Missing "There is no such session." "会话不存在或已结束。";
    CodeUsed "code_used" Conflict "This code was used." "该动态码已使用。";
    SupplierExists "supplier_exists" Conflict "There is such a supplier." "供应商已存在。";
    UnknownMallSupplier "unknown_mall_supplier" Missing "There is no such supplier in the mall." "商城中没有此供应商。";
    SupplierSuspended "supplier_suspended" Conflict "The supplier is suspended." "供应商已停用。";
    SupplierActive "supplier_active" Conflict "The supplier is not suspended." "供应商未停用。";
    LoginTaken "login_taken" Conflict "This login belongs to a supplier." "该登录账号已属于一家供应商。";
    UnknownLogin "unknown_login" Missing "The supplier has no such login." "供应商没有此登录账号。";
    TooManyLogins "too_many_logins" Conflict "The supplier has as many logins as it may have." "供应商的登录账号已达上限。";
    ProductExists "product_exists" Conflict "There is such a product." "商品已存在。";
    UnknownProduct "unknown_product" Missing "There is no such product." "商品不存在。";
    UnknownVariant "unknown_variant" Missing "The product has no such variant." "商品没有此规格。";
    BadProduct "bad_product" Unfit "These particulars of a product cannot be taken." "商品资料不符合要求。";
    BadPrice "bad_price" Unfit "This is no price that the mall can have." "价格不符合要求。";
    BadComparedPrice "bad_compared_price" Unfit "A compared price has a source, a date and a picture." "划线价须注明来源、日期和图片。";
    VariantLost "variant_lost" Conflict "A variant is taken off, never removed." "规格只能下架，不能删除。";
    ProductChanged "product_changed" Conflict "The product has changed meanwhile." "商品资料已变更，请重新查看。";
    ProductState "product_state" Conflict "The product is not in a state for this." "商品当前状态不允许此操作。";
    MallMarginTooThin "mall_margin_too_thin" Conflict "The price does not carry the cost and all shares." "售价不足以覆盖成本与各项分配。";
    StockShort "stock_short" Conflict "There are not so many pieces." "库存不足。";
    StockLimit "stock_limit" Conflict "More pieces than one variant can have." "超过单个规格的库存上限。";
    AddressExists "address_exists" Conflict "There is or was such an address." "地址编号已使用过。";
    UnknownAddress "unknown_address" Missing "There is no such address." "地址不存在。";
    TooManyAddresses "too_many_addresses" Conflict "The address book is full." "地址簿已满。";
    UnknownBuyer "unknown_buyer" Missing "There is no such member." "会员不存在。";
    BadBasket "bad_basket" Unfit "This basket cannot be taken." "购物车内容不符合要求。";
    BasketExists "basket_exists" Conflict "There is such a basket." "该购物车已提交。";
    BasketSplit "basket_split" Unfit "A basket is split into one order a supplier." "购物车须按供应商拆分为订单。";
    MallOrderExists "mall_order_exists" Conflict "There is such an order." "订单已存在。";
    NotOnSale "not_on_sale" Conflict "This is not on sale." "商品未在售。";
    PriceChanged "price_changed" Conflict "The price has changed." "价格已变动。";
    TooManyUnpaid "too_many_unpaid" Conflict "Too many orders wait for their payment." "待付款订单过多。";
    UnknownMallOrder "unknown_mall_order" Missing "There is no such order in the mall." "商城中没有此订单。";
    MallNotYours "mall_not_yours" Forbidden "This is somebody else's to do." "无权进行此操作。";
    MallOrderState "mall_order_state" Conflict "The order is not in a state for this." "订单当前状态不允许此操作。";
    MallOrderUnpaid "mall_order_unpaid" Conflict "The order's money is not there." "订单款项未到账或已退回。";
    MallOrderPaid "mall_order_paid" Conflict "The order has been paid." "订单已付款。";
    MallOrderSettled "mall_order_settled" Conflict "The order has been settled." "订单已结算。";
    MallTermsDiffer "mall_terms_differ" Conflict "The order's plan has other days." "订单所适用方案的天数不同。";
    MallTooEarly "mall_too_early" Conflict "It is too early for this." "尚未到时间。";
    MallTooLate "mall_too_late" Conflict "It is too late for this." "已超过期限。";
    TooManyCorrections "too_many_corrections" Conflict "The shipment was corrected too often." "运单更正次数过多。";
    ReturnOpen "return_open" Conflict "A return of the order is open." "订单有未完成的退货。";
    ReturnExists "return_exists" Conflict "There is such a return." "退货单已存在。";
    UnknownReturn "unknown_return" Missing "There is no such return." "退货单不存在。";
    ReturnState "return_state" Conflict "The return is not in a state for this." "退货单当前状态不允许此操作。";
    BadReturn "bad_return" Unfit "This return cannot be taken." "退货内容不符合要求。";
    ReturnDecided "return_decided" Conflict "The refusal of this return stands." "该退货的拒绝结论不可再申诉。";
    ReturnTooMuch "return_too_much" Conflict "More pieces than can be returned." "超过可退数量。";
    TooManyReturns "too_many_returns" Conflict "The order has as many returns as it may have." "该订单退货次数已达上限。";
    ReturnWaits "return_waits" Conflict "Part of an order is refunded once it is settled." "部分退货须待订单结算后退款。";
}

/// A refused act: the code, and a sentence with the rule and the numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The stable code.
    pub code: Code,
    /// For people; not stable.
    pub message: String,
}

impl Refusal {
    /// A refusal with its sentence.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.name(), self.message)
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_code_has_a_name_of_its_own() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
