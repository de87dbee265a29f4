//! Malformed response headers: each is decoded or an error, and the payload stays available.

use std::fmt::Display;

use fc_headers::{HeaderError, LogTail, RetryAfter};
use fc_response::{Metadata, Outcome};

use super::{outcome, rejected, response};

const PAYLOAD: &[u8] = b"the payload stays available";

fn read<T: Display>(value: Result<Option<T>, HeaderError>) -> String {
    match value {
        Ok(None) => "absent".to_owned(),
        Ok(Some(value)) => value.to_string(),
        Err(error) => {
            let message = error.to_string();
            assert!(message.starts_with(error.kind().slug()), "{message}");
            assert!(message.len() < 500, "{message}");
            error.kind().slug().to_owned()
        }
    }
}

/// Reads one header of a completed invocation and checks that the payload is unchanged.
fn header(name: &str, values: &[&[u8]], read: fn(Metadata<'_>) -> String) -> String {
    let headers: Vec<_> = values.iter().map(|value| (name, *value)).collect();
    let outcome = Outcome::from_unidentified_response(response(200, &headers, PAYLOAD)).unwrap();
    let Outcome::Completed(completed) = outcome else {
        panic!("{name} changed the outcome")
    };
    let shown = read(completed.metadata());
    assert_eq!(completed.payload(), PAYLOAD);
    assert_eq!(
        completed.headers().get_all(name).iter().count(),
        values.len()
    );
    shown
}

#[test]
fn durations_are_decoded_or_rejected_with_their_slug() {
    let long = [b'9'; 4096];
    let rows: &[(&str, &[&[u8]], &str)] = &[
        ("rh-001", &[b"3"], "3 ms"),
        ("rh-002", &[b"0"], "0 ms"),
        ("rh-003", &[b"007"], "7 ms"),
        ("rh-004", &[b"-1"], "number"),
        ("a plus sign", &[b"+3"], "number"),
        ("a fraction", &[b"3.0"], "number"),
        ("rh-007", &[b"1e3"], "number"),
        ("rh-008", &[b"NaN"], "number"),
        ("rh-009", &[b"inf"], "number"),
        ("rh-010", &[b"0x10"], "number"),
        ("rh-012", &[b"1,000"], "number"),
        ("rh-013", &[b""], "empty"),
        ("rh-014", &[b"3 ms"], "number"),
        ("rh-015", &[b"3, 4"], "number"),
        (
            "rh-016",
            &[b"18446744073709551615"],
            "18446744073709551615 ms",
        ),
        ("rh-017", &[b"18446744073709551616"], "number"),
        ("rh-018", &[&long], "number"),
        ("rh-019", &["\u{663}".as_bytes()], "number"),
        ("rh-020", &[b"3", b"4"], "duplicate"),
        ("two equal values", &[b"3", b"3"], "duplicate"),
        ("rh-022", &[b"\t 3 \t"], "3 ms"),
    ];
    for (id, values, expected) in rows {
        let shown = header("X-Fc-Invocation-Duration", values, |it| read(it.duration()));
        assert_eq!(shown, *expected, "{id}");
    }
}

#[test]
fn memory_usage_and_checksums_are_decoded_or_rejected_with_their_slug() {
    let rows: &[(&str, &str, &str)] = &[
        ("rh-023", "85.20", "85.20 MB"),
        ("rh-024", "9.2", "9.2 MB"),
        ("rh-026", "0", "0 MB"),
        ("rh-027", ".5", "number"),
        ("a point without decimals", "5.", "number"),
        ("negative memory", "-1", "number"),
        ("rh-030", "1e2", "number"),
        ("rh-031", "NaN", "number"),
        ("rh-032", "Infinity", "number"),
        ("rh-033", "85,20", "number"),
        ("rh-034", "85.20 MB", "number"),
        ("rh-035", "1.2.3", "number"),
        ("rh-037", "99999999999999999999", "number"),
    ];
    for (id, value, expected) in rows {
        let values: &[&[u8]] = &[value.as_bytes()];
        let shown = header("X-Fc-Max-Memory-Usage", values, |it| {
            read(it.max_memory_usage())
        });
        assert_eq!(shown, *expected, "{id}");
    }
    for (id, value, expected) in [
        ("rh-038", "17380263816131011825", "17380263816131011825"),
        ("rh-039", "-1", "number"),
        ("rh-040", "64659558289838737900000", "number"),
    ] {
        let values: &[&[u8]] = &[value.as_bytes()];
        let shown = header("X-Fc-Code-Checksum", values, |it| read(it.code_checksum()));
        assert_eq!(shown, expected, "{id}");
    }
}

#[test]
fn log_results_are_decoded_or_rejected_with_their_slug() {
    let log = |bytes: &[u8]| LogTail::from(bytes.to_vec()).to_base64();
    let cut = log(&"中".repeat(1366).as_bytes()[2..]);
    let terminal = "\u{1b}]52;c;ZXZpbA==\u{7}\u{1b}[2J";
    let rows: &[(&str, &[&str], &str)] = &[
        ("rh-041", &["RkMgSW52b2tl"], "FC Invoke"),
        ("an empty log", &[""], ""),
        ("rh-043", &["demo log result"], "base64"),
        ("rh-044", &["RkM=RkM="], "base64"),
        ("rh-045", &["RkMgSW52b2"], "base64"),
        ("rh-046", &["RkMgSW52b2tlZ==="], "base64"),
        ("rh-047", &["RkMgSW5="], "base64"),
        ("rh-048", &["RkMg SW52"], "base64"),
        ("rh-049", &["_-__"], "base64"),
        ("rh-051", &[&log(&[b'l'; 4096])], &"l".repeat(4096)),
        ("rh-052", &[&log(&vec![b'l'; 65_537])], "too-large"),
        (
            "rh-054",
            &[&log(b"\xff\xfe\x80")],
            "\u{fffd}\u{fffd}\u{fffd}",
        ),
        ("rh-055", &[&log(terminal.as_bytes())], terminal),
        (
            "rh-056",
            &[&log(b"::add-mask::x\n::error::fake")],
            "::add-mask::x\n::error::fake",
        ),
        ("rh-057", &[&cut], &format!("\u{fffd}{}", "中".repeat(1365))),
        ("rh-058", &["AAAA", "BBBB"], "duplicate"),
    ];
    for (id, values, expected) in rows {
        let values: Vec<_> = values.iter().map(|value| value.as_bytes()).collect();
        let shown = header("X-Fc-Log-Result", &values, |it| {
            read(
                it.log_tail()
                    .map(|tail| tail.map(|tail| tail.to_string_lossy().into_owned())),
            )
        });
        assert_eq!(shown, *expected, "{id}");
    }
    let raw = header("X-Fc-Log-Result", &[b"demo log result"], |it| {
        it.log_result().unwrap().unwrap().as_str().to_owned()
    });
    assert_eq!(
        raw, "demo log result",
        "rh-043: the raw value stays available"
    );
}

#[test]
fn error_types_determine_the_outcome() {
    const HANDLED: &[u8] = b"HandledInvocationError";
    const UNHANDLED: &[u8] = b"UnhandledInvocationError";
    let long = vec![b'E'; 60_000];
    let rows: &[(&str, &[&[u8]], &str)] = &[
        ("rh-059", &[UNHANDLED], "Unhandled"),
        ("rh-060", &[HANDLED], "Handled"),
        ("rh-061", &[b"unhandledinvocationerror"], "Unhandled"),
        (
            "surrounding whitespace",
            &[b" HandledInvocationError\t"],
            "Handled",
        ),
        ("rh-063", &[b"SomethingNew"], "Other"),
        (
            "rh-064",
            &[b"UnhandledInvocationError, HandledInvocationError"],
            "Other",
        ),
        ("rh-065", &[b"\xff\x80"], "Other"),
        ("rh-066", &[b""], "Completed"),
        ("rh-067", &[&long], "Other"),
        ("rh-068", &[HANDLED, UNHANDLED], "Other"),
        ("rh-069", &[], "Completed"),
    ];
    for (id, values, expected) in rows {
        let headers: Vec<_> = values
            .iter()
            .map(|value| ("X-Fc-Error-Type", *value))
            .collect();
        assert_eq!(outcome(response(200, &headers, PAYLOAD)), *expected, "{id}");
    }
    let headers: &[(&str, &[u8])] = &[("X-Fc-Error-Type", &long)];
    let failed = Outcome::from_unidentified_response(response(200, headers, PAYLOAD)).unwrap();
    let Outcome::FunctionFailed(error) = failed else {
        panic!("rh-067")
    };
    assert_eq!(error.to_string().matches('E').count(), 64, "rh-067");
}

#[test]
fn request_ids_are_decoded_or_absent() {
    let long = [b'r'; 8000];
    let id = |values: &[&[u8]]| {
        header("X-Fc-Request-Id", values, |it| {
            it.request_id()
                .map_or_else(|| "none".to_owned(), str::to_owned)
        })
    };
    assert_eq!(id(&[]), "none", "rh-069");
    assert_eq!(id(&[b"\xc3\xa9"]), "none", "rh-071");
    assert_eq!(id(&[b"r-1", b"r-1"]), "none", "repeated");
    assert_eq!(id(&[&long]).len(), 8000, "rh-073");
    assert_eq!(
        id(&[b"<script>alert(1)</script>"]),
        "<script>alert(1)</script>",
        "rh-074"
    );

    let headers: &[(&str, &[u8])] = &[("X-Fc-Request-Id", &long)];
    let rejected = rejected(response(404, headers, ""));
    let shown = rejected.to_string();
    let shown = shown.split_once("request id ").unwrap().1;
    assert_eq!(
        shown.matches('r').count(),
        128 + "more bytes".matches('r').count(),
        "rh-073"
    );
}

#[test]
fn retry_after_is_decoded_and_unknown_headers_are_ignored() {
    let retry = |value: &[u8]| {
        header("Retry-After", &[value], |it| match it.retry_after() {
            Ok(Some(RetryAfter::Seconds(seconds))) => format!("{seconds} s"),
            other => other.unwrap_err().kind().slug().to_owned(),
        })
    };
    assert_eq!(retry(b"-5"), "number", "rh-076");
    assert_eq!(retry(b"99999999999"), "99999999999 s", "rh-077");

    let names: Vec<_> = (0..64)
        .map(|number| format!("x-fc-made-up-{number}"))
        .collect();
    let headers: Vec<_> = names
        .iter()
        .map(|name| (name.as_str(), b"v".as_slice()))
        .collect();
    assert_eq!(
        outcome(response(200, &headers, PAYLOAD)),
        "Completed",
        "rh-079"
    );
}
