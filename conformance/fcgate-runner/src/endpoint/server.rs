//! The common server of a run and its open cases.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;

use wiremock::matchers::any;
use wiremock::{Mock, MockServer};

use fcgate_cases::corpus::{Answer, CannedAnswer, InvokeGiven, TaskGiven, TriggerGiven};
use fcgate_cases::judge::Arrivals;
use fcgate_cases::oracle::sha256_hex;
use fcgate_http::loopback;
use fcgate_protocol::{Credentials, Scheme};

use super::address::Address;
use super::case_listeners::CaseListeners;
use super::open_cases::OpenCases;
use super::relay::Relay;
use super::responder::Responder;
use crate::shortage::{check_descriptors, check_threads, described_of_server};

/// The file descriptors that the server and the relay open at their start, and those of closed cases that are kept open for
/// late requests.
const DESCRIPTORS_OF_SERVER: usize = 40;

/// The threads that the server and the relay start, and one that opens a case.
const THREADS_OF_SERVER: usize = 4;

/// The file descriptors for each case that runs at the same time: its connections and its listeners.
const DESCRIPTORS_OF_CASE: usize = 10;

/// The most file descriptors that must be free at the start. Many cases at once rarely need theirs at the same time, and
/// some systems give a process 256.
const DESCRIPTORS_AT_START: usize = 200;

/// A running endpoint; dropping it stops the server. It can be started and dropped within a runtime too.
pub struct Endpoint {
    server: Option<MockServer>,
    relay: Relay,
    uri: String,
    /// Makes the function names of a run unique.
    salt: u64,
    cases: Arc<OpenCases>,
}

impl Endpoint {
    /// Starts the server on a free loopback port.
    ///
    /// # Errors
    ///
    /// When no port is available.
    pub fn start() -> io::Result<Self> {
        Self::start_for(1)
    }

    /// As [`start`](Self::start), for so many cases at the same time.
    ///
    /// # Errors
    ///
    /// When no port is available, or too few file descriptors or threads.
    pub fn start_for(cases_at_once: usize) -> io::Result<Self> {
        let listener = loopback::listen()?;
        let for_cases = cases_at_once.saturating_mul(DESCRIPTORS_OF_CASE);
        let needed = DESCRIPTORS_OF_SERVER.saturating_add(for_cases);
        // Without them the server would end in the middle of a run.
        check_descriptors(&listener, needed.min(DESCRIPTORS_AT_START))?;
        check_threads(THREADS_OF_SERVER)?;
        let cases = Arc::new(OpenCases::default());
        let responder = Responder::new(Arc::clone(&cases));
        let server = thread::Builder::new().spawn(move || launch(listener, responder))?;
        let server = server.join();
        let server = server.map_err(|_| {
            io::Error::new(io::ErrorKind::OutOfMemory, "the server did not start")
        })??;
        // The library does not report that its server has no thread or no file descriptor.
        loopback::check(*server.address())
            .map_err(|error| io::Error::other(described_of_server(&error)))?;
        let relay = Relay::start(*server.address(), Arc::clone(&cases))?;
        let uri = format!("http://{}", relay.address());
        Ok(Self {
            server: Some(server),
            relay,
            uri,
            salt: RandomState::new().hash_one("endpoint"),
            cases,
        })
    }

    /// The address on which it listens: `http://127.0.0.1:PORT`.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Prepares the endpoint for one case. Returns the address to which the client sends its requests.
    ///
    /// The function name does not reveal the case and differs in every run, so that a response that was kept from
    /// an earlier run matches no case.
    ///
    /// # Errors
    ///
    /// When no port or no thread is available for a listener that the case needs.
    pub fn expect(&self, case: &str, given: &InvokeGiven) -> io::Result<Address> {
        let function = self.function(case);
        let (listeners, responses) = CaseListeners::start(&given.answers)?;
        let uri = listeners.uri().unwrap_or_else(|| self.uri.clone());
        let credentials = given.credentials.clone();
        let listeners = (listeners, responses);
        self.cases
            .open(&function, given.scheme, credentials, listeners);
        Ok(Address { uri, function })
    }

    /// Prepares the endpoint for a call of an HTTP trigger, at an address of its own: such a request names no case.
    ///
    /// # Errors
    ///
    /// When no port or no thread is available.
    pub fn expect_trigger(&self, case: &str, given: &TriggerGiven) -> io::Result<Address> {
        let answers = std::slice::from_ref(&given.answer);
        self.open_own(case, given.scheme, &given.credentials, answers)
    }

    /// Prepares the endpoint for an operation on tasks, at an address of its own.
    ///
    /// # Errors
    ///
    /// When no port or no thread is available.
    pub fn expect_task(&self, case: &str, given: &TaskGiven) -> io::Result<Address> {
        self.open_own(case, given.scheme, &given.credentials, &given.answers)
    }

    fn open_own(
        &self,
        case: &str,
        scheme: Scheme,
        credentials: &Credentials,
        answers: &[Answer],
    ) -> io::Result<Address> {
        let function = self.function(case);
        let listeners = CaseListeners::start_own(answers)?;
        let uri = listeners.uri().unwrap_or_else(|| self.uri.clone());
        let listeners = (listeners, Vec::new());
        self.cases
            .open(&function, scheme, credentials.clone(), listeners);
        Ok(Address { uri, function })
    }

    /// The number of requests that arrived for a case after it was closed.
    pub fn late(&self, case: &str) -> usize {
        self.cases.late(&self.function(case))
    }

    fn function(&self, case: &str) -> String {
        let digest = sha256_hex(format!("{}\n{case}", self.salt).as_bytes());
        format!("fn-{}", digest.get(..16).unwrap_or(&digest))
    }

    /// Sends this answer to every request for `function` that these credentials signed by this scheme, and
    /// 403 to any other. For examples and for tests without a case.
    pub fn play(
        &self,
        function: &str,
        scheme: Scheme,
        credentials: Credentials,
        answer: CannedAnswer,
    ) {
        // One canned answer starts no listener, so this cannot fail.
        if let Ok(listeners) = CaseListeners::start(&[Answer::Canned(answer)]) {
            self.cases.open(function, scheme, credentials, listeners);
        }
    }

    /// Why the endpoint lost a connection, if it did: then its requests say nothing about the client.
    pub(crate) fn failure(&self) -> Option<&str> {
        self.cases.failure()
    }

    /// As [`failure`](Self::failure), after it tried whether the endpoint accepts a connection now, and whether this process
    /// has file descriptors for one more case: a client in this process needs them too.
    pub(crate) fn failure_now(&self) -> Option<&str> {
        if let (None, Some(server)) = (self.failure(), &self.server)
            && let Err(error) = loopback::check(*server.address()).and_then(|()| one_more_case())
        {
            self.cases.fail_server(&error);
        }
        self.failure()
    }

    /// Closes the case at that address. Returns its requests.
    pub fn close(&self, address: &Address) -> Arrivals {
        self.close_case(address, false)
    }

    /// Closes the case at that address. If the client `gave_up` without a response, its last request may not have been
    /// read yet.
    pub fn close_case(&self, address: &Address, gave_up: bool) -> Arrivals {
        let authority = address.uri.trim_start_matches("http://");
        let mut arrivals = Arrivals::new(authority, &address.function);
        arrivals.requests = self.cases.close(&address.function, gave_up);
        arrivals
    }
}

/// Checks that the connections and listeners of one more case could have their file descriptors.
fn one_more_case() -> io::Result<()> {
    check_descriptors(&loopback::listen()?, DESCRIPTORS_OF_CASE)
}

/// Starts the server. It must not be called within a runtime.
fn launch(listener: TcpListener, responder: Responder) -> io::Result<MockServer> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    Ok(runtime.block_on(async {
        let server = MockServer::builder()
            .listener(listener)
            .disable_request_recording()
            .start()
            .await;
        Mock::given(any())
            .respond_with(responder)
            .mount(&server)
            .await;
        server
    }))
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        let server = self.server.take();
        // wiremock 0.6.5 can loop forever when it is dropped in a task whose tokio budget is spent; a thread has none.
        // If there is no thread, the server is dropped here.
        if let Ok(thread) = thread::Builder::new().spawn(move || drop(server)) {
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("relay", &self.relay)
            .finish_non_exhaustive()
    }
}
