//! `EnvironmentProvider`.

use std::error::Error as _;
use std::sync::atomic::{AtomicBool, Ordering};

use fc_credentials::{CredentialsSourceErrorKind, EnvironmentProvider};
use fc_sign::{
    BlockingCredentialsProvider, Credentials, CredentialsError, CredentialsErrorKind,
    CredentialsProvider, ProviderError,
};

use crate::fakes::{
    FakeEnvironment, ID_VARIABLE, SECRET, SECRET_VARIABLE, TOKEN, TOKEN_VARIABLE, messages, now,
    source_error,
};

const ID: &str = "FCTESTACCESSKEYID01";

fn read(variables: &[(&str, &str)]) -> Result<Credentials, ProviderError> {
    let environment = FakeEnvironment::default().variables(variables);
    let provider = EnvironmentProvider::new().environment(environment);
    BlockingCredentialsProvider::credentials(&provider, now())
}

fn kind(variables: &[(&str, &str)]) -> CredentialsSourceErrorKind {
    source_error(&read(variables).unwrap_err()).kind()
}

#[test]
fn id_and_secret_are_a_long_lived_key_and_a_token_makes_it_temporary() {
    let key = [(ID_VARIABLE, ID), (SECRET_VARIABLE, SECRET)];
    let long_lived = read(&key).unwrap();
    assert_eq!(long_lived.access_key_id().as_str(), ID);
    assert!(!long_lived.is_temporary());
    let [id, secret] = key;
    assert!(
        read(&[id, secret, (TOKEN_VARIABLE, TOKEN)])
            .unwrap()
            .is_temporary()
    );
}

#[test]
fn an_empty_variable_counts_as_not_set() {
    let key = read(&[
        (ID_VARIABLE, ID),
        (SECRET_VARIABLE, SECRET),
        (TOKEN_VARIABLE, ""),
    ]);
    assert!(!key.unwrap().is_temporary());
    assert_eq!(
        kind(&[(ID_VARIABLE, ""), (SECRET_VARIABLE, "")]),
        CredentialsSourceErrorKind::NotSet
    );
    assert_eq!(
        kind(&[(ID_VARIABLE, ID), (SECRET_VARIABLE, "")]),
        CredentialsSourceErrorKind::HalfSet {
            set: ID_VARIABLE,
            missing: SECRET_VARIABLE
        }
    );
}

#[test]
fn half_a_key_is_an_error_that_names_the_missing_variable() {
    assert_eq!(
        kind(&[(ID_VARIABLE, ID)]),
        CredentialsSourceErrorKind::HalfSet {
            set: ID_VARIABLE,
            missing: SECRET_VARIABLE
        }
    );
    assert_eq!(
        kind(&[(SECRET_VARIABLE, SECRET)]),
        CredentialsSourceErrorKind::HalfSet {
            set: SECRET_VARIABLE,
            missing: ID_VARIABLE
        }
    );
    assert_eq!(
        messages(&read(&[(SECRET_VARIABLE, SECRET)]).unwrap_err()),
        [
            "credentials: the environment has no valid access key",
            "half-set: environment: ALIBABA_CLOUD_ACCESS_KEY_SECRET is set \
             but ALIBABA_CLOUD_ACCESS_KEY_ID is not",
        ]
    );
}

#[test]
fn a_temporary_key_without_its_token_is_an_error_that_names_the_variable() {
    let temporary = [
        (ID_VARIABLE, "STS.FCTESTACCESSKEYID01"),
        (SECRET_VARIABLE, SECRET),
    ];
    let [id, secret] = temporary;
    for variables in [&[id, secret][..], &[id, secret, (TOKEN_VARIABLE, "")]] {
        assert_eq!(
            messages(&read(variables).unwrap_err()),
            [
                "credentials: the environment has no valid access key",
                "no-token: environment: the key id begins with STS., so that the key is not valid without its token; \
                 set ALIBABA_CLOUD_SECURITY_TOKEN",
            ]
        );
    }
    assert!(
        read(&[id, secret, (TOKEN_VARIABLE, TOKEN)])
            .unwrap()
            .is_temporary()
    );
}

#[test]
fn whitespace_at_the_ends_of_a_value_is_an_error() {
    let valid = [
        (ID_VARIABLE, ID),
        (SECRET_VARIABLE, SECRET),
        (TOKEN_VARIABLE, TOKEN),
    ];
    for (index, field) in ["access key id", "access key secret", "security token"]
        .iter()
        .enumerate()
    {
        for padded in [" {}", "{} ", "{}\n", "\t{}"] {
            let mut variables = valid;
            let value = padded.replace("{}", valid[index].1);
            variables[index].1 = &value;
            let error = read(&variables).unwrap_err();
            let error = source_error(&error);
            assert_eq!(error.kind(), CredentialsSourceErrorKind::Invalid);
            let cause: &CredentialsError = error.source().unwrap().downcast_ref().unwrap();
            assert_eq!(cause.kind(), CredentialsErrorKind::SurroundingWhitespace);
            assert_eq!(cause.field(), *field);
        }
    }
}

#[test]
fn the_variables_of_the_object_storage_service_are_not_read() {
    let environment = FakeEnvironment::default()
        .variables(&[("OSS_ACCESS_KEY_ID", ID), ("OSS_ACCESS_KEY_SECRET", SECRET)]);
    let variables = environment.variables_read.clone();
    let provider = EnvironmentProvider::new().environment(environment);
    let error = BlockingCredentialsProvider::credentials(&provider, now()).unwrap_err();
    assert_eq!(
        source_error(&error).kind(),
        CredentialsSourceErrorKind::NotSet
    );
    assert!(
        variables
            .lock()
            .unwrap()
            .iter()
            .all(|name| name.starts_with("ALIBABA_CLOUD_"))
    );
}

#[cfg(unix)]
#[test]
fn a_value_that_is_not_utf_8_is_an_error_that_names_the_variable() {
    use std::os::unix::ffi::OsStringExt as _;
    let environment = FakeEnvironment::default()
        .variable(ID_VARIABLE, ID)
        .variable(
            SECRET_VARIABLE,
            std::ffi::OsString::from_vec(vec![b'a', 0xff]),
        );
    let provider = EnvironmentProvider::new().environment(environment);
    let error = BlockingCredentialsProvider::credentials(&provider, now()).unwrap_err();
    assert_eq!(
        source_error(&error).kind(),
        CredentialsSourceErrorKind::NotText(SECRET_VARIABLE)
    );
}

#[tokio::test]
async fn the_next_call_uses_a_changed_variable() {
    static CHANGED: AtomicBool = AtomicBool::new(false);
    let provider = EnvironmentProvider::new().environment(|name: &str| match name {
        ID_VARIABLE if CHANGED.load(Ordering::Relaxed) => Some("SECOND".into()),
        ID_VARIABLE => Some("FIRST".into()),
        SECRET_VARIABLE => Some(SECRET.into()),
        _ => None,
    });
    let first = CredentialsProvider::credentials(&provider, now())
        .await
        .unwrap();
    CHANGED.store(true, Ordering::Relaxed);
    let second = CredentialsProvider::credentials(&provider, now())
        .await
        .unwrap();
    assert_eq!(first.access_key_id().as_str(), "FIRST");
    assert_eq!(second.access_key_id().as_str(), "SECOND");
}
