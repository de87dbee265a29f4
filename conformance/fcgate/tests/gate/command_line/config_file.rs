//! `fcgate.toml`: its keys, and the messages for invalid content.

use std::path::Path;
use std::time::Duration;

use fcgate::config::Config;
use fcgate_cases::Claims;
use fcgate_cases::Profile;
use fcgate_cases::corpus::Level;
use fcgate_protocol::Suite;
use proptest::prelude::*;

use crate::doubles::claiming;
use fcgate_protocol::Implementation as _;

fn error(text: &str) -> String {
    Config::read(text, "fcgate.toml").unwrap_err().to_string()
}

#[test]
fn every_key_is_read() {
    let text = "suite = '2026.1'\nrevision = '2021-04-06'\nprofile = 'core'\n\
                claims = ['sign.fc', 'parse']\nadapter = ['python3', '-u', 'adapter.py']\n\
                level = 'should'\ntimeout = 7\nhello_timeout = 30\nprepare_timeout = 900\n\
                prepare = ['make', 'adapter']\nknown = 'ci/known.toml'\n\
                environment = ['MY_SDK_MODE']\njobs = 4\n";
    let config = Config::read(text, "fcgate.toml").unwrap();
    assert_eq!(config.suite, Some(Suite::FIRST));
    assert_eq!(config.revision.as_deref(), Some("2021-04-06"));
    assert_eq!(config.profile, Some(Profile::Core));
    assert_eq!(config.claims, ["sign.fc", "parse"]);
    assert_eq!(config.adapter, ["python3", "-u", "adapter.py"]);
    assert_eq!(config.level, Some(Level::Should));
    assert_eq!(config.timeout, Some(Duration::from_secs(7)));
    assert_eq!(config.hello_timeout, Some(Duration::from_secs(30)));
    assert_eq!(config.prepare_timeout, Some(Duration::from_secs(900)));
    assert_eq!(config.prepare, ["make", "adapter"]);
    assert_eq!(config.known.as_deref(), Some(Path::new("ci/known.toml")));
    assert_eq!(config.environment, ["MY_SDK_MODE"]);
    assert_eq!(config.jobs, Some(4));
}

#[test]
fn an_empty_file_is_the_default_configuration() {
    assert_eq!(Config::read("", "fcgate.toml").unwrap(), Config::default());
}

#[test]
fn invalid_content_is_reported_with_its_line() {
    let wrong = [
        "suite = '2026.2'",
        "suite = '2027.1'",
        "suite = 2026.1",
        "suite = 'x'",
        "revision = '2020-01-01'",
        "profile = 'cor'",
        "claims = ['sign.fc', 'sing.acs3']",
        "claims = 'sign.fc'",
        "adapter = 'python3 adapter.py'",
        "adapter = []",
        "adapter = ['']",
        "adapter = ['a', \"b\\u0000\"]",
        "level = 'observe'",
        "timeout = 0",
        "timeout = -1",
        "timeout = 601",
        "timeout = 18446744073709551615",
        "timeout = 0.5",
        "known = ''",
        "environment = ['PATH', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET']",
        "environment = ['http_proxy']",
        "environment = ['GITHUB_TOKEN']",
        "environment = ['OPENAI_KEY']",
        "environment = ['A=B']",
        "jobs = 0",
        "jobs = 257",
        "jops = 1",
        "[run]\nlevel = 'must'",
        "level = 'must'\nlevel = 'must'",
        "level =",
    ]
    .map(|line| format!("{line}\n    {}", error(&format!("\n{line}"))));
    insta::assert_snapshot!(wrong.join("\n"), @r#"
suite = '2026.2'
    fcgate.toml:2: suite 2026.2 is later than this gate's, 2026.1
suite = '2027.1'
    fcgate.toml:2: suite 2027.1 is later than this gate's, 2026.1
suite = 2026.1
    fcgate.toml:2: invalid type: floating point `2026.1`, expected a string
suite = 'x'
    fcgate.toml:2: expected a suite version, a year and a number like 2026.1
revision = '2020-01-01'
    fcgate.toml:2: unknown revision; expected one of: 2016-08-15, 2021-04-06, 2023-03-30
profile = 'cor'
    fcgate.toml:2: unknown profile 'cor'; did you mean 'core'?
claims = ['sign.fc', 'sing.acs3']
    fcgate.toml:2: unknown capability 'sing.acs3'; did you mean 'sign.acs3'?
claims = 'sign.fc'
    fcgate.toml:2: invalid type: string "sign.fc", expected a sequence
adapter = 'python3 adapter.py'
    fcgate.toml:2: invalid type: string "python3 adapter.py", expected a sequence
adapter = []
    fcgate.toml:2: adapter must be a list: the command and its arguments
adapter = ['']
    fcgate.toml:2: adapter must be a list: the command and its arguments
adapter = ['a', "b\u0000"]
    fcgate.toml:2: an argument contains a NUL byte
level = 'observe'
    fcgate.toml:2: level must be 'must' or 'should'
timeout = 0
    fcgate.toml:2: timeout must be 1 to 600 seconds
timeout = -1
    fcgate.toml:2: invalid value: integer `-1`, expected u64
timeout = 601
    fcgate.toml:2: timeout must be 1 to 600 seconds
timeout = 18446744073709551615
    fcgate.toml:2: timeout must be 1 to 600 seconds
timeout = 0.5
    fcgate.toml:2: invalid type: floating point `0.5`, expected u64
known = ''
    fcgate.toml:2: the path is empty
environment = ['PATH', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET']
    fcgate.toml:2: 'ALIBABA_CLOUD_ACCESS_KEY_SECRET': variables of cloud platforms, of GitHub and of the gate are not passed to the adapter
environment = ['http_proxy']
    fcgate.toml:2: 'http_proxy': proxy variables are not passed to the adapter: it connects only to loopback
environment = ['GITHUB_TOKEN']
    fcgate.toml:2: 'GITHUB_TOKEN': variables of cloud platforms, of GitHub and of the gate are not passed to the adapter
environment = ['OPENAI_KEY']
    fcgate.toml:2: 'OPENAI_KEY': the name looks like that of a credential, and the cases contain dummy keys; if the adapter needs it, use the option --pass-credential instead
environment = ['A=B']
    fcgate.toml:2: 'A=B': not a valid variable name
jobs = 0
    fcgate.toml:2: jobs must be 1 to 256
jobs = 257
    fcgate.toml:2: jobs must be 1 to 256
jops = 1
    fcgate.toml:2: unknown key 'jops'; did you mean 'jobs'?
[run]
level = 'must'
    fcgate.toml:2: unknown key 'run'; expected one of: suite, revision, profile, claims, adapter, prepare, level, timeout, hello_timeout, prepare_timeout, known, environment, jobs, processes, functions, behaviour, start, time_limit, memory, concurrency, retries
level = 'must'
level = 'must'
    fcgate.toml:3: duplicate key
level =
    fcgate.toml:2: string values must be quoted, expected literal string
"#);
}

#[test]
fn an_invalid_preparation_or_limit_is_reported_with_its_line() {
    for (text, message) in [
        (
            "hello_timeout = 601",
            "1: hello_timeout must be 1 to 600 seconds",
        ),
        (
            "prepare_timeout = 3601",
            "1: prepare_timeout must be 1 to 3600 seconds",
        ),
        (
            "adapter = ['a']\nprepare = 'cargo build'",
            "2: invalid type: string \"cargo build\", expected a sequence",
        ),
        (
            "adapter = ['a']\nprepare = []",
            "2: prepare must be a list: the command and its arguments",
        ),
        (
            "prepare = ['make']",
            "1: prepare needs an adapter in this file",
        ),
    ] {
        assert_eq!(error(text), format!("fcgate.toml:{message}"));
    }
}

#[test]
fn deeply_nested_garbage_does_not_overflow_the_stack() {
    for garbage in ["claims=[", "a={b=", "[", "a."] {
        assert!(error(&garbage.repeat(50_000)).starts_with("fcgate.toml"));
    }
}

#[test]
fn claims_of_the_file_are_added_to_the_capabilities_of_hello() {
    let config = Config::read("claims = ['invoke']", "fcgate.toml").unwrap();
    let hello = claiming(&["parse"]).hello();
    let claims = config.with_claims(Claims::of(&hello));
    let names: Vec<&str> = claims.capabilities.iter().collect();
    assert_eq!(names, ["invoke", "parse"]);
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in "(suite|level|claims|jobs|=|'|\\[|\\]|\\{|\\}|[0-9]|,|\n|.){0,40}") {
        let _ = Config::read(&text, "fcgate.toml");
    }
}
