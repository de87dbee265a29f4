//! The remark about a field that is empty or zero although the SDK has no value: an adapter leaves such a field out.

use fcgate_cases::judge::Check;

/// The fields of an outcome that hold a text or bytes, and the stages of a signature.
const TEXTS: [&str; 16] = [
    "payload_b64",
    "request_id",
    "error_type",
    "log_tail_b64",
    "max_memory_mb",
    "code_checksum",
    "instance_id",
    "service_version",
    "stateful_async_invocation_id",
    "code",
    "message",
    "canonical_headers",
    "canonical_resource",
    "canonical_request",
    "string_to_sign",
    "reason",
];

/// The fields of an outcome that hold a number.
const NUMBERS: [&str; 2] = ["status", "duration_ms"];

/// Returns the remark about a failed check whose actual value is an empty text or zero.
pub(super) fn remark(check: &Check) -> Option<String> {
    let (field, when) = match check.id.strip_prefix("no-") {
        Some(field) => (field, ""),
        None => (check.id.as_str(), " if the SDK does not return it"),
    };
    let value = match check.actual_text()?.as_str() {
        "" if TEXTS.contains(&field) => "an empty text",
        "0" if NUMBERS.contains(&field) => "0",
        _ => return None,
    };
    Some(format!("{field} is {value}: leave the field out{when}"))
}

#[cfg(test)]
mod tests {
    use fcgate_cases::judge::Check;

    use super::remark;

    #[test]
    fn an_empty_text_or_a_zero_is_to_be_left_out() {
        let absent = |id: &str, actual: &[u8]| remark(&Check::absent(id, Some(actual)));
        assert_eq!(
            absent("no-request_id", b"").unwrap(),
            "request_id is an empty text: leave the field out"
        );
        assert_eq!(
            absent("no-duration_ms", b"0").unwrap(),
            "duration_ms is 0: leave the field out"
        );
        let equal = |id: &str, actual: &str| remark(&Check::equal_text(id, "200", Some(actual)));
        assert_eq!(
            equal("status", "0").unwrap(),
            "status is 0: leave the field out if the SDK does not return it"
        );
        assert_eq!(
            equal("code", "").unwrap(),
            "code is an empty text: leave the field out if the SDK does not return it"
        );
    }

    #[test]
    fn other_values_and_other_checks_have_no_such_remark() {
        for (id, actual) in [
            ("no-request_id", "1-62"),
            ("code", "0"),
            ("status", "20"),
            ("authorization", ""),
            ("requests", "0"),
            ("no-header.date", ""),
        ] {
            let check = Check::equal_text(id, "x", Some(actual));
            assert_eq!(remark(&check), None, "{id}");
        }
        assert_eq!(remark(&Check::equal_text("code", "x", None)), None);
    }
}
