//! An application and where it stands. Must not be added here: who may move it on.

use crate::act::Actor;
use crate::storefront::Page;
use linli_economy::rate::Rate;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// What a member says of the store that they want to open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreForm {
    /// What the store's page will be.
    pub page: Page,
    /// The published code of its district, six digits.
    pub district: String,
    /// A rate of its own that is asked for.
    pub rate: Option<Rate>,
    /// Whom to reach and how, sealed for the member.
    pub sealed_contact: Vec<u8>,
    /// Names of uploaded documents.
    pub documents: Vec<String>,
    /// Who brought the member here.
    pub recruited: Option<Recruited>,
}

/// The link of a recruiter, and what was agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recruited {
    /// The recruiter.
    pub by: String,
    /// The version of the text about being bound that was agreed to; none if the member did not agree or is bound.
    pub consent: Option<u32>,
}

/// Where an application stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// The member writes it.
    Draft,
    /// The desk looks at it.
    Submitted,
    /// The desk wants to know more; the member changes and submits it again.
    Asked,
    /// The store is open.
    Approved {
        /// The store.
        store: String,
    },
    /// The desk opens no store.
    Refused,
    /// The member wants none.
    Withdrawn,
}

/// One application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Who applies.
    pub member: String,
    /// What it says.
    pub form: StoreForm,
    /// Where it stands.
    pub stage: Stage,
    /// Since when.
    pub since: Instant,
    /// How often it was submitted.
    pub version: u32,
    /// What the desk wrote last, sealed for the member.
    pub sealed_note: Option<Vec<u8>>,
    /// Who at the desk did something last.
    pub reviewed_by: Option<Actor>,
}

impl Application {
    /// Whether the member can change it.
    #[must_use]
    pub fn is_with_member(&self) -> bool {
        matches!(self.stage, Stage::Draft | Stage::Asked)
    }

    /// Whether something can still become of it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Draft | Stage::Asked | Stage::Submitted)
    }
}
