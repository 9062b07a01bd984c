//! What the document of the interface says beside its routes. The rest is generated from them.

use crate::problem;
use crate::routes;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::{Modify, OpenApi};

/// The document in OpenAPI 3.1.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    routes::described().1
}

/// The document without routes.
pub fn frame() -> utoipa::openapi::OpenApi {
    Frame::openapi()
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Linli",
        description = "The open interface of a local economy. Money is a text such as \"12.34\", in yuan. Every write \
                       needs an Idempotency-Key; requests are signed as docs/api.md says.",
    ),
    components(schemas(problem::Answered)),
    modifiers(&Signing),
)]
struct Frame;

struct Signing;

impl Modify for Signing {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let said = "HMAC-SHA256 in Linli-Signature, with Linli-Key, Linli-Time and, for a read, Linli-Nonce: docs/api.md";
        let scheme =
            SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description("Linli-Signature", said)));
        document.components.get_or_insert_default().add_security_scheme("hmac", scheme);
    }
}
