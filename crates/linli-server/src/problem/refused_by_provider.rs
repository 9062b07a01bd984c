//! What the refusals of a payment provider are over HTTP: a status and a meaning for each code, exhaustively, so that a
//! new refusal cannot be forgotten here.

use axum::http::StatusCode;
use linli_payments::Code;

/// Not believed, not found, in conflict with what there is, too early, or well-formed and not to be done.
pub fn status(code: Code) -> StatusCode {
    match code {
        Code::BadEvent | Code::BadBill | Code::BadDay | Code::BadId | Code::BadText => {
            StatusCode::BAD_REQUEST
        }
        Code::SignatureMalformed | Code::SignatureExpired | Code::SignatureWrong => StatusCode::UNAUTHORIZED,
        Code::UnknownPayment
        | Code::UnknownCharge
        | Code::UnknownRefund
        | Code::UnknownPayout
        | Code::UnknownSplit
        | Code::UnknownEvent
        | Code::UnknownCallback
        | Code::BillMissing => StatusCode::NOT_FOUND,
        Code::AlreadyExpired
        | Code::PaymentEnded
        | Code::OverRefund
        | Code::NotHeld
        | Code::SplitTooLate
        | Code::EventFromFuture
        | Code::EventTooEarly
        | Code::EventContradicts
        | Code::BillNotReady
        | Code::BillDiffers
        | Code::PayoutNotDone => StatusCode::CONFLICT,
        Code::BadAmount
        | Code::BadSplit
        | Code::BadSecret
        | Code::IdReused
        | Code::SplitOverRate
        | Code::SplitOverCharge
        | Code::SplitTooManyReceivers
        | Code::SplitTooManyRequests => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// In English and in Chinese.
pub fn messages(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::BadAmount => ("This is not an amount.", "金额不正确。"),
        Code::BadId => ("This is not an id.", "编号格式不正确。"),
        Code::BadText => ("This is not a line of text.", "文本格式不正确。"),
        Code::BadDay => ("This is not a day.", "日期格式不正确。"),
        Code::BadEvent => ("This is not a report.", "上报内容格式不正确。"),
        Code::BadBill => ("This is not a bill.", "账单格式不正确。"),
        Code::BadSplit => ("This is not a split.", "分账内容不正确。"),
        Code::BadSecret => ("This is not a secret.", "密钥长度不符合要求。"),
        Code::SignatureMalformed => ("The call is not signed.", "调用未签名或签名格式不正确。"),
        Code::SignatureExpired => {
            ("The time of the call is too far from now.", "调用时间与当前时间相差过大。")
        }
        Code::SignatureWrong => ("The signature is not that of this call.", "签名与调用不符。"),
        Code::IdReused => ("The id was used for something else.", "编号已用于其他内容。"),
        Code::AlreadyExpired => ("The payment's time has passed.", "支付已过期。"),
        Code::UnknownPayment => ("There is no such payment.", "支付单不存在。"),
        Code::UnknownCharge => ("There is no such charge.", "扣款记录不存在。"),
        Code::UnknownRefund => ("There is no such refund.", "退款不存在。"),
        Code::UnknownPayout => ("There is no such payout.", "付款不存在。"),
        Code::UnknownSplit => ("There is no such split.", "分账不存在。"),
        Code::PaymentEnded => ("The payment has ended or has been paid.", "支付单已结束或已支付。"),
        Code::OverRefund => ("It is more than was charged.", "超过可退金额。"),
        Code::NotHeld => ("The charge is not held for splits.", "该笔款项未冻结，不能分账。"),
        Code::SplitOverRate => ("It is more than may be split.", "超过允许的分账比例。"),
        Code::SplitOverCharge => ("It is more than is left of the charge.", "超过可分账余额。"),
        Code::SplitTooManyReceivers => ("Too many receivers.", "分账接收方过多。"),
        Code::SplitTooManyRequests => ("The charge was split too often.", "分账次数过多。"),
        Code::SplitTooLate => ("The charge is held no more.", "已超过冻结期限。"),
        Code::EventFromFuture => ("The report is from later than now.", "上报时间晚于当前时间。"),
        Code::EventTooEarly => ("What the report builds on is not known yet.", "前置上报尚未到达。"),
        Code::EventContradicts => ("The report contradicts what is known.", "上报内容与已知结果矛盾。"),
        Code::UnknownEvent => ("This never happened.", "没有这一事件。"),
        Code::BillNotReady => ("The day is not over.", "当日尚未结束，账单未生成。"),
        Code::BillMissing => ("Nobody has handed in the bill of this day.", "当日账单尚未提交。"),
        Code::BillDiffers => ("The day has another bill.", "当日已有不同的账单。"),
        Code::PayoutNotDone => ("The payout is not done.", "付款尚未完成。"),
        Code::UnknownCallback => ("There is no such callback.", "回调不存在。"),
    }
}
