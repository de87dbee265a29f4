//! `ACS3-HMAC-SHA256`: an HMAC over the hash of a canonical request, the manual page "V3 request
//! syntax and signature method"; what the generated SDKs send to Function Compute.
//!
//! The canonical request, and what each piece is:
//!
//! ```text
//! POST                                                            method
//! /2021-04-06/services/s/functions/f/invocations                  path, escaped as sent
//! qualifier=LATEST                                                query, decoded and encoded again
//! content-type:application/octet-stream                           every signed header, sorted
//! host:1234567890123456.cn-hangzhou.fc.aliyuncs.com
//! x-acs-...
//!                                                                 an empty line
//! content-type;host;x-acs-action;...                              the names that are signed
//! e43abcf3375244839c012f9633f95862d232a95b00d5bc7348b3098b9fed7f32   hash of the body
//! ```

mod canonical;
mod coverage;
mod explanation;
mod host;
mod query;
mod signer;

pub use coverage::Coverage;
pub use explanation::Explanation;
pub use signer::Signer;
