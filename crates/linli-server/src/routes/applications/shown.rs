//! Applications as they are shown to whom they concern. Must not be added here: a whole phone number for the desk.

use super::form::ApplicationContact;
use crate::app::App;
use crate::caller::{Caller, Who};
use crate::people::Phone;
use crate::problem::Problem;
use crate::routes::stores::front::region_name;
use crate::routes::stores::page::PageForm;
use linli_platform::store_application::{Application, Stage};
use serde::Serialize;
use utoipa::ToSchema;

/// An application in a list.
#[derive(Serialize, ToSchema)]
pub struct ListedApplication {
    /// The application.
    #[schema(example = "A0123456789abcdef0123")]
    pub id: String,
    /// The store's name.
    #[schema(example = "东记面馆")]
    name: String,
    /// The published code of its district.
    #[schema(example = "440106")]
    district: String,
    /// Province, city and district.
    region: String,
    /// `draft`, `submitted`, `asked`, `approved`, `refused` or `withdrawn`.
    #[schema(example = "submitted")]
    state: &'static str,
    /// Since when.
    since: String,
    /// How often it was handed in; an approval names it.
    version: u32,
    /// The store, once it is open.
    store: Option<String>,
}

/// An application.
#[derive(Serialize, ToSchema)]
pub struct ShownApplication {
    #[serde(flatten)]
    listed: ListedApplication,
    /// Who applies.
    member: String,
    /// What the store's page will be.
    page: PageForm,
    /// A rate of its own that is asked for.
    #[schema(example = "20%")]
    rate: Option<String>,
    /// Whom to reach; none once that was deleted.
    contact: Option<ApplicationContact>,
    /// Ids of its documents.
    documents: Vec<String>,
    /// The recruiter whose link led here.
    recruiter: Option<String>,
    /// Whether the member agreed to be bound to the recruiter.
    agreed_to_be_bound: bool,
    /// What the desk wrote last: what it wants to know, or why it refused.
    note: Option<String>,
}

pub fn listed(id: &str, application: &Application) -> ListedApplication {
    let form = &application.form;
    let (state, store) = match &application.stage {
        Stage::Draft => ("draft", None),
        Stage::Submitted => ("submitted", None),
        Stage::Asked => ("asked", None),
        Stage::Approved { store } => ("approved", Some(store.clone())),
        Stage::Refused => ("refused", None),
        Stage::Withdrawn => ("withdrawn", None),
    };
    ListedApplication {
        id: id.into(),
        name: form.page.name.clone(),
        district: form.district.clone(),
        region: region_name(&form.district),
        state,
        since: application.since.to_string(),
        version: application.version,
        store,
    }
}

/// Whom to reach, whole.
pub async fn contact_of(app: &App, application: &Application) -> Result<Option<ApplicationContact>, Problem> {
    let person = format!("member:{}", application.member);
    let opened = app.secrets.open(person, "contact", application.form.sealed_contact.clone()).await?;
    Ok(opened.and_then(|contact| serde_json::from_slice(&contact).ok()))
}

/// A name by its first character, and a number by its ends.
fn masked(contact: &ApplicationContact) -> ApplicationContact {
    let first: String = contact.name.chars().take(1).collect();
    let phone = Phone::parse(&contact.phone).map_or_else(|| "****".into(), |phone| phone.masked());
    ApplicationContact { name: format!("{first}**"), phone }
}

pub async fn shown(
    app: &App,
    caller: &Caller,
    id: &str,
    application: Application,
) -> Result<ShownApplication, Problem> {
    let listed = listed(id, &application);
    let contact = contact_of(app, &application).await?;
    let is_own = matches!(caller.who, Who::Member { .. });
    let note = match application.sealed_note {
        Some(sealed) => {
            let opened = app.secrets.open(format!("member:{}", application.member), "note", sealed).await?;
            opened.map(|note| String::from_utf8_lossy(&note).into_owned())
        }
        None => None,
    };
    let form = application.form;
    Ok(ShownApplication {
        listed,
        member: application.member,
        page: PageForm::shown(app, form.page).await?,
        rate: form.rate.map(|rate| rate.to_string()),
        contact: if is_own { contact } else { contact.as_ref().map(masked) },
        documents: form.documents,
        agreed_to_be_bound: form.recruited.as_ref().is_some_and(|recruited| recruited.consent.is_some()),
        recruiter: form.recruited.map(|recruited| recruited.by),
        note,
    })
}
