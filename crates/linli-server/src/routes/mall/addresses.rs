//! `/v1/me/addresses`: where a member's goods go. Addresses are sealed; who else sees one is the supplier of an order
//! that is paid (`shown.rs`). Must not be added here: a list of everybody's.

use super::party::unknown;
use super::sealing::{check, of_member};
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::people::Phone;
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::routes::subject::Subject;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use linli_platform::mall::address::AddressAct;
use linli_platform::{Code as RefusedAct, MallAct};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// The field of the vault.
const FIELD: &str = "address";

/// Where goods go.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddressForm {
    /// Who receives them, in 1 to 40 characters.
    name: String,
    /// Their telephone.
    #[schema(example = "13800000002")]
    phone: String,
    /// Province, city and district, in 1 to 100 characters.
    #[schema(example = "广东省广州市天河区")]
    region: String,
    /// Street and house, in 1 to 200 characters.
    street: String,
}

/// An address of one's book.
#[derive(Serialize, ToSchema)]
pub struct ShownAddress {
    /// The address's id.
    #[schema(example = "A0123456789abcdef0123")]
    id: String,
    /// Whether it is offered first.
    is_default: bool,
    /// Where it is; none once that was deleted.
    to: Option<AddressForm>,
}

impl AddressForm {
    /// An address that can be written on a parcel, sealed for the member.
    async fn seal(mut self, app: &App, member: &str) -> Result<Vec<u8>, Problem> {
        for (what, most, text) in
            [("a name", 40, &self.name), ("a region", 100, &self.region), ("a street", 200, &self.street)]
        {
            check(what, &(1..=most), text)?;
        }
        let phone = Phone::parse(&self.phone);
        let phone = phone.ok_or_else(|| Problem::new(Code::BadParameter, "phone is a telephone number"))?;
        self.phone = phone.whole().to_string();
        let text = serde_json::to_vec(&self).expect("a form is JSON");
        app.secrets.seal(of_member(member), FIELD, text).await
    }

    /// A sealed address; none where there is none any more.
    pub async fn open(app: &App, member: &str, sealed: Vec<u8>) -> Result<Option<Self>, Problem> {
        if sealed.is_empty() {
            return Ok(None);
        }
        let opened = app.secrets.open(of_member(member), FIELD, sealed).await?;
        let read = |text: Vec<u8>| serde_json::from_slice(&text).map_err(|_| Problem::internal());
        opened.map(read).transpose()
    }
}

/// One's addresses
#[utoipa::path(
    get,
    path = "/v1/me/addresses",
    tag = "Mall",
    params(("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included")),
    responses((status = 200, description = "All of them, at most twenty", body = Vec<ShownAddress>)),
)]
pub async fn list(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
) -> Result<Json<Vec<ShownAddress>>, Problem> {
    let member = caller.member()?;
    let sealed: Vec<_> = app.look(|replica| {
        let book = replica.platform().mall.addresses().of(member);
        let entries = book.into_iter().flat_map(|book| {
            book.iter().map(|(id, sealed)| (id.to_owned(), book.default_id() == Some(id), sealed.to_vec()))
        });
        entries.collect()
    })?;
    let mut shown = Vec::new();
    for (id, is_default, sealed) in sealed {
        let to = AddressForm::open(&app, member, sealed).await?;
        shown.push(ShownAddress { id, is_default, to });
    }
    Ok(Json(shown))
}

/// Add an address
#[utoipa::path(
    post,
    path = "/v1/me/addresses",
    tag = "Mall",
    request_body = AddressForm,
    responses((status = 200, description = "It is in the book, under this id", body = Done)),
)]
pub async fn add(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(form): Input<AddressForm>,
) -> Result<Response, Problem> {
    let (member, address) = (caller.member()?.to_string(), caller.new_id('A'));
    let sealed_text = form.seal(&app, &member).await?;
    let add = AddressAct::Add { member, address: address.clone(), sealed_text };
    perform(&app, &caller, &address, MallAct::Address(add)).await
}

/// Change an address
///
/// Orders keep the address that they were placed with.
#[utoipa::path(
    post,
    path = "/v1/me/addresses/{id}/change",
    tag = "Mall",
    params(("id" = String, Path, description = "The address's id")),
    request_body = AddressForm,
    responses((status = 200, description = "It is changed", body = Done)),
)]
pub async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(address): Subject,
    Input(form): Input<AddressForm>,
) -> Result<Response, Problem> {
    let member = caller.member()?.to_string();
    let sealed_text = form.seal(&app, &member).await?;
    let change = AddressAct::Change { member, address: address.clone(), sealed_text };
    perform(&app, &caller, &address, MallAct::Address(change)).await
}

/// Remove an address
#[utoipa::path(
    post,
    path = "/v1/me/addresses/{id}/remove",
    tag = "Mall",
    params(("id" = String, Path, description = "The address's id")),
    responses((status = 200, description = "It is in the book no more", body = Done)),
)]
pub async fn remove(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(address): Subject,
) -> Result<Response, Problem> {
    let member = caller.member()?.to_string();
    let remove = AddressAct::Remove { member, address: address.clone() };
    perform(&app, &caller, &address, MallAct::Address(remove)).await
}

/// Offer an address first
#[utoipa::path(
    post,
    path = "/v1/me/addresses/{id}/default",
    tag = "Mall",
    params(("id" = String, Path, description = "The address's id")),
    responses((status = 200, description = "It is the one that is offered first", body = Done)),
)]
pub async fn make_default(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(address): Subject,
) -> Result<Response, Problem> {
    let member = caller.member()?.to_string();
    let make = AddressAct::MakeDefault { member, address: address.clone() };
    perform(&app, &caller, &address, MallAct::Address(make)).await
}

/// The sealed text of one of a member's addresses, for an order's own copy.
pub fn sealed(app: &App, member: &str, address: &str) -> Result<Vec<u8>, Problem> {
    app.look(|replica| {
        let book = replica.platform().mall.addresses().of(member);
        let sealed = book.and_then(|book| book.get(address)).map(<[u8]>::to_vec);
        sealed.ok_or_else(|| unknown(RefusedAct::UnknownAddress, "address", address))
    })?
}
