//! The fake invocation endpoint: one server on loopback for a whole run.
//!
//! It serves clients that run the cases of the corpus through an adapter or in this process. It recognizes a
//! case by the function name in the path, never by an extra header, because the schemes sign headers. It
//! verifies every signature with the oracle, sends the answers of the case, and records the received requests,
//! independently of the report of the client.
//!
//! wiremock serves every case whose answers it can send. A relay in front of it keeps the exact bytes. A case with other answers (a truncated body, a reset) has
//! a separate raw listener, and so has a call of an HTTP trigger, which names no function. A redirect leads to a listener that must receive nothing.
//!
//! `fcgate serve` is another server, for clients without an adapter. It does not use the cases. A fixed table of
//! function names selects the answer, and the server judges every request that arrives. Both servers use the code
//! of `fcgate-http` to read requests and to send scripted answers.

mod address;
mod answers;
mod case_listeners;
mod function_name;
mod nonces;
mod open_cases;
mod received;
mod relay;
mod responder;
mod server;

pub use self::address::Address;
pub use self::server::Endpoint;
