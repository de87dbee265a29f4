//! Official SDKs with their own clients. SDKs that are not installed are skipped, with a line on stderr.

use std::path::{Path, PathBuf};
use std::process::Command;

use fc_conformance::verdict::Verdict;
use fcgate_http::clock;

use super::client::TestServer;
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

#[test]
#[ignore = "needs the six official SDKs in target/sdks; run `cargo xtask sdks` first"]
fn official_sdks_return_the_payload_or_the_expected_error() {
    let sdks: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/sdks");
    let mut tried = 0;
    for (sdk, revision) in SDKS {
        let folder = sdks.join(sdk);
        if !folder.is_dir() {
            skipped::report(sdk, "not installed in target/sdks; run `cargo xtask sdks`");
            continue;
        }
        let server = TestServer::new();
        server.set_clock(clock::timestamp());
        let output = command(sdk, &folder)
            .arg(format!("http://{}", server.address()))
            .args(CALLS.map(|(function, _)| function))
            .output()
            .unwrap();
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let expected = CALLS.map(|(function, outcome)| format!("{function} {outcome}\n"));
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(printed, expected.concat(), "{sdk}: {stderr}");
        let session = server.end();
        assert_eq!(session.report.verdict, Verdict::Conforming, "{sdk}");
        assert_eq!(session.report.claims.revisions, [revision], "{sdk}");
        let lines = session.table.lines().count();
        assert_eq!(lines, CALLS.len(), "{sdk}: {}", session.table);
        tried += 1;
    }
    assert!(tried > 0, "no SDK is installed in {}", sdks.display());
}
