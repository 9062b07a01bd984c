//! The routes of the mall: what everybody sees, what members order, what suppliers ship, what the desk looks after. Must
//! not be added here: a route of anything else.

use super::{public, read, write};
use crate::policy::{Access, Route};
use linli_platform::Permission;

/// Who does something for a supplier: its own people, or the desk.
const SUPPLY: Access = Access::desk(Permission::ManageMall).or_supplier();

/// Who looks at what is a supplier's.
const SEE_SUPPLY: Access = Access::desk(Permission::ReadMall).or_supplier();

/// The routes of the mall.
pub const ROUTES: &[Route] = &[
    public("/v1/mall/products"),
    public("/v1/mall/products/{id}"),
    public("/v1/mall/categories"),
    read("/v1/me/addresses", Access::member()),
    write("/v1/me/addresses", Access::member()),
    write("/v1/me/addresses/{id}/change", Access::member()),
    write("/v1/me/addresses/{id}/remove", Access::member()),
    write("/v1/me/addresses/{id}/default", Access::member()),
    read("/v1/mall/quote", Access::member()),
    write("/v1/mall/baskets", Access::member()),
    read("/v1/mall/baskets/{id}", Access::member()),
    read("/v1/me/mall/orders", Access::member()),
    read("/v1/me/mall/returns", Access::member()),
    read("/v1/mall/orders", Access::desk(Permission::ReadMall)),
    read("/v1/mall/orders/{id}", SEE_SUPPLY.or_member()),
    write("/v1/mall/orders/{id}/cancel", SUPPLY.or_member()),
    write("/v1/mall/orders/{id}/ship", SUPPLY),
    write("/v1/mall/orders/{id}/correct", SUPPLY),
    write("/v1/mall/orders/{id}/receive", Access::member()),
    write("/v1/mall/orders/{id}/returns", Access::member()),
    read("/v1/mall/returns", Access::desk(Permission::ReadMall)),
    read("/v1/mall/returns/{id}", SEE_SUPPLY.or_member()),
    write("/v1/mall/returns/{id}/answer", Access::desk(Permission::DecideRefunds).or_supplier()),
    write("/v1/mall/returns/{id}/appeal", Access::member()),
    write("/v1/mall/returns/{id}/withdraw", Access::member()),
    write("/v1/mall/returns/{id}/send-back", Access::member()),
    write("/v1/mall/returns/{id}/arrived", SUPPLY),
    read("/v1/mall/suppliers", Access::desk(Permission::ReadMall)),
    write("/v1/mall/suppliers", Access::desk(Permission::ManageMall)),
    read("/v1/mall/suppliers/{id}", SEE_SUPPLY),
    write("/v1/mall/suppliers/{id}/change", Access::desk(Permission::ManageMall)),
    write("/v1/mall/suppliers/{id}/suspend", Access::desk(Permission::ManageMall)),
    write("/v1/mall/suppliers/{id}/reinstate", Access::desk(Permission::ManageMall)),
    write("/v1/mall/suppliers/{id}/logins", Access::desk(Permission::ManageMall)),
    write("/v1/mall/suppliers/{id}/logins/end", Access::desk(Permission::ManageMall)),
    read("/v1/mall/suppliers/{id}/products", SEE_SUPPLY),
    write("/v1/mall/suppliers/{id}/products", SUPPLY),
    read("/v1/mall/suppliers/{id}/orders", SEE_SUPPLY),
    read("/v1/mall/suppliers/{id}/returns", SEE_SUPPLY),
    read("/v1/mall/products/all", Access::desk(Permission::ReadMall)),
    read("/v1/mall/products/{id}/own", SEE_SUPPLY),
    write("/v1/mall/products/{id}/change", SUPPLY),
    write("/v1/mall/products/{id}/publish", Access::desk(Permission::ManageMall)),
    write("/v1/mall/products/{id}/withdraw", SUPPLY),
    write("/v1/mall/products/{id}/stock", SUPPLY),
];
