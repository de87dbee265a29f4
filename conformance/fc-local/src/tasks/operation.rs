//! The operations on asynchronous tasks: their paths, methods and names in each revision.

use crate::resource_names::ResourceNames;
use crate::url_encoding::{decoded, encoded};

/// An operation on the tasks of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TaskOperation {
    /// Returns the task with this id.
    Get(String),
    List,
    /// Stops the task with this id.
    Stop(String),
    /// Lists the functions that have tasks; revision 2021-04-06 only.
    ListFunctions,
}

/// The service and the function in a path.
type Names<'a> = (Option<&'a str>, &'a str);

impl TaskOperation {
    /// The operation of a path, whose segments after the revision are `rest`, and the names in the path.
    pub(crate) fn of<'a>(
        revision: &str,
        rest: &[&'a str],
        method: &str,
    ) -> Option<(Option<Names<'a>>, Self)> {
        let id = |id: &str| decoded(id);
        match (revision, rest) {
            ("2023-03-30", ["functions", function, "async-tasks", rest @ ..]) => {
                let operation = match rest {
                    [] => Self::List,
                    [task] => Self::Get(id(task)),
                    [task, "stop"] => Self::Stop(id(task)),
                    _ => return None,
                };
                Some((Some((None, function)), operation))
            }
            (
                "2016-08-15" | "2021-04-06",
                [
                    "services",
                    service,
                    "functions",
                    function,
                    "stateful-async-invocations",
                    rest @ ..,
                ],
            ) => {
                let operation = match (rest, method) {
                    ([], _) => Self::List,
                    ([task], "PUT") => Self::Stop(id(task)),
                    ([task], _) => Self::Get(id(task)),
                    _ => return None,
                };
                Some((Some((Some(service), function)), operation))
            }
            ("2021-04-06", ["stateful-async-invocation-functions"]) => {
                Some((None, Self::ListFunctions))
            }
            _ => None,
        }
    }

    /// The method of a request for this operation.
    pub(crate) fn method(&self) -> &'static str {
        match self {
            Self::Stop(_) => "PUT",
            Self::Get(_) | Self::List | Self::ListFunctions => "GET",
        }
    }

    /// The path of a request for this operation.
    pub(crate) fn path(&self, names: &ResourceNames) -> String {
        let (of_function, revision) = (names.function_path(), names.revision);
        let tasks = match revision {
            "2023-03-30" => format!("{of_function}/async-tasks"),
            _ => format!("{of_function}/stateful-async-invocations"),
        };
        match self {
            Self::Stop(id) if revision == "2023-03-30" => {
                format!("{tasks}/{}/stop", encoded(id))
            }
            Self::Get(id) | Self::Stop(id) => format!("{tasks}/{}", encoded(id)),
            Self::List => tasks,
            Self::ListFunctions => format!("/{revision}/stateful-async-invocation-functions"),
        }
    }

    /// The name of the operation in a revision, which is the value of `x-acs-action`.
    pub(crate) fn action(&self, revision: &str) -> &'static str {
        match (self, revision) {
            (Self::Get(_), "2023-03-30") => "GetAsyncTask",
            (Self::List, "2023-03-30") => "ListAsyncTasks",
            (Self::Stop(_), "2023-03-30") => "StopAsyncTask",
            (Self::Get(_), _) => "GetStatefulAsyncInvocation",
            (Self::List, _) => "ListStatefulAsyncInvocations",
            (Self::Stop(_), _) => "StopStatefulAsyncInvocation",
            (Self::ListFunctions, _) => "ListStatefulAsyncInvocationFunctions",
        }
    }

    /// The name of the operation in the ids of results.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Get(_) => "get-task",
            Self::List => "list-tasks",
            Self::Stop(_) => "stop-task",
            Self::ListFunctions => "list-task-functions",
        }
    }

    /// The requirement about the form of a request for this operation.
    pub(crate) fn requirement(&self) -> Option<&'static str> {
        match self {
            Self::Get(_) => Some("FC-TASK-001"),
            Self::List => Some("FC-TASK-002"),
            Self::Stop(_) => Some("FC-TASK-003"),
            Self::ListFunctions => None,
        }
    }

    /// The id of the task, if the operation is about one.
    pub(crate) fn id(&self) -> Option<&str> {
        match self {
            Self::Get(id) | Self::Stop(id) => Some(id),
            Self::List | Self::ListFunctions => None,
        }
    }

    /// Whether the query may have the parameters of a list.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self, Self::List | Self::ListFunctions)
    }
}
