//! `GET /v1/permissions`: what people at a desk may do, and which roles may.

use axum::Json;
use linli_platform::{Permission, Role};
use serde::Serialize;
use utoipa::ToSchema;

/// A permission.
#[derive(Serialize, ToSchema)]
pub struct ShownPermission {
    /// The name that refusals tell.
    #[schema(example = "withdrawals.review")]
    permission: &'static str,
    /// What it lets one do.
    english: &'static str,
    /// The same in Chinese.
    chinese: &'static str,
    /// The roles that have it.
    roles: Vec<&'static str>,
}

/// The catalogue of permissions
#[utoipa::path(
    get,
    path = "/v1/permissions",
    tag = "Desk",
    responses((status = 200, description = "Every permission there is", body = Vec<ShownPermission>)),
)]
pub async fn permissions() -> Json<Vec<ShownPermission>> {
    let shown = |permission: &Permission| {
        let (english, chinese) = permission.texts();
        let roles = permission.roles().iter().map(|role: &Role| role.name()).collect();
        ShownPermission { permission: permission.name(), english, chinese, roles }
    };
    Json(Permission::ALL.iter().map(shown).collect())
}
