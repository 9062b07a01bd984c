//! The keys of those who call the interface: whom a key belongs to, what it may do, and its secret, which is sealed in
//! the journal. Must not be added here: making or ending a key.

use linli_engine::View;
use linli_journal::vault::{Opened, Vault};
use linli_platform::{ApiKey, Scope};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError, RwLock};

/// One key.
#[derive(Clone)]
pub struct Key {
    /// Whose it is, for people.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// What requests are signed with; at least 32 random bytes.
    pub secret: Vec<u8>,
}

impl fmt::Debug for Key {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("name", &self.name).field("scopes", &self.scopes).finish_non_exhaustive()
    }
}

/// Where the keys are.
pub trait Keys: Send + Sync {
    /// The key of this id, if it is in force. It is asked for each signed request, so it must not block.
    fn find(&self, id: &str) -> Option<Key>;
}

/// The keys of the platform: in force as the view shows them, and opened once each.
pub struct PlatformKeys {
    view: View,
    vault: Mutex<Vault>,
    secrets: RwLock<BTreeMap<String, Vec<u8>>>,
}

impl PlatformKeys {
    /// The keys that this view shows, whose secrets this vault opens.
    #[must_use]
    pub fn new(view: View, vault: Vault) -> Self {
        Self { view, vault: Mutex::new(vault), secrets: RwLock::default() }
    }

    /// The secret, opened when the key is first used; none if the vault cannot.
    fn secret(&self, id: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        if let Some(secret) = self.secrets.read().unwrap_or_else(PoisonError::into_inner).get(id) {
            return Some(secret.clone());
        }
        let opened = {
            let mut vault = self.vault.lock().unwrap_or_else(PoisonError::into_inner);
            vault.open(&format!("key:{id}"), "secret", sealed)
        };
        match opened {
            Ok(Opened::Plain(secret)) => {
                let mut secrets = self.secrets.write().unwrap_or_else(PoisonError::into_inner);
                secrets.insert(id.to_string(), secret.clone());
                Some(secret)
            }
            Ok(Opened::Shredded) => {
                tracing::warn!(key = id, "its secret was shredded");
                None
            }
            Err(fault) => {
                tracing::error!(key = id, %fault, "its secret cannot be opened");
                None
            }
        }
    }
}

impl Keys for PlatformKeys {
    fn find(&self, id: &str) -> Option<Key> {
        let find = |replica: &linli_engine::Replica| replica.platform().keys.get(id).cloned();
        let ApiKey { name, scopes, sealed_secret, .. } =
            self.view.read(find).ok()?.filter(ApiKey::is_in_force)?;
        let secret = self.secret(id, &sealed_secret)?;
        Some(Key { name, scopes, secret })
    }
}
