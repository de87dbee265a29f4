//! The certificates that a client trusts.

use std::fmt;
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use crate::ClientError;

/// The certificates that a client trusts: those of the operating system, or your own.
///
/// On Linux the operating system's are those of the usual files, or of `SSL_CERT_FILE` and `SSL_CERT_DIR`.
#[derive(Clone)]
pub struct RootCertificates(pub(crate) Roots);

#[derive(Clone)]
pub(crate) enum Roots {
    System,
    Own(Arc<Vec<CertificateDer<'static>>>),
}

impl RootCertificates {
    /// The certificates of the operating system.
    pub fn system() -> Self {
        Self(Roots::System)
    }

    /// Only these certificates, from a text in PEM; for example the certificate of a private authority.
    ///
    /// # Errors
    ///
    /// [`ClientError::RootCertificates`] if the text has no certificate or one that cannot be read.
    pub fn from_pem(pem: &[u8]) -> Result<Self, ClientError> {
        let refuse = |error| ClientError::RootCertificates(error);
        let parsed: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
        let certificates = parsed.map_err(|error| refuse(error.into()))?;
        if certificates.is_empty() {
            return Err(refuse("there is no certificate".into()));
        }
        let mut store = RootCertStore::empty();
        for certificate in &certificates {
            let added = store.add(certificate.clone());
            added.map_err(|error| refuse(error.into()))?;
        }
        Ok(Self(Roots::Own(Arc::new(certificates))))
    }
}

impl Default for RootCertificates {
    fn default() -> Self {
        Self::system()
    }
}

impl fmt::Debug for RootCertificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Roots::System => f.write_str("RootCertificates::system()"),
            Roots::Own(all) => write!(f, "RootCertificates({} certificates)", all.len()),
        }
    }
}
