//! Texts that go to a provider or come from one: one line, bounded. Must not be added here: a text without a limit.

use crate::error::{Code, Refusal};
use serde::{Deserialize, Serialize};
use std::fmt;

const MOST_LINE_LETTERS: usize = 200;
const MOST_ACCOUNT_LETTERS: usize = 128;

/// One line of 1 to 200 characters: what a payment is for, why something failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Line(String);

/// The account that money came from or goes to, as the provider calls it: 1 to 128 characters. It belongs to a person, so
/// that no log shows it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Account(String);

impl Line {
    /// This text.
    ///
    /// # Errors
    /// [`Code::BadText`] unless it is one line of 1 to 200 characters.
    pub fn new(text: &str) -> Result<Self, Refusal> {
        check(text, "a line", MOST_LINE_LETTERS)?;
        Ok(Self(text.to_owned()))
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Account {
    /// This account.
    ///
    /// # Errors
    /// [`Code::BadText`] unless it is one line of 1 to 128 characters.
    pub fn new(text: &str) -> Result<Self, Refusal> {
        check(text, "an account", MOST_ACCOUNT_LETTERS)?;
        Ok(Self(text.to_owned()))
    }

    /// As the provider calls it, for whoever must know it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

fn check(text: &str, what: &str, most: usize) -> Result<(), Refusal> {
    let letters = text.chars().count();
    if (1..=most).contains(&letters) && !text.contains(char::is_control) && text.trim() == text {
        return Ok(());
    }
    let message = format!(
        "{what} has 1 to {most} characters, none that controls and no space at its ends; this has {letters}"
    );
    Err(Refusal::new(Code::BadText, message))
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Account")
    }
}

impl TryFrom<String> for Line {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        Self::new(&text)
    }
}

impl From<Line> for String {
    fn from(line: Line) -> Self {
        line.0
    }
}

impl TryFrom<String> for Account {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        Self::new(&text)
    }
}

impl From<Account> for String {
    fn from(account: Account) -> Self {
        account.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_one_line_and_bounded_in_characters() {
        for text in ["a", "一斤苹果", &"邻".repeat(200)] {
            assert_eq!(Line::new(text).expect(text).as_str(), text);
        }
        for text in ["", " ", " a", "a ", "a\nb", "a\u{7f}", &"邻".repeat(201)] {
            assert_eq!(Line::new(text).expect_err(text).code, Code::BadText);
        }
        assert!(Account::new(&"a".repeat(128)).is_ok());
        assert!(Account::new(&"a".repeat(129)).is_err());
    }

    #[test]
    fn an_account_is_not_shown() {
        let account = Account::new("openid-77").expect("an account");
        assert!(!format!("{account:?}").contains("77"));
        assert_eq!(account.reveal(), "openid-77");
    }
}
