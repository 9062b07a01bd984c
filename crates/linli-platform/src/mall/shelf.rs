//! What is done with products and their stock: by whom, and in which state. Must not be added here: an order.

use super::Mall;
use super::product::{Content, Pieces, Product, ProductAct, ProductState};
use super::role::Role;
use crate::act::Actor;
use crate::part::{Moment, Scene};
use crate::refusal::{Code, Refusal};
use crate::text::id;
use std::collections::BTreeMap;

/// Free pieces that one variant can have.
const MOST_FREE: u64 = 1_000_000;

impl Mall {
    pub(super) fn check_product(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        act: &ProductAct,
    ) -> Result<(), Refusal> {
        if let ProductAct::Draft { product, supplier, content } = act {
            self.suppliers.active(supplier)?;
            self.desk_only(by, supplier)?;
            id(product)?;
            if self.products.get(product).is_some() {
                return Err(Refusal::new(Code::ProductExists, format!("there is a product {product}")));
            }
            return content.check(scene.now);
        }
        let known = self.products.known(act.subject())?;
        self.desk_only(by, &known.supplier)?;
        match act {
            ProductAct::Draft { .. } => Ok(()),
            ProductAct::Edit { version, content, .. } => {
                self.suppliers.active(&known.supplier)?;
                known.check_version(*version)?;
                content.check(scene.now)?;
                content.check_keeps(known)?;
                // Only the platform's own changes leave it on sale.
                if known.state == ProductState::OnSale && self.role(by) == Role::Operator {
                    content.check_margins(scene)?;
                }
                Ok(())
            }
            ProductAct::PutOnSale { version, .. } => {
                self.operator_only(by)?;
                self.suppliers.active(&known.supplier)?;
                known.check_version(*version)?;
                known.check_state(&[ProductState::Draft, ProductState::Withdrawn])?;
                known.content.check_margins(scene)
            }
            ProductAct::Withdraw { .. } => known.check_state(&[ProductState::OnSale]),
            ProductAct::Stock { variant, change, .. } => known.check_stock(variant, *change),
        }
    }

    pub(super) fn apply_product(&mut self, moment: &Moment<'_>, act: &ProductAct) {
        match act {
            ProductAct::Draft { product, supplier, content } => {
                let pieces = content.no_pieces().collect();
                let (supplier, content) = (supplier.clone(), content.clone());
                let draft = Product {
                    supplier,
                    version: 1,
                    state: ProductState::Draft,
                    content,
                    pieces,
                    is_ordered: false,
                    past: BTreeMap::new(),
                };
                self.products.add(product, draft);
            }
            ProductAct::Edit { product, content, .. } => {
                let is_operator = self.role(moment.by) == Role::Operator;
                self.products.change(product, |known| {
                    for (variant, none) in content.no_pieces() {
                        known.pieces.entry(variant).or_insert(none);
                    }
                    known.renew(content);
                    if !is_operator {
                        known.state = ProductState::Draft;
                    }
                });
            }
            ProductAct::PutOnSale { product, .. } => {
                self.products.change(product, |known| known.state = ProductState::OnSale);
            }
            ProductAct::Withdraw { product } => {
                self.products.change(product, |known| known.state = ProductState::Withdrawn);
            }
            ProductAct::Stock { product, variant, change } => {
                let changed = |pieces: &mut Pieces| {
                    let free = pieces.free.checked_add_signed(i64::from(*change));
                    pieces.free = free.expect("checked: there are as many");
                };
                self.products.move_pieces(product, variant, changed);
            }
        }
    }
}

impl Product {
    fn check_version(&self, version: u32) -> Result<(), Refusal> {
        if version == self.version {
            return Ok(());
        }
        let message = format!("this is about version {version}, and the product is at {}", self.version);
        Err(Refusal::new(Code::ProductChanged, message))
    }

    fn check_state(&self, states: &[ProductState]) -> Result<(), Refusal> {
        if states.contains(&self.state) {
            return Ok(());
        }
        let names: Vec<_> = states.iter().map(|state| state.name()).collect();
        let message = format!(
            "the product is {}, and this is for one that is {}",
            self.state.name(),
            names.join(" or ")
        );
        Err(Refusal::new(Code::ProductState, message))
    }

    fn check_stock(&self, variant: &str, change: i32) -> Result<(), Refusal> {
        let free = self.pieces_of(variant)?.free;
        match free.checked_add_signed(i64::from(change)) {
            None => {
                let message = format!("{} pieces to take and {free} free", change.unsigned_abs());
                Err(Refusal::new(Code::StockShort, message))
            }
            Some(more) if more > MOST_FREE => {
                let message =
                    format!("a variant has at most {MOST_FREE} free pieces, and this would make {more}");
                Err(Refusal::new(Code::StockLimit, message))
            }
            Some(_) => Ok(()),
        }
    }

    pub(super) fn pieces_of(&self, variant: &str) -> Result<Pieces, Refusal> {
        let unknown = || Refusal::new(Code::UnknownVariant, format!("the product has no variant {variant}"));
        self.pieces.get(variant).copied().ok_or_else(unknown)
    }
}

impl Content {
    fn no_pieces(&self) -> impl Iterator<Item = (String, Pieces)> {
        self.variants.iter().map(|variant| (variant.id.clone(), Pieces::default()))
    }

    /// Orders and stock are of variants, so none ever goes.
    fn check_keeps(&self, known: &Product) -> Result<(), Refusal> {
        let has = |id: &String| self.variants.iter().any(|variant| variant.id == *id);
        match known.pieces.keys().find(|id| !has(id)) {
            None => Ok(()),
            Some(lost) => {
                let message = format!("the variant {lost} is taken off by not offering it, never removed");
                Err(Refusal::new(Code::VariantLost, message))
            }
        }
    }

    /// One piece with its freight is the thinnest order: if that passes, every basket of such products does.
    fn check_margins(&self, scene: &Scene<'_>) -> Result<(), Refusal> {
        self.variants.iter().filter(|variant| variant.is_offered).try_for_each(|variant| {
            let [price, cost] = [variant.price_fen, variant.cost_fen].map(|fen| fen + self.freight_fen);
            check_margin(scene, price, cost)
        })
    }
}

/// The economy's own rule of the plan in force: cash at full deduction covers cost and all shares.
pub fn check_margin(scene: &Scene<'_>, list_fen: u64, cost_fen: u64) -> Result<(), Refusal> {
    let checked = scene.economy.state().check_margin(list_fen, cost_fen);
    checked.map_err(|refusal| Refusal::new(Code::MallMarginTooThin, refusal.message))
}
