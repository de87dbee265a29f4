//! The accessors of the types that contain a complete response.

use std::fmt;

use bytes::Bytes;

use crate::{Metadata, ServiceErrorCode};

/// Writes status, error code, typed headers and body size. The body may contain personal data, and raw headers
/// terminal controls.
pub(crate) fn debug(
    name: &str,
    code: Option<ServiceErrorCode<'_>>,
    response: &http::Response<Bytes>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut all = f.debug_struct(name);
    all.field("status", &response.status());
    if let Some(code) = code {
        all.field("code", &code);
    }
    all.field("metadata", &Metadata::new(response.headers()))
        .field("body_bytes", &response.body().len())
        .finish()
}

macro_rules! held_response {
    ($name:ident, $body:ident, $body_doc:literal) => {
        $crate::held_response::held_response!($name, $body, $body_doc, |_| None);
    };
    ($name:ident, $body:ident, $body_doc:literal, $code:expr) => {
        impl $name {
            /// The status of the response.
            pub fn status(&self) -> http::StatusCode {
                self.response.status()
            }

            /// All headers of the response, as received.
            pub fn headers(&self) -> &http::HeaderMap {
                self.response.headers()
            }

            #[doc = $body_doc]
            pub fn $body(&self) -> &bytes::Bytes {
                self.response.body()
            }

            /// The service's headers as typed values.
            pub fn metadata(&self) -> $crate::Metadata<'_> {
                $crate::Metadata::new(self.response.headers())
            }

            /// Converts this into the response, unchanged.
            pub fn into_response(self) -> http::Response<bytes::Bytes> {
                self.response
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let code: fn(&Self) -> Option<$crate::ServiceErrorCode<'_>> = $code;
                $crate::held_response::debug(stringify!($name), code(self), &self.response, f)
            }
        }
    };
}

pub(crate) use held_response;
