//! Adapters in a child process. Misbehaving adapters have their own test target, `hostile`.

use std::thread;
use std::time::Duration;

use fcgate_cases::Claims;
use fcgate_cases::corpus::{Case, Corpus};
use fcgate_cases::judge::Status;
use fcgate_protocol::Implementation as _;
use fcgate_protocol::{ParseInput, Reply, SignInput};
use fcgate_reference::Reference;
use fcgate_runner::{
    Child, Contain, InProcess, Launch, Leak, Plan, Subject as _, SubjectError, run,
};
use serde_json::json;

const FCGATE: &str = env!("CARGO_BIN_EXE_fcgate");

/// An adapter in shell that declares `parse`. `$seq` is the `seq` of the request, `say` writes a reply.
const ADAPTER: &str = r#"
say() { printf '{"seq":"%s",%s}\n' "$seq" "$1"; }
while read -r line; do
  seq=${line#*\"seq\":\"}; seq=${seq%%\"*}
  case $line in
    *'"cmd":"hello"'*) say "\"ok\":{\"p\":1,\"sdk\":{\"name\":\"$NAME\"},\"caps\":[\"parse\"]}";;
    *'"cmd":"zq-'*) say '"unsupported":{"cap":"x"}';;
    *'"cmd":"bye"'*) BYE;;
    *) OTHER;;
  esac
done
"#;

/// The adapter with this name, its reply to requests and its reaction to `bye`.
fn adapter(name: &str, other: &str, bye: &str) -> Launch {
    let script = ADAPTER
        .replace("$NAME", name)
        .replace("OTHER", other)
        .replace("BYE", bye);
    // A busy machine may start a process late.
    let limit = Duration::from_secs(60);
    Launch::new("sh".into(), vec!["-c".into(), script.into()])
        .timeout(limit)
        .hello_timeout(limit)
}

/// Every way to contain the processes of an adapter.
fn containments(launch: &Launch) -> [Launch; 3] {
    let supervised = launch.clone().supervisor(FCGATE.into());
    [
        launch.clone().contain(Contain::Group),
        supervised.clone().contain(Contain::Group),
        supervised.contain(Contain::Auto),
    ]
}

fn a_parse() -> ParseInput {
    let input = json!({"status": 200, "headers": [], "body_b64": "", "invocation_type": "Sync"});
    serde_json::from_value(input).unwrap()
}

fn a_sign(secret: &str) -> SignInput {
    let input = json!({
        "scheme": "fc", "method": "GET", "url": "https://localhost/", "headers": [], "body_b64": "",
        "credentials": {"access_key_id": "FCTESTACCESSKEYID01", "access_key_secret": secret},
        "time": "2022-05-11T09:00:00Z", "nonce": "n"
    });
    serde_json::from_value(input).unwrap()
}

/// Cases of every operation. The whole corpus over a child is in `attachments`.
const OF_EVERY_OPERATION: [&str; 6] = [
    "sign.fc-vectors.",
    "build.paths.",
    "parse.status.",
    "invoke.arrived.",
    "trigger.calls.",
    "task.get.",
];

#[test]
fn a_child_process_gives_the_same_results_as_in_process_however_it_is_contained() {
    let corpus = Corpus::embedded().unwrap();
    let reference = Reference;
    let claims = Claims::of(&reference.hello());
    let plan = Plan::new();
    let selected = |case: &Case| {
        let mut groups = OF_EVERY_OPERATION.iter();
        groups.any(|group| case.id.starts_with(group))
    };
    let within = run(
        &corpus,
        &InProcess::new(&reference),
        &claims,
        &plan,
        &selected,
    );
    let passed = within.results.iter();
    let passed = passed.filter(|result| result.status == Status::Pass);
    assert!(passed.count() > 150);
    // A long timeout, so that a busy machine does not change a result.
    let launch =
        Launch::new(FCGATE.into(), vec!["reference".into()]).timeout(Duration::from_secs(60));
    for launch in containments(&launch) {
        let (child, hello) = Child::start(launch).unwrap();
        assert_eq!(hello, reference.hello());
        let over = run(&corpus, &child, &claims, &plan, &selected);
        child.shut_down().unwrap();
        for (one, other) in over.results.iter().zip(&within.results) {
            assert_eq!(one, other);
        }
        assert_eq!(over.results.len(), within.results.len());
    }
}

#[test]
fn a_program_that_cannot_be_started_is_a_fault_with_the_reason() {
    let start = |program: &str| Child::start(Launch::new(program.into(), vec!["x".into()]));
    insta::assert_snapshot!(start("no-such-adapter").unwrap_err(), @r"
    spawn: expected an executable program, but 'no-such-adapter' is not in PATH
      command: no-such-adapter x
      help:    pass an executable program (a script starts with #!), then its arguments
    ");
    let directory = start(env!("CARGO_MANIFEST_DIR")).unwrap_err();
    assert!(directory.summary().ends_with("is a directory"));
    let file = start(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).unwrap_err();
    assert!(file.summary().ends_with("is not executable"));
}

#[test]
fn a_script_with_a_missing_interpreter_is_a_spawn_fault_in_every_containment() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("adapter");
    std::fs::write(&script, "#!/no/such/interpreter\n").unwrap();
    let mut rights = std::fs::metadata(&script).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut rights, 0o755);
    std::fs::set_permissions(&script, rights).unwrap();
    for launch in containments(&Launch::new(script.into(), Vec::new())) {
        let fault = Child::start(launch).unwrap_err();
        assert_eq!(fault.kind(), "spawn", "{fault}");
    }
}

#[test]
fn an_adapter_that_replies_and_exits_has_no_fault() {
    for launch in containments(&adapter(
        "mine",
        r#"say '"unsupported":{"cap":"y"}'"#,
        "exit 0",
    )) {
        let (child, hello) = Child::start(launch).unwrap();
        assert_eq!(
            (hello.sdk.name.as_str(), hello.sdk.version.as_str()),
            ("mine", "unknown")
        );
        let output = child.parse(&a_parse()).unwrap();
        assert_eq!((output.reply, output.leak), (Reply::unsupported("y"), None));
        assert!(child.warnings().is_empty() && child.fault().is_none());
        child.shut_down().unwrap();
    }
}

#[test]
fn an_ok_reply_without_a_required_field_is_malformed_but_not_a_fault() {
    let (child, _) = Child::start(adapter("mine", r#"say '"ok":{}'"#, "exit 0")).unwrap();
    let trouble = child.parse(&a_parse()).unwrap_err();
    let SubjectError::Malformed(what) = trouble else {
        panic!("{trouble:?}");
    };
    assert_eq!(what, "`outcome` is missing; an object is expected");
    child.shut_down().unwrap();
}

#[test]
fn an_adapter_that_exits_is_restarted_at_most_ten_times() {
    for launch in containments(&adapter("mine", "echo no >&2; exit 7", "exit 0")) {
        let (child, _) = Child::start(launch).unwrap();
        for _ in 0..11 {
            assert_eq!(
                child.parse(&a_parse()),
                Err(SubjectError::Crash(
                    "the adapter exited with status 7; stderr: no".to_owned()
                ))
            );
        }
        assert_eq!(
            child.parse(&a_parse()),
            Err(SubjectError::Unavailable(
                "the adapter exited or hung 11 times; the gate does not start it again".to_owned()
            ))
        );
        child.shut_down().unwrap();
    }
}

#[test]
fn a_crash_by_a_signal_names_the_signal() {
    for launch in containments(&adapter("mine", "kill -SEGV $$", "exit 0")) {
        let (child, _) = Child::start(launch).unwrap();
        assert_eq!(
            child.parse(&a_parse()),
            Err(SubjectError::Crash(
                "the adapter was killed by signal 11 (SIGSEGV); stderr is empty".to_owned()
            ))
        );
    }
}

#[test]
fn an_adapter_that_hangs_is_a_timeout() {
    for launch in containments(&adapter("mine", "sleep 1000", "exit 0")) {
        let launch = launch.timeout(Duration::from_secs(1));
        let (child, _) = Child::start(launch).unwrap();
        let trouble = child.parse(&a_parse()).unwrap_err();
        let SubjectError::Timeout(what) = trouble else {
            panic!("{trouble:?}");
        };
        assert!(what.starts_with("no complete reply within 1s"), "{what}");
        child.shut_down().unwrap();
    }
}

#[test]
fn a_restarted_adapter_with_a_different_hello_is_dishonest() {
    let (child, _) = Child::start(adapter("$$", "exit 1", "exit 0")).unwrap();
    assert!(matches!(
        child.parse(&a_parse()),
        Err(SubjectError::Crash(_))
    ));
    assert!(matches!(
        child.parse(&a_parse()),
        Err(SubjectError::Unavailable(_))
    ));
    assert_eq!(child.fault().unwrap().kind(), "dishonest");
    assert_eq!(child.shut_down().unwrap_err().kind(), "dishonest");
}

#[test]
fn after_a_fault_the_adapter_receives_no_further_requests() {
    for launch in containments(&adapter("mine", "echo debug", "exit 0")) {
        let (child, _) = Child::start(launch).unwrap();
        for _ in 0..2 {
            assert_eq!(
                child.parse(&a_parse()),
                Err(SubjectError::Unavailable(
                    "the adapter broke the protocol".to_owned()
                ))
            );
        }
        assert_eq!(child.fault().unwrap().kind(), "not-json");
        assert_eq!(child.shut_down().unwrap_err().kind(), "not-json");
    }
}

#[test]
fn an_exit_status_other_than_0_after_bye_is_a_fault() {
    for launch in containments(&adapter("mine", "exit 1", "exit 3")) {
        let (child, _) = Child::start(launch).unwrap();
        let fault = child.shut_down().unwrap_err();
        assert_eq!(
            fault.summary(),
            "bye: after bye the adapter exited with status 3, expected status 0"
        );
    }
}

#[test]
fn a_leaked_secret_is_detected_and_redacted() {
    let secret = "fcTestSecretThatMustNotBeSeen";
    let read_key = r#"key=${line#*access_key_secret\":\"}; key=${key%%\"*}; "#;
    let cases = [
        (
            r#"echo "$key" >&2; say '"ok":{"headers":[]}'"#,
            Some(Leak::StandardError),
        ),
        (
            r#"say "\"err\":{\"class\":\"input\",\"message\":\"$key\"}""#,
            Some(Leak::Reply),
        ),
        (r#"say '"ok":{"headers":[]}'"#, None),
    ];
    for (answer, leak) in cases {
        let launch = adapter("mine", &(read_key.to_owned() + answer), "exit 0");
        let (child, _) = Child::start(launch).unwrap();
        assert_eq!(child.sign(&a_sign(secret)).unwrap().leak, leak);
        child.shut_down().unwrap();
    }
    let loud = read_key.to_owned() + r#"echo "stderr $key" >&2; echo "stdout $key""#;
    let (child, _) = Child::start(adapter("mine", &loud, "exit 0")).unwrap();
    assert!(child.sign(&a_sign(secret)).is_err());
    let fault = child.shut_down().unwrap_err().to_string();
    assert!(fault.contains("stderr [secret]") && fault.contains("stdout [secret]"));
    assert!(!fault.contains(secret));
}

#[test]
fn an_adapter_receives_only_the_allowed_environment_variables() {
    let name = "${CARGO_PKG_NAME-none} ${PATH:+path} ${ALIBABA_CLOUD_ACCESS_KEY_SECRET-none}";
    for launch in containments(&adapter(name, "exit 1", "exit 0")) {
        let (_child, hello) = Child::start(launch.clone()).unwrap();
        assert_eq!(hello.sdk.name, "none path none");
        let more = vec!["CARGO_PKG_NAME".to_owned(), "MY_TOKEN".to_owned()];
        let (child, hello) = Child::start(launch.pass(more)).unwrap();
        assert_eq!(hello.sdk.name, "fcgate path none");
        assert_eq!(
            child.warnings(),
            [
                "the gate does not pass the variable MY_TOKEN to the adapter, because its name looks like that of a credential; to pass it anyway, use --pass-credential MY_TOKEN"
            ]
        );
    }
}

#[test]
fn stopping_a_run_ends_pending_requests_at_once() {
    for launch in containments(&adapter("mine", "sleep 1000", "exit 0")) {
        let (child, _) = Child::start(launch).unwrap();
        let gone = Err(SubjectError::Unavailable(
            "the run was interrupted".to_owned(),
        ));
        thread::scope(|scope| {
            let request = scope.spawn(|| child.parse(&a_parse()));
            child.stop();
            assert_eq!(request.join().unwrap(), gone);
        });
        assert_eq!(child.parse(&a_parse()), gone);
        child.shut_down().unwrap();
    }
}
