//! The tasks of a server, and its answers to the operations on them.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use fcgate_text::visible;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::resource_names::ResourceNames;
use crate::service_error::ServiceError;
use crate::stop_signal::StopSignal;

use super::life_cycle::{State, TaskScript};
use super::list_query::ListQuery;
use super::operation::TaskOperation;
use super::run::{TaskResult, TaskRun};
use super::store::TaskStore;
use super::task::{StopRefusal, Task, TaskPace};
use super::{json as task_json, page_token};

const TAKEN: &str = "the code of a taken id is that of FC 2.0";
const STOP_STATUS: &str = "the status of a successful stop, 200 with {}, is that of FC 2.0";
const STOP_AGAIN: &str =
    "no source has the answer to a second stop of a task that is still Stopping";
const STOP_ENDED: &str = "the answer to a stop of a task that has ended is that of FC 2.0";

/// All tasks of a server.
#[derive(Debug, Default)]
pub(crate) struct Tasks {
    store: Mutex<TaskStore>,
    pace: TaskPace,
    /// How many polls do not find a new record.
    hidden_polls: u32,
}

/// An asynchronous invocation that the server accepts.
#[derive(Debug)]
pub(crate) struct AcceptedInvocation<'a> {
    pub(crate) names: &'a ResourceNames,
    /// The task id of the caller.
    pub(crate) id: Option<&'a str>,
    pub(crate) request_id: &'a str,
    pub(crate) payload: &'a [u8],
    /// What the task does, unless a function of the user's own runs.
    pub(crate) script: TaskScript,
    /// The signal of the call of a function of the user's own.
    pub(crate) run: Option<&'a StopSignal>,
}

/// The answer to an operation on tasks.
#[derive(Debug)]
pub(crate) struct TaskAnswer {
    pub(crate) json: Value,
    /// One sentence about the task, for the log.
    pub(crate) task: Option<String>,
    /// What the server assumes, because no source has it.
    pub(crate) assumed: Option<&'static str>,
}

impl Tasks {
    pub(crate) fn new(pace: TaskPace, hidden_polls: u32) -> Self {
        Self {
            store: Mutex::default(),
            pace,
            hidden_polls,
        }
    }

    /// Adds the task of an invocation. Returns a sentence for the log.
    pub(crate) fn add(
        &self,
        accepted: &AcceptedInvocation<'_>,
        now: Timestamp,
    ) -> Result<String, ServiceError> {
        let (names, id) = (accepted.names, accepted.id.unwrap_or(accepted.request_id));
        let mut store = self.lock();
        if store.get(names, id).is_some() {
            let message = "the stateful async invocation already exists";
            let code = "StatefulAsyncInvocationAlreadyExists";
            let error = ServiceError::new(409, code, message);
            return Err(match names.revision {
                "2023-03-30" => error.assumed(TAKEN),
                _ => error,
            });
        }
        if accepted.script == TaskScript::Untracked {
            return Ok("no record, because the function is not in task mode".to_owned());
        }
        let task = Task::new(
            id.to_owned(),
            accepted.request_id,
            names.clone(),
            accepted.payload.to_vec(),
            accepted.script,
            self.hidden_polls,
            now.as_millisecond(),
        );
        store.add(match accepted.run {
            Some(run) => task.of_run(run.clone()),
            None => task,
        });
        Ok(format!("{} is Enqueued", shown(id)))
    }

    /// The call of a task reaches a state. Returns whether the call goes on: not if its task was stopped.
    pub(crate) fn enter(
        &self,
        run: &TaskRun,
        state: State,
        result: Option<TaskResult>,
        now: Timestamp,
    ) -> bool {
        let now = now.as_millisecond();
        let mut store = self.lock();
        let entered = store.change(&run.names, &run.id, |task| {
            task.enter(&run.stop, state, result, now)
        });
        // A call without a record runs too.
        entered.unwrap_or_else(|| !run.stop.is_set())
    }

    /// Removes all tasks, and ends their calls.
    pub(crate) fn clear(&self) {
        let mut store = self.lock();
        for (_, task) in store.iter_mut() {
            task.end_run();
        }
        *store = TaskStore::default();
    }

    /// The answer to an operation.
    pub(crate) fn answer(
        &self,
        operation: &TaskOperation,
        names: &ResourceNames,
        query: &str,
        now: Timestamp,
    ) -> Result<TaskAnswer, ServiceError> {
        let now = now.as_millisecond();
        match operation {
            TaskOperation::Get(id) => self.get(names, id, now),
            TaskOperation::Stop(id) => self.stop(names, id, now),
            TaskOperation::List => self.list(names, query, now),
            TaskOperation::ListFunctions => self.list_functions(names, query, now),
        }
    }

    /// How many records were forgotten.
    pub(crate) fn forgotten(&self) -> usize {
        self.lock().forgotten()
    }

    fn get(&self, names: &ResourceNames, id: &str, now: i64) -> Result<TaskAnswer, ServiceError> {
        let mut store = self.lock();
        let task = store.get(names, id);
        let task = task.ok_or_else(|| not_found(names, id))?;
        if !task.poll(self.pace, now) {
            return Err(not_found(names, id));
        }
        Ok(TaskAnswer {
            json: task_json::of(task, names.revision, true, true),
            task: Some(format!("{} is {}", shown(id), task.state().name())),
            assumed: None,
        })
    }

    fn stop(&self, names: &ResourceNames, id: &str, now: i64) -> Result<TaskAnswer, ServiceError> {
        let mut store = self.lock();
        let task = store.get(names, id);
        let task = task.ok_or_else(|| not_found(names, id))?;
        if !task.look(self.pace, now) {
            return Err(not_found(names, id));
        }
        let is_stopping = task.state().name() == "Stopping";
        match task.stop(now) {
            Ok(()) => Ok(TaskAnswer {
                json: json!({}),
                task: Some(format!("{} is {}", shown(id), task.state().name())),
                assumed: Some(if is_stopping { STOP_AGAIN } else { STOP_STATUS }),
            }),
            Err(StopRefusal::Stopped) => {
                let names = format!("{}:{}", names.function, task_json::qualifier(task));
                let message = format!(
                    "The async invocation for {}:{} has been stopped",
                    shown(&names),
                    shown(id)
                );
                let error = ServiceError::new(412, "AsyncInvocationStopped", message);
                Err(error.assumed(STOP_ENDED))
            }
            Err(StopRefusal::Ended(state)) => {
                let message = format!("the task '{}' has ended ({state})", shown(id));
                let error = ServiceError::new(400, "InvalidArgument", message);
                Err(error.assumed(STOP_ENDED))
            }
        }
    }

    fn list(
        &self,
        names: &ResourceNames,
        query: &str,
        now: i64,
    ) -> Result<TaskAnswer, ServiceError> {
        let query = ListQuery::parse(names.revision, true, query);
        let filter = format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {}",
            names.service,
            names.function,
            query.prefix,
            query.status,
            query.begin,
            query.end,
            query.ascending
        );
        let after = after(&query, &filter)?;
        let mut store = self.lock();
        let mut found = Vec::new();
        for (number, task) in store.iter_mut() {
            let is_of_function =
                (&task.names.service, &task.names.function) == (&names.service, &names.function);
            if is_of_function && task.look(self.pace, now) && matches(task, &query) {
                found.push((number, &*task));
            }
        }
        if !query.ascending {
            found.reverse();
        }
        found.retain(|(number, _)| match after {
            Some(after) if query.ascending => *number > after,
            Some(after) => *number < after,
            None => true,
        });
        let page = found.get(..query.limit);
        let next = page.filter(|page| page.len() < found.len());
        let next = next.and_then(<[_]>::last).map(|(number, _)| *number);
        let page = page.unwrap_or(&found).iter();
        let page = page.map(|(_, task)| {
            let payload = query.include_payload;
            task_json::of(task, names.revision, payload, false)
        });
        let list = match names.revision {
            "2023-03-30" => "tasks",
            _ => "invocations",
        };
        Ok(page_of(list, page.collect(), next, &filter))
    }

    fn list_functions(
        &self,
        names: &ResourceNames,
        query: &str,
        now: i64,
    ) -> Result<TaskAnswer, ServiceError> {
        let query = ListQuery::parse(names.revision, false, query);
        let filter = "functions";
        let after = after(&query, filter)?;
        let mut functions = BTreeSet::new();
        for (_, task) in self.lock().iter_mut() {
            if let Some(service) = task.names.service.clone()
                && task.look(self.pace, now)
            {
                let qualifier = task_json::qualifier(task).to_owned();
                functions.insert((service, task.names.function.clone(), qualifier));
            }
        }
        let left = functions.into_iter().zip(1_u64..);
        let mut left = left.filter(|(_, number)| after.is_none_or(|after| *number > after));
        let page: Vec<_> = left.by_ref().take(query.limit).collect();
        let next = page.last().map(|(_, number)| *number);
        let next = next.filter(|_| left.next().is_some());
        let page = page.iter().map(|((service, function, qualifier), _)| {
            json!({"serviceName": service, "functionName": function, "qualifier": qualifier})
        });
        Ok(page_of("data", page.collect(), next, filter))
    }

    fn lock(&self) -> MutexGuard<'_, TaskStore> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The entry after which the page begins.
fn after(query: &ListQuery, filter: &str) -> Result<Option<u64>, ServiceError> {
    let Some(token) = &query.token else {
        return Ok(None);
    };
    let after = page_token::read(token, filter);
    after.map(Some).ok_or_else(|| {
        let message = "nextToken is not one of a list with these parameters";
        let error = ServiceError::new(400, "InvalidArgument", message);
        error.assumed("no source has the answer to a nextToken of another list")
    })
}

fn matches(task: &Task, query: &ListQuery) -> bool {
    let started = task.started();
    let prefix = query.prefix.as_deref().unwrap_or_default();
    let has_status = |status: &String| status == task.state().name();
    task.id.starts_with(prefix)
        && query.status.as_ref().is_none_or(has_status)
        && query
            .begin
            .is_none_or(|begin| started > 0 && started >= begin)
        && query.end.is_none_or(|end| started > 0 && started <= end)
}

fn page_of(list: &str, page: Vec<Value>, next: Option<u64>, filter: &str) -> TaskAnswer {
    let mut object = Map::new();
    let more = if next.is_some() { ", more follow" } else { "" };
    let sentence = format!("{} listed{more}", page.len());
    object.insert(list.to_owned(), Value::Array(page));
    if let Some(next) = next {
        let token = page_token::write(next, filter);
        object.insert("nextToken".to_owned(), token.into());
    }
    TaskAnswer {
        json: Value::Object(object),
        task: Some(sentence),
        assumed: None,
    }
}

fn not_found(names: &ResourceNames, id: &str) -> ServiceError {
    let (code, what) = match names.revision {
        "2023-03-30" => ("AsyncTaskNotFound", "async task"),
        _ => (
            "StatefulAsyncInvocationNotFound",
            "stateful async invocation",
        ),
    };
    let message = format!(
        "{what} '{}' of function '{}' does not exist",
        shown(id),
        shown(&names.function)
    );
    ServiceError::new(404, code, message)
}

fn shown(text: &str) -> String {
    visible::line(text, 130)
}
