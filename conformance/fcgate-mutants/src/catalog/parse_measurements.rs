//! Mistakes in reading the measurements and the log tail of a function that ran.

use fcgate_protocol::{Outcome, OutcomeKind};

use super::parse_outcome::{broken, parse, reads};
use crate::mutant::Mutant;

const LOG: &str = "x-fc-log-result";
const DURATION: &str = "x-fc-invocation-duration";
const MEMORY: &str = "x-fc-max-memory-usage";
const CHECKSUM: &str = "x-fc-code-checksum";

pub(super) const MUTANTS: &[Mutant] = &[
    parse(
        "FCG0461",
        "log-tail-undecoded",
        "returns the log tail in base64, as sent",
        &["FC-PARSE-011"],
        |response, outcome| {
            let header = response.headers.get(LOG);
            if outcome.log_tail.is_some() {
                outcome.log_tail = header.map(|text| text.as_bytes().to_vec());
            }
        },
    )
    .seen_in("alibabacloud-fc-open20210406, aliyun-fc2 (Python), @alicloud/fc2 (Node)"),
    parse(
        "FCG0462",
        "log-tail-replaced",
        "returns the log tail as text, which replaces a truncated character",
        &["FC-PARSE-011"],
        |_, outcome| {
            let text = |tail: &Vec<u8>| String::from_utf8_lossy(tail).into_owned();
            outcome.log_tail = outcome.log_tail.as_ref().map(text).map(String::into_bytes);
        },
    ),
    parse(
        "FCG0463",
        "malformed-log-tail-fails-all",
        "reports a bad response if the log tail is not base64",
        &["FC-PARSE-012"],
        |response, outcome| {
            if response.headers.contains(LOG) && outcome.log_tail.is_none() {
                broken(outcome);
            }
        },
    )
    .seen_in("fc-go-sdk, GetLogResult"),
    parse(
        "FCG0464",
        "malformed-log-tail-returned",
        "returns a log tail that is not base64 without decoding",
        &["FC-PARSE-012"],
        |response, outcome| {
            if outcome.log_tail.is_none() && is_executed(outcome) {
                let header = response.headers.get(LOG);
                outcome.log_tail = header.map(|text| text.as_bytes().to_vec());
            }
        },
    )
    .seen_in("fc-java-sdk returns the output of its decoder"),
    parse(
        "FCG0465",
        "log-tail-lost-on-errors",
        "returns no log tail of a failed function",
        &["FC-PARSE-011"],
        |_, outcome| {
            if outcome.kind == OutcomeKind::FunctionError {
                outcome.log_tail = None;
            }
        },
    )
    .seen_in("devsapp/fc"),
    parse(
        "FCG0471",
        "duration-in-seconds",
        "reads the duration as seconds, as documented on one page of the manual",
        &["FC-PARSE-013"],
        |_, outcome| outcome.duration_ms = outcome.duration_ms.map(|figure| figure * 1000),
    ),
    parse(
        "FCG0472",
        "duration-in-32-bits",
        "keeps a duration in 32 bits",
        &["FC-PARSE-013"],
        |_, outcome| {
            outcome.duration_ms = outcome
                .duration_ms
                .filter(|figure| u32::try_from(*figure).is_ok());
        },
    ),
    parse(
        "FCG0473",
        "numbers-read-to-the-first-letter",
        "reads the digits at the start of a number and ignores the rest",
        &["FC-PARSE-021"],
        |response, outcome| {
            let digits = |name| {
                let text = response.headers.get(name)?;
                let end = text.find(|one: char| !one.is_ascii_digit());
                text.get(..end.unwrap_or(text.len()))
                    .filter(|digits| !digits.is_empty())
            };
            if is_executed(outcome) {
                let duration = digits(DURATION).and_then(|text| text.parse().ok());
                outcome.duration_ms = outcome.duration_ms.or(duration);
                let memory = digits(MEMORY).map(str::to_owned);
                outcome.max_memory_mb = outcome.max_memory_mb.take().or(memory);
                let checksum = digits(CHECKSUM).map(str::to_owned);
                outcome.code_checksum = outcome.code_checksum.take().or(checksum);
            }
        },
    ),
    parse(
        "FCG0474",
        "memory-as-a-float",
        "reads the memory as a floating-point number and loses its original form",
        &["FC-PARSE-014"],
        |_, outcome| {
            let number = |text: String| {
                text.parse::<f64>()
                    .map_or(text, |number| number.to_string())
            };
            outcome.max_memory_mb = outcome.max_memory_mb.take().map(number);
        },
    ),
    parse(
        "FCG0475",
        "memory-as-an-integer",
        "drops the decimal places of the memory",
        &["FC-PARSE-014"],
        |_, outcome| {
            if let Some(memory) = &mut outcome.max_memory_mb
                && let Some(point) = memory.find('.')
            {
                memory.truncate(point);
            }
        },
    ),
    parse(
        "FCG0476",
        "checksum-as-a-signed-number",
        "reads the checksum as a signed 64-bit number",
        &["FC-PARSE-015"],
        |_, outcome| {
            if let Some(checksum) = &mut outcome.code_checksum
                && let Ok(number) = checksum.parse::<u64>()
            {
                *checksum = number.cast_signed().to_string();
            }
        },
    ),
    parse(
        "FCG0477",
        "checksum-as-a-float",
        "reads the checksum as a floating-point number, which holds 53 bits",
        &["FC-PARSE-015"],
        |_, outcome| {
            if let Some(checksum) = &mut outcome.code_checksum
                && let Ok(number) = checksum.parse::<f64>()
            {
                *checksum = number.to_string();
            }
        },
    ),
    parse(
        "FCG0478",
        "instance-id-lost",
        "does not return the instance id",
        &["FC-PARSE-016"],
        |_, outcome| outcome.instance_id = None,
    ),
    parse(
        "FCG0479",
        "version-from-the-code-version",
        "reads the service version from x-fc-invocation-code-version",
        &["FC-PARSE-017"],
        |response, outcome| {
            if is_executed(outcome) {
                let name = "x-fc-invocation-code-version";
                outcome.service_version = response.headers.get(name).map(str::to_owned);
            }
        },
    )
    .seen_in("the list of exposed headers in the manual"),
    parse(
        "FCG0480",
        "task-id-lost",
        "does not return the task id of an accepted invocation",
        &["FC-PARSE-018"],
        |_, outcome| outcome.stateful_async_invocation_id = None,
    ),
    parse(
        "FCG0481",
        "task-id-from-the-request-id",
        "returns the request id as task id if no task id was sent",
        &["FC-PARSE-018"],
        |_, outcome| {
            if outcome.kind == OutcomeKind::Accepted {
                let id = outcome.request_id.clone().unwrap_or_default();
                outcome.stateful_async_invocation_id.get_or_insert(id);
            }
        },
    ),
    parse(
        "FCG0482",
        "missing-values-as-zero",
        "returns zeros and empty texts for values that are missing or malformed",
        &["FC-PARSE-021"],
        |_, outcome| {
            if is_executed(outcome) {
                outcome.duration_ms.get_or_insert(0);
                outcome.max_memory_mb.get_or_insert_with(|| "0".to_owned());
                outcome.code_checksum.get_or_insert_with(|| "0".to_owned());
                outcome.instance_id.get_or_insert_default();
                outcome.service_version.get_or_insert_default();
                outcome.log_tail.get_or_insert_default();
                outcome.error_type.get_or_insert_default();
            }
        },
    ),
    parse(
        "FCG0483",
        "malformed-number-fails-all",
        "reports a bad response if a number is malformed",
        &["FC-PARSE-021"],
        |response, outcome| {
            let is_there = |name| response.headers.contains(name);
            let unread = (is_there(DURATION) && outcome.duration_ms.is_none())
                || (is_there(MEMORY) && outcome.max_memory_mb.is_none())
                || (is_there(CHECKSUM) && outcome.code_checksum.is_none());
            if is_executed(outcome) && unread {
                broken(outcome);
            }
        },
    ),
    reads(
        "FCG0484",
        "headers-by-a-part-of-their-name",
        "finds a header by a part of its name",
        &["FC-PARSE-019"],
        |response| {
            for known in [LOG, DURATION, MEMORY, CHECKSUM] {
                if !response.headers.contains(known) {
                    let like = |name: &str| name.to_ascii_lowercase().contains(known);
                    let found = response.headers.iter().find(|(name, _)| like(name));
                    if let Some((_, value)) = found.cloned() {
                        response.headers.push(known.to_owned(), value);
                    }
                }
            }
        },
    ),
    parse(
        "FCG0485",
        "duration-zero-lost",
        "returns no duration if it is 0",
        &["FC-PARSE-013"],
        |_, outcome| outcome.duration_ms = outcome.duration_ms.filter(|duration| *duration > 0),
    )
    .seen_in("clients that test a number for truth"),
    parse(
        "FCG0486",
        "duration-as-a-short-float",
        "keeps a duration as a 32-bit floating-point number",
        &["FC-PARSE-013"],
        |_, outcome| {
            if let Some(duration) = outcome.duration_ms
                && let Ok(short) = u32::try_from(duration)
            {
                // A 32-bit floating-point number has 24 significant bits.
                let lost = short.checked_ilog2().unwrap_or_default().saturating_sub(23);
                outcome.duration_ms = Some(u64::from(short >> lost << lost));
            }
        },
    ),
];

/// Whether the function ran.
fn is_executed(outcome: &Outcome) -> bool {
    matches!(
        outcome.kind,
        OutcomeKind::Completed | OutcomeKind::FunctionError
    )
}
