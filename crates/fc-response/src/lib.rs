//! Response parsing for Alibaba Cloud Function Compute's InvokeFunction.
//!
//! **In scope**: the conversion of any complete response into one of four outcomes; the response
//! headers as typed, borrowed values; the error bodies of the service and the error documents of
//! every runtime.
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
//! match Outcome::from_response(response)? {
//!     Outcome::Completed(completed) => {
//!         assert_eq!(completed.payload(), "hello world");
//!         let duration = completed.metadata().duration()?;
//!         assert_eq!(duration.map(|duration| duration.as_millis()), Some(175));
//!     }
//!     Outcome::Accepted(_) => unreachable!("the invocation was synchronous"),
//!     Outcome::FunctionFailed(error) => return Err(error.into()),
//!     Outcome::Rejected(error) => return Err(error.into()),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Dependencies**: this crate uses `fc-headers`; `fc-invoke` uses this crate. The input is an
//! `http::Response<Bytes>` from any HTTP client.

mod accepted;
mod completed;
mod error_body;
mod function_error;
mod function_error_document;
mod held_response;
mod json_object;
mod message_text;
mod metadata;
mod outcome;
mod outcome_kind;
mod redaction;
mod response_error;
mod service_error;
mod service_error_code;
mod stack_trace;

pub use accepted::Accepted;
pub use completed::Completed;
pub use function_error::FunctionError;
pub use function_error_document::FunctionErrorDocument;
pub use metadata::Metadata;
pub use outcome::Outcome;
pub use outcome_kind::OutcomeKind;
pub use response_error::{ResponseError, ResponseErrorKind};
pub use service_error::ServiceError;
pub use service_error_code::ServiceErrorCode;
pub use stack_trace::StackTrace;
