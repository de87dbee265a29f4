//! The operations on asynchronous tasks.

mod function_list_input;
mod get_async_task_input;
mod list_async_tasks_input;
mod page_limit;
mod query_string;
mod sort_order;
mod stop_async_task_input;
mod task_id;
mod task_request;

pub use function_list_input::ListStatefulAsyncInvocationFunctionsInput;
pub use get_async_task_input::GetAsyncTaskInput;
pub use list_async_tasks_input::ListAsyncTasksInput;
pub use page_limit::PageLimit;
pub use sort_order::SortOrder;
pub use stop_async_task_input::StopAsyncTaskInput;
pub use task_id::TaskId;
