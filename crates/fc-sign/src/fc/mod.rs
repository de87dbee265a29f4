//! The `FC` scheme: an HMAC over six pieces of the request, the manual page "Signature
//! authentication".
//!
//! The signed text, and what each piece is:
//!
//! ```text
//! POST                                             method
//! pzU/fN3OgI3gAydHoLe+UA==                         Content-MD5, or nothing
//! application/json                                 Content-Type, or nothing
//! Wed, 11 May 2022 09:00:00 GMT                    Date, or x-fc-date, or the expiry of a URL
//! x-fc-account-id:1234567890123456                 every x-fc- header, sorted
//! /2021-04-06/services/s/functions/f/invocations   canonical resource, no line feed behind it
//! ```
//!
//! The host, the query of an API request and the body are not covered; of the body only a
//! Content-MD5 that the caller set. So send over TLS.

mod canonical;
mod explanation;
mod presign;
mod presigned_url;
mod resource;
mod signer;

pub use explanation::Explanation;
pub use presigned_url::PresignedUrl;
pub use resource::Resource;
pub use signer::Signer;
