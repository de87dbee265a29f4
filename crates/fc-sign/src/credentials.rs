//! An access key, with a token where it is temporary.

use std::fmt;
use std::sync::Arc;

use crate::{AccessKeyId, AccessKeySecret, SecurityToken};

/// An access key, and the token that goes with it when it is a temporary one.
///
/// Clones share one allocation, which is wiped with the last of them. There is no way to read the
/// secret or the token, to compare or to print them.
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
    secret: AccessKeySecret,
    token: Option<SecurityToken>,
}

impl Credentials {
    /// A long-lived access key.
    pub fn new(id: AccessKeyId, secret: AccessKeySecret) -> Self {
        Self(Arc::new(Parts {
            id,
            secret,
            token: None,
        }))
    }

    /// An access key issued by the Security Token Service; every request carries and signs `token`.
    pub fn temporary(id: AccessKeyId, secret: AccessKeySecret, token: SecurityToken) -> Self {
        Self(Arc::new(Parts {
            id,
            secret,
            token: Some(token),
        }))
    }

    /// The public name of the key.
    pub fn access_key_id(&self) -> &AccessKeyId {
        &self.0.id
    }

    /// Whether a token goes with the key.
    pub fn is_temporary(&self) -> bool {
        self.0.token.is_some()
    }

    pub(crate) fn secret(&self) -> &AccessKeySecret {
        &self.0.secret
    }

    pub(crate) fn token(&self) -> Option<&SecurityToken> {
        self.0.token.as_ref()
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
