//! Address books: where a member's goods go. Addresses come sealed and are only kept; an order has a copy of its own.
//! Must not be added here: anything that reads an address.

use super::Mall;
use crate::act::Actor;
use crate::part::Scene;
use crate::refusal::{Code, Refusal};
use crate::text::{id, sealed};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Addresses that a member may have.
const MOST: usize = 20;
/// Addresses that a member may ever have had: changing one is free, an id is used once.
const MOST_EVER: usize = 200;

/// What a member does with their addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AddressAct {
    /// One more; the first is the default.
    Add {
        /// Whose.
        member: String,
        /// Names it in their book.
        address: String,
        /// Name, telephone, place, sealed.
        sealed_text: Vec<u8>,
    },
    /// It reads otherwise now.
    Change {
        /// Whose.
        member: String,
        /// Which.
        address: String,
        /// Name, telephone, place, sealed.
        sealed_text: Vec<u8>,
    },
    /// It is of no use any more.
    Remove {
        /// Whose.
        member: String,
        /// Which.
        address: String,
    },
    /// It is the one that is offered first.
    MakeDefault {
        /// Whose.
        member: String,
        /// Which.
        address: String,
    },
}

impl AddressAct {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Add { .. } => "add_address",
            Self::Change { .. } => "change_address",
            Self::Remove { .. } => "remove_address",
            Self::MakeDefault { .. } => "make_address_default",
        }
    }

    pub(super) fn subject(&self) -> &str {
        self.parts().1
    }

    fn parts(&self) -> (&str, &str) {
        match self {
            Self::Add { member, address, .. }
            | Self::Change { member, address, .. }
            | Self::Remove { member, address }
            | Self::MakeDefault { member, address } => (member, address),
        }
    }
}

/// One member's addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressBook {
    entries: BTreeMap<String, Vec<u8>>,
    default: Option<String>,
    removed: BTreeSet<String>,
}

impl AddressBook {
    /// An address, sealed.
    #[must_use]
    pub fn get(&self, address: &str) -> Option<&[u8]> {
        self.entries.get(address).map(Vec::as_slice)
    }

    /// All addresses by id, sealed.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.entries.iter().map(|(id, text)| (id.as_str(), text.as_slice()))
    }

    /// The id of the one that is offered first; none after the default was removed.
    #[must_use]
    pub fn default_id(&self) -> Option<&str> {
        self.default.as_deref()
    }
}

/// The address books by member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressBooks(BTreeMap<String, AddressBook>);

impl AddressBooks {
    /// A member's addresses, if they ever had one.
    #[must_use]
    pub fn of(&self, member: &str) -> Option<&AddressBook> {
        self.0.get(member)
    }

    pub(super) fn apply(&mut self, act: &AddressAct) {
        let (member, address) = act.parts();
        let book = self.0.entry(member.to_owned()).or_default();
        match act {
            AddressAct::Add { sealed_text, .. } | AddressAct::Change { sealed_text, .. } => {
                if book.entries.is_empty() {
                    book.default = Some(address.to_owned());
                }
                book.entries.insert(address.to_owned(), sealed_text.clone());
            }
            AddressAct::Remove { .. } => {
                book.entries.remove(address);
                book.removed.insert(address.to_owned());
                book.default.take_if(|default| default == address);
            }
            AddressAct::MakeDefault { .. } => book.default = Some(address.to_owned()),
        }
    }
}

impl Mall {
    pub(super) fn check_address(
        &self,
        scene: &Scene<'_>,
        by: &Actor,
        act: &AddressAct,
    ) -> Result<(), Refusal> {
        let (member, address) = act.parts();
        self.member_only(by, member)?;
        let book = self.addresses.of(member);
        match act {
            AddressAct::Add { sealed_text, .. } => {
                id(address)?;
                sealed("an address", sealed_text)?;
                check_buyer(scene, member)?;
                return book.map_or(Ok(()), |book| book.check_new(address));
            }
            AddressAct::Change { sealed_text, .. } => sealed("an address", sealed_text)?,
            AddressAct::Remove { .. } | AddressAct::MakeDefault { .. } => {}
        }
        if book.is_some_and(|book| book.get(address).is_some()) {
            return Ok(());
        }
        Err(Refusal::new(Code::UnknownAddress, format!("{member} has no address {address}")))
    }
}

impl AddressBook {
    fn check_new(&self, address: &str) -> Result<(), Refusal> {
        if self.get(address).is_some() || self.removed.contains(address) {
            let message = format!("the id {address} has been used for an address");
            return Err(Refusal::new(Code::AddressExists, message));
        }
        let (now, ever) = (self.entries.len(), self.entries.len() + self.removed.len());
        if now >= MOST || ever >= MOST_EVER {
            let message = format!(
                "an address book has at most {MOST} addresses, {MOST_EVER} with those removed, and this {now} and {ever}"
            );
            return Err(Refusal::new(Code::TooManyAddresses, message));
        }
        Ok(())
    }
}

/// Whether the economy knows the member.
pub fn check_buyer(scene: &Scene<'_>, member: &str) -> Result<(), Refusal> {
    match scene.economy.member_id(member) {
        Some(_) => Ok(()),
        None => Err(Refusal::new(Code::UnknownBuyer, format!("there is no member {member}"))),
    }
}
