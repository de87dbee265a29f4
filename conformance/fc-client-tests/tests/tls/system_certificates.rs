//! Clients that trust the certificates of the operating system.

use std::fs;
use std::process::Command;

use fc_client::{InvokeErrorKind, Outcome, RootCertificates, TransportErrorKind};

use crate::certificate::Defect;
use crate::clients::{LIBRARIES, invoke};
use crate::server::Server;

/// The variable that makes a process the child. Its value is the URL to call.
const SERVER: &str = "FC_TLS_SERVER";

#[test]
fn an_authority_that_the_system_does_not_know_is_not_trusted() {
    let server = Server::start(Defect::None);
    for library in LIBRARIES {
        let error = invoke(library, server.url(), RootCertificates::system()).unwrap_err();
        let InvokeErrorKind::Transport(error) = error.kind() else {
            panic!("{library:?}: {error:?}");
        };
        assert_eq!(
            error.kind(),
            TransportErrorKind::Untrusted,
            "{library:?}: {error}"
        );
    }
}

/// Linux reads the file of `SSL_CERT_FILE` as the certificates of the system. A child process has that variable.
#[cfg(target_os = "linux")]
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the parent passes the URL in a variable"
)]
fn an_authority_that_the_system_knows_is_trusted() {
    if let Ok(url) = std::env::var(SERVER) {
        for library in LIBRARIES {
            let outcome = invoke(library, &url, RootCertificates::system()).unwrap();
            assert!(
                matches!(outcome, Outcome::Completed(_)),
                "{library:?}: {outcome:?}"
            );
        }
        return;
    }
    let server = Server::start(Defect::None);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("authority.pem");
    fs::write(&file, server.authority()).unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap());
    let name = "system_certificates::an_authority_that_the_system_knows_is_trusted";
    child.args(["--exact", name]);
    child.env(SERVER, server.url()).env("SSL_CERT_FILE", &file);
    let output = child.output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stdout}{stderr}");
    assert!(
        stdout.contains("1 passed"),
        "the child ran no test: {stdout}"
    );
}
