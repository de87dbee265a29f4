//! The accessors of the types that contain a complete response.

use std::fmt;

use bytes::Bytes;

use crate::Metadata;

/// Writes status, typed headers and body size. The body may contain personal data, and raw headers
/// terminal controls.
pub(crate) fn debug(
    name: &str,
    response: &http::Response<Bytes>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    f.debug_struct(name)
        .field("status", &response.status())
        .field("metadata", &Metadata::new(response.headers()))
        .field("body_bytes", &response.body().len())
        .finish()
}

macro_rules! held_response {
    ($name:ident, $body:ident, $body_doc:literal) => {
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
                $crate::held_response::debug(stringify!($name), &self.response, f)
            }
        }
    };
}

pub(crate) use held_response;
