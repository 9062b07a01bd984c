//! The routes, a resource a file, behind the gate and inside what observes them. Must not be added here: what a
//! route does.

mod applications;
mod binding;
mod bought;
mod browser_pages;
mod chart;
mod codes;
mod commands;
mod day;
mod deals;
mod desk_routes;
mod disclosure;
mod docs;
mod documents;
mod files;
mod guard;
mod health;
mod home;
mod keys;
mod login;
mod lost_phones;
mod mall;
mod masked;
mod me;
mod members;
mod metrics;
mod notifications;
pub mod orders;
mod pages;
mod payments;
mod payout_files;
mod period;
mod permissions;
mod plans;
mod price;
mod prices;
mod prints;
mod proposals;
mod provider;
mod reconciliation;
mod records;
mod recruited;
mod redemptions;
mod refunds;
mod regions;
mod sales;
mod sandbox;
mod sessions;
mod split;
mod staff;
mod staff_login;
mod staff_me;
mod statements;
mod stores;
mod subject;
mod telling;
pub mod text;
mod trial_balance;
mod vouchers;
mod webhooks;
mod withdrawals;

pub use metrics::router as metrics_router;

use crate::app::App;
use crate::caller::gate;
use crate::observe::observe;
use crate::openapi;
use crate::paying::PaymentProvider;
use crate::problem::{Code, Problem};
use crate::server::Messages;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use provider::CALLBACKS;

/// The routes that the document describes, and the document.
pub fn described() -> (Router<Arc<App>>, OpenApi) {
    let (router, mut document) = of_stores(telling::routes(OpenApiRouter::with_openapi(openapi::frame())))
        .routes(routes!(price::price))
        .routes(routes!(members::member))
        .routes(routes!(stores::store))
        .routes(routes!(orders::order))
        .routes(routes!(orders::write_order))
        .routes(routes!(refunds::ask))
        .routes(routes!(refunds::offer))
        .routes(routes!(refunds::mine))
        .routes(routes!(refunds::of_store))
        .routes(routes!(refunds::waiting))
        .routes(routes!(refunds::one))
        .routes(routes!(refunds::answer))
        .routes(routes!(refunds::appeal))
        .routes(routes!(refunds::withdraw))
        .routes(routes!(commands::commands))
        .routes(routes!(login::send_code))
        .routes(routes!(login::log_in))
        .routes(routes!(me::me))
        .routes(routes!(binding::look))
        .routes(routes!(binding::mine, binding::bind))
        .routes(routes!(binding::release))
        .routes(routes!(binding::links))
        .routes(routes!(binding::of_member))
        .routes(routes!(statements::statement))
        .routes(routes!(statements::table))
        .routes(routes!(split::split))
        .routes(routes!(prices::prices))
        .routes(routes!(chart::chart))
        .routes(routes!(disclosure::disclosure))
        .routes(routes!(bought::mine))
        .routes(routes!(regions::tree))
        .routes(routes!(regions::stores))
        .routes(routes!(regions::days))
        .routes(routes!(regions::list, regions::appoint))
        .routes(routes!(regions::one))
        .routes(routes!(regions::renew))
        .routes(routes!(regions::dismiss))
        .routes(routes!(regions::mine))
        .routes(routes!(recruited::stores))
        .routes(routes!(recruited::days))
        .routes(routes!(recruited::invited))
        .routes(routes!(home::home))
        .routes(routes!(home::deduction_points))
        .routes(routes!(redemptions::quote))
        .routes(routes!(redemptions::redeem))
        .routes(routes!(me::send_phone_code))
        .routes(routes!(me::change_phone))
        .routes(routes!(sessions::list))
        .routes(routes!(sessions::end))
        .routes(routes!(sessions::end_others))
        .routes(routes!(sessions::log_out))
        .routes(routes!(staff_login::log_in))
        .routes(routes!(staff_me::me))
        .routes(routes!(staff_me::set_password))
        .routes(routes!(staff_me::begin_totp))
        .routes(routes!(staff_me::confirm_totp))
        .routes(routes!(staff::list, staff::add))
        .routes(routes!(staff::set_roles))
        .routes(routes!(staff::end))
        .routes(routes!(staff::report_lost_totp))
        .routes(routes!(staff::confirm_lost_totp))
        .routes(routes!(lost_phones::person))
        .routes(routes!(lost_phones::send_code))
        .routes(routes!(lost_phones::report))
        .routes(routes!(lost_phones::list))
        .routes(routes!(lost_phones::confirm))
        .routes(routes!(lost_phones::drop_report))
        .merge(desk_routes::of_deals())
        .merge(desk_routes::routes())
        .merge(mall::router())
        .routes(routes!(payments::open))
        .routes(routes!(payments::one))
        .routes(routes!(payments::close))
        .routes(routes!(payments::mine))
        .routes(routes!(codes::store))
        .routes(routes!(codes::to_pay))
        .routes(routes!(codes::list, codes::collect))
        .routes(routes!(codes::code))
        .routes(routes!(prints::of_code))
        .routes(routes!(codes::cancel))
        .routes(routes!(provider::here))
        .routes(routes!(provider::event))
        .routes(routes!(provider::bill))
        .routes(routes!(provider::asks))
        .routes(routes!(reconciliation::bill))
        .routes(routes!(reconciliation::day))
        .routes(routes!(reconciliation::ask))
        .routes(routes!(permissions::permissions))
        .routes(routes!(health::live))
        .routes(routes!(health::ready))
        .split_for_parts();
    openapi::complete(&mut document);
    (router, document)
}

/// Stores: how they are opened, shown and run.
fn of_stores(router: OpenApiRouter<Arc<App>>) -> OpenApiRouter<Arc<App>> {
    router
        .routes(routes!(stores::front::list))
        .routes(routes!(stores::front::front, stores::front::change))
        .routes(routes!(stores::front::close))
        .routes(routes!(stores::figures::figures))
        .routes(routes!(stores::figures::orders))
        .routes(routes!(stores::shifts::list, stores::shifts::open))
        .routes(routes!(stores::shifts::close))
        .routes(routes!(prints::of_store))
        .routes(routes!(prints::of_member))
        .routes(routes!(files::add_photo))
        .routes(routes!(files::photo))
        .routes(routes!(files::thumbnail))
        .routes(routes!(files::add_document))
        .routes(routes!(files::document))
        .routes(routes!(applications::waiting, applications::draft))
        .routes(routes!(applications::mine))
        .routes(routes!(applications::one))
        .routes(routes!(applications::change))
        .routes(routes!(applications::submit))
        .routes(routes!(applications::withdraw))
        .routes(routes!(applications::ask))
        .routes(routes!(applications::approve))
        .routes(routes!(applications::refuse))
        .routes(routes!(applications::contact))
        .routes(routes!(stores::staff::list, stores::staff::admit))
        .routes(routes!(stores::staff::dismiss))
        .routes(routes!(stores::staff::mine))
}

/// Everything that callers can reach.
pub fn router(app: &Arc<App>, tells_metrics: bool) -> Router {
    let (described, document) = described();
    let routes =
        described.merge(docs::router(&document)).merge(pages::router()).merge(browser_pages::router());
    let routes = if matches!(app.messages, Messages::Sandbox(_)) {
        routes.route("/v1/sandbox/messages", get(sandbox::messages))
    } else {
        routes
    };
    let routes = match app.payments.provider {
        PaymentProvider::Sandbox(_) => routes.merge(sandbox::router()),
        PaymentProvider::External { .. } => routes,
    };
    let routes = if tells_metrics { routes.route("/metrics", get(metrics::metrics)) } else { routes };
    routes
        .fallback(async || {
            Problem::new(Code::UnknownRoute, "the paths that there are stand in /openapi.json")
        })
        // The gate has read the body within the bounds of the route's policy.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(app.clone(), gate))
        .layer(CatchPanicLayer::custom(|_| axum::response::IntoResponse::into_response(Problem::internal())))
        .layer(from_fn_with_state(app.clone(), observe))
        .with_state(app.clone())
}
