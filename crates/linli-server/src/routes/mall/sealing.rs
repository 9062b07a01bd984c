//! Texts of people in the mall: bounded, sealed under the key of whom they are about, opened for whom they concern.
//! Must not be added here: a text that stays in clear.

use crate::app::App;
use crate::problem::{Code, Problem};
use std::ops::RangeInclusive;

/// Characters of why something is done.
pub const REASON: RangeInclusive<usize> = 1..=200;

/// What a text is called, and how long it may be, in characters.
pub struct Text {
    pub field: &'static str,
    pub what: &'static str,
    pub length: RangeInclusive<usize>,
}

/// Why an order is cancelled.
pub const CANCEL: Text = Text { field: "mall_cancel", what: "a reason", length: REASON };
/// What a member says of a return.
pub const RETURN: Text = Text { field: "mall_return", what: "a text", length: 1..=1_000 };
/// What a return is answered with: where to, or why not.
pub const ANSWER: Text = Text { field: "mall_answer", what: "an answer", length: 1..=500 };
/// Whom to call at a supplier.
pub const CONTACT: Text = Text { field: "contact", what: "a contact", length: 1..=500 };

/// A text of this length that can be seen, of one or more lines.
pub fn check(what: &str, length: &RangeInclusive<usize>, text: &str) -> Result<(), Problem> {
    let is_hidden = |character: char| character.is_control() && character != '\n';
    if length.contains(&text.chars().count()) && text.trim() == text && !text.contains(is_hidden) {
        return Ok(());
    }
    let (least, most) = (length.start(), length.end());
    let detail = format!("{what} has {least} to {most} characters, no blanks around it and no controls");
    Err(Problem::new(Code::BadParameter, detail))
}

pub fn of_member(member: &str) -> String {
    format!("member:{member}")
}

pub fn of_supplier(supplier: &str) -> String {
    format!("supplier:{supplier}")
}

pub async fn seal(app: &App, person: String, of: &Text, text: &str) -> Result<Vec<u8>, Problem> {
    check(of.what, &of.length, text)?;
    app.secrets.seal(person, of.field, text.as_bytes().to_vec()).await
}

/// As [`seal`]; nothing where nothing is said.
pub async fn seal_or_none(
    app: &App,
    person: String,
    of: &Text,
    text: Option<&str>,
) -> Result<Vec<u8>, Problem> {
    match text {
        Some(text) => seal(app, person, of, text).await,
        None => Ok(Vec::new()),
    }
}

/// What was sealed; none where nothing was, or where it was shredded.
pub async fn open(app: &App, person: String, of: &Text, sealed: Vec<u8>) -> Result<Option<String>, Problem> {
    if sealed.is_empty() {
        return Ok(None);
    }
    let opened = app.secrets.open(person, of.field, sealed).await?;
    Ok(opened.map(|text| String::from_utf8_lossy(&text).into_owned()))
}
