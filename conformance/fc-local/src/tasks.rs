//! Asynchronous tasks: the records that accepted invocations leave, and the operations that read and stop them.

mod json;
mod life_cycle;
mod list_query;
mod operation;
mod page_token;
mod registry;
mod run;
mod store;
mod task;

pub use self::task::TaskPace;

pub(super) use self::life_cycle::{State, TaskScript};
pub(super) use self::list_query::ListQuery;
pub(super) use self::operation::TaskOperation;
pub(super) use self::registry::{AcceptedInvocation, Tasks};
pub(super) use self::run::{TaskResult, TaskRun};
