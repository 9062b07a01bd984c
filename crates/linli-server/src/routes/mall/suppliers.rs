//! `/v1/mall/suppliers`: who supplies, as the desk and the supplier's own people see it. Must not be added here: what the
//! desk does with them (`supplying.rs`).

use super::party::for_supplier;
use super::sealing::{self, CONTACT};
use crate::app::App;
use crate::caller::Caller;
use crate::page::{Page, Paged};
use crate::problem::Problem;
use crate::routes::subject::Subject;
use crate::up_to_date::UpToDate;
use axum::Json;
use axum::extract::State;
use linli_platform::Permission;
use linli_platform::mall::supplier::Supplier;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A supplier.
#[derive(Serialize, ToSchema)]
pub struct ShownSupplier {
    /// The supplier.
    #[schema(example = "U1")]
    supplier: String,
    /// What members read.
    name: String,
    /// Whether nothing of theirs is sold.
    is_suspended: bool,
    /// The accounts of the desk that act for them.
    logins: Vec<String>,
}

/// A supplier with whom to call.
#[derive(Serialize, ToSchema)]
pub struct SupplierInFull {
    #[serde(flatten)]
    supplier: ShownSupplier,
    /// Whom to call; none once that was deleted.
    contact: Option<String>,
}

impl ShownSupplier {
    fn of(id: &str, supplier: &Supplier) -> Self {
        Self {
            supplier: id.into(),
            name: supplier.name.clone(),
            is_suspended: supplier.is_suspended,
            logins: supplier.logins.iter().cloned().collect(),
        }
    }
}

/// The suppliers
#[utoipa::path(
    get,
    path = "/v1/mall/suppliers",
    tag = "Mall: desk",
    params(
        ("after" = Option<String>, Query, description = "What `next` was on the page before"),
        ("limit" = Option<usize>, Query, description = "Items of the page, 1 to 200"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "The suppliers by id", body = Paged<ShownSupplier>)),
)]
pub async fn list(
    _: UpToDate,
    page: Page,
    State(app): State<Arc<App>>,
) -> Result<Json<Paged<ShownSupplier>>, Problem> {
    let after = page.after.as_deref().unwrap_or_default();
    app.look(|replica| {
        let suppliers = replica.platform().mall.suppliers().iter().filter(|(id, _)| *id > after);
        let shown = suppliers.map(|(id, supplier)| ShownSupplier::of(id, supplier));
        Json(page.of(shown, |shown| shown.supplier.clone()))
    })
}

/// A supplier
#[utoipa::path(
    get,
    path = "/v1/mall/suppliers/{id}",
    tag = "Mall: desk",
    params(
        ("id" = String, Path, description = "The supplier's id"),
        ("at_least_seq" = Option<u64>, Query, description = "Waits a moment until this seq is included"),
    ),
    responses((status = 200, description = "The supplier, with whom to call", body = SupplierInFull)),
)]
pub async fn one(
    _: UpToDate,
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Json<SupplierInFull>, Problem> {
    let known = app.look(|replica| {
        for_supplier(replica, &caller, &id, Permission::ReadMall)?;
        Ok::<_, Problem>(replica.platform().mall.suppliers().get(&id).cloned())
    })??;
    let known = known.ok_or_else(Problem::internal)?;
    let supplier = ShownSupplier::of(&id, &known);
    let contact = sealing::open(&app, sealing::of_supplier(&id), &CONTACT, known.sealed_contact).await?;
    Ok(Json(SupplierInFull { supplier, contact }))
}
