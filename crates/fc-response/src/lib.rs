//! Response parsing for Alibaba Cloud Function Compute's InvokeFunction.
//!
//! **In scope**: any complete response to one of four outcomes; the response headers as typed,
//! borrowed values; the error bodies of the service and the failure documents of every runtime.
//!
//! **Out of scope**: reading a response from a connection, and deciding what to do about a failure.
//! Nothing here opens a socket or reads a clock.
//!
//! Raw headers and payload are always kept, nothing is copied, and a header that cannot be read is
//! an error only for whoever asks for it.
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
//! **Where it sits**: above the header models, below the operation; transports hand their
//! `http::Response<Bytes>` to it.

mod accepted;
mod completed;
mod error_body;
mod function_error;
mod function_error_document;
mod held_response;
mod json_object;
mod message;
mod metadata;
mod outcome;
mod outcome_kind;
mod response_error;
mod service_error;
mod service_error_code;
mod signature_mask;
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
