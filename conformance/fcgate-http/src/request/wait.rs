//! What the reader of a connection waits for.

/// What the reader of a connection waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// The first byte of a request.
    Request,
    /// The rest of a head.
    Head,
    /// The rest of a body.
    Body {
        /// The number of bytes of the request that have arrived.
        received: usize,
        /// The length of the request, if its head has a `Content-Length`.
        length: Option<usize>,
    },
}
