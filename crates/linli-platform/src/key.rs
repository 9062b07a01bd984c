//! The keys of programs that use the open interface: tills, outside malls, stores' own systems.
//! Must not be added here: a secret that is not sealed.

#[cfg(test)]
mod tests;

use crate::act::Actor;
use crate::desk::{another, desk};
use crate::part::{Carried, Moment, Part, Scene, mixed};
use crate::refusal::{Code, Refusal};
use crate::text::{Length, id, plain};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Characters that a name may have.
const NAME: Length = Length { what: "a name", least: 1, most: 64 };

/// What is done with keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyAct {
    /// A program gets a key of the open interface.
    Add {
        /// Names the key in requests.
        id: String,
        /// What people call it.
        name: String,
        /// What it may be used for.
        scopes: Vec<Scope>,
        /// The secret that its requests are signed with, sealed.
        sealed_secret: Vec<u8>,
    },
    /// A key is of no use any more.
    End {
        /// The key.
        id: String,
    },
    /// Somebody else at the desk agrees that a key may send any command.
    Confirm {
        /// The key.
        id: String,
    },
}

impl KeyAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Add { .. } => "add_key",
            Self::End { .. } => "end_key",
            Self::Confirm { .. } => "confirm_key",
        }
    }

    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::Add { id, .. } | Self::End { id } | Self::Confirm { id } => id,
        }
    }
}

/// What a key may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Scope {
    /// Looking at members, stores and orders.
    Read,
    /// Paying and settling orders.
    Orders,
    /// Sending any command of the economy.
    Commands,
}

impl Scope {
    /// Every scope there is.
    pub const ALL: [Self; 3] = [Self::Read, Self::Orders, Self::Commands];

    /// The name by which people and programs know it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Orders => "orders",
            Self::Commands => "commands",
        }
    }

    /// The scope of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

/// A key of the open interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKey {
    /// What people call it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
    /// The secret that requests are signed with, sealed.
    pub sealed_secret: Vec<u8>,
    /// Whether it is of no use any more.
    pub has_ended: bool,
    /// Who has added it, while it waits for somebody else and is of no use yet.
    pub unconfirmed: Option<Actor>,
}

impl ApiKey {
    /// Whether it may be used at all.
    #[must_use]
    pub fn is_in_force(&self) -> bool {
        !self.has_ended && self.unconfirmed.is_none()
    }

    /// Whether it may be used for this.
    #[must_use]
    pub fn allows(&self, scope: Scope) -> bool {
        self.is_in_force() && self.scopes.contains(&scope)
    }
}

/// The keys that there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keys(BTreeMap<String, ApiKey>);

impl Keys {
    /// The key of this id, ended ones included.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&ApiKey> {
        self.0.get(id)
    }

    fn unended(&self, id: &str) -> Result<&ApiKey, Refusal> {
        match self.0.get(id) {
            None => Err(Refusal::new(Code::UnknownKey, format!("there is no key {id}"))),
            Some(key) if key.has_ended => {
                Err(Refusal::new(Code::KeyEnded, format!("the key {id} has ended before")))
            }
            Some(key) => Ok(key),
        }
    }

    /// All keys by id, ended ones included.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &ApiKey)> {
        self.0.iter().map(|(id, key)| (id.as_str(), key))
    }
}

/// A key that may send any command could do alone what takes two people; one that the machine adds is in force at once.
fn takes_two(by: &Actor, scopes: &[Scope]) -> bool {
    *by != Actor::Machine && scopes.contains(&Scope::Commands)
}

impl Part for Keys {
    type Act = KeyAct;

    fn check(&self, _: &Scene<'_>, by: &Actor, act: &KeyAct) -> Result<Carried, Refusal> {
        desk(by)?;
        match act {
            KeyAct::Add { id: new, name, scopes, sealed_secret } => {
                id(new)?;
                plain(&NAME, name)?;
                if scopes.is_empty() || scopes.windows(2).any(|pair| pair[0] >= pair[1]) {
                    return Err(Refusal::new(Code::BadText, "a key has each of its scopes once, in order"));
                }
                if sealed_secret.is_empty() {
                    return Err(Refusal::new(Code::BadText, "a key has a sealed secret"));
                }
                if self.0.contains_key(new) {
                    return Err(Refusal::new(Code::KeyExists, format!("there is a key {new}")));
                }
            }
            KeyAct::End { id } => {
                self.unended(id)?;
            }
            KeyAct::Confirm { id } => match &self.unended(id)?.unconfirmed {
                Some(first) => another(by, first, "has added the key")?,
                None => return Err(Refusal::new(Code::KeyInForce, format!("the key {id} is in force"))),
            },
        }
        Ok(None)
    }

    fn apply(&mut self, moment: &Moment<'_>, act: &KeyAct) {
        match act {
            KeyAct::Add { id, name, scopes, sealed_secret } => {
                let key = ApiKey {
                    name: name.clone(),
                    scopes: scopes.clone(),
                    sealed_secret: sealed_secret.clone(),
                    has_ended: false,
                    unconfirmed: takes_two(moment.by, scopes).then(|| moment.by.clone()),
                };
                let before = self.0.insert(id.clone(), key);
                assert!(before.is_none(), "checked: the key is new");
            }
            KeyAct::End { id } => {
                self.0.get_mut(id).expect("checked: the key is there").has_ended = true;
            }
            KeyAct::Confirm { id } => {
                self.0.get_mut(id).expect("checked: the key is there").unconfirmed = None;
            }
        }
    }

    fn figure(&self) -> u64 {
        let in_force = self.0.values().filter(|key| key.is_in_force()).count();
        mixed(&[self.0.len(), in_force], &[])
    }
}
