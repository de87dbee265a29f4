//! The fields of every reply, for the messages about a wrong one.

use fcgate_protocol::{
    BuildOutput, InvokeOutput, ParseOutput, SignOutput, TaskOutput, TriggerOutput,
};

use super::reply_form::{Field, Form};

/// The output of a command, whose fields can be described.
pub(super) trait ReplyFields {
    /// The fields of the `ok`.
    const FIELDS: &'static [Field];
}

const STATUS: Form = Form::Number(u16::MAX as u64);

const CLASS: Form = Form::OneOf(&["connect", "timeout", "truncated", "malformed", "other"]);

const KIND: Form = Form::OneOf(&[
    "completed",
    "accepted",
    "function_error",
    "service_error",
    "bad_response",
    "transport_error",
]);

/// The fields of an `err`.
pub(super) const ERR: &[Field] = &[
    Field::required("class", Form::OneOf(&["input", "internal"])),
    Field::optional("message", Form::Text),
];

/// The fields of an `unsupported`.
pub(super) const UNSUPPORTED: &[Field] = &[Field::optional("cap", Form::Text)];

/// The fields of a line whose form does not depend on the command.
pub(super) const LINE: &[Field] = &[Field::required("seq", Form::Text)];

const STAGES: &[Field] = &[
    Field::nullable("canonical_headers", Form::Text),
    Field::nullable("canonical_resource", Form::Text),
    Field::nullable("canonical_request", Form::Text),
    Field::nullable("string_to_sign", Form::Text),
    Field::nullable("signature", Form::Text),
];

const OUTCOME: &[Field] = &[Field::required("outcome", OUTCOME_FORM)];

const OUTCOME_FORM: Form = Form::Object(&[
    Field::required("kind", KIND),
    Field::nullable("status", STATUS),
    Field::nullable("payload_b64", Form::Base64),
    Field::nullable("request_id", Form::Text),
    Field::nullable("error_type", Form::Text),
    Field::nullable("log_tail_b64", Form::Base64),
    Field::nullable("duration_ms", Form::Number(u64::MAX)),
    Field::nullable("max_memory_mb", Form::Text),
    Field::nullable("code_checksum", Form::Text),
    Field::nullable("instance_id", Form::Text),
    Field::nullable("service_version", Form::Text),
    Field::nullable("stateful_async_invocation_id", Form::Text),
    Field::nullable("session_id", Form::Text),
    Field::nullable("code", Form::Text),
    Field::nullable("message", Form::Text),
    Field::nullable("reason", Form::Text),
    Field::nullable("class", CLASS),
]);

const TASK: &[Field] = &[
    Field::nullable("task_id", Form::Text),
    Field::nullable("qualifier", Form::Text),
    Field::nullable("status", Form::Text),
    Field::nullable("started_time", Form::Number(u64::MAX)),
    Field::nullable("end_time", Form::Number(u64::MAX)),
    Field::nullable("duration_ms", Form::Number(u64::MAX)),
    Field::nullable("destination_status", Form::Text),
    Field::nullable("error_message", Form::Text),
    Field::nullable("payload", Form::Text),
    Field::nullable("return_payload", Form::Text),
    Field::nullable("already_retried_times", Form::Number(u64::MAX)),
    Field::nullable("request_id", Form::Text),
    Field::nullable("instance_id", Form::Text),
];

impl ReplyFields for SignOutput {
    const FIELDS: &'static [Field] = &[
        Field::required("headers", Form::Headers),
        Field::nullable("url", Form::Text),
        Field::nullable("stages", Form::Object(STAGES)),
    ];
}

impl ReplyFields for BuildOutput {
    const FIELDS: &'static [Field] = &[
        Field::required("method", Form::Text),
        Field::required("url", Form::Text),
        Field::required("headers", Form::Headers),
        Field::required("body_b64", Form::Base64),
    ];
}

impl ReplyFields for ParseOutput {
    const FIELDS: &'static [Field] = OUTCOME;
}

impl ReplyFields for InvokeOutput {
    const FIELDS: &'static [Field] = OUTCOME;
}

impl ReplyFields for TriggerOutput {
    const FIELDS: &'static [Field] = &[
        Field::nullable(
            "response",
            Form::Object(&[
                Field::required("status", STATUS),
                Field::optional("headers", Form::Headers),
                Field::required("body_b64", Form::Base64),
            ]),
        ),
        Field::nullable("class", CLASS),
    ];
}

impl ReplyFields for TaskOutput {
    const FIELDS: &'static [Field] = &[
        Field::required("outcome", OUTCOME_FORM),
        Field::nullable("task", Form::Object(TASK)),
        Field::nullable("tasks", Form::Objects(TASK)),
        Field::nullable("next_token", Form::Text),
    ];
}

#[cfg(test)]
mod tests {
    use fcgate_protocol::{
        BuildOutput, InvokeOutput, ParseOutput, Reply, SignOutput, TaskOutput, TriggerOutput,
    };
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    use super::super::reply_form::{Form, Presence};
    use super::super::reply_line::parse;
    use super::{Field, ReplyFields};

    fn error<T: ReplyFields + DeserializeOwned + Serialize>(ok: &Value) -> String {
        let line = json!({"seq": "k1", "ok": ok}).to_string();
        let (_, line) = parse(line.into_bytes()).unwrap();
        match line.reply::<T>() {
            Err(error) => error,
            Ok(Reply::Ok(_)) => format!("accepted: {ok}"),
            Ok(_) => panic!("not an ok"),
        }
    }

    fn outcome() -> Value {
        json!({"outcome": {
            "kind": "completed", "status": 200, "payload_b64": "", "request_id": "", "error_type": "",
            "log_tail_b64": "", "duration_ms": 1, "max_memory_mb": "", "code_checksum": "", "instance_id": "",
            "service_version": "", "stateful_async_invocation_id": "", "session_id": "", "code": "", "message": "", "reason": "",
            "class": "other"
        }})
    }

    fn signed() -> Value {
        json!({"headers": [["Date", "now"]], "url": "", "stages": {
            "canonical_headers": "", "canonical_resource": "", "canonical_request": "", "string_to_sign": "",
            "signature": ""
        }})
    }

    fn built() -> Value {
        json!({"method": "", "url": "", "headers": [["Date", "now"]], "body_b64": ""})
    }

    fn triggered() -> Value {
        json!({"response": {"status": 200, "headers": [["Date", "now"]], "body_b64": ""}, "class": "other"})
    }

    fn task_read() -> Value {
        let task = json!({
            "task_id": "", "qualifier": "", "status": "", "started_time": 1, "end_time": 1, "duration_ms": 1,
            "destination_status": "", "error_message": "", "payload": "", "return_payload": "",
            "already_retried_times": 1, "request_id": "", "instance_id": ""
        });
        json!({"outcome": outcome()["outcome"], "task": task, "tasks": [task], "next_token": ""})
    }

    /// A value of every kind of JSON, with its name in messages.
    fn kinds() -> [(&'static str, Value); 6] {
        [
            ("null", Value::Null),
            ("a boolean", json!(true)),
            ("a number", json!(7)),
            ("a text", json!("x y")),
            ("a list", json!([7])),
            ("an object", json!({"x": 1})),
        ]
    }

    fn accepted_kind(field: &Field) -> &'static str {
        match field.form {
            Form::Text | Form::Base64 | Form::OneOf(_) => "a text",
            Form::Number(_) => "a number",
            Form::Headers | Form::Names | Form::Objects(_) => "a list",
            Form::Object(_) => "an object",
        }
    }

    /// Gives every field a value of every wrong kind, and leaves it out.
    fn check_every_field<T: ReplyFields + DeserializeOwned + Serialize>(sample: &Value) {
        assert!(error::<T>(sample).starts_with("accepted"), "{sample}");
        let parsed: T = serde_json::from_value(sample.clone()).unwrap();
        assert_eq!(
            serde_json::to_value(parsed).unwrap(),
            *sample,
            "a field has no sample"
        );
        check_fields::<T>(sample, "", "", T::FIELDS);
    }

    fn check_fields<T: ReplyFields + DeserializeOwned + Serialize>(
        sample: &Value,
        pointer: &str,
        path: &str,
        fields: &'static [Field],
    ) {
        let names: Vec<&String> = sample
            .pointer(pointer)
            .unwrap()
            .as_object()
            .unwrap()
            .keys()
            .collect();
        assert_eq!(names.len(), fields.len(), "{path}");
        for field in fields {
            let path = format!("{path}{}", field.name);
            let place = format!("{pointer}/{}", field.name);
            for (kind, value) in kinds() {
                let accepted = kind == accepted_kind(field)
                    || (kind == "null" && field.presence == Presence::Nullable);
                if accepted {
                    continue;
                }
                let mut wrong = sample.clone();
                *wrong.pointer_mut(&place).unwrap() = value;
                let text = error::<T>(&wrong);
                assert!(text.starts_with(&format!("`{path}` is {kind}; ")), "{text}");
                assert!(text.ends_with(" is expected"), "{text}");
            }
            let mut less = sample.clone();
            let object = less.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
            object.remove(field.name);
            let text = error::<T>(&less);
            let required = field.presence == Presence::Required;
            assert_eq!(
                text.starts_with(&format!("`{path}` is missing; ")),
                required,
                "{text}"
            );
            match field.form {
                Form::Object(inner) => {
                    check_fields::<T>(sample, &place, &format!("{path}."), inner);
                }
                Form::Objects(inner) => {
                    let (place, path) = (format!("{place}/0"), format!("{path}[0]."));
                    check_fields::<T>(sample, &place, &path, inner);
                }
                _ => {}
            }
        }
    }

    #[test]
    fn every_field_with_a_wrong_kind_of_value_is_named_with_both_kinds() {
        check_every_field::<SignOutput>(&signed());
        check_every_field::<BuildOutput>(&built());
        check_every_field::<ParseOutput>(&outcome());
        check_every_field::<InvokeOutput>(&outcome());
        check_every_field::<TriggerOutput>(&triggered());
        check_every_field::<TaskOutput>(&task_read());
    }

    #[test]
    fn a_wrong_value_of_the_right_kind_is_described() {
        let sign = |headers: Value| error::<SignOutput>(&json!({ "headers": headers }));
        let parse = |field: &str, value: Value| {
            error::<ParseOutput>(&json!({"outcome": {"kind": "completed", field: value}}))
        };
        let texts = [
            sign(json!({"Authorization": "FC"})),
            sign(json!(["Date"])),
            sign(json!([["Date", "now"], ["Authorization"]])),
            sign(json!([["Date", "now", "x"]])),
            sign(json!([["Date", 5]])),
            parse("status", json!("200")),
            parse("status", json!(200.5)),
            parse("status", json!(99999)),
            parse("duration_ms", json!(-1)),
            parse("payload_b64", json!("_-")),
            parse("class", json!("reset")),
            error::<ParseOutput>(&json!({"outcome": {"kind": "ok"}})),
            error::<ParseOutput>(&json!({"outcome": {}})),
            error::<ParseOutput>(&json!({"outcome": ["completed"]})),
            error::<TriggerOutput>(&json!({"response": [200, [], ""]})),
            error::<SignOutput>(&json!([])),
        ];
        insta::assert_snapshot!(texts.join("\n"), @r"
        `headers` is an object; a list of [name, value] is expected
        `headers[0]` is a text; [name, value] is expected
        `headers[1]` is a list of 1; [name, value] is expected
        `headers[0]` is a list of 3; [name, value] is expected
        `headers[0][1]` is a number; a text is expected
        `outcome.status` is a text; a number is expected
        `outcome.status` is 200.5; a whole number from 0 to 65535 is expected
        `outcome.status` is 99999; a whole number from 0 to 65535 is expected
        `outcome.duration_ms` is -1; a whole number, at least 0, is expected
        `outcome.payload_b64` is a text that is not base64; bytes in standard base64 with padding are expected
        `outcome.class` is the text 'reset'; one of connect, timeout, truncated, malformed, other is expected
        `outcome.kind` is the text 'ok'; one of completed, accepted, function_error, service_error, bad_response, transport_error is expected
        `outcome.kind` is missing; one of completed, accepted, function_error, service_error, bad_response, transport_error is expected
        `outcome` is a list; an object is expected
        `response` is a list; an object is expected
        `ok` is a list; an object is expected
        ");
    }
}
