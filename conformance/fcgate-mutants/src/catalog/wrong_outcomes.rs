//! Wrong kinds of replies to `parse` and `invoke`: one outcome for everything, or none.

use fcgate_protocol::{InvokeOutput, Outcome, OutcomeKind, ParseOutput, Reply};

use super::wrong_refusals::{CORRECT_REPLIES, crash, replies};
use crate::mistake::Replies;
use crate::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    replies(
        "FCG0621",
        "always-completed",
        "reports every response as completed",
        &["FC-PARSE-003", "FC-PARSE-005"],
        Replies {
            parse: Some(|right, input| {
                right.parse(input).map(|mut output| {
                    output.outcome.kind = OutcomeKind::Completed;
                    output.outcome.payload = Some(input.body.clone());
                    output
                })
            }),
            ..CORRECT_REPLIES
        },
    ),
    replies(
        "FCG0622",
        "always-an-error",
        "reports every response as a service error",
        &["FC-PARSE-001", "FC-PARSE-002", "FC-PARSE-003"],
        Replies {
            parse: Some(|_, input| {
                let mut outcome = Outcome::new(OutcomeKind::ServiceError);
                outcome.status = Some(input.status);
                outcome.request_id = input.headers.get("x-fc-request-id").map(str::to_owned);
                Reply::Ok(ParseOutput::new(outcome))
            }),
            ..CORRECT_REPLIES
        },
    ),
    replies(
        "FCG0623",
        "errors-raised",
        "fails with an internal error instead of returning the outcome of a failed call",
        &["FC-PARSE-005"],
        Replies {
            parse: Some(|right, input| raised(right.parse(input))),
            ..CORRECT_REPLIES
        },
    ),
    replies(
        "FCG0624",
        "crash-on-bodies-that-are-not-json",
        "crashes on an error whose body is not JSON",
        &["FC-PARSE-009"],
        Replies {
            parse: Some(|right, input| {
                let json = serde_json::from_slice::<serde_json::Value>(&input.body);
                if input.status >= 400 && json.is_err() {
                    return crash("the body is not JSON");
                }
                right.parse(input)
            }),
            ..CORRECT_REPLIES
        },
    )
    .seen_in("fc-java-sdk (NullPointerException), fc-go-sdk (a nil error)"),
    replies(
        "FCG0625",
        "refused-after-sending",
        "refuses an input after it has sent the request",
        &["FC-INVOKE-003"],
        Replies {
            invoke: Some(|invoke| {
                let _ = invoke();
                Reply::refused("the answer is not as expected")
            }),
            ..CORRECT_REPLIES
        },
    ),
    replies(
        "FCG0626",
        "canned-outcome",
        "sends the request and returns a stored outcome",
        &["FC-INVOKE-003"],
        Replies {
            invoke: Some(|invoke| {
                let _ = invoke();
                let mut outcome = Outcome::new(OutcomeKind::Completed);
                outcome.status = Some(200);
                outcome.payload = Some(br#"{"ok":true}"#.to_vec());
                Reply::Ok(InvokeOutput::new(outcome))
            }),
            ..CORRECT_REPLIES
        },
    ),
];

fn raised(answer: Reply<ParseOutput>) -> Reply<ParseOutput> {
    match answer {
        Reply::Ok(output) if output.outcome.kind == OutcomeKind::ServiceError => {
            Reply::internal("the call failed")
        }
        answer => answer,
    }
}
