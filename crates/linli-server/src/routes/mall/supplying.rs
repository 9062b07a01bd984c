//! What the desk does with suppliers: taking them on, changing, suspending, and saying who acts for them. Must not be
//! added here: what suppliers do themselves.

use super::sealing::{self, CONTACT};
use crate::app::App;
use crate::caller::Caller;
use crate::input::Input;
use crate::perform::{Done, perform};
use crate::problem::{Code, Problem};
use crate::routes::subject::Subject;
use axum::extract::State;
use axum::response::Response;
use linli_platform::mall::supplier::SupplierAct;
use linli_platform::{Code as RefusedAct, MallAct, Role};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A new supplier.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSupplier {
    /// Names them here and in the economy: 1 to 64 letters, digits, dashes and underscores.
    #[schema(example = "U1")]
    supplier: String,
    /// What members read.
    #[schema(example = "岭南粮油")]
    name: String,
    /// Whom to call.
    contact: String,
}

/// What a supplier is called, and whom to call there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangedSupplier {
    /// What members read.
    name: String,
    /// Whom to call.
    contact: String,
}

/// Who acts for a supplier.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupplierLogin {
    /// An account of the desk with the role `supplier`.
    #[schema(example = "li")]
    staff: String,
}

/// Take on a supplier
#[utoipa::path(
    post,
    path = "/v1/mall/suppliers",
    tag = "Mall: desk",
    request_body = NewSupplier,
    responses((status = 200, description = "They are a supplier", body = Done)),
)]
pub async fn add(
    State(app): State<Arc<App>>,
    caller: Caller,
    Input(NewSupplier { supplier, name, contact }): Input<NewSupplier>,
) -> Result<Response, Problem> {
    let sealed_contact = sealing::seal(&app, sealing::of_supplier(&supplier), &CONTACT, &contact).await?;
    let add = SupplierAct::Add { supplier: supplier.clone(), name, sealed_contact };
    perform(&app, &caller, &supplier, MallAct::Supplier(add)).await
}

/// Change a supplier's name and contact
#[utoipa::path(
    post,
    path = "/v1/mall/suppliers/{id}/change",
    tag = "Mall: desk",
    params(("id" = String, Path, description = "The supplier's id")),
    request_body = ChangedSupplier,
    responses((status = 200, description = "They are changed", body = Done)),
)]
pub async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(ChangedSupplier { name, contact }): Input<ChangedSupplier>,
) -> Result<Response, Problem> {
    let sealed_contact = sealing::seal(&app, sealing::of_supplier(&id), &CONTACT, &contact).await?;
    let update = SupplierAct::Update { supplier: id.clone(), name, sealed_contact };
    perform(&app, &caller, &id, MallAct::Supplier(update)).await
}

/// Suspend a supplier
///
/// Nothing of theirs is sold from then on; what was paid is still shipped.
#[utoipa::path(
    post,
    path = "/v1/mall/suppliers/{id}/suspend",
    tag = "Mall: desk",
    params(("id" = String, Path, description = "The supplier's id")),
    responses((status = 200, description = "They are suspended", body = Done)),
)]
pub async fn suspend(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, MallAct::Supplier(SupplierAct::Suspend { supplier: id.clone() })).await
}

/// Reinstate a supplier
#[utoipa::path(
    post,
    path = "/v1/mall/suppliers/{id}/reinstate",
    tag = "Mall: desk",
    params(("id" = String, Path, description = "The supplier's id")),
    responses((status = 200, description = "They sell again", body = Done)),
)]
pub async fn reinstate(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    perform(&app, &caller, &id, MallAct::Supplier(SupplierAct::Reinstate { supplier: id.clone() })).await
}

/// Let an account act for a supplier
#[utoipa::path(
    post,
    path = "/v1/mall/suppliers/{id}/logins",
    tag = "Mall: desk",
    params(("id" = String, Path, description = "The supplier's id")),
    request_body = SupplierLogin,
    responses((status = 200, description = "It acts for them, and for nobody else", body = Done)),
)]
pub async fn add_login(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(SupplierLogin { staff }): Input<SupplierLogin>,
) -> Result<Response, Problem> {
    app.look(|replica| {
        // Whoever is one of the platform's own never acts for a supplier: they could not see to both.
        let account = replica.platform().staff.in_force(&staff).ok();
        let unknown = || Problem::new(Code::RefusedAct(RefusedAct::UnknownStaff), "there is no such account");
        if account.ok_or_else(unknown)?.roles.contains(&Role::Supplier) {
            return Ok(());
        }
        let detail = format!("{staff} has not the role supplier, which who acts for a supplier has");
        Err(Problem::new(Code::RefusedAct(RefusedAct::BadRoles), detail))
    })??;
    let add = SupplierAct::AddLogin { supplier: id.clone(), staff };
    perform(&app, &caller, &id, MallAct::Supplier(add)).await
}

/// Let an account act for a supplier no more
#[utoipa::path(
    post,
    path = "/v1/mall/suppliers/{id}/logins/end",
    tag = "Mall: desk",
    params(("id" = String, Path, description = "The supplier's id")),
    request_body = SupplierLogin,
    responses((status = 200, description = "It sees and does nothing of theirs any more", body = Done)),
)]
pub async fn end_login(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
    Input(SupplierLogin { staff }): Input<SupplierLogin>,
) -> Result<Response, Problem> {
    let remove = SupplierAct::RemoveLogin { supplier: id.clone(), staff };
    perform(&app, &caller, &id, MallAct::Supplier(remove)).await
}
