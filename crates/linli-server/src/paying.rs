//! Paying: what the journal says is to be asked of the payment provider becomes a row of the outbox, what the provider
//! reports becomes an act. Both follow from the state, so that a crash at any point loses nothing, and both have ids by
//! which a repeat is known, so that it doubles nothing. Must not be added here: what is owed; the platform says that.

mod ask;
mod ask_again;
mod call_back;
mod deliver;
mod follow;
mod hear;
mod pay_out;
mod report;
mod sides;
mod watched;

pub use ask::{Effect, KIND};
pub use deliver::Asking;
pub use hear::Paying;
pub use report::{Did, concealed, report};
pub use sides::Sides;

use crate::app::App;
use axum::Router;
use linli_journal::vault::Vault;
use linli_payments::{External, Provider, Sandbox, Secret};
use std::sync::Arc;
use tokio::task::JoinHandle;

/// Where the sandbox's pages are, before the reference of a payment.
pub const SANDBOX_PAGES: &str = "/sandbox/pay/";

/// In whose name, and in which field, the secret of the sandbox's callbacks is made.
const SANDBOX: [&str; 2] = ["sandbox", "callbacks"];

/// Who moves money, and how much of it.
#[derive(Clone, Debug)]
pub struct Payments {
    /// Who.
    pub provider: PaymentProvider,
    /// Whether withdrawals that are to be paid out are paid out by the provider, and not only by a file for the bank.
    pub pays_out: bool,
}

/// Which provider.
#[derive(Clone, Debug)]
pub enum PaymentProvider {
    /// Nobody's money, for trying everything out.
    Sandbox(Arc<Sandbox>),
    /// The operator's own payment system.
    External {
        /// The system.
        system: Arc<External>,
        /// What its calls are signed with.
        secrets: Vec<Secret>,
    },
}

impl PaymentProvider {
    /// As every provider is asked.
    #[must_use]
    pub fn get(&self) -> Arc<dyn Provider> {
        match self {
            Self::Sandbox(sandbox) => sandbox.clone(),
            Self::External { system, .. } => system.clone(),
        }
    }
}

/// The secret that the sandbox signs its callbacks with: the same at each start, and known to nobody else.
///
/// # Errors
/// The vault's.
pub fn sandbox_secret(vault: &mut Vault) -> Result<Secret, linli_journal::Fault> {
    let [person, field] = SANDBOX;
    let bytes = vault.digest(person, field, b"linli")?;
    Ok(Secret::new(&bytes).expect("a digest has 32 bytes"))
}

/// Everything that is done by itself, until it is aborted.
pub fn start(app: &Arc<App>, router: &Router) -> Vec<JoinHandle<()>> {
    let follow = tokio::spawn(follow::run(app.clone()));
    let ask_again = tokio::spawn(ask_again::run(app.clone()));
    let call_back = match &app.payments.provider {
        PaymentProvider::Sandbox(sandbox) => {
            Some(tokio::spawn(call_back::run(app.clone(), sandbox.clone(), router.clone())))
        }
        PaymentProvider::External { .. } => None,
    };
    [follow, ask_again].into_iter().chain(call_back).collect()
}

/// Asks the provider, which waits for a disk or a network.
async fn blocking<T: Send + 'static>(ask: impl FnOnce() -> T + Send + 'static) -> T {
    let asked = tokio::task::spawn_blocking(ask).await;
    asked.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()))
}
