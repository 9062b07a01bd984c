//! Who somebody is to the mall: whose member, whose supplier, or the platform's own. Must not be added here: the coarse
//! rights of a desk, which the server checks before.

use super::Mall;
use crate::act::Actor;
use crate::refusal::{Code, Refusal};

/// What an actor is to the mall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role<'a> {
    /// This member.
    Member(&'a str),
    /// Somebody who logs in for this supplier.
    Supplier(&'a str),
    /// The platform's own people, and its machine.
    Operator,
    /// The service on its schedule.
    Service,
    /// A program, the payment provider, or who logged in for a supplier once: nothing here is theirs to do.
    Outsider,
}

impl Mall {
    /// Who logs in for a supplier, or did once, is never one of the platform's own.
    pub(super) fn role<'a>(&'a self, by: &'a Actor) -> Role<'a> {
        match by {
            Actor::Machine => Role::Operator,
            Actor::Service => Role::Service,
            Actor::Member(member) => Role::Member(member),
            Actor::Staff(staff) => match self.suppliers.of_login(staff) {
                Some(supplier) => Role::Supplier(supplier),
                None if self.suppliers.has_been_login(staff) => Role::Outsider,
                None => Role::Operator,
            },
            Actor::Key(_) | Actor::Provider | Actor::Visitor => Role::Outsider,
        }
    }

    /// Whether it is one of the platform's own.
    pub(super) fn operator_only(&self, by: &Actor) -> Result<(), Refusal> {
        allow(self.role(by) == Role::Operator, by, "the platform's own people")
    }

    /// Whether it is the service.
    pub(super) fn service_only(&self, by: &Actor) -> Result<(), Refusal> {
        allow(self.role(by) == Role::Service, by, "the service")
    }

    /// Whether it is this member.
    pub(super) fn member_only(&self, by: &Actor, member: &str) -> Result<(), Refusal> {
        allow(self.role(by) == Role::Member(member), by, "the member whose it is")
    }

    /// Whether it is this supplier or one of the platform's own.
    pub(super) fn desk_only(&self, by: &Actor, supplier: &str) -> Result<(), Refusal> {
        let role = self.role(by);
        allow(role == Role::Supplier(supplier) || role == Role::Operator, by, "the supplier whose it is")
    }
}

fn allow(is_allowed: bool, by: &Actor, whose: &str) -> Result<(), Refusal> {
    if is_allowed { Ok(()) } else { Err(forbidden(by, whose)) }
}

/// It is for somebody else to do.
pub fn forbidden(by: &Actor, whose: &str) -> Refusal {
    Refusal::new(Code::MallNotYours, format!("this is for {whose} to do, and {by} is not"))
}
