//! What the platform's refusals are over HTTP: a status and a meaning for each code, exhaustively, so that a new
//! refusal cannot be forgotten here.

use axum::http::StatusCode;
use linli_platform::Code;

/// Not found, in conflict with what there is, or well-formed and not to be done.
pub fn status(code: Code) -> StatusCode {
    match code {
        Code::BadText => StatusCode::UNPROCESSABLE_ENTITY,
        Code::UnknownKey => StatusCode::NOT_FOUND,
        Code::KeyExists | Code::KeyEnded => StatusCode::CONFLICT,
    }
}

/// In English and in Chinese.
pub fn messages(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::BadText => ("This text cannot be taken.", "文字不符合要求。"),
        Code::KeyExists => ("There is such a key.", "密钥已存在。"),
        Code::UnknownKey => ("There is no such key.", "密钥不存在。"),
        Code::KeyEnded => ("The key has ended.", "密钥已停用。"),
    }
}
