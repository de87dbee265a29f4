//! A running server.

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use fc_conformance::verdict::Rules;
use fcgate_cases::corpus::Corpus;
use socket2::{Domain, Socket, Type};

use super::acceptor;
use super::affinity::Affinity;
use super::background::BackgroundCalls;
use super::banner;
use super::calls::CallLog;
use super::control::ControlServer;
use super::exchange::Context;
use super::explanation::Explainer;
use super::functions::FunctionTable;
use super::functions::{Behaviour, FunctionName, FunctionSettings};
use super::keys::Keys;
use super::log_sink::LogSink;
use super::options::Options;
use super::ready;
use super::request_files::RequestFiles;
use super::served::Served;
use super::server_state::ServerState;
use super::stopper::Stopper;
use super::tasks::Tasks;
use super::tls::Tls;

/// The most connections that wait to be accepted. The system may allow fewer.
const QUEUE: i32 = 4_096;

/// A running server. Dropping it closes every connection and ends every thread.
pub struct Server {
    address: SocketAddr,
    pub(super) state: Arc<ServerState>,
    acceptor: Option<JoinHandle<()>>,
    /// A second descriptor of the listener. Closing it leaves one for the connection that wakes the acceptor, when
    /// the process has no other.
    reserve: Option<TcpListener>,
    pub(super) control: Option<ControlServer>,
}

impl Server {
    /// Starts a server that listens at an address. It calls `log` with a block of text for each request.
    ///
    /// # Errors
    ///
    /// When an address is not available, no thread can be started, or the server of a function does not start.
    pub fn start(
        listen: SocketAddr,
        options: Options,
        log: impl Fn(&str) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = listen_at(listen)?;
        let control = options.control.map(|address| {
            ControlServer::listen(address).map_err(|error| {
                let message = format!("the control interface at {address}: {error}");
                io::Error::new(error.kind(), message)
            })
        });
        let control = control.transpose()?;
        options.functions.begin().map_err(io::Error::other)?;
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
        let log: LogSink = Arc::new(log);
        let tasks = Arc::new(Tasks::new(options.task_pace, options.hidden_task_polls));
        let calls = (options.keep_calls || control.is_some()).then(Arc::<CallLog>::default);
        let context = Context {
            background: BackgroundCalls::new(
                Arc::clone(&tasks),
                options.clock.clone(),
                Arc::clone(&log),
            ),
            calls: calls.clone(),
            keys,
            host: address.to_string(),
            port: address.port(),
            bodies: options.bodies,
            revision: options.revision,
            clock: options.clock,
            any_time: options.any_time,
            explainer: Explainer::default(),
            tasks,
            affinity: Affinity::new(options.session_header, seed),
            functions: FunctionTable::new(options.functions),
        };
        let state = Arc::new(ServerState::new(
            context,
            options.slow,
            options.limits,
            files,
            tls,
            log,
        ));
        let acceptor = thread::Builder::new().name("serve".into()).spawn({
            let state = Arc::clone(&state);
            move || acceptor::run(&listener, &state)
        })?;
        let mut server = Self {
            address,
            state,
            acceptor: Some(acceptor),
            reserve: Some(reserve),
            control: None,
        };
        if let (Some(listener), Some(calls)) = (control, calls) {
            let url = format!("http://{}", listener.local_addr()?);
            let ready = server.ready_document(Some(&url), None);
            let state = Arc::clone(&server.state);
            server.control = Some(ControlServer::start(listener, state, calls, ready)?);
        }
        Ok(server)
    }

    pub(super) fn ready_document(
        &self,
        control_url: Option<&str>,
        ca_certificate: Option<&str>,
    ) -> serde_json::Value {
        let addresses = ready::Addresses {
            url: &self.url(),
            address: self.address,
            control_url,
            ca_certificate,
        };
        ready::document(addresses, &self.state.context.keys)
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
        let control = self.control.as_ref().map(ControlServer::url);
        let session_header = context.affinity.header();
        banner::text(
            &self.url(),
            &context.keys,
            (session_header, control.as_deref()),
            &own,
        )
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
        Stopper::new(Arc::clone(&self.state))
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
        self.control = None;
        self.state.context.functions.end();
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
