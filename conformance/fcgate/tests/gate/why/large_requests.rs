//! Requests that are expensive to explain: the search has a budget.

use std::time::Duration;

use cpu_time::ThreadTime;
use fcgate_protocol::{Credentials, HeaderList};
use fcgate_why::{self as why, Body, CapturedRequest, Exchange};

/// A mebibyte; code without optimization gets a quarter of it.
const SIZE: usize = if cfg!(debug_assertions) {
    1 << 18
} else {
    1 << 20
};

const FC: &str = "FC LTAI5dummyAccessKeyId:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const PATH: &str = "/2021-04-06/services/s/functions/f/invocations";

fn acs3(names: &str) -> String {
    format!(
        "ACS3-HMAC-SHA256 Credential=LTAI5dummyAccessKeyId,SignedHeaders={names},Signature={}",
        "0".repeat(64)
    )
}

/// A request with a wrong signature that no mistake gives.
fn request(target: &str, headers: HeaderList, authorization: &str) -> Exchange {
    let mut request = CapturedRequest::new("POST", target);
    request.headers = headers;
    request.headers.push("Authorization", authorization);
    request.body = Body::Whole(b"{}".to_vec());
    request.sent.push("2026-11-28T09:00:00Z".parse().unwrap());
    Exchange::new(request)
}

fn headers(more: impl IntoIterator<Item = (String, String)>) -> HeaderList {
    let mut headers = HeaderList::from([
        ("Host", "fcv3.cn-hangzhou.aliyuncs.com"),
        ("Date", "Sat, 28 Nov 2026 09:00:00 GMT"),
        ("x-acs-date", "2026-11-28T09:00:00Z"),
    ]);
    headers.extend(more);
    headers
}

fn many(count: usize, prefix: &str) -> Vec<(String, String)> {
    (0..count)
        .map(|number| (format!("{prefix}{number}"), "v".to_owned()))
        .collect()
}

fn long_name(prefix: &str) -> String {
    format!("{prefix}{}", "h".repeat(30))
}

fn numbered_pairs(count: usize) -> String {
    let pairs: Vec<String> = (0..count).map(|at| format!("k{at}=v{at}")).collect();
    pairs.join("&")
}

/// Texts that are large in one respect.
fn large_texts() -> Vec<(&'static str, Vec<u8>)> {
    const HEAD: &str = "POST /2023-03-30/functions/f/invocations HTTP/1.1\r\nHost: h\r\n\
                        Date: Sat, 28 Nov 2026 09:00:00 GMT\r\n\
                        Authorization: FC LTAI5dummyAccessKeyId:AAAA\r\n\r\n";
    let entry = r#"{"request":{"method":"POST","url":"https://h/x","headers":[{"name":"Authorization","value":"FC a:b"}]},"response":{"status":403,"headers":[]}}"#;
    let har = |entries: &str| format!(r#"{{"log":{{"entries":[{entries}]}}}}"#);
    // A generator of Marsaglia: the noise is the same in every run.
    let mut state = 1_u32;
    let noise = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[1]
    });
    vec![
        ("many requests", HEAD.repeat(SIZE / HEAD.len()).into_bytes()),
        (
            "many requests in a HAR",
            har(&vec![entry; SIZE / entry.len()].join(",")).into_bytes(),
        ),
        ("noise", noise.take(SIZE).collect()),
        (
            "a deep HAR",
            har(&("[".repeat(SIZE / 2) + &"]".repeat(SIZE / 2))).into_bytes(),
        ),
        ("a deep object", "{\"a\":".repeat(SIZE / 5).into_bytes()),
        ("quotes", "\"".repeat(SIZE).into_bytes()),
        ("line ends", "\n".repeat(SIZE).into_bytes()),
        (
            "words of a command",
            format!("curl {}", "-H 'a: b' ".repeat(SIZE / 10)).into_bytes(),
        ),
    ]
}

/// Requests with many parts, or with a large body.
fn requests_with_many_parts() -> Vec<(&'static str, Exchange)> {
    vec![
        (
            "many different pairs",
            request(
                &format!("/run?{}", numbered_pairs(SIZE / 16)),
                headers([]),
                FC,
            ),
        ),
        (
            "many different pairs by ACS3",
            request(
                &format!("/run?{}", numbered_pairs(SIZE / 16)),
                headers([]),
                &acs3("host;x-acs-date"),
            ),
        ),
        (
            "20,000 headers",
            request(PATH, headers(many(SIZE / 52, &long_name("x-fc-"))), FC),
        ),
        (
            "20,000 headers that are not signed",
            request(PATH, headers(many(SIZE / 52, &long_name("h"))), FC),
        ),
        ("a large body with a wrong digest", {
            let digest = ("x-acs-content-sha256".to_owned(), "1".repeat(64));
            let names = "host;x-acs-content-sha256;x-acs-date";
            let mut exchange = request(PATH, headers([digest]), &acs3(names));
            exchange.request.body = Body::Whole(vec![b'b'; SIZE]);
            exchange
        }),
    ]
}

/// Requests that are large in one respect.
fn large_requests() -> Vec<(&'static str, Exchange)> {
    let names: Vec<String> = many(3_000, "x-acs-")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let one = |value: String| headers([("X-Fc-A".to_owned(), value)]);
    let query = |pair: &str| format!("/run?{}", pair.repeat(SIZE / pair.len()));
    vec![
        ("ordinary", request(PATH, headers([]), FC)),
        (
            "80 x-fc- headers",
            request(PATH, headers(many(80, "x-fc-")), FC),
        ),
        (
            "200 x-fc- headers",
            request(PATH, headers(many(200, "x-fc-")), FC),
        ),
        (
            "a path of 1 MiB",
            request(&format!("/{}", "a".repeat(SIZE)), headers([]), FC),
        ),
        (
            "a path of slashes",
            request(&"/".repeat(SIZE), headers([]), FC),
        ),
        (
            "a path of escapes",
            request(&format!("/{}", "%41".repeat(SIZE / 3)), headers([]), FC),
        ),
        (
            "a header of 1 MiB",
            request(PATH, one("v".repeat(SIZE)), FC),
        ),
        (
            "a header that names others",
            request(PATH, one("x-fc-".repeat(SIZE / 5)), FC),
        ),
        ("many pairs", request(&query("a=b&"), headers([]), FC)),
        (
            "many equal headers",
            request(
                PATH,
                headers(vec![("x-fc-a".to_owned(), "v".to_owned()); SIZE / 8]),
                FC,
            ),
        ),
        (
            "3,000 signed names",
            request(
                PATH,
                headers(many(3_000, "x-acs-")),
                &acs3(&names.join(";")),
            ),
        ),
        (
            "3,000 signed names and as many others",
            request(
                PATH,
                headers(many(6_000, "x-acs-")),
                &acs3(&names.join(";")),
            ),
        ),
        (
            "many names that are absent",
            request(PATH, headers([]), &acs3(&"a;".repeat(SIZE / 2))),
        ),
        (
            "a long path by ACS3",
            request(
                &format!("/{}", "a/".repeat(SIZE / 2)),
                headers([]),
                &acs3("host;x-acs-date"),
            ),
        ),
        (
            "a long signature",
            request(
                PATH,
                headers([]),
                &format!("FC LTAI5dummyAccessKeyId:{}", "A".repeat(SIZE)),
            ),
        ),
    ]
}

/// Two seconds in a release build; code without optimization takes a multiple.
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 2 });

/// The most bytes that a search may read, over all its signatures: see `docs/why.md`.
const MOST_BYTES: u64 = 48 << 20;

#[test]
fn every_large_request_is_explained_with_a_bounded_number_of_signatures() {
    let key = Credentials::new("LTAI5dummyAccessKeyId", "dummySecretForLoopbackOnly");
    for (name, exchange) in large_requests()
        .into_iter()
        .chain(requests_with_many_parts())
    {
        let start = ThreadTime::now();
        let explanation = why::explain(&exchange, Some(&key)).unwrap();
        let text = explanation.text();
        let spent = start.elapsed();
        assert!(spent < LONGEST, "{name}: {spent:?}");
        // The search is expensive where the signed text is large.
        let signed = explanation.stages.string_to_sign.as_deref().unwrap_or("");
        let canonical = explanation.stages.canonical_request.as_deref();
        let signed = canonical.unwrap_or(signed).len();
        let most = (MOST_BYTES / u64::try_from(signed.max(1)).unwrap()).min(200_000);
        if let Some(search) = explanation.search {
            let is_template = name.contains("long path");
            assert!(
                search.computations <= most || is_template,
                "{name}: {} signatures of {signed} bytes",
                search.computations
            );
            let says_so = text.contains("its budget was used up");
            assert!(
                says_so == search.is_exhausted || !explanation.causes.is_empty(),
                "{name}: {text}"
            );
        }
    }
}

#[test]
fn every_large_text_is_read_or_refused_within_seconds() {
    for (name, text) in large_texts() {
        let start = ThreadTime::now();
        let is_read = why::read_exchange(&text).is_ok();
        let spent = start.elapsed();
        assert!(spent < LONGEST, "{name}: {spent:?}");
        let is_request = name.contains("requests");
        assert_eq!(is_read, is_request, "{name}");
    }
}
