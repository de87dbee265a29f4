//! The variables of an access key, and strings that become credentials.

use std::ffi::OsString;

use fc_sign::{AccessKeySecret, Credentials, CredentialsError, SecurityToken};

use crate::{Environment, Origin, OriginError, OriginErrorKind};

const ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
const SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
const TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";

/// The value of a variable that is set and not empty.
pub(crate) fn variable(
    environment: &impl Environment,
    origin: Origin,
    name: &'static str,
) -> Result<Option<String>, OriginError> {
    environment
        .variable(name)
        .filter(|value| !value.is_empty())
        .map(OsString::into_string)
        .transpose()
        .map_err(|_| OriginError::new(origin, OriginErrorKind::NotText(name)))
}

/// The key in the environment, or none when neither half of it is set.
pub(crate) fn of_environment(
    environment: &impl Environment,
) -> Result<Option<Credentials>, OriginError> {
    let read = |name| variable(environment, Origin::Environment, name);
    let missing = |name| OriginError::new(Origin::Environment, OriginErrorKind::HalfSet(name));
    match (read(ID)?, read(SECRET)?) {
        (None, None) => Ok(None),
        (None, Some(secret)) => {
            drop(AccessKeySecret::try_from(secret));
            Err(missing(ID))
        }
        (Some(_), None) => Err(missing(SECRET)),
        (Some(id), Some(secret)) => credentials(&id, secret, read(TOKEN)?)
            .map(Some)
            .map_err(|error| invalid(Origin::Environment, error)),
    }
}

/// Takes the strings of the secret and the token over, so that they are wiped also when one of them is refused.
pub(crate) fn credentials(
    id: &str,
    secret: String,
    token: Option<String>,
) -> Result<Credentials, CredentialsError> {
    let secret = AccessKeySecret::try_from(secret);
    let token = token
        .filter(|token| !token.is_empty())
        .map(SecurityToken::try_from);
    let id = id.parse()?;
    let secret = secret?;
    Ok(match token {
        None => Credentials::new(id, secret),
        Some(token) => Credentials::temporary(id, secret, token?),
    })
}

pub(crate) fn invalid(origin: Origin, error: CredentialsError) -> OriginError {
    OriginError::new(origin, OriginErrorKind::Invalid).because(error)
}
