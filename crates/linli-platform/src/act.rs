//! The acts as they stand in the journal: who did what. Must not be added here: whether it is allowed; and what is
//! written for an act once it has been released never changes.

pub use crate::parts::Act;

use serde::{Deserialize, Serialize};
use std::fmt;

/// An act, and who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    /// Who did it.
    pub by: Actor,
    /// What.
    pub act: Act,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Actor {
    /// Whoever may run the program on the data: the command line of the server's own machine.
    Machine,
    /// The service by itself, on its schedule.
    Service,
    /// A program with this key.
    Key(String),
    /// The person who is this member.
    Member(String),
    /// This person at a desk.
    Staff(String),
    /// The payment provider.
    Provider,
    /// Somebody who pays without saying who they are.
    Visitor,
}

impl Deed {
    /// A deed.
    #[must_use]
    pub fn new(by: Actor, act: impl Into<Act>) -> Self {
        Self { by, act: act.into() }
    }

    /// Appends the binary form.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let extended = postcard::to_extend(self, std::mem::take(out));
        *out = extended.expect("memory takes whatever is written");
    }

    /// The deed whose binary form these bytes are, to the last of them.
    ///
    /// # Errors
    /// Why they are none.
    pub fn decode(bytes: &[u8]) -> Result<Self, String> {
        match postcard::take_from_bytes(bytes) {
            Ok((deed, [])) => Ok(deed),
            Ok(_) => Err("more than one act".into()),
            Err(error) => Err(error.to_string()),
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Machine => f.write_str("machine"),
            Self::Service => f.write_str("service"),
            Self::Key(id) => write!(f, "key:{id}"),
            Self::Member(id) => write!(f, "member:{id}"),
            Self::Staff(id) => write!(f, "staff:{id}"),
            Self::Provider => f.write_str("provider"),
            Self::Visitor => f.write_str("visitor"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{KeyAct, Scope};

    #[test]
    fn the_binary_form_of_each_act_stays() {
        let add = KeyAct::Add {
            id: "till".into(),
            name: "Till".into(),
            scopes: vec![Scope::Read, Scope::Commands],
            sealed_secret: vec![1, 2],
        };
        let forms: [(KeyAct, &[u8]); 2] = [
            (add, b"\0\0\0\x04till\x04Till\x02\0\x02\x02\x01\x02"),
            (KeyAct::End { id: "till".into() }, b"\0\0\x01\x04till"),
        ];
        for (act, form) in forms {
            let deed = Deed::new(Actor::Machine, act);
            let mut bytes = Vec::new();
            deed.encode(&mut bytes);
            assert_eq!(bytes, form);
            assert_eq!(Deed::decode(&bytes), Ok(deed));
            bytes.push(0);
            assert!(Deed::decode(&bytes).is_err());
        }
    }
}
