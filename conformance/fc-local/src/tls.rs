//! TLS with a certificate authority that exists only for this run.

use std::io;
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Instant;

use fcgate_http::clock;
use fcgate_http::request::TlsFailure;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose,
};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{AlertDescription, ServerConfig, ServerConnection};

/// The names and addresses for which the certificate is valid.
const NAMES: [&str; 4] = ["127.0.0.1", "::1", "localhost", "*.cn-hangzhou.fcapp.run"];
/// The first byte of a TLS handshake (RFC 8446, 5.1).
const HANDSHAKE: u8 = 0x16;

/// The certificate of a server, signed by its own certificate authority.
#[derive(Debug)]
pub(super) struct Tls {
    config: Arc<ServerConfig>,
    ca_certificate: String,
}

impl Tls {
    /// Makes an authority and a certificate. Their keys stay in memory.
    pub(super) fn generate() -> Result<Self, String> {
        let (ca_certificate, chain, key) = certificates().map_err(|error| error.to_string())?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|builder| {
                let key = PrivatePkcs8KeyDer::from(key.serialize_der()).into();
                builder
                    .with_no_client_auth()
                    .with_single_cert(vec![chain.der().clone()], key)
            });
        let mut config = config.map_err(|error| error.to_string())?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            config: Arc::new(config),
            ca_certificate,
        })
    }

    /// The certificate of the authority, in PEM.
    pub(super) fn ca_certificate(&self) -> &str {
        &self.ca_certificate
    }

    /// Does the handshake, until `end`.
    pub(super) fn handshake(
        &self,
        mut stream: &TcpStream,
        end: Instant,
    ) -> Result<ServerConnection, TlsFailure> {
        let failed = |_| TlsFailure::Broken;
        let mut first = [0];
        stream.set_read_timeout(Some(left(end)?)).map_err(failed)?;
        if stream.peek(&mut first).map_err(failed)? == 1 && first != [HANDSHAKE] {
            return Err(TlsFailure::PlainHttp);
        }
        let config = Arc::clone(&self.config);
        let mut connection = ServerConnection::new(config).map_err(|_| TlsFailure::Broken)?;
        while connection.is_handshaking() {
            if connection.wants_write() {
                connection.write_tls(&mut stream).map_err(failed)?;
                continue;
            }
            stream.set_read_timeout(Some(left(end)?)).map_err(failed)?;
            if connection.read_tls(&mut stream).map_err(failed)? == 0 {
                return Err(TlsFailure::Broken);
            }
            if let Err(error) = connection.process_new_packets() {
                // The alert for the client. It may have closed the connection.
                let _ = connection.write_tls(&mut stream);
                return Err(failure(&error));
            }
        }
        // The end of the handshake of the server. A failure shows in the next read.
        let _ = connection.complete_io(&mut stream);
        Ok(connection)
    }
}

/// The time until `end`; an error when it is over.
fn left(end: Instant) -> Result<std::time::Duration, TlsFailure> {
    let left = end.saturating_duration_since(clock::now());
    if left.is_zero() {
        return Err(TlsFailure::Broken);
    }
    Ok(left)
}

fn failure(error: &rustls::Error) -> TlsFailure {
    match error {
        rustls::Error::AlertReceived(
            AlertDescription::UnknownCA
            | AlertDescription::BadCertificate
            | AlertDescription::CertificateUnknown
            // The CA of another run, which has the same name.
            | AlertDescription::DecryptError
            | AlertDescription::UnsupportedCertificate,
        ) => TlsFailure::UntrustedCertificate,
        _ => TlsFailure::Broken,
    }
}

/// Whether an error of a read is about TLS.
pub(super) fn failure_of_read(error: &io::Error) -> Option<TlsFailure> {
    let inner = error.get_ref()?.downcast_ref::<rustls::Error>()?;
    Some(failure(inner))
}

/// The certificate of the authority in PEM, the certificate of the server, and its key.
fn certificates() -> Result<(String, rcgen::Certificate, KeyPair), rcgen::Error> {
    let mut authority = CertificateParams::new(Vec::new())?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let name = &mut authority.distinguished_name;
    name.push(DnType::CommonName, "fcgate serve, for one run on loopback");
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;
    let mut server = CertificateParams::new(NAMES.map(str::to_owned).to_vec())?;
    server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    server.use_authority_key_identifier_extension = true;
    let name = &mut server.distinguished_name;
    name.push(DnType::CommonName, "localhost");
    let key = KeyPair::generate()?;
    let certificate = server.signed_by(&key, &authority)?;
    Ok((authority.pem(), certificate, key))
}
