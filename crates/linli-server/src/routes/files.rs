//! `/v1/photos` and `/v1/scans`: pictures that people upload, drawn anew without what the camera wrote into them. Must
//! not be added here: a way for a file to pass as it came.

use super::subject::Subject;
use crate::app::App;
use crate::caller::{Caller, Who};
use crate::files::{Photo, thumbnail_name};
use crate::perform::perform_once;
use crate::problem::{Code, Problem};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use linli_platform::PersonAct;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// An upload that was kept.
#[derive(Serialize, ToSchema)]
pub struct KeptFile {
    /// By which it is named where it is used.
    #[schema(example = "d74981efa70a0c880b8d8c1985d075dbcbf679b99a5f9914e5aaf96b831a9e24")]
    id: String,
}

/// Upload a photo
///
/// JPEG, PNG or WebP. Whoever knows its id can see it. One that no page shows is taken away after a week.
#[utoipa::path(
    post,
    path = "/v1/photos",
    tag = "Files",
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file"),
    responses((status = 200, description = "It is kept, drawn anew", body = KeptFile)),
)]
pub async fn add_photo(
    State(app): State<Arc<App>>,
    caller: Caller,
    body: Bytes,
) -> Result<Json<KeptFile>, Problem> {
    app.rates.upload.take(&caller.who.to_string())?;
    Ok(Json(KeptFile { id: app.files.keep_photo((app.clock)(), body.to_vec()).await? }))
}

/// Upload a document
///
/// A photo or scan as JPEG, PNG or WebP. It is sealed, and seen by whoever uploaded it and by who reviews what it was handed in
/// for. One that was handed in for nothing is taken away after a week.
#[utoipa::path(
    post,
    path = "/v1/scans",
    tag = "Files",
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file"),
    responses((status = 200, description = "It is kept, drawn anew and sealed", body = KeptFile)),
)]
pub async fn add_document(
    State(app): State<Arc<App>>,
    caller: Caller,
    body: Bytes,
) -> Result<Json<KeptFile>, Problem> {
    app.rates.upload.take(&caller.who.to_string())?;
    let id = app.files.keep_document(&app, caller.member()?, body.to_vec()).await?;
    Ok(Json(KeptFile { id }))
}

/// A photo
#[utoipa::path(
    get,
    path = "/v1/photos/{id}",
    tag = "Files",
    params(("id" = String, Path, description = "The photo's id")),
    responses(
        (status = 200, description = "The photo, at most 2048 pixels a side", content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
    ),
)]
pub async fn photo(State(app): State<Arc<App>>, Subject(id): Subject) -> Result<Response, Problem> {
    Ok(for_ever(app.files.photo(&id).await?))
}

/// A photo, small
#[utoipa::path(
    get,
    path = "/v1/photos/{id}/thumbnail",
    tag = "Files",
    params(("id" = String, Path, description = "The photo's id")),
    responses(
        (status = 200, description = "The photo, at most 320 pixels a side", content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
    ),
)]
pub async fn thumbnail(State(app): State<Arc<App>>, Subject(id): Subject) -> Result<Response, Problem> {
    Ok(for_ever(app.files.photo(&thumbnail_name(&id)).await?))
}

/// What a name names never changes.
fn for_ever(Photo { media, bytes }: Photo) -> Response {
    let headers =
        [(CONTENT_TYPE, media.content_type()), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, bytes).into_response()
}

/// A document
///
/// For whoever uploaded it, and for who reviews the application that it was handed in with; that they looked is recorded.
#[utoipa::path(
    get,
    path = "/v1/scans/{id}",
    tag = "Files",
    params(("id" = String, Path, description = "The document's id")),
    responses(
        (status = 200, description = "The document", content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
    ),
)]
pub async fn document(
    State(app): State<Arc<App>>,
    caller: Caller,
    Subject(id): Subject,
) -> Result<Response, Problem> {
    let document = app.files.document(&id).await?;
    let may_see = match &caller.who {
        Who::Member { id, .. } => *id == document.member,
        _ => app.look(|replica| {
            let applications = &replica.platform().store_applications;
            let handed_in = applications.all().filter(|(_, one)| one.version > 0);
            handed_in.into_iter().any(|(_, one)| one.form.documents.contains(&id))
        })?,
    };
    if !may_see {
        return Err(Problem::new(Code::UnknownFile, format!("there is no file {id:.64}")));
    }
    let member = document.member.clone();
    let Photo { media, bytes } = document.open(&app).await?;
    if matches!(caller.who, Who::Staff { .. }) {
        perform_once(&app, caller.actor(), PersonAct::Reveal { member }).await?;
    }
    let headers = [(CONTENT_TYPE, media.content_type()), (CONTENT_DISPOSITION, "inline")];
    Ok((headers, bytes).into_response())
}
