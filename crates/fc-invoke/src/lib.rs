//! The `InvokeFunction` operation of Alibaba Cloud Function Compute: typed input to HTTP request.
//!
//! ```no_run
//! use fc_invoke::{BlockingClient, Endpoint, InvokeFunctionInput, RetryPolicy, Scheme, Target};
//!
//! # fn example(transport: impl fc_transport::BlockingTransport) -> Result<(), Box<dyn std::error::Error>> {
//! // `transport` is one of fc-transport-hyper, -reqwest and -ureq, or your own. fc-client has ready clients.
//! let endpoint = Endpoint::public(&"1234567890123456".parse()?, &"cn-hangzhou".parse()?);
//! let key = fc_sign::Credentials::new("my-key-id".parse()?, "my-key-secret".parse()?);
//! let client = BlockingClient::new(transport, endpoint, Scheme::Acs3, key)
//!     .retry_policy(RetryPolicy::default().max_attempts(5));
//!
//! let target = Target::v2023_03_30("demoFunction".parse()?);
//! let input = InvokeFunctionInput::builder(target)
//!     .log_type(fc_headers::LogType::Tail)
//!     .payload("{}")
//!     .build()?;
//! let success = client.invoke(&input)?.into_result()?;
//! println!("{}", String::from_utf8_lossy(success.payload()));
//! if let Some(log) = success.metadata().log_tail()? {
//!     println!("{}", String::from_utf8_lossy(log.as_bytes()));
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # In scope
//!
//! - [`Target`]: the function, in one of the three API revisions; [`Endpoint`]: the host of the service.
//! - [`InvokeFunctionInput`]: the settings of one invocation, checked when they are built.
//! - [`Session`]: the session of one conversation, in a header or a cookie.
//! - [`InvokeFunctionInput::to_request`]: makes the unsigned `http::Request<Bytes>`, which cannot fail.
//! - [`GetAsyncTaskInput`], [`ListAsyncTasksInput`], [`StopAsyncTaskInput`],
//!   [`ListStatefulAsyncInvocationFunctionsInput`]: the operations on asynchronous tasks.
//! - [`AsyncTaskHandle`] and [`TaskWait`]: from the acceptance of an asynchronous invocation to its result.
//! - [`PageCursor`], [`Pages`], [`BlockingPages`]: the pages of a list.
//! - [`Signer`]: a signer for one of the two signature schemes.
//! - [`Call`]: one invocation, or another [`Operation`], with its retries, without sockets or timers.
//! - [`Client`] and [`BlockingClient`]: a loop over [`Call`] with a transport and credentials.
//! - [`RetryPolicy`]: how many attempts an invocation has, and the waits between them.
//! - [`PayloadLimits`] and [`HeadLimits`]: optional checks of the documented sizes of payloads, headers and paths.
//! - [`TriggerClient`] and [`BlockingTriggerClient`]: calls of HTTP triggers and custom domains, with [`TriggerRequest`]
//!   and [`TriggerAuth`].
//! - [`InvocationObserver`]: a hook that counts attempts, latencies and outcomes.
//!
//! # Tracing
//!
//! With the feature `tracing` each invocation of a client, also a streamed one, is a span, and its end is an event. The
//! names and the fields below are public API. No header except the request id, no payload, name, key or error text is
//! recorded. The target is `fc_invoke`.
//!
//! | span or event | level | fields |
//! | --- | --- | --- |
//! | span `invoke_function` | info | `revision`, `invocation_type`, `payload_bytes` |
//! | event `the attempt is retried` | warn | `attempt`, `status`, `error`, `request_id`, `latency_ms`, `wait_ms_from`, `wait_ms_to` |
//! | event `the invocation is complete` | debug | `attempt`, `status`, `error`, `request_id`, `latency_ms`, `kind` |
//!
//! `attempt` is the number of the attempt, counted from 1; at the end it is the number of attempts. `error` is the
//! [slug](fc_transport::TransportErrorKind::slug) of a transport error, and `kind` an [`InvocationResult`] as a word.
//! `latency_ms` is the time of the attempt, at the end that of the invocation. A field without a value is absent.
//!
//! # Out of scope
//!
//! Sockets, TLS and runtimes: they belong to the transport. The clock and randomness: they are arguments, or come
//! from the [`ClockAndRandomness`] of a client. Parsing responses: see `fc-response`.
//!
//! ```
//! use fc_invoke::{Endpoint, InvokeFunctionInput, Revision, Scheme, Signer, Target};
//! use fc_sign::Credentials;
//!
//! let target = Target::new("demoService".parse()?, "demoFunction".parse()?);
//! let input = InvokeFunctionInput::builder(target.qualifier("prod".parse()?))
//!     .payload(r#"{"key":"value"}"#)
//!     .build()?;
//! let endpoint = Endpoint::public(&"1234567890123456".parse()?, &"cn-hangzhou".parse()?);
//!
//! let signer = Signer::new(
//!     Scheme::Fc,
//!     &Credentials::new("FCTESTACCESSKEYID01".parse()?, "fcTestAccessKeySecret0123456789".parse()?),
//! );
//! let mut request = input.to_request(&endpoint, signer.scheme());
//! let additions = signer.sign(&request, "2022-05-11T09:00:00Z".parse()?, &"any-nonce".parse()?)?;
//! additions.apply(request.headers_mut());
//!
//! assert_eq!(
//!     request.uri(),
//!     "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com\
//!      /2021-04-06/services/demoService/functions/demoFunction/invocations?qualifier=prod",
//! );
//! assert!(request.headers().contains_key("authorization"));
//! assert_eq!(input.target().revision(), Revision::V2021_04_06);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The crate depends on `fc-headers`, `fc-sign`, `fc-response` and `fc-transport`; none of them depends on it.

mod backoff;
mod blocking_client;
mod blocking_trigger_client;
mod call;
mod client;
mod client_state;
mod clock_and_randomness;
mod clock_skew;
mod content_md5;
mod deadline;
mod deadline_phase;
mod endpoint;
mod endpoint_url;
mod extra_header;
mod head_limits;
mod in_flight;
mod input;
mod input_builder;
mod instrumentation;
mod invoke_error;
mod invoke_function;
mod observer;
mod operation;
mod options;
mod payload_limits;
mod region;
mod region_hosts;
mod request;
mod request_parts;
mod retry_decision;
mod retry_policy;
mod revision;
mod scheme;
mod session;
mod signer;
mod streaming;
mod streaming_outcome;
mod target;
mod tasks;
mod trace;
mod trigger_auth;
mod trigger_client;
mod trigger_request;
mod trigger_request_builder;
mod trigger_scheme;

pub use backoff::Backoff;
pub use blocking_client::BlockingClient;
pub use blocking_trigger_client::BlockingTriggerClient;
pub use call::Call;
pub use client::Client;
pub use clock_and_randomness::{ClockAndRandomness, SystemClockAndRandomness};
pub use clock_skew::ClockSkew;
pub use deadline_phase::DeadlinePhase;
pub use endpoint::Endpoint;
pub use extra_header::ExtraHeader;
pub use head_limits::HeadLimits;
pub use in_flight::InFlight;
pub use input::InvokeFunctionInput;
pub use input_builder::InvokeFunctionInputBuilder;
pub use invoke_error::{DeadlineExceeded, InvokeError, InvokeErrorKind};
pub use observer::{AttemptRecord, InvocationObserver, InvocationRecord, InvocationResult};
pub use operation::{Operation, Safety};
pub use options::InvokeOptions;
pub use payload_limits::PayloadLimits;
pub use region::Region;
pub use region_hosts::RegionHosts;
pub use retry_decision::Next;
pub use retry_policy::RetryPolicy;
pub use revision::Revision;
pub use scheme::Scheme;
pub use session::Session;
pub use signer::Signer;
pub use streaming::StreamingPayload;
pub use streaming_outcome::{StreamingOutcome, StreamingSuccess};
pub use target::Target;
pub use tasks::{
    AsyncTaskHandle, BlockingPages, GetAsyncTaskInput, ListAsyncTasksInput,
    ListStatefulAsyncInvocationFunctionsInput, Listing, NextPoll, PageCursor, PageLimit, Pages,
    PollInFlight, SortOrder, StopAsyncTaskInput, TaskId, TaskIdSource, TaskWait, TaskWaitError,
    TaskWaitErrorKind, WaitOptions,
};
pub use trigger_auth::TriggerAuth;
pub use trigger_client::TriggerClient;
pub use trigger_request::TriggerRequest;
pub use trigger_request_builder::TriggerRequestBuilder;
pub use trigger_scheme::TriggerScheme;
