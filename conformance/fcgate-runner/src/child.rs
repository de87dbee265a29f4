//! Attaches an adapter in a child process: adapter protocol 1 in JSON lines.
//!
//! The adapter starts once and serves all requests. If it exits or hangs, the gate starts it again, at most ten times.
//! When the adapter ends, the gate kills all processes that the adapter started. It uses a PID namespace if the system
//! allows it, else process groups and a search for processes that left them. On systems other than Unix it kills only the
//! adapter itself.
//!
//! This limits accidents. It is not a sandbox: an adapter has the rights of the user that starts the gate, and can
//! read, write and connect like any other program of that user.

mod adapter;
mod child_subject;
mod command_run;
mod copies;
mod environment;
mod fault;
mod handshake;
mod hello;
mod launch_settings;
mod line_splitter;
mod listed_variables;
mod lock;
mod output_reader;
mod pending_requests;
mod piped_process;
mod preparation;
mod process;
mod program;
mod program_path;
mod read_reply;
mod reaped_process;
mod reply_fields;
mod reply_form;
mod reply_line;
mod reply_payload;
mod request_outcome;
mod ring_buffer;
mod secrets;
mod seq;
mod server_process;
mod spawn;
mod stderr;
mod stderr_tail;
mod stdin_writer;
mod system;
mod truncate;
mod unknown_field;
mod violation;

pub use self::adapter::Child;
pub use self::command_run::{CommandOutput, CommandRunner, RunEnding, RunLimits};
pub use self::copies::Copies;
pub use self::fault::Fault;
pub use self::launch_settings::{Contain, Launch};
pub use self::preparation::Preparation;
pub use self::program::Program;
pub use self::read_reply::read_reply;
pub use self::server_process::ServerProcess;
pub use self::system::{SignalWatch, adopt_orphans, handle_inherited_signals, supervise};
