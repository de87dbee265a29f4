//! The result of an operation on tasks.

use fcgate_cases::judge;
use fcgate_protocol::{Capabilities, Outcome, OutcomeKind, Reply, Task, TaskOutput};
use serde_json::{Value, json};

use super::checks::failed;
use super::signed_request::arrivals;
use super::task::{expectation, given};

/// A task with every field.
fn task() -> Task {
    serde_json::from_value(json!({
        "task_id": "t-1", "qualifier": "prod", "status": "Succeeded", "started_time": 1, "end_time": 2,
        "duration_ms": 3, "destination_status": "Sent", "error_message": "e", "payload": "p",
        "return_payload": "r", "already_retried_times": 4, "request_id": "r-1", "instance_id": "i-1"
    }))
    .unwrap()
}

/// The failed checks of an output.
fn failed_result(more: Value, output: TaskOutput) -> Vec<String> {
    let given = given("2021-04-06", "fc", "get");
    let expect = expectation(more, 0);
    let answer = Reply::Ok(output);
    failed(&judge::task(
        &given,
        &expect,
        &Capabilities::all(),
        &answer,
        &arrivals([]),
    ))
}

fn completed() -> TaskOutput {
    TaskOutput::new(Outcome::new(OutcomeKind::Completed))
}

#[test]
fn every_field_of_an_expected_task_is_compared() {
    let Value::Object(fields) = serde_json::to_value(task()).unwrap() else {
        panic!("a task is an object");
    };
    assert_eq!(fields.len(), 13);
    for (name, right) in &fields {
        let expected = json!({"task": {name: right}});
        let of = |task: Value| {
            let mut output = completed();
            output.task = serde_json::from_value(task).unwrap();
            failed_result(expected.clone(), output)
        };
        assert_eq!(of(json!(fields)), [""; 0], "{name}");
        let (other, shown) = match right {
            Value::Number(_) => (json!(99), "99"),
            _ => (json!("other"), "other"),
        };
        let wrong = of(json!({name: other}));
        assert_eq!(wrong, [format!("task.{name}: {shown}")]);
        let missing = [format!("task.{name}: (missing)")];
        assert_eq!(of(json!({})), missing);
        assert_eq!(of(Value::Null), missing);
    }
}

#[test]
fn the_tasks_of_a_list_are_compared_in_their_order() {
    let list = |ids: &[Option<&str>]| {
        let task = |id: Option<&str>| Task {
            task_id: id.map(str::to_owned),
            ..task()
        };
        let mut output = completed();
        output.tasks = Some(ids.iter().copied().map(task).collect());
        failed_result(
            json!({"tasks": [{"task_id": "a"}, {"task_id": "b"}]}),
            output,
        )
    };
    assert_eq!(list(&[Some("a"), Some("b")]), [""; 0]);
    assert_eq!(list(&[Some("b"), Some("a")]), ["tasks.task_id: b␊a"]);
    assert_eq!(list(&[Some("a"), None]), ["tasks.task_id: a␊(left out)"]);
    assert_eq!(list(&[Some("a")]), ["tasks.count: 1", "tasks.task_id: a"]);
    assert_eq!(
        failed_result(json!({"tasks": [{"task_id": "a"}]}), completed()),
        ["tasks.count: (missing)", "tasks.task_id: (missing)"]
    );
}

#[test]
fn what_a_result_must_not_have_is_found() {
    let absent = json!({"absent": ["task", "tasks", "next_token", "code"]});
    assert_eq!(failed_result(absent.clone(), completed()), [""; 0]);
    let mut output = completed();
    output.outcome.code = Some("c".to_owned());
    output.task = Some(task());
    output.tasks = Some(vec![task(), Task::default()]);
    output.next_token = Some("n".to_owned());
    assert_eq!(
        failed_result(absent, output),
        [
            "no-code: c",
            "no-task: a task with the id Some(\"t-1\")",
            "no-tasks: t-1␊",
            "no-next_token: n"
        ]
    );
}

#[test]
fn the_token_of_the_next_page_and_the_kind_of_the_outcome_are_compared() {
    let mut output = completed();
    output.next_token = Some("n".to_owned());
    assert_eq!(
        failed_result(json!({"next_token": "n"}), output.clone()),
        [""; 0]
    );
    assert_eq!(
        failed_result(json!({"next_token": "m"}), output),
        ["next_token: n"]
    );
    let wrong = TaskOutput::new(Outcome::new(OutcomeKind::ServiceError));
    assert_eq!(failed_result(json!({}), wrong), ["kind: service_error"]);
}

#[test]
fn a_refusal_of_the_operation_fails() {
    let given = given("2021-04-06", "fc", "get");
    let expect = expectation(json!({}), 0);
    let answer = Reply::unsupported("tasks");
    let checks = judge::task(
        &given,
        &expect,
        &Capabilities::all(),
        &answer,
        &arrivals([]),
    );
    assert_eq!(failed(&checks), ["reply: unsupported: tasks"]);
}
