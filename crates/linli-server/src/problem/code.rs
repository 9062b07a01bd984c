//! The codes of problems: for each its status and what it means, in English and Chinese. Codes are stable.

use super::{refused, refused_act, refused_by_provider};
use axum::http::StatusCode;
use linli_economy::refusal::Code as Refused;
use linli_payments::Code as RefusedByProvider;
use linli_platform::Code as RefusedAct;

macro_rules! codes {
    ($($code:ident = $status:ident $name:literal $english:literal $chinese:literal;)+) => {
        /// What went wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            /// The economy's rules say no.
            Refused(Refused),
            /// The platform's rules say no.
            RefusedAct(RefusedAct),
            /// The payment provider says no.
            RefusedByProvider(RefusedByProvider),
            $(#[doc = $english] $code),+
        }

        impl Code {
            /// Every code that is not the economy's.
            const OWN: &[Self] = &[$(Self::$code),+];

            /// The stable name.
            pub fn name(self) -> &'static str {
                match self {
                    Self::Refused(code) => code.name(),
                    Self::RefusedAct(code) => code.name(),
                    Self::RefusedByProvider(code) => code.as_str(),
                    $(Self::$code => $name),+
                }
            }

            /// The status of the answer.
            pub fn status(self) -> StatusCode {
                match self {
                    Self::Refused(code) => refused::status(code),
                    Self::RefusedAct(code) => refused_act::status(code),
                    Self::RefusedByProvider(code) => refused_by_provider::status(code),
                    $(Self::$code => StatusCode::$status),+
                }
            }

            /// What it means, in English and in Chinese.
            pub fn messages(self) -> (&'static str, &'static str) {
                match self {
                    Self::Refused(code) => refused::messages(code),
                    Self::RefusedAct(code) => code.messages(),
                    Self::RefusedByProvider(code) => refused_by_provider::messages(code),
                    $(Self::$code => ($english, $chinese)),+
                }
            }
        }
    };
}

codes! {
    UnknownRoute = NOT_FOUND "unknown_route" "There is nothing at this path." "没有这个路径。";
    MethodNotAllowed = METHOD_NOT_ALLOWED "method_not_allowed"
        "This path has other methods." "此路径不支持该方法。";
    BadParameter = BAD_REQUEST "bad_parameter"
        "A part of the path, the query or a header is not well-formed." "路径、查询或请求头的格式不正确。";
    BadBody = BAD_REQUEST "bad_body" "The body could not be read or holds nothing." "请求体无法读取或为空。";
    BadUrl = UNPROCESSABLE_ENTITY "bad_url" "This URL may not be called." "该网址不可用。";
    WrongCommand = BAD_REQUEST "wrong_command"
        "This path takes other commands." "此路径不接受该命令。";
    BodyTimeout = REQUEST_TIMEOUT "body_timeout"
        "The body did not arrive in time." "请求体未在限定时间内到达。";
    BodyTooLarge = PAYLOAD_TOO_LARGE "body_too_large"
        "The body has more bytes than this path takes." "请求体超过此路径允许的大小。";
    TooManyCommands = PAYLOAD_TOO_LARGE "too_many_commands"
        "One call takes 10,000 commands at most." "一次调用最多 10,000 条命令。";
    UnsupportedMediaType = UNSUPPORTED_MEDIA_TYPE "unsupported_media_type"
        "This path takes another content type." "此路径要求其他内容类型。";
    IdempotencyKeyMissing = BAD_REQUEST "idempotency_key_missing"
        "A write needs an Idempotency-Key." "写入请求必须带 Idempotency-Key。";
    RequestInProgress = CONFLICT "request_in_progress"
        "A request with this Idempotency-Key is being worked on." "使用此 Idempotency-Key 的请求正在处理。";
    SignatureMissing = UNAUTHORIZED "signature_missing"
        "The request is not signed." "请求未签名。";
    UnknownKey = UNAUTHORIZED "unknown_key" "There is no such key in force." "密钥不存在或已失效。";
    SignatureWrong = UNAUTHORIZED "signature_wrong"
        "The signature is not that of this request." "签名与请求不符。";
    SignatureExpired = UNAUTHORIZED "signature_expired"
        "The time of the signature is too far from now." "签名时间与当前时间相差过大。";
    SignatureReplayed = UNAUTHORIZED "signature_replayed"
        "A request with this nonce was answered before." "此 nonce 的请求已处理过。";
    ScopeMissing = FORBIDDEN "scope_missing" "The key may not do this." "密钥无此权限。";
    Forbidden = FORBIDDEN "forbidden" "This is not for you." "您无权进行此操作。";
    NotLoggedIn = UNAUTHORIZED "not_logged_in" "You are not logged in." "请先登录。";
    CrossSite = FORBIDDEN "cross_site"
        "The request does not come from a page of this service." "请求并非来自本站页面。";
    AccountNotReady = FORBIDDEN "account_not_ready"
        "The account is not set up yet." "账号尚未完成设置。";
    TooManyRequests = TOO_MANY_REQUESTS "too_many_requests"
        "Too many requests; come back later." "请求过于频繁，请稍后再试。";
    Mistyped = UNPROCESSABLE_ENTITY "code_wrong" "The code is not the right one." "验证码不正确。";
    Stale = UNPROCESSABLE_ENTITY "code_expired"
        "The code is no longer good; ask for a new one." "验证码已失效，请重新获取。";
    LogInWrong = UNAUTHORIZED "log_in_wrong"
        "The name, the password or the code is not right." "账号、密码或动态码不正确。";
    NotRegistered = CONFLICT "not_registered"
        "Nobody has registered with this number." "该手机号尚未注册。";
    AccountMissing = NOT_FOUND "account_missing" "There is no such account." "账户不存在。";
    ConsentOutdated = CONFLICT "consent_outdated"
        "Another version of the text is shown now." "协议内容已更新，请重新确认。";
    UnknownVoucher = NOT_FOUND "unknown_voucher"
        "This store has no voucher with this code." "本店没有此券码。";
    UnknownRecord = NOT_FOUND "unknown_record"
        "There is no such record of an administrative act." "没有此操作记录。";
    ForbiddenWords = UNPROCESSABLE_ENTITY "forbidden_words"
        "The text has words that a rule does not allow." "文字中有规则不允许的词语。";
    BadPicture = UNPROCESSABLE_ENTITY "bad_picture"
        "The file is no picture that can be taken." "文件不是可接受的图片。";
    NotDrawable = UNPROCESSABLE_ENTITY "not_drawable"
        "This cannot be drawn on a sheet." "文字无法绘制到打印图上。";
    UnknownFile = NOT_FOUND "unknown_file" "There is no such file." "文件不存在。";
    NotSent = SERVICE_UNAVAILABLE "not_sent" "The message could not be sent." "短信发送失败，请稍后重试。";
    NotYetSeen = PRECONDITION_FAILED "not_yet_seen"
        "What was asked for cannot be seen yet; try again." "所要求的数据尚不可见，请重试。";
    NotReady = SERVICE_UNAVAILABLE "not_ready" "The service cannot work now." "服务暂不可用。";
    Busy = SERVICE_UNAVAILABLE "busy"
        "Nothing was applied; try again later." "未执行任何操作，请稍后重试。";
    InDoubt = SERVICE_UNAVAILABLE "in_doubt"
        "It may have been applied; send it again with the same Idempotency-Key."
        "可能已执行，请用相同的 Idempotency-Key 重发。";
    Stopped = SERVICE_UNAVAILABLE "stopped"
        "Nothing was applied, and the service takes nothing more." "未执行任何操作，服务已停止接受写入。";
    Internal = INTERNAL_SERVER_ERROR "internal" "A bug; it has been logged." "系统内部错误，已记录。";
}

impl Code {
    /// Every code there is.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::OWN.iter().copied().chain(Refused::ALL.iter().copied().map(Self::Refused))
    }

    /// The name in words.
    pub fn title(self) -> String {
        let mut title = self.name().replace('_', " ");
        title[..1].make_ascii_uppercase();
        title
    }
}
