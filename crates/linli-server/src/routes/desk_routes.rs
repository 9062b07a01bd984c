//! Tables of routes that would make the one in `routes.rs` too long: what a desk does with money, plans and keys, and the
//! deals of stores. Must not be added here: what a route does.

use super::withdrawals::owners::{of_member, of_platform, of_store, of_supplier};
use super::withdrawals::reviewing;
use super::{
    deals, guard, keys, payout_files, plans, proposals, records, trial_balance, vouchers, withdrawals,
};
use crate::app::App;
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Money on its way out, what takes two people, plans, keys, and looking back.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(of_member::account, of_member::set_account))
        .routes(routes!(of_member::list, of_member::submit))
        .routes(routes!(of_store::account, of_store::set_account))
        .routes(routes!(of_store::list, of_store::submit))
        .routes(routes!(of_supplier::account, of_supplier::set_account))
        .routes(routes!(of_supplier::list, of_supplier::submit))
        .routes(routes!(of_platform::account, of_platform::set_account))
        .routes(routes!(of_platform::list, of_platform::submit))
        .routes(routes!(withdrawals::list))
        .routes(routes!(withdrawals::one))
        .routes(routes!(withdrawals::take_back))
        .routes(routes!(reviewing::take_up))
        .routes(routes!(reviewing::approve))
        .routes(routes!(reviewing::reject))
        .routes(routes!(reviewing::paid))
        .routes(routes!(reviewing::failed))
        .routes(routes!(reviewing::limits, reviewing::set_limits))
        .routes(routes!(payout_files::list, payout_files::make))
        .routes(routes!(payout_files::one))
        .routes(routes!(payout_files::csv))
        .routes(routes!(payout_files::results))
        .routes(routes!(proposals::list, proposals::propose))
        .routes(routes!(proposals::one))
        .routes(routes!(proposals::approve))
        .routes(routes!(proposals::refuse))
        .routes(routes!(proposals::take_back))
        .routes(routes!(plans::plan))
        .routes(routes!(guard::guard))
        .routes(routes!(plans::list, plans::acting::draft))
        .routes(routes!(plans::checking::compare))
        .routes(routes!(plans::checking::check_text))
        .routes(routes!(plans::one))
        .routes(routes!(plans::checking::check_one))
        .routes(routes!(plans::acting::edit))
        .routes(routes!(plans::acting::submit))
        .routes(routes!(plans::acting::approve))
        .routes(routes!(plans::acting::refuse))
        .routes(routes!(plans::acting::withdraw))
        .routes(routes!(keys::list, keys::add))
        .routes(routes!(keys::confirm))
        .routes(routes!(keys::end))
        .routes(routes!(records::list))
        .routes(routes!(records::one))
        .routes(routes!(trial_balance::of_day))
        .routes(routes!(trial_balance::csv))
}

/// Deals, and the vouchers of whoever bought them.
pub fn of_deals() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(deals::on_sale, deals::offering::offer))
        .routes(routes!(deals::offering::all))
        .routes(routes!(deals::deal))
        .routes(routes!(deals::offering::change))
        .routes(routes!(deals::offering::publish))
        .routes(routes!(deals::offering::withdraw))
        .routes(routes!(deals::buying::buy))
        .routes(routes!(vouchers::list))
        .routes(routes!(vouchers::voucher))
        .routes(routes!(vouchers::give_back))
        .routes(routes!(vouchers::verifying::look))
        .routes(routes!(vouchers::verifying::verify))
        .routes(routes!(vouchers::verifying::undo))
        .routes(routes!(vouchers::verifying::give_back))
        .routes(routes!(vouchers::verified::list))
}
