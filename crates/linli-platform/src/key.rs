//! The keys of programs that use the open interface: tills, outside malls, stores' own systems.
//! Must not be added here: a secret that is not sealed.

use serde::{Deserialize, Serialize};

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
