//! An application as its member writes it. Must not be added here: whether it can be handed in.

use super::find;
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::people::Phone;
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::routes::stores::page::PageForm;
use crate::routes::subject::Subject;
use axum::extract::State;
use axum::response::Response;
use linli_economy::rate::Rate;
use linli_economy::refusal::Code as Refused;
use linli_platform::StoreApplicationAct;
use linli_platform::store_application::{Recruited, StoreForm};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Documents of one application.
const MOST_DOCUMENTS: usize = 10;

/// What a member says of the store that they want to open.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationForm {
    /// What the store's page will be.
    page: PageForm,
    /// The published code of its district.
    #[schema(example = "440106")]
    district: String,
    /// A rate of its own that is asked for, within what the plan allows; without one it pays the plan's.
    #[schema(example = "20%")]
    rate: Option<String>,
    /// Whom to reach; sealed.
    contact: ApplicationContact,
    /// Ids of uploaded documents, such as the business licence; up to 10.
    #[serde(default)]
    documents: Vec<String>,
    /// The recruiter whose link led here.
    recruited: Option<RecruitedForm>,
}

/// Whom to reach.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationContact {
    /// 1 to 40 characters.
    #[schema(example = "陈东")]
    pub name: String,
    /// With its country, or a mobile of mainland China.
    #[schema(example = "13800000000")]
    pub phone: String,
}

/// The recruiter whose link led here.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecruitedForm {
    /// The recruiter.
    #[schema(example = "M0123456789abcdef0123")]
    recruiter: String,
    /// The version of the text about being bound to the recruiter that was agreed to. It happens when the store is open, and
    /// only while one is unbound; without it nothing is agreed to.
    consent: Option<u32>,
}

impl ApplicationContact {
    fn read(self) -> Result<Self, Problem> {
        let bad = |detail: &str| Problem::new(Code::BadParameter, detail);
        let name = self.name.trim().to_string();
        if !(1..=40).contains(&name.chars().count()) || name.chars().any(char::is_control) {
            return Err(bad("whom to reach has a name of 1 to 40 characters"));
        }
        let phone = Phone::parse(&self.phone).ok_or_else(|| bad("whom to reach has a phone number"))?;
        Ok(Self { name, phone: phone.whole().to_string() })
    }
}

impl ApplicationForm {
    async fn read(self, app: &App, member: &str) -> Result<StoreForm, Problem> {
        let Self { page, district, rate, contact, documents, recruited } = self;
        if documents.len() > MOST_DOCUMENTS {
            return Err(Problem::new(Code::BadParameter, "an application has up to 10 documents"));
        }
        app.files.need_documents((app.clock)(), member, &documents).await?;
        let read = |text: String| {
            let bad = || Problem::new(Code::Refused(Refused::BadRate), "a rate is a text such as \"20%\"");
            Rate::parse(&text, Rate::WHOLE).map_err(|_| bad())
        };
        let contact = serde_json::to_vec(&contact.read()?).expect("texts are JSON");
        Ok(StoreForm {
            page: page.read(app, member).await?,
            district,
            rate: rate.map(read).transpose()?,
            sealed_contact: app.secrets.seal(format!("member:{member}"), "contact", contact).await?,
            documents,
            recruited: recruited.map(|form| Recruited { by: form.recruiter, consent: form.consent }),
        })
    }
}

/// Draft an application to open a store
#[utoipa::path(
    post,
    path = "/v1/applications",
    tag = "Applications",
    request_body = ApplicationForm,
    responses((status = 200, description = "It is a draft, under this id", body = Done)),
)]
pub async fn draft(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(input): Input<ApplicationForm>,
) -> Result<Response, Problem> {
    let (id, form) = (caller.new_id('A'), input.read(&app, caller.member()?).await?);
    perform(&app, &caller, &id, StoreApplicationAct::Draft { id: id.clone(), form: Box::new(form) }).await
}

/// Change an application
///
/// While it is a draft, or the desk has asked for more.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/change",
    tag = "Applications",
    params(("id" = String, Path, description = "The application's id")),
    request_body = ApplicationForm,
    responses((status = 200, description = "It is changed", body = Done)),
)]
pub async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(input): Input<ApplicationForm>,
) -> Result<Response, Problem> {
    app.look(|replica| find(replica, &caller, &id).map(drop))??;
    let form = input.read(&app, caller.member()?).await?;
    perform(&app, &caller, &id, StoreApplicationAct::Draft { id: id.clone(), form: Box::new(form) }).await
}
