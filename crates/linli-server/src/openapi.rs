//! What the document of the interface says beside its routes. The rest is generated from them.

use crate::page;
use crate::policy::{self, Desk, Policy};
use crate::problem::{self, PROBLEM_JSON};
use crate::routes;
use std::collections::BTreeSet;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBody;
use utoipa::openapi::schema::{Schema, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{Content, ObjectBuilder, Ref, RefOr, Required, Response, ResponseBuilder};
use utoipa::{Modify, OpenApi};

/// The two ways to show who one is.
const SIGNED: &str = "hmac";
const LOGGED_IN: &str = "session";

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
        let hmac = "HMAC-SHA256 in Linli-Signature, with Linli-Key, Linli-Time and, for a read, Linli-Nonce: docs/api.md";
        let hmac = ApiKey::Header(ApiKeyValue::with_description("Linli-Signature", hmac));
        let session = Http::builder().scheme(HttpAuthScheme::Bearer);
        let session =
            session.description(Some("The token of a log-in, here or in the cookie that it came in")).build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme(SIGNED, SecurityScheme::ApiKey(hmac));
        components.add_security_scheme(LOGGED_IN, SecurityScheme::Http(session));
    }
}

/// Adds what follows from the catalogue of policies and is the same in every operation.
pub fn complete(document: &mut utoipa::openapi::OpenApi) {
    let optional = without_required_fields(document);
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in [("GET", &mut item.get), ("POST", &mut item.post)] {
            let Some(operation) = operation else { continue };
            // Two handlers may have one name; programs know an operation by its id.
            operation.operation_id = Some(id(method, path));
            if let Some(policy) = policy::find(method, path) {
                say_policy(operation, policy);
            }
            operation.parameters.iter_mut().flatten().for_each(bound);
            if let Some(RefOr::T(body)) = &mut operation.request_body
                && is_of(body, &optional)
            {
                body.required = Some(Required::False);
            }
            operation.responses.responses.insert("default".into(), a_problem().into());
        }
    }
}

/// The references to what may say nothing: a body of it may be left out, as `Input` reads it.
fn without_required_fields(document: &utoipa::openapi::OpenApi) -> BTreeSet<String> {
    let schemas = document.components.iter().flat_map(|components| &components.schemas);
    let optional = schemas.filter(|(_, schema)| match schema {
        RefOr::T(Schema::Object(object)) => object.required.is_empty() && !object.properties.is_empty(),
        _ => false,
    });
    optional.map(|(name, _)| Ref::from_schema_name(name).ref_location).collect()
}

fn is_of(body: &RequestBody, references: &BTreeSet<String>) -> bool {
    body.content.values().any(|content| match content {
        RefOr::T(Content { schema: Some(RefOr::Ref(reference)), .. }) => {
            references.contains(&reference.ref_location)
        }
        _ => false,
    })
}

/// `post_v1_deals_id_buy`.
fn id(method: &str, path: &str) -> String {
    let name = |part: &str| part.trim_matches(['{', '}']).replace(['-', '.'], "_");
    let parts = path.split('/').filter(|part| !part.is_empty()).map(name);
    std::iter::once(method.to_lowercase()).chain(parts).collect::<Vec<_>>().join("_")
}

fn say_policy(operation: &mut Operation, policy: Policy) {
    let (Policy::Read(access) | Policy::Write { access, .. }) = policy else { return };
    let signed = access.key.map(|scope| SecurityRequirement::new(SIGNED, [scope.name()]));
    let desk = access.desk.map(|desk| match desk {
        Desk::Own => "desk",
        Desk::With(permission) => permission.name(),
    });
    let supplier = access.supplier.then_some("supplier");
    let logged_in = access.member.then_some("member").into_iter().chain(desk).chain(supplier);
    let logged_in = logged_in.map(|who| SecurityRequirement::new(LOGGED_IN, [who]));
    let nobody = access.visitor.then(SecurityRequirement::default);
    operation.security = Some(signed.into_iter().chain(logged_in).chain(nobody).collect());
    if matches!(policy, Policy::Write { .. }) {
        operation.parameters.get_or_insert_default().push(idempotency_key().into());
    }
}

/// What bounds a parameter that many routes have.
fn bound(parameter: &mut RefOr<Parameter>) {
    let RefOr::T(parameter) = parameter else { return };
    let number =
        |most: usize| ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(most));
    let text = |most| ObjectBuilder::new().schema_type(Type::String).max_length(Some(most));
    let schema = match &*parameter.name {
        "limit" => number(page::MOST),
        "after" => text(page::MOST_AFTER),
        _ => return,
    };
    parameter.schema = Some(schema.into());
}

fn idempotency_key() -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[A-Za-z0-9._-]{1,64}$"));
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::True)
        .description(Some("Chosen by the caller, new for each write; the same for a repeat of it"))
        .schema(Some(text))
        .build()
}

fn a_problem() -> Response {
    let content = Content::new(Some(Ref::from_schema_name("Problem")));
    ResponseBuilder::new().description("A problem").content(PROBLEM_JSON, content).build()
}
