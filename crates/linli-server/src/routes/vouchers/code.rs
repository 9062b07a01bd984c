//! The code of a voucher: twelve digits that follow from its order and from the member's key in the vault, so that a
//! purchase that is sent again has the same, and that nobody without the key can make or guess. The journal has it sealed,
//! and by a digest to find it. Must not be added here: a code that is shown to anybody but its member.

use crate::app::App;
use crate::problem::{Code, Problem};
use linli_platform::Reference;

/// Codes that there are: those of twelve digits.
const CODES: u128 = 1_000_000_000_000;
const DIGITS: usize = 12;

/// For what a member's key makes, seals and opens it.
const FIELD: &str = "voucher";

/// A code. It is never logged.
pub struct VoucherCode(String);

fn person(member: &str) -> String {
    format!("member:{member}")
}

impl VoucherCode {
    /// The code of a member's order.
    pub async fn of_order(app: &App, member: &str, order: &str) -> Result<Self, Problem> {
        let digest = app.secrets.digest(person(member), FIELD, order.into()).await?;
        let (first, _) = digest.split_first_chunk().expect("16 of 32 bytes");
        // 2^128 is so much more than there are codes that each is as likely as another.
        let number = u128::from_be_bytes(*first) % CODES;
        Ok(Self(format!("{number:0DIGITS$}")))
    }

    /// A code as somebody has typed it, perhaps in groups.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let digits: String = text.chars().filter(|character| !matches!(character, ' ' | '-')).collect();
        if digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(Self(digits));
        }
        Err(Problem::new(Code::BadParameter, format!("the code of a voucher has {DIGITS} digits")))
    }

    /// By what it is found.
    pub async fn digest(&self, app: &App) -> Result<Reference, Problem> {
        app.secrets.reference(FIELD, &self.0).await
    }

    /// Seals it for its member.
    pub async fn seal(self, app: &App, member: &str) -> Result<Vec<u8>, Problem> {
        app.secrets.seal(person(member), FIELD, self.0.into()).await
    }

    /// What was sealed for its member; none if it was shredded.
    pub async fn open(app: &App, member: &str, sealed: Vec<u8>) -> Result<Option<String>, Problem> {
        let opened = app.secrets.open(person(member), FIELD, sealed).await?;
        opened.map(|plain| String::from_utf8(plain).map_err(|_| Problem::internal())).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_twelve_digits_however_they_are_grouped() {
        let read = |text| VoucherCode::read(text).map(|code| code.0).map_err(|_| ());
        for text in ["012345678901", "0123 4567 8901", "0123-4567-8901"] {
            assert_eq!(read(text), Ok("012345678901".into()), "{text}");
        }
        for text in ["", "01234567890", "0123456789012", "01234567890x", "０１２３４５６７８９０１", "1.2e11"]
        {
            assert_eq!(read(text), Err(()), "{text}");
        }
    }
}
