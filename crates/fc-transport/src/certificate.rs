//! Recognises a certificate that is not trusted.

use std::error::Error;

use crate::{TransportError, TransportErrorKind};

/// Texts in the errors of TLS libraries, and what they mean. The first that matches counts.
const PROBLEMS: [(&str, &str); 7] = [
    (
        "invalid peer certificate: UnknownIssuer",
        "the certificate of the server is not trusted: its issuer is unknown",
    ),
    (
        "invalid peer certificate: BadSignature",
        "the certificate of the server is not trusted: its signature is wrong",
    ),
    (
        "invalid peer certificate: certificate expired",
        "the certificate of the server is not trusted: it has expired",
    ),
    (
        "invalid peer certificate: certificate not valid for name",
        "the certificate of the server is not trusted: it is for another name",
    ),
    (
        "invalid peer certificate: certificate not valid yet",
        "the certificate of the server is not trusted: it is not valid yet",
    ),
    // rustls
    (
        "invalid peer certificate",
        "the certificate of the server is not trusted",
    ),
    // OpenSSL
    (
        "certificate verify failed",
        "the certificate of the server is not trusted",
    ),
];

/// Makes the error for a certificate that is not trusted, if `error` or one of its sources is about that.
///
/// TLS libraries have no common error type, and an adapter does not depend on one of them, so this looks for their
/// texts. An adapter adds the source with [`because`](TransportError::because).
///
/// ```
/// use fc_transport::{TransportErrorKind, untrusted_certificate};
///
/// let error = std::io::Error::other("invalid peer certificate: UnknownIssuer");
/// let found = untrusted_certificate(&error).unwrap();
/// assert_eq!(found.kind(), TransportErrorKind::Untrusted);
/// assert_eq!(
///     found.to_string(),
///     "untrusted: the certificate of the server is not trusted: its issuer is unknown",
/// );
/// ```
pub fn untrusted_certificate(error: &(dyn Error + 'static)) -> Option<TransportError> {
    let chain = std::iter::successors(Some(error), |&error| error.source());
    let texts = chain.map(ToString::to_string);
    let detail = texts.into_iter().find_map(|text| {
        let known = PROBLEMS.iter().find(|(part, _)| text.contains(part));
        known.map(|(_, detail)| *detail)
    })?;
    Some(TransportError::new(TransportErrorKind::Untrusted, detail))
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    /// The texts of `rustls::CertificateError` and of OpenSSL. The detail of the error names the cause if it is known.
    #[test]
    fn the_error_names_what_is_wrong_with_the_certificate() {
        for (text, detail) in [
            ("UnknownIssuer", ": its issuer is unknown"),
            ("BadSignature", ": its signature is wrong"),
            (
                "certificate expired: verification time 2 (UNIX), but certificate is not valid after 1 (1 seconds ago)",
                ": it has expired",
            ),
            (
                "certificate not valid for name \"a\"; certificate is only valid for DnsName(\"b\")",
                ": it is for another name",
            ),
            (
                "certificate not valid yet: verification time 1 (UNIX), but certificate is not valid before 2",
                ": it is not valid yet",
            ),
            ("Revoked", ""),
        ] {
            let error = io::Error::other(format!("invalid peer certificate: {text}"));
            let found = untrusted_certificate(&error).unwrap();
            assert_eq!(found.kind(), TransportErrorKind::Untrusted);
            let expected =
                format!("untrusted: the certificate of the server is not trusted{detail}");
            assert_eq!(found.to_string(), expected);
        }
        let error = io::Error::other("SSL routines: certificate verify failed: self-signed");
        let found = untrusted_certificate(&error).unwrap();
        let expected = "untrusted: the certificate of the server is not trusted";
        assert_eq!(found.to_string(), expected);
    }

    #[test]
    fn the_cause_may_be_a_source_of_the_error() {
        let cause = io::Error::other("invalid peer certificate: UnknownIssuer");
        let error = TransportError::new(TransportErrorKind::Other, "no connection");
        let error =
            error.because(TransportError::new(TransportErrorKind::Other, "tls").because(cause));
        let found = untrusted_certificate(&error).unwrap();
        assert_eq!(found.kind(), TransportErrorKind::Untrusted);
    }

    #[test]
    fn an_error_about_anything_else_is_not_about_a_certificate() {
        for text in [
            "connection reset",
            "received fatal alert: handshake failure",
            "",
        ] {
            let error = TransportError::new(TransportErrorKind::Other, "no connection");
            let error = error.because(io::Error::other(text));
            assert!(untrusted_certificate(&error).is_none(), "{text}");
        }
    }
}
