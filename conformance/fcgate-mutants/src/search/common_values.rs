//! Usual values of headers, and short words.

use fcgate_protocol::HeaderList;

/// Usual values of the headers of an invocation.
const VALUES: [&str; 9] = [
    "Sync", "Async", "Tail", "None", "true", "false", "LATEST", "0", "1",
];

/// Usual texts of identifiers that a caller chooses.
const IDS: [&str; 18] = [
    "", "abc", "abc-123", "abc123", "test", "trace", "trace-1", "trace-id", "1-2-3", "1", "123",
    "12345", "task-1", "task1", "id", "id-1", "demo", "x",
];

const MEDIA_TYPES: [&str; 11] = [
    "application/json",
    "application/octet-stream",
    "text/plain",
    "application/x-www-form-urlencoded",
    "text/html",
    "text/xml",
    "application/xml",
    "multipart/form-data",
    "application/x-protobuf",
    "application/json-patch+json",
    "image/png",
];

const CHARSETS: [&str; 5] = [
    "",
    "; charset=utf-8",
    ";charset=utf-8",
    "; charset=UTF-8",
    ";charset=UTF-8",
];

/// Usual media types, with and without a charset.
pub(super) fn media_types() -> impl Iterator<Item = String> {
    let with = |media: &'static str| {
        CHARSETS
            .iter()
            .map(move |charset| format!("{media}{charset}"))
    };
    MEDIA_TYPES.into_iter().flat_map(with)
}

/// Usual values of a header that the request may have had.
pub(super) fn usual_values(name: &str) -> Box<dyn Iterator<Item = String>> {
    let fixed: &[&str] = match name {
        "content-type" => return Box::new(media_types()),
        "x-fc-invocation-type" => &[
            "Sync",
            "Async",
            "sync",
            "async",
            "SYNC",
            "ASYNC",
            "\"Sync\"",
            "\"Async\"",
            "",
        ],
        "x-fc-log-type" => &["Tail", "None", "tail", "none", "\"Tail\"", "\"None\"", ""],
        "x-fc-stateful-async-invocation-enable" => &["true", "false", "True", "False", ""],
        "x-fc-async-delay" => &["0", "1", "5", "10", "30", "60", "300", "600", "3600", ""],
        "x-fc-invocation-code-version" => &["Latest", "LATEST", ""],
        "x-fc-account-id" => &["", "1234567890123456", "account-id"],
        "x-acs-version" => &["2021-04-06", "2023-03-30", "2016-08-15"],
        "x-acs-action" => &[
            "InvokeFunction",
            "GetAsyncTask",
            "GetFunction",
            "ListFunctions",
            "",
        ],
        "x-acs-signature-method" => &["HMAC-SHA1", "HMAC-SHA256", "ACS3-HMAC-SHA256"],
        "x-acs-signature-version" => &["1.0", "1", "3.0"],
        "x-acs-security-token" => &[""],
        "accept" => &[
            "application/json",
            "*/*",
            "",
            "application/json, text/plain, */*",
            "application/octet-stream",
            "text/html",
        ],
        "accept-encoding" => &[
            "gzip, deflate",
            "gzip, deflate, br",
            "gzip",
            "identity",
            "*",
            "",
        ],
        "connection" => &["keep-alive", "close", ""],
        "user-agent" => &[
            "",
            "curl/8.5.0",
            "okhttp/4.12.0",
            "node",
            "undici",
            "python-requests/2.32.3",
            "Go-http-client/1.1",
        ],
        "content-length" => &["0", "2", ""],
        name if name.ends_with("-id") => return Box::new(IDS.into_iter().map(str::to_owned)),
        _ => return Box::new(VALUES.into_iter().chain(IDS).map(str::to_owned)),
    };
    Box::new(
        fixed
            .iter()
            .map(|value| (*value).to_owned())
            .collect::<Vec<_>>()
            .into_iter(),
    )
}

/// The dates that a request has, in any of its headers.
pub(super) fn date_values(headers: &HeaderList) -> Vec<String> {
    let names = ["date", "x-fc-date", "x-acs-date"];
    names
        .iter()
        .flat_map(|name| headers.get_all_trimmed(name))
        .map(str::to_owned)
        .collect()
}

/// Every word of at most this many lower-case letters.
pub(super) fn words(most: u32) -> Box<dyn Iterator<Item = String>> {
    let of_length = |length: u32| {
        (0..26_u32.pow(length)).map(move |number| {
            let letter = |place| {
                let letter = number / 26_u32.pow(place) % 26;
                char::from_u32(u32::from(b'a') + letter).unwrap_or_default()
            };
            (0..length).map(letter).collect()
        })
    };
    Box::new((1..=most).flat_map(of_length))
}
