//! The acts as they stand in the journal: who did what. Must not be added here: whether it is allowed; and what is
//! written for an act once it has been released never changes.

use crate::key::Scope;
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Actor {
    /// Whoever may run the program on the data: the command line of the server's own machine.
    Machine,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// A program gets a key of the open interface.
    AddKey {
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
    EndKey {
        /// The key.
        id: String,
    },
}

impl Act {
    /// The name of its kind, as records and statements show it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::AddKey { .. } => "add_key",
            Self::EndKey { .. } => "end_key",
        }
    }

    /// The id that it is about.
    #[must_use]
    pub fn subject(&self) -> &str {
        match self {
            Self::AddKey { id, .. } | Self::EndKey { id } => id,
        }
    }
}

impl Deed {
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
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_binary_form_of_each_act_stays() {
        let add = Act::AddKey {
            id: "till".into(),
            name: "Till".into(),
            scopes: vec![Scope::Read, Scope::Commands],
            sealed_secret: vec![1, 2],
        };
        let forms: [(Act, &[u8]); 2] = [
            (add, b"\0\0\x04till\x04Till\x02\0\x02\x02\x01\x02"),
            (Act::EndKey { id: "till".into() }, b"\0\x01\x04till"),
        ];
        for (act, form) in forms {
            let deed = Deed { by: Actor::Machine, act };
            let mut bytes = Vec::new();
            deed.encode(&mut bytes);
            assert_eq!(bytes, form);
            assert_eq!(Deed::decode(&bytes), Ok(deed));
            bytes.push(0);
            assert!(Deed::decode(&bytes).is_err());
        }
    }
}
