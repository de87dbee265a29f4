//! The fake invocation endpoint: one server on loopback for a whole run.
//!
//! It serves clients that run the cases of the corpus through an adapter or in this process. It recognizes a
//! case by the function name in the path, never by an extra header, because the schemes sign headers. It
//! verifies every signature with the oracle, sends the answers of the case, and records what arrived,
//! independently of what the client reports.
//!
//! wiremock serves every case whose answers it can send. A case with other answers (a cut body, a reset) has a
//! raw origin of its own. A redirect leads to a listener that must receive nothing.
//!
//! `fcgate serve` is another server, for clients without an adapter: it knows no cases, a fixed table of function
//! names selects the answer, and it judges every request that arrives. Both read requests and send scripted
//! answers with the code of `fcgate-http`.

mod address;
mod answers;
mod case_listeners;
mod function_name;
mod nonces;
mod open_cases;
mod received;
mod responder;
mod server;

pub use self::address::Address;
pub use self::server::Endpoint;
