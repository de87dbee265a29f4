//! Official SDKs with their own clients. SDKs that are not installed are skipped, with a line on stderr.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use fc_conformance::verdict::{Rules, Verdict};
use fcgate::serve::{Options, Server};
use fcgate_cases::corpus::Corpus;

use crate::skipped;

const SDKS: [(&str, &str); 6] = [
    ("python-fc2", "2016-08-15"),
    ("python-fc-open20210406", "2021-04-06"),
    ("python-fc20230330", "2023-03-30"),
    ("node-fc2", "2016-08-15"),
    ("node-fc-open20210406", "2021-04-06"),
    ("node-fc20230330", "2023-03-30"),
];

/// A call, and what every caller gets.
const CALLS: [(&str, &str); 9] = [
    ("echo", r#"ok {"key":"value"}"#),
    ("chunked", r#"ok {"key":"value"}"#),
    ("task-taken", "error StatefulAsyncInvocationAlreadyExists"),
    ("invalid-argument", "error InvalidArgument"),
    ("denied", "error AccessDenied"),
    ("throttled", "error ResourceExhausted"),
    ("no-machines", "error ResourceThrottled"),
    ("server-error", "error InternalServerError"),
    ("no-such-function", "error FunctionNotFound"),
];

fn command(sdk: &str, folder: &Path) -> Command {
    let drivers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../adapters/serve-clients");
    let mut command = if sdk.starts_with("python") {
        let mut command = Command::new(folder.join("bin/python"));
        command.arg(drivers.join("python.py"));
        command
    } else {
        let mut command = Command::new("node");
        command.arg(drivers.join("node.js"));
        command.env("NODE_PATH", folder.join("node_modules"));
        command
    };
    command.arg(sdk);
    command
}

/// Runs every installed SDK against a server of its own, over TLS or not.
fn call_with_every_sdk(tls: bool) {
    let sdks: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/sdks");
    let mut tried = 0;
    for (sdk, revision) in SDKS {
        let folder = sdks.join(sdk);
        if !folder.is_dir() {
            skipped::report(sdk, "not installed in target/sdks; run `cargo xtask sdks`");
            continue;
        }
        let mut options = Options::new();
        options.tls = tls;
        let server = Server::start(([127, 0, 0, 1], 0).into(), options, |_| ()).unwrap();
        let certificate = tempfile::NamedTempFile::new().unwrap();
        fs::write(&certificate, server.ca_certificate().unwrap_or_default()).unwrap();
        let output = command(sdk, &folder)
            .env("REQUESTS_CA_BUNDLE", certificate.path())
            .env("NODE_EXTRA_CA_CERTS", certificate.path())
            .arg(server.url())
            .args(CALLS.map(|(function, _)| function))
            .output()
            .unwrap();
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let expected = CALLS.map(|(function, outcome)| format!("{function} {outcome}\n"));
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(printed, expected.concat(), "{sdk}: {stderr}");
        let session = server.end(&Corpus::embedded().unwrap(), Rules::new());
        assert_eq!(session.report.verdict, Verdict::Conforming, "{sdk}");
        assert_eq!(session.report.claims.revisions, [revision], "{sdk}");
        let lines = session.table.lines().count();
        assert_eq!(lines, CALLS.len(), "{sdk}: {}", session.table);
        tried += 1;
    }
    assert!(tried > 0, "no SDK is installed in {}", sdks.display());
}

#[test]
#[ignore = "needs the six official SDKs in target/sdks; run `cargo xtask sdks` first"]
fn official_sdks_return_the_payload_or_the_expected_error() {
    call_with_every_sdk(false);
}

#[test]
#[ignore = "needs the six official SDKs in target/sdks; run `cargo xtask sdks` first"]
fn official_sdks_return_the_same_over_tls() {
    call_with_every_sdk(true);
}
