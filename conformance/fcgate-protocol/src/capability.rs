//! The capability names of protocol 1.

/// The `FC` signature scheme on API requests.
pub const SIGN_FC: &str = "sign.fc";
/// The `FC` scheme on HTTP-trigger requests.
pub const SIGN_FC_HTTP_TRIGGER: &str = "sign.fc.http-trigger";
/// The `FC` scheme in pre-signed URLs.
pub const SIGN_FC_PRESIGNED_URL: &str = "sign.fc.presigned-url";
/// The `ACS3-HMAC-SHA256` scheme.
pub const SIGN_ACS3: &str = "sign.acs3";
/// Building a signed request from typed input, without sending it.
pub const BUILD: &str = "build";
/// Parsing a raw response into its outcome.
pub const PARSE: &str = "parse";
/// A real HTTP exchange.
pub const INVOKE: &str = "invoke";
/// Asynchronous invocations.
pub const INVOKE_ASYNC: &str = "invoke.async";
/// Stateful asynchronous invocations (task ids).
pub const INVOKE_STATEFUL: &str = "invoke.stateful";
/// A qualifier (version or alias).
pub const INVOKE_QUALIFIER: &str = "invoke.qualifier";
/// Requesting the log tail.
pub const INVOKE_LOG_TAIL: &str = "invoke.log-tail";
/// A trace id that the caller sets.
pub const INVOKE_TRACE_ID: &str = "invoke.trace-id";
/// The account id header.
pub const INVOKE_ACCOUNT_ID: &str = "invoke.account-id";
/// Temporary credentials with a security token.
pub const CRED_STS: &str = "cred.sts";
/// Retrying by the caller's policy.
pub const RETRY: &str = "retry";
/// The outcome contains the log tail.
pub const OUTCOME_LOG_TAIL: &str = "outcome.log-tail";
/// The outcome contains the duration.
pub const OUTCOME_DURATION: &str = "outcome.duration";
/// The outcome contains the memory.
pub const OUTCOME_MEMORY: &str = "outcome.memory";
/// The outcome contains the code checksum.
pub const OUTCOME_CHECKSUM: &str = "outcome.checksum";
/// The outcome contains the instance id.
pub const OUTCOME_INSTANCE_ID: &str = "outcome.instance-id";
/// The outcome contains the service version.
pub const OUTCOME_SERVICE_VERSION: &str = "outcome.service-version";
/// The outcome distinguishes a function error from a success.
pub const FUNCTION_ERROR: &str = "function-error";
/// Invalid names and ids are rejected before sending.
pub const INPUT_CHECK: &str = "input-check";
/// The implementation reads its own clock and makes its own nonce: it ignores those of the gate.
///
/// It is not in [`ALL`], because no profile requires it.
pub const CLOCK_OWN: &str = "clock.own";

/// Calling an HTTP trigger.
pub const TRIGGER: &str = "trigger";
/// Reading, listing and stopping asynchronous tasks.
pub const TASKS: &str = "tasks";
/// Waiting for the end of an asynchronous task.
pub const TASKS_WAIT: &str = "tasks.wait";
/// Calling an HTTP trigger with a signature by the ACS3 recipe of Function Compute 3.0.
pub const TRIGGER_ACS3: &str = "trigger.acs3";
/// Calling an HTTP trigger with a bearer token.
pub const TRIGGER_BEARER: &str = "trigger.bearer";
/// Calling an HTTP trigger without authentication.
pub const TRIGGER_ANONYMOUS: &str = "trigger.anonymous";
/// Session affinity by header and by cookie.
pub const SESSIONS: &str = "sessions";

/// Every name of protocol 1 that a profile can require.
pub const ALL: [&str; 30] = [
    SIGN_FC,
    SIGN_FC_HTTP_TRIGGER,
    SIGN_FC_PRESIGNED_URL,
    SIGN_ACS3,
    BUILD,
    PARSE,
    INVOKE,
    INVOKE_ASYNC,
    INVOKE_STATEFUL,
    INVOKE_QUALIFIER,
    INVOKE_LOG_TAIL,
    INVOKE_TRACE_ID,
    INVOKE_ACCOUNT_ID,
    CRED_STS,
    RETRY,
    OUTCOME_LOG_TAIL,
    OUTCOME_DURATION,
    OUTCOME_MEMORY,
    OUTCOME_CHECKSUM,
    OUTCOME_INSTANCE_ID,
    OUTCOME_SERVICE_VERSION,
    FUNCTION_ERROR,
    INPUT_CHECK,
    SESSIONS,
    TRIGGER,
    TRIGGER_ACS3,
    TRIGGER_BEARER,
    TRIGGER_ANONYMOUS,
    TASKS,
    TASKS_WAIT,
];
