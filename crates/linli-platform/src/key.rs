//! The keys of programs that use the open interface: tills, outside malls, stores' own systems.
//! Must not be added here: a secret that is not sealed.

use crate::act::Actor;
use crate::part::{Carried, Moment, Part, Scene};
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
}

impl KeyAct {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Add { .. } => "add_key",
            Self::End { .. } => "end_key",
        }
    }

    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::Add { id, .. } | Self::End { id } => id,
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
}

impl ApiKey {
    /// Whether it may be used for this.
    #[must_use]
    pub fn allows(&self, scope: Scope) -> bool {
        !self.has_ended && self.scopes.contains(&scope)
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

    /// All keys by id, ended ones included.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &ApiKey)> {
        self.0.iter().map(|(id, key)| (id.as_str(), key))
    }
}

impl Part for Keys {
    type Act = KeyAct;

    fn check(&self, _: &Scene<'_>, _: &Actor, act: &KeyAct) -> Result<Carried, Refusal> {
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
            KeyAct::End { id } => match self.0.get(id) {
                None => return Err(Refusal::new(Code::UnknownKey, format!("there is no key {id}"))),
                Some(key) if key.has_ended => {
                    return Err(Refusal::new(Code::KeyEnded, format!("the key {id} has ended before")));
                }
                Some(_) => {}
            },
        }
        Ok(None)
    }

    fn apply(&mut self, _: &Moment<'_>, act: &KeyAct) {
        match act {
            KeyAct::Add { id, name, scopes, sealed_secret } => {
                let key = ApiKey {
                    name: name.clone(),
                    scopes: scopes.clone(),
                    sealed_secret: sealed_secret.clone(),
                    has_ended: false,
                };
                let before = self.0.insert(id.clone(), key);
                assert!(before.is_none(), "checked: the key is new");
            }
            KeyAct::End { id } => {
                self.0.get_mut(id).expect("checked: the key is there").has_ended = true;
            }
        }
    }

    fn figure(&self) -> u64 {
        u64::try_from(self.0.len()).expect("64 bits")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::testing::Stage;

    fn add(id: &str, name: &str, scopes: &[Scope]) -> KeyAct {
        let (id, name) = (id.into(), name.into());
        KeyAct::Add { id, name, scopes: scopes.to_vec(), sealed_secret: vec![1] }
    }

    fn end(id: &str) -> KeyAct {
        KeyAct::End { id: id.into() }
    }

    #[test]
    fn a_key_is_added_once_and_ends_once() {
        let mut stage = Stage::new();
        assert_eq!(stage.by_machine(end("till")), Err(Code::UnknownKey));
        let added = add("till", "收银台 1", &[Scope::Read, Scope::Commands]);
        assert_eq!(stage.by_machine(added.clone()), Ok(()));
        assert!(stage.platform.keys.get("till").is_some_and(|key| key.allows(Scope::Commands)));
        assert_eq!(stage.by_machine(added.clone()), Err(Code::KeyExists));
        assert_eq!(stage.by_machine(end("till")), Ok(()));
        assert!(!stage.platform.keys.get("till").is_some_and(|key| key.allows(Scope::Read)));
        assert_eq!(stage.by_machine(end("till")), Err(Code::KeyEnded));
        assert_eq!(stage.by_machine(added), Err(Code::KeyExists), "an id is never used again");
    }

    #[test]
    fn texts_that_are_none_are_refused() {
        let mut stage = Stage::new();
        let read = [Scope::Read];
        let long = "x".repeat(65);
        for (id, name, scopes) in [
            ("", "n", &read[..]),
            ("a b", "n", &read),
            (&long, "n", &read),
            ("a", "", &read),
            ("a", " n", &read),
            ("a", "n\n", &read),
            ("a", "n\u{202e}", &read),
            ("a", &long, &read),
            ("a", "n", &[]),
            ("a", "n", &[Scope::Read, Scope::Read]),
        ] {
            assert_eq!(stage.by_machine(add(id, name, scopes)), Err(Code::BadText), "{id:?} {name:?}");
        }
    }
}
