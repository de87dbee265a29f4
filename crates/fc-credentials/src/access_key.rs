//! Access keys from environment variables, and credentials from strings.

use std::ffi::OsString;

use fc_sign::{AccessKeySecret, Credentials, CredentialsError, SecurityToken};

use crate::{CredentialsSource, CredentialsSourceError, CredentialsSourceErrorKind, Environment};

const ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
const SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
const TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";

/// The value of a variable; `None` if it is not set or empty.
pub(crate) fn variable(
    environment: &impl Environment,
    source: CredentialsSource,
    name: &'static str,
) -> Result<Option<String>, CredentialsSourceError> {
    environment
        .variable(name)
        .filter(|value| !value.is_empty())
        .map(OsString::into_string)
        .transpose()
        .map_err(|_| CredentialsSourceError::new(source, CredentialsSourceErrorKind::NotText(name)))
}

/// The access key in the environment; `None` if neither its id nor its secret is set.
pub(crate) fn from_environment(
    environment: &impl Environment,
) -> Result<Option<Credentials>, CredentialsSourceError> {
    let source = CredentialsSource::Environment;
    let read = |name| variable(environment, source, name);
    let half_set = |set, missing| {
        let kind = CredentialsSourceErrorKind::HalfSet { set, missing };
        CredentialsSourceError::new(source, kind)
    };
    match (read(ID)?, read(SECRET)?) {
        (None, None) => Ok(None),
        (None, Some(secret)) => {
            // Zeroizes the secret.
            drop(AccessKeySecret::try_from(secret));
            Err(half_set(SECRET, ID))
        }
        (Some(_), None) => Err(half_set(ID, SECRET)),
        (Some(id), Some(secret)) => from_strings(source, &id, secret, read(TOKEN)?).map(Some),
    }
}

/// The prefix of the id of a temporary key, which is never valid without its token.
const TEMPORARY: &str = "STS.";

/// Creates credentials. Takes ownership of secret and token, and zeroizes them even on an error.
///
/// Refuses a temporary key without its token: the service would answer that the key id does not exist.
pub(crate) fn from_strings(
    source: CredentialsSource,
    id: &str,
    secret: String,
    token: Option<String>,
) -> Result<Credentials, CredentialsSourceError> {
    let secret = AccessKeySecret::try_from(secret);
    let token = token
        .filter(|token| !token.is_empty())
        .map(SecurityToken::try_from);
    if token.is_none() && id.starts_with(TEMPORARY) {
        let kind = CredentialsSourceErrorKind::NoToken;
        return Err(CredentialsSourceError::new(source, kind));
    }
    let credentials = || {
        let id = id.parse()?;
        let secret = secret?;
        Ok(match token {
            None => Credentials::new(id, secret),
            Some(token) => Credentials::temporary(id, secret, token?),
        })
    };
    credentials().map_err(|error| invalid(source, error))
}

/// The error of a source whose access key or token is invalid.
fn invalid(source: CredentialsSource, error: CredentialsError) -> CredentialsSourceError {
    CredentialsSourceError::new(source, CredentialsSourceErrorKind::Invalid).because(error)
}
