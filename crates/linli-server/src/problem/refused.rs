//! What the economy's refusals are over HTTP: a status and a meaning for each code, exhaustively, so that a new
//! refusal cannot be forgotten here.

use axum::http::StatusCode;
use linli_economy::refusal::Code;

/// Not found, in conflict with what there is, or well-formed and not to be done.
pub fn status(code: Code) -> StatusCode {
    match code {
        Code::Malformed => StatusCode::BAD_REQUEST,
        Code::UnknownMember
        | Code::UnknownRegion
        | Code::UnknownStore
        | Code::UnknownRank
        | Code::UnknownOrder
        | Code::UnknownSupplier
        | Code::UnknownPayout
        | Code::UnknownAccount => StatusCode::NOT_FOUND,
        Code::TimeReversed
        | Code::AlreadyExists
        | Code::AlreadyBound
        | Code::NotBound
        | Code::RegionTaken
        | Code::StoreClosed
        | Code::InsufficientFunds
        | Code::OrderClosed
        | Code::OrderNotSettled
        | Code::OverRefund
        | Code::InsufficientPoints
        | Code::NothingToPay
        | Code::PayoutClosed => StatusCode::CONFLICT,
        Code::AccountSuspended => StatusCode::FORBIDDEN,
        Code::IdReused
        | Code::SelfInvite
        | Code::InviteCycle
        | Code::BadRate
        | Code::RateOutOfRange
        | Code::BadAmount
        | Code::MarginTooThin
        | Code::BadPlan
        | Code::Overflow => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// In English and in Chinese.
pub fn messages(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::Malformed => ("This is no command with its fields.", "不是字段完整的命令。"),
        Code::IdReused => ("The id or key was used before with other content.", "该编号或键已用于其他内容。"),
        Code::TimeReversed => ("The time is before that of the last command.", "时间早于上一条命令。"),
        Code::AlreadyExists => ("It exists already.", "已存在。"),
        Code::SelfInvite => ("Nobody invites themselves.", "不能邀请自己。"),
        Code::UnknownMember => ("There is no such member.", "会员不存在。"),
        Code::AlreadyBound => ("The member has an inviter.", "会员已绑定邀请人。"),
        Code::InviteCycle => ("The binding would close a circle.", "绑定会形成循环。"),
        Code::NotBound => ("The member has no inviter.", "会员没有邀请人。"),
        Code::UnknownRegion => ("There is no such region, or nobody holds it.", "区域不存在或无人代理。"),
        Code::BadRate => ("This is not a rate.", "比例格式不正确。"),
        Code::RateOutOfRange => ("The plan does not allow this rate.", "比例超出方案允许的范围。"),
        Code::UnknownStore => ("There is no such store.", "店铺不存在。"),
        Code::RegionTaken => ("Somebody holds the region.", "该区域已有代理。"),
        Code::UnknownRank => ("The plan has no such rank.", "方案中没有该等级。"),
        Code::BadAmount => ("This is not an amount that can be taken.", "金额不正确。"),
        Code::StoreClosed => ("The store is closed.", "店铺已关闭。"),
        Code::AccountSuspended => ("The member is suspended.", "会员已被停用。"),
        Code::InsufficientFunds => ("The balance does not cover it.", "余额不足。"),
        Code::UnknownOrder => ("There is no such order.", "订单不存在。"),
        Code::OrderClosed => ("The order is settled or given back.", "订单已结算或已退回。"),
        Code::OrderNotSettled => ("The order is not settled.", "订单尚未结算。"),
        Code::OverRefund => ("It is more than is left of the order.", "超过订单可退金额。"),
        Code::MarginTooThin => ("The price does not carry cost and shares.", "售价不足以覆盖成本与分配。"),
        Code::InsufficientPoints => ("The member has fewer points.", "积分不足。"),
        Code::NothingToPay => ("There would be nothing to pay.", "没有可支付的金额。"),
        Code::UnknownSupplier => ("There is no such supplier.", "供应商不存在。"),
        Code::UnknownPayout => ("There is no such withdrawal.", "提现不存在。"),
        Code::PayoutClosed => ("The withdrawal is done or has failed.", "提现已完成或已失败。"),
        Code::UnknownAccount => ("There is no such account to write off.", "没有可核销的账户。"),
        Code::BadPlan => ("The plan is refused.", "方案不符合要求。"),
        Code::Overflow => ("The economy cannot hold this number.", "数值超出系统上限。"),
    }
}
