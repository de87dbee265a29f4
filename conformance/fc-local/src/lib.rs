//! A local Function Compute for the tests of applications, and the server of `fcgate serve`: a fake endpoint for clients
//! without an adapter.
//!
//! It listens on loopback. The name of a function selects the answer. It verifies every signature with the
//! oracle, judges every request with the checks of a run, and writes a report at the end. It accepts what official
//! SDKs send beyond the published rule, and logs that.
//!
//! The fake endpoint of a run (`fcgate_runner::endpoint`) is another server: it plays the answers of the cases
//! and judges nothing. Both read requests and send scripted answers with the code of `fcgate-http`.
//!
//! # In the tests of a Rust application
//!
//! [`LocalEndpoint`] starts on a free port, answers with closures, keeps the calls that it received, and ends when it is
//! dropped. It is a dev-dependency; the client is the one of the application. From the endpoint to a client of `fc-client` it
//! is one line:
//!
//! ```text
//! let client = ClientBuilder::new(endpoint.url().parse()?, Credentials::new(endpoint.access_key_id().parse()?, endpoint.access_key_secret().parse()?)).reqwest()?;
//! ```
//!
//! # As a server
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
mod background;
mod banner;
mod body_budget;
mod bounded_map;
mod call_record;
mod callee;
mod calls;
mod channel;
mod check_sentence;
mod connection;
mod control;
mod delivery;
mod demo_account;
mod document_version;
mod exchange;
mod explanation;
mod finding;
mod functions;
pub mod header_values;
mod kept_results;
mod keys;
mod limits;
mod local_endpoint;
mod log;
mod log_sink;
mod losses;
mod open_connections;
mod options;
mod play;
mod ready;
mod ready_file;
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
mod served;
mod server;
mod server_automation;
mod server_state;
mod service_error;
mod session_record;
mod signature;
mod signature_deviations;
mod signature_findings;
mod stop_signal;
mod stopper;
mod task_request;
mod tasks;
mod timed_input;
mod tls;
mod trigger_auth;
mod trigger_signature;
mod unknown_function;
mod url_encoding;

pub use self::affinity::SessionHeaderName;
pub use self::calls::{ReceivedCall, SignatureVerdict};
pub use self::functions::{
    Behaviour, BehaviourError, Call, CallKind, DuplicateFunction, Ending, Function, FunctionName,
    FunctionNameError, FunctionSettings, Functions, Reply, ServerCommand, SettingError,
};
pub use self::limits::Limits;
pub use self::local_endpoint::{LocalEndpoint, VerifyError, WaitError};
pub use self::options::Options;
pub use self::ready_file::ReadyFile;
pub use self::request_time::Clock;
pub use self::served::Served;
pub use self::server::Server;
pub use self::service_error::Bodies;
pub use self::stopper::Stopper;
pub use self::tasks::TaskPace;
