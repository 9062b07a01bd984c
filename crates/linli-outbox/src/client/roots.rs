//! Who may vouch for a server's certificate: whom the machine trusts. Must not be added here: a list of our own, which
//! would be old when it is needed.

use rustls::RootCertStore;

/// The machine trusts nobody.
#[derive(Debug, thiserror::Error)]
#[error(
    "the machine has no certificates of authorities that can be used{why}: install the package ca-certificates"
)]
pub struct RootsFault {
    why: String,
}

/// Those whom the machine trusts.
///
/// # Errors
/// There are none.
pub fn system_roots() -> Result<RootCertStore, RootsFault> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    // Machines hold a few that are old or odd; the others do.
    let (added, _) = roots.add_parsable_certificates(found.certs);
    if added == 0 {
        let why = found.errors.first().map(|error| format!(" ({error})")).unwrap_or_default();
        return Err(RootsFault { why });
    }
    Ok(roots)
}
