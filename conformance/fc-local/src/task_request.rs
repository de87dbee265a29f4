//! Requests for operations on tasks: the check of the parameters of a list, and the refusal of a wrong one.

use fcgate_cases::corpus::{Level, Stimulus};
use fcgate_cases::judge::Check;
use fcgate_text::visible;

use super::finding::Finding;
use super::received_request::ReceivedRequest;
use super::resource_names::ResourceNames;
use super::route::Route;
use super::service_error::ServiceError;
use super::tasks::{ListQuery, TaskOperation};

/// The parameters of a list, if the operation is one.
fn list_query(
    received: &ReceivedRequest,
    names: &ResourceNames,
    operation: &TaskOperation,
) -> Option<ListQuery> {
    let (_, query) = received.target.split_once('?').unwrap_or_default();
    let of_tasks = *operation == TaskOperation::List;
    let is_list = operation.is_list();
    is_list.then(|| ListQuery::parse(names.revision, of_tasks, query))
}

/// The check of the parameters of a list. It is not a must: no source has the answer of the service to others.
pub(super) fn query(
    received: &ReceivedRequest,
    route: &Route,
    stimulus: &Stimulus,
) -> Option<Finding> {
    let Route::Task(names, operation) = route else {
        return None;
    };
    let query = list_query(received, names, operation)?;
    let title = "The parameters of a list have documented names and values.".to_owned();
    let mut finding = Finding::new("query", Level::Should, title, stimulus.clone());
    finding.because = "The service would reject the request, or ignore the parameter.";
    finding
        .requirements
        .extend(operation.requirement().map(str::to_owned));
    if query.wrong.is_empty() {
        let right = "documented names and values";
        finding
            .checks
            .push(Check::holds("query", true, right, right));
    }
    for wrong in &query.wrong {
        let id = format!("query.{}", visible::line(&wrong.name, 40));
        finding.checks.push(match &wrong.allowed {
            Some(allowed) => Check::holds(id, false, allowed, &wrong.value),
            None => Check::holds(id, false, "no parameter of this name", "it is sent"),
        });
    }
    Some(finding)
}

/// The refusal of a wrong method, an empty id, or a wrong value of a list.
pub(super) fn refusal(
    received: &ReceivedRequest,
    names: &ResourceNames,
    operation: &TaskOperation,
) -> Option<ServiceError> {
    if received.method != operation.method() {
        let path = received.target.split('?').next().unwrap_or_default();
        return Some(ServiceError::path_not_supported(&received.method, path));
    }
    if operation.id().is_some_and(str::is_empty) {
        let error = ServiceError::new(400, "InvalidArgument", "the task id is empty");
        return Some(error.assumed("no source has the answer to an empty task id"));
    }
    let query = list_query(received, names, operation)?;
    let mut wrong = query.wrong.iter();
    let (wrong, allowed) = wrong.find_map(|wrong| Some((wrong, wrong.allowed.as_deref()?)))?;
    let value = visible::line(&wrong.value, 80);
    let message = format!(
        "{} is set to an invalid value (allowed: {allowed}, actual: '{value}')",
        wrong.name
    );
    let error = ServiceError::new(400, "InvalidArgument", message);
    Some(error.assumed("no source has the answer to a wrong parameter of a list"))
}
