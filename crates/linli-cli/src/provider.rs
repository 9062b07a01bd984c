//! Who moves the money: the sandbox, or the operator's own payment system. Its records are beside the journal, and belong
//! to one provider for ever.

use crate::args::{DataOptions, ProviderName, ProviderOptions};
use crate::data;
use anyhow::{Context, Result, bail};
use linli_journal::PostgresStore;
use linli_payments::external::ExternalConfig;
use linli_payments::{External, PostgresRecords, Records, Sandbox, Secret, SplitLimits, SqliteRecords};
use linli_server::{PaymentProvider, Payments, SANDBOX_PAGES, sandbox_secret};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

/// The provider that the options name.
pub fn payments(data: &DataOptions, options: &ProviderOptions) -> Result<Payments> {
    match options.provider {
        ProviderName::Sandbox => sandbox(data),
        ProviderName::External => {
            let secrets = options.provider_secret.iter().map(read_secret).collect::<Result<Vec<_>>>()?;
            let page_prefix = options.provider_page.clone();
            let config = ExternalConfig { secrets: secrets.clone(), page_prefix, limits: SplitLimits::USUAL };
            let system = Arc::new(External::new(records(data, options.provider)?, config)?);
            let provider = PaymentProvider::External { system, secrets };
            Ok(Payments { provider, pays_out: options.provider_pays_out })
        }
    }
}

/// Whether the options can be used: asked before anything is made.
pub fn check(options: &ProviderOptions) -> Result<()> {
    if options.provider == ProviderName::Sandbox && !options.provider_secret.is_empty() {
        bail!("--provider-secret is of a payment system of your own: give --provider external with it");
    }
    if options.provider == ProviderName::External && options.provider_secret.is_empty() {
        bail!(
            "--provider external is a payment system of your own, whose calls are signed: give --provider-secret FILE"
        );
    }
    options.provider_secret.iter().try_for_each(|path| read_secret(path).map(drop))
}

/// The sandbox.
pub fn sandbox(data: &DataOptions) -> Result<Payments> {
    let secret = sandbox_secret(&mut data::vault(data)?)?;
    let sandbox = Sandbox::new(records(data, ProviderName::Sandbox)?, secret, SANDBOX_PAGES)?;
    Ok(Payments { provider: PaymentProvider::Sandbox(Arc::new(sandbox)), pays_out: true })
}

fn records(data: &DataOptions, name: ProviderName) -> Result<Arc<dyn Records>> {
    Ok(match (&data.database, &data.data, name) {
        (Some(url), _, ProviderName::Sandbox) => {
            Arc::new(PostgresRecords::sandbox(&PostgresStore::new(url)?))
        }
        (Some(url), _, ProviderName::External) => {
            Arc::new(PostgresRecords::external(&PostgresStore::new(url)?))
        }
        (None, Some(dir), _) => Arc::new(SqliteRecords::open(&dir.join("payments.db"))?),
        (None, None, _) => bail!("neither --data nor --database"),
    })
}

fn read_secret(path: &PathBuf) -> Result<Secret> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Secret::new(text.trim().as_bytes()).with_context(|| path.display().to_string())
}
