//! Whole life cycles against `fcgate serve`, which verifies every signature and moves a task with each poll.

use std::time::Duration;

use fc_conformance::verdict::Rules;
use fc_headers::{InvocationType, StatefulAsyncInvocationEnable};
use fc_invoke::{
    AsyncTaskHandle, Client, InvokeFunctionInput, Revision, Scheme, Target, TaskIdSource,
    WaitOptions,
};
use fc_local::{Options, Server};
use fc_response::{AsyncTaskStatus, FinishedTask};
use fc_sign::Credentials;
use fc_transport::ExchangeLimits;
use fc_transport_hyper::HyperTransport;
use fcgate_cases::corpus::Corpus;

use crate::task_client::{CLIENTS, KEY_ID, SECRET, TaskClient, client, runtime};

pub(crate) const REVISIONS: [Revision; 3] = [
    Revision::V2016_08_15,
    Revision::V2021_04_06,
    Revision::V2023_03_30,
];

pub(crate) fn server() -> Server {
    Server::start(([127, 0, 0, 1], 0).into(), Options::new(), |_| ()).unwrap()
}

/// Ends the server, and asserts that every request passed every check.
pub(crate) fn assert_all_requests_are_correct(server: Server) {
    let results = server.end(&Corpus::embedded().unwrap(), Rules::new());
    assert!(results.requests > 0);
    assert_eq!(results.failed_requests, 0, "{:?}", results.report);
}

pub(crate) fn target(revision: Revision, function: &str) -> Target {
    let service = || "svc".parse().unwrap();
    match revision {
        Revision::V2016_08_15 => Target::v2016_08_15(service(), function.parse().unwrap()),
        Revision::V2021_04_06 => Target::new(service(), function.parse().unwrap()),
        _ => Target::v2023_03_30(function.parse().unwrap()),
    }
}

pub(crate) fn input(target: Target, id: Option<&str>) -> InvokeFunctionInput {
    let is_v3 = target.revision() == Revision::V2023_03_30;
    let builder = InvokeFunctionInput::builder(target)
        .invocation_type(InvocationType::Async)
        .payload(r#"{"order":4711}"#);
    let builder = match id {
        Some(id) => builder.stateful_async_invocation_id(id.parse().unwrap()),
        None => builder,
    };
    let builder = if is_v3 {
        builder
    } else {
        builder.stateful_async_invocation_enable(StatefulAsyncInvocationEnable::new(true))
    };
    builder.build().unwrap()
}

/// A wait without pauses.
pub(crate) fn without_pauses() -> WaitOptions {
    WaitOptions::default().first_pause(Duration::ZERO)
}

fn of(name: &str, server: &Server, revision: Revision) -> Box<dyn TaskClient> {
    let limits = ExchangeLimits::default();
    client(name, &server.url(), revision.scheme(), limits)
}

#[test]
fn every_client_waits_for_the_result_of_a_task_in_every_revision() {
    for revision in REVISIONS {
        // Two revisions share the functions, and so the ids of their tasks.
        let server = server();
        for name in CLIENTS {
            let client = of(name, &server, revision);
            for (function, state, retries) in [
                ("echo", AsyncTaskStatus::Succeeded, 0),
                ("task-retried", AsyncTaskStatus::Succeeded, 1),
                ("task-late", AsyncTaskStatus::Succeeded, 0),
                ("task-suspended", AsyncTaskStatus::Succeeded, 0),
                ("unhandled-error", AsyncTaskStatus::Failed, 1),
                ("task-expired", AsyncTaskStatus::Expired, 0),
                ("task-invalid", AsyncTaskStatus::Invalid, 0),
            ] {
                let context = format!("{name} {revision} {function}");
                let id = format!("{name}-{function}");
                let input = input(target(revision, function), Some(&id));
                let handle = client.invoke_async(&input).expect(&context);
                let finished = client.wait(&handle, without_pauses()).expect(&context);
                let task = finished.task();
                assert_eq!(task.task_id(), Some(id.as_str()), "{context}");
                assert_eq!(task.status(), Some(&state), "{context}");
                assert_eq!(task.already_retried_times(), Some(retries), "{context}");
                assert!(!task.events().is_empty(), "{context}");
                let is_success = state == AsyncTaskStatus::Succeeded;
                assert_eq!(finished.into_result().is_ok(), is_success, "{context}");
            }
        }
        assert_all_requests_are_correct(server);
    }
}

#[test]
fn the_request_id_of_the_acceptance_finds_a_task_without_an_id_of_the_caller() {
    let server = server();
    for name in CLIENTS {
        let revision = Revision::V2023_03_30;
        let client = of(name, &server, revision);
        let handle = client
            .invoke_async(&input(target(revision, "echo"), None))
            .unwrap();
        assert_ne!(handle.id_source(), TaskIdSource::Caller);
        let finished = client.wait(&handle, without_pauses()).unwrap();
        assert!(
            matches!(finished, FinishedTask::Succeeded(_)),
            "{finished:?}"
        );
    }
    assert_all_requests_are_correct(server);
}

#[test]
fn a_stop_ends_an_endless_task_and_the_wait() {
    for revision in REVISIONS {
        // Two revisions share the functions, and so the ids of their tasks.
        let server = server();
        for name in CLIENTS {
            let client = of(name, &server, revision);
            let id = format!("{name}-endless");
            let input = input(target(revision, "task-endless"), Some(&id));
            let handle = client.invoke_async(&input).unwrap();
            for state in [
                AsyncTaskStatus::Enqueued,
                AsyncTaskStatus::Running,
                AsyncTaskStatus::Running,
            ] {
                let task = client.get(&handle.get_input()).unwrap();
                assert_eq!(task.status(), Some(&state));
            }
            let options = without_pauses().deadline(Duration::from_millis(50));
            let error = client.wait(&handle, options).unwrap_err();
            assert!(error.is_deadline(), "{error}");
            client.stop(&handle.stop_input()).unwrap();
            let finished = client.wait(&handle, without_pauses()).unwrap();
            assert!(matches!(finished, FinishedTask::Stopped(_)), "{finished:?}");
            assert!(client.stop(&handle.stop_input()).is_err(), "it has ended");
        }
        assert_all_requests_are_correct(server);
    }
}

#[test]
fn a_taken_id_and_an_absent_task_are_typed() {
    let server = server();
    for name in CLIENTS {
        let revision = Revision::V2023_03_30;
        let client = of(name, &server, revision);
        let first = input(target(revision, "echo"), Some(&format!("{name}-once")));
        client.invoke_async(&first).unwrap();
        let error = client.invoke_async(&first).unwrap_err();
        assert!(error.is_task_id_taken() && !error.may_have_run(), "{error}");
        let untracked = input(target(revision, "task-untracked"), Some("absent"));
        let handle = client.invoke_async(&untracked).unwrap();
        let options = without_pauses().not_found_grace(Duration::from_millis(20));
        let error = client.wait(&handle, options).unwrap_err();
        assert!(
            error.is_task_not_found() && error.last_task().is_none(),
            "{error}"
        );
    }
    assert_all_requests_are_correct(server);
}

#[test]
fn a_dropped_wait_leaves_the_task_as_it_is() {
    let server = server();
    let key = Credentials::new(KEY_ID.parse().unwrap(), SECRET.parse().unwrap());
    let endpoint = server.url().parse().unwrap();
    let client = Client::new(HyperTransport::http(), endpoint, Scheme::Acs3, key);
    let target = target(Revision::V2023_03_30, "task-endless");
    runtime().block_on(async {
        let handle = client
            .invoke_async(&input(target.clone(), Some("dropped")))
            .await
            .unwrap();
        let running = tokio::spawn({
            let (client, handle) = (client.clone(), handle.clone());
            async move {
                client
                    .wait_for_task(&handle, without_pauses())
                    .await
                    .is_ok()
            }
        });
        let resumed = AsyncTaskHandle::new(target, "dropped".parse().unwrap());
        let state = || async {
            let output = client.get_async_task(&resumed.get_input()).await.unwrap();
            output.task().status().cloned()
        };
        while state().await != Some(AsyncTaskStatus::Running) {}
        running.abort();
        assert!(running.await.unwrap_err().is_cancelled());
        assert_eq!(state().await, Some(AsyncTaskStatus::Running));
    });
    assert_all_requests_are_correct(server);
}
