//! Who may act for a store: its owner. Must not be added here: what people at a desk may do; the catalogue of permissions
//! says that.

use crate::problem::{Code, Problem};
use linli_economy::refusal::Code as Refused;
use linli_engine::Replica;

/// Makes sure that a member may act for a store.
///
/// # Errors
/// There is no such store, or it is somebody else's.
pub fn for_store(replica: &Replica, store: &str, member: &str) -> Result<(), Problem> {
    let economy = replica.economy();
    let unknown = || Problem::new(Code::Refused(Refused::UnknownStore), format!("there is no store {store}"));
    let id = economy.store_id(store).ok_or_else(unknown)?;
    if economy.member_name(economy.state().stores()[id.index()].owner) == member {
        return Ok(());
    }
    Err(Problem::new(Code::Forbidden, format!("the store {store} belongs to somebody else")))
}
