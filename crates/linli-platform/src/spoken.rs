//! What an act says to people: every text in it that is shown, field by field, for whoever reads texts before they are
//! shown. Must not be added here: what may be said; and what is sealed, which nobody else reads.

use crate::act::Act;
use crate::deal::{DealAct, DealTerms};
use crate::document::{DocumentAct, Texts};
use crate::mall::MallAct;
use crate::mall::product::{Content, ProductAct};
use crate::mall::supplier::SupplierAct;
use crate::plan_change::PlanChangeAct;
use crate::store_application::StoreApplicationAct;
use crate::storefront::{Page, StorefrontAct};

/// A text that is shown to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken<'a> {
    /// The field of the form in which it was typed.
    pub field: &'static str,
    /// What it says.
    pub text: &'a str,
    /// Whether it is somebody's name.
    pub is_name: bool,
}

fn name<'a>(field: &'static str, text: &'a str) -> Spoken<'a> {
    Spoken { field, text, is_name: true }
}

fn prose<'a>(field: &'static str, text: &'a str) -> Spoken<'a> {
    Spoken { field, text, is_name: false }
}

impl Act {
    /// Every text of it that is shown to people.
    #[must_use]
    pub fn spoken(&self) -> Vec<Spoken<'_>> {
        match self {
            Self::Storefront(StorefrontAct::Change { page, .. }) => of_page(page),
            Self::StoreApplication(StoreApplicationAct::Draft { form, .. }) => of_page(&form.page),
            Self::Deal(DealAct::Offer { terms, .. } | DealAct::Change { terms, .. }) => of_terms(terms),
            Self::Mall(MallAct::Product(
                ProductAct::Draft { content, .. } | ProductAct::Edit { content, .. },
            )) => of_content(content),
            Self::Mall(MallAct::Supplier(
                SupplierAct::Add { name: supplier, .. } | SupplierAct::Update { name: supplier, .. },
            )) => vec![name("name", supplier)],
            Self::Document(DocumentAct::Draft { texts, .. } | DocumentAct::Edit { texts, .. }) => {
                of_document(texts)
            }
            Self::PlanChange(PlanChangeAct::Draft { text, .. } | PlanChangeAct::Edit { text, .. }) => {
                vec![prose("text", text)]
            }
            _ => Vec::new(),
        }
    }
}

fn of_page(page: &Page) -> Vec<Spoken<'_>> {
    vec![name("name", &page.name), prose("address", &page.address), prose("description", &page.description)]
}

fn of_terms(terms: &DealTerms) -> Vec<Spoken<'_>> {
    vec![prose("title", &terms.title), prose("text", &terms.text)]
}

fn of_content(content: &Content) -> Vec<Spoken<'_>> {
    let fixed = [
        prose("category", &content.category),
        prose("title", &content.title),
        prose("description", &content.description),
    ];
    let variants = content.variants.iter().map(|variant| prose("variants", &variant.name));
    fixed.into_iter().chain(variants).collect()
}

fn of_document(texts: &Texts) -> Vec<Spoken<'_>> {
    vec![
        prose("title_zh", &texts.title_zh),
        prose("title_en", &texts.title_en),
        prose("text_zh", &texts.text_zh),
        prose("text_en", &texts.text_en),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_store_says_is_told_field_by_field() {
        let page = Page { name: "街角面馆".into(), description: "手工面".into(), ..Page::default() };
        let act = Act::from(StorefrontAct::Change { store: "S1".into(), page });
        let spoken: Vec<_> =
            act.spoken().into_iter().map(|said| (said.field, said.text, said.is_name)).collect();
        assert_eq!(
            spoken,
            [("name", "街角面馆", true), ("address", "", false), ("description", "手工面", false)]
        );
    }

    #[test]
    fn an_act_without_texts_says_nothing() {
        assert!(Act::from(StorefrontAct::Close { store: "S1".into() }).spoken().is_empty());
    }
}
