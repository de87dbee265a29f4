//! The `FC` scheme: an HMAC over six parts of the request.
//!
//! Source: manual page "Signature authentication". The string to sign and its parts:
//!
//! ```text
//! POST                                             method
//! pzU/fN3OgI3gAydHoLe+UA==                         Content-MD5, or an empty line
//! application/json                                 Content-Type, or an empty line
//! Wed, 11 May 2022 09:00:00 GMT                    Date, or x-fc-date, or the expiry of a URL
//! x-fc-account-id:1234567890123456                 every x-fc- header, sorted
//! /2021-04-06/services/s/functions/f/invocations   canonical resource, without a final line feed
//! ```
//!
//! The signature does not cover the host, the query of an API request and the body, except for a
//! Content-MD5 header that the caller sets. Therefore, send requests over TLS.

mod added_values;
mod canonical_resource;
mod explanation;
mod presign;
mod presigned_url;
mod signer;
mod string_to_sign;

pub use canonical_resource::Resource;
pub use explanation::Explanation;
pub use presigned_url::PresignedUrl;
pub use signer::FcSigner;
