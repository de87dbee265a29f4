//! The fake invocation endpoint: one server on loopback for a whole run.
//!
//! It knows a case by the function name in the path, never by an extra header (the schemes sign
//! headers); verifies every signature with the oracle; plays the case's answer; and keeps what it
//! saw as a second witness.

mod ledger;
mod play;

use std::fmt;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use wiremock::matchers::any;
use wiremock::{Mock, MockServer};

use crate::corpus::InvokeGiven;
use crate::judge::Arrivals;
use crate::oracle::sha256_hex;

use self::ledger::Ledger;
use self::play::Player;

/// A running endpoint; dropping it ends the server.
pub struct Endpoint {
    runtime: tokio::runtime::Runtime,
    server: Option<MockServer>,
    uri: String,
    ledger: Arc<Ledger>,
}

impl Endpoint {
    /// Starts the server on a free loopback port.
    ///
    /// # Errors
    ///
    /// When no port can be had.
    pub fn start() -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()?;
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let ledger = Arc::new(Ledger::default());
        let player = Player::new(Arc::clone(&ledger));
        let server = runtime.block_on(async {
            let server = MockServer::builder()
                .listener(listener)
                .disable_request_recording()
                .start()
                .await;
            Mock::given(any()).respond_with(player).mount(&server).await;
            server
        });
        let uri = server.uri();
        Ok(Self {
            runtime,
            server: Some(server),
            uri,
            ledger,
        })
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Makes the endpoint ready for one case and returns the function name that stands for it.
    ///
    /// The name is made from the seed and the id of the case, and tells neither.
    pub fn expect(&self, seed: u64, case: &str, given: &InvokeGiven) -> String {
        let digest = sha256_hex(format!("{seed}\n{case}").as_bytes());
        let function = format!("fn-{}", digest.get(..16).unwrap_or(&digest));
        self.ledger.open(&function, given);
        function
    }

    /// What arrived for that function name; the case is closed.
    pub fn close(&self, function: &str) -> Arrivals {
        self.ledger.close(function)
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        let server = self.server.take();
        // wiremock 0.6.5 spins for ever when it is dropped in a task whose tokio budget is spent.
        self.runtime.block_on(async move {
            tokio::task::yield_now().await;
            drop(server);
        });
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("uri", &self.uri)
            .finish_non_exhaustive()
    }
}
