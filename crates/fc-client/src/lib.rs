//! Call functions of Alibaba Cloud Function Compute: one dependency, with ready clients.
//!
//! # In scope
//!
//! - [`ClientBuilder`]: makes a client over `reqwest`, `hyper` or `ureq`, with TLS, time limits and a signature scheme
//!   that fits the revision of the API.
//! - The types of the first page of a program: [`Client`], [`BlockingClient`], [`Target`], [`Endpoint`],
//!   [`InvokeFunctionInput`], [`Outcome`], [`Credentials`], limits and errors; asynchronous tasks: [`AsyncTaskHandle`],
//!   [`WaitOptions`], [`FinishedTask`], [`GetAsyncTaskInput`], [`ListAsyncTasksInput`], [`StopAsyncTaskInput`].
//! - [`TriggerClientBuilder`]: makes a client of an HTTP trigger or a custom domain, with [`TriggerAuth`] and
//!   [`TriggerRequest`].
//! - [`signing`]: signs requests that another HTTP client sends.
//! - The other crates as modules, for everything else: [`headers`], [`invoke`], [`response`], [`sign`], [`transport`].
//!
//! # Out of scope
//!
//! New behaviour: a client that is made here is the client of `fc-invoke`. SDK authors, who bring an HTTP stack of their
//! own, depend on the other crates directly.
//!
//! # Example
//!
//! ```sh
//! cargo add fc-client --features reqwest,rustls
//! ```
//!
//! ```no_run
//! # #[cfg(feature = "reqwest")]
//! use fc_client::{ClientBuilder, Credentials, Endpoint, InvokeFunctionInput, Target};
//!
//! # #[cfg(feature = "reqwest")]
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let endpoint = Endpoint::public(&"1234567890123456".parse()?, &"cn-hangzhou".parse()?);
//! let key = Credentials::new("my-key-id".parse()?, "my-key-secret".parse()?);
//! let client = ClientBuilder::new(endpoint, key).reqwest()?;
//! let target = Target::v2023_03_30("demoFunction".parse()?);
//! let input = InvokeFunctionInput::builder(target).payload("{}").build()?;
//! let success = client.invoke(&input).await?.into_result()?;
//! println!("{}", String::from_utf8_lossy(success.payload()));
//! # Ok(())
//! # }
//! ```
//!
//! [`Target::v2023_03_30`] is a function of Function Compute 3.0. A function of 2.0 belongs to a service:
//! [`Target::new`] is a target in the default revision, 2021-04-06, and [`Target::v2016_08_15`] in the oldest one. In 3.0 its
//! name is `service$function`: `Target::v2023_03_30("svc$fn".parse()?)`.
//!
//! # What counts as a success
//!
//! Only an answer of Function Compute: a 200 or 202 without its request id, such as the login page of a network, is an
//! error that says so. `accept_unidentified_responses` of the client, or of [`InvokeOptions`] for one call, accepts such
//! answers, for example from a test server; `refuse_unidentified_responses` of the options overrides the client.
//!
//! # What happens to a call
//!
//! | what happens | what the client does |
//! | --- | --- |
//! | no connection, or throttled (429, `ResourceThrottled`, `Throttling.User`, ...) | sends again, within the [`RetryPolicy`]: the function did not run |
//! | the security token has expired | a `RefreshingProvider` loads new credentials once, and the request is sent again: the function did not run; any other provider: the refusal is returned |
//! | a lost connection, a limit of [`ExchangeLimits`], any other 5xx | returns the error; sends again only with [`InvokeOptions::idempotent`] or a task id, because the function may have run |
//! | the network drops the call without a sign | with reqwest and hyper TCP keepalive ends the attempt after about a minute; with ureq only a limit or the deadline does |
//! | nothing, for hours | waits: no limit is set by default, because a function may run for a day; see [`ExchangeLimits`] and [`Client::deadline`] |
//!
//! # Asynchronous tasks
//!
//! The handle of an accepted invocation leads to the result of its task. The function must be in task mode.
//!
//! ```no_run
//! # #[cfg(feature = "reqwest")]
//! # async fn example(client: fc_client::ReqwestClient<fc_client::Credentials>) -> Result<(), Box<dyn std::error::Error>> {
//! use fc_client::{InvocationType, InvokeFunctionInput, Target, WaitOptions};
//!
//! let input = InvokeFunctionInput::builder(Target::v2023_03_30("demoFunction".parse()?))
//!     .invocation_type(InvocationType::Async)
//!     .stateful_async_invocation_id("order-4711".parse()?)
//!     .build()?;
//! let handle = client.invoke_async(&input).await?;
//! let task = client.wait_for_task(&handle, WaitOptions::default()).await?.into_result()?;
//! println!("{:?}", task.return_payload());
//! # Ok(())
//! # }
//! ```
//!
//! # Keys from the environment
//!
//! A provider replaces the key, for example the default chain: variables, OIDC, the profile of the command line, the
//! shared file, the role of an ECS instance. It sends its requests over a transport.
//!
//! ```no_run
//! # #[cfg(all(feature = "credentials", feature = "reqwest"))]
//! # fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use fc_client::credentials::ChainProvider;
//! use fc_client::transport_reqwest::{ReqwestTransport, client_builder};
//! use fc_client::{ClientBuilder, Endpoint};
//!
//! let endpoint = Endpoint::public(&"1234567890123456".parse()?, &"cn-hangzhou".parse()?);
//! let chain = ChainProvider::new(ReqwestTransport::new(client_builder)?);
//! let client = ClientBuilder::new(endpoint, chain).reqwest()?;
//! # let _ = client;
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! | feature | brings |
//! | --- | --- |
//! | `reqwest` | [`ClientBuilder::reqwest`]: asynchronous, on tokio |
//! | `hyper` | [`ClientBuilder::hyper`]: asynchronous, on tokio, with the fewest layers |
//! | `ureq` | [`ClientBuilder::ureq`]: blocking |
//! | `rustls` | https; without it a client for an https endpoint cannot be made |
//! | `tower`, `reqwest-middleware` | [`signing`] as a layer or a middleware for other clients |
//! | `acs` | the HMAC-SHA1 signature of custom domains, mostly inferred |
//! | `credentials` | the module [`credentials`]: keys from the environment and from the default chain |
//! | `tracing` | a span for each invocation and an event for each attempt |
//!
//! No feature is enabled by default.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(any(feature = "hyper", feature = "reqwest", feature = "ureq")),
    expect(dead_code, reason = "only the ready clients use the settings")
)]
#![cfg_attr(
    not(all(
        feature = "credentials",
        feature = "hyper",
        feature = "reqwest",
        feature = "tower",
        feature = "ureq"
    )),
    expect(
        rustdoc::broken_intra_doc_links,
        reason = "the links need all features"
    )
)]

mod client_builder;
mod client_error;
#[cfg(any(feature = "hyper", feature = "reqwest", feature = "ureq"))]
mod ready_clients;
#[cfg(feature = "rustls")]
mod root_certificates;
pub mod signing;
#[cfg(all(
    feature = "rustls",
    any(feature = "hyper", feature = "reqwest", feature = "ureq")
))]
mod tls;
mod transport_settings;
mod trigger_client_builder;

pub use client_builder::ClientBuilder;
pub use client_error::ClientError;
#[cfg(feature = "hyper")]
pub use ready_clients::{HyperClient, HyperTriggerClient};
#[cfg(feature = "reqwest")]
pub use ready_clients::{ReqwestClient, ReqwestTriggerClient};
#[cfg(feature = "ureq")]
pub use ready_clients::{UreqClient, UreqTriggerClient};
#[cfg(feature = "rustls")]
pub use root_certificates::RootCertificates;
pub use trigger_client_builder::TriggerClientBuilder;

#[doc(inline)]
pub use fc_headers::{InputError, InvocationType, LogType};
#[doc(inline)]
pub use fc_invoke::{
    AsyncTaskHandle, BlockingClient, BlockingTriggerClient, Client, Endpoint, GetAsyncTaskInput,
    InvokeError, InvokeErrorKind, InvokeFunctionInput, InvokeOptions, ListAsyncTasksInput, Region,
    RetryPolicy, Revision, Scheme, Session, StopAsyncTaskInput, Target, TaskWaitError, TriggerAuth,
    TriggerClient, TriggerRequest, TriggerScheme, WaitOptions,
};
#[doc(inline)]
pub use fc_response::{
    AsyncTask, AsyncTaskStatus, Failure, FinishedTask, Outcome, ServiceError, Success,
    TriggerOutcome,
};
#[doc(inline)]
pub use fc_sign::Credentials;
#[doc(inline)]
pub use fc_transport::{ExchangeLimits, TransportError, TransportErrorKind};

#[cfg(feature = "credentials")]
#[doc(no_inline)]
pub use fc_credentials as credentials;
#[cfg(feature = "hyper")]
#[doc(no_inline)]
pub use fc_transport_hyper as transport_hyper;
#[cfg(feature = "reqwest")]
#[doc(no_inline)]
pub use fc_transport_reqwest as transport_reqwest;
#[cfg(feature = "ureq")]
#[doc(no_inline)]
pub use fc_transport_ureq as transport_ureq;
#[doc(no_inline)]
pub use {
    fc_headers as headers, fc_invoke as invoke, fc_response as response, fc_sign as sign,
    fc_transport as transport,
};
