//! The table of the routes that tell people and programs of what concerns them: rules, announcements, notifications,
//! webhooks. Must not be added here: what a route does.

use super::{documents, notifications, webhooks};
use crate::app::App;
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What tells people and programs of what concerns them.
pub fn routes(router: OpenApiRouter<Arc<App>>) -> OpenApiRouter<Arc<App>> {
    router
        .routes(routes!(documents::rules))
        .routes(routes!(documents::history))
        .routes(routes!(documents::announcements))
        .routes(routes!(documents::one))
        .routes(routes!(documents::reading::own))
        .routes(routes!(documents::reading::read))
        .routes(routes!(documents::reading::receipts))
        .routes(routes!(documents::editing::list, documents::editing::draft))
        .routes(routes!(documents::editing::one))
        .routes(routes!(documents::editing::edit))
        .routes(routes!(documents::editing::publish))
        .routes(routes!(documents::editing::withdraw))
        .routes(routes!(notifications::list))
        .routes(routes!(notifications::read))
        .routes(routes!(notifications::read_up_to))
        .routes(routes!(notifications::settings::look, notifications::settings::set))
        .routes(routes!(webhooks::events))
        .routes(routes!(webhooks::list, webhooks::changing::add))
        .routes(routes!(webhooks::one))
        .routes(routes!(webhooks::changing::change))
        .routes(routes!(webhooks::changing::pause))
        .routes(routes!(webhooks::changing::resume))
        .routes(routes!(webhooks::changing::rotate))
        .routes(routes!(webhooks::changing::end))
        .routes(routes!(webhooks::sending::test))
        .routes(routes!(webhooks::sending::replay))
        .routes(routes!(webhooks::sending::deliveries))
        .routes(routes!(webhooks::sending::attempts))
}
