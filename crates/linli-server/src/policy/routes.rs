//! Every route there is, with its policy. Must not be added here: what a policy means.

mod deals;
mod desk;
mod mall;
mod stores;

use super::{Access, Policy, Route, joined};
use linli_platform::{Permission, Scope};

/// Bytes of a little JSON: a form, a command.
const FORM_BYTES: usize = 64 << 10;

/// Bytes of a report of the payment provider.
const EVENT_BYTES: usize = 16 << 10;

/// Bytes of the payment provider's bill of a day.
const BILL_BYTES: usize = 16 << 20;

/// Bytes of a call of many commands.
const COMMANDS_BYTES: usize = 8 << 20;

/// Bytes of a form that holds a file or a long list.
const LARGE_BYTES: usize = 1 << 20;

/// Bytes of a table.
const TABLE_BYTES: usize = 1 << 20;

const fn route(method: &'static str, path: &'static str, policy: Policy) -> Route {
    Route { method, path, policy }
}

const fn public(path: &'static str) -> Route {
    route("GET", path, Policy::Public)
}

const fn page(path: &'static str) -> Route {
    route("GET", path, Policy::Page)
}

const fn form(path: &'static str) -> Route {
    route("POST", path, Policy::Form)
}

const fn open(path: &'static str) -> Route {
    route("POST", path, Policy::Open)
}

const fn read(path: &'static str, access: Access) -> Route {
    route("GET", path, Policy::Read(access))
}

const fn write(path: &'static str, access: Access) -> Route {
    route("POST", path, Policy::Write { access, content_type: "application/json", most_bytes: FORM_BYTES })
}

/// A write that says more than a form: a plan file, the weights of a dividend.
const fn large_write(path: &'static str, access: Access) -> Route {
    route("POST", path, Policy::Write { access, content_type: "application/json", most_bytes: LARGE_BYTES })
}

/// A write whose body is a table.
const fn table(path: &'static str, access: Access) -> Route {
    route("POST", path, Policy::Write { access, content_type: "text/csv", most_bytes: TABLE_BYTES })
}

const fn provider(path: &'static str, content_type: &'static str, most_bytes: usize) -> Route {
    route("POST", path, Policy::Provider { content_type, most_bytes })
}

const READ: Access = Access::key(Scope::Read);

/// Every route there is.
pub const ROUTES: &[Route] = &joined::<
    { MOST.len() + deals::ROUTES.len() + desk::ROUTES.len() + mall::ROUTES.len() + stores::ROUTES.len() },
>(&[MOST, deals::ROUTES, desk::ROUTES, mall::ROUTES, stores::ROUTES]);

/// Every route but those of deals, of the desk's money and plans, of the mall and of stores.
const MOST: &[Route] = &[
    public("/"),
    public("/app/{*page}"),
    public("/assets/{file}"),
    public("/docs"),
    public("/docs/style.css"),
    public("/openapi.json"),
    public("/health/live"),
    public("/health/ready"),
    // There only where nobody from outside can call.
    public("/metrics"),
    // There only where messages are not sent.
    public("/v1/sandbox/messages"),
    // Pages that the server makes, without a script.
    public("/pages/style.css"),
    page("/s/{id}"),
    form("/s/{id}/pay"),
    form("/s/{id}/agree"),
    page("/c/{id}"),
    form("/c/{id}/pay"),
    page("/p/{id}"),
    public("/m/{id}"),
    public("/v1/price"),
    public("/v1/permissions"),
    public("/v1/prices"),
    public("/v1/prices/chart.svg"),
    public("/v1/disclosure"),
    public("/v1/regions"),
    public("/v1/invitations/{kind}/{id}"),
    // Showing who one is.
    open("/v1/login/codes"),
    open("/v1/login"),
    open("/v1/staff/login"),
    // One's own account.
    read("/v1/me", Access::member()),
    read("/v1/me/appointments", Access::member()),
    read("/v1/me/recruited", Access::member()),
    read("/v1/me/recruited/{id}/days", Access::member()),
    read("/v1/me/invited", Access::member()),
    read("/v1/me/orders", Access::member()),
    read("/v1/me/home", Access::member()),
    read("/v1/me/binding", Access::member()),
    write("/v1/me/binding", Access::member()),
    write("/v1/me/binding/release", Access::member()),
    read("/v1/me/links", Access::member()),
    read("/v1/me/deduction-points", Access::member()),
    read("/v1/me/redemptions/quote", Access::member()),
    write("/v1/me/redemptions", Access::member()),
    write("/v1/me/phone/codes", Access::member()),
    write("/v1/me/phone", Access::member()),
    read("/v1/sessions", Access::member().or_own_desk()),
    write("/v1/sessions/{id}/end", Access::member().or_own_desk()),
    write("/v1/sessions/end-others", Access::member().or_own_desk()),
    write("/v1/logout", Access::member().or_own_desk()),
    read("/v1/staff/me", Access::own_desk()),
    write("/v1/staff/me/password", Access::own_desk()),
    write("/v1/staff/me/totp", Access::own_desk()),
    write("/v1/staff/me/totp/confirm", Access::own_desk()),
    // The desk.
    read("/v1/staff", Access::desk(Permission::ManageStaff)),
    write("/v1/staff", Access::desk(Permission::ManageStaff)),
    write("/v1/staff/{id}/roles", Access::desk(Permission::ManageStaff)),
    write("/v1/staff/{id}/end", Access::desk(Permission::ManageStaff)),
    write("/v1/staff/{id}/totp/lost", Access::desk(Permission::ManageStaff)),
    write("/v1/staff/{id}/totp/lost/confirm", Access::desk(Permission::ManageStaff)),
    // Rules and announcements.
    public("/v1/rules"),
    public("/v1/rules/{topic}"),
    public("/v1/announcements"),
    public("/v1/documents/{id}"),
    read("/v1/me/documents", Access::member().or_own_desk()),
    write("/v1/documents/{id}/read", Access::member().or_own_desk()),
    read("/v1/documents", Access::desk(Permission::EditRules)),
    write("/v1/documents", Access::desk(Permission::EditRules)),
    read("/v1/documents/{id}/draft", Access::desk(Permission::EditRules)),
    read("/v1/documents/{id}/receipts", Access::desk(Permission::EditRules)),
    write("/v1/documents/{id}/edit", Access::desk(Permission::EditRules)),
    write("/v1/documents/{id}/publish", Access::desk(Permission::EditRules)),
    write("/v1/documents/{id}/withdraw", Access::desk(Permission::EditRules)),
    // What people are told.
    read("/v1/notifications", Access::member().or_own_desk()),
    write("/v1/notifications/{id}/read", Access::member().or_own_desk()),
    write("/v1/notifications/read", Access::member().or_own_desk()),
    read("/v1/notifications/settings", Access::member().or_own_desk()),
    write("/v1/notifications/settings", Access::member().or_own_desk()),
    // Where programs of others hear of what happens.
    public("/v1/webhooks/events"),
    read("/v1/webhooks", Access::desk(Permission::ManageKeys)),
    write("/v1/webhooks", Access::desk(Permission::ManageKeys)),
    read("/v1/webhooks/{id}", Access::desk(Permission::ManageKeys)),
    write("/v1/webhooks/{id}/change", Access::desk(Permission::ManageKeys)),
    write("/v1/webhooks/{id}/pause", Access::desk(Permission::ManageKeys)),
    write("/v1/webhooks/{id}/resume", Access::desk(Permission::ManageKeys)),
    write("/v1/webhooks/{id}/rotate", Access::desk(Permission::ManageKeys)),
    write("/v1/webhooks/{id}/end", Access::desk(Permission::ManageKeys)),
    write("/v1/webhooks/{id}/test", Access::desk(Permission::ManageKeys)),
    write("/v1/webhooks/{id}/replay", Access::desk(Permission::ManageKeys)),
    read("/v1/webhooks/{id}/deliveries", Access::desk(Permission::ManageKeys)),
    read("/v1/webhooks/{id}/attempts", Access::desk(Permission::ManageKeys)),
    // Paying.
    public("/v1/provider"),
    public("/v1/pay/stores/{id}"),
    public("/v1/pay/codes/{id}"),
    write("/v1/stores/{id}/codes", Access::key(Scope::Orders).or_member()),
    read("/v1/stores/{id}/codes", Access::key(Scope::Orders).or_member()),
    read("/v1/codes/{id}", Access::key(Scope::Orders).or_member()),
    read("/v1/codes/{id}/qr.svg", Access::key(Scope::Orders).or_member()),
    write("/v1/codes/{id}/cancel", Access::key(Scope::Orders).or_member()),
    write("/v1/payments", Access::member().or_visitor()),
    read("/v1/payments/{id}", Access::member().or_visitor().or_desk(Permission::ReadMoney)),
    write("/v1/payments/{id}/close", Access::member().or_visitor()),
    read("/v1/me/payments", Access::member()),
    provider("/v1/provider/events", "application/json", EVENT_BYTES),
    provider("/v1/provider/bills", "text/csv", BILL_BYTES),
    provider("/v1/provider/asks", "application/json", EVENT_BYTES),
    read("/v1/bills/{id}", Access::desk(Permission::ReadMoney)),
    read("/v1/reconciliations/{id}", Access::desk(Permission::ReadMoney)),
    write("/v1/reconciliations/{id}/ask", Access::desk(Permission::Reconcile)),
    // There only where no money moves.
    public("/sandbox/pay/{id}"),
    route("POST", "/sandbox/pay/{id}/{act}", Policy::Button),
    write("/v1/sandbox/clock", Access::desk(Permission::MoveSandbox)),
    write("/v1/sandbox/failures", Access::desk(Permission::MoveSandbox)),
    write("/v1/sandbox/payouts/{id}/return", Access::desk(Permission::MoveSandbox)),
    // The economy.
    read("/v1/members/{id}", READ.or_desk(Permission::ReadMembers)),
    read("/v1/members/{id}/binding", Access::desk(Permission::ReadMembers)),
    read("/v1/members/{id}/person", Access::desk(Permission::RevealPersons)),
    write("/v1/members/{id}/lost-phone/codes", Access::desk(Permission::ManageMembers)),
    write("/v1/members/{id}/lost-phone", Access::desk(Permission::ManageMembers)),
    read("/v1/lost-phones", Access::desk(Permission::ManageMembers)),
    write("/v1/lost-phones/{id}/confirm", Access::desk(Permission::ManageMembers)),
    write("/v1/lost-phones/{id}/drop", Access::desk(Permission::ManageMembers)),
    read("/v1/stores/{id}", READ.or_desk(Permission::ReadStores)),
    read("/v1/accounts/{id}/statement", READ.or_member().or_desk(Permission::ReadMoney)),
    read("/v1/accounts/{id}/statement.csv", READ.or_member().or_desk(Permission::ReadMoney)),
    read("/v1/orders/{id}/split", READ.or_member().or_desk(Permission::ReadOrders)),
    // Regions and their agents.
    read("/v1/regions/{id}/stores", Access::member().or_desk(Permission::ReadStores)),
    read("/v1/regions/{id}/days", Access::member().or_desk(Permission::ReadStores)),
    read("/v1/appointments", Access::desk(Permission::ManageRegions)),
    write("/v1/appointments", Access::desk(Permission::ManageRegions)),
    read("/v1/appointments/{id}", Access::member().or_desk(Permission::ManageRegions)),
    write("/v1/appointments/{id}/renew", Access::desk(Permission::ManageRegions)),
    write("/v1/appointments/{id}/dismiss", Access::desk(Permission::ManageRegions)),
    read("/v1/orders/{id}", READ.or_member().or_desk(Permission::ReadOrders)),
    write("/v1/orders", Access::key(Scope::Orders)),
    // Refunds: buyers ask, stores answer, and the operator where they do not.
    write("/v1/orders/{id}/refunds", Access::member()),
    write("/v1/orders/{id}/refunds/offer", Access::desk(Permission::DecideRefunds).or_member()),
    read("/v1/me/refunds", Access::member()),
    read("/v1/stores/{id}/refunds", Access::member()),
    read("/v1/refunds", Access::desk(Permission::DecideRefunds)),
    read("/v1/refunds/{id}", Access::desk(Permission::ReadOrders).or_member()),
    write("/v1/refunds/{id}/answer", Access::desk(Permission::DecideRefunds).or_member()),
    write("/v1/refunds/{id}/appeal", Access::member()),
    write("/v1/refunds/{id}/withdraw", Access::member()),
    route(
        "POST",
        "/v1/commands",
        Policy::Write {
            access: Access::key(Scope::Commands),
            content_type: "application/x-ndjson",
            most_bytes: COMMANDS_BYTES,
        },
    ),
];
