//! The error codes of the service.

use std::fmt;

use fc_headers::Quoted;

/// An error code of the service, with constants for the codes that clients handle.
///
/// The set is open: every text is a valid code. Codes are compared byte for byte. Source: manual of
/// FC 2.0, "Error codes"; official SDKs; users' reports for the codes of the gateway.
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
    /// 400: a parameter is invalid, such as the log type `Tail` in an asynchronous invocation.
    INVALID_ARGUMENT = "InvalidArgument";
    /// 400: a required header is missing, such as `Date`.
    MISSING_REQUIRED_HEADER = "MissingRequiredHeader";
    /// 400: no operation has this method and path.
    PATH_NOT_SUPPORTED = "PathNotSupported";
    /// 400: the payload exceeds 32 MB, or 128 KB when asynchronous.
    ENTITY_TOO_LARGE = "EntityTooLarge";
    /// 403: the permission is missing, or the key belongs to another account.
    ACCESS_DENIED = "AccessDenied";
    /// 403: the signature is wrong.
    SIGNATURE_NOT_MATCH = "SignatureNotMatch";
    /// 400, from the gateway: the signature is wrong.
    SIGNATURE_DOES_NOT_MATCH = "SignatureDoesNotMatch";
    /// 403: the access key id does not exist.
    INVALID_ACCESS_KEY_ID = "InvalidAccessKeyID";
    /// 404, from the gateway: the access key id does not exist.
    INVALID_ACCESS_KEY_ID_NOT_FOUND = "InvalidAccessKeyId.NotFound";
    /// 400, from the gateway: the time of the request differs too much from the service's clock.
    INVALID_TIME_STAMP_EXPIRED = "InvalidTimeStamp.Expired";
    /// 400, from the gateway: the nonce was used before.
    SIGNATURE_NONCE_USED = "SignatureNonceUsed";
    /// 400, from the gateway: the temporary credentials have expired.
    INVALID_SECURITY_TOKEN_EXPIRED = "InvalidSecurityToken.Expired";
    /// 404: the service does not exist.
    SERVICE_NOT_FOUND = "ServiceNotFound";
    /// 404: the function does not exist in the service.
    FUNCTION_NOT_FOUND = "FunctionNotFound";
    /// 404: the alias does not exist in the service.
    ALIAS_NOT_FOUND = "AliasNotFound";
    /// 404: the version does not exist in the service.
    VERSION_NOT_FOUND = "VersionNotFound";
    /// 409: the task id is already in use by an accepted invocation.
    STATEFUL_ASYNC_INVOCATION_ALREADY_EXISTS = "StatefulAsyncInvocationAlreadyExists";
    /// 404: no invocation has that task id.
    STATEFUL_ASYNC_INVOCATION_NOT_FOUND = "StatefulAsyncInvocationNotFound";
    /// 429: the limit of concurrent invocations or instances is reached.
    RESOURCE_EXHAUSTED = "ResourceExhausted";
    /// 503: the service has no free capacity.
    RESOURCE_THROTTLED = "ResourceThrottled";
    /// From the gateway: too many requests.
    THROTTLING = "Throttling";
    /// 400, from the gateway: too many requests from this user.
    THROTTLING_USER = "Throttling.User";
    /// Too many requests per second. The code contains spaces in users' reports.
    QPS_LIMIT_EXCEEDED = "QPS Limit Exceeded";
    /// 503: the service is temporarily unavailable.
    SERVICE_UNAVAILABLE = "ServiceUnavailable";
    /// 500: an internal error of the platform.
    INTERNAL_SERVER_ERROR = "InternalServerError";
    /// An instance of the function could not start.
    FUNCTION_NOT_STARTED = "FunctionNotStarted";
}

impl<'a> ServiceErrorCode<'a> {
    /// Creates a code from its text.
    pub const fn new(code: &'a str) -> Self {
        Self(code)
    }

    /// The code as received.
    pub const fn as_str(&self) -> &'a str {
        self.0
    }

    /// Whether the code is one of the throttling codes.
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

/// Writes the code, escaped and cut to 64 characters.
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
    fn an_unknown_code_is_kept_and_displayed_escaped() {
        let code = ServiceErrorCode::new("a\0b\u{1b}[2J");
        assert_eq!(code.as_str(), "a\0b\u{1b}[2J");
        assert_eq!(code.to_string(), r"a\u{0}b\u{1b}[2J");
        assert!(!code.is_throttling());
    }

    #[test]
    fn codes_are_compared_with_case() {
        assert_ne!(
            ServiceErrorCode::new("resourceexhausted"),
            ServiceErrorCode::RESOURCE_EXHAUSTED
        );
    }
}
