//! What a complete response means: a small rule set of its own, from the published tables.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::case::Outcome;
use super::http_response::Response;
use super::source::value;

/// How the kind was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// 200 without an error type.
    Success,
    /// 200 with an error type of no characters.
    EmptyErrorType,
    /// 202.
    Accepted,
    /// A 2xx that no page names.
    OtherSuccess,
    /// Handled or unhandled, with 200.
    FunctionError,
    /// Handled or unhandled, with another status.
    FunctionErrorElsewhere,
    /// An error type that no page names.
    UnknownErrorType,
    /// 3xx.
    Redirect,
    /// 4xx and 5xx.
    ServiceError,
}

/// Where the request id of an error came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RequestId {
    None,
    Header,
    Body,
    /// Both are there and differ; the header's is in the outcome.
    Disputed,
}

pub(super) struct Reading {
    pub(super) ground: Ground,
    pub(super) outcome: Outcome,
    pub(super) absent: Vec<&'static str>,
    pub(super) request_id: RequestId,
}

pub(super) fn read(response: &Response) -> Reading {
    let error_type = value(&response.headers, "x-fc-error-type");
    let known = error_type.is_some_and(|text| {
        let text = text.to_ascii_lowercase();
        matches!(
            text.as_str(),
            "handledinvocationerror" | "unhandledinvocationerror"
        )
    });
    let ground = match (response.status, error_type) {
        (200, Some(_)) if known => Ground::FunctionError,
        (_, Some(_)) if known => Ground::FunctionErrorElsewhere,
        (200, None) => Ground::Success,
        (200, Some("")) => Ground::EmptyErrorType,
        (200, Some(_)) => Ground::UnknownErrorType,
        (202, _) => Ground::Accepted,
        (201..300, _) => Ground::OtherSuccess,
        (300..400, _) => Ground::Redirect,
        _ => Ground::ServiceError,
    };
    match ground {
        Ground::Success | Ground::EmptyErrorType | Ground::OtherSuccess => {
            executed(ground, "completed", response)
        }
        Ground::FunctionError | Ground::FunctionErrorElsewhere | Ground::UnknownErrorType => {
            executed(ground, "function_error", response)
        }
        Ground::Accepted => accepted(response),
        Ground::Redirect | Ground::ServiceError => service_error(ground, response),
    }
}

fn executed(ground: Ground, kind: &'static str, response: &Response) -> Reading {
    let header = |name: &str| value(&response.headers, name).map(str::to_owned);
    let log = header("x-fc-log-result").filter(|log| !log.is_empty());
    let outcome = Outcome {
        kind,
        status: Some(response.status),
        payload_b64: Some(STANDARD.encode(&response.body)),
        request_id: header("x-fc-request-id"),
        error_type: header("x-fc-error-type").filter(|_| kind == "function_error"),
        log_tail_b64: log.filter(|log| STANDARD.decode(log).is_ok()),
        duration_ms: header("x-fc-invocation-duration").and_then(|text| text.parse().ok()),
        max_memory_mb: header("x-fc-max-memory-usage"),
        code_checksum: header("x-fc-code-checksum"),
        instance_id: header("x-fc-instance-id"),
        service_version: header("x-fc-invocation-service-version"),
        ..Outcome::default()
    };
    let mut absent = Vec::new();
    let fields = [
        ("request_id", outcome.request_id.is_none()),
        // An empty log header may be shown as an empty log or as none.
        (
            "log_tail_b64",
            outcome.log_tail_b64.is_none() && header("x-fc-log-result").as_deref() != Some(""),
        ),
        ("duration_ms", outcome.duration_ms.is_none()),
        ("max_memory_mb", outcome.max_memory_mb.is_none()),
        ("code_checksum", outcome.code_checksum.is_none()),
        ("instance_id", outcome.instance_id.is_none()),
        ("service_version", outcome.service_version.is_none()),
    ];
    absent.extend(
        fields
            .iter()
            .filter(|(_, missing)| *missing)
            .map(|(name, _)| *name),
    );
    let request_id = if outcome.request_id.is_some() {
        RequestId::Header
    } else {
        RequestId::None
    };
    Reading {
        ground,
        outcome,
        absent,
        request_id,
    }
}

fn accepted(response: &Response) -> Reading {
    let header = |name: &str| value(&response.headers, name).map(str::to_owned);
    let outcome = Outcome {
        kind: "accepted",
        status: Some(response.status),
        request_id: header("x-fc-request-id"),
        stateful_async_invocation_id: header("x-fc-stateful-async-invocation-id"),
        ..Outcome::default()
    };
    let none = outcome.stateful_async_invocation_id.is_none();
    let absent = if none {
        vec!["stateful_async_invocation_id"]
    } else {
        Vec::new()
    };
    Reading {
        ground: Ground::Accepted,
        outcome,
        absent,
        request_id: RequestId::Header,
    }
}

fn service_error(ground: Ground, response: &Response) -> Reading {
    let body = body_fields(&response.body);
    let text = |names: &[&str]| -> Vec<String> {
        let fields = body
            .iter()
            .filter(|(name, _)| names.contains(&name.as_str()));
        let mut texts: Vec<String> = fields
            .filter_map(|(_, value)| value.as_str().map(str::to_owned))
            .collect();
        texts.dedup();
        texts
    };
    // Shapes that contradict each other in one body decide nothing.
    let only = |texts: Vec<String>| <[String; 1]>::try_from(texts).ok().map(|[text]| text);
    let in_header = value(&response.headers, "x-fc-request-id").map(str::to_owned);
    let in_body = only(text(&["RequestId", "RequestID", "requestId"]));
    let request_id = match (&in_header, &in_body) {
        (Some(header), Some(body)) if header != body => RequestId::Disputed,
        (Some(_), _) => RequestId::Header,
        (None, Some(_)) => RequestId::Body,
        (None, None) => RequestId::None,
    };
    let outcome = Outcome {
        kind: "service_error",
        status: Some(response.status),
        request_id: in_header.or(in_body),
        code: only(text(&["ErrorCode", "errorCode", "Code", "code"])),
        message: only(text(&[
            "ErrorMessage",
            "errorMessage",
            "Message",
            "message",
        ])),
        ..Outcome::default()
    };
    let absent = if request_id == RequestId::None {
        vec!["request_id"]
    } else {
        Vec::new()
    };
    Reading {
        ground,
        outcome,
        absent,
        request_id,
    }
}

/// The members of a JSON object; nothing for any other body.
fn body_fields(body: &[u8]) -> Map<String, Value> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Ground, RequestId, read};
    use crate::record::http_response::Response;
    use crate::record::source::Pair;

    fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
        let headers = headers
            .iter()
            .map(|(name, value)| Pair::new(name, value))
            .collect();
        Response {
            status,
            headers,
            body: body.as_bytes().to_vec(),
        }
    }

    #[test]
    fn an_error_type_decides_before_the_status() {
        let of = |status, text| read(&response(status, &[("X-FC-ERROR-TYPE", text)], "")).ground;
        assert_eq!(of(200, "HandledInvocationError"), Ground::FunctionError);
        assert_eq!(
            of(502, "unhandledinvocationerror"),
            Ground::FunctionErrorElsewhere
        );
        assert_eq!(of(200, "Sandbox"), Ground::UnknownErrorType);
        assert_eq!(of(200, ""), Ground::EmptyErrorType);
        assert_eq!(of(429, "FcCommonError"), Ground::ServiceError);
    }

    #[test]
    fn a_log_that_is_not_base64_is_absent() {
        let reading = read(&response(
            200,
            &[("x-fc-log-result", "demo log result")],
            "a",
        ));
        assert!(reading.absent.contains(&"log_tail_b64"));
        let reading = read(&response(200, &[("x-fc-log-result", "bG9n")], "a"));
        assert_eq!(reading.outcome.log_tail_b64.as_deref(), Some("bG9n"));
    }

    #[test]
    fn every_error_shape_gives_its_code() {
        for body in [
            r#"{"ErrorCode":"X","ErrorMessage":"m"}"#,
            r#"{"errorCode":"X","errorMessage":"m"}"#,
            r#"{"Code":"X","Message":"m","RequestId":"r"}"#,
        ] {
            let reading = read(&response(400, &[("x-fc-request-id", "r")], body));
            assert_eq!(reading.outcome.code.as_deref(), Some("X"));
            assert_eq!(reading.outcome.message.as_deref(), Some("m"));
            assert_eq!(reading.request_id, RequestId::Header);
        }
    }

    #[test]
    fn two_messages_in_one_body_decide_nothing() {
        let body =
            r#"{"Code":"X","Message":"m1","ErrorCode":"X","ErrorMessage":"m2","RequestId":"b"}"#;
        let reading = read(&response(400, &[("x-fc-request-id", "h")], body));
        assert_eq!(reading.outcome.code.as_deref(), Some("X"));
        assert_eq!(reading.outcome.message, None);
        assert_eq!(reading.request_id, RequestId::Disputed);
    }
}
