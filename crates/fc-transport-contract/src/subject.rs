//! The transport under test, and the runtime of its tests.

use fc_transport::{ExchangeLimits, StreamingTransport};

/// A transport under test.
pub trait Subject {
    /// The type of the transport; a blocking one is wrapped in [`Blocking`](crate::Blocking).
    type Transport: StreamingTransport;

    /// The header lines that the backend adds to every request, in lower case.
    const ADDED_HEADERS: &'static [&'static str] = &[];

    /// The maximum number of headers in a response.
    const MAX_HEADERS: usize;

    /// Makes a transport without open connections.
    fn transport(limits: ExchangeLimits) -> Self::Transport;
}

/// Runs the future of a test on a new tokio runtime.
pub fn run(test: impl Future<Output = ()>) {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().unwrap().block_on(test);
}
