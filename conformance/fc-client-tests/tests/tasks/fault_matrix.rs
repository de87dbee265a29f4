//! Every fault in every phase of each operation, over each transport.
//!
//! After a temporary fault the operation succeeds, because it runs no function and is sent again; a permanent one ends it
//! after one request. In all of them the function is invoked once or never.

use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use fc_invoke::{
    GetAsyncTaskInput, ListAsyncTasksInput, Revision, Scheme, StopAsyncTaskInput, WaitOptions,
};
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_http::origin::{Connection, Origin, Script};
use fcgate_protocol::{self as protocol, SignKind};

use crate::faults::{Fault, answer_steps, faults, generous, response};
use crate::life_cycles::{input, target};
use crate::task_client::{CLIENTS, KEY_ID, SECRET, TaskClient, client};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    Get,
    List,
    Stop,
    /// An invocation, and the wait for its result; the fault is in the first poll.
    Wait,
}

const OPERATIONS: [Operation; 4] = [
    Operation::Get,
    Operation::List,
    Operation::Stop,
    Operation::Wait,
];

impl Operation {
    /// The complete answer to every request after the fault.
    fn answer(self) -> String {
        let body = match self {
            Self::Get => r#"{"taskId":"t","status":"Running"}"#,
            Self::List => r#"{"tasks":[{"taskId":"t"}],"nextToken":""}"#,
            Self::Stop => "{}",
            Self::Wait => r#"{"taskId":"t","status":"Succeeded"}"#,
        };
        response("200 OK", body)
    }

    fn script(self, fault: &Fault) -> Script {
        let answer = self.answer();
        let faulty = fault.steps(&answer);
        let script = match self {
            Self::Wait => Script::every(answer_steps(&response("202 Accepted", ""))).then(faulty),
            _ => Script::every(faulty),
        };
        script.then(answer_steps(&answer))
    }

    /// Runs the operation; an error is its message. The invocation is made by another client, without the limit.
    fn run(self, client: &dyn TaskClient, invoking: &dyn TaskClient) -> Result<(), String> {
        let target = target(Revision::V2023_03_30, "demoFunction");
        let id = || "t".parse().unwrap();
        match self {
            Self::Get => {
                let task = client.get(&GetAsyncTaskInput::new(target, id()));
                let task = task.map_err(|error| checked(&error))?;
                assert_eq!(task.task_id(), Some("t"));
            }
            Self::List => {
                let mut ids = Vec::new();
                for page in client.pages(ListAsyncTasksInput::new(target)) {
                    let page = page.map_err(|error| checked(&error))?;
                    let tasks = page.tasks().iter();
                    ids.extend(tasks.filter_map(|task| task.task_id().map(str::to_owned)));
                }
                assert_eq!(ids, ["t"]);
            }
            Self::Stop => {
                let stopped = client.stop(&StopAsyncTaskInput::new(target, id()));
                stopped.map_err(|error| checked(&error))?;
            }
            Self::Wait => {
                let handle = invoking.invoke_async(&input(target, Some("t"))).unwrap();
                let options = WaitOptions::default().first_pause(Duration::ZERO);
                let finished = client.wait(&handle, options);
                let finished = finished.map_err(|error| error.to_string())?;
                assert!(finished.into_result().is_ok());
            }
        }
        Ok(())
    }
}

/// The message of an error, which never says that the function may have run.
fn checked(error: &fc_invoke::InvokeError) -> String {
    assert!(!error.may_have_run(), "{error}");
    error.to_string()
}

/// What is wrong with one cell of the matrix.
fn play(name: &str, operation: Operation, fault: &Fault) -> Option<String> {
    let origin = Origin::start(operation.script(fault)).unwrap();
    let with = |limits| client(name, &origin.url(""), Scheme::Acs3, limits);
    let result = operation.run(&*with(fault.limits), &*with(generous()));
    let wrong = match (&result, fault.is_temporary) {
        (Ok(()), true) | (Err(_), false) => wrong_requests(&origin, operation, fault),
        (Err(error), true) => Some(format!("failed: {error}")),
        (Ok(()), false) => Some("succeeded".to_owned()),
    };
    wrong.map(|wrong| format!("{name}, {operation:?}, {}: {wrong}", fault.name))
}

fn wrong_requests(origin: &Origin, operation: Operation, fault: &Fault) -> Option<String> {
    let connections = origin.connections();
    let requests = connections.iter().flat_map(Connection::requests);
    let requests: Vec<_> = requests.map(wire).collect();
    let key = protocol::Credentials::new(KEY_ID, SECRET);
    for (_, request) in &requests {
        let verdict = oracle::verify(request, protocol::Scheme::Acs3, SignKind::Api, &key);
        if !verdict.verifies() {
            return Some(format!("{verdict:?}"));
        }
    }
    let mut nonces: Vec<_> = requests
        .iter()
        .map(|(_, request)| request.value("x-acs-signature-nonce").map(str::to_owned))
        .collect();
    nonces.sort();
    nonces.dedup();
    if nonces.len() != requests.len() {
        return Some("two requests have one nonce".to_owned());
    }
    let count = |method: &str| requests.iter().filter(|(found, _)| found == method).count();
    let invocations = usize::from(operation == Operation::Wait);
    if count("POST") != invocations {
        return Some(format!("{} invocations", count("POST")));
    }
    let own = if operation == Operation::Stop {
        "PUT"
    } else {
        "GET"
    };
    if count(own) + invocations != requests.len() {
        return Some(format!("another method: {connections:?}"));
    }
    (!fault.is_temporary && count(own) != 1).then(|| format!("{} requests", count(own)))
}

/// The method and the request.
fn wire(bytes: &[u8]) -> (String, WireRequest) {
    let text = std::str::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let mut words = lines.next().unwrap().split(' ');
    let method = words.next().unwrap();
    let request = WireRequest::new(method, words.next().unwrap());
    let headers = lines.map(|line| line.split_once(": ").unwrap());
    let request = headers.fold(request, |request, (name, value)| {
        request.header(name, value)
    });
    (method.to_owned(), request.body(body.as_bytes()))
}

#[test]
fn every_fault_in_every_phase_has_its_result_and_never_invokes_again() {
    let faults = faults();
    let mut cells = Vec::new();
    for name in CLIENTS {
        for operation in OPERATIONS {
            cells.extend(faults.iter().map(|fault| (name, operation, fault)));
        }
    }
    assert!(cells.len() >= 240, "{} cells", cells.len());
    let (next, wrong) = (Mutex::new(cells.into_iter()), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| {
                loop {
                    let cell = next.lock().unwrap().next();
                    let Some((name, operation, fault)) = cell else {
                        return;
                    };
                    if let Some(found) = play(name, operation, fault) {
                        wrong.lock().unwrap().push(found);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
