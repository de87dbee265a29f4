//! `ACS3-HMAC-SHA256`: an HMAC over the hash of a canonical request, used by the generated SDKs.
//!
//! Source: manual page "V3 request syntax and signature method". The canonical request and its
//! parts:
//!
//! ```text
//! POST                                                            method
//! /2021-04-06/services/s/functions/f/invocations                  path, escaped as sent
//! qualifier=LATEST                                                query, decoded, sorted, encoded
//! content-type:application/octet-stream                           every signed header, sorted
//! host:1234567890123456.cn-hangzhou.fc.aliyuncs.com
//! x-acs-...
//!                                                                 an empty line
//! content-type;host;x-acs-action;...                              the names of the signed headers
//! e43abcf3375244839c012f9633f95862d232a95b00d5bc7348b3098b9fed7f32   hash of the body
//! ```

mod canonical_query;
mod canonical_request;
mod coverage;
mod explanation;
mod host;
mod http_trigger;
mod signer;

pub use coverage::Coverage;
pub use explanation::Explanation;
pub use signer::Acs3Signer;
