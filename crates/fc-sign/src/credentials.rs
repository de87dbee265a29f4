//! An access key, with a token where it is temporary.

use std::fmt;
use std::sync::Arc;

use hmac::Hmac;
use http::HeaderValue;
use sha2::Sha256;

use crate::{AccessKeyId, AccessKeySecret, SecurityToken, key};

/// An access key, and the token that goes with it when it is a temporary one.
///
/// Clones share one allocation, which is wiped with the last of them. There is no way to read the
/// secret or the token, to compare or to print them. The secret is kept as the state of a hash that both
/// schemes begin with, so that a signer is made without hashing it again.
///
/// ```
/// use fc_sign::Credentials;
///
/// let credentials = Credentials::temporary(
///     "FCTESTACCESSKEYID01".parse()?,
///     "fcTestAccessKeySecret0123456789".parse()?,
///     "CAISdummySTS+token/with==chars".parse()?,
/// );
/// assert_eq!(
///     format!("{credentials:?}"),
///     r#"Credentials { access_key_id: "FCTESTACCESSKEYID01", secret: redacted, token: redacted }"#,
/// );
/// # Ok::<(), fc_sign::CredentialsError>(())
/// ```
#[derive(Clone)]
pub struct Credentials(Arc<Parts>);

struct Parts {
    id: AccessKeyId,
    /// What the secret makes of a hash; the text itself is wiped when this is made.
    key: Hmac<Sha256>,
    token: Option<SecurityToken>,
}

impl Credentials {
    /// A long-lived access key.
    pub fn new(id: AccessKeyId, secret: AccessKeySecret) -> Self {
        Self::of(id, secret, None)
    }

    /// An access key issued by the Security Token Service; every request carries and signs `token`.
    pub fn temporary(id: AccessKeyId, secret: AccessKeySecret, token: SecurityToken) -> Self {
        Self::of(id, secret, Some(token))
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "the text of the secret is wiped here"
    )]
    fn of(id: AccessKeyId, secret: AccessKeySecret, token: Option<SecurityToken>) -> Self {
        let key = key::schedule(&secret);
        Self(Arc::new(Parts { id, key, token }))
    }

    /// The public name of the key.
    pub fn access_key_id(&self) -> &AccessKeyId {
        &self.0.id
    }

    /// Whether a token goes with the key.
    pub fn is_temporary(&self) -> bool {
        self.0.token.is_some()
    }

    /// The HMAC with the secret in it, to be cloned for each text.
    pub(crate) fn key(&self) -> &Hmac<Sha256> {
        &self.0.key
    }

    /// The value of a token header: marked sensitive, and a view of the one wiped allocation.
    pub(crate) fn token(&self) -> Option<&HeaderValue> {
        self.0.token.as_ref().map(SecurityToken::header_value)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let token = if self.is_temporary() {
            "redacted"
        } else {
            "none"
        };
        f.debug_struct("Credentials")
            .field("access_key_id", &self.0.id.as_str())
            .field("secret", &format_args!("redacted"))
            .field("token", &format_args!("{token}"))
            .finish()
    }
}
