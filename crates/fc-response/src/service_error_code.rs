//! The error codes of the service.

use std::fmt;

use fc_headers::Quoted;

use crate::FunctionRan;

/// An error code of the service, with constants for the codes that clients handle.
///
/// The set is open: every text is a valid code. Codes are compared byte for byte. Source: manual of
/// FC 2.0, "Error codes"; official SDKs; users' reports for the codes of the gateway. No complete table of 3.0 is
/// published: its codes are those of 2.0 where a page or a third party names them.
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
    ($($(#[$doc:meta])* $name:ident = $text:literal, $ran:ident;)*) => {
        impl ServiceErrorCode<'static> {
            $($(#[$doc])* pub const $name: Self = Self($text);)*
        }

        impl ServiceErrorCode<'_> {
            /// Whether the function ran before the service answered with this code; `None` for an unknown code.
            ///
            /// This is about the code alone. [`ServiceError::may_have_run`](crate::ServiceError::may_have_run) decides
            /// from the status, which a proxy in between cannot contradict, and counts earlier attempts. For revision
            /// 2023-03-30 the answers are inferred from the tables of 2.0, except for `InvalidArgument`,
            /// `MissingRequiredHeader`, `SignatureNotMatch`, `FunctionNotFound`, `CAFilePermission` and `BadResponse`,
            /// which pages of 3.0 name. Source of each: `fixtures/error-codes-fc3.json` in the repository.
            ///
            /// ```
            /// use fc_response::{FunctionRan, ServiceErrorCode};
            ///
            /// assert_eq!(ServiceErrorCode::BAD_RESPONSE.function_ran(), Some(FunctionRan::Yes));
            /// assert_eq!(ServiceErrorCode::new("CAExited").function_ran(), Some(FunctionRan::Maybe));
            /// assert_eq!(ServiceErrorCode::new("NewCode").function_ran(), None);
            /// ```
            pub fn function_ran(&self) -> Option<FunctionRan> {
                match self.0 {
                    $($text => Some(FunctionRan::$ran),)*
                    _ if self.is_throttling() => Some(FunctionRan::No),
                    _ => None,
                }
            }
        }
    };
}

codes! {
    /// 400: a parameter is invalid, such as the log type `Tail` in an asynchronous invocation.
    INVALID_ARGUMENT = "InvalidArgument", No;
    /// 400: a required header is missing, such as `Date`.
    MISSING_REQUIRED_HEADER = "MissingRequiredHeader", No;
    /// 400: no operation has this method and path.
    PATH_NOT_SUPPORTED = "PathNotSupported", No;
    /// 400: the payload exceeds 32 MB, or 128 KB when asynchronous.
    ENTITY_TOO_LARGE = "EntityTooLarge", No;
    /// 403: the permission is missing, or the key belongs to another account.
    ACCESS_DENIED = "AccessDenied", No;
    /// 403: the signature is wrong.
    SIGNATURE_NOT_MATCH = "SignatureNotMatch", No;
    /// 400, from the gateway: the signature is wrong.
    SIGNATURE_DOES_NOT_MATCH = "SignatureDoesNotMatch", No;
    /// 403: the access key id does not exist.
    INVALID_ACCESS_KEY_ID = "InvalidAccessKeyID", No;
    /// 404, from the gateway: the access key id does not exist.
    INVALID_ACCESS_KEY_ID_NOT_FOUND = "InvalidAccessKeyId.NotFound", No;
    /// 400, from the gateway: the time of the request differs too much from the service's clock.
    INVALID_TIME_STAMP_EXPIRED = "InvalidTimeStamp.Expired", No;
    /// 400, from the gateway: the nonce was used before.
    SIGNATURE_NONCE_USED = "SignatureNonceUsed", No;
    /// 400, from the gateway: the temporary credentials have expired.
    INVALID_SECURITY_TOKEN_EXPIRED = "InvalidSecurityToken.Expired", No;
    /// 404: the service does not exist.
    SERVICE_NOT_FOUND = "ServiceNotFound", No;
    /// 404: the function does not exist, in 2.0: in the service.
    FUNCTION_NOT_FOUND = "FunctionNotFound", No;
    /// 404: the alias of the service (2.0) or of the function (3.0, inferred) does not exist.
    ALIAS_NOT_FOUND = "AliasNotFound", No;
    /// 404: the version of the service (2.0) or of the function (3.0, inferred) does not exist.
    VERSION_NOT_FOUND = "VersionNotFound", No;
    /// 409: the task id is already in use by an accepted invocation, which runs or ran. Its name in 3.0 is unknown.
    STATEFUL_ASYNC_INVOCATION_ALREADY_EXISTS = "StatefulAsyncInvocationAlreadyExists", Maybe;
    /// 404: no invocation has that task id.
    STATEFUL_ASYNC_INVOCATION_NOT_FOUND = "StatefulAsyncInvocationNotFound", No;
    /// 429: the limit of concurrent invocations or instances is reached. In 3.0 probably also the answer to a request of
    /// a session whose instance already runs 200 (inferred).
    RESOURCE_EXHAUSTED = "ResourceExhausted", No;
    /// 503: the service has no free capacity.
    RESOURCE_THROTTLED = "ResourceThrottled", No;
    /// From the gateway: too many requests.
    THROTTLING = "Throttling", No;
    /// 400, from the gateway: too many requests from this user.
    THROTTLING_USER = "Throttling.User", No;
    /// Too many requests per second. The code contains spaces in users' reports.
    QPS_LIMIT_EXCEEDED = "QPS Limit Exceeded", No;
    /// 503: the service is temporarily unavailable.
    SERVICE_UNAVAILABLE = "ServiceUnavailable", Maybe;
    /// 500: an internal error of the platform.
    INTERNAL_SERVER_ERROR = "InternalServerError", Maybe;
    /// An instance of the function could not start.
    FUNCTION_NOT_STARTED = "FunctionNotStarted", Maybe;
    /// 404: the custom domain does not exist.
    DOMAIN_NAME_NOT_FOUND = "DomainNameNotFound", No;
    /// 404, in 3.0: no task has that id, the function has no task mode, or the task is not registered yet, which takes
    /// some seconds after the 202. Source: notes of a third party.
    ASYNC_TASK_NOT_FOUND = "AsyncTaskNotFound", Maybe;
    /// 404: the function has no configuration of asynchronous invocations.
    ASYNC_CONFIG_NOT_EXISTS = "AsyncConfigNotExists", No;
    /// 412: the task was stopped. Part of it may have run.
    ASYNC_INVOCATION_STOPPED = "AsyncInvocationStopped", Maybe;
    /// 412: the process of a custom runtime or image could not be started or exited.
    CA_EXITED = "CAExited", Maybe;
    /// 412: the start file of a custom runtime does not exist.
    CA_FILE_NOT_FOUND = "CAFileNotFound", No;
    /// 412: the start file of a custom runtime may not be executed.
    CA_FILE_PERMISSION = "CAFilePermission", No;
    /// 499: the caller closed the connection; known from logs.
    CLIENT_CLOSED_REQUEST = "ClientClosedRequest", Maybe;
    /// 500: the destination of an asynchronous invocation could not be reached. The function ran.
    DESTINATION_DELIVERY_FAILED = "DestinationDeliveryFailed", Yes;
    /// 502: the function's response is not valid, or on an HTTP trigger its headers have more than 8 KB. The function ran.
    BAD_RESPONSE = "BadResponse", Yes;
    /// 409, of the management API: the resource was changed at the same time.
    CONCURRENT_UPDATE_ERROR = "ConcurrentUpdateError", No;
    /// 409, of the management API.
    ALIAS_ALREADY_EXISTS = "AliasAlreadyExists", No;
    /// 409, of the management API; the status is assumed.
    FUNCTION_ALREADY_EXISTS = "FunctionAlreadyExists", No;
    /// 409, of the management API; the status is assumed.
    TRIGGER_ALREADY_EXISTS = "TriggerAlreadyExists", No;
    /// 404, of the management API; the status is assumed.
    TRIGGER_NOT_FOUND = "TriggerNotFound", No;
    /// Of the management API; the status is unknown.
    PROVISION_CONFIG_EXIST = "ProvisionConfigExist", No;
    /// 400, of the management API; the status is assumed.
    RESOURCE_POOL_INSUFFICIENT_CAPACITY = "ResourcePoolInsufficientCapacity", No;
    /// 400, of the management API.
    DOMAIN_NAME_NOT_RESOLVED = "DomainNameNotResolved", No;
    /// 400, of the management API.
    DOMAIN_NAME_RESOLVE_ERROR = "DomainNameResolveError", No;
    /// 409, of the management API.
    DOMAIN_NAME_ALREADY_EXISTS = "DomainNameAlreadyExists", No;
    /// 400, of the management API.
    ADDITIONAL_VERSION_CONTAINS_MAJOR_VERSION = "AdditionalVersionContainsMajorVersion", No;
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

    /// Whether the code is one of the throttling codes; every code that begins with `Throttling.` is one.
    pub fn is_throttling(&self) -> bool {
        let is_of_gateway = self.0.starts_with("Throttling.");
        is_of_gateway
            || [
                ServiceErrorCode::RESOURCE_EXHAUSTED,
                ServiceErrorCode::RESOURCE_THROTTLED,
                ServiceErrorCode::THROTTLING,
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
    fn every_code_below_throttling_is_a_throttling_code_and_runs_no_function() {
        for text in [
            "Throttling",
            "Throttling.User",
            "Throttling.Api",
            "Throttling.Other",
        ] {
            let code = ServiceErrorCode::new(text);
            assert!(code.is_throttling(), "{text}");
            assert_eq!(code.function_ran(), Some(FunctionRan::No), "{text}");
        }
        for text in ["throttling.user", "ThrottlingUser", "NotThrottling.User"] {
            assert!(!ServiceErrorCode::new(text).is_throttling(), "{text}");
        }
    }

    #[test]
    fn codes_are_compared_with_case() {
        assert_ne!(
            ServiceErrorCode::new("resourceexhausted"),
            ServiceErrorCode::RESOURCE_EXHAUSTED
        );
    }
}
