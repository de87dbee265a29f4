//! What is wrong with a request besides its signature.

/// The name of the problem of a query key without an equals sign.
pub(super) const KEY_WITHOUT_EQUALS_SIGN: &str = "key-without-equals-sign";

/// Every problem: its name, what is wrong, and what to do.
pub const PROBLEMS: [(&str, &str, &str); 31] = [
    (
        "action-of-another-operation",
        "x-acs-action names another operation than the path",
        "send `x-acs-action: InvokeFunction` for an invocation",
    ),
    (
        "clock-differs",
        "the date is more than 15 minutes away from the time of the server",
        "set the clock, and write the date in UTC",
    ),
    (
        "date-in-another-form",
        "the date has a form that no source shows",
        "write `Wed, 11 May 2022 09:00:00 GMT` in Date, and `2022-05-11T09:00:00Z` in x-acs-date",
    ),
    (
        "date-is-empty",
        "the date is empty",
        "send the current time in UTC",
    ),
    (
        "date-is-missing",
        "ACS3 without x-acs-date",
        "send x-acs-date, and sign it",
    ),
    (
        "date-is-unreadable",
        "the date is in a form that the service cannot read, for example seconds since 1970",
        "write `Wed, 11 May 2022 09:00:00 GMT` in Date, and `2022-05-11T09:00:00Z` in x-acs-date",
    ),
    (
        "date-with-another-weekday",
        "the weekday does not belong to the date",
        "let a library for HTTP dates write the date",
    ),
    (
        "expiry-in-milliseconds",
        "x-fc-expires is in milliseconds",
        "write Unix seconds",
    ),
    (
        "expiry-is-missing",
        "a signed URL without x-fc-expires",
        "add x-fc-expires in Unix seconds before signing",
    ),
    (
        "expiry-is-unreadable",
        "x-fc-expires is not a number",
        "write Unix seconds",
    ),
    (
        "header-of-another-revision",
        "a header of a task that belongs to another revision",
        "use the header of the revision in the path",
    ),
    (
        "headers-in-one-value",
        "the value of a header contains another header",
        "send each header by itself",
    ),
    (
        "host-is-a-placeholder",
        "the host begins with the placeholder `account-id`",
        "write the number of the account",
    ),
    (
        "host-of-another-revision",
        "the host is that of 3.0, and the path is of an older revision",
        "use the host of the revision: `ACCOUNT.REGION.fc.aliyuncs.com` for 2.0",
    ),
    (
        "invalid-header-value",
        "a header has a value that it cannot have",
        "use one of the values that the output names",
    ),
    (
        "key-without-equals-sign",
        "a key of a signed query has no equals sign",
        "send `key=`",
    ),
    (
        "log-tail-of-an-asynchronous-invocation",
        "X-Fc-Log-Type is Tail for an asynchronous invocation",
        "leave X-Fc-Log-Type out, or invoke synchronously",
    ),
    (
        "method-is-not-post",
        "an invocation that is not a POST",
        "send POST; check whether a redirect changed the method",
    ),
    (
        "path-is-not-an-invocation",
        "the path does not end with `/invocations`",
        "end the path with `/invocations`",
    ),
    (
        "path-of-another-revision",
        "the path has the form of another revision",
        "write the path as the output shows it",
    ),
    (
        "path-with-empty-segment",
        "two slashes in a row in the path",
        "check for an empty name, and for a base URL that ends with a slash",
    ),
    (
        "path-without-revision",
        "the host is one of the API, and the path has no revision",
        "begin the path with the revision, such as `/2023-03-30/`",
    ),
    (
        "response-contradicts-the-signature",
        "the signature is valid with the given key, and the service refuses it",
        "compare the key with the one of the account; capture the request where it arrives",
    ),
    (
        "scheme-of-another-revision",
        "a path of 3.0 signed by the FC scheme",
        "sign with ACS3-HMAC-SHA256, or call 2021-04-06",
    ),
    (
        "security-token-in-the-header-of-the-other-scheme",
        "the security token is in the header of the other scheme",
        "send it in x-fc-security-token (FC) or x-acs-security-token (ACS3)",
    ),
    (
        "security-token-is-missing",
        "a temporary key (`STS.`) without its security token",
        "send the token that came with the key, and sign it",
    ),
    (
        "signed-twice",
        "an Authorization header and a signature in the URL",
        "send one of them",
    ),
    (
        "signed-url-has-expired",
        "the signed URL has expired",
        "sign a new URL",
    ),
    (
        "two-authorizations",
        "more than one Authorization header",
        "send one",
    ),
    (
        "unknown-revision",
        "the path begins with a revision that does not exist",
        "use 2016-08-15, 2021-04-06 or 2023-03-30",
    ),
    (
        "version-of-another-revision",
        "x-acs-version differs from the revision in the path",
        "send the revision of the path",
    ),
];

/// Something that is wrong with a request, or with its response, whether or not the signature is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// Its name: lower-case words with hyphens.
    pub name: &'static str,
    /// What is wrong and what to do, in a sentence without its full stop.
    pub text: String,
}

impl Problem {
    pub(super) fn new(name: &'static str, text: impl Into<String>) -> Self {
        debug_assert!(
            PROBLEMS.iter().any(|(known, ..)| *known == name),
            "{name} is not in the table of problems"
        );
        Self {
            name,
            text: text.into(),
        }
    }
}
