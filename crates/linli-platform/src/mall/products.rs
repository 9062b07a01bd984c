//! All products with their stock, found by id, supplier and category. Pieces move between free, reserved and sold, and
//! their sum changes only by an act that says so: what is reserved is never free for anybody else. Must not be added
//! here: who may do what (`shelf.rs`).

use super::content::Content;
use super::product::{Pieces, Product, ProductState};
use crate::refusal::{Code, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

/// The products that there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Products {
    by_id: BTreeMap<String, Product>,
    by_supplier: BTreeMap<String, BTreeSet<String>>,
    /// What is on sale, by category.
    on_sale: BTreeMap<String, BTreeSet<String>>,
    /// Pieces that ever moved, for the digest.
    moved: u64,
}

impl Products {
    /// The product of this id.
    #[must_use]
    pub fn get(&self, product: &str) -> Option<&Product> {
        self.by_id.get(product)
    }

    /// All products by id, those behind this one.
    pub fn after(&self, id: &str) -> impl Iterator<Item = (&str, &Product)> {
        self.by_id.range::<str, _>(behind(id)).map(|(id, product)| (id.as_str(), product))
    }

    /// A supplier's products by id, those behind this one.
    pub fn of_supplier(&self, supplier: &str, after: &str) -> impl Iterator<Item = (&str, &Product)> {
        let ids = self.by_supplier.get(supplier).into_iter();
        ids.flat_map(move |ids| ids.range::<str, _>(behind(after))).map(|id| (id.as_str(), &self.by_id[id]))
    }

    /// What is on sale of a category by id, behind this one.
    pub fn of_category(&self, category: &str, after: &str) -> impl Iterator<Item = (&str, &Product)> {
        let ids = self.on_sale.get(category).into_iter();
        ids.flat_map(move |ids| ids.range::<str, _>(behind(after))).map(|id| (id.as_str(), &self.by_id[id]))
    }

    /// The categories that something is on sale of, with how many products.
    pub fn categories(&self) -> impl Iterator<Item = (&str, usize)> {
        self.on_sale.iter().map(|(category, ids)| (category.as_str(), ids.len()))
    }

    /// Every picture of every version that is kept.
    pub(super) fn pictures(&self) -> impl Iterator<Item = &str> {
        let contents =
            self.by_id.values().flat_map(|product| product.past.values().chain([&product.content]));
        contents.flat_map(Content::all_pictures)
    }

    pub(super) fn add(&mut self, id: &str, product: Product) {
        self.by_supplier.entry(product.supplier.clone()).or_default().insert(id.to_owned());
        self.by_id.insert(id.to_owned(), product);
    }

    pub(super) fn known(&self, product: &str) -> Result<&Product, Refusal> {
        let unknown = || Refusal::new(Code::UnknownProduct, format!("there is no product {product}"));
        self.get(product).ok_or_else(unknown)
    }

    /// Reserves pieces for an order of the version of now.
    pub(super) fn reserve(&mut self, product: &str, variant: &str, count: u64) {
        self.move_pieces(product, variant, |pieces| {
            pieces.free = pieces.free.checked_sub(count).expect("checked: there are as many");
            pieces.reserved += count;
        });
        self.by_id.get_mut(product).expect("its pieces were moved").is_ordered = true;
    }

    /// Moves pieces; the checks before have seen to it that there are as many.
    pub(super) fn move_pieces(&mut self, product: &str, variant: &str, change: impl FnOnce(&mut Pieces)) {
        let product = self.by_id.get_mut(product).expect("checked: the product is there");
        change(product.pieces.get_mut(variant).expect("checked: the variant is there"));
        self.moved += 1;
    }

    pub(super) fn figure(&self) -> u64 {
        u64::try_from(self.by_id.len()).expect("64 bits").wrapping_mul(31).wrapping_add(self.moved)
    }

    /// Changes a product, and finds it by what it is now.
    pub(super) fn change(&mut self, id: &str, change: impl FnOnce(&mut Product)) {
        let product = self.by_id.get_mut(id).expect("checked: the product is there");
        let before = (product.state == ProductState::OnSale).then(|| product.content.category.clone());
        change(product);
        let now = (product.state == ProductState::OnSale).then(|| product.content.category.clone());
        if before == now {
            return;
        }
        if let Some(category) = before {
            let ids = self.on_sale.get_mut(&category).expect("it was on sale");
            ids.remove(id);
            if ids.is_empty() {
                self.on_sale.remove(&category);
            }
        }
        if let Some(category) = now {
            self.on_sale.entry(category).or_default().insert(id.to_owned());
        }
    }
}

fn behind(id: &str) -> (Bound<&str>, Bound<&str>) {
    (Bound::Excluded(id), Bound::Unbounded)
}
