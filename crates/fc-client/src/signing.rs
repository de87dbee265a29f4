//! Signs requests that another HTTP client sends.
//!
//! A [`RequestSigner`] signs API requests and calls of HTTP triggers, by the `FC` scheme or by ACS3, and asks its
//! provider for the credentials of every request, so that temporary keys are refreshed.
//!
//! | for | use | feature |
//! | --- | --- | --- |
//! | any client | [`RequestSigner::sign`], [`RequestSigner::sign_blocking`] | |
//! | `tower` | [`SigningLayer`] | `tower` |
//! | `reqwest` | [`RequestSigner::sign_reqwest`] | `reqwest` |
//! | `reqwest-middleware` | `RequestSigner` is a `Middleware` | `reqwest-middleware` |
//! | `ureq` | `RequestSigner` is a `Middleware` | `ureq` |
//!
//! A retry must be signed again, so a layer that retries belongs outside of the signing.

mod request_signer;
#[cfg(feature = "reqwest-middleware")]
mod reqwest_middleware;
#[cfg(feature = "reqwest")]
mod reqwest_request;
mod signing_error;
#[cfg(feature = "tower")]
mod tower_layer;
#[cfg(feature = "ureq")]
mod ureq_middleware;

pub use request_signer::RequestSigner;
pub use signing_error::SigningError;
#[cfg(feature = "tower")]
pub use tower_layer::{SigningLayer, SigningService};
