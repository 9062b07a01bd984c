//! Whether what an act names is there, in the economy. Must not be added here: whose it is.

use crate::part::Scene;
use crate::refusal::{Code, Refusal};
use linli_economy::command::Id;
use linli_economy::handle::{MemberId, StoreId};

/// A member by id.
pub(crate) fn member(scene: &Scene<'_>, id: &str) -> Result<MemberId, Refusal> {
    let unknown = || Refusal::new(Code::UnknownMember, format!("there is no member {id}"));
    scene.economy.member_id(id).ok_or_else(unknown)
}

/// A store by id.
pub(crate) fn store(scene: &Scene<'_>, id: &str) -> Result<StoreId, Refusal> {
    let unknown = || Refusal::new(Code::UnknownStore, format!("there is no store {id}"));
    scene.economy.store_id(id).ok_or_else(unknown)
}

/// What can be a supplier's id: the economy knows them only from their first settled order on.
pub(crate) fn supplier(id: &str) -> Result<(), Refusal> {
    let bad = || Refusal::new(Code::BadText, "a supplier has an id of 1 to 64 characters without a colon");
    Id::new(id.into()).map(|_| ()).ok_or_else(bad)
}
