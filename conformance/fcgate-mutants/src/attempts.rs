//! One invocation with its attempts, plain enough to repeat what must not be repeated.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::Duration;

use fcgate_protocol::Implementation as _;
use fcgate_protocol::{
    BuildInput, BuildOutput, InvokeInput, InvokeOutput, Outcome, OutcomeKind, ParseInput, Reply,
    TransportClass,
};

use super::framing::Received;
use super::http::Exchange;
use super::mistake::Mistake;
use super::mutated::Mutated;

/// An attempt that is over.
pub(super) struct Tried<'a> {
    /// How many there were, this one included.
    pub(super) number: u32,
    /// How many there may be.
    pub(super) most: u32,
    /// Whether the caller has said that a second run does no harm.
    pub(super) idempotent: bool,
    /// What came back.
    pub(super) answer: &'a Result<Received, TransportClass>,
}

impl Tried<'_> {
    /// Whether another attempt follows, by the rules.
    pub(super) fn is_followed(&self) -> bool {
        self.number < self.most && (self.did_not_run() || self.idempotent && self.may_have_run())
    }

    fn did_not_run(&self) -> bool {
        match self.answer {
            Err(class) => *class == TransportClass::Connect,
            Ok(answer) => match answer.status {
                429 => true,
                503 => names(answer, "ResourceThrottled"),
                _ => false,
            },
        }
    }

    /// Whether it is unknown what became of it.
    pub(super) fn may_have_run(&self) -> bool {
        match self.answer {
            Err(class) => matches!(class, TransportClass::Truncated | TransportClass::Timeout),
            Ok(answer) => {
                let function = answer.headers.contains("x-fc-error-type");
                answer.status >= 500 && !function
            }
        }
    }
}

/// Builds, sends and parses until it is over, each with the mistake.
pub(super) fn invoked(mutated: &Mutated<'_>, input: &InvokeInput) -> Reply<InvokeOutput> {
    let mut exchange = Exchange::within(Duration::from_millis(input.timeout_ms));
    let retry = input.retry;
    let mut first: Option<BuildOutput> = None;
    let mut number = 0;
    let mut may_have_run = false;
    loop {
        let built = match (mutated.mistake(), &first) {
            (Mistake::SignsOnce, Some(first)) => Reply::Ok(first.clone()),
            _ => mutated.build(&built_from(input)),
        };
        let request = match built {
            Reply::Ok(request) => request,
            other => {
                return other.map(|_| InvokeOutput::new(Outcome::new(OutcomeKind::BadResponse)));
            }
        };
        let answer = match mutated.mistake() {
            Mistake::Http(wrongly) => wrongly(&mut exchange, &request),
            _ => exchange.send(&request),
        };
        first.get_or_insert(request);
        number += 1;
        let tried = Tried {
            number,
            most: retry.map_or(1, |retry| retry.max_attempts),
            idempotent: retry.is_some_and(|retry| retry.idempotent),
            answer: &answer,
        };
        let again = match mutated.mistake() {
            Mistake::Repeats(wrongly) => wrongly(&tried),
            _ => tried.is_followed(),
        };
        if !again {
            return ended(mutated, input, answer, may_have_run);
        }
        may_have_run |= tried.may_have_run();
    }
}

/// What the last answer is.
fn ended(
    mutated: &Mutated<'_>,
    input: &InvokeInput,
    answer: Result<Received, TransportClass>,
    may_have_run: bool,
) -> Reply<InvokeOutput> {
    let received = match answer {
        Ok(received) => received,
        Err(class) => {
            let mut outcome = Outcome::new(OutcomeKind::TransportError);
            outcome.class = Some(class);
            return Reply::Ok(InvokeOutput::new(outcome));
        }
    };
    let taken = received.status == 409 && names(&received, "StatefulAsyncInvocationAlreadyExists");
    if taken && may_have_run {
        let mut outcome = Outcome::new(OutcomeKind::Accepted);
        outcome.request_id = received.headers.get("x-fc-request-id").map(str::to_owned);
        return Reply::Ok(InvokeOutput::new(outcome));
    }
    let invocation_type = input.input.invocation_type.clone();
    let response = ParseInput {
        status: received.status,
        headers: received.headers,
        body: received.body,
        invocation_type: invocation_type.unwrap_or_else(|| "Sync".to_owned()),
    };
    mutated
        .parse(&response)
        .map(|output| InvokeOutput::new(output.outcome))
}

/// Whether an error body has this code.
fn names(answer: &Received, code: &str) -> bool {
    String::from_utf8_lossy(&answer.body).contains(code)
}

/// The `build` of an invocation, with the time of now and a new nonce.
fn built_from(input: &InvokeInput) -> BuildInput {
    let drawn = || RandomState::new().build_hasher().finish();
    let now = jiff::Timestamp::now();
    BuildInput {
        revision: input.revision.clone(),
        scheme: input.scheme,
        endpoint: input.endpoint.clone(),
        credentials: input.credentials.clone(),
        time: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        nonce: format!("{:016x}{:016x}", drawn(), drawn()),
        input: input.input.clone(),
    }
}
