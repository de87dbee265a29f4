//! Requests that are expensive to explain: the search has a budget.

use std::time::Duration;

use cpu_time::ThreadTime;
use fcgate::why::{self, Body, CapturedRequest, Exchange};
use fcgate_protocol::{Credentials, HeaderList};

/// A mebibyte; code without optimization gets a quarter of it.
const SIZE: usize = if cfg!(debug_assertions) {
    1 << 18
} else {
    1 << 20
};

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

/// Requests that are large in one respect.
fn large_requests() -> Vec<(&'static str, Exchange)> {
    const FC: &str = "FC LTAI5dummyAccessKeyId:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    const PATH: &str = "/2021-04-06/services/s/functions/f/invocations";
    let acs3 = |names: &str| {
        format!(
            "ACS3-HMAC-SHA256 Credential=LTAI5dummyAccessKeyId,SignedHeaders={names},Signature={}",
            "0".repeat(64)
        )
    };
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

#[test]
fn every_large_request_is_explained_within_seconds() {
    let key = Credentials::new("LTAI5dummyAccessKeyId", "dummySecretForLoopbackOnly");
    // Two seconds in a release build; code without optimization takes a multiple.
    let most = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 2 });
    for (name, exchange) in large_requests() {
        let start = ThreadTime::now();
        let explanation = why::explain(&exchange, Some(&key)).unwrap();
        let text = explanation.text();
        let spent = start.elapsed();
        let search = explanation
            .search
            .map(|search| (search.computations, search.is_exhausted));
        assert!(spent < most, "{name}: {spent:?}, {search:?}");
        let says_so = text.contains("its budget was used up");
        let is_exhausted = search.is_some_and(|(_, is_exhausted)| is_exhausted);
        assert!(
            says_so == is_exhausted || !explanation.causes.is_empty(),
            "{name}: {text}"
        );
    }
}
