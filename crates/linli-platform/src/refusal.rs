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
