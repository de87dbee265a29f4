//! The `InvokeFunction` operation of Alibaba Cloud Function Compute: typed input to HTTP request.
//!
//! # In scope
//!
//! - [`Target`]: which function, in one of the three API revisions; [`Endpoint`]: where it is.
//! - [`InvokeFunctionInput`]: everything that a caller can set, checked when it is built.
//! - [`InvokeFunctionInput::to_request`]: the unsigned `http::Request<Bytes>`, which cannot fail.
//! - [`Signer`]: one of the two signature schemes, as a value.
//! - [`Limits`]: the documented payload sizes, for those who want them checked before sending.
//!
//! # Out of scope
//!
//! Sending, and with it sockets, TLS and runtimes; the clock and randomness, which are arguments;
//! telling what a response means, which is `fc-response`.
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
//! The crate builds on `fc-headers`, `fc-sign` and `fc-response`; nothing below it knows of it.

mod blocking_client;
mod call;
mod client;
mod clock_skew;
mod content_md5;
mod driver;
mod endpoint;
mod endpoint_text;
mod environment;
mod extra_header;
mod in_flight;
mod input;
mod input_builder;
mod invoke_error;
mod limits;
mod options;
mod region;
mod request;
mod retry_policy;
mod revision;
mod scheme;
mod signer;
mod streaming;
mod target;
mod trace;
mod window;

pub use blocking_client::BlockingClient;
pub use call::Call;
pub use client::Client;
pub use clock_skew::ClockSkew;
pub use endpoint::Endpoint;
pub use environment::{Environment, SystemEnvironment};
pub use extra_header::ExtraHeader;
pub use in_flight::{InFlight, Next};
pub use input::InvokeFunctionInput;
pub use input_builder::InvokeFunctionInputBuilder;
pub use invoke_error::InvokeError;
pub use limits::Limits;
pub use options::InvokeOptions;
pub use region::Region;
pub use retry_policy::RetryPolicy;
pub use revision::Revision;
pub use scheme::Scheme;
pub use signer::Signer;
pub use streaming::{StreamingOutcome, StreamingPayload};
pub use target::Target;
pub use window::Window;

/// The example of the README, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct Readme;
