//! What is known about a captured request besides its bytes.

use jiff::Timestamp;

/// Facts about the time and the place of a request, which make guesses possible.
#[derive(Debug, Clone, Default)]
pub struct Clues {
    /// The times at which the request may have been sent.
    pub sent: Vec<Timestamp>,
    /// The request id of the response: the service copies the trace id of the request into it.
    pub request_id: Option<String>,
    /// The body, if it is known.
    pub body: Option<Vec<u8>>,
}
