//! Request signing for Alibaba Cloud Function Compute: the `FC` scheme and `ACS3-HMAC-SHA256`.
//!
//! # In scope
//!
//! - [`fc::FcSigner`]: `Authorization: FC id:signature`, the scheme of the manual page "Signature
//!   authentication", for API requests, HTTP-trigger requests and pre-signed URLs.
//! - [`acs3::Acs3Signer`]: `Authorization: ACS3-HMAC-SHA256 ...`, the scheme of the generated SDKs.
//! - [`BearerToken`] and [`JsonWebToken`]: what an HTTP trigger accepts instead of a signature.
//! - `acs::AcsSigner`, with the feature `acs`: the HMAC-SHA1 signature of custom domains, mostly inferred.
//! - [`Credentials`], [`Timestamp`] and [`Nonce`]: values that are always valid.
//!
//! # Out of scope
//!
//! Building and sending requests, loading credentials, the clock and randomness: time and nonce are
//! arguments.
//!
//! # The contract
//!
//! `sign` returns the headers to add and does not change the request; the caller adds them. The URI
//! must be as it is sent. `explain` runs the same code and returns every stage as text. A request is
//! rejected if another request could have the same signed text.
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
//! let signer = fc::FcSigner::new(&credentials);
//! let time: Timestamp = "2022-05-11T09:00:00Z".parse()?;
//! let headers = signer.sign(&request, fc::Resource::Api, time)?;
//! headers.apply(request.headers_mut());
//!
//! assert_eq!(request.headers()["date"], "Wed, 11 May 2022 09:00:00 GMT");
//! assert_eq!(
//!     request.headers()["authorization"],
//!     "FC FCTESTACCESSKEYID01:kf3iwDRgk1nPJvIcvdLN+T6MoiwPyhXxpYPPyD4JRx0=",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The crate depends on no other crate of this workspace; `fc-invoke` uses it.

mod access_key_id;
mod access_key_secret;
#[cfg(feature = "acs")]
pub mod acs;
pub mod acs3;
mod added_token;
mod bearer_token;
mod credentials;
mod credentials_error;
mod credentials_provider;
mod dyn_credentials_provider;
pub mod fc;
mod header_value;
mod hmac_key;
mod json_web_token;
mod method;
mod nonce;
mod path;
mod query;
mod security_token;
mod sign_error;
mod signature_headers;
mod sink;
mod sorted_headers;
mod timestamp;
mod token_place;
mod zeroized_on_drop;

pub use access_key_id::AccessKeyId;
pub use access_key_secret::AccessKeySecret;
pub use bearer_token::BearerToken;
pub use credentials::Credentials;
pub use credentials_error::{CredentialsError, CredentialsErrorKind};
pub use credentials_provider::{BlockingCredentialsProvider, CredentialsProvider, ProviderError};
pub use dyn_credentials_provider::DynCredentialsProvider;
pub use json_web_token::JsonWebToken;
pub use nonce::Nonce;
pub use security_token::SecurityToken;
pub use sign_error::SignError;
pub use signature_headers::SignatureHeaders;
pub use timestamp::Timestamp;
pub use token_place::{TokenPlace, TokenPlaceError};
