//! The mall over HTTP: suppliers, products, baskets, orders on their way, returns. Who has nothing to do with a thing is
//! told that there is none. Must not be added here: a price, or a state; the platform has both.

mod addresses;
mod baskets;
mod browsing;
mod form;
mod listing;
mod orders;
mod party;
mod products;
mod quoting;
mod returned;
mod returning;
mod returns;
mod sealing;
mod shelf;
mod shelving;
mod shipping;
mod shown;
mod suppliers;
mod supplying;

use crate::app::App;
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The mall's routes.
pub fn router() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(browsing::list))
        .routes(routes!(browsing::categories))
        .routes(routes!(products::one))
        .routes(routes!(shelf::all))
        .routes(routes!(shelf::own))
        .routes(routes!(shelf::of_supplier, shelving::draft))
        .routes(routes!(shelving::change))
        .routes(routes!(shelving::publish))
        .routes(routes!(shelving::withdraw))
        .routes(routes!(shelving::stock))
        .routes(routes!(suppliers::list, supplying::add))
        .routes(routes!(suppliers::one))
        .routes(routes!(supplying::change))
        .routes(routes!(supplying::suspend))
        .routes(routes!(supplying::reinstate))
        .routes(routes!(supplying::add_login))
        .routes(routes!(supplying::end_login))
        .routes(routes!(addresses::list, addresses::add))
        .routes(routes!(addresses::change))
        .routes(routes!(addresses::remove))
        .routes(routes!(addresses::make_default))
        .routes(routes!(quoting::quote))
        .routes(routes!(baskets::place))
        .routes(routes!(baskets::basket))
        .routes(routes!(orders::mine))
        .routes(routes!(orders::of_supplier))
        .routes(routes!(orders::all))
        .routes(routes!(orders::one))
        .routes(routes!(shipping::ship))
        .routes(routes!(shipping::correct))
        .routes(routes!(shipping::receive))
        .routes(routes!(shipping::cancel))
        .routes(routes!(returns::ask))
        .routes(routes!(returns::mine))
        .routes(routes!(returns::of_supplier))
        .routes(routes!(returns::all))
        .routes(routes!(returns::one))
        .routes(routes!(returning::answer))
        .routes(routes!(returning::appeal))
        .routes(routes!(returning::withdraw))
        .routes(routes!(returning::send_back))
        .routes(routes!(returning::arrived))
}
