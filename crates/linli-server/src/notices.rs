//! Notifications that go to phones: looked up at each attempt, so that no number stays where it cannot be shredded, and a
//! number that was changed counts at once. Must not be added here: which notifications there are.

use crate::app::App;
use linli_outbox::sender::{Finding, Message, Notices};
use linli_outbox::{NewRow, Row, sender};
use linli_platform::Account;
use linli_platform::notice::{Params, Template};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is older is not sent any more: whoever looks sees it.
const FRESH_SECONDS: i64 = 86_400;

/// What a row holds: whom it is for and what is said, and no number.
#[derive(Deserialize, Serialize)]
struct Payload {
    member: String,
    template: String,
    params: Params,
    at: i64,
}

/// The row that sends a notification to a member's phone.
pub fn row(
    key: &str,
    member: &str,
    template: Template,
    params: &Params,
    seq: u64,
    at: i64,
    now: i64,
) -> NewRow {
    // The id of a member may have letters that the name of a target has not.
    let target = blake3::hash(member.as_bytes()).to_hex();
    let (member, template, params) = (member.into(), template.name().into(), params.clone());
    let payload = Payload { member, template, params, at };
    let payload = serde_json::to_vec(&payload).expect("texts and numbers are JSON");
    let row = NewRow::new(&format!("notice:{key}"), sender::KIND, &target[..32], seq, payload, now);
    row.expect("numbers and digests are names, and what is said is short")
}

/// The text of an account, as notes are kept under it.
pub fn account_text(account: &Account) -> String {
    account.actor().to_string()
}

/// Finds the messages of rows.
pub struct PhoneNotices {
    app: Arc<App>,
}

impl PhoneNotices {
    pub fn new(app: Arc<App>) -> Self {
        Self { app }
    }

    async fn look_up(&self, row: &Row) -> Result<Option<Message>, String> {
        let payload: Payload =
            serde_json::from_slice(row.row.payload()).map_err(|_| "the row holds no notice".to_string())?;
        let template =
            Template::named(&payload.template).ok_or("the row says what is not in the catalogue")?;
        if self.app.now().seconds - payload.at > FRESH_SECONDS {
            return Ok(None);
        }
        let sealed = self.app.look(|replica| {
            replica.platform().people.get(&payload.member).map(|person| person.sealed_phone.clone())
        });
        let name = |problem: crate::problem::Problem| problem.code().name().to_string();
        let Some(sealed) = sealed.map_err(name)? else { return Ok(None) };
        let phone = self.app.secrets.open(format!("member:{}", payload.member), "phone", sealed).await;
        let Some(phone) = phone.map_err(name)? else { return Ok(None) };
        let (english, chinese) = template.say(&payload.params);
        let text = format!("{chinese} {english}");
        let message = Message::notice(&String::from_utf8_lossy(&phone), &text, row.row.key());
        message.map(Some).map_err(|refusal| refusal.code().to_string())
    }
}

impl Notices for PhoneNotices {
    fn find<'a>(&'a self, row: &'a Row) -> Finding<'a> {
        Box::pin(self.look_up(row))
    }
}
