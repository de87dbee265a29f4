//! Credentials providers for clients of Alibaba Cloud Function Compute.
//!
//! # In scope
//!
//! - [`EnvironmentProvider`]: the three variables that every Alibaba Cloud SDK reads.
//! - [`ChainProvider`] and [`BlockingChainProvider`]: the default chain, in the order of Alibaba
//!   Cloud's Go SDK; [`CredentialsSource`] documents what each source reads.
//! - [`RefreshingProvider`]: caches the credentials of your own [`LoadCredentials`] and refreshes them before
//!   they expire.
//!
//! For a fixed key this crate is not needed: [`fc_sign::Credentials`] is a provider.
//!
//! # Out of scope
//!
//! Signing, sending and reading the clock: the HTTP client is the caller's
//! [`Transport`](fc_transport::Transport), the time is an argument, and variables, home folder and
//! files come from an [`Environment`], by default that of the process. Writing files is out of scope, too.
//!
//! **`AssumeRole` is not there**: roles assumed with a key, and profiles that need another request
//! (`RamRoleArn`, `CloudSSO`, `External` and others). Such a profile is an error of the kind
//! [`UnsupportedProfile`](CredentialsSourceErrorKind::UnsupportedProfile); the search never continues
//! with another identity. Load such credentials with your own [`LoadCredentials`].
//!
//! # Secrets
//!
//! `Debug` output, errors and their sources contain no part of a secret, a token or a response.
//! Errors consist of fixed words, names of variables, HTTP status codes and error codes. Secrets and tokens are
//! zeroized; the buffers of the files and responses from which they were read are not.
//! `reqsign-aliyun-oss` logs the names and modes of the profiles that it skips, at level debug, and
//! nothing else from a file.
//!
//! ```
//! use fc_credentials::EnvironmentProvider;
//! use fc_sign::{BlockingCredentialsProvider, Timestamp};
//!
//! // `EnvironmentProvider::new()` reads the variables of the process. Tests use a closure.
//! let provider = EnvironmentProvider::new().environment(|name: &str| match name {
//!     "ALIBABA_CLOUD_ACCESS_KEY_ID" => Some("FCTESTACCESSKEYID01".into()),
//!     "ALIBABA_CLOUD_ACCESS_KEY_SECRET" => Some("fcTestAccessKeySecret0123456789".into()),
//!     _ => None,
//! });
//! let now: Timestamp = "2022-05-11T09:00:00Z".parse()?;
//! let credentials = provider.credentials(now)?;
//! assert_eq!(credentials.access_key_id().as_str(), "FCTESTACCESSKEYID01");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The crate uses `fc-sign` and `fc-transport`. `reqsign-aliyun-oss` parses the files and responses
//! of the chain.

mod access_key;
mod blocking_chain_provider;
mod chain;
mod chain_provider;
mod credentials_source;
mod credentials_source_error;
mod environment_provider;
mod error_code;
mod load_credentials;
mod process_environment;
mod profile;
mod refreshing_provider;
mod reqsign_adapter;

pub use blocking_chain_provider::BlockingChainProvider;
pub use chain_provider::ChainProvider;
pub use credentials_source::CredentialsSource;
pub use credentials_source_error::{CredentialsSourceError, CredentialsSourceErrorKind};
pub use environment_provider::EnvironmentProvider;
pub use load_credentials::{LoadCredentials, Loaded};
pub use process_environment::{Environment, ProcessEnvironment};
pub use refreshing_provider::RefreshingProvider;
