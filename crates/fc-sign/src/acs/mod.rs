//! The scheme `acs`: an HMAC-SHA1 over six parts of the request, for calls of custom domains. **Mostly inferred.**
//!
//! Needs the feature `acs`, because SHA-1 is a dependency that nothing else needs. The manual publishes this signature for
//! custom domains of Function Compute 3.0 ("Configure signature authentication for custom domain names", read 2026-04-01):
//! method, `Accept`, `Content-MD5`, `Content-Type` and `Date`, each with a line feed, then the `x-acs-` headers in order,
//! then the path with the query sorted by name. How the names and values of the query are joined and escaped could not be
//! read there: it is taken from the ROA signature of the old generated SDKs (vector RO-01), the same form. What the two
//! could do in different ways is refused. Nothing here was tried against the service; the crate signs and never verifies.
//!
//! ```text
//! POST
//! application/json                            Accept
//!                                             Content-MD5, or an empty line
//! application/json; charset=utf-8             Content-Type, or an empty line
//! Wed, 11 May 2022 09:00:00 GMT               Date
//! x-acs-action:InvokeFunction                 every x-acs- header, sorted
//! /orders?id=7                                path and sorted query, without a final line feed
//! ```
//!
//! Prefer ACS3 where the domain accepts it ([`sign_http_trigger`](crate::acs3::Acs3Signer::sign_http_trigger)).

mod signer;
mod string_to_sign;

pub use signer::AcsSigner;
