//! The adapters as subjects: each a blocking call with limits.

mod asynchronous;
mod hyper;
mod reqwest;
mod subject;
mod upload;
mod ureq;

pub(crate) use self::hyper::Hyper;
pub(crate) use self::reqwest::Reqwest;
pub(crate) use self::subject::{Cancelling, Engine, Incoming, Streaming, Subject};
pub(crate) use self::upload::Upload;
pub(crate) use self::ureq::Ureq;
