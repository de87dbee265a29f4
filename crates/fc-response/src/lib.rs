//! Response parsing for Alibaba Cloud Function Compute's InvokeFunction.
//!
//! **In scope**: the conversion of any complete response into one of four outcomes; the response
//! headers as typed, borrowed values; the error bodies of the service and the error documents of
//! every runtime; asynchronous tasks and their lists ([`AsyncTask`], [`GetAsyncTaskOutput`],
//! [`ListAsyncTasksOutput`], [`StopAsyncTaskOutput`], [`FinishedTask`]).
//!
//! **Out of scope**: reading a response from a connection, and handling a failure. This crate opens
//! no socket and reads no clock.
//!
//! Raw headers and payload are always kept and never copied. An invalid header is an error only of
//! its own accessor.
//!
//! ```
//! use bytes::Bytes;
//! use fc_response::Outcome;
//!
//! let response = http::Response::builder()
//!     .header("X-Fc-Request-Id", "1-65a24fa0-0b44b15d-431a6b32cc8c")
//!     .header("X-Fc-Invocation-Duration", "175")
//!     .body(Bytes::from_static(b"hello world"))?;
//!
//! // `into_result` turns a failed function and a rejected request into an error.
//! let success = Outcome::from_response(response)?.into_result()?;
//! assert_eq!(success.payload(), "hello world");
//! let duration = success.metadata().duration()?;
//! assert_eq!(duration.map(|duration| duration.as_millis()), Some(175));
//!
//! // The 403 of another request:
//! let response = http::Response::builder()
//!     .status(403)
//!     .body(Bytes::from_static(br#"{"Code":"AccessDenied","RequestId":"1-65a24fa0"}"#))?;
//! let failure = Outcome::from_response(response)?.into_result().unwrap_err();
//! assert_eq!((failure.code(), failure.request_id()), (Some("AccessDenied"), Some("1-65a24fa0")));
//! assert!(!failure.may_have_run() && !failure.is_retryable());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Dependencies**: this crate uses `fc-headers`; `fc-invoke` uses this crate. The input is an
//! `http::Response<Bytes>` from any HTTP client.

mod accepted;
mod async_task;
mod async_task_event;
mod async_task_status;
mod completed;
mod error_body;
mod failure;
mod finished_task;
mod function_error;
mod function_error_document;
mod function_ran;
mod get_async_task_output;
mod held_response;
mod iso_time;
mod json_object;
mod list_async_tasks_output;
mod list_functions_output;
mod message_text;
mod metadata;
mod outcome;
mod outcome_kind;
mod redaction;
mod reply;
mod response_error;
mod service_error;
mod service_error_code;
mod stack_trace;
mod stop_async_task_output;
mod success;
mod trigger_outcome;
mod typed_fields;

pub use accepted::Accepted;
pub use async_task::AsyncTask;
pub use async_task_event::AsyncTaskEvent;
pub use async_task_status::AsyncTaskStatus;
pub use completed::Completed;
pub use failure::Failure;
pub use finished_task::{FinishedTask, UnsuccessfulTask};
pub use function_error::FunctionError;
pub use function_error_document::FunctionErrorDocument;
pub use function_ran::FunctionRan;
pub use get_async_task_output::GetAsyncTaskOutput;
pub use list_async_tasks_output::ListAsyncTasksOutput;
pub use list_functions_output::{
    ListStatefulAsyncInvocationFunctionsOutput, StatefulAsyncInvocationFunction,
};
pub use metadata::Metadata;
pub use outcome::Outcome;
pub use outcome_kind::OutcomeKind;
pub use reply::Reply;
pub use response_error::{ResponseError, ResponseErrorKind};
pub use service_error::ServiceError;
pub use service_error_code::ServiceErrorCode;
pub use stack_trace::StackTrace;
pub use stop_async_task_output::StopAsyncTaskOutput;
pub use success::Success;
pub use trigger_outcome::TriggerOutcome;
