//! What is said of a product and what it costs, as a whole: it is checked as a whole, and each version replaces the one
//! before. Must not be added here: stock.

use super::items::amount;
use crate::refusal::{Code, Refusal};
use crate::text::{Length, id, lines, plain};
use linli_economy::time::Instant;
use linli_economy::units::Fen;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const CATEGORY: Length = Length { what: "a category", least: 1, most: 30 };
const TITLE: Length = Length { what: "a title", least: 1, most: 100 };
const DESCRIPTION: Length = Length { what: "a description", least: 0, most: 5_000 };
const VARIANT_NAME: Length = Length { what: "a variant's name", least: 1, most: 60 };
const SOURCE: Length = Length { what: "the source of a compared price", least: 1, most: 200 };
const MOST_PICTURES: usize = 10;
const MOST_VARIANTS: usize = 50;

/// What is said of a product, and what it costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Where members look for it.
    pub category: String,
    /// One line.
    pub title: String,
    /// Lines.
    pub description: String,
    /// Ids of pictures, the first shown first.
    pub pictures: Vec<String>,
    /// Fen that an order of it pays for freight, 0 for none. An order of several products pays the highest once: it
    /// is one parcel. Freight is part of the list total and of the cost, so the supplier gets all of it, and the
    /// margin has to carry it: deduction points lower the price only as far as cash covers cost and freight.
    pub freight_fen: u64,
    /// What can be chosen, 1 to 50.
    pub variants: Vec<Variant>,
}

/// One choice of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Names it within the product.
    pub id: String,
    /// What members read.
    pub name: String,
    /// The list price of a piece.
    pub price_fen: u64,
    /// What the supplier gets for a piece.
    pub cost_fen: u64,
    /// Another price that it is compared with.
    pub compared: Option<ComparedPrice>,
    /// Whether it can be chosen.
    pub is_offered: bool,
}

/// A price that a price is compared with: never without its proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedPrice {
    /// The price.
    pub price_fen: u64,
    /// Whose price it is, and where it stood.
    pub source: String,
    /// When it stood there.
    pub seen_at: Instant,
    /// The id of the picture that shows it.
    pub picture: String,
}

impl Content {
    /// A variant of this id.
    #[must_use]
    pub fn variant(&self, variant: &str) -> Option<&Variant> {
        self.variants.iter().find(|known| known.id == variant)
    }

    /// The pictures that it shows and those that prove a compared price.
    pub(super) fn all_pictures(&self) -> impl Iterator<Item = &str> {
        let proofs = self.variants.iter().filter_map(|variant| variant.compared.as_ref());
        let proofs = proofs.map(|compared| &compared.picture);
        self.pictures.iter().chain(proofs).map(String::as_str)
    }

    /// Whether it is complete and all its prices are such.
    pub(super) fn check(&self, now: Instant) -> Result<(), Refusal> {
        plain(&CATEGORY, &self.category)?;
        plain(&TITLE, &self.title)?;
        lines(&DESCRIPTION, &self.description)?;
        bounded("pictures", self.pictures.len(), 0..=MOST_PICTURES)?;
        self.pictures.iter().try_for_each(|picture| id(picture))?;
        bounded("variants", self.variants.len(), 1..=MOST_VARIANTS)?;
        let ids: BTreeSet<_> = self.variants.iter().map(|variant| &variant.id).collect();
        if ids.len() != self.variants.len() {
            return Err(Refusal::new(Code::BadProduct, "two variants of a product have one id"));
        }
        self.variants.iter().try_for_each(|variant| self.check_variant(variant, now))
    }

    fn check_variant(&self, variant: &Variant, now: Instant) -> Result<(), Refusal> {
        id(&variant.id)?;
        plain(&VARIANT_NAME, &variant.name)?;
        amount("a list price", variant.price_fen)?;
        amount("a cost", variant.cost_fen)?;
        // One piece with its freight is the smallest order.
        amount("a list price with freight", variant.price_fen.saturating_add(self.freight_fen))?;
        amount("a cost with freight", variant.cost_fen.saturating_add(self.freight_fen))?;
        variant.compared.as_ref().map_or(Ok(()), |compared| compared.check(variant.price_fen, now))
    }
}

impl ComparedPrice {
    fn check(&self, price_fen: u64, now: Instant) -> Result<(), Refusal> {
        plain(&SOURCE, &self.source)?;
        id(&self.picture)?;
        amount("a compared price", self.price_fen)?;
        let fault = if self.price_fen <= price_fen {
            let [compared, price] = [self.price_fen, price_fen].map(Fen::from);
            format!("a compared price is above the price, and {compared} is not above {price}")
        } else if self.seen_at > now {
            format!("a compared price was seen before now, {now}, and this at {}", self.seen_at)
        } else {
            return Ok(());
        };
        Err(Refusal::new(Code::BadComparedPrice, fault))
    }
}

fn bounded(what: &str, count: usize, range: std::ops::RangeInclusive<usize>) -> Result<(), Refusal> {
    if range.contains(&count) {
        return Ok(());
    }
    let (least, most) = (range.start(), range.end());
    Err(Refusal::new(Code::BadProduct, format!("a product has {least} to {most} {what}, and this {count}")))
}
