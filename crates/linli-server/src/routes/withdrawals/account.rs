//! The account of a bank that money is paid out to: what is taken for one, what of it is shown, and how it is kept. Its
//! number is sealed before it goes anywhere. Must not be added here: a message that repeats what was sent.

use crate::app::App;
use crate::problem::{Code, Problem};
use linli_platform::WithdrawalAct;
use linli_platform::withdrawal::Owner;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Characters of the names of a bank and of a person or company.
const BANK: usize = 24;
const NAME: usize = 60;

/// Digits of an account's number.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=32;

/// In whose name and field accounts are sealed.
const FIELD: &str = "payout_account";

/// Marks that names have beside letters and digits.
const MARKS: &str = " ·.,&-'’()（）";

/// An account of a bank.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BankAccount {
    /// The bank, with its branch if it needs one: up to 24 characters.
    #[schema(example = "招商银行")]
    pub bank: String,
    /// 8 to 32 digits; blanks and dashes between them are left out.
    #[schema(example = "6225 8812 3456 7890")]
    pub number: String,
    /// Whose it is, as the bank writes it: up to 60 characters.
    #[schema(example = "张三")]
    pub name: String,
}

/// The person under whose key an owner's account is sealed.
pub fn sealed_for(owner: &Owner) -> String {
    if owner.is_platform() { "platform".into() } else { format!("{}:{}", owner.kind(), owner.id()) }
}

/// The account that a body says.
///
/// # Errors
/// What an account is, without what was sent: it may be half a number.
pub fn read(body: serde_json::Value) -> Result<BankAccount, Problem> {
    let detail = "the body has bank, number and name, each a text, and nothing else";
    let sent: BankAccount = serde_json::from_value(body).map_err(|_| Problem::new(Code::BadBody, detail))?;
    let number: String = sent.number.chars().filter(|mark| !matches!(mark, ' ' | '-')).collect();
    if !DIGITS.contains(&number.len()) || !number.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(Problem::new(Code::BadParameter, "the number of an account has 8 to 32 digits"));
    }
    check_name("a bank", BANK, &sent.bank)?;
    check_name("the name of an account", NAME, &sent.name)?;
    Ok(BankAccount { number, ..sent })
}

/// Letters, digits and few marks: nothing that a sheet would take for a formula.
fn check_name(what: &str, most: usize, name: &str) -> Result<(), Problem> {
    let is_fit = |mark: char| mark.is_alphanumeric() || MARKS.contains(mark);
    let begins = name.chars().next().is_some_and(char::is_alphanumeric);
    if begins && name.chars().count() <= most && name.chars().all(is_fit) && name.trim_end() == name {
        return Ok(());
    }
    let detail =
        format!("{what} has 1 to {most} letters, digits and marks of {MARKS:?}, a letter or digit first");
    Err(Problem::new(Code::BadParameter, detail))
}

/// The act that sets an account, which has only what is sealed, masked and referred to.
pub async fn set(app: &App, owner: Owner, account: BankAccount) -> Result<WithdrawalAct, Problem> {
    let reference = app.secrets.reference(FIELD, &account.number).await?;
    let last_four = &account.number[account.number.len() - 4..];
    let masked = format!("{} 尾号 {last_four}", account.bank);
    let plain = serde_json::to_vec(&account).expect("texts are JSON");
    let sealed_account = app.secrets.seal(sealed_for(&owner), FIELD, plain).await?;
    Ok(WithdrawalAct::SetAccount { owner, sealed_account, masked, reference })
}

/// The account that was sealed; none once its owner's key is shredded.
pub async fn open(app: &App, owner: &Owner, sealed: Vec<u8>) -> Result<Option<BankAccount>, Problem> {
    let opened = app.secrets.open(sealed_for(owner), FIELD, sealed).await?;
    Ok(opened.map(|plain| serde_json::from_slice(&plain).expect("it was sealed as JSON")))
}

/// A text in which nothing looks like an account's number any more: of six digits and more the last four stay.
pub fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for mark in text.chars().chain(['\0']) {
        if mark.is_numeric() || (matches!(mark, ' ' | '-') && !run.is_empty()) {
            run.push(mark);
            continue;
        }
        push_run(&mut out, &std::mem::take(&mut run));
        out.push(mark);
    }
    out.pop();
    out
}

fn push_run(out: &mut String, run: &str) {
    let digits: Vec<char> = run.chars().filter(|mark| mark.is_numeric()).collect();
    let Some(hidden) = digits.len().checked_sub(4).filter(|hidden| *hidden >= 2) else {
        out.push_str(run);
        return;
    };
    out.push('…');
    out.extend(&digits[hidden..]);
    out.push_str(&run[run.trim_end_matches([' ', '-']).len()..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_account_is_digits_and_names_or_refused_without_a_digit_of_it() {
        let account = |bank: &str, number: &str, name: &str| {
            read(json!({ "bank": bank, "number": number, "name": name }))
                .map_err(|problem| format!("{problem:?}"))
        };
        let read_one = account("招商银行", "6225 8812-34567890", "张·三").expect("an account");
        assert_eq!(read_one.number, "6225881234567890");
        let number = "6225881234567890";
        for (bank, number, name) in [
            ("", number, "n"),
            ("b", "1234567", "n"),
            ("b", &"1".repeat(33), "n"),
            ("b", "６２２５８８１２３４５６７８９０", "n"),
            ("b", "6225x81234567890", "n"),
            ("=1+1", number, "n"),
            ("b", number, "=cmd|' /C calc'!A0"),
            ("b", number, "@n"),
            ("b", number, "n\u{202e}"),
            ("b", number, "n\n"),
            ("b", number, "n "),
            (&"b".repeat(25), number, "n"),
            ("b", number, &"n".repeat(61)),
        ] {
            let refused = account(bank, number, name).err().expect("refused");
            assert!(!refused.contains("622588") && !refused.contains("111111"), "{refused}");
        }
        let refused = read(json!({ "number": 6_225_881_234_567_890_u64 })).err().expect("refused");
        assert!(!format!("{refused:?}").contains("6225881234567890"));
    }

    #[test]
    fn what_looks_like_a_number_is_cut_to_its_end() {
        for (text, shown) in [
            ("户名不符", "户名不符"),
            ("账号6225881234567890不存在", "账号…7890不存在"),
            ("6225 8812 3456 7890 closed", "…7890 closed"),
            ("code 12345", "code 12345"),
            ("１２３４５６７８", "…５６７８"),
        ] {
            assert_eq!(without_numbers(text), shown);
        }
    }
}
