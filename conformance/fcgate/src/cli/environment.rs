//! Environment variables that the command line reads directly; all others are `env` of an option.

use std::env;
use std::path::PathBuf;

use fcgate_protocol::Credentials;

use super::failure::Failure;

/// The variable of the access key id.
pub(super) const ACCESS_KEY_ID: &str = "FCGATE_ACCESS_KEY_ID";
/// The variable of the secret. There is no option for the secret, because other users can see command lines.
pub(super) const ACCESS_KEY_SECRET: &str = "FCGATE_ACCESS_KEY_SECRET";
/// The variable of the security token of temporary credentials.
pub(super) const SECURITY_TOKEN: &str = "FCGATE_SECURITY_TOKEN";

/// Whether GitHub Actions runs the gate.
#[expect(clippy::disallowed_methods, reason = "the environment is read here")]
pub(super) fn github_actions() -> bool {
    env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// Returns a variable that a CI system sets; `None` if it is not set, empty or not UTF-8.
#[expect(clippy::disallowed_methods, reason = "the environment is read here")]
pub(super) fn ci_variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Returns the summary file of the current step of GitHub Actions.
#[expect(clippy::disallowed_methods, reason = "the environment is read here")]
pub(super) fn step_summary() -> Option<PathBuf> {
    github_actions()
        .then(|| env::var_os("GITHUB_STEP_SUMMARY"))
        .flatten()
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
}

/// Returns the access key of the environment. It is an error if only the id or only the secret is set.
#[expect(clippy::disallowed_methods, reason = "the environment is read here")]
pub(super) fn access_key() -> Result<Option<Credentials>, Failure> {
    let value = |name: &str| match env::var_os(name).map(std::ffi::OsString::into_string) {
        None => Ok(None),
        Some(Ok(value)) => Ok(Some(value).filter(|value| !value.is_empty())),
        Some(Err(_)) => Err(Failure::usage(format!("{name} is not UTF-8"))),
    };
    let (id, secret) = (value(ACCESS_KEY_ID)?, value(ACCESS_KEY_SECRET)?);
    let key = match (id, secret) {
        (Some(id), Some(secret)) => Credentials::new(id, secret),
        (None, None) => return Ok(None),
        (Some(_), None) => {
            let message = format!("{ACCESS_KEY_ID} is set but {ACCESS_KEY_SECRET} is not");
            return Err(Failure::usage(message));
        }
        (None, Some(_)) => {
            let message = format!("{ACCESS_KEY_SECRET} is set but {ACCESS_KEY_ID} is not");
            return Err(Failure::usage(message));
        }
    };
    Ok(Some(match value(SECURITY_TOKEN)? {
        Some(token) => key.security_token(token),
        None => key,
    }))
}
