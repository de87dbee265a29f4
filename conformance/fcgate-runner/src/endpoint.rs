//! The fake invocation endpoint: one server on loopback for a whole run.
//!
//! It knows a case by the function name in the path, never by an extra header (the schemes sign
//! headers); verifies every signature with the oracle; plays the case's answers; and keeps what it
//! saw as a second witness. What an HTTP server cannot play, a raw origin plays that the case has for
//! itself; a redirect leads to a listener at which nothing must arrive.

mod arrived;
mod ledger;
mod nonces;
mod play;
mod stage;

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;

use wiremock::matchers::any;
use wiremock::{Mock, MockServer};

use fcgate_cases::corpus::{Answer, CannedAnswer, InvokeGiven};
use fcgate_cases::judge::Arrivals;
use fcgate_cases::oracle::sha256_hex;
use fcgate_protocol::{Credentials, Scheme};

use self::ledger::Ledger;
use self::play::{Player, function_name};
use self::stage::Stage;

/// A running endpoint; dropping it ends the server. Both may be done within a runtime too.
pub struct Endpoint {
    server: Option<MockServer>,
    uri: String,
    /// Makes the function names of a run.
    salt: u64,
    ledger: Arc<Ledger>,
}

impl Endpoint {
    /// Starts the server on a free loopback port.
    ///
    /// # Errors
    ///
    /// When no port can be had.
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let ledger = Arc::new(Ledger::default());
        let player = Player::new(Arc::clone(&ledger));
        let server = thread::spawn(move || launch(listener, player)).join();
        let server = server.map_err(|_| io::Error::other("the server did not start"))??;
        let uri = server.uri();
        Ok(Self {
            server: Some(server),
            uri,
            salt: RandomState::new().hash_one("endpoint"),
            ledger,
        })
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Makes the endpoint ready for one case, and tells where and under which name it is played.
    ///
    /// The name tells nothing of the case, and is another one in every run: an answer that was kept from an
    /// earlier run is for nobody.
    ///
    /// # Errors
    ///
    /// When no port or no thread can be had for what the case needs beside the common server.
    pub fn expect(&self, case: &str, given: &InvokeGiven) -> io::Result<Stand> {
        let function = self.function(case);
        let (stage, answers) = Stage::set(&given.answers)?;
        let uri = stage.uri().unwrap_or_else(|| self.uri.clone());
        let credentials = given.credentials.clone();
        let stage = (stage, answers);
        self.ledger
            .open(&function, given.scheme, credentials, stage);
        Ok(Stand { uri, function })
    }

    /// How many requests arrived for a case after it was closed.
    pub fn late(&self, case: &str) -> usize {
        self.ledger.late(&self.function(case))
    }

    fn function(&self, case: &str) -> String {
        let digest = sha256_hex(format!("{}\n{case}", self.salt).as_bytes());
        format!("fn-{}", digest.get(..16).unwrap_or(&digest))
    }

    /// Gives this answer to every request for `function` that these credentials signed by this scheme, and
    /// 403 to any other. It is the way for examples and for tests without a case.
    pub fn play(
        &self,
        function: &str,
        scheme: Scheme,
        credentials: Credentials,
        answer: CannedAnswer,
    ) {
        // A stage without listeners: one canned answer needs none.
        if let Ok(stage) = Stage::set(&[Answer::Canned(answer)]) {
            self.ledger.open(function, scheme, credentials, stage);
        }
    }

    /// What arrived for that function name; the case is closed.
    pub fn close(&self, function: &str) -> Arrivals {
        self.ledger.close(function, false)
    }

    /// The same when the client has given up without an answer: what it has sent may still be on its way.
    pub fn close_given_up(&self, function: &str) -> Arrivals {
        self.ledger.close(function, true)
    }
}

/// Where a case is played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// The endpoint of the command: `http://127.0.0.1:PORT`.
    pub uri: String,
    /// The function name that stands for the case.
    pub function: String,
}

/// Starts the server; not to be called within a runtime.
fn launch(listener: TcpListener, player: Player) -> io::Result<MockServer> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    Ok(runtime.block_on(async {
        let server = MockServer::builder()
            .listener(listener)
            .disable_request_recording()
            .start()
            .await;
        Mock::given(any()).respond_with(player).mount(&server).await;
        server
    }))
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        let server = self.server.take();
        // wiremock 0.6.5 spins for ever when it is dropped in a task whose tokio budget is spent; a thread has none.
        let _ = thread::spawn(move || drop(server)).join();
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("uri", &self.uri)
            .finish_non_exhaustive()
    }
}
