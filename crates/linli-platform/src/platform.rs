//! The platform's state: each act is checked against it, and changes it if nothing speaks against it.

mod text;

use crate::act::{Act, Deed};
use crate::key::ApiKey;
use crate::refusal::{Code, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use text::{Length, id, plain};

/// Characters that a name may have.
const NAME: Length = Length { what: "a name", least: 1, most: 64 };

/// All that the platform knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Platform {
    keys: BTreeMap<String, ApiKey>,
    /// Acts that were not refused.
    acts: u64,
}

impl Platform {
    /// The key of this id, ended ones included.
    #[must_use]
    pub fn key(&self, id: &str) -> Option<&ApiKey> {
        self.keys.get(id)
    }

    /// All keys by id, ended ones included.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &ApiKey)> {
        self.keys.iter().map(|(id, key)| (id.as_str(), key))
    }

    /// Why an act is refused, if it is; nothing changes.
    ///
    /// # Errors
    /// The first reason.
    pub fn check(&self, deed: &Deed) -> Result<(), Refusal> {
        match &deed.act {
            Act::AddKey { id: new, name, scopes, sealed_secret } => {
                id(new)?;
                plain(&NAME, name)?;
                if scopes.is_empty() || scopes.windows(2).any(|pair| pair[0] >= pair[1]) {
                    return Err(Refusal::new(Code::BadText, "a key has each of its scopes once, in order"));
                }
                if sealed_secret.is_empty() {
                    return Err(Refusal::new(Code::BadText, "a key has a sealed secret"));
                }
                if self.keys.contains_key(new) {
                    return Err(Refusal::new(Code::KeyExists, format!("there is a key {new}")));
                }
                Ok(())
            }
            Act::EndKey { id } => match self.keys.get(id) {
                None => Err(Refusal::new(Code::UnknownKey, format!("there is no key {id}"))),
                Some(key) if key.has_ended => {
                    Err(Refusal::new(Code::KeyEnded, format!("the key {id} has ended before")))
                }
                Some(_) => Ok(()),
            },
        }
    }

    /// Does what [`Platform::check`] has just allowed.
    ///
    /// # Panics
    /// If it has not: a bug of whoever calls.
    pub fn apply(&mut self, deed: &Deed) {
        self.acts += 1;
        match &deed.act {
            Act::AddKey { id, name, scopes, sealed_secret } => {
                let key = ApiKey {
                    name: name.clone(),
                    scopes: scopes.clone(),
                    sealed_secret: sealed_secret.clone(),
                    has_ended: false,
                };
                let before = self.keys.insert(id.clone(), key);
                assert!(before.is_none(), "checked: the key is new");
            }
            Act::EndKey { id } => {
                let key = self.keys.get_mut(id).expect("checked: the key is there");
                key.has_ended = true;
            }
        }
    }

    /// Appends the figures that the journal keeps a digest of after each batch: cheap, and changed by every act.
    pub fn encode_figures(&self, out: &mut Vec<u8>) {
        let keys = u64::try_from(self.keys.len()).expect("64 bits");
        for figure in [self.acts, keys] {
            out.extend_from_slice(&figure.to_le_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::Actor;
    use crate::key::Scope;

    fn deed(act: Act) -> Deed {
        Deed { by: Actor::Machine, act }
    }

    fn add(id: &str, name: &str, scopes: &[Scope]) -> Deed {
        let (id, name) = (id.into(), name.into());
        deed(Act::AddKey { id, name, scopes: scopes.to_vec(), sealed_secret: vec![1] })
    }

    fn end(id: &str) -> Deed {
        deed(Act::EndKey { id: id.into() })
    }

    fn code(platform: &Platform, deed: &Deed) -> Option<Code> {
        platform.check(deed).err().map(|refusal| refusal.code)
    }

    #[test]
    fn a_key_is_added_once_and_ends_once() {
        let mut platform = Platform::default();
        assert_eq!(code(&platform, &end("till")), Some(Code::UnknownKey));
        let added = add("till", "收银台 1", &[Scope::Read, Scope::Commands]);
        platform.check(&added).expect("it is new");
        platform.apply(&added);
        assert!(platform.key("till").is_some_and(|key| key.allows(Scope::Commands)));
        assert_eq!(code(&platform, &added), Some(Code::KeyExists));
        platform.check(&end("till")).expect("it is there");
        platform.apply(&end("till"));
        assert!(!platform.key("till").is_some_and(|key| key.allows(Scope::Read)));
        assert_eq!(code(&platform, &end("till")), Some(Code::KeyEnded));
        assert_eq!(code(&platform, &added), Some(Code::KeyExists), "an id is never used again");
    }

    #[test]
    fn texts_that_are_none_are_refused() {
        let platform = Platform::default();
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
            assert_eq!(code(&platform, &add(id, name, scopes)), Some(Code::BadText), "{id:?} {name:?}");
        }
    }
}
