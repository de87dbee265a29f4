//! The server of `fcgate serve`: a fake endpoint for clients without an adapter.
//!
//! It listens on loopback. The name of a function selects the answer. It verifies every signature with the
//! oracle, judges every request with the checks of a run, and writes a report at the end. It accepts what official
//! SDKs send beyond the published rule, and logs that.
//!
//! The fake endpoint of a run (`fcgate_runner::endpoint`) is another server: it plays the answers of the cases
//! and judges nothing. Both read requests and send scripted answers with the code of `fcgate-http`.
//!
//! ```
//! use std::io::{Read, Write};
//! use std::net::TcpStream;
//!
//! use fc_conformance::verdict::{Rules, Verdict};
//! use fc_local::{Options, Server};
//! use fcgate_cases::corpus::Corpus;
//!
//! let server = Server::start(([127, 0, 0, 1], 0).into(), Options::new(), |_| ())?;
//! let mut client = TcpStream::connect(server.address())?;
//! client.write_all(b"POST /2023-03-30/functions/echo/invocations HTTP/1.0\r\n\r\n")?;
//! let mut answer = String::new();
//! client.read_to_string(&mut answer)?;
//! assert!(answer.contains("MissingRequiredHeader"), "it is not signed");
//! let served = server.end(&Corpus::embedded()?, Rules::new());
//! assert_eq!(served.report.verdict, Verdict::Nonconforming);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod accepted_call;
mod acceptor;
mod affinity;
mod answer;
mod banner;
mod body_budget;
mod bounded_map;
mod callee;
mod channel;
mod connection;
mod delivery;
mod demo_account;
mod exchange;
mod explanation;
mod finding;
mod functions;
pub mod header_values;
mod kept_results;
mod keys;
mod limits;
mod log;
mod losses;
mod open_connections;
mod play;
mod received_request;
mod recent_map;
mod recent_nonces;
mod refusal_choice;
mod request;
mod request_deviations;
mod request_files;
mod request_time;
mod resource_names;
mod route;
mod scenario;
mod server_state;
mod service_error;
mod session_record;
mod signature;
mod signature_deviations;
mod task_request;
mod tasks;
mod timed_input;
mod tls;
mod trigger_auth;
mod trigger_signature;
mod url_encoding;

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use fc_conformance::report::Report;
use fc_conformance::verdict::Rules;
use fcgate_cases::corpus::Corpus;
use socket2::{Domain, Socket, Type};

pub use self::affinity::SessionHeaderName;
pub use self::functions::{
    Behaviour, BehaviourError, Call, CallKind, DuplicateFunction, Ending, Function, FunctionName,
    FunctionNameError, FunctionSettings, Functions, Reply,
};
pub use self::limits::Limits;
pub use self::request_time::Clock;
pub use self::service_error::Bodies;
pub use self::tasks::TaskPace;

use self::affinity::Affinity;
use self::exchange::Context;
use self::explanation::Explainer;
use self::functions::FunctionTable;
use self::keys::Keys;
use self::request_files::RequestFiles;
use self::server_state::ServerState;
use self::tasks::Tasks;
use self::tls::Tls;

/// The most connections that wait to be accepted. The system may allow fewer.
const QUEUE: i32 = 4_096;

/// The options of a server.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The family of clients that can read the error bodies.
    pub bodies: Bodies,
    /// The API revision that every request must use; `None` accepts any.
    pub revision: Option<String>,
    /// The delay of the function `slow`.
    pub slow: Duration,
    /// The limits of connections and time.
    pub limits: Limits,
    /// The clock with which the times of requests are compared.
    pub clock: Clock,
    /// The folder into which every request is written.
    pub record: Option<PathBuf>,
    /// Whether the server speaks TLS, with a certificate authority of its own.
    pub tls: bool,
    /// What moves a task to its next state.
    pub task_pace: TaskPace,
    /// How many polls do not find the record of a new task.
    pub hidden_task_polls: u32,
    /// The header that carries the session id for the functions with session affinity.
    pub session_header: SessionHeaderName,
    /// Functions of the user's own. They hide built-in functions with the same name.
    pub functions: Functions,
}

impl Options {
    /// The default options: error bodies for all clients, any revision, and a delay of four seconds.
    ///
    /// The delay is longer than the shortest timeout of an SDK.
    pub fn new() -> Self {
        Self {
            bodies: Bodies::Both,
            revision: None,
            slow: Duration::from_secs(4),
            limits: Limits::new(),
            clock: Clock::system(),
            record: None,
            tls: false,
            task_pace: TaskPace::Polls,
            hidden_task_polls: 0,
            session_header: SessionHeaderName::default(),
            functions: Functions::default(),
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

/// A running server. Dropping it closes every connection and ends every thread.
pub struct Server {
    address: SocketAddr,
    state: Arc<ServerState>,
    acceptor: Option<JoinHandle<()>>,
    /// A second descriptor of the listener. Closing it leaves one for the connection that wakes the acceptor, when
    /// the process has no other.
    reserve: Option<TcpListener>,
}

/// The results of a server.
#[derive(Debug)]
#[non_exhaustive]
pub struct Served {
    /// The report.
    pub report: Report,
    /// The corpus that defines the ids of the report: one case for each checked property of a request.
    pub corpus: Corpus,
    /// The number of requests by function, revision and scheme, one line each; empty if there were none.
    pub table: String,
    /// The number of requests.
    pub requests: usize,
    /// The number of requests with a failed check, at any level.
    pub failed_requests: usize,
    /// The number of requests that have no results of their own, and are counted in those of others.
    pub counted_requests: usize,
}

impl Server {
    /// Starts a server that listens at an address. It calls `log` with a block of text for each request.
    ///
    /// # Errors
    ///
    /// When the address is not available, or no thread can be started.
    pub fn start(
        listen: SocketAddr,
        options: Options,
        log: impl Fn(&str) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = listen_at(listen)?;
        let reserve = listener.try_clone()?;
        let address = listener.local_addr()?;
        let keys = Keys::dummy();
        let files = options.record.as_deref();
        let files = files
            .map(|folder| RequestFiles::create(folder, keys.token()))
            .transpose()?;
        let tls = options.tls.then(Tls::generate).transpose();
        let tls = tls.map_err(io::Error::other)?;
        let seed = format!("{address} {}", options.clock.now());
        let context = Context {
            keys,
            host: address.to_string(),
            port: address.port(),
            bodies: options.bodies,
            revision: options.revision,
            clock: options.clock,
            explainer: Explainer::default(),
            tasks: Tasks::new(options.task_pace, options.hidden_task_polls),
            affinity: Affinity::new(options.session_header, seed),
            functions: FunctionTable::new(options.functions),
        };
        let state = Arc::new(ServerState::new(
            context,
            options.slow,
            options.limits,
            files,
            tls,
            Box::new(log),
        ));
        let acceptor = thread::Builder::new().name("serve".into()).spawn({
            let state = Arc::clone(&state);
            move || acceptor::run(&listener, &state)
        })?;
        Ok(Self {
            address,
            state,
            acceptor: Some(acceptor),
            reserve: Some(reserve),
        })
    }

    /// The address on which the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL of the server.
    pub fn url(&self) -> String {
        let scheme = if self.state.tls.is_some() {
            "https"
        } else {
            "http"
        };
        format!("{scheme}://{}", self.address)
    }

    /// The certificate of the authority in PEM, if the server speaks TLS.
    pub fn ca_certificate(&self) -> Option<&str> {
        self.state.tls.as_ref().map(Tls::ca_certificate)
    }

    /// The text that explains how to connect a client: address, keys, and what each function plays.
    pub fn introduction(&self) -> String {
        let context = &self.state.context;
        let own = context.functions.rows();
        banner::text(&self.url(), &context.keys, context.affinity.header(), &own)
    }

    /// The access key id, and its secret, with which a client signs.
    pub fn access_key(&self) -> (&str, &str) {
        let key = &self.state.context.keys.lasting;
        (&key.access_key_id, &key.access_key_secret)
    }

    /// Adds a function to the running server, or replaces the one with this name.
    pub fn function(&self, name: FunctionName, behaviour: Behaviour) {
        let settings = FunctionSettings::default();
        self.state.context.functions.put(name, behaviour, settings);
    }

    /// Returns a handle that ends [`wait`](Self::wait) from any thread.
    pub fn stopper(&self) -> Stopper {
        Stopper(Arc::clone(&self.state))
    }

    /// Waits until the server is stopped, or until it neither receives nor answers a request for this long.
    pub fn wait(&self, until_idle: Option<Duration>) {
        self.state.wait(until_idle);
    }

    /// Shuts the server down and returns the report. The requirements are those of `corpus`.
    pub fn end(mut self, corpus: &Corpus, rules: Rules) -> Served {
        self.close();
        let record = self.state.take_record();
        let table = record.table();
        let (requests, failed_requests, counted_requests) = record.counts();
        let (mut report, corpus) = record.report(corpus, rules);
        let forgotten = self.state.context.tasks.forgotten();
        if forgotten > 0 {
            report.warn(vec![format!(
                "the server keeps a bounded number of tasks: the records of {forgotten} older ones were dropped"
            )]);
        }
        Served {
            report,
            corpus,
            table,
            requests,
            failed_requests,
            counted_requests,
        }
    }

    fn close(&mut self) {
        let Some(acceptor) = self.acceptor.take() else {
            return;
        };
        self.state.close();
        self.reserve = None;
        // The acceptor blocks in `accept`; one more connection wakes it. It fails if the acceptor has ended.
        let _ = TcpStream::connect(self.address);
        // The panic of a thread is already on standard error, and the acceptor has recorded it.
        let _ = acceptor.join();
    }
}

/// Listens with a long queue: clients wait in it while the server has no room for their connections.
fn listen_at(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(QUEUE)?;
    Ok(socket.into())
}

impl Drop for Server {
    fn drop(&mut self) {
        self.close();
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// Ends the wait of a server.
#[derive(Clone)]
pub struct Stopper(Arc<ServerState>);

impl Stopper {
    /// Ends the current wait and all later ones.
    pub fn stop(&self) {
        self.0.stop();
    }
}

impl fmt::Debug for Stopper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Stopper").finish_non_exhaustive()
    }
}
