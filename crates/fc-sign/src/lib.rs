//! Request signing for Alibaba Cloud Function Compute: the `FC` scheme and `ACS3-HMAC-SHA256`.
//!
//! # In scope
//!
//! - [`fc::Signer`]: `Authorization: FC id:signature`, the scheme of the manual page "Signature
//!   authentication", for API requests, HTTP-trigger requests and pre-signed URLs.
//! - [`acs3::Signer`]: `Authorization: ACS3-HMAC-SHA256 ...`, what the generated SDKs send.
//! - [`Credentials`], [`Timestamp`] and [`Nonce`]: values that can only be well-formed.
//!
//! # Out of scope
//!
//! Building requests, sending them, finding credentials, reading the clock, drawing nonces: time and
//! nonce are arguments.
//!
//! # The contract
//!
//! `sign` computes and the caller applies: the URI of the request is in wire form and is never
//! rewritten, the request is left alone, and on an error nothing has changed. `explain` runs the same
//! code into text and returns every stage. Input that makes the signed text ambiguous is refused.
//!
//! ```
//! use fc_sign::{Credentials, Timestamp, fc};
//!
//! let credentials = Credentials::new(
//!     "FCTESTACCESSKEYID01".parse()?,
//!     "fcTestAccessKeySecret0123456789".parse()?,
//! );
//! let mut request = http::Request::post(
//!     "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com\
//!      /2021-04-06/services/demoService/functions/demoFunction/invocations",
//! )
//! .header("content-type", "application/json")
//! .body(())?;
//!
//! let signer = fc::Signer::new(&credentials);
//! let time: Timestamp = "2022-05-11T09:00:00Z".parse()?;
//! let additions = signer.sign(&request, fc::Resource::Api, time)?;
//! additions.apply(request.headers_mut());
//!
//! assert_eq!(request.headers()["date"], "Wed, 11 May 2022 09:00:00 GMT");
//! assert_eq!(
//!     request.headers()["authorization"],
//!     "FC FCTESTACCESSKEYID01:kf3iwDRgk1nPJvIcvdLN+T6MoiwPyhXxpYPPyD4JRx0=",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The crate stands beside `fc-headers` and below `fc-invoke`; it depends on neither.

mod access_key_id;
mod access_key_secret;
pub mod acs3;
mod additions;
mod credentials;
mod credentials_error;
mod error;
pub mod fc;
mod header_value;
mod key;
mod method;
mod nonce;
mod path;
mod provider;
mod query;
mod security_token;
mod sink;
mod sorted_headers;
mod timestamp;

pub use access_key_id::AccessKeyId;
pub use access_key_secret::AccessKeySecret;
pub use additions::Additions;
pub use credentials::Credentials;
pub use credentials_error::{CredentialsError, CredentialsErrorKind};
pub use error::SignError;
pub use nonce::Nonce;
pub use provider::{BlockingCredentialsProvider, CredentialsProvider, ProviderError};
pub use security_token::SecurityToken;
pub use timestamp::Timestamp;
