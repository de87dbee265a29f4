//! Simulates a service with random faults and hostile responses: no call runs a function twice by accident.
//!
//! A run has 20,000 seeds; build the test with `SIMULATION_SEEDS=1000000` for more. A failure names its seed, which
//! replays it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test panics when it fails"
)]

use std::collections::HashSet;
use std::time::Duration;

use bytes::Bytes;
use fc_headers::InvocationType;
use fc_invoke::{Call, InvokeFunctionInput, Next, RetryPolicy, Scheme, Signer, Target};
use fc_response::Outcome;
use fc_sign::{Credentials, Timestamp};
use fc_transport::{TransportError, TransportErrorKind};
use http::{Request, Response};

const PAYLOAD: &[u8] = b"\x00the result\xff";

/// A service whose faults depend on a seed.
struct Service {
    random: u64,
    deduplicates: bool,
    runs: u32,
    requests: u32,
}

impl Service {
    fn new(seed: u64, deduplicates: bool) -> Self {
        Self {
            random: seed,
            deduplicates,
            runs: 0,
            requests: 0,
        }
    }

    /// The next number of the generator `SplitMix64`.
    fn next(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.random ^ (self.random >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn next_u32(&mut self) -> u32 {
        u32::try_from(self.next() >> 32).unwrap()
    }

    fn below(&mut self, bound: u32) -> u32 {
        self.next_u32() % bound
    }

    fn one_in(&mut self, bound: u32) -> bool {
        self.below(bound) == 0
    }

    /// Runs the function, or refuses because it has run before.
    fn run(&mut self, success: u16) -> Response<Bytes> {
        if self.deduplicates && self.runs > 0 {
            return refusal(409, "StatefulAsyncInvocationAlreadyExists");
        }
        self.runs += 1;
        Response::builder()
            .status(success)
            .header("x-fc-request-id", "r-1")
            .body(Bytes::from_static(PAYLOAD))
            .unwrap()
    }

    fn exchange(&mut self, request: &Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        use TransportErrorKind::{Connect, Interrupted, Other, Protocol, Timeout};
        assert!(request.headers().contains_key("authorization"));
        self.requests += 1;
        let success = if self.deduplicates { 202 } else { 200 };
        let lost = |kind| Err(TransportError::new(kind, "simulated"));
        match self.below(16) {
            0 | 1 => lost(Connect),
            2 => lost(Interrupted),
            3 => {
                // The function ran, and the response was lost.
                let _ = self.run(success);
                lost(Interrupted)
            }
            4 => {
                let _ = self.run(success);
                lost(Timeout)
            }
            5 => {
                let _ = self.run(success);
                lost(Protocol)
            }
            6 => lost(Other),
            7 => Ok(self.throttled(429, "ResourceExhausted")),
            8 => Ok(self.throttled(503, "ResourceThrottled")),
            9 => {
                // A load balancer gives up while the function runs.
                let _ = self.run(success);
                Ok(refusal(503, "<html>"))
            }
            10 => {
                let _ = self.run(success);
                Ok(refusal(500, "InternalServerError"))
            }
            11 => Ok(self.skewed()),
            // Only for a call without a task id: the service does not refuse an unused id.
            12 if !self.deduplicates => Ok(refusal(409, "StatefulAsyncInvocationAlreadyExists")),
            13 => Ok(refusal(301, "")),
            _ => Ok(self.run(success)),
        }
    }

    fn throttled(&mut self, status: u16, code: &str) -> Response<Bytes> {
        let mut response = refusal(status, code);
        if self.one_in(2) {
            let hostile = [
                "99999999999",
                "-5",
                "0",
                "Wed, 31 Dec 9999 23:59:59 GMT",
                "soon",
            ];
            let value = hostile[usize::try_from(self.below(5)).unwrap()];
            response
                .headers_mut()
                .insert("retry-after", value.parse().unwrap());
        }
        response
    }

    fn skewed(&mut self) -> Response<Bytes> {
        let mut response = refusal(403, "RequestTimeTooSkewed");
        let dates = [
            "Wed, 11 May 2022 09:40:00 GMT",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "never",
        ];
        let date = dates[usize::try_from(self.below(4)).unwrap()];
        response.headers_mut().insert("date", date.parse().unwrap());
        response
    }
}

fn refusal(status: u16, code: &str) -> Response<Bytes> {
    let body = format!(r#"{{"ErrorCode":"{code}"}}"#);
    Response::builder()
        .status(status)
        .body(Bytes::from(body))
        .unwrap()
}

fn simulate(seed: u64) {
    let mut service = Service::new(seed, seed.is_multiple_of(3));
    let is_idempotent = service.one_in(3);
    let scheme = if service.one_in(2) {
        Scheme::Acs3
    } else {
        Scheme::Fc
    };
    let max_attempts = service.below(6) + 1;
    let cap = Duration::from_millis(u64::from(service.below(30_000)));
    let target = Target::new("svc".parse().unwrap(), "fn".parse().unwrap());
    let builder = InvokeFunctionInput::builder(target);
    let builder = if service.deduplicates {
        builder
            .invocation_type(InvocationType::Async)
            .stateful_async_invocation_id("task-1".parse().unwrap())
    } else {
        builder
    };
    let endpoint = "https://fc.example.com".parse().unwrap();
    let mut call = Call::new(&builder.build().unwrap(), &endpoint, scheme)
        .unwrap()
        .retry_policy(RetryPolicy::default().max_attempts(max_attempts).cap(cap));
    if is_idempotent {
        call = call.idempotent();
    }
    if service.one_in(2) {
        call = call.correct_clock();
    }
    let credentials = Credentials::new("id".parse().unwrap(), "secret".parse().unwrap());
    let signer = Signer::new(scheme, &credentials);

    let mut clock = Duration::from_secs(1_652_259_600);
    let mut signatures = HashSet::new();
    let done = loop {
        // Dates have whole seconds, so the clock advances by one second between two attempts.
        clock += Duration::from_secs(1);
        let time = Timestamp::try_from(clock.as_secs()).unwrap();
        let nonce = format!("{seed}-{}", service.requests).parse().unwrap();
        let (request, in_flight) = match call.start(&signer, time, &nonce) {
            Ok(started) => started,
            Err(error) => break Err(error),
        };
        let signature = request.headers()["authorization"]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(
            signatures.insert(signature),
            "seed {seed}: an attempt was not signed again"
        );
        match in_flight.finish(service.exchange(&request)) {
            Next::Done(done) => break done,
            Next::Retry(next, backoff) => {
                let wait = backoff.wait(service.next_u32());
                assert!(
                    wait <= cap,
                    "seed {seed}: waited {wait:?}, the cap is {cap:?}"
                );
                clock += wait;
                call = next;
            }
        }
        // The attempts of the policy, and one more after the clock was corrected.
        assert!(
            service.requests <= max_attempts + 1,
            "seed {seed}: too many attempts"
        );
    };

    assert!(
        is_idempotent || service.runs <= 1,
        "seed {seed}: the function ran {} times",
        service.runs
    );
    let certainly_not_run = match &done {
        Err(error) => !error.may_have_run(),
        Ok(Outcome::Rejected(error)) => !error.may_have_run(),
        Ok(_) => false,
    };
    assert!(
        service.runs == 0 || !certainly_not_run,
        "seed {seed}: the error excludes a run, but the function ran: {done:?}"
    );
    match done {
        Ok(Outcome::Completed(completed)) => {
            assert_eq!(
                completed.payload().as_ref(),
                PAYLOAD,
                "seed {seed}: the payload was lost"
            );
        }
        Ok(Outcome::Accepted(_)) => {
            assert!(
                service.runs >= 1,
                "seed {seed}: accepted, but the function never ran"
            );
        }
        _ => {}
    }
}

#[test]
fn a_call_that_is_not_idempotent_never_runs_a_function_twice() {
    let seeds = option_env!("SIMULATION_SEEDS").map_or(20_000, |text| text.parse().unwrap());
    for seed in 0..seeds {
        simulate(seed);
    }
}
