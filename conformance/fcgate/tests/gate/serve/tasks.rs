//! Asynchronous tasks: their records, their states, and stopping them.

use std::time::Duration;

use fc_conformance::verdict::Verdict;
use fc_local::{Options, TaskPace};
use fcgate_protocol::Scheme;
use serde_json::Value;

use super::client::{Answer, Request, TestServer};

/// A client of revision 2023-03-30.
pub(super) struct TaskClient<'a> {
    pub(super) server: &'a TestServer,
    pub(super) function: &'static str,
    sent: std::cell::Cell<u32>,
}

impl<'a> TaskClient<'a> {
    pub(super) fn new(server: &'a TestServer, function: &'static str) -> Self {
        let sent = std::cell::Cell::new(0);
        Self {
            server,
            function,
            sent,
        }
    }

    fn send(&self, mut request: Request) -> Answer {
        self.sent.set(self.sent.get() + 1);
        request.nonce = format!("{}-{}", self.function, self.sent.get());
        self.server.send(&request.by(Scheme::Acs3))
    }

    fn path(&self) -> String {
        format!("/2023-03-30/functions/{}", self.function)
    }

    pub(super) fn invoke(&self, id: &str) -> Answer {
        let request = Request::to(&format!("{}/invocations", self.path()));
        let request = request.header("x-fc-invocation-type", "Async");
        self.send(request.header("x-fc-async-task-id", id))
    }

    pub(super) fn get(&self, id: &str) -> Answer {
        let target = format!("{}/async-tasks/{id}", self.path());
        self.send(Request::of_tasks("GET", "GetAsyncTask", &target))
    }

    pub(super) fn stop(&self, id: &str) -> Answer {
        let target = format!("{}/async-tasks/{id}/stop", self.path());
        self.send(Request::of_tasks("PUT", "StopAsyncTask", &target))
    }

    pub(super) fn list(&self, query: &str) -> Answer {
        let target = format!("{}/async-tasks?{query}", self.path());
        self.send(Request::of_tasks("GET", "ListAsyncTasks", &target))
    }

    /// The states that this many polls find, or the code of the error.
    fn poll(&self, id: &str, polls: usize) -> Vec<String> {
        let poll = |_| {
            let task = json(&self.get(id));
            let state = task.get("status").or_else(|| task.get("Code"));
            state.unwrap().as_str().unwrap().to_owned()
        };
        (0..polls).map(poll).collect()
    }
}

pub(super) fn json(answer: &Answer) -> Value {
    assert!(answer.text().contains("Content-Type: application/json"));
    serde_json::from_str(&answer.body()).unwrap()
}

#[test]
fn a_task_goes_through_its_states_while_it_is_polled() {
    let server = TestServer::new();
    for (function, states) in [
        (
            "echo",
            &["Enqueued", "Running", "Succeeded", "Succeeded"][..],
        ),
        (
            "unhandled-error",
            &["Enqueued", "Running", "Retrying", "Running", "Failed"],
        ),
        ("task-expired", &["Enqueued", "Expired", "Expired"]),
        ("task-invalid", &["Enqueued", "Invalid"]),
        (
            "task-late",
            &[
                "AsyncTaskNotFound",
                "AsyncTaskNotFound",
                "Enqueued",
                "Running",
            ],
        ),
        (
            "task-suspended",
            &["Enqueued", "Running", "Suspended", "Succeeded"],
        ),
        ("task-untracked", &["AsyncTaskNotFound"]),
    ] {
        let client = TaskClient::new(&server, function);
        assert_eq!(client.invoke("t1").status(), 202, "{function}");
        assert_eq!(client.poll("t1", states.len()), states, "{function}");
    }
    let log = server.log();
    assert!(
        log.contains("serve.get-task.3 (2023-03-30, ACS3): 200\n  task: t1 is Succeeded\n"),
        "{log}"
    );
    let session = server.end();
    assert_eq!(
        session.report.verdict,
        Verdict::Conforming,
        "{:?}",
        session.report.causes
    );
}

#[test]
fn a_task_has_the_fields_of_its_revision() {
    let server = TestServer::new();
    let client = TaskClient::new(&server, "echo");
    client.invoke("t1");
    client.poll("t1", 2);
    let task = json(&client.get("t1"));
    assert_eq!(task["taskId"], "t1");
    assert_eq!(
        task["functionArn"],
        "acs:fc:cn-hangzhou:1234567890123456:functions/echo"
    );
    assert_eq!(task["taskPayload"], "{\"key\":\"value\"}");
    assert_eq!(task["returnPayload"], task["taskPayload"]);
    assert_eq!(task["startedTime"], 1_652_259_600_000_i64);
    assert_eq!(task["events"][2]["status"], "Succeeded");
    assert!(task.get("invocationId").is_none());
    let invoke = Request::of("echo").header("X-Fc-Invocation-Type", "Async");
    assert_eq!(server.send(&invoke).status(), 202);
    let id = "00000000-0000-4000-8000-000000000005";
    let target = format!("/2021-04-06/services/s/functions/echo/stateful-async-invocations/{id}");
    let task = json(&server.send(&Request::of_tasks("GET", "", &target)));
    assert_eq!(task["invocationId"], id, "the request id of the invocation");
    assert_eq!(task["requestId"], id);
    assert_eq!(
        (&task["serviceName"], &task["functionName"]),
        (&"s".into(), &"echo".into())
    );
    assert_eq!(task["endTime"], 0);
    assert!(task.get("taskId").is_none());
    assert_eq!(server.end().report.verdict, Verdict::Conforming);
}

#[test]
fn an_id_is_taken_by_the_first_invocation_of_a_function() {
    let server = TestServer::new();
    let (client, other) = (
        TaskClient::new(&server, "echo"),
        TaskClient::new(&server, "empty"),
    );
    assert_eq!(client.invoke("t1").status(), 202);
    assert_eq!(other.invoke("t1").status(), 202);
    let again = client.invoke("t1");
    assert_eq!(again.status(), 409);
    assert!(
        again
            .body()
            .contains("StatefulAsyncInvocationAlreadyExists"),
        "{}",
        again.body()
    );
    assert_eq!(
        client.poll("t1", 3)[2],
        "Succeeded",
        "the first task goes on"
    );
    assert_eq!(client.invoke("t1").status(), 409);
    let log = server.log();
    assert!(
        log.contains("  assumed: the code of a taken id is that of FC 2.0"),
        "{log}"
    );
}

#[test]
fn a_stop_ends_a_task_and_is_repeated_safely() {
    let server = TestServer::new();
    let client = TaskClient::new(&server, "task-endless");
    client.invoke("t1");
    client.poll("t1", 9);
    for _ in 0..2 {
        let stopped = client.stop("t1");
        assert_eq!((stopped.status(), stopped.body()), (200, "{}".to_owned()));
    }
    assert_eq!(client.poll("t1", 2), ["Stopped", "Stopped"]);
    let again = client.stop("t1");
    assert_eq!(
        (again.status(), &json(&again)["Code"]),
        (412, &"AsyncInvocationStopped".into())
    );
    let ended = TaskClient::new(&server, "echo");
    ended.invoke("t1");
    ended.poll("t1", 3);
    let refused = ended.stop("t1");
    assert_eq!(
        (refused.status(), &json(&refused)["ErrorCode"]),
        (400, &"InvalidArgument".into())
    );
    assert_eq!(ended.stop("t2").status(), 404);
    let target = "/2021-04-06/services/s/functions/echo/stateful-async-invocations/t9";
    let unknown = server.send(&Request::of_tasks("PUT", "", target));
    assert_eq!(unknown.status(), 404);
    assert!(unknown.body().contains("StatefulAsyncInvocationNotFound"));
    let log = server.log();
    assert!(
        log.contains("  assumed: the answer to a stop of a task that has ended is that of FC 2.0"),
        "{log}"
    );
    assert_eq!(server.end().report.verdict, Verdict::Conforming);
}

#[test]
fn a_task_follows_the_clock_of_the_server_on_request() {
    let mut options = Options::new();
    options.task_pace = TaskPace::Clock(Duration::from_secs(2));
    options.hidden_task_polls = 1;
    let server = TestServer::with(options);
    let client = TaskClient::new(&server, "echo");
    client.invoke("t1");
    assert_eq!(client.get("t1").status(), 404, "hidden for two seconds");
    server.set_clock("2022-05-11T09:00:02Z".parse().unwrap());
    assert_eq!(client.poll("t1", 2), ["Running", "Running"]);
    server.set_clock("2022-05-11T09:00:09Z".parse().unwrap());
    let task = json(&client.get("t1"));
    assert_eq!(
        (&task["status"], &task["durationMs"]),
        (&"Succeeded".into(), &2_000.into())
    );
}

#[test]
fn new_records_are_hidden_for_the_set_number_of_polls() {
    let mut options = Options::new();
    options.hidden_task_polls = 3;
    let server = TestServer::with(options);
    let client = TaskClient::new(&server, "echo");
    client.invoke("t1");
    assert_eq!(
        json(&client.list("limit=5"))["tasks"],
        Value::Array(Vec::new())
    );
    let states = ["AsyncTaskNotFound", "AsyncTaskNotFound", "Enqueued"];
    assert_eq!(client.poll("t1", 3), states);
}

#[test]
fn a_wrong_method_action_or_function_is_refused_or_reported() {
    let server = TestServer::new();
    let target = "/2023-03-30/functions/echo/async-tasks/t1";
    let request = Request::of_tasks("POST", "GetAsyncTask", target).by(Scheme::Acs3);
    assert!(server.send(&request).body().contains("PathNotSupported"));
    let mut request = Request::of_tasks("GET", "InvokeFunction", target).by(Scheme::Acs3);
    request.nonce = "2".to_owned();
    assert!(server.send(&request).body().contains("AsyncTaskNotFound"));
    let client = TaskClient::new(&server, "ecko");
    assert!(client.get("t1").body().contains("FunctionNotFound"));
    let empty = TaskClient::new(&server, "echo").get("");
    assert!(empty.body().contains("InvalidArgument"), "{}", empty.body());
    let log = server.log();
    assert!(log.contains("next: did you mean `echo`?"), "{log}");
    let report = server.end().report;
    let failed = |id: &str| report.case(id).unwrap().status.is_red();
    assert!(failed("serve.get-task.1.request") && failed("serve.get-task.2.request"));
    assert!(!failed("serve.get-task.3.request") && failed("serve.get-task.4.request"));
}

#[test]
fn a_task_request_with_a_wrong_signature_is_refused() {
    let server = TestServer::new();
    let target = "/2023-03-30/functions/echo/async-tasks/t1";
    let mut request = Request::of_tasks("GET", "GetAsyncTask", target).by(Scheme::Acs3);
    request.secret = "anotherDummySecret0123456789";
    assert_eq!(server.send(&request).status(), 403);
    let report = server.end().report;
    assert!(
        report
            .case("serve.get-task.1.signature")
            .unwrap()
            .status
            .is_red()
    );
    assert!(
        !report
            .case("serve.get-task.1.request")
            .unwrap()
            .status
            .is_red()
    );
}
