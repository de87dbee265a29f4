//! `parse` cases made of responses that others have published.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::case::{Case, CaseFile, Evidence, Expect, Given, Level, ParseExpect, ParseGiven};
use super::failure::{Failure, Result};
use super::http_response::Response;
use super::outcome;
use super::source::{Pair, Published, PublishedStudy};

const GROUP: &str = "parse.published-responses";

/// What kind of source a response comes from, and so how far it carries.
#[derive(Clone, Copy)]
enum Origin {
    /// Somebody's print of the wire.
    Capture,
    /// Rebuilt from what a test of an official SDK asserts.
    SdkTest,
    /// A sample in a manual.
    Manual,
    /// Put together from an exception's text.
    Exception,
}

struct Row {
    id: &'static str,
    title: &'static str,
    origin: Origin,
    requirements: &'static [&'static str],
    because: &'static str,
}

const fn row(
    id: &'static str,
    title: &'static str,
    origin: Origin,
    requirements: &'static [&'static str],
    because: &'static str,
) -> Row {
    Row {
        id,
        title,
        origin,
        requirements,
        because,
    }
}

const FIELDS: &[&str] = &["FC-PARSE-001", "FC-PARSE-013", "FC-PARSE-014"];
const SUM: &[&str] = &["FC-PARSE-015"];
const ERROR: &[&str] = &["FC-PARSE-005", "FC-PARSE-006"];
const BARE: &[&str] = &["FC-PARSE-005", "FC-PARSE-009", "FC-PARSE-010"];
const FAILED: &[&str] = &["FC-PARSE-003"];
const REAL: &str = "This is what the service really sends.";
const OPAQUE: &str = "Who demands a version-4 UUID refuses ids that the service sends.";
const CODE: &str = "Who loses the code leaves the caller with a status alone.";
const UNNOTICED: &str = "Who misses the header reports a failed function as a success.";

/// The responses whose status and outcome are known; the order is that of the study.
const ROWS: &[Row] = &[
    row(
        "invoke-sync-python-2021",
        "a success of 2021 has its duration in ms and its memory as text",
        Origin::Capture,
        FIELDS,
        REAL,
    ),
    row(
        "invoke-async-node-course",
        "an acceptance is an empty 202 with a request id",
        Origin::Capture,
        &["FC-PARSE-002"],
        REAL,
    ),
    row(
        "invoke-sync-node-course",
        "a success with two headers",
        Origin::Capture,
        &["FC-PARSE-001", "FC-PARSE-010"],
        REAL,
    ),
    row(
        "http-python37-2020",
        "a memory value keeps its last zero",
        Origin::Capture,
        FIELDS,
        "Who reads the memory as a number prints 85.2 where the service said 85.20.",
    ),
    row(
        "http-spring-2021",
        "a duration of 175 is one of ms",
        Origin::Capture,
        FIELDS,
        REAL,
    ),
    row(
        "http-java11-tail-2022",
        "a real log has no line end after its summary",
        Origin::Capture,
        &["FC-PARSE-011"],
        REAL,
    ),
    row(
        "http-tekartik-2020",
        "names in lower case and a binary payload",
        Origin::Capture,
        &["FC-PARSE-001", "FC-PARSE-019"],
        REAL,
    ),
    row(
        "http-apifox-2022",
        "a checksum of 20 digits is beyond a signed 64-bit number",
        Origin::Capture,
        SUM,
        "Who reads the checksum as a signed number fails on a success.",
    ),
    row(
        "http-fail-500",
        "a failed start has a status and no body that is known",
        Origin::Exception,
        &["FC-PARSE-005"],
        REAL,
    ),
    row(
        "unicloud-2022",
        "a checksum of 17 digits is not padded, an instance id is no UUID",
        Origin::Capture,
        &["FC-PARSE-015", "FC-PARSE-016"],
        REAL,
    ),
    row(
        "unicloud-2023-1",
        "a request id of the newer form is kept",
        Origin::Capture,
        &["FC-PARSE-010", "FC-PARSE-016"],
        OPAQUE,
    ),
    row(
        "err-signature-2018",
        "a refused signature is a service error",
        Origin::Exception,
        ERROR,
        CODE,
    ),
    row(
        "err-signature-node",
        "a refusal is known by its status and request id",
        Origin::Exception,
        BARE,
        OPAQUE,
    ),
    row(
        "err-access-funcraft",
        "a request id that is no version-4 UUID is kept",
        Origin::Exception,
        BARE,
        OPAQUE,
    ),
    row(
        "err-access-not-enabled",
        "a service that is not opened answers 403",
        Origin::Exception,
        BARE,
        OPAQUE,
    ),
    row(
        "err-access-doc-fc3",
        "the shape of FC 3.0 is read",
        Origin::Manual,
        &["FC-PARSE-005", "FC-PARSE-008"],
        CODE,
    ),
    row(
        "err-logtype",
        "a bad log type is refused with its message",
        Origin::SdkTest,
        ERROR,
        CODE,
    ),
    row(
        "err-logtype-async",
        "an asynchronous call with a log is refused with its message",
        Origin::SdkTest,
        ERROR,
        CODE,
    ),
    row(
        "fnerr-exited",
        "a process that ended is a function error without a type in its body",
        Origin::Manual,
        FAILED,
        UNNOTICED,
    ),
    row(
        "fnerr-http-502",
        "a 502 of an HTTP trigger has a message and no code",
        Origin::Exception,
        &["FC-PARSE-005"],
        CODE,
    ),
    row(
        "fnerr-node-handled",
        "a callback's error is a handled function error",
        Origin::SdkTest,
        FAILED,
        UNNOTICED,
    ),
    row(
        "fnerr-python-doc",
        "a Python exception is a function error",
        Origin::Manual,
        FAILED,
        UNNOTICED,
    ),
    row(
        "fnerr-php-doc",
        "a PHP exception, whose trace is an object, is a function error",
        Origin::Manual,
        FAILED,
        UNNOTICED,
    ),
];

pub(super) fn file(study: &PublishedStudy) -> Result<CaseFile> {
    let mut cases = Vec::new();
    for row in ROWS {
        let published = study
            .responses
            .iter()
            .find(|published| published.id == row.id);
        let published =
            published.ok_or_else(|| Failure::new(format!("{} is not there", row.id)))?;
        cases.push(case_of(row, published)?);
    }
    Ok(CaseFile::new(
        GROUP,
        "Responses that others have published; what was masked is left out, what was inferred is named.",
        cases,
    ))
}

fn case_of(row: &Row, published: &Published) -> Result<Case> {
    let unreadable = || Failure::new(format!("{}: unreadable body or status", row.id));
    let status = published.status.ok_or_else(unreadable)?;
    let body = match (published.body.as_deref(), published.body_encoding.as_str()) {
        (Some(text), "base64") => Some(STANDARD.decode(text).map_err(|_| unreadable())?),
        (Some(text), _) => Some(text.as_bytes().to_vec()),
        (None, _) => None,
    };
    let headers = published.headers.iter();
    let headers: Vec<Pair> = headers
        .filter_map(|(name, value)| {
            value
                .as_ref()
                .map(|value| Pair(name.clone(), value.clone()))
        })
        .filter(|header| !header.1.contains("xxxx"))
        .filter(|header| body.is_some() || !header.is("content-length"))
        .collect();
    let response = Response {
        status,
        headers,
        body: body.clone().unwrap_or_default(),
    };
    let mut reading = outcome::read(&response);
    if body.is_none() {
        reading.outcome.payload_b64 = None;
    }
    // A field that the source may only have left out is not known to be missing.
    reading.absent.clear();
    let invocation_type = if status == 202 { "Async" } else { "Sync" };
    let mut needs = vec!["parse"];
    if reading.outcome.kind == "function_error" {
        needs.push("function-error");
    }
    let evidence = evidence(row, published, body.is_none());
    let carried = evidence.iter().any(Evidence::carries_must);
    Ok(Case {
        id: format!("{GROUP}.{}", row.id),
        title: row.title.to_owned(),
        level: if carried { Level::Must } else { Level::Observe },
        requirements: row.requirements.to_vec(),
        needs,
        revision: None,
        because: row.because.to_owned(),
        evidence,
        op: "parse",
        given: Given::Parse(ParseGiven {
            status,
            headers: response.headers,
            body_b64: STANDARD.encode(&response.body),
            invocation_type: invocation_type.to_owned(),
        }),
        expect: Expect::Parse(ParseExpect {
            outcome: reading.outcome,
            absent: reading.absent,
        }),
    })
}

fn evidence(row: &Row, published: &Published, no_body: bool) -> Vec<Evidence> {
    let source = format!(
        "{} ({}); {}",
        published.source, published.entry_path, published.fidelity
    );
    let mut evidence = vec![match row.origin {
        Origin::Capture => Evidence::recorded(source),
        Origin::SdkTest => Evidence::sdk_test(source),
        Origin::Manual => Evidence::manual(source),
        Origin::Exception => Evidence::inference(source),
    }];
    match (row.origin, published.status) {
        (Origin::SdkTest, Some(200)) => {
            evidence.push(Evidence::manual("manual page 'Error handling'"));
        }
        (Origin::SdkTest, _) => evidence.push(Evidence::manual("manual page 'Error codes'")),
        _ => {}
    }
    if no_body {
        evidence.push(Evidence::inference(
            "the body is not shown; an empty one stands in for it and is not checked",
        ));
    }
    evidence
}
