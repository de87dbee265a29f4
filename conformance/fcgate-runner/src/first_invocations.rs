//! The first invocations of a run: one plain invocation for each revision and scheme, before the cases.

use std::io;
use std::sync::{Mutex, PoisonError};

use fcgate_cases::corpus::{Answer, CannedAnswer, InvokeGiven, TaskGiven, TriggerGiven};
use fcgate_cases::judge::Arrivals;
use fcgate_protocol::{
    HeaderList, Invocation, Reply, Scheme, TaskOperation, TransportClass, TriggerAuth,
};

use crate::endpoint::Endpoint;
use crate::expected_wait::pauses_ms;
use crate::shortage;
use crate::subject::{Subject, SubjectError};

/// The time limit of a plain invocation. On loopback a client needs some milliseconds.
const PLAIN_LIMIT_MS: u64 = 2000;

/// The number of plain invocations that must time out before the limits of the cases shrink: one can be bad luck on
/// a busy machine.
const ATTEMPTS: usize = 3;

/// The time limit of an invocation by a client that does not complete a plain one, besides the pauses of the answer.
const SHRUNK_LIMIT_MS: u64 = 100;

/// The time limit of a call.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    pub(super) ms: u64,
    /// Whether it is shorter than the case says, because the client completes no plain invocation.
    pub(super) is_shrunk: bool,
}

impl Limit {
    fn of<'a>(ms: u64, times_out: bool, answers: impl IntoIterator<Item = &'a Answer>) -> Self {
        let shrunk = SHRUNK_LIMIT_MS + answers.into_iter().map(pauses_ms).sum::<u64>();
        Self {
            ms: if times_out { shrunk.min(ms) } else { ms },
            is_shrunk: times_out,
        }
    }

    /// Describes why a case had this time limit, if it is not its own.
    pub(super) fn note(self) -> Option<String> {
        let Self { ms, is_shrunk } = self;
        let note = format!(
            "the time limit of the case was {ms} ms, because {ATTEMPTS} plain invocations did not end within {PLAIN_LIMIT_MS} ms each"
        );
        is_shrunk.then_some(note)
    }
}

/// The plain invocations of a run and what they showed.
///
/// They have two purposes. The endpoint knows a nonce of the subject before the first case, so a subject that always
/// sends the same nonce fails every case about it. And a client that completes no invocation would wait for the time
/// limit of every case: these limits shrink. Both hold in any order of the cases and in every shard.
pub(super) struct FirstInvocations(Mutex<Vec<Observation>>);

/// The result of the plain calls of one kind.
struct Observation {
    calls: Calls,
    times_out: bool,
}

/// The calls that one observation holds for.
#[derive(Clone, PartialEq, Eq)]
enum Calls {
    Invocations(String, Scheme),
    Triggers(Scheme, Option<TriggerAuth>),
    Tasks(String, Scheme),
}

/// The result of some plain calls.
struct PlainCalls {
    all_timed_out: bool,
    /// Whether a request arrived.
    arrived: bool,
}

impl FirstInvocations {
    pub(super) fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// Makes the plain invocations in the revision and scheme of a case, unless an earlier case did. Returns the time
    /// limit that the case gets.
    ///
    /// # Errors
    ///
    /// A crash, or an adapter that does not reply: the result of the case that runs now.
    pub(super) fn limit(
        &self,
        subject: &dyn Subject,
        endpoint: &Endpoint,
        given: &InvokeGiven,
    ) -> Result<Limit, SubjectError> {
        let calls = Calls::Invocations(given.revision.clone(), given.scheme);
        let times_out = self.time_out(calls, || invoke_plainly(subject, endpoint, given))?;
        Ok(Limit::of(given.timeout_ms, times_out, &given.answers))
    }

    /// As [`limit`](Self::limit), for a call of an HTTP trigger.
    ///
    /// # Errors
    ///
    /// The same.
    pub(super) fn trigger_limit(
        &self,
        subject: &dyn Subject,
        endpoint: &Endpoint,
        given: &TriggerGiven,
    ) -> Result<Limit, SubjectError> {
        let calls = Calls::Triggers(given.scheme, given.auth.clone());
        let times_out = self.time_out(calls, || call_plainly(subject, endpoint, given))?;
        Ok(Limit::of(given.timeout_ms, times_out, [&given.answer]))
    }

    /// As [`limit`](Self::limit), for an operation on tasks.
    ///
    /// # Errors
    ///
    /// The same.
    pub(super) fn task_limit(
        &self,
        subject: &dyn Subject,
        endpoint: &Endpoint,
        given: &TaskGiven,
    ) -> Result<Limit, SubjectError> {
        let calls = Calls::Tasks(given.revision.clone(), given.scheme);
        let times_out = self.time_out(calls, || read_plainly(subject, endpoint, given))?;
        Ok(Limit::of(given.timeout_ms, times_out, &given.answers))
    }

    /// Whether calls of this kind time out. Only the first question makes calls, unless no request arrives.
    fn time_out(
        &self,
        calls: Calls,
        make: impl FnOnce() -> Result<PlainCalls, SubjectError>,
    ) -> Result<bool, SubjectError> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(earlier) = known.iter().find(|known| known.calls == calls) {
            return Ok(earlier.times_out);
        }
        let results = make()?;
        let times_out = results.all_timed_out;
        if times_out || results.arrived {
            known.push(Observation { calls, times_out });
        }
        Ok(times_out)
    }
}

/// Invokes a function that returns an empty payload, until a call does not time out.
fn invoke_plainly(
    subject: &dyn Subject,
    endpoint: &Endpoint,
    given: &InvokeGiven,
) -> Result<PlainCalls, SubjectError> {
    let plain = InvokeGiven {
        revision: given.revision.clone(),
        scheme: given.scheme,
        credentials: given.credentials.clone(),
        timeout_ms: PLAIN_LIMIT_MS,
        retry: None,
        input: Invocation {
            service: given.input.service.clone(),
            ..Invocation::new("plain")
        },
        payload_repeat: None,
        earlier_answer: None,
        answers: vec![empty_answer()],
    };
    repeat_timeouts(|| {
        let address = endpoint
            .expect("a plain invocation", &plain)
            .map_err(|error| unplayable(&error))?;
        let reply = subject.invoke(&plain.input(&address.uri, &address.function))?;
        let class = match reply.reply {
            Reply::Ok(output) => output.outcome.class,
            _ => None,
        };
        Ok((class, endpoint.close(&address)))
    })
}

/// Calls a trigger that returns an empty body, until a call does not time out.
fn call_plainly(
    subject: &dyn Subject,
    endpoint: &Endpoint,
    given: &TriggerGiven,
) -> Result<PlainCalls, SubjectError> {
    let plain = TriggerGiven {
        scheme: given.scheme,
        method: "GET".to_owned(),
        target: "/plain".to_owned(),
        headers: HeaderList::new(),
        body: Vec::new(),
        credentials: given.credentials.clone(),
        auth: given.auth.clone(),
        timeout_ms: PLAIN_LIMIT_MS,
        answer: empty_answer(),
    };
    repeat_timeouts(|| {
        let address = endpoint
            .expect_trigger("a plain call", &plain)
            .map_err(|error| unplayable(&error))?;
        let reply = subject.trigger(&plain.input(&address.uri))?;
        let class = match reply.reply {
            Reply::Ok(output) => output.class,
            _ => None,
        };
        Ok((class, endpoint.close(&address)))
    })
}

/// Reads a task, until a call does not time out.
fn read_plainly(
    subject: &dyn Subject,
    endpoint: &Endpoint,
    given: &TaskGiven,
) -> Result<PlainCalls, SubjectError> {
    let mut plain = TaskGiven {
        timeout_ms: PLAIN_LIMIT_MS,
        answers: vec![Answer::Canned(CannedAnswer::new(200, "{}"))],
        ..given.clone()
    };
    plain.request.operation = TaskOperation::Get;
    plain
        .request
        .task_id
        .get_or_insert_with(|| "plain".to_owned());
    repeat_timeouts(|| {
        let address = endpoint
            .expect_task("a plain operation", &plain)
            .map_err(|error| unplayable(&error))?;
        let reply = subject.task(&plain.input(&address.uri))?;
        let class = match reply.reply {
            Reply::Ok(output) => output.outcome.class,
            _ => None,
        };
        Ok((class, endpoint.close(&address)))
    })
}

fn empty_answer() -> Answer {
    Answer::Canned(CannedAnswer::new(200, ""))
}

/// Makes calls until one does not time out, at most [`ATTEMPTS`].
fn repeat_timeouts(
    mut call: impl FnMut() -> Result<(Option<TransportClass>, Arrivals), SubjectError>,
) -> Result<PlainCalls, SubjectError> {
    let mut arrived = false;
    for _ in 0..ATTEMPTS {
        let (class, arrivals) = call()?;
        arrived |= !arrivals.requests.is_empty();
        if class != Some(TransportClass::Timeout) {
            return Ok(PlainCalls {
                all_timed_out: false,
                arrived,
            });
        }
    }
    Ok(PlainCalls {
        all_timed_out: true,
        arrived,
    })
}

pub(super) fn unplayable(error: &io::Error) -> SubjectError {
    let reason = shortage::described(error);
    SubjectError::Harness(format!("the fake endpoint cannot play the case: {reason}"))
}

/// The error of a case after the endpoint lost a connection for this reason.
pub(super) fn lost(reason: &str) -> SubjectError {
    SubjectError::Harness(format!("the fake endpoint lost a connection: {reason}"))
}
