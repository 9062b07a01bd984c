//! TLS from a certificate and a key in PEM. Must not be added here: a cipher or a version of our own choice.

use crate::config::{StartFault, TlsFiles};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::path::Path;
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// What greets callers with this certificate.
pub fn acceptor(files: &TlsFiles) -> Result<TlsAcceptor, StartFault> {
    let certificates: Vec<CertificateDer<'_>> = CertificateDer::pem_file_iter(&files.cert)
        .and_then(Iterator::collect)
        .map_err(|error| fault(&files.cert, &error))?;
    if certificates.is_empty() {
        return Err(fault(&files.cert, &"it holds no certificate"));
    }
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|error| fault(&files.key, &error))?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider has what the versions need")
        .with_no_client_auth()
        .with_single_cert(certificates, key);
    let mut config = config.map_err(|error| fault(&files.key, &error))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn fault(file: &Path, what: &impl ToString) -> StartFault {
    StartFault::Tls { file: file.to_path_buf(), what: what.to_string() }
}
