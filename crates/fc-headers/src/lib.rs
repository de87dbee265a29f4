//! Typed models of the HTTP headers of Alibaba Cloud Function Compute's InvokeFunction.
//!
//! **In scope**: every request and response header of the operation, one type and one file each;
//! the names and ids in a request's path and query; the error of decoding a header and the error of
//! an invalid input.
//!
//! **Out of scope**: signing, building a request, interpreting a response. This crate opens no
//! socket and reads no clock.
//!
//! Every value of these types is valid. Invalid input is rejected by `FromStr`, `TryFrom` or
//! [`Header::decode`], so [`Header::encode`] cannot fail.
//!
//! ```
//! use fc_headers::{Header, InvocationDuration, InvocationType};
//! use http::HeaderMap;
//!
//! let mut request = HeaderMap::new();
//! InvocationType::Async.insert_into(&mut request);
//! assert_eq!(request["x-fc-invocation-type"], "Async");
//!
//! let mut response = HeaderMap::new();
//! response.insert(InvocationDuration::NAME, "175".parse()?);
//! let duration = InvocationDuration::from_map(&response)?;
//! assert_eq!(duration.map(InvocationDuration::as_millis), Some(175));
//!
//! response.append(InvocationDuration::NAME, "176".parse()?);
//! let error = InvocationDuration::from_map(&response).unwrap_err();
//! assert!(error.to_string().starts_with("duplicate: x-fc-invocation-duration"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Dependencies**: only the types of the `http` crate are in its API. `fc-response` and
//! `fc-invoke` use this crate.

mod grammar;
mod header;
mod header_error;
#[cfg(test)]
mod hyphenated;
mod input_error;
mod number;
mod quoted;
mod shared_text;
mod text;

mod function_name;
mod qualifier;
mod service_name;
mod v3_function_name;

mod account_id;
mod async_delay;
mod async_task_id;
mod date;
mod invocation_type;
mod log_type;
mod mcp_session_id;
mod security_token;
mod session_cookie;
mod session_header_name;
mod session_id;
mod stateful_async_invocation_enable;
mod stateful_async_invocation_id;
mod trace_id;

mod acs_retry_after;
mod code_checksum;
mod error_type;
mod instance_id;
mod invocation_duration;
mod invocation_service_version;
mod log_result;
mod log_tail;
mod max_memory_usage;
mod request_id;
mod retry_after;

pub use account_id::AccountId;
pub use acs_retry_after::AcsRetryAfter;
pub use async_delay::AsyncDelay;
pub use async_task_id::AsyncTaskId;
pub use code_checksum::CodeChecksum;
pub use date::Date;
pub use error_type::{ErrorType, OtherErrorType};
pub use function_name::FunctionName;
pub use header::Header;
pub use header_error::{HeaderError, HeaderErrorKind};
pub use input_error::{InputError, InputErrorKind};
pub use instance_id::InstanceId;
pub use invocation_duration::InvocationDuration;
pub use invocation_service_version::InvocationServiceVersion;
pub use invocation_type::InvocationType;
pub use log_result::LogResult;
pub use log_tail::LogTail;
pub use log_type::LogType;
pub use max_memory_usage::MaxMemoryUsage;
pub use mcp_session_id::McpSessionId;
pub use qualifier::Qualifier;
pub use quoted::Quoted;
pub use request_id::RequestId;
pub use retry_after::RetryAfter;
pub use security_token::SecurityToken;
pub use service_name::ServiceName;
pub use session_cookie::SessionCookie;
pub use session_header_name::SessionHeaderName;
pub use session_id::SessionId;
pub use stateful_async_invocation_enable::StatefulAsyncInvocationEnable;
pub use stateful_async_invocation_id::StatefulAsyncInvocationId;
pub use trace_id::TraceId;
pub use v3_function_name::V3FunctionName;
