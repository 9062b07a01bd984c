//! The mall: suppliers, what they sell, baskets split by supplier, shipments, returns. Stock is never sold twice, and
//! every state has its edges. What an order's money does is the economy's: an act here carries the command with it.
//! Must not be added here: a payment (checkout carries `pay_mall`), a text of people that is not sealed.

pub mod address;
pub mod basket;
pub mod book;
mod carry;
mod content;
mod days;
pub mod delivery;
mod due;
pub mod items;
pub mod order;
pub mod product;
mod products;
mod refunding;
pub mod returning;
pub mod returns;
mod role;
mod shelf;
pub mod supplier;
#[cfg(test)]
mod tests;

pub use carry::{Planned, Standing, standing};
pub use due::confirmation;
pub use products::Products;

use crate::act::Actor;
use crate::part::{Carried, Moment, Part, Scene};
use crate::refusal::Refusal;
use address::{AddressAct, AddressBooks};
use basket::Basket;
use delivery::OrderAct;
use order::Orders;
use product::ProductAct;
use returning::Returns;
use returns::ReturnAct;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use supplier::{SupplierAct, Suppliers};

/// What is done in the mall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MallAct {
    /// Who supplies, and who may log in for them.
    Supplier(SupplierAct),
    /// What is sold, and how much of it there is.
    Product(ProductAct),
    /// Where a member's goods go.
    Address(AddressAct),
    /// A basket becomes orders.
    Place(Basket),
    /// An order on its way.
    Order(OrderAct),
    /// Goods on their way back.
    Return(ReturnAct),
}

impl MallAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Supplier(act) => act.name(),
            Self::Product(act) => act.name(),
            Self::Address(act) => act.name(),
            Self::Place(_) => "place_mall_orders",
            Self::Order(act) => act.name(),
            Self::Return(act) => act.name(),
        }
    }

    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::Supplier(act) => act.subject(),
            Self::Product(act) => act.subject(),
            Self::Address(act) => act.subject(),
            Self::Place(basket) => &basket.id,
            Self::Order(act) => act.subject(),
            Self::Return(act) => act.subject(),
        }
    }
}

/// All that the mall knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mall {
    suppliers: Suppliers,
    products: Products,
    addresses: AddressBooks,
    /// The orders of each basket.
    baskets: BTreeMap<String, Vec<String>>,
    orders: Orders,
    returns: Returns,
}

impl Mall {
    /// The suppliers.
    #[must_use]
    pub fn suppliers(&self) -> &Suppliers {
        &self.suppliers
    }

    /// The products and their stock.
    #[must_use]
    pub fn products(&self) -> &Products {
        &self.products
    }

    /// The members' addresses.
    #[must_use]
    pub fn addresses(&self) -> &AddressBooks {
        &self.addresses
    }

    /// The orders.
    #[must_use]
    pub fn orders(&self) -> &Orders {
        &self.orders
    }

    /// The returns.
    #[must_use]
    pub fn returns(&self) -> &Returns {
        &self.returns
    }

    /// Every picture that a product or a return names.
    pub fn pictures(&self) -> impl Iterator<Item = &str> {
        let of_returns = self.returns.all(u32::MAX).flat_map(|back| back.pictures.iter().map(String::as_str));
        self.products.pictures().chain(of_returns)
    }
}

impl Part for Mall {
    type Act = MallAct;

    fn check(&self, scene: &Scene<'_>, by: &Actor, act: &MallAct) -> Result<Carried, Refusal> {
        match act {
            MallAct::Supplier(act) => self.check_supplier(by, act).map(|()| None),
            MallAct::Product(act) => self.check_product(scene, by, act).map(|()| None),
            MallAct::Address(act) => self.check_address(scene, by, act).map(|()| None),
            MallAct::Place(basket) => self.check_basket(scene, by, basket).map(|()| None),
            MallAct::Order(act) => self.check_order(scene, by, act),
            MallAct::Return(act) => self.check_return(scene, by, act),
        }
    }

    fn apply(&mut self, moment: &Moment<'_>, act: &MallAct) {
        match act {
            MallAct::Supplier(act) => self.suppliers.apply(act),
            MallAct::Product(act) => self.apply_product(moment, act),
            MallAct::Address(act) => self.addresses.apply(act),
            MallAct::Place(basket) => self.apply_basket(moment, basket),
            MallAct::Order(act) => self.apply_order(moment, act),
            MallAct::Return(act) => self.apply_return(moment, act),
        }
    }

    fn figure(&self) -> u64 {
        let figures = [self.products.figure(), self.orders.figure(), self.returns.figure()];
        figures
            .into_iter()
            .fold(self.suppliers.figure(), |all, figure| all.wrapping_mul(31).wrapping_add(figure))
    }
}
