//! Clients that trust one authority.

use fc_client::{ClientError, InvokeErrorKind, Outcome, RootCertificates, TransportErrorKind};

use crate::certificate::Defect;
use crate::clients::{LIBRARIES, invoke};
use crate::server::Server;

fn own(server: &Server) -> RootCertificates {
    RootCertificates::from_pem(server.authority().as_bytes()).unwrap()
}

#[test]
fn a_client_that_trusts_the_authority_is_answered() {
    let server = Server::start(Defect::None);
    for library in LIBRARIES {
        let outcome = invoke(library, server.url(), own(&server)).unwrap();
        let Outcome::Completed(completed) = outcome else {
            panic!("{library:?}: {outcome:?}");
        };
        assert_eq!(completed.payload(), "done", "{library:?}");
        let log = completed.metadata().log_tail().unwrap().unwrap();
        assert_eq!(log.as_bytes(), b"hello", "{library:?}");
    }
}

#[test]
fn a_certificate_that_is_not_trusted_is_named_and_not_retried() {
    let other = Server::start(Defect::None);
    for (defect, reason) in [
        (Defect::None, "its issuer is unknown"),
        (Defect::WrongName, "it is for another name"),
        (Defect::Expired, "it has expired"),
    ] {
        for library in LIBRARIES {
            let server = Server::start(defect);
            let trusted = if defect == Defect::None {
                &other
            } else {
                &server
            };
            let error = invoke(library, server.url(), own(trusted)).unwrap_err();
            let text = error.to_string();
            let InvokeErrorKind::Transport(error) = error.kind() else {
                panic!("{library:?}: {text}");
            };
            assert_eq!(
                error.kind(),
                TransportErrorKind::Untrusted,
                "{library:?}: {text}"
            );
            assert!(
                text.ends_with(&format!(
                    "the certificate of the server is not trusted: {reason}"
                )),
                "{library:?}: {text}"
            );
            assert_eq!(server.connections(), 1, "{library:?}");
        }
    }
}

#[test]
fn a_text_without_certificates_is_refused() {
    let not_a_certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for pem in ["", "hello", not_a_certificate] {
        let error = RootCertificates::from_pem(pem.as_bytes()).unwrap_err();
        assert!(
            matches!(error, ClientError::RootCertificates(_)),
            "{error:?}"
        );
    }
}
