//! Simulates a service with random faults while a client invokes a function, waits for its task and sometimes stops it:
//! the wait ends, its result is that of the service, and nothing invokes the function again.
//!
//! A run has 5,000 seeds; build the test with `SIMULATION_SEEDS=1000000` for more. A failure names its seed, which
//! replays it.

#![expect(clippy::unwrap_used, reason = "a test panics when it fails")]

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use fc_headers::InvocationType;
use fc_invoke::{
    BlockingClient, ClockAndRandomness, InvokeFunctionInput, Scheme, Target, WaitOptions,
};
use fc_response::AsyncTaskStatus;
use fc_sign::Credentials;
use fc_transport::{BlockingTransport, TimeLeft, TransportError, TransportErrorKind};
use http::{Method, Request, Response};

/// A service with one function, whose faults depend on a seed; also the transport and the clock of the client.
#[derive(Clone)]
struct Service(Arc<Mutex<Simulated>>);

struct Simulated {
    seed: u64,
    random: u64,
    time: Duration,
    tasks: u32,
    invocations: u32,
    /// How many polls do not find the record.
    hidden: u32,
    /// The states that the task has not reached, the next one last.
    waiting: Vec<&'static str>,
    state: &'static str,
    permanent_faults: u32,
    signatures: HashSet<String>,
}

impl Simulated {
    /// The next number of the generator `SplitMix64`.
    fn next(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.random ^ (self.random >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn exchange(&mut self, request: &Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        use TransportErrorKind::{Connect, Interrupted, Protocol, Timeout};
        let signature = request.headers().get("authorization").unwrap();
        let signature = signature.to_str().unwrap().to_owned();
        assert!(
            self.signatures.insert(signature),
            "seed {}: signed twice",
            self.seed
        );
        let lost = |kind| Err(TransportError::new(kind, "simulated"));
        let takes = Duration::from_millis(self.below(3_000));
        if let Some(left) = request
            .extensions()
            .get::<TimeLeft>()
            .map(|left| left.duration())
            && left < takes
        {
            self.time += left;
            return lost(Timeout);
        }
        self.time += takes;
        match self.below(24) {
            0 => lost(Connect),
            1 => lost(Interrupted),
            2 => {
                let _ = self.serve(request);
                lost(Interrupted)
            }
            3 => {
                let _ = self.serve(request);
                lost(Timeout)
            }
            4 => Ok(refusal(429, "ResourceExhausted")),
            5 => Ok(refusal(503, "ResourceThrottled")),
            6 => {
                let _ = self.serve(request);
                Ok(refusal(500, "InternalServerError"))
            }
            7 if request.method() == Method::GET && self.below(4) == 0 => {
                self.permanent_faults += 1;
                match self.below(3) {
                    0 => lost(Protocol),
                    1 => Ok(answer(200, "<html>")),
                    _ => Ok(refusal(403, "AccessDenied")),
                }
            }
            _ => Ok(self.serve(request)),
        }
    }

    fn serve(&mut self, request: &Request<Bytes>) -> Response<Bytes> {
        match *request.method() {
            Method::POST => {
                self.invocations += 1;
                if self.tasks > 0 {
                    return refusal(409, "StatefulAsyncInvocationAlreadyExists");
                }
                self.tasks += 1;
                answer(202, "")
            }
            Method::GET if self.hidden > 0 => {
                self.hidden -= 1;
                refusal(404, "AsyncTaskNotFound")
            }
            Method::GET => {
                if let Some(next) = self.waiting.pop() {
                    self.state = next;
                }
                answer(
                    200,
                    &format!(r#"{{"taskId":"task-1","status":"{}"}}"#, self.state),
                )
            }
            _ if self.state.starts_with("Stop") => refusal(412, "AsyncInvocationStopped"),
            _ if AsyncTaskStatus::from(self.state).is_final() => refusal(400, "InvalidArgument"),
            _ => {
                self.state = "Stopping";
                self.waiting = vec!["Stopped"];
                answer(200, "{}")
            }
        }
    }
}

fn answer(status: u16, body: &str) -> Response<Bytes> {
    Response::builder()
        .status(status)
        .header("x-fc-request-id", "r-1")
        .body(Bytes::copy_from_slice(body.as_bytes()))
        .unwrap()
}

fn refusal(status: u16, code: &str) -> Response<Bytes> {
    answer(status, &format!(r#"{{"Code":"{code}","Message":"m"}}"#))
}

impl Service {
    fn new(seed: u64) -> Self {
        let mut state = Simulated {
            seed,
            random: seed,
            time: Duration::ZERO,
            tasks: 0,
            invocations: 0,
            hidden: 0,
            waiting: Vec::new(),
            state: "Enqueued",
            permanent_faults: 0,
            signatures: HashSet::new(),
        };
        let ends = ["Succeeded", "Failed", "Expired", "Invalid"];
        let end = state.below(4);
        let end = ends.into_iter().nth(usize::try_from(end).unwrap()).unwrap();
        let running = ["Enqueued", "Running", "Retrying", "Paused"];
        state.waiting.push(end);
        for _ in 0..state.below(8) {
            let next = state.below(4);
            let next = running.into_iter().nth(usize::try_from(next).unwrap());
            state.waiting.extend(next);
        }
        state.hidden = u32::try_from(state.below(3)).unwrap();
        Self(Arc::new(Mutex::new(state)))
    }

    fn lock(&self) -> MutexGuard<'_, Simulated> {
        self.0.lock().unwrap()
    }
}

impl BlockingTransport for Service {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.lock().exchange(&request)
    }

    fn sleep(&self, duration: Duration) {
        self.lock().time += duration;
    }
}

impl ClockAndRandomness for Service {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_652_259_600) + self.lock().time
    }

    fn monotonic(&self) -> Duration {
        self.lock().time
    }

    fn random(&self) -> u128 {
        let mut state = self.lock();
        u128::from(state.next()) << 64 | u128::from(state.next())
    }
}

fn simulate(seed: u64) {
    let service = Service::new(seed);
    let key = Credentials::new("id".parse().unwrap(), "secret".parse().unwrap());
    let endpoint = "https://fc.example.com".parse().unwrap();
    let client = BlockingClient::new(service.clone(), endpoint, Scheme::Acs3, key)
        .clock_and_randomness(Arc::new(service.clone()));
    let input = InvokeFunctionInput::builder(Target::v2023_03_30("fn".parse().unwrap()))
        .invocation_type(InvocationType::Async)
        .stateful_async_invocation_id("task-1".parse().unwrap())
        .build()
        .unwrap();
    let Ok(handle) = client.invoke_async(&input) else {
        return;
    };
    let invocations = service.lock().invocations;
    assert_eq!(
        service.lock().tasks,
        1,
        "seed {seed}: accepted, but there is no task"
    );
    let deadline = match service.lock().below(3) {
        0 => None,
        1 => Some(Duration::from_secs(5)),
        _ => Some(Duration::from_secs(60)),
    };
    if service.lock().below(4) == 0 {
        match client.stop_async_task(&handle.stop_input()) {
            Ok(_) => assert_eq!(service.lock().state, "Stopping", "seed {seed}"),
            // Only an earlier attempt can have stopped the task.
            Err(error) => assert_ne!(error.code(), Some("AsyncInvocationStopped"), "seed {seed}"),
        }
    }
    let options = WaitOptions::default().not_found_grace(Duration::from_secs(60));
    let options = deadline.map_or(options, |after| options.deadline(after));
    let begun = service.lock().time;
    let result = client.wait_for_task(&handle, options);
    let state = service.lock();
    assert_eq!(
        state.invocations, invocations,
        "seed {seed}: the wait invoked again"
    );
    assert_eq!(state.tasks, 1, "seed {seed}");
    if let Some(deadline) = deadline {
        let took = state.time.saturating_sub(begun);
        assert!(
            took <= deadline,
            "seed {seed}: the wait took {took:?} of {deadline:?}"
        );
    }
    match result {
        Ok(finished) => {
            let status = finished.task().status().unwrap();
            assert_eq!(status.as_str(), state.state, "seed {seed}");
            assert!(status.is_final(), "seed {seed}");
        }
        Err(error) if error.is_deadline() => {
            assert!(deadline.is_some(), "seed {seed}: {error}");
        }
        Err(error) => {
            let is_temporary = error.to_string().contains("429") || error.polls() > 5;
            assert!(
                state.permanent_faults > 0 || is_temporary,
                "seed {seed}: {error}"
            );
        }
    }
}

#[test]
fn a_wait_ends_with_the_state_of_the_service_and_never_invokes_again() {
    let seeds = option_env!("SIMULATION_SEEDS").map_or(5_000, |text| text.parse().unwrap());
    for seed in 0..seeds {
        simulate(seed);
    }
}
