//! Who is what to an order, and how others are named: by their part, never by their id. Must not be added here: an amount.

use crate::caller::{Caller, Who};
use crate::rights;
use linli_economy::Economy;
use linli_economy::account::Account;
use linli_economy::handle::{MemberId, OrderId, StoreId};
use linli_economy::legs::{Leg, LegKind};
use linli_economy::order::Seller;
use linli_engine::Replica;
use linli_platform::StoreRight;

/// The people of an order, as one of them sees it.
pub struct Parts {
    people: Vec<(&'static str, MemberId)>,
    store: Option<StoreId>,
    /// The caller, if they are a member.
    member: Option<MemberId>,
    /// Whether the store is the caller's.
    owns_store: bool,
    /// Whether the caller sees everything.
    sees_all: bool,
}

/// The name of a leg's receiver.
pub fn name(kind: LegKind) -> &'static str {
    match kind {
        LegKind::Store => "store",
        LegKind::Direct => "inviter",
        LegKind::Indirect => "inviter_of_inviter",
        LegKind::Recruit => "recruiter",
        LegKind::Region(0) => "agent_of_district",
        LegKind::Region(1) => "agent_of_city",
        LegKind::Region(2) => "agent_of_province",
        LegKind::Region(_) => "agent_of_macro_region",
        LegKind::Levels => "level",
        LegKind::Dividend => "shareholders",
        LegKind::Platform => "platform",
        LegKind::Supplier => "supplier",
        LegKind::Rebate => "store_of_points",
    }
}

impl Parts {
    pub fn of(replica: &Replica, id: OrderId, caller: &Caller) -> Self {
        let economy = replica.economy();
        let order = &economy.state().orders()[id.index()];
        let mut legs: Vec<Leg> = Vec::new();
        economy.state().legs_of(id, &mut legs);
        let buyer = order.member.map(|member| ("buyer", member));
        let earning = legs.iter().filter_map(|leg| match leg.account {
            Account::Wallet(member) => Some((name(leg.kind), member)),
            _ => None,
        });
        let store = match order.seller {
            Seller::Store(store) => Some(store),
            Seller::Mall(_) => None,
        };
        let (member, owns_store) = match &caller.who {
            Who::Member { id, .. } => (
                economy.member_id(id),
                store.is_some_and(|store| {
                    rights::for_store(replica, economy.store_name(store), id, StoreRight::SeeReceivables)
                        .is_ok()
                }),
            ),
            Who::Key { .. } | Who::Staff { .. } | Who::Visitor => (None, false),
        };
        let people = buyer.into_iter().chain(earning).collect();
        let sees_all = matches!(caller.who, Who::Key { .. } | Who::Staff { .. });
        Self { people, store, member, owns_store, sees_all }
    }

    /// What the caller is to the order; nothing if they have nothing to do with it.
    pub fn yours(&self) -> Vec<&'static str> {
        let desk = self.sees_all.then_some("desk");
        let store = self.owns_store.then_some("store");
        let own =
            self.people.iter().filter(|(_, member)| Some(*member) == self.member).map(|(part, _)| *part);
        desk.into_iter().chain(store).chain(own).collect()
    }

    /// Whether the caller knows who bought: they did, they sold it, or they are at a desk.
    pub fn sees_buyer(&self) -> bool {
        let bought =
            self.people.iter().any(|(part, member)| *part == "buyer" && Some(*member) == self.member);
        bought || self.owns_store || self.sees_all
    }

    /// Whether an account is the caller's.
    pub fn is_yours(&self, account: Account) -> bool {
        match account {
            Account::Store(store) => self.owns_store && Some(store) == self.store,
            _ => owner(account).is_some_and(|owner| Some(owner) == self.member),
        }
    }

    /// An account's name: as it is where it is the caller's or nobody's, else by its owner's part.
    pub fn account(&self, economy: &Economy, account: Account) -> String {
        let name = economy.account_name(account);
        let Some(owner) = owner(account).filter(|owner| !self.sees_all && Some(*owner) != self.member) else {
            let is_others = matches!(account, Account::Store(store) if Some(store) != self.store);
            return if is_others && !self.sees_all { "other_stores".into() } else { name };
        };
        let kind = name.rsplit(':').next().unwrap_or_default();
        let part = self.people.iter().find(|(_, member)| *member == owner);
        format!("{}:{kind}", part.map_or("others", |(part, _)| part))
    }
}

/// Whose account it is.
fn owner(account: Account) -> Option<MemberId> {
    match account {
        Account::Wallet(member)
        | Account::Spend(member)
        | Account::Points(member)
        | Account::Deduction(member) => Some(member),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_leg_has_a_name_of_its_own() {
        let kinds =
            [LegKind::Store, LegKind::Direct, LegKind::Indirect, LegKind::Recruit, LegKind::Region(0)];
        let more = [LegKind::Region(1), LegKind::Region(2), LegKind::Region(3), LegKind::Levels];
        let rest = [LegKind::Dividend, LegKind::Platform, LegKind::Supplier, LegKind::Rebate];
        let names: std::collections::BTreeSet<_> =
            kinds.into_iter().chain(more).chain(rest).map(name).collect();
        assert_eq!(names.len(), 13);
    }
}
