//! Checks `build`: method, path, query, headers, body, and the verdict of the oracle.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::corpus::{BuildExpectation, ExpectedHeaders};
use crate::oracle::{self, WireRequest};
use fcgate_protocol::{BuildInput, BuildOutput, HeaderList, SignKind};

use super::{Check, Comparer, cookies, reply, request_target, sign, signature, url};

pub(super) fn checks(
    by: &Comparer,
    given: &BuildInput,
    expect: &BuildExpectation,
    output: &BuildOutput,
) -> Vec<Check> {
    let mut checks = vec![reply::passed(by)];
    let target = url::split(&output.url).map(|(_, target)| target);
    let (path, query) = match &target {
        Some(target) => request_target::split(target),
        None => ("", ""),
    };
    if let Some(expected) = &expect.method {
        checks.push(by.compare_text("method", expected, Some(&output.method)));
    }
    if let Some(expected) = &expect.path {
        checks.push(request_target::compare_path(by, "path", expected, path));
    }
    if let Some(expected) = &expect.query {
        checks.push(request_target::compare_query(by, "query", expected, query));
    }
    if let Some(expected) = &expect.headers {
        headers(by, expected, &output.headers, &mut checks);
    }
    if let Some(expected) = &expect.body_b64 {
        // The corpus is linted before a run. If the text is not base64, it differs from every body.
        let expected = STANDARD
            .decode(expected)
            .unwrap_or_else(|_| expected.as_bytes().to_vec());
        checks.push(by.compare("body", &expected, Some(&output.body)));
    }
    if let Some(expected) = expect.verifies {
        checks.push(verifies(by, given, expected, output));
    }
    checks
}

/// The request that would be sent.
pub(super) fn describe(output: &BuildOutput) -> String {
    let mut lines = vec![format!("{} {}", output.method, output.url)];
    lines.extend(sign::header_lines(&output.headers));
    let body = fcgate_text::visible::visible(&output.body);
    format!("{}\n\n{body}", lines.join("\n"))
}

/// Checks that each header in `present` occurs once with its value, and that no header in `absent` occurs.
fn headers(
    by: &Comparer,
    expected: &ExpectedHeaders,
    actual: &HeaderList,
    checks: &mut Vec<Check>,
) {
    for (name, expected) in &expected.present {
        if name.eq_ignore_ascii_case("cookie") {
            let lines: Vec<&str> = actual.get_all_trimmed(name).collect();
            checks.push(cookies::compare(by, &id("header", name), expected, &lines));
            continue;
        }
        let values = values(actual, name);
        checks.push(signature::compare_header(
            by,
            &id("header", name),
            name,
            expected,
            values.as_deref(),
        ));
    }
    for name in &expected.absent {
        let values = values(actual, name);
        checks.push(by.compare_absent(id("no-header", name), values.as_deref().map(str::as_bytes)));
    }
}

fn id(prefix: &str, name: &str) -> String {
    format!("{prefix}.{}", name.to_ascii_lowercase())
}

/// Returns all values of a header, one per line, so that a repeated header never equals a single value.
fn values(headers: &HeaderList, name: &str) -> Option<String> {
    let values: Vec<&str> = headers
        .iter()
        .filter(|(other, _)| other.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
        .collect();
    (!values.is_empty()).then(|| values.join("\n"))
}

fn verifies(by: &Comparer, given: &BuildInput, expected: bool, output: &BuildOutput) -> Check {
    let at_endpoint = url::split(&output.url)
        .zip(url::split(&given.endpoint))
        .filter(|((authority, _), (endpoint, _))| authority.eq_ignore_ascii_case(endpoint));
    let Some(((authority, target), _)) = at_endpoint else {
        return by.check_property(
            "verifies",
            false,
            sign::verification_text(expected),
            "the URL does not belong to the endpoint",
        );
    };
    let mut request = WireRequest::new(&output.method, target)
        .headers(&output.headers)
        .body(&output.body);
    if request.value("host").is_none() {
        request = request.header("host", authority);
    }
    let verdict = oracle::verify(&request, given.scheme, SignKind::Api, &given.credentials);
    if verdict.verifies() == expected {
        return by.check_property(
            "verifies",
            true,
            sign::verification_text(expected),
            sign::verification_text(expected),
        );
    }
    let actual = sign::describe_verdict(
        &verdict,
        &given.credentials.access_key_id,
        &output.headers,
        Some(&output.url),
    );
    by.check_property(
        "verifies",
        false,
        sign::verification_text(expected),
        &actual,
    )
}
