//! `/v1/login`: a member shows who they are by a code that was sent to their phone; whoever is new registers with it.

mod device;
mod opening;

pub use device::Device;
pub use opening::{LoggedIn, open_session, random_text};

use super::binding::{Link, check_consent};
use crate::app::App;
use crate::input::Input;
use crate::people::{GOOD_FOR_SECONDS, Phone, Purpose, WrongCode};
use crate::perform::perform_once;
use crate::problem::{Code, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use linli_outbox::sender::Message;
use linli_platform::person::Invitation;
use linli_platform::{Account, Actor, PersonAct, Reference};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Seconds that a session of a member lasts.
const MEMBER_SECONDS: i64 = 30 * 86_400;

/// A phone number that is to get a code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// With its country, or of mainland China.
    #[schema(example = "13800000000")]
    pub phone: String,
}

/// A code is on its way.
#[derive(Serialize, ToSchema)]
pub struct Sent {
    /// Seconds that it is good for.
    #[schema(example = 300)]
    good_for_seconds: i64,
}

/// Send a code to a phone
///
/// The answer is the same whether somebody has registered with the number or not.
#[utoipa::path(
    post,
    path = "/v1/login/codes",
    tag = "People",
    request_body = Number,
    responses(
        (status = 202, description = "A code is on its way", body = Sent),
)
)]
pub async fn send_code(
    State(app): State<Arc<App>>,
    device: Device,
    Input(number): Input<Number>,
) -> Result<(StatusCode, Json<Sent>), Problem> {
    app.rates.code_address.take(&device.address)?;
    send(&app, &number.phone, Purpose::LogIn).await.map(|sent| (StatusCode::ACCEPTED, Json(sent)))
}

/// Sends a code for this purpose, not too often to one number.
pub async fn send(app: &App, phone: &str, purpose: Purpose) -> Result<Sent, Problem> {
    let phone = read_phone(phone)?;
    let reference = app.secrets.reference("phone", phone.whole()).await?;
    let caller = format!("{reference:?}");
    app.rates.code_soon.take(&caller)?;
    app.rates.code_day.take(&caller)?;
    let now = (app.clock)();
    let code = app.codes.issue(purpose, reference, now);
    let text = format!(
        "{code} 是您的邻里验证码，{0} 分钟内有效，请勿告诉他人。Your Linli code is {code}.",
        GOOD_FOR_SECONDS / 60
    );
    let key = format!("code-{}", random_text());
    let message = Message::code(phone.whole(), &code, &text, &key);
    let message = message.map_err(|refusal| Problem::new(Code::BadParameter, refusal.to_string()))?;
    app.messages.sender().send(&message).await.map_err(|fault| {
        tracing::warn!(code = fault.code(), %fault, "a code was not sent");
        Problem::new(Code::NotSent, fault.to_string())
    })?;
    Ok(Sent { good_for_seconds: GOOD_FOR_SECONDS })
}

pub fn read_phone(text: &str) -> Result<Phone, Problem> {
    let detail = "a phone number has its country, such as +8613800000000, or is a mobile of mainland China";
    Phone::parse(text).ok_or_else(|| Problem::new(Code::BadParameter, detail))
}

/// Takes the code that was sent to a number; gives what the number is known by.
pub async fn take_code(app: &App, phone: &Phone, code: &str, purpose: Purpose) -> Result<Reference, Problem> {
    let reference = app.secrets.reference("phone", phone.whole()).await?;
    app.rates.log_in.take(&format!("{reference:?}"))?;
    app.codes.take(purpose, reference, code, (app.clock)()).map_err(|wrong| match wrong {
        WrongCode::Expired => Problem::new(Code::Stale, "a code is good for five minutes and five tries"),
        WrongCode::Wrong { left } => Problem::new(Code::Mistyped, format!("{left} tries are left")),
    })?;
    Ok(reference)
}

/// A phone number and the code that was sent to it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    /// The number.
    #[schema(example = "13800000000")]
    phone: String,
    /// The code.
    #[schema(example = "123456")]
    code: String,
    /// What whoever is new has agreed to; without it nobody registers.
    register: Option<Register>,
}

/// What somebody who is new has agreed to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// The version of the terms that were shown.
    terms: u32,
    /// The invitation that was shown and agreed to.
    invitation: Option<Invited>,
}

/// An invitation: by a member, or by a store, whose owner then is the inviter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Invited {
    /// The member whose link it was.
    member: Option<String>,
    /// The store whose link or code it was.
    store: Option<String>,
    /// The recruiter whose link for opening a store it was.
    recruiter: Option<String>,
    /// The version of the text about being bound that was agreed to.
    consent: u32,
}

impl Invited {
    fn look_up(self, app: &App) -> Result<Invitation, Problem> {
        let Self { member, store, recruiter, consent } = self;
        check_consent(consent)?;
        let link = Link { member, store, recruiter };
        app.look(|replica| link.invitation(replica, consent))?
    }
}

/// Log in, or register
#[utoipa::path(
    post,
    path = "/v1/login",
    tag = "People",
    request_body = LogIn,
    responses(
        (status = 200, description = "Who has logged in, and the token", body = LoggedIn),
)
)]
pub async fn log_in(
    State(app): State<Arc<App>>,
    device: Device,
    Input(input): Input<LogIn>,
) -> Result<Response, Problem> {
    let phone = read_phone(&input.phone)?;
    if let Some(register) = &input.register {
        // Before the code is taken: whoever reads the new terms sends the same code again.
        check_terms(&app, register.terms)?;
    }
    let reference = take_code(&app, &phone, &input.code, Purpose::LogIn).await?;
    let known = app.look(|replica| replica.platform().people.with_phone(&reference).map(String::from))?;
    let (member, is_new) = match (known, input.register) {
        (Some(member), _) => (member, false),
        (None, Some(register)) => (new_member(&app, &phone, reference, register).await?, true),
        (None, None) => {
            // Whoever is new reads the terms and sends the same code again with them.
            app.codes.put_back(Purpose::LogIn, reference, &input.code, (app.clock)());
            let detail = "show the terms, and send the same code with what was agreed to";
            return Err(Problem::new(Code::NotRegistered, detail));
        }
    };
    let account = Account::Member(member);
    open_session(&app, account, &device, None, MEMBER_SECONDS, is_new).await
}

/// The terms that were agreed to are those in force; the act that registers makes sure of it again.
fn check_terms(app: &App, terms: u32) -> Result<(), Problem> {
    let now = app.now();
    let in_force = app.look(|replica| replica.platform().documents.terms_in_force(now))?;
    if terms == in_force {
        return Ok(());
    }
    let detail = format!("version {in_force} of the terms is in force: show it from /v1/rules");
    Err(Problem::new(Code::RefusedAct(linli_platform::Code::TermsChanged), detail))
}

async fn new_member(
    app: &Arc<App>,
    phone: &Phone,
    reference: Reference,
    register: Register,
) -> Result<String, Problem> {
    let member = format!("M{}", &random_text()[..20]);
    let sealed_phone = app.secrets.seal(format!("member:{member}"), "phone", phone.whole().into()).await?;
    let invitation = register.invitation.map(|invited| invited.look_up(app)).transpose()?;
    let act = PersonAct::Register {
        member: member.clone(),
        phone: reference,
        sealed_phone,
        invitation,
        terms: register.terms,
    };
    perform_once(app, Actor::Member(member.clone()), act).await?;
    Ok(member)
}
