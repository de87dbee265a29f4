//! The service's error codes.

use std::fmt;

use fc_headers::Quoted;

/// An error code of the service: an open set, with constants for what a client branches on.
///
/// Compared byte for byte. A code that is not among the constants is a value all the same. Source:
/// manual of FC 2.0, "Error codes"; official SDKs; the gateway's own codes from users' reports.
///
/// ```
/// use fc_response::ServiceErrorCode;
///
/// let code = ServiceErrorCode::new("ResourceExhausted");
/// assert_eq!(code, ServiceErrorCode::RESOURCE_EXHAUSTED);
/// assert!(code.is_throttling());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ServiceErrorCode<'a>(&'a str);

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        impl ServiceErrorCode<'static> {
            $($(#[$doc])* pub const $name: Self = Self($text);)*
        }
    };
}

codes! {
    /// 400: a parameter is wrong, such as a log type of `Tail` with an asynchronous invocation.
    INVALID_ARGUMENT = "InvalidArgument";
    /// 400: a header that the service needs is missing, such as `Date`.
    MISSING_REQUIRED_HEADER = "MissingRequiredHeader";
    /// 400: no operation has that method and path.
    PATH_NOT_SUPPORTED = "PathNotSupported";
    /// 400: the payload exceeds 32 MB, or 128 KB when asynchronous.
    ENTITY_TOO_LARGE = "EntityTooLarge";
    /// 403: no permission, or the key belongs to another account.
    ACCESS_DENIED = "AccessDenied";
    /// 403: the signature is wrong.
    SIGNATURE_NOT_MATCH = "SignatureNotMatch";
    /// 400, from the gateway: the signature is wrong.
    SIGNATURE_DOES_NOT_MATCH = "SignatureDoesNotMatch";
    /// 403: no such access key id.
    INVALID_ACCESS_KEY_ID = "InvalidAccessKeyID";
    /// 404, from the gateway: no such access key id.
    INVALID_ACCESS_KEY_ID_NOT_FOUND = "InvalidAccessKeyId.NotFound";
    /// 400, from the gateway: the time of the request is too far off.
    INVALID_TIME_STAMP_EXPIRED = "InvalidTimeStamp.Expired";
    /// 400, from the gateway: the nonce was used before.
    SIGNATURE_NONCE_USED = "SignatureNonceUsed";
    /// 400, from the gateway: the temporary credentials are over.
    INVALID_SECURITY_TOKEN_EXPIRED = "InvalidSecurityToken.Expired";
    /// 404: no such service.
    SERVICE_NOT_FOUND = "ServiceNotFound";
    /// 404: no such function in the service.
    FUNCTION_NOT_FOUND = "FunctionNotFound";
    /// 404: no such alias of the service.
    ALIAS_NOT_FOUND = "AliasNotFound";
    /// 404: no such version of the service.
    VERSION_NOT_FOUND = "VersionNotFound";
    /// 409: the task id was used before; the earlier invocation was accepted.
    STATEFUL_ASYNC_INVOCATION_ALREADY_EXISTS = "StatefulAsyncInvocationAlreadyExists";
    /// 404: no invocation has that task id.
    STATEFUL_ASYNC_INVOCATION_NOT_FOUND = "StatefulAsyncInvocationNotFound";
    /// 429: the limit of concurrent invocations or instances is reached.
    RESOURCE_EXHAUSTED = "ResourceExhausted";
    /// 503: the service has no machine free.
    RESOURCE_THROTTLED = "ResourceThrottled";
    /// From the gateway: too many requests.
    THROTTLING = "Throttling";
    /// 400, from the gateway: too many requests of this user.
    THROTTLING_USER = "Throttling.User";
    /// Too many requests in a second; with blanks, as users report it.
    QPS_LIMIT_EXCEEDED = "QPS Limit Exceeded";
    /// 503: the service cannot answer now.
    SERVICE_UNAVAILABLE = "ServiceUnavailable";
    /// 500: a fault of the platform.
    INTERNAL_SERVER_ERROR = "InternalServerError";
    /// An instance of the function could not start.
    FUNCTION_NOT_STARTED = "FunctionNotStarted";
}

impl<'a> ServiceErrorCode<'a> {
    /// Any code.
    pub const fn new(code: &'a str) -> Self {
        Self(code)
    }

    /// The code as it was received.
    pub const fn as_str(&self) -> &'a str {
        self.0
    }

    /// Whether it says that too much was asked for at once.
    pub fn is_throttling(&self) -> bool {
        [
            ServiceErrorCode::RESOURCE_EXHAUSTED,
            ServiceErrorCode::RESOURCE_THROTTLED,
            ServiceErrorCode::THROTTLING,
            ServiceErrorCode::THROTTLING_USER,
            ServiceErrorCode::QPS_LIMIT_EXCEEDED,
        ]
        .contains(self)
    }
}

/// The code, escaped and cut to 64 characters.
impl fmt::Display for ServiceErrorCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Quoted::new(self.0).limit(64).without_quotes().fmt(f)
    }
}

impl fmt::Debug for ServiceErrorCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServiceErrorCode({})", Quoted::new(self.0).limit(64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_code_is_kept_and_shown_escaped() {
        let code = ServiceErrorCode::new("a\0b\u{1b}[2J");
        assert_eq!(code.as_str(), "a\0b\u{1b}[2J");
        assert_eq!(code.to_string(), r"a\u{0}b\u{1b}[2J");
        assert!(!code.is_throttling());
    }

    #[test]
    fn spelling_and_case_are_exact() {
        assert_ne!(
            ServiceErrorCode::new("resourceexhausted"),
            ServiceErrorCode::RESOURCE_EXHAUSTED
        );
    }
}
