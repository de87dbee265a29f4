//! Where the credentials of an `InvokeFunction` client come from.
//!
//! # In scope
//!
//! - [`EnvironmentProvider`]: the three variables that every Alibaba Cloud SDK reads.
//! - [`ChainProvider`] and [`BlockingChainProvider`]: the whole default chain, in the order of Alibaba Cloud's Go
//!   SDK; [`Origin`] lists what each link reads.
//! - [`Refreshing`]: keeps what a [`LoadCredentials`] of your own has loaded and replaces it in time.
//!
//! A key that is known beforehand needs nothing from here: [`fc_sign::Credentials`] are the provider of themselves.
//!
//! # Out of scope
//!
//! Signing, sending and reading the clock: the HTTP client is the caller's
//! [`Transport`](fc_transport::Transport), the time is an argument, and the environment, the home folder and the
//! files are an [`Environment`], which stands for the process unless another is given. Roles assumed with a key
//! (`AssumeRole`), the profiles of the command line that need a call of their own (`RamRoleArn`, `CloudSSO`,
//! `External` and the like) and writing any file.
//!
//! # Secrets
//!
//! No `Debug`, no error and no source of an error holds a part of a secret, a token or an answer: errors are made of
//! fixed words, names of variables and HTTP status numbers. Secrets and tokens are moved into types that wipe them;
//! the buffers of files and answers that they were read from are freed unwiped. `reqsign-aliyun-oss` writes the names
//! and the modes of profiles that it passes over to the `log`, at level debug, and nothing else of a file.
//!
//! ```
//! use fc_credentials::EnvironmentProvider;
//! use fc_sign::{BlockingCredentialsProvider, Timestamp};
//!
//! // `EnvironmentProvider::new()` reads the process; a closure stands for it in a test.
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
//! The crate stands beside `fc-invoke`, above `fc-sign` and `fc-transport`. The formats of the chain's files and
//! answers are read by `reqsign-aliyun-oss`.

mod blocking_chain_provider;
mod chain;
mod chain_provider;
mod door;
mod environment;
mod environment_provider;
mod keys;
mod load_credentials;
mod origin;
mod origin_error;
mod refreshing;
mod time_limit;

pub use blocking_chain_provider::BlockingChainProvider;
pub use chain_provider::ChainProvider;
pub use environment::{Environment, ProcessEnvironment};
pub use environment_provider::EnvironmentProvider;
pub use load_credentials::{LoadCredentials, Loaded};
pub use origin::Origin;
pub use origin_error::{OriginError, OriginErrorKind};
pub use refreshing::Refreshing;
