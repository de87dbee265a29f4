//! Official SDKs with their own clients. SDKs that are not installed are skipped, with a line on stderr.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use fc_conformance::verdict::{Rules, Verdict};
use fc_local::{Options, Server};
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

/// Runs a program of the folder `serve-clients`; `program` is its name without the extension, if it has one for each
/// language.
fn command(sdk: &str, folder: &Path, program: Option<&str>) -> Command {
    let drivers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../adapters/serve-clients");
    let mut command = if sdk.starts_with("python") {
        let mut command = Command::new(folder.join("bin/python"));
        let program = program.unwrap_or("python");
        command.arg(drivers.join(format!("{program}.py")));
        command
    } else {
        let mut command = Command::new("node");
        let program = program.unwrap_or("node");
        command.arg(drivers.join(format!("{program}.js")));
        command.env("NODE_PATH", folder.join("node_modules"));
        command
    };
    command.arg(sdk);
    command
}

/// A function of a service of 2.0, which only the revision of 3.0 calls by one name.
const FUNCTION_OF_2_0: (&str, &str) = ("demoService$echo", r#"ok {"key":"value"}"#);

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
        let has_services = revision != "2023-03-30";
        let of_2_0 = Some(FUNCTION_OF_2_0).filter(|_| !has_services);
        let calls: Vec<_> = CALLS.into_iter().chain(of_2_0).collect();
        let output = command(sdk, &folder, None)
            .env("REQUESTS_CA_BUNDLE", certificate.path())
            .env("NODE_EXTRA_CA_CERTS", certificate.path())
            .arg(server.url())
            .args(calls.iter().map(|(function, _)| function))
            .output()
            .unwrap();
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let line = |(function, outcome): &(_, _)| format!("{function} {outcome}\n");
        let expected: String = calls.iter().map(line).collect();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(printed, expected, "{sdk}: {stderr}");
        let session = server.end(&Corpus::embedded().unwrap(), Rules::new());
        assert_eq!(session.report.verdict, Verdict::Conforming, "{sdk}");
        assert_eq!(session.report.claims.revisions, [revision], "{sdk}");
        // The function of 2.0 is counted in the row of the function that it plays.
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

/// The SDKs with operations on tasks, the way to call them, and what the server accepts of them beyond the documents.
const TASK_SDKS: [(&str, &[&str], &[&str]); 6] = [
    ("python-fc20230330", &[], &[PYTHON_BOOLEAN, EMPTY_TOKEN]),
    (
        "python-fc20230330",
        &["aio"],
        &[TYPE_UNSIGNED, PYTHON_BOOLEAN, EMPTY_TOKEN],
    ),
    (
        "python-fc-open20210406",
        &[],
        &[NO_TYPE, PYTHON_BOOLEAN, EMPTY_TOKEN],
    ),
    (
        "python-fc-open20210406",
        &["aio"],
        &[TYPE_UNSIGNED, PYTHON_BOOLEAN, EMPTY_TOKEN],
    ),
    ("node-fc20230330", &[], &[EMPTY_TOKEN, CHUNKED]),
    ("node-fc-open20210406", &[], &[EMPTY_TOKEN, CHUNKED]),
];

const CHUNKED: &str = "the body is chunked";
const NO_TYPE: &str = "a body without a Content-Type";
const TYPE_UNSIGNED: &str = "Content-Type is not among the signed headers";
const EMPTY_TOKEN: &str = "nextToken is empty, which counts as absent";
const PYTHON_BOOLEAN: &str = "includePayload does not have the documented case";

/// What `serve-clients/tasks` prints with every SDK.
fn lines_of_tasks(sdk: &str) -> String {
    let not_found = if sdk.contains("open") {
        "StatefulAsyncInvocationNotFound"
    } else {
        "AsyncTaskNotFound"
    };
    [
        "invoke t1 202",
        "invoke t1 StatefulAsyncInvocationAlreadyExists",
        "invoke t2 202",
        "invoke t3 202",
        "get t1 Enqueued",
        "get t1 Running",
        "get t1 Succeeded {\"key\":\"value\"}",
        &format!("get t9 {not_found}"),
        "list t1 {\"key\":\"value\"}",
        "list t2 {\"key\":\"value\"}",
        "stop t3 200",
        "get t3 Stopping",
        "get t3 Stopped",
        "stop t1 InvalidArgument",
        "",
    ]
    .join("\n")
}

#[test]
#[ignore = "needs the official SDKs in target/sdks; run `cargo xtask sdks` first"]
fn official_sdks_read_list_and_stop_tasks() {
    let sdks: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/sdks");
    let mut tried = 0;
    for (sdk, mode, deviations) in TASK_SDKS {
        let folder = sdks.join(sdk);
        if !folder.is_dir() {
            skipped::report(sdk, "not installed in target/sdks; run `cargo xtask sdks`");
            continue;
        }
        let listen = ([127, 0, 0, 1], 0).into();
        let server = Server::start(listen, Options::new(), |_| ()).unwrap();
        let output = command(sdk, &folder, Some("tasks"))
            .arg(server.url())
            .args(mode)
            .output()
            .unwrap();
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(printed, lines_of_tasks(sdk), "{sdk} {mode:?}: {stderr}");
        let session = server.end(&Corpus::embedded().unwrap(), Rules::new());
        let report = &session.report;
        assert_eq!(report.verdict, Verdict::Conforming, "{sdk} {mode:?}");
        let red = report.cases.iter().filter(|case| case.status.is_red());
        assert_eq!(red.count(), 0, "{sdk} {mode:?}");
        let accepted = report.warnings.iter();
        let accepted: Vec<&str> = accepted
            .filter_map(|warning| warning.strip_prefix("accepted: ")?.split(" (").next())
            .collect();
        assert_eq!(accepted, deviations, "{sdk} {mode:?}");
        tried += 1;
    }
    assert!(tried > 0, "no SDK is installed in {}", sdks.display());
}
