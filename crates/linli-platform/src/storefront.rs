//! The pages of stores: name, address, place, hours, photos, description, and a phone number if the owner shows one. The
//! owner or the desk changes a page and closes a store. Must not be added here: what a store is owed.

mod book;
mod check;
mod page;
mod place;
#[cfg(test)]
mod tests;

pub use book::{Front, Storefronts};
pub(crate) use page::file_names;
pub use page::{Opening, Page, ShownPhone};
pub use place::Place;

use serde::{Deserialize, Serialize};

/// What is done with the pages of stores. The order of variants is the journal's, new ones come last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StorefrontAct {
    /// The page is like this from now on.
    Change {
        /// The store.
        store: String,
        /// The page.
        page: Page,
    },
    /// The store takes no new orders any more; those paid are still settled.
    Close {
        /// The store.
        store: String,
    },
}

impl StorefrontAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Change { .. } => "change_store_page",
            Self::Close { .. } => "close_store",
        }
    }

    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::Change { store, .. } | Self::Close { store } => store,
        }
    }
}
