//! Every code of a refusal, in one table. Codes are stable: one that was released never changes its name.
use super::Class;

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
    CommandKnown "command_known" Conflict "The command that belongs to this was applied before." "相关指令此前已执行。";
    BadText "bad_text" Unfit "This text cannot be taken." "文字不符合要求。";
    KeyExists "key_exists" Conflict "There is such a key." "密钥已存在。";
    UnknownKey "unknown_key" Missing "There is no such key." "密钥不存在。";
    KeyEnded "key_ended" Conflict "The key has ended." "密钥已停用。";
    KeyInForce "key_in_force" Conflict "The key is in force." "密钥已生效。";
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
    UnknownBasket "unknown_basket" Missing "There is no such basket." "没有此购物车订单。";
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
    BadAmount "bad_amount" Unfit "This is not an amount that can be moved." "金额不符合要求。";
    BadNumber "bad_number" Unfit "This number cannot be taken." "数值不符合要求。";
    BadList "bad_list" Unfit "This list cannot be taken." "列表不符合要求。";
    UnknownMember "unknown_member" Missing "There is no such member." "会员不存在。";
    UnknownStore "unknown_store" Missing "There is no such store." "门店不存在。";
    DeskOnly "desk_only" Forbidden "Only people at a desk may do this." "仅后台工作人员可以操作。";
    ServiceOnly "service_only" Forbidden "Only the service does this, by itself." "仅系统自动执行。";
    ProviderOnly "provider_only" Forbidden "Only the payment provider or a desk reports this." "仅支付机构或后台可以上报。";
    NotDue "not_due" Conflict "The time for this has not come." "尚未到执行时间。";
    TooManyOpen "too_many_open" Conflict "Too many of these are open." "未完成的数量过多。";
    UnknownWithdrawal "unknown_withdrawal" Missing "There is no such withdrawal." "提现不存在。";
    WithdrawalExists "withdrawal_exists" Conflict "There is such a withdrawal." "提现单号已存在。";
    WithdrawalState "withdrawal_state" Conflict "The withdrawal is at another step." "提现处于其他环节。";
    WithdrawalClosed "withdrawal_closed" Conflict "The withdrawal is paid or its money went back." "提现已完结：已到账或已退回。";
    WithdrawalTooSmall "withdrawal_too_small" Conflict "Less than the least that is paid out at once." "低于单笔提现下限。";
    WithdrawalTooLarge "withdrawal_too_large" Conflict "More than the most that is paid out at once." "超过单笔提现上限。";
    WithdrawalDayAmount "withdrawal_day_amount" Conflict "More than is paid out to one account holder in a day." "超过当日提现金额上限。";
    WithdrawalDayCount "withdrawal_day_count" Conflict "No more withdrawals today." "超过当日提现次数上限。";
    BadLimits "bad_limits" Unfit "These limits contradict each other." "限额设置自相矛盾。";
    NoPayoutAccount "no_payout_account" Conflict "There is no account to pay out to." "尚未设置收款账户。";
    PayoutAccountNew "payout_account_new" Conflict "The account to pay out to was changed a short time ago." "收款账户刚刚变更，暂不能提现。";
    BatchExists "batch_exists" Conflict "There is such a payout file." "打款批次已存在。";
    UnknownBatch "unknown_payout_file" Missing "There is no such payout file." "打款批次不存在。";
    EventKnown "event_known" Conflict "This was reported before." "该结果此前已上报。";
    EventContradicts "event_contradicts" Conflict "The opposite was reported before." "与此前上报的结果相反。";
    UnknownProposal "unknown_proposal" Missing "There is no such proposal." "提议不存在。";
    ProposalExists "proposal_exists" Conflict "There is such a proposal." "提议编号已存在。";
    ProposalClosed "proposal_closed" Conflict "The proposal is not open any more." "提议已结束。";
    ProposalExpired "proposal_expired" Conflict "Nobody approved the proposal in time." "提议已过期。";
    UnknownAccount "unknown_account" Missing "There is no such account that can owe." "没有这个可能欠款的账户。";
    UnknownRegion "unknown_region" Missing "There is no such region." "区域不存在。";
    UnknownRank "unknown_rank" Missing "The plan has no such rank." "方案中没有该等级。";
    RateOutOfRange "rate_out_of_range" Conflict "The plan does not let a store have this rate." "超出方案允许的门店费率范围。";
    UnknownPlanChange "unknown_plan_change" Missing "There is no such draft of a plan." "方案草案不存在。";
    PlanChangeExists "plan_change_exists" Conflict "There is such a draft of a plan." "方案草案编号已存在。";
    PlanChangeState "plan_change_state" Conflict "The draft of a plan is at another step." "方案草案处于其他环节。";
    BadPlan "bad_plan" Unfit "The plan is none, or changes what may not change." "方案无效，或改动了不可变更的项。";
    DateTooSoon "date_too_soon" Unfit "The date is too soon." "生效时间过早。";
    DateTooFar "date_too_far" Unfit "The date is too far away." "生效时间过晚。";
    PlanWaits "plan_waits" Conflict "Another approved plan waits for its day." "已有另一个已通过的方案等待生效。";
    BadDeal "bad_deal" Unfit "A deal cannot be like this." "团购设置不符合要求。";
    BadComparison "bad_comparison" Unfit "A compared price needs a higher price with its source, date and picture." "划线价须高于售价，并附来源、日期和图片。";
    DealExists "deal_exists" Conflict "There is such a deal." "团购已存在。";
    UnknownDeal "unknown_deal" Missing "There is no such deal." "团购不存在。";
    DealOfAnother "deal_of_another" Forbidden "It belongs to another store." "该团购属于其他门店。";
    DealActor "deal_actor" Forbidden "Whoever asks does not do this." "当前身份不能进行此操作。";
    DealStoreUnknown "deal_store_unknown" Missing "There is no such store." "门店不存在。";
    DealStoreClosed "deal_store_closed" Conflict "The store is closed." "门店已关闭。";
    TooManyDeals "too_many_deals" Conflict "The store has as many deals as it may." "门店的团购数量已达上限。";
    TooManyVersions "too_many_versions" Conflict "The deal's terms were changed as often as they may." "团购条款修改次数已达上限。";
    DealState "deal_state" Conflict "The deal's state does not allow it." "团购当前状态不允许此操作。";
    StockTaken "stock_taken" Conflict "More pieces are taken than this stock has." "已占用的数量超过该库存。";
    DealNotOnSale "deal_not_on_sale" Conflict "The deal is not on sale now." "团购当前不在售。";
    DealChanged "deal_changed" Conflict "The deal's terms have changed." "团购条款已变更。";
    DealMemberUnknown "deal_member_unknown" Missing "There is no such member." "会员不存在。";
    PurchaseExists "purchase_exists" Conflict "There is or was an order with this id." "订单号已被使用。";
    UnknownPurchase "unknown_purchase" Missing "There is no such purchase of a deal." "团购订单不存在。";
    PurchaseOfAnother "purchase_of_another" Forbidden "It is another member's purchase." "该团购订单属于其他会员。";
    BadCount "bad_count" Unfit "This is no number of pieces or uses that can be asked for." "数量不符合要求。";
    SoldOut "sold_out" Conflict "Not so many pieces are left." "剩余数量不足。";
    MemberLimit "member_limit" Conflict "A member may not have so many pieces." "超过每人限购数量。";
    CodeTaken "code_taken" Conflict "Another voucher has this code." "券码重复。";
    PurchaseUnpaid "purchase_unpaid" Conflict "The purchase is not paid." "团购订单未支付。";
    PurchasePaid "purchase_paid" Conflict "The purchase is paid." "团购订单已支付。";
    PaidAtOtherTime "paid_at_other_time" Unfit "The purchase was paid at another time." "支付时间不符。";
    TooEarly "too_early" Conflict "It is too early for this." "时间未到。";
    VoucherExpired "voucher_expired" Conflict "The voucher has expired." "券已过期。";
    VoucherUsed "voucher_used" Conflict "All uses of the voucher are verified." "券已全部核销。";
    VoucherEnded "voucher_ended" Conflict "What was left of the voucher has gone back." "券已失效，余额已退回。";
    TooFewUses "too_few_uses" Conflict "Not so many uses of the voucher are left." "券的剩余次数不足。";
    VerificationExists "verification_exists" Conflict "The verification's id was used before." "核销号已被使用。";
    UnknownVerification "unknown_verification" Missing "There is no such verification." "核销记录不存在。";
    VerificationUndone "verification_undone" Conflict "The verification was undone before." "核销已撤销。";
    VerificationStays "verification_stays" Conflict "The verification cannot be undone any more." "核销已不能撤销。";
    WrongActor "wrong_actor" Forbidden "Somebody else does this." "此操作须由其他角色执行。";
    StoreClosed "store_closed" Conflict "The store is closed." "门店已关闭。";
    AccountSuspended "account_suspended" Forbidden "The member is suspended." "账户已冻结。";
    InsufficientFunds "insufficient_funds" Conflict "The balance does not cover it." "余额不足。";
    UnknownOrder "unknown_order" Missing "There is no such order." "订单不存在。";
    CodeExists "code_exists" Conflict "There is such a payment code." "收款码已存在。";
    UnknownCode "unknown_code" Missing "There is no such payment code." "收款码不存在。";
    CodeExpired "code_expired" Conflict "The payment code has expired." "收款码已过期。";
    CodeCancelled "code_cancelled" Conflict "The payment code was cancelled." "收款码已取消。";
    CodeDiffers "code_differs" Conflict "The payment code is for another store or amount." "收款码的门店或金额不一致。";
    PaymentExists "payment_exists" Conflict "There is such a payment." "支付单已存在。";
    UnknownPayment "unknown_payment" Missing "There is no such payment." "支付单不存在。";
    PaymentEnded "payment_ended" Conflict "The payment has ended or has been paid." "支付单已结束或已支付。";
    OrderExists "order_exists" Conflict "The order has been paid before." "订单已支付。";
    OrderTaken "order_taken" Conflict "Another payment of this order is under way." "订单正在另一笔支付中。";
    OrderNotListed "order_not_listed" Missing "There is nothing to pay for this order." "没有可支付的订单。";
    OrderChanged "order_changed" Conflict "The order is not what was shown." "订单与所示内容不一致。";
    AmountChanged "amount_changed" Conflict "The order costs another amount by now." "订单应付金额已变化。";
    OrderNotWaiting "order_not_waiting" Conflict "The order does not wait to be carried out." "订单不在待处理状态。";
    ReturnEnded "return_ended" Conflict "The return has ended otherwise." "退回单已有不同结果。";
    NothingDue "nothing_due" Conflict "Nothing is due back." "没有应退款项。";
    ReturnDiffers "return_differs" Conflict "Another amount is due back." "退回金额与应退金额不一致。";
    RequestExists "request_exists" Conflict "There is such a request." "申请已存在。";
    UnknownRequest "unknown_request" Missing "There is no such request." "申请不存在。";
    RequestOpen "request_open" Conflict "There is an open request for this order." "该订单已有未处理的申请。";
    RequestClosed "request_closed" Conflict "The request is closed." "申请已结束。";
    TooManyRequests "too_many_requests" Conflict "There were too many requests for this order." "该订单申请次数过多。";
    RefundLate "refund_late" Conflict "The days for asking have passed." "已超过申请退款的期限。";
    AppealLate "appeal_late" Conflict "The days for appealing have passed." "已超过申诉期限。";
    NotYourTurn "not_your_turn" Forbidden "The other side answers now." "当前应由另一方答复。";
    OwnRequest "own_request" Forbidden "Whoever buys does not decide the refund." "买家不能审批自己的退款。";
    OverRefund "over_refund" Conflict "No more can be given back than is left." "退款金额超过可退余额。";
    UnknownDocument "unknown_document" Missing "There is no such rule or announcement." "规则或公告不存在。";
    DocumentExists "document_exists" Conflict "There is such a document." "文档编号已存在。";
    DocumentState "document_state" Conflict "The document's state does not allow it." "文档当前状态不允许此操作。";
    RuleWaits "rule_waits" Conflict "Another version of the rule waits for its date." "该规则已有待生效的版本。";
    TermsChanged "terms_changed" Conflict "Other terms are in force: read them, and agree to those." "用户协议已更新，请阅读并同意当前版本。";
    UnknownNotification "unknown_notification" Missing "There is no such notification." "通知不存在。";
    UnknownEndpoint "unknown_endpoint" Missing "There is no such endpoint of webhooks." "回调地址不存在。";
    UnknownDelivery "unknown_delivery" Missing "There is no such delivery." "推送记录不存在。";
    EndpointExists "endpoint_exists" Conflict "There is such an endpoint of webhooks." "回调地址编号已存在。";
    EndpointState "endpoint_state" Conflict "The endpoint's state does not allow it." "回调地址当前状态不允许此操作。";
    WholeOnly "whole_only" Conflict "This order is given back as a whole." "该订单只能整单退回。";
    NotStoreOwner "not_store_owner" Forbidden "Only the store's owner does this." "仅店主可以操作。";
    OwnerMayAll "owner_may_all" Conflict "The owner may everything in the store." "店主已拥有全部权限。";
    TooManyStoreStaff "too_many_store_staff" Conflict "No more people can work there." "店员数量已达上限。";
    UnknownStoreStaff "unknown_store_staff" Missing "They do not work in this store." "该会员不是本店店员。";
    TooManyBindings "too_many_bindings" Conflict "The member was bound as often as may be." "绑定次数已达上限。";
    AppointmentExists "appointment_exists" Conflict "There is such an appointment." "任命编号已存在。";
    UnknownAppointment "unknown_appointment" Missing "There is no such appointment." "任命不存在。";
    AppointmentState "appointment_state" Conflict "The appointment's state does not allow it." "任命当前状态不允许此操作。";
    RegionHeld "region_held" Conflict "Somebody holds the region at that time, or will." "该区域在此期间已有代理。";
    BadTerm "bad_term" Unfit "This is no term that can be agreed on." "任期不符合要求。";
    TooManyAppointments "too_many_appointments" Conflict "The region had as many appointments as may be." "任命次数已达上限。";
    BadPlace "bad_place" Unfit "This is no place on the earth." "地理位置不正确。";
    BadHours "bad_hours" Unfit "These times of opening cannot be taken." "营业时间不符合要求。";
    UnknownApplication "unknown_application" Missing "There is no such application." "申请不存在。";
    ApplicationState "application_state" Conflict "The application is at another step." "申请处于其他环节。";
    ApplicationChanged "application_changed" Conflict "The application was submitted again meanwhile." "申请已重新提交，请重新查看。";
    DocumentMissing "document_missing" Conflict "A document is missing." "缺少证明材料。";
    OwnRecruiter "own_recruiter" Conflict "Nobody recruits their own store." "不能招商自己的门店。";
    StoreExists "store_exists" Conflict "There is such a store." "门店已存在。";
    ShiftExists "shift_exists" Conflict "There is such a shift." "班次已存在。";
    ShiftOpen "shift_open" Conflict "A shift is open already." "已有未结束的班次。";
    ShiftClosed "shift_closed" Conflict "The shift has ended." "班次已结束。";
    UnknownShift "unknown_shift" Missing "There is no such shift." "班次不存在。";
}
