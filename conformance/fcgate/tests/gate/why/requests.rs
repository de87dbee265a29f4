//! Requests from the field: what is true of each, and that the explanation says it.

use std::path::{Path, PathBuf};

use fcgate_protocol::Credentials;
use fcgate_why::{self as why, Exchange, Explanation, SignatureStatus};

use SignatureStatus::{Invalid, Valid};

/// What is true of a request.
struct Truth {
    name: &'static str,
    signature: SignatureStatus,
    /// The mistakes that are made together.
    causes: &'static [&'static str],
    /// Words of the explanation.
    words: &'static str,
    /// The problems besides the signature.
    problems: &'static [&'static str],
}

const fn invalid(
    name: &'static str,
    causes: &'static [&'static str],
    words: &'static str,
) -> Truth {
    Truth {
        name,
        signature: Invalid,
        causes,
        words,
        problems: &[],
    }
}

const fn valid(
    name: &'static str,
    problems: &'static [&'static str],
    words: &'static str,
) -> Truth {
    Truth {
        name,
        signature: Valid,
        causes: &[],
        words,
        problems,
    }
}

const TRUTHS: [Truth; 40] = [
    invalid(
        "acs-amp",
        &["secret-in-another-spelling"],
        "an ampersand after it",
    ),
    valid("acs-custom-domain", &[], "HTTP triggers on custom domains"),
    invalid(
        "acs-date-1s",
        &["date-changed-after-signing"],
        "signed was `2024-05-11T09:00:00Z`",
    ),
    invalid(
        "acs-dup-one-signed",
        &["two-values-sent-one-signed"],
        "`x-acs-foo`: signed was only `a`",
    ),
    invalid(
        "acs-host-rewritten",
        &["host-changed-after-signing"],
        "`fcv3.cn-hangzhou.aliyuncs.com`",
    ),
    invalid(
        "acs-plus-is-plus",
        &["plus-sent-unescaped"],
        "a receiver reads a space",
    ),
    invalid("acs3-empty-path", &["acs3-empty-path"], "an empty path"),
    invalid(
        "acs3-host-unsigned-unsorted",
        &["acs3-query-unsorted"],
        "not among the signed headers: host",
    ),
    invalid(
        "acs3-public-to-internal",
        &["host-changed-after-signing"],
        "`fcv3.cn-hangzhou.aliyuncs.com`",
    ),
    valid(
        "acs3-type-added-later",
        &[],
        "not among the signed headers: content-type",
    ),
    valid(
        "cli-glued",
        &["headers-in-one-value"],
        "X-Fc-Invocation-Type",
    ),
    invalid("date-8h", &["date-of-another-time-zone"], "8 h 0 min"),
    valid("date-iso", &["date-is-unreadable"], "ISO 8601"),
    valid("date-unix", &["date-is-unreadable"], "seconds since 1970"),
    valid("dollar-escaped", &[], ""),
    valid(
        "fc-on-2023",
        &["scheme-of-another-revision"],
        "ACS3-HMAC-SHA256 only",
    ),
    invalid(
        "fetch-text-plain",
        &["content-type-in-lower-case-only"],
        "signed was `application/json`",
    ),
    invalid(
        "gw-slashes",
        &["slashes-changed-on-the-way"],
        "`/api//v1/run`",
    ),
    invalid(
        "gw-trailing",
        &["slashes-changed-on-the-way"],
        "`/api/v1/run/`",
    ),
    invalid(
        "gw3-lowerhex",
        &["path-escapes-changed-on-the-way"],
        "upper case",
    ),
    invalid(
        "gw3-trailing-added",
        &["slashes-changed-on-the-way"],
        "`/api/v1/run`",
    ),
    invalid(
        "issue215-echo",
        &["-"],
        "the strings agree, so the request arrived as it was captured",
    ),
    invalid(
        "m-get-signed-post-sent",
        &["another-method-sent"],
        "`GET` was signed, `POST` was sent",
    ),
    invalid(
        "md5-signed-not-sent",
        &["header-signed-not-sent"],
        "content-md5",
    ),
    valid("noinv2", &["path-is-not-an-invocation"], "PathNotSupported"),
    valid(
        "pre-expired",
        &["signed-url-has-expired"],
        "2020-09-13T12:26:40Z",
    ),
    Truth {
        problems: &["signed-url-has-expired"],
        ..invalid(
            "pre-head",
            &["another-method-sent"],
            "`GET` was signed, `HEAD` was sent",
        )
    },
    Truth {
        problems: &["signed-url-has-expired"],
        ..invalid(
            "pre-param-appended",
            &["query-parameters-added-after-signing"],
            "`from=wechat`",
        )
    },
    invalid(
        "prefix-stripped",
        &["path-prefix-removed-on-the-way"],
        "`/fc` was removed",
    ),
    valid("resp-nothttp", &[], "the URL of its trigger"),
    valid(
        "resp-sigmismatch-but-valid",
        &["response-contradicts-the-signature"],
        "another secret",
    ),
    invalid(
        "secret-quoted",
        &["secret-in-another-spelling"],
        "double quotes",
    ),
    valid(
        "sts-no-token",
        &["security-token-is-missing"],
        "InvalidAccessKeyID",
    ),
    valid("sts-over", &[], "InvalidSecurityToken.Expired"),
    valid(
        "tr-bare-key-bare",
        &["key-without-equals-sign"],
        "the bare form of the key gives this signature",
    ),
    invalid(
        "tr-number",
        &["query-parameters-added-after-signing"],
        "`n=2`",
    ),
    invalid(
        "tr-plus-is-plus",
        &["plus-sent-unescaped"],
        "a receiver reads a space",
    ),
    invalid(
        "xfc-added",
        &["headers-unsigned"],
        "headers-added-after-signing",
    ),
    invalid("xfc-dropped", &["header-signed-not-sent"], "x-fc-trace-id"),
    invalid(
        "xfcdate-then-date-added",
        &["headers-added-after-signing"],
        "date",
    ),
];

/// Requests of which the service would take every one.
const RIGHT: [&str; 3] = [
    "acs-custom-domain",
    "acs3-type-added-later",
    "dollar-escaped",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gate/why/requests")
}

fn key(name: &str) -> Credentials {
    let id = if name == "sts-no-token" {
        "STS.testkeyid"
    } else {
        "testkeyid"
    };
    Credentials::new(id, "testkeysecret0123456789")
}

fn exchange(name: &str) -> Exchange {
    let file = folder().join(format!("{name}.http"));
    let mut exchange = why::read_exchange(&std::fs::read(file).unwrap()).unwrap();
    if let Ok(response) = std::fs::read(folder().join(format!("{name}.resp"))) {
        exchange.response = Some(why::read_response(&response).unwrap());
    }
    exchange
        .request
        .sent
        .push("2026-11-28T09:00:00Z".parse().unwrap());
    exchange
}

fn names(explanation: &Explanation) -> Vec<&'static str> {
    let causes = explanation.causes.iter();
    causes.map(|cause| cause.mutant.unwrap_or("-")).collect()
}

#[test]
fn every_request_of_the_field_is_explained_by_what_is_true_of_it() {
    for truth in &TRUTHS {
        let name = truth.name;
        let explanation = why::explain(&exchange(name), Some(&key(name))).unwrap();
        let text = anstream::adapter::strip_str(&explanation.text()).to_string();
        assert_eq!(explanation.signature, truth.signature, "{name}: {text}");
        assert_eq!(names(&explanation), truth.causes, "{name}: {text}");
        let problems: Vec<&str> = explanation
            .problems
            .iter()
            .map(|problem| problem.name)
            .collect();
        assert_eq!(problems, truth.problems, "{name}: {text}");
        assert!(text.contains(truth.words), "{name}: {text}");
        assert_eq!(
            explanation.is_right(),
            RIGHT.contains(&name),
            "{name}: {text}"
        );
    }
    let files = std::fs::read_dir(folder()).unwrap();
    let names = files.map(|file| file.unwrap().path());
    let requests = names.filter(|path| path.extension().is_some_and(|end| end == "http"));
    assert_eq!(requests.count(), TRUTHS.len());
}

#[test]
fn two_explanations_of_one_signature_are_never_both_proven() {
    for truth in &TRUTHS {
        let explanation = why::explain(&exchange(truth.name), Some(&key(truth.name))).unwrap();
        let proven = |causes: &[why::Cause]| causes.iter().any(|cause| cause.is_proven);
        if !explanation.alternatives.is_empty() {
            assert!(!proven(&explanation.causes), "{}", truth.name);
        }
        assert!(
            !explanation.alternatives.iter().any(|causes| proven(causes)),
            "{}",
            truth.name
        );
    }
}
