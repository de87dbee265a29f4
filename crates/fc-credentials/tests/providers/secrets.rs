//! No part of a secret is in any text.

use std::error::Error;
use std::io;
use std::sync::Mutex;

use fc_credentials::EnvironmentProvider;
use fc_sign::CredentialsProvider;
use http::Response;

use crate::surroundings::{
    ID_VARIABLE, NO_ECS, SECRET, SECRET_VARIABLE, Script, Surroundings, TOKEN, TOKEN_VARIABLE,
    chain, cli_file, everything, keys, now, shared_file,
};

const OIDC_TOKEN: &str = "dummy.oidc.token";
const PASSWORD: &str = "dummy-password-of-the-uri";

/// Everything that the library writes to the log.
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

fn refuse_parts(text: &str) {
    for secret in [SECRET, TOKEN, OIDC_TOKEN, PASSWORD] {
        for window in secret.as_bytes().windows(6) {
            let window = std::str::from_utf8(window).unwrap();
            assert!(!text.contains(window), "{window} is in {text}");
        }
    }
}

fn refuse_parts_in(error: &(dyn Error + 'static)) {
    for error in std::iter::successors(Some(error), |&error| error.source()) {
        refuse_parts(&format!("{error} {error:?} {error:#?}"));
    }
}

/// Surroundings and answers in which a secret stands where it does not belong.
fn hostile() -> Vec<(Surroundings, Script)> {
    let plain = || Surroundings::default().variables(&[NO_ECS]);
    let cli = |text: String| plain().file("/home/~demo/.aliyun/config.json", text);
    let shared = |text: String| plain().file("/home/~demo/.alibabacloud/credentials", text);
    let uri = |uri: &str| plain().variable("ALIBABA_CLOUD_CREDENTIALS_URI", uri);
    let password = format!("http://user:{PASSWORD}@localhost:7777/{PASSWORD}?token={PASSWORD}");
    let role = everything().without(ID_VARIABLE).without(SECRET_VARIABLE);
    let mut cases = vec![
        (
            cli(cli_file("CLI").replace(&format!("\"{SECRET}\""), &format!("[\"{SECRET}\"]"))),
            Script::nobody(),
        ),
        (cli(format!("\"{SECRET}\"")), Script::nobody()),
        (
            cli(format!("{{\"current\":[\"{SECRET}\"]}}")),
            Script::nobody(),
        ),
        (
            cli(cli_file(SECRET).replace(SECRET, &format!("{SECRET} "))),
            Script::nobody(),
        ),
        (shared(format!("[default\n{SECRET}")), Script::nobody()),
        (
            shared(shared_file("S").replace(SECRET, &format!("\"{SECRET} \""))),
            Script::nobody(),
        ),
        (uri(&password), Script::nobody()),
        (uri(&format!("{password} and more")), Script::nobody()),
        (
            uri("http://localhost:7777/keys").variable("ALIBABA_CLOUD_CREDENTIALS_FILE", SECRET),
            Script::nobody(),
        ),
        (role.clone(), Script::nobody()),
        (
            role.clone()
                .variable("ALIBABA_CLOUD_STS_ENDPOINT", format!("{PASSWORD} ")),
            Script::nobody(),
        ),
        (
            role.clone()
                .unreadable("/var/run/token", io::ErrorKind::InvalidData),
            Script::nobody(),
        ),
    ];
    let bodies = [
        format!("{SECRET} {TOKEN} {OIDC_TOKEN}"),
        format!("\"{SECRET}\""),
        format!(r#"{{"Code":"{SECRET}"}}"#),
        format!(r#"{{"AccessKeySecret":["{SECRET}"],"Credentials":"{TOKEN}"}}"#),
        keys("ID").replace("2022-05-11T15:00:00Z", SECRET),
        keys(SECRET).replace(SECRET, &format!("{SECRET}\\n")),
        keys("ID").replace(TOKEN, &format!("{TOKEN} ")),
        format!(
            r#"{{"Credentials":{}}}"#,
            keys("ID").replace("2022-05-11T15:00:00Z", SECRET)
        ),
    ];
    for status in [200, 400, 403, 404, 500] {
        for body in &bodies {
            for surroundings in [uri(&password), role.clone(), Surroundings::default()] {
                let body = body.clone();
                let script = Script::new(move |_| {
                    let mut response = Response::new(body.clone().into());
                    *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
                    Ok(response)
                });
                cases.push((surroundings, script));
            }
        }
    }
    cases
}

#[tokio::test]
async fn no_part_of_a_secret_is_in_an_error_or_in_the_log() {
    let _ = log::set_logger(&Log);
    log::set_max_level(log::LevelFilter::Trace);
    let mut errors = 0;
    for (surroundings, script) in hostile() {
        let provider = chain(&surroundings, &script);
        if let Err(error) = provider.credentials(now()).await {
            refuse_parts_in(&error);
            errors += 1;
        }
        refuse_parts(&format!("{provider:?} {provider:#?}"));
    }
    assert!(errors > 120, "{errors}");
    let lines = LINES.lock().unwrap();
    assert!(!lines.is_empty(), "the library does write to the log");
    lines.iter().for_each(|line| refuse_parts(line));
}

#[tokio::test]
async fn no_part_of_a_secret_is_in_a_provider_that_has_loaded_it() {
    let provider = chain(&everything(), &Script::all());
    let found = provider.credentials(now()).await.unwrap();
    refuse_parts(&format!("{provider:?} {provider:#?} {found:?}"));
}

#[test]
fn no_part_of_a_secret_is_in_an_error_of_the_environment() {
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
        let provider =
            EnvironmentProvider::new().environment(Surroundings::default().variables(&variables));
        let error = fc_sign::BlockingCredentialsProvider::credentials(&provider, now());
        refuse_parts_in(&error.unwrap_err());
        refuse_parts(&format!("{provider:?}"));
    }
}
