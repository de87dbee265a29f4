//! The dummy keys with which a client signs.

use fcgate_protocol::Credentials;

const ACCESS_KEY_ID: &str = "LTAI5dummyAccessKeyId";
const TEMPORARY_KEY_ID: &str = "STS.dummyAccessKeyId";
const SECRET: &str = "dummySecretForLoopbackOnly";
const TOKEN: &str = "dummy-sts-token/+=:42";
const BEARER_TOKEN: &str = "dummy-bearer-token-for-loopback-only";

/// A long-lived and a temporary access key with the same secret.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    pub(super) lasting: Credentials,
    pub(super) temporary: Credentials,
}

impl Keys {
    pub(super) fn dummy() -> Self {
        Self {
            lasting: Credentials::new(ACCESS_KEY_ID, SECRET),
            temporary: Credentials::new(TEMPORARY_KEY_ID, SECRET).security_token(TOKEN),
        }
    }

    /// The security token of the temporary key.
    pub(super) fn token(&self) -> &str {
        self.temporary.security_token.as_deref().unwrap_or_default()
    }

    /// The bearer token of every HTTP trigger of FC 3.0.
    pub(super) fn bearer_token() -> &'static str {
        BEARER_TOKEN
    }

    /// Returns the key with this id.
    pub(super) fn of(&self, access_key_id: &str) -> Option<&Credentials> {
        [&self.lasting, &self.temporary]
            .into_iter()
            .find(|key| key.access_key_id == access_key_id)
    }
}
