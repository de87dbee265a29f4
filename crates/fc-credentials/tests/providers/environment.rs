//! The access key in the environment.

use std::error::Error as _;
use std::sync::atomic::{AtomicBool, Ordering};

use fc_credentials::{EnvironmentProvider, OriginErrorKind};
use fc_sign::{
    BlockingCredentialsProvider, Credentials, CredentialsError, CredentialsErrorKind,
    CredentialsProvider, ProviderError,
};

use crate::surroundings::{
    ID_VARIABLE, SECRET, SECRET_VARIABLE, Surroundings, TOKEN, TOKEN_VARIABLE, now, origin_error,
    texts,
};

const ID: &str = "FCTESTACCESSKEYID01";

fn read(variables: &[(&str, &str)]) -> Result<Credentials, ProviderError> {
    let surroundings = Surroundings::default().variables(variables);
    let provider = EnvironmentProvider::new().environment(surroundings);
    BlockingCredentialsProvider::credentials(&provider, now())
}

fn kind(variables: &[(&str, &str)]) -> OriginErrorKind {
    origin_error(&read(variables).unwrap_err()).kind()
}

#[test]
fn the_two_halves_are_a_lasting_key_and_a_token_makes_it_temporary() {
    let key = [(ID_VARIABLE, ID), (SECRET_VARIABLE, SECRET)];
    let lasting = read(&key).unwrap();
    assert_eq!(lasting.access_key_id().as_str(), ID);
    assert!(!lasting.is_temporary());
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
        OriginErrorKind::NotSet
    );
    assert_eq!(
        kind(&[(ID_VARIABLE, ID), (SECRET_VARIABLE, "")]),
        OriginErrorKind::HalfSet(SECRET_VARIABLE)
    );
}

#[test]
fn half_a_key_is_an_error_that_names_the_other_half() {
    assert_eq!(
        kind(&[(ID_VARIABLE, ID)]),
        OriginErrorKind::HalfSet(SECRET_VARIABLE)
    );
    assert_eq!(
        kind(&[(SECRET_VARIABLE, SECRET)]),
        OriginErrorKind::HalfSet(ID_VARIABLE)
    );
    assert_eq!(
        texts(&read(&[(SECRET_VARIABLE, SECRET)]).unwrap_err()),
        [
            "credentials: the environment has none that can be used",
            "half-set: environment: ALIBABA_CLOUD_ACCESS_KEY_ID is missing, what it goes with is set",
        ]
    );
}

#[test]
fn blanks_at_an_end_are_refused_with_the_error_that_says_so() {
    let good = [
        (ID_VARIABLE, ID),
        (SECRET_VARIABLE, SECRET),
        (TOKEN_VARIABLE, TOKEN),
    ];
    for (index, field) in ["access key id", "access key secret", "security token"]
        .iter()
        .enumerate()
    {
        for padded in [" {}", "{} ", "{}\n", "\t{}"] {
            let mut variables = good;
            let value = padded.replace("{}", good[index].1);
            variables[index].1 = &value;
            let error = read(&variables).unwrap_err();
            let origin = origin_error(&error);
            assert_eq!(origin.kind(), OriginErrorKind::Invalid);
            let cause: &CredentialsError = origin.source().unwrap().downcast_ref().unwrap();
            assert_eq!(cause.kind(), CredentialsErrorKind::SurroundingWhitespace);
            assert_eq!(cause.field(), *field);
        }
    }
}

#[test]
fn the_names_of_the_object_storage_service_are_never_read() {
    let surroundings = Surroundings::default()
        .variables(&[("OSS_ACCESS_KEY_ID", ID), ("OSS_ACCESS_KEY_SECRET", SECRET)]);
    let asked = surroundings.asked.clone();
    let provider = EnvironmentProvider::new().environment(surroundings);
    let error = BlockingCredentialsProvider::credentials(&provider, now()).unwrap_err();
    assert_eq!(origin_error(&error).kind(), OriginErrorKind::NotSet);
    assert!(
        asked
            .lock()
            .unwrap()
            .iter()
            .all(|name| name.starts_with("ALIBABA_CLOUD_"))
    );
}

#[cfg(unix)]
#[test]
fn a_value_that_is_no_text_is_an_error_that_names_the_variable() {
    use std::os::unix::ffi::OsStringExt as _;
    let surroundings = Surroundings::default().variable(ID_VARIABLE, ID).variable(
        SECRET_VARIABLE,
        std::ffi::OsString::from_vec(vec![b'a', 0xff]),
    );
    let provider = EnvironmentProvider::new().environment(surroundings);
    let error = BlockingCredentialsProvider::credentials(&provider, now()).unwrap_err();
    assert_eq!(
        origin_error(&error).kind(),
        OriginErrorKind::NotText(SECRET_VARIABLE)
    );
}

#[tokio::test]
async fn a_variable_that_has_changed_counts_at_the_next_call() {
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
