//! Who a caller is to something of the mall. Must not be added here: what they may do in which state.

use crate::caller::{Caller, Who};
use crate::problem::{Code, Problem};
use linli_engine::Replica;
use linli_platform::{Code as RefusedAct, Permission, Role};

/// Who somebody is to what concerns a member and a supplier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    Buyer,
    Supplier,
    Desk,
}

/// Who the caller is to something of this supplier, and of this member if it is one's; people at a desk need the
/// permission. Nobody else is anybody to it.
pub fn party(
    replica: &Replica,
    caller: &Caller,
    (member, supplier): (Option<&str>, &str),
    permission: Permission,
) -> Option<Party> {
    match &caller.who {
        Who::Member { id, .. } => (member == Some(id)).then_some(Party::Buyer),
        Who::Staff { id, roles, .. } if roles.contains(&Role::Supplier) => {
            let acts_for = replica.platform().mall.suppliers().of_login(id);
            (acts_for == Some(supplier)).then_some(Party::Supplier)
        }
        Who::Staff { roles, .. } => permission.is_granted_to(roles).then_some(Party::Desk),
        Who::Key { .. } | Who::Visitor => None,
    }
}

/// Makes sure that the caller may look at, or act for, a supplier.
///
/// # Errors
/// `unknown_mall_supplier`: there is none, or it is somebody else's.
pub fn for_supplier(
    replica: &Replica,
    caller: &Caller,
    supplier: &str,
    permission: Permission,
) -> Result<Party, Problem> {
    let is_known = replica.platform().mall.suppliers().get(supplier).is_some();
    let party = is_known.then(|| party(replica, caller, (None, supplier), permission)).flatten();
    party.ok_or_else(|| unknown(RefusedAct::UnknownMallSupplier, "supplier", supplier))
}

/// There is no such thing, as far as whoever asks is concerned.
pub fn unknown(code: RefusedAct, what: &str, id: &str) -> Problem {
    Problem::new(Code::RefusedAct(code), format!("there is no {what} {id}"))
}
