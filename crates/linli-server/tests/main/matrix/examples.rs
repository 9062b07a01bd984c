//! What the paths of the document stand for in the world of the matrix, and whom it concerns. Whoever adds a route with
//! another kind of thing in its path adds a line. Must not be added here: what a policy says.

use super::bodies;
use super::who::Who;
use super::world::World;
use crate::support::documented::Operation;
use Who::{Agent, Buyer, Cashier, Desk, Nobody, Owner, Recruiter, Supplier};
use linli_platform::{Role, StoreRight};

/// Whom a thing concerns.
pub enum Whom {
    /// It is nobody's, or there for all.
    Everybody,
    /// These, and whoever at a desk has the permission.
    Concerns(&'static [Who]),
    /// These alone, whatever permission others have.
    Only(&'static [Who]),
}

use Whom::{Concerns, Everybody, Only};

/// The things in the paths that begin so, one for each pair of braces. The longest that fits counts, and all of them if
/// there are several: things of the same kind may be of different people.
pub struct Example {
    path: &'static str,
    things: &'static [&'static str],
    pub whom: Whom,
}

const fn example(path: &'static str, things: &'static [&'static str], whom: Whom) -> Example {
    Example { path, things, whom }
}

const TAKES: Who = Cashier(StoreRight::TakePayments);
const VERIFIES: Who = Cashier(StoreRight::VerifyVouchers);
const ANSWERS: Who = Cashier(StoreRight::AnswerRefunds);
const SEES: Who = Cashier(StoreRight::SeeReceivables);
const MANAGES: Who = Cashier(StoreRight::ManageDeals);

/// Who sees the platform's money.
const OPERATOR: Who = Desk(Role::Operator);
const FINANCE: Who = Desk(Role::Finance);
const AUDITOR: Who = Desk(Role::Auditor);

const EXAMPLES: &[Example] = &[
    // Everybody's, where the path says no more.
    example("", &[], Everybody),
    // Stores: what the owner does, and what those may whom the owner let.
    example("/v1/stores/{id}", &["store"], Concerns(&[Owner])),
    example("/v1/stores/{id}/figures", &["store"], Concerns(&[Owner, SEES])),
    example("/v1/stores/{id}/orders", &["store"], Concerns(&[Owner, SEES])),
    example("/v1/stores/{id}/deals", &["store"], Concerns(&[Owner, MANAGES])),
    example("/v1/stores/{id}/codes", &["store"], Concerns(&[Owner, TAKES])),
    example("/v1/stores/{id}/refunds", &["store"], Concerns(&[Owner, ANSWERS])),
    example("/v1/stores/{id}/vouchers", &["store"], Concerns(&[Owner, VERIFIES])),
    example("/v1/stores/{id}/vouchers/give-back", &["store"], Concerns(&[Owner, ANSWERS])),
    example("/v1/stores/{id}/verifications", &["store"], Concerns(&[Owner, VERIFIES])),
    example(
        "/v1/stores/{id}/shifts",
        &["store"],
        Concerns(&[Owner, TAKES, VERIFIES, ANSWERS, SEES, MANAGES]),
    ),
    // The body names who takes payments, and whoever works there can leave.
    example("/v1/stores/{id}/staff/dismiss", &["store"], Concerns(&[Owner, TAKES])),
    example("/v1/stores/{id}/prints/{form}", &["store", "form"], Everybody),
    example("/v1/shifts/{id}", &["shift"], Concerns(&[Owner, TAKES])),
    example("/v1/pay/stores/{id}", &["store"], Everybody),
    example("/v1/pay/codes/{id}", &["payment-code"], Everybody),
    example("/v1/codes/{id}", &["payment-code"], Concerns(&[Owner, TAKES])),
    example("/v1/applications/{id}", &["application"], Concerns(&[Buyer])),
    example("/v1/photos/{id}", &["photo"], Everybody),
    example("/v1/scans/{id}", &["scan"], Concerns(&[Buyer])),
    // Orders, deals and refunds.
    example("/v1/deals/{id}", &["deal"], Concerns(&[Owner, MANAGES])),
    example("/v1/deals/{id}/publish", &["deal-draft"], Concerns(&[Owner, MANAGES])),
    example("/v1/deals/{id}/buy", &["deal"], Everybody),
    example("/v1/me/vouchers/{id}", &["voucher"], Concerns(&[Buyer])),
    example(
        "/v1/orders/{id}",
        &["order"],
        Concerns(&[Buyer, Owner, TAKES, VERIFIES, ANSWERS, SEES, MANAGES]),
    ),
    example("/v1/orders/{id}/split", &["settled-order"], Concerns(&[Buyer, Owner, SEES, Agent, Recruiter])),
    example("/v1/orders/{id}/refunds", &["order"], Concerns(&[Buyer])),
    example("/v1/orders/{id}/refunds/offer", &["order"], Concerns(&[Owner, ANSWERS])),
    example("/v1/refunds/{id}", &["refund"], Concerns(&[Buyer, Owner, ANSWERS])),
    example("/v1/refunds/{id}/answer", &["refund"], Concerns(&[Owner, ANSWERS])),
    example("/v1/refunds/{id}/appeal", &["refund"], Concerns(&[Buyer])),
    example("/v1/refunds/{id}/withdraw", &["refund"], Concerns(&[Buyer])),
    // Paying: what nobody pays by name is shown to whoever has its id.
    example("/v1/payments/{id}", &["payment"], Concerns(&[Buyer])),
    example("/v1/payments/{id}", &["visitor-payment"], Everybody),
    example("/v1/payments/{id}/close", &["payment"], Concerns(&[Buyer])),
    example("/v1/payments/{id}/close", &["visitor-payment"], Concerns(&[Nobody])),
    example("/sandbox/pay/{id}", &["sandbox-page"], Everybody),
    example("/sandbox/pay/{id}/{act}", &["sandbox-page", "button"], Everybody),
    example("/v1/sandbox/payouts/{id}", &["payout"], Everybody),
    example("/v1/bills/{id}", &["day"], Everybody),
    example("/v1/reconciliations/{id}", &["day"], Everybody),
    // The mall: buyers, suppliers, and the desk.
    example("/v1/me/addresses/{id}", &["address"], Concerns(&[Buyer])),
    example("/v1/mall/baskets", &[], Concerns(&[Buyer])),
    example("/v1/mall/baskets/{id}", &["basket"], Concerns(&[Buyer])),
    example("/v1/mall/products/{id}", &["product"], Concerns(&[Supplier])),
    example("/v1/mall/products/{id}/publish", &["product-draft"], Concerns(&[])),
    example("/v1/mall/orders/{id}", &["mall-order"], Concerns(&[Buyer, Supplier])),
    example("/v1/mall/orders/{id}/ship", &["mall-order"], Concerns(&[Supplier])),
    example("/v1/mall/orders/{id}/correct", &["shipped-order"], Concerns(&[Supplier])),
    example("/v1/mall/orders/{id}/receive", &["shipped-order"], Concerns(&[Buyer])),
    example("/v1/mall/orders/{id}/returns", &["received-order"], Concerns(&[Buyer])),
    example("/v1/mall/returns/{id}", &["return"], Concerns(&[Buyer, Supplier])),
    example("/v1/mall/returns/{id}/answer", &["return"], Concerns(&[Supplier])),
    example("/v1/mall/returns/{id}/arrived", &["return"], Concerns(&[Supplier])),
    example("/v1/mall/returns/{id}/appeal", &["return"], Concerns(&[Buyer])),
    example("/v1/mall/returns/{id}/withdraw", &["return"], Concerns(&[Buyer])),
    example("/v1/mall/returns/{id}/send-back", &["return"], Concerns(&[Buyer])),
    example("/v1/mall/suppliers/{id}", &["supplier"], Concerns(&[Supplier])),
    // Money, on its way out and elsewhere.
    example("/v1/accounts/{id}", &["wallet"], Concerns(&[Buyer])),
    example("/v1/accounts/{id}", &["receivables"], Concerns(&[Owner, SEES])),
    example("/v1/accounts/{id}", &["reserve"], Concerns(&[])),
    example("/v1/suppliers/{id}", &["supplier"], Concerns(&[Supplier])),
    example("/v1/platform/{id}", &["fund"], Everybody),
    example("/v1/withdrawals/{id}", &["withdrawal"], Concerns(&[Buyer, OPERATOR, FINANCE, AUDITOR])),
    example("/v1/withdrawals/{id}", &["store-withdrawal"], Concerns(&[Owner, OPERATOR, FINANCE, AUDITOR])),
    example(
        "/v1/withdrawals/{id}",
        &["supplier-withdrawal"],
        Concerns(&[Supplier, OPERATOR, FINANCE, AUDITOR]),
    ),
    example("/v1/withdrawals/{id}", &["platform-withdrawal"], Concerns(&[OPERATOR, FINANCE, AUDITOR])),
    example("/v1/withdrawals/{id}/take-back", &["withdrawal"], Concerns(&[Buyer])),
    example("/v1/withdrawals/{id}/take-back", &["store-withdrawal"], Concerns(&[Owner])),
    example("/v1/withdrawals/{id}/take-back", &["supplier-withdrawal"], Concerns(&[Supplier])),
    example("/v1/withdrawals/{id}/take-back", &["platform-withdrawal"], Concerns(&[FINANCE])),
    example("/v1/withdrawals/{id}/approve", &["reviewed-withdrawal"], Everybody),
    example("/v1/withdrawals/{id}/reject", &["reviewed-withdrawal"], Everybody),
    example("/v1/withdrawals/{id}/paid", &["sent-withdrawal"], Everybody),
    example("/v1/withdrawals/{id}/failed", &["sent-withdrawal"], Everybody),
    example("/v1/payout-files/{id}", &["payout-file"], Everybody),
    example("/v1/proposals/{id}", &["proposal"], Everybody),
    example("/v1/proposals/{id}/take-back", &["own-proposal"], Only(&[OPERATOR])),
    // Members and those around them.
    example("/v1/members/{id}", &["buyer"], Everybody),
    example("/v1/lost-phones/{id}", &["lost-phone"], Everybody),
    example("/v1/sessions/{id}", &["session"], Concerns(&[Buyer])),
    example("/v1/notifications/{id}", &["notification"], Concerns(&[Buyer])),
    example("/v1/me/prints/{form}", &["form"], Everybody),
    example("/v1/me/recruited/{id}", &["store"], Concerns(&[Recruiter])),
    example("/v1/invitations/{kind}/{id}", &["kind", "store"], Everybody),
    example("/v1/regions/{id}", &["region"], Concerns(&[Agent])),
    example("/v1/appointments/{id}", &["appointment"], Concerns(&[Agent])),
    // What a desk has.
    example("/v1/staff/{id}", &["staff"], Everybody),
    example("/v1/keys/{id}", &["key"], Everybody),
    example("/v1/webhooks/{id}", &["webhook"], Everybody),
    example("/v1/records/{id}", &["record"], Everybody),
    example("/v1/rules/{topic}", &["topic"], Everybody),
    example("/v1/documents/{id}", &["document"], Everybody),
    example("/v1/documents/{id}/draft", &["draft"], Everybody),
    example("/v1/documents/{id}/edit", &["draft"], Everybody),
    example("/v1/documents/{id}/publish", &["draft"], Everybody),
    example("/v1/plans/{id}", &["plan"], Everybody),
    example("/v1/plans/{id}/edit", &["plan-draft"], Everybody),
    example("/v1/plans/{id}/submit", &["plan-draft"], Everybody),
];

/// The lines for a path.
pub fn of(path: &str) -> Vec<&'static Example> {
    let fits = |example: &&Example| {
        let rest = path.strip_prefix(example.path);
        let begins = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        begins && example.things.len() == path.matches('{').count()
    };
    let longest = EXAMPLES.iter().filter(fits).map(|example| example.path.len()).max();
    let longest = longest.unwrap_or_else(|| {
        panic!("say in EXAMPLES of matrix/examples.rs what {path} stands for, and whom it concerns")
    });
    EXAMPLES.iter().filter(fits).filter(|example| example.path.len() == longest).collect()
}

/// The path with the world's ids in it, and with what the query must have.
pub fn target(world: &World, operation: &Operation, example: &Example) -> String {
    let query: Vec<_> = bodies::query(operation).map(|(name, value)| format!("{name}={value}")).collect();
    let mut ids = example.things.iter().map(|thing| world.id(thing));
    let parts = operation.path.split('/').map(|part| match part.starts_with('{') {
        true => ids.next().expect("as many as braces").to_string(),
        false => part.to_string(),
    });
    let path = parts.collect::<Vec<_>>().join("/");
    if query.is_empty() { path } else { format!("{path}?{}", world.filled(&query.join("&"))) }
}
