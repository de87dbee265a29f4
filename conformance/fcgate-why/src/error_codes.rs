//! What the error codes of the service and its gateway mean, and what to do about them.
//!
//! Sources: manual pages "Error codes" of 2.0 and 3.0, the error codes of the API gateway, and codes that the
//! official SDKs and tools handle.

/// The codes that refuse the signature.
pub(super) const OF_SIGNATURE: [&str; 4] = [
    "SignatureNotMatch",
    "SignatureDoesNotMatch",
    "IncompleteSignature",
    "InvalidSignature",
];

const CONTROL: &str =
    "an error of managing resources, not of an invocation: check which operation the path names";

/// Code, and what it means.
const MEANINGS: [(&str, &str); 72] = [
    (
        "InvalidArgument",
        "a parameter, a header or the authorization is malformed; the message says which. An unreadable date is answered so, too",
    ),
    (
        "MissingRequiredHeader",
        "a header is missing: usually Date (or x-fc-date), or the Authorization",
    ),
    (
        "PathNotSupported",
        "no operation has this method and path: an invocation is a POST, its path ends with `/invocations`, and it begins with the revision",
    ),
    (
        "EntityTooLarge",
        "the payload is too large: 32 MB for a synchronous invocation, 128 KB for an asynchronous one",
    ),
    ("LimitExceededError", "a quota of the account is used up"),
    (
        "AccessDenied",
        "the key is known, and it may not do this: no permission, another account, a function bound to a VPC, or a signature or date that the service does not accept (an expired signed URL is answered so, too)",
    ),
    (
        "SignatureNotMatch",
        "the service computed another signature: another text was signed than arrived, or the secret is not the one of this key id; a date that is more than 15 minutes away is answered so, too",
    ),
    (
        "SignatureDoesNotMatch",
        "the gateway computed another signature: another text was signed than arrived, or the secret is not the one of this key id",
    ),
    (
        "IncompleteSignature",
        "the authorization lacks a part or has another form",
    ),
    ("InvalidSignature", "the signature is malformed"),
    (
        "InvalidAccessKeyID",
        "the service does not know the access key id: it was deleted, it belongs to another site, or it is temporary (it begins with `STS.`) and its security token is missing or over",
    ),
    ("InvalidAccessKeyId", "the access key id is not known"),
    (
        "InvalidAccessKeyId.NotFound",
        "the access key id does not exist: it was deleted, mistyped, or is temporary and its security token is missing",
    ),
    ("InvalidAccessKeyId.Inactive", "the access key is disabled"),
    (
        "MissingAccessKeyId",
        "the request names no access key id: it is not signed, or the authorization was removed on the way",
    ),
    (
        "InvalidSecurityToken.Expired",
        "the security token is over: get new temporary credentials",
    ),
    (
        "SecurityTokenExpired",
        "the security token is over: get new temporary credentials",
    ),
    (
        "InvalidSecurityToken.Malformed",
        "the security token is malformed: it was cut, encoded or has line ends in it",
    ),
    (
        "InvalidSecurityToken.MismatchWithAccessKey",
        "the security token belongs to another key: key id, secret and token must be of one answer",
    ),
    ("InvalidSecurityToken", "the security token is not accepted"),
    (
        "MissingSecurityToken",
        "the key is temporary, and its security token is missing",
    ),
    (
        "InvalidTimeStamp.Expired",
        "the date is more than 15 minutes away from the time of the gateway, or the same signed request was sent again later",
    ),
    (
        "InvalidTimeStamp.Format",
        "the date has another form than `2022-05-11T09:00:00Z`",
    ),
    (
        "RequestTimeTooSkewed",
        "the date is too far away from the time of the server",
    ),
    (
        "SignatureNonceUsed",
        "x-acs-signature-nonce was used before: create a new one, and sign again, for every attempt",
    ),
    (
        "InvalidVersion",
        "x-acs-version is not a revision of this product",
    ),
    (
        "InvalidAction.NotFound",
        "x-acs-action is not an operation of this product and revision",
    ),
    (
        "InvalidApi.NotFound",
        "the product has no such operation: check the host, x-acs-version and x-acs-action",
    ),
    ("UnsupportedHTTPMethod", "the operation has another method"),
    (
        "Forbidden.RAM",
        "the user or role of this key has no permission for the operation",
    ),
    (
        "NoPermission",
        "the user or role of this key has no permission for the operation",
    ),
    ("Throttling", "too many requests: wait, and send again"),
    (
        "Throttling.User",
        "too many requests of this account: wait, and send again",
    ),
    (
        "Throttling.Api",
        "too many requests of this operation: wait, and send again",
    ),
    (
        "QPS Limit Exceeded",
        "too many requests per second: wait, and send again",
    ),
    (
        "ServiceNotFound",
        "the service does not exist in this account and region",
    ),
    (
        "FunctionNotFound",
        "the function does not exist in this service, account and region, or under this qualifier",
    ),
    ("FUNCTION_NOT_FOUND", "the function does not exist"),
    ("AliasNotFound", "the alias in the qualifier does not exist"),
    (
        "VersionNotFound",
        "the version in the qualifier does not exist",
    ),
    (
        "DomainNameNotFound",
        "the custom domain is not configured in this region",
    ),
    ("TriggerNotFound", "the function has no such trigger"),
    (
        "AsyncTaskNotFound",
        "no such task: another id, a function without task mode, or a task that was accepted seconds ago",
    ),
    (
        "StatefulAsyncInvocationNotFound",
        "no such task: another id, or a function without task mode",
    ),
    (
        "StatefulAsyncInvocationAlreadyExists",
        "a task with this id exists: the first request was accepted",
    ),
    ("AsyncInvocationStopped", "the task was stopped"),
    ("AsyncConfigNotExists", CONTROL),
    ("OnDemandConfigNotFound", CONTROL),
    ("ConcurrentUpdateError", CONTROL),
    ("EventBridgeTriggerConflict", CONTROL),
    ("FunctionAlreadyExists", CONTROL),
    ("TriggerAlreadyExists", CONTROL),
    ("AliasAlreadyExists", CONTROL),
    ("ProvisionConfigExist", CONTROL),
    ("ResidentScalingConfigExists", CONTROL),
    ("DomainNameAlreadyExists", CONTROL),
    ("DomainNameNotResolved", CONTROL),
    ("DomainNameResolveError", CONTROL),
    ("AdditionalVersionContainsMajorVersion", CONTROL),
    ("LayerNotFound", CONTROL),
    ("LayerVersionNotFound", CONTROL),
    (
        "ResourcePoolInsufficientCapacity",
        "the pool has no machines left: wait, and send again",
    ),
    (
        "ResourceExhausted",
        "the limit of concurrent instances or requests is reached: wait, and send again",
    ),
    (
        "ResourceThrottled",
        "the service has no machines left: wait, and send again",
    ),
    (
        "FunctionNotStarted",
        "the custom runtime did not start in time: look at its log, its port and its start command",
    ),
    (
        "CAExited",
        "the custom runtime ended before or during the request: look at its log",
    ),
    (
        "CAFileNotFound",
        "the start file of the function is missing",
    ),
    (
        "CAFilePermission",
        "the start file of the function is not executable",
    ),
    (
        "BadResponse",
        "the function ran, and its response is not one that the service passes on, for example because of headers over 8 KB",
    ),
    (
        "ExternalRedirectForbidden",
        "the function answered a redirect, which the default domain does not pass on: use a custom domain",
    ),
    (
        "DestinationDeliveryFailed",
        "the function ran, and its destination could not be reached",
    ),
    (
        "ClientClosedRequest",
        "the client closed the connection before the response",
    ),
];

const OF_SERVER: [(&str, &str); 5] = [
    (
        "InternalServerError",
        "an error of the service: send again, if the invocation may run twice",
    ),
    (
        "InternalServiceError",
        "an error of the service: send again, if the invocation may run twice",
    ),
    (
        "ServiceUnavailable",
        "the service is not available at the moment: wait, and send again",
    ),
    (
        "SDK.ServerUnreachable",
        "an error of the SDK, not of the service: the host could not be reached or the time limit of the SDK was over",
    ),
    (
        "SDK.ResponseNotParsable",
        "an error of the SDK, not of the service: the response was not in the form that it reads",
    ),
];

/// What a code means; `None` if it is not known.
pub(super) fn meaning(code: &str, message: &str) -> Option<&'static str> {
    let lower = message.to_ascii_lowercase();
    if lower.contains("can only be invoked with http trigger") {
        return Some(
            "the function has an HTTP trigger: call the URL of its trigger instead of InvokeFunction",
        );
    }
    if lower.contains("bound by vpc") {
        return Some("the function accepts requests from its VPC only");
    }
    if lower.contains("doesn't belong to you") {
        return Some("the account id in the host is not the owner of the key");
    }
    if lower.contains("is not enabled") {
        return Some("Function Compute is not activated for the account of this key");
    }
    if lower.contains("is not authorized to perform") {
        return Some(
            "the user or role of this key has no permission for the operation: attach a policy that allows it",
        );
    }
    if lower.contains("the difference between the request time")
        || lower.contains("is too large") && lower.contains("time")
    {
        return Some(
            "the date is more than 15 minutes away from the time of the service: set the clock, and write the date in UTC",
        );
    }
    if lower.contains("invalid date") || lower.contains("date") && code == "InvalidArgument" {
        return Some(
            "the service cannot read the date: write `Wed, 11 May 2022 09:00:00 GMT` in Date, or `2022-05-11T09:00:00Z` in x-acs-date",
        );
    }
    let mut all = MEANINGS.iter().chain(&OF_SERVER);
    let (_, meaning) = all.find(|(known, _)| known.eq_ignore_ascii_case(code))?;
    Some(meaning)
}

#[cfg(test)]
mod tests {
    use super::{MEANINGS, OF_SERVER, meaning};
    use std::collections::BTreeSet;

    #[test]
    fn every_code_has_one_meaning() {
        let codes: BTreeSet<&str> = MEANINGS
            .iter()
            .chain(&OF_SERVER)
            .map(|(code, _)| *code)
            .collect();
        assert_eq!(codes.len(), MEANINGS.len() + OF_SERVER.len());
        assert!(meaning("functionnotfound", "").is_some());
        assert!(meaning("Nothing", "").is_none());
    }

    #[test]
    fn a_message_says_more_than_its_code() {
        let message =
            "Function with http trigger(name: t) can only be invoked with http trigger URL.";
        assert!(
            meaning("InvalidArgument", message)
                .unwrap()
                .contains("URL of its trigger")
        );
    }
}
