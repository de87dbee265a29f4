//! The parts of a command that an implementation may lack, by their names in `lacks`.

/// The status of a response reaches the caller.
pub const OUTCOME_STATUS: &str = "outcome.status";
/// The status of a 2xx response reaches the caller.
pub const OUTCOME_SUCCESS_STATUS: &str = "outcome.success-status";
/// The request id reaches the caller.
pub const OUTCOME_REQUEST_ID: &str = "outcome.request-id";
/// The request id of an error reaches the caller, if only the header has it.
pub const OUTCOME_ERROR_REQUEST_ID: &str = "outcome.error-request-id";
/// The error code reaches the caller as the service sent it.
pub const OUTCOME_CODE: &str = "outcome.code";
/// The error message reaches the caller as the service sent it.
pub const OUTCOME_MESSAGE: &str = "outcome.message";
/// The type of a function error reaches the caller.
pub const OUTCOME_ERROR_TYPE: &str = "outcome.error-type";
/// The payload of a function error reaches the caller.
pub const OUTCOME_FAILURE_PAYLOAD: &str = "outcome.failure-payload";
/// The task id of an acceptance reaches the caller.
pub const OUTCOME_TASK_ID: &str = "outcome.task-id";
/// The figures of a function error reach the caller: duration, memory, checksum, instance id, version, log tail.
pub const OUTCOME_FAILURE_FIGURES: &str = "outcome.failure-figures";
/// A function error whose status is not 2xx is distinguished from a service error.
pub const FUNCTION_ERROR_STATUS: &str = "function-error.error-status";
/// The log tail is decoded; without it the caller receives base64.
pub const OUTCOME_LOG_DECODING: &str = "outcome.log-decoding";
/// Error bodies with `ErrorCode` and `ErrorMessage` are read.
pub const PARSE_ERROR_CODE_BODIES: &str = "parse.error-code-bodies";
/// Error bodies with `Code`, `Message` and `RequestId` are read.
pub const PARSE_CODE_BODIES: &str = "parse.code-bodies";
/// Error bodies with `errorCode` and `errorMessage`, or `code` and `message`, are read.
pub const PARSE_LOWER_CAMEL_BODIES: &str = "parse.lower-camel-bodies";
/// An error whose body is not the service's (empty, text, HTML, other JSON) is reported with its status.
pub const PARSE_FOREIGN_BODIES: &str = "parse.foreign-bodies";
/// The caller can add headers to an invocation.
pub const BUILD_HEADERS: &str = "build.headers";
/// The caller can add two headers of one name.
pub const BUILD_REPEATED_HEADERS: &str = "build.repeated-headers";
/// A public function signs a given request. Without it, the signatures of `build`, `invoke`, `trigger` and `task` are
/// verified only.
pub const SIGN_REQUESTS: &str = "sign.requests";
/// The signing function adds the headers that the scheme needs: date, nonce, digest, token.
pub const SIGN_ADDED_HEADERS: &str = "sign.added-headers";
/// The signing function accepts URLs with percent escapes.
pub const SIGN_ENCODED_URLS: &str = "sign.encoded-urls";
/// The signing function accepts a query with repeated keys.
pub const SIGN_REPEATED_KEYS: &str = "sign.repeated-keys";
/// Invalid names, qualifiers and ids are refused.
pub const INPUT_CHECK_NAMES: &str = "input-check.names";
/// Invocation types and log types that do not exist are refused.
pub const INPUT_CHECK_OPTIONS: &str = "input-check.options";
/// Headers of the caller that collide with those of the implementation are refused.
pub const INPUT_CHECK_HEADERS: &str = "input-check.headers";
/// Control bytes in values are refused.
pub const INPUT_CHECK_CONTROL: &str = "input-check.control";
/// Invalid access key ids, secrets and tokens are refused.
pub const INPUT_CHECK_CREDENTIALS: &str = "input-check.credentials";
/// URLs and expiry times that cannot be signed without ambiguity are refused.
pub const INPUT_CHECK_URLS: &str = "input-check.urls";

/// Every name of protocol 1.
pub const ALL: [&str; 28] = [
    OUTCOME_STATUS,
    OUTCOME_SUCCESS_STATUS,
    OUTCOME_REQUEST_ID,
    OUTCOME_ERROR_REQUEST_ID,
    OUTCOME_CODE,
    OUTCOME_MESSAGE,
    OUTCOME_ERROR_TYPE,
    OUTCOME_FAILURE_PAYLOAD,
    OUTCOME_FAILURE_FIGURES,
    FUNCTION_ERROR_STATUS,
    OUTCOME_TASK_ID,
    OUTCOME_LOG_DECODING,
    PARSE_ERROR_CODE_BODIES,
    PARSE_CODE_BODIES,
    PARSE_LOWER_CAMEL_BODIES,
    PARSE_FOREIGN_BODIES,
    BUILD_HEADERS,
    BUILD_REPEATED_HEADERS,
    SIGN_REQUESTS,
    SIGN_ADDED_HEADERS,
    SIGN_ENCODED_URLS,
    SIGN_REPEATED_KEYS,
    INPUT_CHECK_NAMES,
    INPUT_CHECK_OPTIONS,
    INPUT_CHECK_HEADERS,
    INPUT_CHECK_CONTROL,
    INPUT_CHECK_CREDENTIALS,
    INPUT_CHECK_URLS,
];
