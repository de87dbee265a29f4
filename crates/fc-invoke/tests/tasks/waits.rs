//! The wait for a result as a state machine.

use std::time::Duration;

use fc_invoke::{
    AsyncTaskHandle, Backoff, Call, InvokeError, InvokeErrorKind, Next, NextPoll, RetryPolicy,
    Scheme, Signer, TaskWait, TaskWaitError, TaskWaitErrorKind, WaitOptions,
};
use fc_response::{AsyncTaskStatus, FinishedTask, GetAsyncTaskOutput};
use fc_sign::Credentials;
use fc_transport::TransportErrorKind;

use crate::samples::{SendResult, answer, endpoint, error, get, refusal, v3};

const SECOND: Duration = Duration::from_secs(1);

fn wait(options: WaitOptions) -> TaskWait {
    let handle = AsyncTaskHandle::new(v3(), "task_42-a".parse().unwrap());
    TaskWait::new(&handle, options, Duration::ZERO)
}

/// The result of one poll without retries.
fn poll(result: SendResult) -> Result<GetAsyncTaskOutput, InvokeError> {
    let key = Credentials::new("id".parse().unwrap(), "secret".parse().unwrap());
    let signer = Signer::new(Scheme::Acs3, &key);
    let call = Call::new(&get(v3()), &endpoint(), Scheme::Acs3).unwrap();
    let call = call.retry_policy(RetryPolicy::never());
    let time = "2022-05-11T09:00:00Z".parse().unwrap();
    let (_, in_flight) = call.start(&signer, time, &"n".parse().unwrap()).unwrap();
    match in_flight.finish(result) {
        Next::Done(done) => done,
        Next::Retry(..) => panic!("there are no retries"),
    }
}

fn state(state: &str) -> Result<GetAsyncTaskOutput, InvokeError> {
    poll(answer(
        200,
        &format!(r#"{{"taskId":"task_42-a","status":"{state}"}}"#),
    ))
}

fn absent() -> Result<GetAsyncTaskOutput, InvokeError> {
    poll(refusal(404, "AsyncTaskNotFound"))
}

fn waits(next: NextPoll) -> (TaskWait, Backoff) {
    match next {
        NextPoll::Wait(wait, pause) => (wait, pause),
        NextPoll::Done(done) => panic!("{done:?}"),
    }
}

fn done(next: NextPoll) -> Result<FinishedTask, TaskWaitError> {
    match next {
        NextPoll::Done(done) => done,
        NextPoll::Wait(wait, _) => panic!("{wait:?}"),
    }
}

#[test]
fn only_a_known_final_state_ends_the_wait() {
    for text in [
        "Enqueued", "Dequeued", "Running", "Retrying", "Stopping", "Paused", "",
    ] {
        let next = wait(WaitOptions::default())
            .start()
            .finish(state(text), SECOND);
        let (wait, _) = waits(next);
        let task = wait.last_task().unwrap();
        assert_eq!(task.status().map(AsyncTaskStatus::as_str), Some(text));
    }
    let next = wait(WaitOptions::default())
        .start()
        .finish(poll(answer(200, "{}")), SECOND);
    assert_eq!(waits(next).0.polls(), 1);
    for text in ["Succeeded", "Failed", "Stopped", "Expired", "Invalid"] {
        let next = wait(WaitOptions::default())
            .start()
            .finish(state(text), SECOND);
        let finished = done(next).unwrap();
        let matches = match &finished {
            FinishedTask::Succeeded(_) => text == "Succeeded",
            FinishedTask::Failed(_) => text == "Failed",
            FinishedTask::Stopped(_) => text == "Stopped",
            FinishedTask::Expired(_) => text == "Expired",
            FinishedTask::Invalid(_) => text == "Invalid",
        };
        assert!(matches, "{text}: {finished:?}");
    }
}

#[test]
fn pauses_double_up_to_the_longest_one() {
    let options = WaitOptions::default()
        .first_pause(SECOND)
        .longest_pause(SECOND * 5);
    let mut next = wait(options);
    assert_eq!(next.polls(), 0);
    for (polls, longest) in [(1, 1), (2, 2), (3, 4), (4, 5), (5, 5)] {
        let (wait, pause) = waits(next.start().finish(state("Running"), SECOND));
        assert_eq!(wait.polls(), polls);
        assert_eq!(pause.longest(), SECOND * longest);
        assert_eq!(pause.shortest(), pause.longest() / 2);
        next = wait;
    }
}

#[test]
fn an_absent_task_is_polled_again_only_in_the_grace_after_the_start() {
    let options = WaitOptions::default().not_found_grace(SECOND * 5);
    let (next, _) = waits(wait(options).start().finish(absent(), SECOND * 4));
    let error = done(next.start().finish(absent(), SECOND * 5)).unwrap_err();
    assert!(error.is_task_not_found() && !error.is_deadline());
    assert_eq!(error.polls(), 2);
    assert_eq!(
        error.to_string(),
        "poll 2 of task task_42-a: rejected with status 404: AsyncTaskNotFound: m (request id r-1)"
    );
    // Another 404 ends the wait at once.
    let other = poll(refusal(404, "FunctionNotFound"));
    let error = done(wait(options).start().finish(other, SECOND)).unwrap_err();
    assert!(!error.is_task_not_found());
    let none = WaitOptions::default().not_found_grace(Duration::ZERO);
    assert!(done(wait(none).start().finish(absent(), Duration::ZERO)).is_err());
}

#[test]
fn temporary_failures_are_tolerated_a_few_times_in_a_row() {
    let failures = [
        || poll(error(TransportErrorKind::Interrupted)),
        || poll(refusal(429, "ResourceExhausted")),
        || poll(refusal(500, "InternalServerError")),
    ];
    for failure in failures {
        let options = WaitOptions::default().max_failed_polls(2);
        let (next, _) = waits(wait(options).start().finish(failure(), SECOND));
        let (next, _) = waits(next.start().finish(failure(), SECOND));
        // A successful poll begins a new count.
        let (next, _) = waits(next.start().finish(state("Running"), SECOND));
        let (next, _) = waits(next.start().finish(failure(), SECOND));
        let (next, _) = waits(next.start().finish(failure(), SECOND));
        let error = done(next.start().finish(failure(), SECOND)).unwrap_err();
        assert!(
            matches!(error.kind(), TaskWaitErrorKind::Poll(_)),
            "{error}"
        );
        assert_eq!(error.polls(), 6);
        assert_eq!(
            error.last_task().unwrap().status(),
            Some(&AsyncTaskStatus::Running)
        );
        assert!(
            error.to_string().ends_with("; its last state is Running"),
            "{error}"
        );
    }
}

#[test]
fn a_failure_that_would_come_again_ends_the_wait() {
    for result in [
        refusal(403, "AccessDenied"),
        refusal(400, "InvalidArgument"),
        answer(200, ""),
        answer(200, "<html>"),
        error(TransportErrorKind::Protocol),
    ] {
        let next = wait(WaitOptions::default())
            .start()
            .finish(poll(result), SECOND);
        assert_eq!(done(next).unwrap_err().polls(), 1);
    }
}

#[test]
fn the_last_pause_ends_shortly_before_the_deadline() {
    let options = WaitOptions::default()
        .first_pause(SECOND * 10)
        .deadline(SECOND * 8);
    let first = wait(options);
    assert_eq!(first.time_left(SECOND), Some(SECOND * 7));
    let (next, pause) = waits(first.start().finish(state("Running"), Duration::ZERO));
    assert_eq!(
        (pause.shortest(), pause.longest()),
        (SECOND * 7, SECOND * 7)
    );
    let error = done(next.start().finish(state("Running"), SECOND * 7)).unwrap_err();
    assert!(error.is_deadline());
    assert_eq!(
        error.to_string(),
        "deadline: task task_42-a has not ended after 2 polls; its last state is Running"
    );
    // A pause that would end exactly at the deadline is shortened too.
    let exact = wait(options.deadline(SECOND * 10));
    let (_, pause) = waits(exact.start().finish(state("Running"), Duration::ZERO));
    assert_eq!(pause.longest(), Duration::from_millis(8750));
    let failed = poll(error_500());
    let late = done(wait(options).start().finish(failed, SECOND * 8)).unwrap_err();
    assert!(late.is_deadline());
    assert!(
        late.to_string()
            .contains("the last failure: rejected with status 500"),
        "{late}"
    );
    assert!(std::error::Error::source(&late).is_some());
    // A result in time counts, also after the deadline.
    let next = wait(options).start().finish(state("Succeeded"), SECOND * 9);
    assert!(done(next).is_ok());
    assert_eq!(wait(WaitOptions::default()).time_left(SECOND), None);
}

fn error_500() -> SendResult {
    refusal(500, "InternalServerError")
}

#[test]
fn the_state_of_another_task_is_never_the_result() {
    for id in ["other", "TASK_42-a", "task_42-a "] {
        let body = format!(r#"{{"taskId":"{id}","status":"Succeeded"}}"#);
        let next = wait(WaitOptions::default())
            .start()
            .finish(poll(answer(200, &body)), SECOND);
        let error = done(next).unwrap_err();
        let TaskWaitErrorKind::Poll(cause) = error.kind() else {
            panic!("{error}")
        };
        let InvokeErrorKind::Response(response) = cause.kind() else {
            panic!("{error}")
        };
        assert_eq!(response.response().body(), body.as_bytes());
        assert!(!cause.may_have_run());
    }
    for body in [
        r#"{"status":"Succeeded"}"#,
        r#"{"taskId":"","status":"Succeeded"}"#,
    ] {
        let next = wait(WaitOptions::default())
            .start()
            .finish(poll(answer(200, body)), SECOND);
        assert!(done(next).is_ok(), "{body}");
    }
}
