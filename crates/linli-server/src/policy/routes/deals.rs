//! The routes of deals and their vouchers. Must not be added here: a route of anything else.

use super::{public, read, write};
use crate::policy::{Access, Route};

/// The routes of deals and vouchers.
pub const ROUTES: &[Route] = &[
    public("/v1/stores/{id}/deals"),
    read("/v1/stores/{id}/deals/all", Access::member()),
    write("/v1/stores/{id}/deals", Access::member()),
    public("/v1/deals/{id}"),
    write("/v1/deals/{id}/change", Access::member()),
    write("/v1/deals/{id}/publish", Access::member()),
    write("/v1/deals/{id}/withdraw", Access::member()),
    write("/v1/deals/{id}/buy", Access::member()),
    read("/v1/me/vouchers", Access::member()),
    read("/v1/me/vouchers/{id}", Access::member()),
    write("/v1/me/vouchers/{id}/give-back", Access::member()),
    write("/v1/stores/{id}/vouchers/look", Access::member()),
    write("/v1/stores/{id}/vouchers/verify", Access::member()),
    write("/v1/stores/{id}/vouchers/undo", Access::member()),
    write("/v1/stores/{id}/vouchers/give-back", Access::member()),
    read("/v1/stores/{id}/verifications", Access::member()),
];
