//! The outcome of a successful synchronous invocation.

use bytes::Bytes;

use crate::held_response::held_response;

/// A successful synchronous invocation: status 200 without an error type.
///
/// ```
/// use bytes::Bytes;
/// use fc_response::Outcome;
///
/// let response = http::Response::builder()
///     .header("X-Fc-Request-Id", "1-65a24fa0-0b44b15d-431a6b32cc8c")
///     .body(Bytes::from_static(b"\x00\xff"))?;
/// let Outcome::Completed(completed) = Outcome::from_response(response)? else { panic!() };
/// assert_eq!(completed.payload().as_ref(), b"\x00\xff");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Completed {
    response: http::Response<Bytes>,
}

impl Completed {
    pub(crate) const fn new(response: http::Response<Bytes>) -> Self {
        Self { response }
    }

    /// The request id from the header.
    pub fn request_id(&self) -> Option<&str> {
        self.metadata().request_id()
    }
}

held_response!(
    Completed,
    payload,
    "The result of the function, byte for byte."
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_shows_the_size_instead_of_the_payload() {
        let completed = Completed::new(http::Response::new(Bytes::from_static(b"personal")));
        let shown = format!("{completed:?}");
        assert!(
            shown.starts_with("Completed { status: 200, metadata: Metadata {"),
            "{shown}"
        );
        assert!(shown.ends_with("body_bytes: 8 }"), "{shown}");
    }
}
