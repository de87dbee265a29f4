//! Checks `sign`: the stages, the signature, the added headers, and the verdict of the oracle.

use crate::corpus::SignExpectation;
use crate::oracle::{self, Reason, Verdict, WireRequest};
use fcgate_protocol::{HeaderList, Scheme, SignInput, SignKind, SignOutput, Stages};
use fcgate_text::redaction::abbreviate_id;
use fcgate_text::visible;

use super::{Check, Comparer, reply, signature, url};

/// The maximum number of characters of a signature or a digest that are shown.
const SIGNATURE: usize = 100;

pub(super) fn checks(
    by: &Comparer,
    given: &SignInput,
    expect: &SignExpectation,
    output: &SignOutput,
) -> Vec<Check> {
    let mut checks = vec![reply::passed(by)];
    if let Some(expected) = &expect.stages {
        stages(
            by,
            expected,
            output.stages.as_ref().unwrap_or(&Stages::default()),
            &mut checks,
        );
    }
    if let Some(expected) = &expect.authorization {
        let actual = output.headers.get("authorization");
        checks.push(signature::compare(by, "authorization", expected, actual));
    }
    if let Some(expected) = &expect.url {
        checks.push(signature::compare(
            by,
            "url",
            expected,
            output.url.as_deref(),
        ));
    }
    if let Some(expected) = expect.verifies {
        checks.push(verifies(by, given, expected, output));
    }
    if let Some(expected) = &expect.headers {
        for (name, expected) in &expected.present {
            let id = format!("added.{}", name.to_ascii_lowercase());
            checks.push(signature::compare_header(
                by,
                &id,
                name,
                expected,
                output.headers.get(name),
            ));
        }
        for name in &expected.absent {
            let id = format!("not-added.{}", name.to_ascii_lowercase());
            checks.push(by.compare_absent(id, output.headers.get(name).map(str::as_bytes)));
        }
    }
    checks
}

/// Checks the stages. A stage that the implementation does not return is not checked.
fn stages(by: &Comparer, expected: &Stages, actual: &Stages, checks: &mut Vec<Check>) {
    let texts = [
        (
            "canonical_headers",
            &expected.canonical_headers,
            &actual.canonical_headers,
        ),
        (
            "canonical_resource",
            &expected.canonical_resource,
            &actual.canonical_resource,
        ),
        (
            "canonical_request",
            &expected.canonical_request,
            &actual.canonical_request,
        ),
        (
            "string_to_sign",
            &expected.string_to_sign,
            &actual.string_to_sign,
        ),
    ];
    for (id, expected, actual) in texts {
        match (expected, actual) {
            (Some(expected), Some(actual)) => {
                checks.push(by.compare_text(id, expected, Some(actual)));
            }
            (Some(_), None) => checks.push(Check::unsupported(id)),
            (None, _) => {}
        }
    }
    match (&expected.signature, &actual.signature) {
        (Some(expected), Some(actual)) => {
            checks.push(signature::compare(by, "signature", expected, Some(actual)));
        }
        (Some(_), None) => checks.push(Check::unsupported("signature")),
        (None, _) => {}
    }
}

/// The headers that signing added, and the text that was signed.
pub(super) fn describe(output: &SignOutput) -> String {
    let mut lines = header_lines(&output.headers);
    lines.extend(output.url.clone());
    let stages = output.stages.as_ref();
    let text = stages.and_then(|stages| {
        let canonical = stages.canonical_request.as_ref();
        canonical.or(stages.string_to_sign.as_ref())
    });
    lines.extend(text.cloned());
    lines.join("\n")
}

/// Header fields as lines, sorted by name: the order on the wire has no meaning.
pub(super) fn header_lines(headers: &HeaderList) -> Vec<String> {
    let fields = headers.iter();
    let mut lines: Vec<String> = fields
        .map(|(name, value)| format!("{}: {value}", name.to_ascii_lowercase()))
        .collect();
    lines.sort();
    lines
}

fn verifies(by: &Comparer, given: &SignInput, expected: bool, output: &SignOutput) -> Check {
    let kind = given.kind.unwrap_or_default();
    let Some(request) = request_as_sent(given, kind, output) else {
        return by.check_property(
            "verifies",
            !expected,
            verification_text(expected),
            "the answer has no usable URL",
        );
    };
    let verdict = oracle::verify(&request, given.scheme, kind, &given.credentials);
    if verdict.verifies() == expected {
        return by.check_property(
            "verifies",
            true,
            verification_text(expected),
            verification_text(expected),
        );
    }
    let check = compare_signed_text(by, given.scheme, &verdict, output.stages.as_ref());
    check.unwrap_or_else(|| {
        let actual = describe_verdict(
            &verdict,
            &given.credentials.access_key_id,
            &output.headers,
            output.url.as_deref(),
        );
        by.check_property("verifies", false, verification_text(expected), &actual)
    })
}

/// Describes the verdict of the oracle, with the part of the request that it refers to. The part distinguishes
/// different wrong requests.
///
/// `known` is the expected access key id.
pub(super) fn describe_verdict(
    verdict: &Verdict,
    known: &str,
    headers: &HeaderList,
    url: Option<&str>,
) -> String {
    let Some(reason) = &verdict.reason else {
        return verification_text(true).to_owned();
    };
    let authorization = headers.get("authorization");
    let carrier = authorization.or(url).unwrap_or_default();
    let part = |name: &str, end: char| {
        let (_, rest) = carrier.split_once(name)?;
        rest.split(end).next()
    };
    let about = match reason {
        Reason::Signature => Some(visible::line(signature::value(carrier), SIGNATURE)),
        Reason::Form(_) => authorization.map(signature::without_signature),
        Reason::AccessKeyId => {
            let id = part("Credential=", ',')
                .or_else(|| part("x-fc-access-key-id=", '&'))
                .or_else(|| part("FC ", ':'));
            id.map(|id| format!("{}, not {known}", abbreviate_id(id)))
        }
        Reason::SignedNames => part("SignedHeaders=", ',').map(str::to_owned),
        Reason::ContentDigest => {
            let digest = headers.get("x-acs-content-sha256");
            digest.map(|digest| visible::line(digest, SIGNATURE))
        }
        _ => None,
    };
    match about {
        Some(about) => format!("{reason}: {about}"),
        None => reason.to_string(),
    }
}

/// Compares the text that should have been signed with the text that was signed. Returns a check if they differ.
fn compare_signed_text(
    by: &Comparer,
    scheme: Scheme,
    verdict: &Verdict,
    stages: Option<&Stages>,
) -> Option<Check> {
    let text = |stages: &Stages| match scheme {
        Scheme::Fc => stages.string_to_sign.clone(),
        Scheme::Acs3 => stages.canonical_request.clone(),
    };
    let (expected, actual) = (text(&verdict.stages)?, text(stages?)?);
    Some(by.compare_text("verifies", &expected, Some(&actual))).filter(Check::failed)
}

pub(super) fn verification_text(verifies: bool) -> &'static str {
    if verifies {
        "the signature verifies"
    } else {
        "the signature does not verify"
    }
}

/// Returns the request as sent: the given request, with headers replaced and added by the signer.
fn request_as_sent(given: &SignInput, kind: SignKind, output: &SignOutput) -> Option<WireRequest> {
    let url = match kind {
        SignKind::PresignedUrl => output.url.as_deref()?,
        _ => given.url.as_str(),
    };
    let (authority, target) = url::split(url)?;
    let kept = given
        .headers
        .iter()
        .filter(|(name, _)| !output.headers.contains(name));
    let mut request =
        WireRequest::new(&given.method, target).signed_body(given.scheme, &given.body);
    request.headers = kept.chain(&output.headers).cloned().collect();
    if request.value("host").is_none() {
        request = request.header("host", authority);
    }
    Some(request)
}
