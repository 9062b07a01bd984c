//! What a store says of a deal, and what people are shown of it: the same form, so that nothing is shown that was not
//! said. Must not be added here: what a deal may be; the platform says that.

use crate::money;
use crate::problem::{Code, Problem};
use crate::routes::text::yuan;
use linli_economy::time::Instant;
use linli_platform::deal::{Compared, DealSale, DealTerms, Validity};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is sold.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TermsForm {
    /// What people read first.
    #[schema(example = "三人套餐")]
    pub title: String,
    /// Yuan for one piece.
    #[schema(example = "128.00")]
    price: String,
    /// A higher price that it is compared with, with its proof.
    compared: Option<ComparedForm>,
    /// Uses of one piece.
    #[schema(example = 1)]
    uses: u32,
    /// How long what was bought can be used.
    valid: ValidForm,
    /// The rest: what is in it, when it can be used, what it excludes.
    text: String,
}

/// A price that a deal's is compared with.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ComparedForm {
    /// Yuan; above the deal's price.
    #[schema(example = "168.00")]
    price: String,
    /// Where it was asked.
    source: String,
    /// When it was.
    #[schema(example = "2026-01-01T08:00:00Z")]
    seen_at: String,
    /// The picture that shows it.
    picture: String,
}

/// How long a voucher can be used.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ValidForm {
    /// This many days of 24 hours from the payment.
    #[schema(example = 30)]
    Days(u32),
    /// Before this time.
    #[schema(example = "2026-12-31T16:00:00Z")]
    Until(String),
}

/// How a deal is sold.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaleForm {
    /// Pieces in all, if they are limited.
    stock: Option<u32>,
    /// Pieces that one member may have, if they are limited.
    per_member: Option<u32>,
    /// From when on.
    #[schema(example = "2026-01-01T00:00:00Z")]
    from: String,
    /// Before when, if it ends.
    until: Option<String>,
}

fn instant(what: &str, text: &str) -> Result<Instant, Problem> {
    let detail = || format!("{what} is a time of RFC 3339, such as 2026-01-01T08:00:00Z");
    Instant::parse(text).ok_or_else(|| Problem::new(Code::BadParameter, detail()))
}

impl TermsForm {
    pub fn of(terms: &DealTerms) -> Self {
        Self {
            title: terms.title.clone(),
            price: yuan(terms.price_fen),
            compared: terms.compared.as_ref().map(ComparedForm::of),
            uses: terms.uses,
            valid: ValidForm::of(terms.valid),
            text: terms.text.clone(),
        }
    }

    pub fn read(self) -> Result<DealTerms, Problem> {
        Ok(DealTerms {
            title: self.title,
            price_fen: money::fen(&self.price)?,
            compared: self.compared.map(ComparedForm::read).transpose()?,
            uses: self.uses,
            valid: self.valid.read()?,
            text: self.text,
        })
    }
}

impl ComparedForm {
    pub fn of(compared: &Compared) -> Self {
        Self {
            price: yuan(compared.price_fen),
            source: compared.source.clone(),
            seen_at: compared.seen_at.to_string(),
            picture: compared.picture.clone(),
        }
    }

    pub fn read(self) -> Result<Compared, Problem> {
        Ok(Compared {
            price_fen: money::fen(&self.price)?,
            source: self.source,
            seen_at: instant("seen_at", &self.seen_at)?,
            picture: self.picture,
        })
    }
}

impl ValidForm {
    pub fn of(valid: Validity) -> Self {
        match valid {
            Validity::Days(days) => Self::Days(days),
            Validity::Until(until) => Self::Until(until.to_string()),
        }
    }

    fn read(self) -> Result<Validity, Problem> {
        Ok(match self {
            Self::Days(days) => Validity::Days(days),
            Self::Until(until) => Validity::Until(instant("until", &until)?),
        })
    }
}

impl SaleForm {
    pub fn of(sale: &DealSale) -> Self {
        Self {
            stock: sale.stock,
            per_member: sale.per_member,
            from: sale.from.to_string(),
            until: sale.until.map(|until| until.to_string()),
        }
    }

    pub fn read(self) -> Result<DealSale, Problem> {
        Ok(DealSale {
            stock: self.stock,
            per_member: self.per_member,
            from: instant("from", &self.from)?,
            until: self.until.map(|until| instant("until", &until)).transpose()?,
        })
    }
}
