//! The routes of stores: pages, pictures, applications, who works there. Must not be added here: a route of anything else.

use super::{public, read, route, write};
use crate::files::UPLOAD_BYTES;
use crate::policy::{Access, Policy, Route};
use linli_platform::Permission;

/// A write whose body is the file itself.
const fn upload(path: &'static str, access: Access) -> Route {
    let content_type = "application/octet-stream";
    route("POST", path, Policy::Write { access, content_type, most_bytes: UPLOAD_BYTES })
}

/// The routes of stores.
pub const ROUTES: &[Route] = &[
    // Stores as visitors see them, and what is printed for them.
    public("/v1/stores"),
    public("/v1/stores/{id}/page"),
    write("/v1/stores/{id}/page", Access::member().or_desk(Permission::ReviewStores)),
    write("/v1/stores/{id}/close", Access::member().or_desk(Permission::ReviewStores)),
    public("/v1/stores/{id}/prints/{form}"),
    read("/v1/me/prints/{form}", Access::member()),
    // Pictures.
    upload("/v1/photos", Access::member().or_desk(Permission::ManageMall).or_supplier()),
    public("/v1/photos/{id}"),
    public("/v1/photos/{id}/thumbnail"),
    upload("/v1/scans", Access::member()),
    read("/v1/scans/{id}", Access::member().or_desk(Permission::ReviewStores)),
    // Applications: members write them, the desk looks at them.
    read("/v1/applications", Access::desk(Permission::ReviewStores)),
    write("/v1/applications", Access::member()),
    read("/v1/me/applications", Access::member()),
    read("/v1/applications/{id}", Access::member().or_desk(Permission::ReviewStores)),
    write("/v1/applications/{id}/change", Access::member()),
    write("/v1/applications/{id}/submit", Access::member()),
    write("/v1/applications/{id}/withdraw", Access::member()),
    write("/v1/applications/{id}/ask", Access::desk(Permission::ReviewStores)),
    write("/v1/applications/{id}/approve", Access::desk(Permission::ReviewStores)),
    write("/v1/applications/{id}/refuse", Access::desk(Permission::ReviewStores)),
    read("/v1/applications/{id}/contact", Access::desk(Permission::RevealPersons)),
    // What a store sells, and who works there.
    read("/v1/stores/{id}/figures", Access::member().or_desk(Permission::ReadStores)),
    read("/v1/stores/{id}/orders", Access::member().or_desk(Permission::ReadStores)),
    read("/v1/stores/{id}/shifts", Access::member()),
    write("/v1/stores/{id}/shifts", Access::member()),
    write("/v1/shifts/{id}/close", Access::member()),
    read("/v1/stores/{id}/staff", Access::member()),
    write("/v1/stores/{id}/staff", Access::member()),
    write("/v1/stores/{id}/staff/dismiss", Access::member()),
    read("/v1/me/stores", Access::member()),
];
