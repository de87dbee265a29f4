//! Wrong kinds of replies to `sign` and `build`: a refusal of valid input, a refusal of the wrong class, the
//! reply to another request.

use fcgate_protocol::{
    BuildInput, HeaderList, Refusal, RefusalClass, Reply, Scheme, SignInput, SignKind, SignOutput,
};

use crate::mistake::{Mistake, Replies};
use crate::mutant::Mutant;
use crate::signing::encoding::imf_date;
use crate::signing::signer;

use super::constructor::constructor;

pub(super) const CORRECT_REPLIES: Replies = Replies {
    sign: None,
    build: None,
    parse: None,
    invoke: None,
    trigger: None,
    task: None,
};

constructor!(replies, |replies: Replies| Mistake::Replies(replies));

/// The requirements of every refusal.
const REFUSALS: &[&str] = &["FC-SIGN-015", "FC-BUILD-016", "FC-BUILD-019"];

pub(super) const MUTANTS: &[Mutant] = &[
    replies(
        "FCG0601",
        "everything-refused",
        "refuses every input",
        &[
            "FC-SIGN-001",
            "FC-BUILD-001",
            "FC-PARSE-001",
            "FC-INVOKE-001",
            "FC-TRIGGER-001",
            "FC-TASK-001",
        ],
        Replies {
            sign: Some(|_, _| Reply::refused("no")),
            build: Some(|_, _| Reply::refused("no")),
            parse: Some(|_, _| Reply::refused("no")),
            invoke: Some(|_| Reply::refused("no")),
            trigger: Some(|_, _| Reply::refused("no")),
            task: Some(|_, _| Reply::refused("no")),
        },
    ),
    replies(
        "FCG0602",
        "refusals-as-faults",
        "fails with an internal error instead of refusing the input",
        REFUSALS,
        Replies {
            sign: Some(|right, input| {
                instead_of_refusal(right.sign(input), || Reply::internal("invalid state"))
            }),
            build: Some(|right, input| {
                instead_of_refusal(right.build(input), || Reply::internal("invalid state"))
            }),
            ..CORRECT_REPLIES
        },
    ),
    replies(
        "FCG0603",
        "refusals-as-unsupported",
        "returns unsupported instead of refusing the input",
        REFUSALS,
        Replies {
            sign: Some(|right, input| {
                instead_of_refusal(right.sign(input), || Reply::unsupported("sign"))
            }),
            build: Some(|right, input| {
                instead_of_refusal(right.build(input), || Reply::unsupported("build"))
            }),
            ..CORRECT_REPLIES
        },
    ),
    replies(
        "FCG0604",
        "refusals-as-crash",
        "crashes instead of refusing the input",
        REFUSALS,
        Replies {
            sign: Some(|right, input| {
                instead_of_refusal(right.sign(input), || crash("the input is bad"))
            }),
            build: Some(|right, input| {
                instead_of_refusal(right.build(input), || crash("the input is bad"))
            }),
            ..CORRECT_REPLIES
        },
    ),
    replies(
        "FCG0605",
        "ambiguous-texts-signed",
        "signs values that make the string to sign ambiguous",
        &["FC-SIGN-015"],
        Replies {
            sign: Some(|right, input| {
                instead_of_refusal(right.sign(input), || Reply::Ok(signed(input)))
            }),
            ..CORRECT_REPLIES
        },
    )
    .seen_in("all SDKs that were recorded"),
    replies(
        "FCG0606",
        "answer-of-the-twin",
        "returns the correct request of a valid input for an invalid one",
        &[
            "FC-BUILD-016",
            "FC-BUILD-017",
            "FC-BUILD-018",
            "FC-BUILD-019",
            "FC-BUILD-020",
        ],
        Replies {
            build: Some(|right, input| {
                instead_of_refusal(right.build(input), || right.build(&twin(input)))
            }),
            ..CORRECT_REPLIES
        },
    ),
    replies(
        "FCG0607",
        "unusual-names-refused",
        "refuses names with an underscore or a hyphen, of one letter, or longer than 64",
        &["FC-BUILD-016"],
        Replies {
            build: Some(|right, input| {
                let names = [Some(&input.input.function), input.input.service.as_ref()];
                let is_unusual =
                    |name: &&String| !(2..=64).contains(&name.len()) || name.contains(['_', '-']);
                refuse_if(
                    names.into_iter().flatten().any(|name| is_unusual(&name)),
                    || right.build(input),
                )
            }),
            ..CORRECT_REPLIES
        },
    ),
    replies(
        "FCG0608",
        "extra-headers-refused",
        "refuses every extra header of the caller",
        &["FC-BUILD-021"],
        Replies {
            build: Some(|right, input| {
                let extra =
                    |(name, _): &(String, String)| !name.eq_ignore_ascii_case("content-type");
                refuse_if(input.input.headers.iter().flatten().any(extra), || {
                    right.build(input)
                })
            }),
            ..CORRECT_REPLIES
        },
    ),
    replies(
        "FCG0609",
        "temporary-credentials-refused",
        "refuses credentials with a security token",
        &["FC-SIGN-013", "ACS3-SIGN-009", "FC-BUILD-023"],
        Replies {
            sign: Some(|right, input| {
                refuse_if(input.credentials.security_token.is_some(), || {
                    right.sign(input)
                })
            }),
            build: Some(|right, input| {
                refuse_if(input.credentials.security_token.is_some(), || {
                    right.build(input)
                })
            }),
            ..CORRECT_REPLIES
        },
    ),
    replies(
        "FCG0610",
        "binary-payload-refused",
        "refuses a payload that is not UTF-8",
        &["FC-BUILD-013"],
        Replies {
            build: Some(|right, input| {
                let payload = input.input.payload.as_deref().unwrap_or_default();
                refuse_if(std::str::from_utf8(payload).is_err(), || right.build(input))
            }),
            ..CORRECT_REPLIES
        },
    )
    .seen_in("alibabacloud-fc-open20210406 1.1.13 (Python) raises UnicodeDecodeError"),
    replies(
        "FCG0611",
        "signature-of-another-request",
        "returns the correct stages with the signature of another request",
        &["FC-SIGN-003", "ACS3-SIGN-003"],
        Replies {
            sign: Some(|right, input| {
                let mut other = input.clone();
                "DELETE".clone_into(&mut other.method);
                match (right.sign(input), right.sign(&other)) {
                    (Reply::Ok(output), Reply::Ok(mut other)) => {
                        other.stages = Some(output.stages.unwrap_or_default());
                        Reply::Ok(other)
                    }
                    (answer, _) => answer,
                }
            }),
            ..CORRECT_REPLIES
        },
    ),
    replies(
        "FCG0612",
        "stages-of-another-request",
        "returns the correct signature with the stages of another request",
        &["FC-SIGN-001", "ACS3-SIGN-001"],
        Replies {
            sign: Some(|right, input| {
                let mut other = input.clone();
                "DELETE".clone_into(&mut other.method);
                match (right.sign(input), right.sign(&other)) {
                    (Reply::Ok(mut output), Reply::Ok(other)) => {
                        output.stages = other.stages;
                        Reply::Ok(output)
                    }
                    (answer, _) => answer,
                }
            }),
            ..CORRECT_REPLIES
        },
    ),
    replies(
        "FCG0613",
        "declared-and-unsupported",
        "declares signed URLs and HTTP triggers and returns unsupported for both",
        &["FC-SIGN-020", "FC-SIGN-030"],
        Replies {
            sign: Some(|right, input| match input.kind.unwrap_or_default() {
                SignKind::Api => right.sign(input),
                _ => Reply::unsupported("sign.fc.http-trigger"),
            }),
            ..CORRECT_REPLIES
        },
    ),
    replies(
        "FCG0614",
        "secret-in-the-refusal",
        "writes the access key secret into the message of a refusal",
        REFUSALS,
        Replies {
            sign: Some(|right, input| {
                named_secret(right.sign(input), &input.credentials.access_key_secret)
            }),
            build: Some(|right, input| {
                named_secret(right.build(input), &input.credentials.access_key_secret)
            }),
            ..CORRECT_REPLIES
        },
    ),
];

/// Replaces a refusal by another reply.
fn instead_of_refusal<T>(answer: Reply<T>, instead: impl FnOnce() -> Reply<T>) -> Reply<T> {
    match answer {
        Reply::Err(Refusal {
            class: RefusalClass::Input,
            ..
        }) => instead(),
        answer => answer,
    }
}

fn refuse_if<T>(refused: bool, answer: impl FnOnce() -> Reply<T>) -> Reply<T> {
    if refused {
        Reply::refused("this is not allowed here")
    } else {
        answer()
    }
}

/// A panic without a printed message: the panic hook does not run.
pub(super) fn crash<T>(words: &'static str) -> Reply<T> {
    std::panic::resume_unwind(Box::new(words))
}

fn named_secret<T>(answer: Reply<T>, secret: &str) -> Reply<T> {
    match answer {
        Reply::Err(mut refusal) => {
            refusal.message = format!("{} (secret {secret})", refusal.message);
            Reply::Err(refusal)
        }
        answer => answer,
    }
}

/// Valid input that resembles the invalid one.
fn twin(input: &BuildInput) -> BuildInput {
    let mut twin = input.clone();
    twin.input.service = twin.input.service.map(|_| "demoService".to_owned());
    "demoFunction".clone_into(&mut twin.input.function);
    twin.input.qualifier = None;
    twin.input.invocation_type = None;
    twin.input.log_type = None;
    twin.input.stateful_async_invocation_id = None;
    twin.input.account_id = None;
    twin.input.trace_id = None;
    twin.input.headers = None;
    twin
}

/// The signature of any input by the plain model.
fn signed(input: &SignInput) -> SignOutput {
    let mut right = SignOutput::default();
    let given = |name| input.headers.contains(name);
    let token = input.credentials.security_token.as_ref();
    match input.scheme {
        Scheme::Fc => {
            if !given("date") && !given("x-fc-date") {
                let date = imf_date(&input.time).unwrap_or_else(|| input.time.clone());
                right.headers.set("date", date);
            }
            if let Some(token) = token {
                right.headers.set("x-fc-security-token", token.clone());
            }
        }
        Scheme::Acs3 => {
            let digest = fcgate_cases::oracle::sha256_hex(&input.body);
            right.headers.set("x-acs-date", input.time.clone());
            right
                .headers
                .set("x-acs-signature-nonce", input.nonce.clone());
            right.headers.set("x-acs-content-sha256", digest);
            if let Some(token) = token {
                right.headers.set("x-acs-security-token", token.clone());
            }
            right.headers.set("authorization", "SignedHeaders=host,");
        }
    }
    signer::sign_with_known(input, &right, &HeaderList::new(), None)
}
