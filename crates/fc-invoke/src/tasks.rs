//! The operations on asynchronous tasks.

mod async_task_handle;
mod blocking_client_operations;
mod blocking_pages;
mod client_operations;
mod function_list_input;
mod get_async_task_input;
mod list_async_tasks_input;
mod page_cursor;
mod page_limit;
mod pages;
mod query_string;
mod sort_order;
mod stop_async_task_input;
mod task_id;
mod task_request;
mod task_wait;
mod task_wait_error;
mod wait_options;

pub use async_task_handle::{AsyncTaskHandle, TaskIdSource};
pub use blocking_pages::BlockingPages;
pub use function_list_input::ListStatefulAsyncInvocationFunctionsInput;
pub use get_async_task_input::GetAsyncTaskInput;
pub use list_async_tasks_input::ListAsyncTasksInput;
pub use page_cursor::{Listing, PageCursor};
pub use page_limit::PageLimit;
pub use pages::Pages;
pub use sort_order::SortOrder;
pub use stop_async_task_input::StopAsyncTaskInput;
pub use task_id::TaskId;
pub use task_wait::{NextPoll, PollInFlight, TaskWait};
pub use task_wait_error::{TaskWaitError, TaskWaitErrorKind};
pub use wait_options::WaitOptions;
