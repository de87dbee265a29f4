//! Titles: a case checks the fields that its title names.

use super::corpus::Case;

/// Words of a title, and the fields of which one is checked or given.
const PROMISES: [(&str, &[&str]); 9] = [
    (
        "request id",
        &[
            "request_id",
            "body-rid",
            "RequestI",
            "equest-I",
            "EQUEST-ID",
        ],
    ),
    (
        "task id",
        &[
            "stateful_async_invocation_id",
            "task-id",
            "Task-Id",
            "Invocation-Id",
            "TaskId",
        ],
    ),
    ("duration", &["duration_ms"]),
    ("memory", &["max_memory_mb"]),
    ("checksum", &["code_checksum"]),
    ("instance id", &["instance_id"]),
    ("service version", &["service_version"]),
    ("message", &["message"]),
    ("error type", &["error_type", "kind"]),
];

/// Finds a `parse` case whose title names a field that no check looks at.
pub(super) fn of_case(case: &Case) -> Vec<String> {
    if case.op != "parse" {
        return Vec::new();
    }
    let title = case.title.to_lowercase();
    let expect = case.expect.to_string();
    let given = case.given.to_string();
    let unchecked = PROMISES.iter().filter(|(words, fields)| {
        let spoils = title.contains("spoil") || title.contains("affect");
        title.contains(words)
            && !spoils
            && !fields.iter().any(|field| expect.contains(field))
            && !fields.iter().skip(1).any(|field| given.contains(field))
    });
    unchecked
        .map(|(words, _)| {
            format!(
                "{}: the title names the {words}, and no check does: {}",
                case.id, case.title
            )
        })
        .collect()
}
