//! The documented maximum sizes of request heads.

use fc_headers::{InputError, InputErrorKind, Quoted};
use http::Request;

/// An optional check of the sizes of a request head before sending.
///
/// The manual allows 8 KB for all headers, names and values together, and 4 KB for the path with its query; the service
/// answers more with 400 `InvalidArgument`. It says so for HTTP triggers, and names no number for API requests, so no
/// client applies this check by itself. Source: manual page "HTTP trigger overview" of 3.0, "HTTP handlers" of 2.0
/// (another page prints 4 KB for headers).
///
/// A request that is not signed lacks the headers of its signature, about 300 bytes and the security token, and those of
/// the HTTP client.
///
/// ```
/// use fc_invoke::{Endpoint, ExtraHeader, HeadLimits, InvokeFunctionInput, Scheme, Target};
///
/// let endpoint: Endpoint = "https://fc.example.com".parse()?;
/// let large = ExtraHeader::try_from(("X-Large", "v".repeat(9000)))?;
/// let input = InvokeFunctionInput::builder(Target::v2023_03_30("fn".parse()?)).header(large).build()?;
/// let error = HeadLimits::default().check(&input.to_request(&endpoint, Scheme::Acs3)).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "too-long: headers: 9092 bytes of names and values, at most 8192 are allowed; the largest is \"x-large\" with 9007",
/// );
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadLimits {
    headers: usize,
    target: usize,
}

impl Default for HeadLimits {
    fn default() -> Self {
        Self {
            headers: 8 << 10,
            target: 4 << 10,
        }
    }
}

impl HeadLimits {
    /// Sets the limit for all headers, names and values together, in bytes.
    #[must_use]
    pub fn headers(self, bytes: usize) -> Self {
        Self {
            headers: bytes,
            ..self
        }
    }

    /// Sets the limit for the path with its query, in bytes.
    #[must_use]
    pub fn target(self, bytes: usize) -> Self {
        Self {
            target: bytes,
            ..self
        }
    }

    /// Compares the head of a request with the limits.
    ///
    /// # Errors
    ///
    /// `too-long`; the message holds both sizes and names the largest header, without its value.
    pub fn check<B>(&self, request: &Request<B>) -> Result<(), InputError> {
        let refuse =
            |field, detail| Err(InputError::new(InputErrorKind::TooLong, field).detail(detail));
        let target = request.uri().path_and_query();
        let target = target.map_or(0, |target| target.as_str().len());
        if target > self.target {
            let limit = self.target;
            return refuse(
                "path and query",
                format!("{target} bytes, at most {limit} are allowed"),
            );
        }
        let lines = || {
            request
                .headers()
                .iter()
                .map(|(name, value)| (name.as_str().len() + value.len(), name))
        };
        let sum: usize = lines().map(|(len, _)| len).sum();
        if sum <= self.headers {
            return Ok(());
        }
        let limit = self.headers;
        let largest = lines()
            .max_by_key(|(len, _)| *len)
            .map_or_else(String::new, |(len, name)| {
                format!("; the largest is {} with {len}", Quoted::new(name.as_str()))
            });
        let detail =
            format!("{sum} bytes of names and values, at most {limit} are allowed{largest}");
        refuse("headers", detail)
    }
}
