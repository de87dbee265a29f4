//! No error, no `Debug` output and no log line contains a part of a secret.

use std::error::Error;
use std::io;
use std::sync::Mutex;

use fc_credentials::EnvironmentProvider;
use fc_sign::CredentialsProvider;
use http::Response;

use crate::fakes::{
    FakeEnvironment, FakeTransport, ID_VARIABLE, NO_ECS, SECRET, SECRET_VARIABLE, TOKEN,
    TOKEN_VARIABLE, all_sources, chain, cli_file, credentials_json, now, shared_file,
};

const OIDC_TOKEN: &str = "dummy.oidc.token";
const PASSWORD: &str = "dummy-password-of-the-uri";

/// A logger that stores all lines.
struct Log;

static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        LINES.lock().unwrap().push(record.args().to_string());
    }

    fn flush(&self) {}
}

fn assert_no_secret(text: &str) {
    for secret in [SECRET, TOKEN, OIDC_TOKEN, PASSWORD] {
        for window in secret.as_bytes().windows(6) {
            let window = std::str::from_utf8(window).unwrap();
            assert!(!text.contains(window), "{window} is in {text}");
        }
    }
}

fn assert_no_secret_in(error: &(dyn Error + 'static)) {
    for error in std::iter::successors(Some(error), |&error| error.source()) {
        assert_no_secret(&format!("{error} {error:?} {error:#?}"));
    }
}

/// Environments and responses with a secret in the wrong place.
fn cases_with_misplaced_secrets() -> Vec<(FakeEnvironment, FakeTransport)> {
    let plain = || FakeEnvironment::default().variables(&[NO_ECS]);
    let cli = |text: String| plain().file("/home/~demo/.aliyun/config.json", text);
    let shared = |text: String| plain().file("/home/~demo/.alibabacloud/credentials", text);
    let uri = |uri: &str| plain().variable("ALIBABA_CLOUD_CREDENTIALS_URI", uri);
    let password = format!("http://user:{PASSWORD}@localhost:7777/{PASSWORD}?token={PASSWORD}");
    let role = all_sources().without(ID_VARIABLE).without(SECRET_VARIABLE);
    let mut cases = vec![
        (
            cli(cli_file("CLI").replace(&format!("\"{SECRET}\""), &format!("[\"{SECRET}\"]"))),
            FakeTransport::unreachable(),
        ),
        (cli(format!("\"{SECRET}\"")), FakeTransport::unreachable()),
        (
            cli(format!("{{\"current\":[\"{SECRET}\"]}}")),
            FakeTransport::unreachable(),
        ),
        (
            cli(cli_file(SECRET).replace(SECRET, &format!("{SECRET} "))),
            FakeTransport::unreachable(),
        ),
        (
            shared(format!("[default\n{SECRET}")),
            FakeTransport::unreachable(),
        ),
        (
            shared(shared_file("S").replace(SECRET, &format!("\"{SECRET} \""))),
            FakeTransport::unreachable(),
        ),
        (uri(&password), FakeTransport::unreachable()),
        (
            uri(&format!("{password} and more")),
            FakeTransport::unreachable(),
        ),
        (
            uri("http://localhost:7777/keys").variable("ALIBABA_CLOUD_CREDENTIALS_FILE", SECRET),
            FakeTransport::unreachable(),
        ),
        (role.clone(), FakeTransport::unreachable()),
        (
            role.clone()
                .variable("ALIBABA_CLOUD_STS_ENDPOINT", format!("{PASSWORD} ")),
            FakeTransport::unreachable(),
        ),
        (
            role.clone()
                .unreadable("/var/run/token", io::ErrorKind::InvalidData),
            FakeTransport::unreachable(),
        ),
    ];
    let bodies = [
        format!("{SECRET} {TOKEN} {OIDC_TOKEN}"),
        format!("\"{SECRET}\""),
        format!(r#"{{"Code":"{SECRET}"}}"#),
        format!(r#"{{"AccessKeySecret":["{SECRET}"],"Credentials":"{TOKEN}"}}"#),
        credentials_json("ID").replace("2022-05-11T15:00:00Z", SECRET),
        credentials_json(SECRET).replace(SECRET, &format!("{SECRET}\\n")),
        credentials_json("ID").replace(TOKEN, &format!("{TOKEN} ")),
        format!(
            r#"{{"Credentials":{}}}"#,
            credentials_json("ID").replace("2022-05-11T15:00:00Z", SECRET)
        ),
    ];
    for status in [200, 400, 403, 404, 500] {
        for body in &bodies {
            for environment in [uri(&password), role.clone(), FakeEnvironment::default()] {
                let body = body.clone();
                let transport = FakeTransport::new(move |_| {
                    let mut response = Response::new(body.clone().into());
                    *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
                    Ok(response)
                });
                cases.push((environment, transport));
            }
        }
    }
    cases
}

#[tokio::test]
async fn errors_and_the_log_of_the_chain_contain_no_part_of_a_secret() {
    let _ = log::set_logger(&Log);
    log::set_max_level(log::LevelFilter::Trace);
    let mut errors = 0;
    for (environment, transport) in cases_with_misplaced_secrets() {
        let provider = chain(&environment, &transport);
        if let Err(error) = provider.credentials(now()).await {
            assert_no_secret_in(&error);
            errors += 1;
        }
        assert_no_secret(&format!("{provider:?} {provider:#?}"));
    }
    assert!(errors > 120, "{errors}");
    let lines = LINES.lock().unwrap();
    assert!(!lines.is_empty(), "the library writes to the log");
    lines.iter().for_each(|line| assert_no_secret(line));
}

#[tokio::test]
async fn debug_output_of_a_provider_contains_no_part_of_a_loaded_secret() {
    let provider = chain(&all_sources(), &FakeTransport::responding());
    let found = provider.credentials(now()).await.unwrap();
    assert_no_secret(&format!("{provider:?} {provider:#?} {found:?}"));
}

#[test]
fn errors_of_the_environment_provider_contain_no_part_of_a_secret() {
    let padded = format!("{SECRET}\u{a0}");
    let token = format!("{TOKEN}\u{7f}");
    for variables in [
        vec![(SECRET_VARIABLE, SECRET)],
        vec![(ID_VARIABLE, SECRET), (SECRET_VARIABLE, &padded)],
        vec![(ID_VARIABLE, &padded), (SECRET_VARIABLE, SECRET)],
        vec![
            (ID_VARIABLE, "ID"),
            (SECRET_VARIABLE, SECRET),
            (TOKEN_VARIABLE, &token),
        ],
    ] {
        let provider = EnvironmentProvider::new()
            .environment(FakeEnvironment::default().variables(&variables));
        let error = fc_sign::BlockingCredentialsProvider::credentials(&provider, now());
        assert_no_secret_in(&error.unwrap_err());
        assert_no_secret(&format!("{provider:?}"));
    }
}
