//! What of people is sealed, opened, and known again by keyed hashes. The vault is a file or a database: what may write
//! to it runs where it hinders nobody. Must not be added here: which secrets there are.

use crate::problem::{Code, Problem};
use linli_journal::vault::{Opened, Vault};
use linli_platform::Reference;
use std::sync::{Arc, Mutex, PoisonError};

/// In whose name references are made; they are the same for everybody who is referred to.
pub const REFERENCES: &str = "references";

/// The vault, shared.
#[derive(Clone)]
pub struct Secrets(Arc<Mutex<Vault>>);

impl Secrets {
    pub fn new(vault: Vault) -> Self {
        Self(Arc::new(Mutex::new(vault)))
    }

    /// Seals what belongs to a person.
    pub async fn seal(
        &self,
        person: String,
        field: &'static str,
        plain: Vec<u8>,
    ) -> Result<Vec<u8>, Problem> {
        self.with(move |vault| vault.seal(&person, field, &plain)).await
    }

    /// Opens what was sealed; none if it was shredded.
    pub async fn open(
        &self,
        person: String,
        field: &'static str,
        sealed: Vec<u8>,
    ) -> Result<Option<Vec<u8>>, Problem> {
        let opened = self.with(move |vault| vault.open(&person, field, &sealed)).await?;
        Ok(match opened {
            Opened::Plain(plain) => Some(plain),
            Opened::Shredded => None,
        })
    }

    /// By what a phone number, a device, an address or an account of a payer is known again.
    pub async fn reference(&self, kind: &'static str, plain: &str) -> Result<Reference, Problem> {
        let digest = self.digest(REFERENCES.into(), kind, plain.into()).await?;
        let (reference, _) = digest.split_first_chunk().expect("16 of 32 bytes");
        Ok(*reference)
    }

    /// What only who has a person's key can make of this; always the same.
    pub async fn digest(
        &self,
        person: String,
        field: &'static str,
        plain: Vec<u8>,
    ) -> Result<[u8; 32], Problem> {
        self.with(move |vault| vault.digest(&person, field, &plain)).await
    }

    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Vault) -> Result<T, linli_journal::Fault> + Send + 'static,
    ) -> Result<T, Problem> {
        let vault = self.0.clone();
        let worked = tokio::task::spawn_blocking(move || {
            work(&mut vault.lock().unwrap_or_else(PoisonError::into_inner))
        });
        let worked = worked.await.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
        worked.map_err(|fault| {
            tracing::error!(%fault, "the vault");
            Problem::new(Code::NotReady, "the vault cannot be used; the cause is in the log")
        })
    }
}
