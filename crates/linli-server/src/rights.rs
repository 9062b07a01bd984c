//! Who may act for a store: its owner, and whoever the owner gave the right. Must not be added here: what people at a
//! desk may do; the catalogue of permissions says that.

use crate::problem::{Code, Problem};
use linli_economy::refusal::Code as Refused;
use linli_engine::Replica;
use linli_platform::StoreRight;
use linli_platform::store_staff::owner_of;

/// Makes sure that a member may do this in a store.
///
/// # Errors
/// There is no such store, or its owner did not give the member this right.
pub fn for_store(replica: &Replica, store: &str, member: &str, right: StoreRight) -> Result<(), Problem> {
    owner(replica, store)?;
    let platform = replica.platform();
    if platform.store_staff.may(replica.economy(), store, member, right) {
        return Ok(());
    }
    let (what, name) = (right.texts().0, right.name());
    let detail = format!("to {what} needs the right {name} in the store {store}, which its owner gives");
    Err(Problem::new(Code::Forbidden, detail))
}

/// Makes sure that a member owns a store.
///
/// # Errors
/// There is no such store, or it is somebody else's.
pub fn owns(replica: &Replica, store: &str, member: &str) -> Result<(), Problem> {
    if owner(replica, store)? == member {
        return Ok(());
    }
    Err(Problem::new(Code::Forbidden, format!("the store {store} belongs to somebody else")))
}

/// Makes sure that a member owns a store or works there, with whatever rights.
///
/// # Errors
/// There is no such store, or the member has nothing to do with it.
pub fn works_in(replica: &Replica, store: &str, member: &str) -> Result<(), Problem> {
    let is_hired = || replica.platform().store_staff.hired(replica.economy(), store, member).is_some();
    if owner(replica, store)? == member || is_hired() {
        return Ok(());
    }
    Err(Problem::new(Code::Forbidden, format!("you do not work in the store {store}")))
}

/// The member who owns a store.
///
/// # Errors
/// There is no such store.
pub fn owner<'r>(replica: &'r Replica, store: &str) -> Result<&'r str, Problem> {
    owner_of(replica.economy(), store).ok_or_else(|| unknown_store(store))
}

/// There is no such store.
pub fn unknown_store(store: &str) -> Problem {
    Problem::new(Code::Refused(Refused::UnknownStore), format!("there is no store {store}"))
}
