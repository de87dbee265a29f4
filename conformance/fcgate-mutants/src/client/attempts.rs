//! The attempts of one invocation, simple enough to retry what must not be retried.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::Duration;

use fcgate_protocol::Implementation;
use fcgate_protocol::{
    BuildInput, BuildOutput, InvokeInput, InvokeOutput, Outcome, OutcomeKind, ParseInput, Reply,
    TransportClass,
};

use crate::client::exchange::Exchange;
use crate::client::finished_attempt::FinishedAttempt;
use crate::client::framing::Received;
use crate::client::session;
use crate::mistake::Mistake;

/// Builds, sends and parses with the mistake, until no further attempt follows.
///
/// `mutated` is the implementation with the mistake; its `invoke` is not called.
pub(crate) fn invoke(
    mutated: &dyn Implementation,
    mistake: Mistake,
    input: &InvokeInput,
) -> Reply<InvokeOutput> {
    let mut exchange = Exchange::within(Duration::from_millis(input.timeout_ms));
    let retry = input.retry;
    let mut first: Option<BuildOutput> = None;
    let mut number = 0;
    let mut may_have_run = false;
    loop {
        let built = match (mistake, &first) {
            (Mistake::SignsOnce, Some(first)) => Reply::Ok(first.clone()),
            _ => mutated.build(&build_input(input, mistake, number)),
        };
        let request = match built {
            Reply::Ok(request) => request,
            other => {
                return other.map(|_| InvokeOutput::new(Outcome::new(OutcomeKind::BadResponse)));
            }
        };
        let answer = match mistake {
            Mistake::Http(wrongly) => wrongly(&mut exchange, &request),
            _ => exchange.send(&request),
        };
        first.get_or_insert(request);
        number += 1;
        let attempt = FinishedAttempt {
            number,
            most: retry.map_or(1, |retry| retry.max_attempts),
            idempotent: retry.is_some_and(|retry| retry.idempotent),
            pause: pause(&answer),
            left: exchange.time_for_another(),
            answer: &answer,
        };
        let again = match mistake {
            Mistake::Retries(wrongly) => wrongly(&attempt),
            _ => attempt.is_followed(),
        };
        if !again {
            let session_id = session_id(mistake, input, &answer);
            let reply = reply_to(mutated, input, answer, may_have_run);
            return reply.map(|mut output| {
                output.outcome.session_id = session_id;
                output
            });
        }
        may_have_run |= attempt.may_have_run();
    }
}

/// The session id that the last response has for the affinity of the invocation.
fn session_id(
    mistake: Mistake,
    input: &InvokeInput,
    answer: &Result<Received, TransportClass>,
) -> Option<String> {
    let (session, response) = (input.input.session.as_deref()?, answer.as_ref().ok()?);
    match mistake {
        Mistake::ReadsSession(wrongly) => wrongly(session, &response.headers),
        _ => session::read(session, &response.headers),
    }
}

/// The wait that a response demands (RFC 9110, section 10.2.3); none without a number of seconds.
fn pause(answer: &Result<Received, TransportClass>) -> Duration {
    let header = answer.as_ref().ok();
    let header = header.and_then(|received| received.headers.get_trimmed("retry-after"));
    let seconds = header.and_then(|seconds| seconds.parse().ok());
    Duration::from_secs(seconds.unwrap_or(0))
}

/// The reply that follows from the last response.
fn reply_to(
    mutated: &dyn Implementation,
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
    let taken =
        received.status == 409 && received.has_error_code("StatefulAsyncInvocationAlreadyExists");
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

/// The `build` input of an attempt, with the current time and a new nonce. Attempts are counted from 0.
fn build_input(input: &InvokeInput, mistake: Mistake, number: u32) -> BuildInput {
    let drawn = || RandomState::new().build_hasher().finish();
    let now = jiff::Timestamp::now();
    let mut build = BuildInput {
        revision: input.revision.clone(),
        scheme: input.scheme,
        endpoint: input.endpoint.clone(),
        credentials: input.credentials.clone(),
        time: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        nonce: format!("{:016x}{:016x}", drawn(), drawn()),
        input: input.input.clone(),
    };
    if let Mistake::Prepares(wrongly) = mistake {
        wrongly(&mut build, number);
    }
    build
}
