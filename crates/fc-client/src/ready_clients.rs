//! The clients that a builder makes.

#[cfg(feature = "hyper")]
mod hyper;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "ureq")]
mod ureq;

#[cfg(feature = "hyper")]
pub use hyper::{HyperClient, HyperTriggerClient};
#[cfg(feature = "reqwest")]
pub use reqwest::{ReqwestClient, ReqwestTriggerClient};
#[cfg(feature = "ureq")]
pub use ureq::{UreqClient, UreqTriggerClient};
