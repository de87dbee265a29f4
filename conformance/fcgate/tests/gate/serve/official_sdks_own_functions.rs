//! Official SDKs call functions of the user's own, through the adapters that the gate has for them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fc_conformance::verdict::{Rules, Verdict};
use fc_local::{Behaviour, FunctionSettings, Options, Server};
use fcgate::config::Config;
use fcgate_cases::corpus::Corpus;
use fcgate_protocol::{Credentials, Invocation, InvokeInput, Outcome, OutcomeKind, Reply, Scheme};
use fcgate_runner::{Child, Launch, Subject as _};

use super::client::{KEY_ID, SECRET};
use crate::skipped;

/// The SDKs: the folder of the adapter, the installation, the scheme.
const SDKS: [(&str, &str, Scheme); 10] = [
    ("sdk-python/fc2", "python-fc2", Scheme::Fc),
    (
        "sdk-python/fc-open20210406",
        "python-fc-open20210406",
        Scheme::Acs3,
    ),
    ("sdk-python/fc20230330", "python-fc20230330", Scheme::Acs3),
    ("sdk-node/fc2", "node-fc2", Scheme::Fc),
    (
        "sdk-node/fc-open20210406",
        "node-fc-open20210406",
        Scheme::Acs3,
    ),
    ("sdk-node/fc20230330", "node-fc20230330", Scheme::Acs3),
    ("sdk-go/fc", "go-fc", Scheme::Fc),
    ("sdk-go/fc20230330", "go-fc20230330", Scheme::Acs3),
    ("sdk-java/fc", "java-fc", Scheme::Fc),
    ("sdk-java/fc20230330", "java-fc20230330", Scheme::Acs3),
];

const SCRIPT: &str = r#"{"answers": [
    {"status": 429, "code": "ResourceExhausted", "message": "busy"},
    {"body": "done", "log": "at last"}
]}"#;

fn adapters() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../adapters")
}

/// An SDK and the server that it calls.
struct Caller {
    sdk: &'static str,
    child: Child,
    revision: String,
    scheme: Scheme,
    server: Server,
    log: Arc<Mutex<String>>,
}

impl Caller {
    fn start(folder: &str, sdk: &'static str, scheme: Scheme) -> Self {
        let folder = adapters().join(folder);
        let text = std::fs::read_to_string(folder.join("fcgate.toml")).unwrap();
        let config = Config::read(&text, "fcgate.toml").unwrap();
        // The command is written for the folder of its file.
        let words = config.adapter.iter().map(|word| {
            let parts = word.split(':').map(|part| {
                if part.starts_with("../") {
                    folder.join(part).into_os_string()
                } else {
                    OsString::from(part)
                }
            });
            parts.collect::<Vec<_>>().join(&OsString::from(":"))
        });
        let mut words = words.collect::<Vec<_>>().into_iter();
        let launch = Launch::new(words.next().unwrap(), words.collect())
            .timeout(Duration::from_secs(60))
            .hello_timeout(Duration::from_secs(60));
        let (child, _) = Child::start(launch).unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let blocks = Arc::clone(&log);
        let mut options = Options::new();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("flaky.json"), SCRIPT).unwrap();
        let short = {
            let mut settings = FunctionSettings::default();
            settings.time_limit = Duration::from_millis(300);
            settings
        };
        let server = adapters().join("../local-examples/server.py");
        let capitals = format!("start:python3 {}", server.display());
        for (name, behaviour, settings) in [
            ("small", "exec:tr A-Z a-z", FunctionSettings::default()),
            ("size", "exec:wc -c", FunctionSettings::default()),
            ("capitals", capitals.as_str(), FunctionSettings::default()),
            ("flaky", "script:flaky.json", FunctionSettings::default()),
            (
                "failing",
                "exec:sh -c 'echo no >&2; exit 3'",
                FunctionSettings::default(),
            ),
            ("endless", "exec:sleep 600", short),
        ] {
            let behaviour = Behaviour::read(behaviour, folder.path()).unwrap();
            options
                .functions
                .add(name.parse().unwrap(), behaviour, settings)
                .unwrap();
        }
        let server = Server::start(([127, 0, 0, 1], 0).into(), options, move |block| {
            blocks.lock().unwrap().push_str(block);
        });
        Self {
            sdk,
            child,
            revision: config.revision.unwrap(),
            scheme,
            server: server.unwrap(),
            log,
        }
    }

    fn call(&self, secret: &str, invocation: Invocation) -> Outcome {
        let input = InvokeInput {
            revision: self.revision.clone(),
            scheme: self.scheme,
            endpoint: self.server.url(),
            credentials: Credentials::new(KEY_ID, secret),
            timeout_ms: 60_000,
            retry: None,
            input: invocation,
        };
        match self.child.invoke(&input).unwrap().reply {
            Reply::Ok(output) => output.outcome,
            other => panic!("{}: {other:?}\n{}", self.sdk, self.log.lock().unwrap()),
        }
    }

    fn invocation(&self, function: &str, payload: &[u8]) -> Invocation {
        let mut invocation = Invocation::new(function);
        invocation.service = (self.revision != "2023-03-30").then(|| "demoService".to_owned());
        invocation.payload = Some(payload.to_vec());
        invocation
    }

    /// The outcome of a call with this payload, in short.
    fn outcome(&self, function: &str, payload: &[u8]) -> String {
        short(self.call(SECRET, self.invocation(function, payload)))
    }
}

fn short(outcome: Outcome) -> String {
    let text = String::from_utf8_lossy(&outcome.payload.unwrap_or_default()).into_owned();
    let error_type = outcome.error_type.unwrap_or_default();
    match outcome.kind {
        OutcomeKind::Completed => format!("completed {text}"),
        OutcomeKind::Accepted => "accepted".to_owned(),
        OutcomeKind::FunctionError => format!("{error_type} {text}"),
        OutcomeKind::ServiceError => {
            let status = outcome.status.unwrap_or_default();
            format!("{status} {}", outcome.code.unwrap_or_default())
        }
        kind => format!("{kind:?}"),
    }
}

/// What the caller of an SDK sees of a function error with these words.
fn function_error(sdk: &str, words: &str) -> String {
    match sdk {
        // These two do not give the body to their caller; the first does not give the type either.
        "python-fc2" => " ".to_owned(),
        "node-fc2" => "UnhandledInvocationError ".to_owned(),
        _ => format!("UnhandledInvocationError {{\"errorMessage\":\"{words}"),
    }
}

fn judge(caller: Caller) {
    let sdk = caller.sdk;
    assert_eq!(caller.outcome("small", b"ABC"), "completed abc", "{sdk}");
    assert_eq!(caller.outcome("capitals", b"abc"), "completed ABC", "{sdk}");

    let size = caller.outcome("size", &vec![b'a'; 6 << 20]);
    assert_eq!(size.trim_end(), "completed 6291456", "{sdk}: 6 MB there");
    let capitals = caller.outcome("capitals", &vec![b'a'; 2 << 20]);
    let is_whole = capitals == format!("completed {}", "A".repeat(2 << 20));
    assert!(is_whole, "{sdk}: 2 MB back");

    let mut later = caller.invocation("small", b"LATER");
    later.invocation_type = Some("Async".to_owned());
    assert_eq!(short(caller.call(SECRET, later)), "accepted", "{sdk}");

    let mut with_log = caller.invocation("capitals", b"abc");
    with_log.log_type = Some("Tail".to_owned());
    let log = caller.call(SECRET, with_log).log_tail.unwrap_or_default();
    // One SDK gives its caller the base64 text.
    let log = STANDARD.decode(&log).unwrap_or(log);
    let log = String::from_utf8_lossy(&log).into_owned();
    assert!(log.contains("FC Invoke Start RequestId: "), "{sdk}: {log}");
    assert!(log.contains("\ncapitals for "), "{sdk}: {log}");

    let failed = caller.outcome("failing", b"{}");
    let words = "Process exited unexpectedly before completing request";
    assert!(
        failed.starts_with(&function_error(sdk, words)),
        "{sdk}: {failed}"
    );
    let late = caller.outcome("endless", b"{}");
    let words = "Function timed out after 0.3 seconds";
    assert!(
        late.starts_with(&function_error(sdk, words)),
        "{sdk}: {late}"
    );

    assert_eq!(
        caller.outcome("flaky", b"{}"),
        "429 ResourceExhausted",
        "{sdk}"
    );
    assert_eq!(caller.outcome("flaky", b"{}"), "completed done", "{sdk}");

    let wrong = caller.call("another secret", caller.invocation("small", b"ABC"));
    let wrong = short(wrong);
    let expected = ["403 SignatureNotMatch", "403 SignatureDoesNotMatch"];
    assert!(expected.contains(&wrong.as_str()), "{sdk}: {wrong}");
    let Caller {
        server, log, child, ..
    } = caller;
    child.shut_down().unwrap();
    let served = server.end(&Corpus::embedded().unwrap(), Rules::new());
    assert_eq!(served.report.verdict, Verdict::Nonconforming, "{sdk}");
    assert_eq!(served.failed_requests, 1, "{sdk}");
    let log = log.lock().unwrap();
    assert!(log.contains("string to sign"), "{sdk}: {log}");
}

#[test]
#[ignore = "needs the official SDKs in target/sdks; run `cargo xtask sdks` first"]
fn official_sdks_call_functions_of_the_users_own() {
    let sdks: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/sdks");
    let mut tried = 0;
    for (folder, sdk, scheme) in SDKS {
        if !sdks.join(sdk).is_dir() {
            skipped::report(sdk, "not installed in target/sdks; run `cargo xtask sdks`");
            continue;
        }
        judge(Caller::start(folder, sdk, scheme));
        tried += 1;
    }
    assert!(tried > 0, "no SDK is installed in {}", sdks.display());
}
