//! Input is refused that is valid, or sent although it is invalid.

use fcgate_protocol::BuildInput;

use super::mistake::ForeignMistake;
use super::step::Step;

pub(super) const MISTAKES: &[ForeignMistake] = &[
    ForeignMistake::new(
        "long-payload-refused",
        "refuses a payload of more than 32 bytes",
        &[],
        Step::Refuses(|input| payload(input).len() > 32),
    ),
    ForeignMistake::new(
        "empty-payload-refused",
        "refuses an empty payload",
        &[],
        Step::Refuses(|input| payload(input).is_empty()),
    ),
    ForeignMistake::new(
        "payload-that-is-not-json-refused",
        "refuses a payload that is not JSON",
        &[],
        Step::Refuses(|input| serde_json::from_slice::<serde_json::Value>(payload(input)).is_err()),
    ),
    ForeignMistake::new(
        "qualifiers-refused",
        "refuses every qualifier",
        &[],
        Step::Refuses(|input| input.input.qualifier.is_some()),
    ),
    ForeignMistake::new(
        "asynchronous-tasks-refused",
        "refuses a task id",
        &[],
        Step::Refuses(|input| input.input.stateful_async_invocation_id.is_some()),
    ),
    ForeignMistake::new(
        "repeated-headers-refused",
        "refuses a repeated header of the caller",
        &[],
        Step::Refuses(|input| {
            let headers = input.input.headers.iter().flatten();
            let mut names: Vec<String> = headers.map(|(name, _)| name.to_lowercase()).collect();
            let count = names.len();
            names.sort();
            names.dedup();
            names.len() < count
        }),
    ),
    ForeignMistake::new(
        "digits-refused",
        "refuses the name of a function with a digit",
        &[],
        Step::Refuses(|input| {
            input
                .input
                .function
                .bytes()
                .any(|byte| byte.is_ascii_digit())
        }),
    ),
    ForeignMistake::new(
        "control-bytes-removed",
        "removes control bytes from the caller's values and sends the rest",
        &[],
        Step::Input(|given| {
            let input = &mut given.input;
            let headers = input
                .headers
                .iter_mut()
                .flat_map(|headers| headers.iter_mut());
            let values = headers.map(|(_, value)| value);
            for value in values
                .chain(&mut input.trace_id)
                .chain(&mut input.account_id)
            {
                value.retain(|one| !one.is_control());
            }
        }),
    ),
    ForeignMistake::new(
        "names-cleaned",
        "removes the characters that a name must not have and sends the rest",
        &[],
        Step::Input(|given| {
            let input = &mut given.input;
            for name in [&mut input.function].into_iter().chain(&mut input.service) {
                name.retain(|one| one.is_ascii_alphanumeric() || matches!(one, '-' | '_'));
            }
        }),
    ),
    ForeignMistake::new(
        "unknown-types-dropped",
        "sends an invocation without the types that it does not know",
        &[],
        Step::Input(|given| {
            let input = &mut given.input;
            input.invocation_type = input
                .invocation_type
                .take()
                .filter(|one| one == "Async" || one == "Sync");
            input.log_type = input
                .log_type
                .take()
                .filter(|one| one == "Tail" || one == "None");
        }),
    ),
    ForeignMistake::new(
        "reserved-headers-dropped",
        "drops the caller's headers that it sets itself and sends the rest",
        &[],
        Step::Input(|given| {
            if let Some(headers) = &mut given.input.headers {
                headers.retain(|(name, _)| {
                    let name = name.to_ascii_lowercase();
                    ![
                        "authorization",
                        "date",
                        "host",
                        "content-length",
                        "x-fc-log-type",
                        "x-fc-invocation-type",
                    ]
                    .contains(&name.as_str())
                });
            }
        }),
    ),
];

fn payload(input: &BuildInput) -> &[u8] {
    input.input.payload.as_deref().unwrap_or_default()
}
