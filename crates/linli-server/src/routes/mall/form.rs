//! What is said of a product, as its supplier says it and is shown it again: the same form. Must not be added here: what
//! a product may be; the platform says that.

use crate::money;
use crate::problem::Problem;
use crate::routes::deals::ComparedForm;
use crate::routes::text::yuan;
use linli_platform::deal::Compared;
use linli_platform::mall::product::{ComparedPrice, Content, Variant};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is said of a product.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContentForm {
    /// Where members look for it.
    #[schema(example = "粮油")]
    category: String,
    /// One line.
    #[schema(example = "丝苗米 5 kg")]
    title: String,
    /// Lines.
    #[serde(default)]
    description: String,
    /// Ids of pictures, the first shown first.
    #[serde(default)]
    pictures: Vec<String>,
    /// Yuan that an order of it pays for freight; an order of several products pays the highest once.
    #[schema(example = "6.00")]
    freight: String,
    /// What can be chosen, 1 to 50.
    variants: Vec<VariantForm>,
}

/// One choice of a product.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VariantForm {
    /// Names it within the product.
    #[schema(example = "5kg")]
    id: String,
    /// What members read.
    #[schema(example = "5 kg 装")]
    name: String,
    /// Yuan for a piece.
    #[schema(example = "59.00")]
    price: String,
    /// Yuan that the supplier gets for a piece.
    #[schema(example = "18.00")]
    cost: String,
    /// A higher price that it is compared with, with its proof.
    compared: Option<ComparedForm>,
    /// Whether it can be chosen; a variant is taken off by false, and never removed.
    #[serde(default = "offered")]
    is_offered: bool,
}

fn offered() -> bool {
    true
}

impl ContentForm {
    pub fn of(content: &Content) -> Self {
        Self {
            category: content.category.clone(),
            title: content.title.clone(),
            description: content.description.clone(),
            pictures: content.pictures.clone(),
            freight: yuan(content.freight_fen),
            variants: content.variants.iter().map(VariantForm::of).collect(),
        }
    }

    pub fn read(self) -> Result<Content, Problem> {
        let variants = self.variants.into_iter().map(VariantForm::read);
        Ok(Content {
            category: self.category,
            title: self.title,
            description: self.description,
            pictures: self.pictures,
            freight_fen: money::fen_or_none(&self.freight)?,
            variants: variants.collect::<Result<_, _>>()?,
        })
    }
}

impl VariantForm {
    fn of(variant: &Variant) -> Self {
        Self {
            id: variant.id.clone(),
            name: variant.name.clone(),
            price: yuan(variant.price_fen),
            cost: yuan(variant.cost_fen),
            compared: variant.compared.as_ref().map(compared),
            is_offered: variant.is_offered,
        }
    }

    fn read(self) -> Result<Variant, Problem> {
        Ok(Variant {
            id: self.id,
            name: self.name,
            price_fen: money::fen(&self.price)?,
            cost_fen: money::fen(&self.cost)?,
            compared: self.compared.map(read_compared).transpose()?,
            is_offered: self.is_offered,
        })
    }
}

/// A compared price as it is shown.
pub fn compared(price: &ComparedPrice) -> ComparedForm {
    let ComparedPrice { price_fen, source, seen_at, picture } = price.clone();
    ComparedForm::of(&Compared { price_fen, source, seen_at, picture })
}

fn read_compared(form: ComparedForm) -> Result<ComparedPrice, Problem> {
    let Compared { price_fen, source, seen_at, picture } = form.read()?;
    Ok(ComparedPrice { price_fen, source, seen_at, picture })
}
