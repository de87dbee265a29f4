//! An access key with an optional security token.

use std::fmt;
use std::sync::Arc;

use hmac::Hmac;
use http::HeaderValue;
use sha2::Sha256;

use crate::{AccessKeyId, AccessKeySecret, SecurityToken, hmac_key};

/// An access key, with a security token if it is temporary.
///
/// Clones share one allocation, which is zeroized when the last of them is dropped. The secret and
/// the token have no getter, no comparison and no `Display`. Only the HMAC state after the key is
/// kept of the secret, so creating a signer does not hash the key again.
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
    /// The HMAC state after the key; the text of the secret is zeroized.
    key: Hmac<Sha256>,
    #[cfg(feature = "acs")]
    sha1_key: Hmac<sha1::Sha1>,
    token: Option<SecurityToken>,
}

impl Credentials {
    /// Creates credentials from a long-lived access key.
    pub fn new(id: AccessKeyId, secret: AccessKeySecret) -> Self {
        Self::from_parts(id, secret, None)
    }

    /// Creates temporary credentials, as issued by the Security Token Service. Every request contains
    /// and signs `token`.
    pub fn temporary(id: AccessKeyId, secret: AccessKeySecret, token: SecurityToken) -> Self {
        Self::from_parts(id, secret, Some(token))
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "dropping the secret here zeroizes its text"
    )]
    fn from_parts(id: AccessKeyId, secret: AccessKeySecret, token: Option<SecurityToken>) -> Self {
        let key = hmac_key::new(&secret);
        Self(Arc::new(Parts {
            id,
            key,
            #[cfg(feature = "acs")]
            sha1_key: hmac_key::new_sha1(&secret),
            token,
        }))
    }

    /// The id of the access key.
    pub fn access_key_id(&self) -> &AccessKeyId {
        &self.0.id
    }

    /// Whether the credentials have a security token.
    pub fn is_temporary(&self) -> bool {
        self.0.token.is_some()
    }

    /// Whether `other` is a clone of these credentials. Equal texts that were parsed twice are not clones.
    pub fn is_clone_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The HMAC state after the key; clone it for each signature.
    pub(crate) fn key(&self) -> &Hmac<Sha256> {
        &self.0.key
    }

    /// The same for the scheme `acs`.
    #[cfg(feature = "acs")]
    pub(crate) fn sha1_key(&self) -> &Hmac<sha1::Sha1> {
        &self.0.sha1_key
    }

    /// The token as a header value: marked sensitive, and shares the token's zeroized allocation.
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
