//! A product: what is said of it, what each of its variants costs, and the pieces there are of each. A price that
//! changes concerns baskets to come: an order keeps its own. Must not be added here: who may change it (`shelf.rs`).

pub use super::content::{ComparedPrice, Content, Variant};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is done with products.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProductAct {
    /// A supplier has something to sell; nobody can buy it yet.
    Draft {
        /// Names it.
        product: String,
        /// Whose.
        supplier: String,
        /// What is said of it.
        content: Content,
    },
    /// It is other now. What a supplier changes is a draft again until the platform has looked at it.
    Edit {
        /// Which.
        product: String,
        /// The version that was changed, so that nobody's change is lost.
        version: u32,
        /// What is said of it now.
        content: Content,
    },
    /// Members may buy it.
    PutOnSale {
        /// Which.
        product: String,
        /// The version that was looked at.
        version: u32,
    },
    /// Members may not buy it any more.
    Withdraw {
        /// Which.
        product: String,
    },
    /// Pieces came to the free stock, or were taken from it.
    Stock {
        /// Of which product.
        product: String,
        /// Of which variant.
        variant: String,
        /// How many; below zero for those taken.
        change: i32,
    },
}

impl ProductAct {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Draft { .. } => "draft_product",
            Self::Edit { .. } => "edit_product",
            Self::PutOnSale { .. } => "put_product_on_sale",
            Self::Withdraw { .. } => "withdraw_product",
            Self::Stock { .. } => "change_stock",
        }
    }

    pub(super) fn subject(&self) -> &str {
        match self {
            Self::Draft { product, .. }
            | Self::Edit { product, .. }
            | Self::PutOnSale { product, .. }
            | Self::Withdraw { product }
            | Self::Stock { product, .. } => product,
        }
    }
}

/// Where a product stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ProductState {
    /// The platform has not looked at it.
    Draft,
    /// Members may buy it.
    OnSale,
    /// It was on sale.
    Withdrawn,
}

impl ProductState {
    /// The name by which people and programs know it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::OnSale => "on_sale",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Pieces of one variant. All three together change only by [`ProductAct::Stock`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pieces {
    /// Anybody may order them.
    pub free: u64,
    /// Somebody has ordered them.
    pub reserved: u64,
    /// They were shipped and did not come back into stock.
    pub sold: u64,
}

/// A product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Whose.
    pub supplier: String,
    /// Counts the changes of its content, from 1.
    pub version: u32,
    /// Where it stands.
    pub state: ProductState,
    /// What is said of it.
    pub content: Content,
    /// The pieces of each variant.
    pub pieces: BTreeMap<String, Pieces>,
    /// Whether somebody has ordered this version.
    pub(super) is_ordered: bool,
    /// What was said in the versions before that somebody has ordered.
    pub(super) past: BTreeMap<u32, Content>,
}

impl Product {
    /// A variant of this id.
    #[must_use]
    pub fn variant(&self, variant: &str) -> Option<&Variant> {
        self.content.variant(variant)
    }

    /// What was said of it in a version, if it is the one of now or somebody has ordered it.
    #[must_use]
    pub fn content_of(&self, version: u32) -> Option<&Content> {
        if version == self.version { Some(&self.content) } else { self.past.get(&version) }
    }

    /// The next version; what somebody has ordered stays what they have ordered.
    pub(super) fn renew(&mut self, content: &Content) {
        let before = std::mem::replace(&mut self.content, content.clone());
        if std::mem::take(&mut self.is_ordered) {
            self.past.insert(self.version, before);
        }
        self.version += 1;
    }
}
